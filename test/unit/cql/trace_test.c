/* trace_test.c - a program that was compiled for a tracer gives the same values, and tells of each
 * expression as they nest. */
#include "cql/program.h"

#include "check.h"
#include "value/print.h"
#include "value/time.h"

static Arena *arena;

/* Hears "begin" as "(", "end" as the value and ")". */
typedef struct Hearing {
    Buffer heard;
    Eval *eval;
    uint32_t open[200], depth;
    bool nested;
} Hearing;

static void begin(void *self, uint32_t expression) {
    Hearing *h = self;
    h->open[h->depth++ % 200] = expression;
    buffer_add_char(&h->heard, '(');
}

static void end(void *self, uint32_t expression, const Value *value) {
    Hearing *h = self;
    h->nested = h->nested && h->depth > 0 && h->open[(h->depth - 1) % 200] == expression;
    h->depth--;
    if (value != NULL) value_print(h->eval, *value, &h->heard);
    buffer_add_char(&h->heard, ')');
}

static void row(void *self, uint32_t expression, uint32_t source, Value value) {
    Hearing *h = self;
    h->nested = h->nested && h->open[(h->depth - 1) % 200] == expression;
    buffer_format(&h->heard, " row %u ", source);
    value_print(h->eval, value, &h->heard);
    buffer_add_char(&h->heard, ' ');
}

/* The value of X of a library, or "error"; tells the tracer where there is one. */
static Str value_of(const char *text, bool traced, Hearing *hearing) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Program *program = (traced ? program_compile_traced : program_compile)(
        arena, NULL, NULL, STR("t.cql"), str_from(text), &diagnostics);
    if (program == NULL) return STR("does not compile");
    Eval eval = { .arena = arena, .now = time_date(2026, 1, 1) };
    Tracer tracer = { hearing, begin, end, row };
    Run *run = run_new(arena, program, (RunLimits){ 0 });
    Value value;
    Diagnostic error;
    run_begin(run, &eval, NULL);
    hearing->eval = &eval;
    if (traced) run_set_tracer(run, &tracer);
    if (!run_define(run, program_find(program, STR(""), STR("X")), &value, &error))
        return STR("error");
    Buffer out = buffer_new(arena);
    value_print(&eval, value, &out);
    return buffer_str(&out);
}

static Str heard_of(const char *text) {
    Hearing hearing = { .heard = buffer_new(arena), .nested = true };
    Str plain = value_of(text, false, &hearing), traced = value_of(text, true, &hearing);
    CHECK(str_equal(plain, traced));
    CHECK(hearing.nested);
    CHECK(str_is(plain, "error") || hearing.depth == 0);
    return buffer_str(&hearing.heard);
}

static void each_expression_with_its_value(void) {
    CHECK_STR(heard_of("library T define X: 1 + 2"), "((1)(2)3)");
    CHECK_STR(heard_of("library T define X: true"), "(true)");
    CHECK_STR(heard_of("library T define A: 1 define X: A + A"),
              "(((1)1)(1)2)");
    CHECK_STR(heard_of("library T define function f(a Integer): a define X: f(2)"),
              "((2)(2)2)");
}

static void only_what_is_reached(void) {
    CHECK_STR(heard_of("library T define X: if 1 = 2 then 3 else 4"),
              "(((1)(2)false)(4)4)");
    CHECK_STR(heard_of("library T define X: (1 = 2) and (3 = 3)"),
              "(((1)(2)false)false)");
}

static void rows_of_queries(void) {
    CHECK_STR(heard_of("library T define X: ({1, 2}) N where N > 1"),
              "(({1, 2}) row 0 1 ((1)(1)false) row 0 2 ((2)(1)true){2})");
    CHECK_STR(heard_of("library T define X: ({2, 1}) N sort by $this"),
              "(({2, 1}) row 0 2  row 0 1  row 1 2 (2) row 1 1 (1){1, 2})");
}

static void same_values_and_nesting(void) {
    static const char *const texts[] = {
        "library T define X: exists (({1, 2, 3}) N where N > 2)",
        "library T define X: First(({1, 2, 3}) N where N > 1 return N * 2)",
        "library T define X: Count(from ({1, 2, 3}) A, ({4, 5}) B where A + B > 6)",
        "library T define X: ({1, 2, 3}) N with ({2, 3}) M such that M = N return all N + 1",
        "library T define X: ({1, 2, 3}) N without ({2, 3}) M such that M = N",
        "library T define X: ({1, 2, 3}) N let K: N * 2 aggregate S starting 0: S + K",
        "library T define X: case when 1 > 2 then 'a' when null then 'b' else 'c' end",
        "library T define X: case 2 when 1 then 'a' when 2 then 'b' else 'c' end",
        "library T define X: not (1 = 2 or null) implies true",
        "library T define X: ({3, 1, 2}) N where N > 0 and N < 3 or N is null sort desc",
        "library T define A: Message(1, true, 'c', 'Error', 'no') define X: A + 1",
        "library T define X: expand Interval[1, 4]",
        ("library T define X: 1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"
        "+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) heard_of(texts[i]);
}

int main(void) {
    arena = arena_new(64 << 20);
    RUN(each_expression_with_its_value);
    RUN(only_what_is_reached);
    RUN(rows_of_queries);
    RUN(same_values_and_nesting);
    arena_free(arena);
    return check_report();
}
