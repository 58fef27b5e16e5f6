/* steps_test.c - work within one instruction is counted too: what would compare more pairs than
 * anyone can wait for is stopped by the step budget, or the clock, with an error. */
#include "check.h"
#include "cql/program.h"

enum { STEPS = 300000, LIMIT = 256 << 20, LEVELS = 60 };

static Arena *arena;

static const char elements[] =
    "define L: (expand Interval[1, 5000]) A return all Interval[A, A]\n"
    "define M: (expand Interval[1, 5000]) A return all Interval[-A, -A]\n"
    "define Letters: (expand Interval[1, 5000]) A return all 'a'\n"
    "define Long: Combine(Letters)\n";

/* D60 holds the same thing 2 to the power of 60 times. */
static void add_doubled(Buffer *text, const char *first, const char *next) {
    buffer_format(text, "define D0: %s\n", first);
    for (int i = 1; i <= LEVELS; i++) {
        buffer_format(text, "define D%d: ", i);
        buffer_format(text, next, i - 1, i - 1);
        buffer_add_char(text, '\n');
    }
}

/* The code of the error that evaluating X gives. */
static const char *error_of(const char *definitions, const char *expression, RunLimits limits) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer text = buffer_new(arena);
    buffer_format(&text, "library A\n%sdefine X: %s\n", definitions, expression);
    Program *program = program_compile(arena, NULL, NULL, STR("test"), buffer_str(&text),
                                       &diagnostics);
    if (program == NULL) return diagnostics.items[0].code;
    Eval eval = { .arena = arena };
    Value value;
    Diagnostic error;
    Run *run = run_new(arena, program, limits);
    run_begin(run, &eval, NULL);
    return run_define(run, program_find(program, STR(""), STR("X")), &value, &error) ? "none"
                                                                                     : error.code;
}

static void stops(const char *definitions, const char *expression) {
    arena_reset(arena);
    const char *code = error_of(definitions, expression, (RunLimits){ .steps = STEPS });
    if (strcmp(code, "step-limit") != 0) printf("%s gives %s\n", expression, code);
    CHECK(strcmp(code, "step-limit") == 0);
}

static void pairs(void) {
    stops(elements, "Count(distinct L)");
    stops(elements, "Count(L union M)");
    stops(elements, "Count(L intersect M)");
    stops(elements, "Count(L except M)");
    stops(elements, "L includes M");
    stops(elements, "Count(L A where A in M)");
    stops(elements, "Count(L A where M contains A)");
    stops(elements, "Count(L A where exists (M B where A overlaps B))");
    stops(elements, "Mode(L A return all Tuple { a: A })");
}

static void texts(void) {
    stops(elements, "PositionOf(Long & 'b', Combine({ Long, Long, Long, Long }))");
    stops(elements, "LastPositionOf(Long & 'b', Combine({ Long, Long, Long, Long }))");
    stops(elements, "Letters A return all ReplaceMatches(Long, 'a', 'b')");
}

static void doubled(void) {
    Arena *own = arena_new(LIMIT);
    Buffer lists = buffer_new(own), tuples = buffer_new(own);
    add_doubled(&lists, "{ 1, 1 }", "{ D%d, D%d }");
    add_doubled(&tuples, "Tuple { a: 1, b: 1 }", "Tuple { a: D%d, b: D%d }");
    buffer_add_char(&lists, '\0');
    buffer_add_char(&tuples, '\0');
    stops(lists.data, "D60 = D60");
    stops(lists.data, "D60 ~ D60");
    stops(lists.data, "Count(distinct { D60, D60 })");
    stops(lists.data, "{ D60 } contains D60");
    stops(tuples.data, "D60 = D60");
    stops(tuples.data, "D60 ~ D60");
    arena_free(own);
}

/* What is well within the budget is not touched by it. */
static void goes_on(void) {
    const RunLimits limits = { .steps = STEPS };
    arena_reset(arena);
    CHECK(strcmp(error_of(elements, "Count(Letters A return all Length(A))", limits), "none") == 0);
    CHECK(strcmp(error_of(elements, "L = L and L ~ L", limits), "none") == 0);
    CHECK(strcmp(error_of(elements, "PositionOf('b', Long)", limits), "none") == 0);
    CHECK(strcmp(error_of(elements, "Count((expand Interval[1, 5000]) union { 3 })", limits),
                 "none") == 0);
}

static void clock_stops_one_instruction(void) {
    const RunLimits limits = { .steps = UINT64_MAX / 2, .milliseconds = 50 };
    Buffer lists = buffer_new(arena);
    add_doubled(&lists, "{ 1, 1 }", "{ D%d, D%d }");
    buffer_add_char(&lists, '\0');
    CHECK(strcmp(error_of(lists.data, "D60 = D60", limits), "timeout") == 0);
}

int main(void) {
    arena = arena_new(LIMIT);
    RUN(pairs);
    RUN(texts);
    RUN(doubled);
    RUN(goes_on);
    RUN(clock_stops_one_instruction);
    arena_free(arena);
    return check_report();
}
