/* evaluate.c - one expression of CQL, compiled and run without a model, for the tests. */
#include "evaluate.h"

#include "cql/program.h"
#include "value/print.h"
#include "value/time.h"

static Eval evaluation(Arena *arena) {
    TimeParts now = { 2026, 1, 15, 12, 0, 0, 0 };
    return (Eval){ .arena = arena, .now = time_make_datetime(now, PRECISION_MILLISECOND, 0) };
}

static Outcome run(Arena *arena, const Program *program) {
    Eval eval = evaluation(arena);
    Value value;
    Diagnostic error;
    Run *state = run_new(arena, program, (RunLimits){ 0 });
    run_begin(state, &eval, NULL);
    if (!run_define(state, program_find(program, STR(""), STR("Expression")), &value, &error))
        return (Outcome){ false, error.message };
    Buffer text = buffer_new(arena);
    value_print(&eval, value, &text);
    return (Outcome){ true, buffer_str(&text) };
}

Outcome evaluate(Arena *arena, Str file, Str expression) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text = str_format(arena, "library Test\ndefine \"Expression\":\n%.*s\n",
                          STR_ARGS(expression));
    const Program *program = program_compile(arena, NULL, NULL, file, text, &diagnostics);
    if (program != NULL) return run(arena, program);
    return (Outcome){ false, diagnostics.items[0].message };
}
