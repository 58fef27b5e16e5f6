/* eval_prepare.c - from the command line to an Evaluation. */
#include <stdio.h>
#include <string.h>

#include "cli/eval.h"
#include "cli/library.h"
#include "reason/parameter.h"
#include "reason/terminology_files.h"

/* ---- reports ---- */

static int fail(const EvalCommand *c, const Diagnostics *diagnostics) {
    print_diagnostics(diagnostics);
    if (c->evaluation.form == RESULT_JSON) print_diagnostics_json(diagnostics);
    return EXIT_FAILED;
}

static int refuse_name(const char *option, Str name, const char *what, const Buffer *names) {
    fprintf(stderr, "islet eval: %s %.*s: the library has no such %s", option, STR_ARGS(name),
            what);
    if (names->length != 0) fprintf(stderr, "; it has %.*s", STR_ARGS(buffer_str(names)));
    fputs("\nislet help eval shows how it is used\n", stderr);
    return EXIT_USAGE;
}

static void list_name(Buffer *names, Str name) {
    buffer_format(names, "%s%.*s", names->length == 0 ? "" : ", ", STR_ARGS(name));
}

/* ---- defines ---- */

static int refuse_define(EvalCommand *c, const char *option, Str name, const uint32_t *all,
                         uint32_t count) {
    Buffer names = buffer_new(c->arena);
    for (uint32_t i = 0; i < count; i++)
        list_name(&names, program_define(c->evaluation.program, all[i])->name);
    return refuse_name(option, name, "public define", &names);
}

static void measure_names(Evaluation *e) {
    for (uint32_t i = 0; i < e->define_count; i++) {
        size_t length = program_define(e->program, e->defines[i])->name.length;
        if (length > e->width) e->width = (uint32_t)length;
    }
}

/* Keeps of the public defines, which are in source order, those that were named. */
static int choose_defines(EvalCommand *c) {
    Evaluation *e = &c->evaluation;
    uint32_t count;
    const uint32_t *all = evaluation_public_defines(c->arena, e->program, &count);
    bool *wanted = arena_array(c->arena, count, sizeof *wanted);
    for (int i = 0; i < c->defines.count; i++) {
        Str name = str_from(c->defines.items[i]);
        uint32_t at = 0;
        while (at < count && !str_equal(program_define(e->program, all[at])->name, name)) at++;
        if (at == count) return refuse_define(c, "--define", name, all, count);
        wanted[at] = true;
    }
    uint32_t *chosen = arena_array(c->arena, count, sizeof *chosen);
    for (uint32_t i = 0; i < count; i++)
        if (wanted[i] || c->defines.count == 0) chosen[e->define_count++] = all[i];
    e->defines = chosen;
    measure_names(e);
    return EXIT_FINE;
}

/* A private define may be explained too. */
static int choose_explained(EvalCommand *c) {
    Evaluation *e = &c->evaluation;
    Str name = str_from(c->explained);
    uint32_t count, define = program_find(e->program, STR(""), name);
    const uint32_t *all = evaluation_public_defines(c->arena, e->program, &count);
    if (define == UINT32_MAX) return refuse_define(c, "--explain", name, all, count);
    e->defines = arena_copy(c->arena, &define, sizeof define);
    e->define_count = 1;
    return EXIT_FINE;
}

/* ---- parameters ---- */

static int refuse_parameter(EvalCommand *c, Str name) {
    Buffer names = buffer_new(c->arena);
    for (uint32_t i = 0; i < program_parameter_count(c->evaluation.program); i++)
        list_name(&names, program_parameter_name(c->evaluation.program, i));
    return refuse_name("--param", name, "parameter", &names);
}

static int give_parameter(EvalCommand *c, Str name, Str expression, Value *values, bool *given,
                          Diagnostics *diagnostics) {
    const Evaluation *e = &c->evaluation;
    Eval moment = { .now = e->now, .offset = e->offset, .terms = e->terms };
    uint32_t count = program_parameter_count(e->program), at = 0;
    while (at < count && !str_equal(program_parameter_name(e->program, at), name)) at++;
    if (at == count) return refuse_parameter(c, name);
    given[at] = parameter_evaluate(c->arena, e->program, at, expression, &moment, &values[at],
                                   diagnostics);
    return EXIT_FINE;
}

static int give_parameters(EvalCommand *c) {
    Evaluation *e = &c->evaluation;
    uint32_t count = program_parameter_count(e->program);
    Value *values = arena_array(c->arena, count, sizeof *values);
    bool *given = arena_array(c->arena, count, sizeof *given);
    Diagnostics diagnostics = diagnostics_new(c->arena);
    for (int i = 0; i < c->parameters.count; i++) {
        const char *text = c->parameters.items[i], *equals = strchr(text, '=');
        if (equals == NULL)
            return refuse_usage("eval", "--param %s: write NAME=EXPRESSION", text);
        Str name = { text, (size_t)(equals - text) };
        int status = give_parameter(c, name, str_from(equals + 1), values, given, &diagnostics);
        if (status != EXIT_FINE) return status;
    }
    e->parameters = values;
    e->given = given;
    return diagnostics.errors == 0 ? EXIT_FINE : fail(c, &diagnostics);
}

/* ---- all ---- */

static int read_terms(EvalCommand *c) {
    Diagnostics diagnostics = diagnostics_new(c->arena);
    if (c->terms_path == NULL) return EXIT_FINE;
    const Terms *terms = terms_read_files(c->arena, c->terms_path, &diagnostics);
    if (terms == NULL) return fail(c, &diagnostics);
    print_diagnostics(&diagnostics);
    c->terms = terms_terminology(terms);
    c->evaluation.terms = &c->terms;
    return EXIT_FINE;
}

int eval_prepare(EvalCommand *c) {
    Diagnostics diagnostics = diagnostics_new(c->arena);
    Evaluation *e = &c->evaluation;
    bool traced = e->explains || c->coverage_path != NULL;
    e->program = compile_file(c->arena, c->library, &c->folders, traced, &diagnostics);
    if (e->program == NULL) return fail(c, &diagnostics);
    if (c->coverage_path != NULL) e->coverage = coverage_new(c->arena, e->program);
    int status = e->explains ? choose_explained(c) : choose_defines(c);
    if (status == EXIT_FINE) status = read_terms(c);
    if (status == EXIT_FINE) status = give_parameters(c);
    return status;
}
