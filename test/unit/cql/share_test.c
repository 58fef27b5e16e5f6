/* share_test.c - expressions that have one value in a record are evaluated once, and nothing
 * else about them changes. */
#include <stdlib.h>

#include "cql/program.h"

#include "check.h"

typedef struct Fixture {
    Arena *arena, *values;
    Program *program;
    Run *run;
    Eval eval;
    MessageSink messages;
    uint32_t said;
    Diagnostic error;
} Fixture;

static void count_message(void *self, Str severity, Str code, Str text) {
    (void)severity, (void)code, (void)text;
    ++*(uint32_t *)self;
}

static void begin(Fixture *f) {
    arena_reset(f->values);
    f->said = 0;
    f->messages = (MessageSink){ &f->said, count_message };
    f->eval = (Eval){ .arena = f->values, .messages = &f->messages };
    run_begin(f->run, &f->eval, NULL);
}

static void compile(Fixture *f, uint64_t steps, const char *text) {
    *f = (Fixture){ .arena = arena_new(16 << 20), .values = arena_new(16 << 20) };
    Diagnostics diagnostics = diagnostics_new(f->arena);
    f->program = program_compile(f->arena, NULL, NULL, STR("main.cql"), str_from(text), &diagnostics);
    for (size_t i = 0; i < diagnostics.count; i++)
        printf("%s: %.*s\n", check_running, STR_ARGS(diagnostics.items[i].message));
    if (f->program == NULL) exit(1);
    f->run = run_new(f->arena, f->program, (RunLimits){ .steps = steps });
    begin(f);
}

static void release(Fixture *f) {
    arena_free(f->arena);
    arena_free(f->values);
}

static uint32_t number_of(const Fixture *f, const char *name) {
    return program_find(f->program, STR(""), str_from(name));
}

/* The value of a define; INT64_MIN where it is no Integer, with the error in f->error. */
static int64_t integer(Fixture *f, const char *name) {
    Value value = value_null();
    f->error = (Diagnostic){ 0 };
    bool sound = run_define(f->run, number_of(f, name), &value, &f->error);
    return sound && value.tag == TAG_INTEGER ? value.integer : INT64_MIN;
}

static void once_for_all_rows_and_calls(void) {
    Fixture f;
    compile(&f, 200000,
            "library Main\n"
            "define Numbers: expand Interval[1, 1000]\n"
            "define function Above(x Integer): x > Count(Numbers N where N <= 500)\n"
            "define Rows: Count(Numbers N where N > Count(Numbers M where M <= 500))\n"
            "define Calls: Count(Numbers N where Above(N))\n");
    CHECK(integer(&f, "Rows") == 500);
    CHECK(integer(&f, "Calls") == 500);
    begin(&f);
    CHECK(integer(&f, "Calls") == 500);
    release(&f);
}

static void what_it_uses_its_users_use(void) {
    Fixture f;
    compile(&f, 0, "library Main\n"
                   "define A: 1\n"
                   "define function F(x Integer): x + (A * 2 + Abs(A))\n"
                   "define B: F(1)\n"
                   "define C: F(2)\n");
    const uint32_t *uses;
    CHECK(integer(&f, "B") == 4 && integer(&f, "C") == 5);
    CHECK(run_uses(f.run, number_of(&f, "B"), &uses) == 1 && uses[0] == number_of(&f, "A"));
    CHECK(run_uses(f.run, number_of(&f, "C"), &uses) == 1 && uses[0] == number_of(&f, "A"));
    release(&f);
}

static void locals_of_the_code_around_count(void) {
    Fixture f;
    compile(&f, 0, "library Main\n"
                   "define function F(x Integer): Sum(({ 1, 2 }) N return all Abs(x) * Abs(N) * 2)\n"
                   "define Sums: F(1) + F(10)\n"
                   "define Nested: Sum(({ 1, 2 }) A return all\n"
                   "  Sum(({ 10, 20 }) B let both: Abs(A) * Abs(B) return all both + Abs(A)))\n");
    CHECK(integer(&f, "Sums") == 66);
    CHECK(integer(&f, "Nested") == 96);
    release(&f);
}

static void errors_come_where_it_is_reached(void) {
    Fixture f;
    compile(&f, 0, "library Main\n"
                   "define function F(x Integer): if x > 1 then\n"
                   "  x + Abs(minimum Integer + (-1)) + predecessor of (minimum Integer) else x\n"
                   "define Fine: F(1)\n"
                   "define Failed: F(2)\n"
                   "define Again: F(3)\n");
    CHECK(integer(&f, "Fine") == 1);
    CHECK(integer(&f, "Failed") == INT64_MIN && f.error.code != NULL && f.error.span.line == 3);
    CHECK(integer(&f, "Again") == INT64_MIN && f.error.code != NULL && f.error.span.line == 3);
    CHECK(integer(&f, "Fine") == 1);
    release(&f);
}

static void messages_are_said_each_time(void) {
    Fixture f;
    compile(&f, 0, "library Main\n"
                   "define function Say(x Integer): Message(x * 2, true, 'code', 'Warning', 'text')\n"
                   "define function Twice(x Integer): x + Say(3)\n"
                   "define A: Sum(({ 1, 2, 3 }) N return all N + Say(1))\n"
                   "define B: Twice(1) + Twice(2)\n");
    CHECK(integer(&f, "A") == 12 && f.said == 3);
    CHECK(integer(&f, "B") == 15 && f.said == 5);
    release(&f);
}

int main(void) {
    RUN(once_for_all_rows_and_calls);
    RUN(what_it_uses_its_users_use);
    RUN(locals_of_the_code_around_count);
    RUN(errors_come_where_it_is_reached);
    RUN(messages_are_said_each_time);
    return check_report();
}
