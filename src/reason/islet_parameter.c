/* islet_parameter.c - giving parameters their values by islet.h.
 *
 * The expression is compiled as the default of a parameter of the same name and type, so
 * that it is checked and converted as CQL does.  Program and value live in an arena of the
 * parameter's own, which is freed when it is set again. */
#include "cql/code.h"
#include "fhir/fhir.h"
#include "reason/guideline.h"
#include "reason/islet_parts.h"
#include "value/print.h"

enum { PARAMETER_MEMORY = 64 << 20, FIRST_LINE = 3 }; /* of the expression */

static void add_name(Buffer *text, const char *name) {
    buffer_add_char(text, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\') buffer_add_char(text, '\\');
        buffer_add_char(text, *name);
    }
    buffer_add_char(text, '"');
}

static Str write_library(Arena *arena, const char *name, const char *type, Str expression) {
    Buffer text = buffer_new(arena);
    buffer_add_text(&text, "using FHIR version '4.0.1'\nparameter ");
    add_name(&text, name);
    buffer_format(&text, " %s default\n%.*s\ndefine Given: ", type, STR_ARGS(expression));
    add_name(&text, name);
    return buffer_str(&text);
}

/* A place outside the expression says nothing to who wrote it. */
static islet_status refuse(islet_evaluator *e, islet_status status, Diagnostic error, Str file,
                           Str expression) {
    uint32_t lines = 1;
    for (size_t i = 0; i < expression.length; i++) lines += expression.data[i] == '\n';
    bool inside = error.span.line >= FIRST_LINE && error.span.line < FIRST_LINE + lines;
    error.file = file;
    error.span.line -= inside ? FIRST_LINE - 1 : 0;
    if (!inside) error.span = (Span){ 0 };
    return last_error_set(&e->last, status, &error, STR(""));
}

static Diagnostic first_error(const Diagnostics *diagnostics) {
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->items[i].severity == SEVERITY_ERROR) return diagnostics->items[i];
    return (Diagnostic){ .severity = SEVERITY_ERROR, .code = "not-an-expression",
                         .message = STR("this is more than an expression"),
                         .hint = STR("Give one expression, without definitions") };
}

/* The program, when it compiles and holds no definition but the parameter and Given. */
static const Program *compile(Arena *arena, Str file, Str text, Diagnostics *diagnostics) {
    LibraryFinder embedded = guideline_embedded_libraries();
    const Program *program = program_compile(arena, &fhir_r4, &embedded, file, text, diagnostics);
    return program != NULL && program->main->count == 2 ? program : NULL;
}

/* The expression's value, in `arena`. */
static islet_status evaluate(islet_evaluator *e, Arena *arena, size_t number, Str expression,
                             Value *value) {
    const char *name = e->library->parameter_names[number];
    const char *type = e->library->parameter_types[number];
    Str file = str_format(arena, "parameter %s", name);
    Diagnostics diagnostics = diagnostics_new(arena);
    const Program *program =
        compile(arena, file, write_library(arena, name, type, expression), &diagnostics);
    if (program == NULL)
        return refuse(e, ISLET_INVALID, first_error(&diagnostics), file, expression);
    Run *run = run_new(arena, program, e->limits);
    Eval *eval = arena_alloc(arena, sizeof *eval);
    Diagnostic error;
    *eval = evaluator_eval(e, arena);
    run_begin(run, eval, NULL);
    if (run_define(run, program_find(program, STR(""), STR("Given")), value, &error))
        return ISLET_OK;
    return refuse(e, status_of_failure(&error, ISLET_FAILED), error, file, expression);
}

static islet_status fail_for_memory(islet_evaluator *e) {
    return last_error_say(&e->last, ISLET_LIMIT, "parameter-too-large", "Make it smaller",
                          "the parameter's value needs more memory than it may have");
}

static islet_status evaluate_guarded(islet_evaluator *e, Arena *arena, size_t number,
                                     Str expression, Value *value) {
    if (setjmp(*arena_guard(arena))) return fail_for_memory(e);
    islet_status status = evaluate(e, arena, number, expression, value);
    arena_unguard(arena);
    return status;
}

static islet_status set(islet_evaluator *e, size_t number, Str expression) {
    Value value;
    Arena *arena = arena_new(PARAMETER_MEMORY);
    if (arena == NULL) return fail_for_memory(e);
    islet_status status = evaluate_guarded(e, arena, number, expression, &value);
    if (status != ISLET_OK) {
        arena_free(arena);
        return status;
    }
    arena_free(e->parameters[number]);
    e->parameters[number] = arena;
    run_set_parameter(e->run, (uint32_t)number, value);
    evaluator_restart(e);
    return ISLET_OK;
}

static bool find(const islet_library *library, const char *name, size_t *number) {
    for (*number = 0; *number < library->parameter_count; ++*number)
        if (str_is(str_from(name), library->parameter_names[*number])) return true;
    return false;
}

static islet_status refuse_name(islet_evaluator *e, const char *name) {
    return last_error_say(&e->last, ISLET_NOT_FOUND, "unknown-parameter",
                          "islet_library_parameter_name lists them",
                          "the library has no parameter %s", name);
}

islet_status islet_evaluator_set_parameter(islet_evaluator *evaluator, const char *name,
                                           const char *expression) {
    size_t number;
    if (evaluator == NULL || name == NULL || expression == NULL) return ISLET_MISUSE;
    if (!find(evaluator->library, name, &number)) return refuse_name(evaluator, name);
    return set(evaluator, number, str_from(expression));
}

static islet_status set_string(islet_evaluator *e, Arena *arena, size_t number, const char *text) {
    if (setjmp(*arena_guard(arena))) return fail_for_memory(e);
    Buffer literal = buffer_new(arena);
    value_print_quoted(str_from(text), &literal);
    islet_status status = set(e, number, buffer_str(&literal));
    arena_unguard(arena);
    return status;
}

islet_status islet_evaluator_set_parameter_string(islet_evaluator *evaluator, const char *name,
                                                  const char *text) {
    size_t number;
    if (evaluator == NULL || name == NULL || text == NULL) return ISLET_MISUSE;
    if (!find(evaluator->library, name, &number)) return refuse_name(evaluator, name);
    Arena *arena = arena_new(PARAMETER_MEMORY);
    islet_status status = arena != NULL ? set_string(evaluator, arena, number, text)
                                        : fail_for_memory(evaluator);
    arena_free(arena);
    return status;
}
