/* chain_test.c - ten thousand operators in a row give what the few give. */
#include "check.h"
#include "cql/program.h"
#include "value/print.h"

enum { ROW = 10000, LIMIT = 256 * 1024 * 1024 };

static Arena *arena;

/* The value of: before, then ROW times what repeats, then after. */
static Str value_of(const char *before, const char *repeated, const char *after) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer text = buffer_new(arena), out = buffer_new(arena);
    buffer_format(&text, "library A\ndefine X: %s", before);
    for (int i = 0; i < ROW; i++) buffer_add_text(&text, repeated);
    buffer_add_text(&text, after);
    Program *program = program_compile(arena, NULL, NULL, STR("test"), buffer_str(&text),
                                       &diagnostics);
    if (program == NULL) return diagnostics.items[0].message;
    Eval eval = { .arena = arena };
    Value value;
    Diagnostic error;
    Run *run = run_new(arena, program, (RunLimits){ 0 });
    run_begin(run, &eval, NULL);
    if (!run_define(run, program_find(program, STR(""), STR("X")), &value, &error))
        return error.message;
    value_print(&eval, value, &out);
    return buffer_str(&out);
}

static void expect(const char *before, const char *repeated, const char *after,
                   const char *expected) {
    arena_reset(arena);
    CHECK_STR(value_of(before, repeated, after), expected);
}

static void numbers(void) {
    expect("1", " + 1", "", "10001");
    expect("1", " - 1", "", "-9999");
    expect("1", " + 1 + 0.5", "", "15001.0");
    expect("1", " * 1", "", "1");
    expect("2147483647", " + 1", "", "null");
    expect("1 'mg'", " + 1 'mg'", "", "10001.0 'mg'");
    expect("@2000-01-01", " + 1 day", "", "@2027-05-19");
}

static void logic(void) {
    expect("true", " and true", " and null", "null");
    expect("true", " and true", " and false", "false");
    expect("false", " or false", " or null", "null");
    expect("false", " or 1 = 2", " or 1 = 1", "true");
    expect("true", " implies true", "", "true");
    expect("null", " implies false", "", "null");
    expect("true", " xor true", "", "true");
    /* The operand that decides is the last that is looked at. */
    expect("false", " and (singleton from { 1, 2 }) = 1", "", "false");
    expect("true", " or (singleton from { 1, 2 }) = 1", "", "true");
}

static void lists(void) {
    expect("{ 1 }", " union { 2 }", " union { 3, 1 }", "{1, 2, 3}");
    expect("{ 1 }", " union { 'a' }", "", "{1, 'a'}");
    expect("null as List<Integer>", " union { null }", " union null", "{null}");
    expect("{ 1, 2 }", " union { 2 } except { 1 }", "", "{2}");
    expect("{ 1, 2 }", " intersect { 2, 3 }", "", "{2}");
    expect("Interval[1, 3]", " union Interval[2, 4]", "", "Interval[1, 4]");
}

static void conditions_of_queries(void) {
    expect("({ 1, 2, 3 }) x where x > 1", " and x > 1", " and x < 3", "{2}");
    expect("({ 1, 2, 3 }) x where x > 5", " or x > 5", " or x = 2", "{2}");
}

int main(void) {
    arena = arena_new(LIMIT);
    RUN(numbers);
    RUN(logic);
    RUN(lists);
    RUN(conditions_of_queries);
    arena_free(arena);
    return check_report();
}
