/* parameter.c - see parameter.h.
 *
 * The expression is first parsed alone, so that it is one expression and no more; then it is
 * compiled in a library of its own, as the default of a parameter of the same name and type. */
#include "reason/parameter.h"

#include "cql/code.h"
#include "cql/parse.h"
#include "fhir/fhir.h"

enum { LINES_BEFORE = 2 };

static Str quoted_name(Arena *arena, Str name) {
    Buffer out = buffer_new(arena);
    buffer_add_char(&out, '"');
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\') buffer_add_char(&out, '\\');
        buffer_add_char(&out, name.data[i]);
    }
    buffer_add_char(&out, '"');
    return buffer_str(&out);
}

static Str write_library(Arena *arena, const Definition *parameter, Str type, Str expression) {
    Str name = quoted_name(arena, parameter->name);
    return str_format(arena,
                      "using FHIR version '4.0.1'\n"
                      "parameter %.*s %.*s default\n%.*s\n"
                      "define \"Given value\": %.*s\n",
                      STR_ARGS(name), STR_ARGS(type), STR_ARGS(expression), STR_ARGS(name));
}

/* Adds what was found, its places in the expression. */
static void report(const Diagnostics *found, Str file, uint32_t lines, Diagnostics *diagnostics) {
    for (size_t i = 0; i < found->count; i++) {
        Diagnostic d = found->items[i];
        d.file = file;
        bool inside = d.span.line > lines;
        if (inside) d.span.line -= lines;
        else d.span = (Span){ 1, 1, 0, 1 };
        diagnostics_add(diagnostics, d);
    }
}

static bool run_alone(Arena *arena, const Program *program, const Eval *moment, Value *value,
                      Diagnostic *error) {
    Eval eval = { .arena = arena, .now = moment->now, .offset = moment->offset,
                  .nodes = fhir_r4.nodes, .terms = moment->terms };
    Run *run = run_new(arena, program, (RunLimits){ 0 });
    run_begin(run, &eval, NULL);
    return run_define(run, program_find(program, STR(""), STR("Given value")), value, error);
}

bool parameter_evaluate(Arena *arena, const Program *program, uint32_t parameter, Str expression,
                        const Eval *moment, Value *value, Diagnostics *diagnostics) {
    const Definition *definition = program->main_parameters[parameter];
    Str file = str_format(arena, "parameter %.*s", STR_ARGS(definition->name));
    Str type = type_name(program->types, arena, definition->type);
    Diagnostics found = diagnostics_new(arena);
    parse_expression(arena, file, expression, &found);
    if (found.errors != 0) return report(&found, file, 0, diagnostics), false;
    Program *alone =
        program_compile(arena, &fhir_r4, NULL, file,
                        write_library(arena, definition, type, expression), &found);
    if (alone == NULL) return report(&found, file, LINES_BEFORE, diagnostics), false;
    Diagnostic error;
    if (run_alone(arena, alone, moment, value, &error)) return true;
    diagnostics_add(&found, error);
    return report(&found, file, LINES_BEFORE, diagnostics), false;
}
