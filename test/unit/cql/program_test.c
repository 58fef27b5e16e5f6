/* program_test.c - compiling and running: includes, parameters, laziness, errors, limits, uses.
 *
 * The model is a toy: one class, Thing, with a number n; a source gives three of them. */
#include <stdlib.h>

#include "check.h"
#include "cql/program.h"

enum { LIMIT = 64 * 1024 * 1024, SMALL = 256 * 1024 };

/* ---- the toy ---- */

static const int64_t things[] = { 3, 1, 2 };
static uint32_t retrieves;

static bool find_class(Str name, ModelType *out) {
    *out = 0;
    return str_is(name, "Thing");
}

static const char *class_name(ModelType type) { return type == 0 ? "Thing" : NULL; }

static ModelType base_of(ModelType type) {
    (void)type;
    return MODEL_NO_TYPE;
}

static bool is_resource(ModelType type) { return type == 0; }

static const ModelType number_type[] = { MODEL_SYSTEM + TAG_INTEGER };

static bool find_property(ModelType type, Str name, ModelProperty *out) {
    *out = (ModelProperty){ .id = 7, .type_count = 1, .types = number_type };
    return type == 0 && str_is(name, "n");
}

static const char *property_name(ModelType type, uint32_t index) {
    return type == 0 && index == 0 ? "n" : NULL;
}

static bool primary_code(ModelType type, ModelProperty *out) {
    (void)type;
    (void)out;
    return false;
}

static bool get(Eval *eval, Value node, uint32_t property, Value *result) {
    if (property != 7) return eval_fail(eval, "property", "there is no property %u", property);
    *result = value_integer(*(const int64_t *)node.node);
    return true;
}

static const Model toy = {
    .name = "Toy", .version = "1", .helpers = "ToyHelpers", .patient_class = 0,
    .find_class = find_class, .class_name = class_name, .base = base_of,
    .is_resource = is_resource, .find_property = find_property,
    .property_name = property_name, .primary_code = primary_code, .get = get,
};

static Value thing(uint32_t i) { return (Value){ .tag = TAG_NODE, .node = &things[i] }; }

static bool retrieve(void *self, Eval *eval, const Retrieve *r, Value *result) {
    Value nodes[] = { thing(0), thing(1), thing(2) };
    (void)self;
    (void)r;
    retrieves++;
    *result = value_list(eval->arena, nodes, 3);
    return true;
}

static Value context(void *self, Eval *eval) {
    (void)self;
    (void)eval;
    return thing(0);
}

static const Source source = { NULL, retrieve, context };

/* ---- libraries by name ---- */

typedef struct Shelf {
    const char *name, *text;
} Shelf;

static bool find(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    (void)version;
    for (const Shelf *shelf = self; shelf->name != NULL; shelf++) {
        if (!str_is(name, shelf->name)) continue;
        *file = str_format(arena, "%s.cql", shelf->name);
        *text = str_from(shelf->text);
        return true;
    }
    return false;
}

/* ---- a compiled program with a run ---- */

typedef struct Fixture {
    Arena *arena, *values;
    Diagnostics diagnostics;
    Program *program;
    Run *run;
    Eval eval;
    Diagnostic error;
} Fixture;

static void begin(Fixture *f) {
    arena_reset(f->values);
    f->eval = (Eval){ .arena = f->values };
    run_begin(f->run, &f->eval, &source);
}

static void compile_with(Fixture *f, const char *text, Shelf *shelf, RunLimits limits) {
    LibraryFinder finder = { shelf, find };
    *f = (Fixture){ .arena = arena_new(LIMIT), .values = arena_new(SMALL) };
    f->diagnostics = diagnostics_new(f->arena);
    f->program = program_compile(f->arena, &toy, shelf == NULL ? NULL : &finder,
                                 STR("main.cql"), str_from(text), &f->diagnostics);
    if (f->program == NULL) return;
    f->run = run_new(f->arena, f->program, limits);
    begin(f);
}

static void compile(Fixture *f, const char *text) {
    compile_with(f, text, NULL, (RunLimits){ 0 });
    for (size_t i = 0; i < f->diagnostics.count; i++)
        printf("%s: %.*s\n", check_running, STR_ARGS(f->diagnostics.items[i].message));
    CHECK(f->program != NULL);
    if (f->program == NULL) exit(check_report());
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
    if (setjmp(*arena_guard(f->values))) {
        f->error.code = "memory";
        return INT64_MIN;
    }
    bool sound = run_define(f->run, number_of(f, name), &value, &f->error);
    arena_unguard(f->values);
    return sound && value.tag == TAG_INTEGER ? value.integer : INT64_MIN;
}

/* ---- tests ---- */

static void evaluates(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "define A: 40\n"
                        "define B: A + 2\n"
                        "define function Twice(x Integer): x * 2\n"
                        "define C: Twice(Twice(B))\n"
                        "define D: if A > 50 then 1 else 0\n"
                        "define E: case A when 40 then 4 else 5 end\n");
    CHECK(program_define_count(f.program) == 5);
    CHECK(integer(&f, "B") == 42);
    CHECK(integer(&f, "C") == 168);
    CHECK(integer(&f, "D") == 0);
    CHECK(integer(&f, "E") == 4);
    CHECK(number_of(&f, "Missing") == UINT32_MAX);
    CHECK_STR(program_define(f.program, 0)->type, "Integer");
    CHECK(!program_define(f.program, 0)->boolean);
    release(&f);
}

static void gives_queries(void) {
    Fixture f;
    compile(&f, 
        "library Main\n"
        "using Toy version '1'\n"
        "define Sorted: [Thing] T return all T.n sort desc\n"
        "define Largest: First(Sorted)\n"
        "define Pairs: Count(from [Thing] A, [Thing] B where A.n < B.n return all A.n)\n"
        "define Kept: Count([Thing] A with [Thing] B such that A.n < B.n)\n"
        "define Top: First([Thing] A without [Thing] B such that A.n < B.n return A.n)\n"
        "define Sum: [Thing] A let twice: A.n * 2 aggregate R starting 0: R + twice\n"
        "define Distinct: Count(({ 1, 2, 1, 3 }) X return distinct X)\n"
        "define Some: if exists ([Thing] A where A.n = 2) then 1 else 0\n"
        "define Single: (5) X where X > 3 return X + 1\n"
        "define None: (5) X where X > 9 return X + 1\n"
        "define Ordered: First(([Thing] T sort by n) T return T.n)\n"
        "define Once: ({ 2, 2, 3 }) X aggregate distinct P starting 1: P * X\n");
    CHECK(integer(&f, "Largest") == 3);
    CHECK(integer(&f, "Pairs") == 3);
    CHECK(integer(&f, "Kept") == 2);
    CHECK(integer(&f, "Top") == 3);
    CHECK(integer(&f, "Sum") == 12);
    CHECK(integer(&f, "Distinct") == 3);
    CHECK(integer(&f, "Some") == 1);
    CHECK(integer(&f, "Single") == 6);
    CHECK(integer(&f, "None") == INT64_MIN && f.error.code == NULL);
    CHECK(integer(&f, "Ordered") == 1);
    CHECK(integer(&f, "Once") == 6);
    release(&f);
}

static void evaluates_once(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "using Toy version '1'\n"
                        "define Things: [Thing]\n"
                        "define A: Count(Things)\n"
                        "define B: Count(Things) + A\n");
    Value value;
    retrieves = 0;
    CHECK(!run_peek(f.run, number_of(&f, "A"), &value));
    CHECK(integer(&f, "B") == 6);
    CHECK(integer(&f, "A") == 3);
    CHECK(retrieves == 1);
    CHECK(run_peek(f.run, number_of(&f, "A"), &value) && value.integer == 3);
    begin(&f);
    CHECK(!run_peek(f.run, number_of(&f, "A"), &value));
    CHECK(integer(&f, "A") == 3);
    CHECK(retrieves == 2);
    release(&f);
}

static void knows_what_was_used(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "define A: 1\n"
                        "define B: 2\n"
                        "define function F(x Integer): x + B\n"
                        "define C: F(A) + A\n"
                        "define D: false and A = B\n");
    const uint32_t *uses;
    CHECK(integer(&f, "C") == 4);
    CHECK(run_uses(f.run, number_of(&f, "C"), &uses) == 2);
    CHECK(uses[0] == number_of(&f, "A") && uses[1] == number_of(&f, "B"));
    integer(&f, "D");
    CHECK(run_uses(f.run, number_of(&f, "D"), &uses) == 0);
    release(&f);
}

static void takes_parameters(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "parameter P Integer default 5 + 1\n"
                        "parameter Q Integer\n"
                        "define A: P\n"
                        "define B: Q\n");
    CHECK(program_parameter_count(f.program) == 2);
    CHECK_STR(program_parameter_name(f.program, 1), "Q");
    CHECK(integer(&f, "A") == 6);
    CHECK(integer(&f, "B") == INT64_MIN && f.error.code == NULL);
    run_set_parameter(f.run, 1, value_integer(9));
    begin(&f);
    CHECK(integer(&f, "A") == 6);
    CHECK(integer(&f, "B") == 9);
    release(&f);
}

static void includes(void) {
    Shelf shelf[] = { { "Low", "library Low\ndefine X: 1\ndefine function F(n Integer): n + X\n" },
                      { "Middle", "library Middle\ninclude Low\ndefine Y: Low.X + 1\n" },
                      { NULL, NULL } };
    Fixture f;
    compile_with(&f, "library Main\ninclude Middle called M\ninclude Low\n"
                             "define Z: M.Y + Low.F(10)\n",
                             shelf, (RunLimits){ 0 });
    CHECK(f.program != NULL && integer(&f, "Z") == 13);
    CHECK(program_define_count(f.program) == 3);
    CHECK_STR(program_define(f.program, 0)->library, "Low");
    CHECK_STR(program_define(f.program, 2)->name, "Z");
    CHECK(program_find(f.program, STR("Middle"), STR("Y")) == 1);
    release(&f);
}

static void reports_cycles(void) {
    Shelf shelf[] = { { "A", "library A\ninclude B\ndefine X: 1\n" },
                      { "B", "library B\ninclude A\ndefine Y: 1\n" },
                      { NULL, NULL } };
    Fixture f;
    compile_with(&f, "library Main\ninclude A\n", shelf, (RunLimits){ 0 });
    CHECK(f.program == NULL && f.diagnostics.errors == 1);
    CHECK(str_is(f.diagnostics.items[0].file, "B.cql"));
    CHECK_STR(f.diagnostics.items[0].message,
              "the library A includes itself: A includes B includes A");
    release(&f);
    compile_with(&f, "library Main\ninclude Main\n", shelf, (RunLimits){ 0 });
    CHECK(f.program == NULL && str_is(str_from(f.diagnostics.items[0].code), "include-cycle"));
    release(&f);
}

static void reports_what_is_missing(void) {
    Shelf shelf[] = { { "A", "library A\ndefine X: 1 +\n" },
                      { "B", "library Other\ndefine X: 1\n" },
                      { NULL, NULL } };
    Fixture f;
    compile_with(&f, "library Main\ninclude Nowhere version '2'\n", shelf,
                             (RunLimits){ 0 });
    CHECK(f.program == NULL && f.diagnostics.errors == 1);
    CHECK_STR(f.diagnostics.items[0].message, "there is no library Nowhere of version 2");
    CHECK(f.diagnostics.items[0].span.line == 2);
    release(&f);
    compile_with(&f, "library Main\ninclude A\n", shelf, (RunLimits){ 0 });
    CHECK(f.program == NULL && str_is(f.diagnostics.items[0].file, "A.cql"));
    release(&f);
    compile_with(&f, "library Main\ninclude B\n", shelf, (RunLimits){ 0 });
    CHECK(f.program == NULL && f.diagnostics.errors == 1);
    CHECK_STR(f.diagnostics.items[0].message, "B.cql holds the library Other, not B");
    release(&f);
}

static void keeps_errors_apart(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "define Bad:\n"
                        "  1 + singleton from { 1, 2 }\n"
                        "define User: Bad + 1\n"
                        "define Good: 1\n");
    CHECK(integer(&f, "User") == INT64_MIN && f.error.code != NULL);
    CHECK(f.error.span.line == 3 && f.error.span.column == 7);
    CHECK(str_is(f.error.file, "main.cql") && f.error.message.length > 0);
    CHECK(integer(&f, "Bad") == INT64_MIN && f.error.code != NULL && f.error.span.line == 3);
    CHECK(integer(&f, "Good") == 1);
    release(&f);
}

static void stops_long_evaluations(void) {
    Fixture f;
    compile_with(&f, "library Main\n"
                             "define Ten: { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }\n"
                             "define Long: Count(from Ten A, Ten B, Ten C, Ten D\n"
                             "  return all A + B + C + D)\n",
                             NULL, (RunLimits){ .steps = 10000 });
    CHECK(integer(&f, "Long") == INT64_MIN && str_is(str_from(f.error.code), "step-limit"));
    begin(&f);
    Value value;
    CHECK(run_define(f.run, number_of(&f, "Ten"), &value, &f.error));
    release(&f);
}

/* D0 to D100 and F0() to F100(), each one more than the one before. */
static const char *long_rows(Arena *arena) {
    Buffer text = buffer_new(arena);
    buffer_add_text(&text, "library Main\ndefine D0: 1\ndefine function F0(): 1\n");
    for (int i = 1; i <= 100; i++)
        buffer_format(&text, "define D%d: D%d + 1\ndefine function F%d(): F%d() + 1\n", i, i - 1,
                      i, i - 1);
    buffer_add_text(&text, "define Called: F100()\ndefine Short: F10()\ndefine Both: D100 + F10()\n");
    return str_to_c(arena, buffer_str(&text));
}

static void stops_deep_calls(void) {
    Arena *arena = arena_new(LIMIT);
    const char *text = long_rows(arena);
    Fixture f;
    compile_with(&f, text, NULL, (RunLimits){ .depth = 20 });
    CHECK(integer(&f, "Called") == INT64_MIN && str_is(str_from(f.error.code), "too-deep"));
    CHECK(integer(&f, "Short") == 11);
    release(&f);
    compile(&f, text);
    CHECK(integer(&f, "Called") == 101);
    release(&f);
    arena_free(arena);
}

static void defines_may_use_each_other_deeply(void) {
    Arena *arena = arena_new(LIMIT);
    const char *text = long_rows(arena);
    Fixture f;
    compile_with(&f, text, NULL, (RunLimits){ .depth = 20 });
    CHECK(integer(&f, "D100") == 101);
    CHECK(integer(&f, "Both") == 112);
    release(&f);
    arena_free(arena);
}

static void outlives_a_full_arena(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "define Ten: { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }\n"
                        "define Large: from Ten A, Ten B, Ten C, Ten D, Ten E\n"
                        "  return all A + B\n"
                        "define Count: Count(Large)\n"
                        "define Small: Count(Ten)\n");
    CHECK(integer(&f, "Count") == INT64_MIN && str_is(str_from(f.error.code), "memory"));
    begin(&f);
    CHECK(integer(&f, "Small") == 10);
    release(&f);
}

static void lists_codes(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "codesystem S: 'urn:s'\n"
                        "code A: '1' from S\n"
                        "code B: '2' from S\n"
                        "define X: Code { code: '3', system: 'urn:s' }\n"
                        "define Y: A ~ B\n");
    const Code *codes;
    CHECK(program_codes(f.program, &codes) == 3);
    CHECK_STR(codes[0].code, "1");
    CHECK_STR(codes[1].system, "urn:s");
    release(&f);
}

static void reads_annotations(void) {
    Fixture f;
    compile(&f, "library Main\n"
                        "// The sentence.\n"
                        "// @rule: X-1\n"
                        "define A: true\n");
    Str value;
    CHECK(define_annotation(program_define(f.program, 0), STR("rule"), &value));
    CHECK_STR(value, "X-1");
    CHECK(!define_annotation(program_define(f.program, 0), STR("fact"), &value));
    CHECK(program_define(f.program, 0)->boolean);
    release(&f);
}

static void prints_code(void) {
    Fixture f;
    compile(&f, "library Main\ndefine A: 40\ndefine B: A + 2\n");
    Buffer out = buffer_new(f.arena);
    program_print(f.program, &out);
    buffer_add_char(&out, '\0');
    CHECK(strstr(out.data, "define \"Main\".\"B\"") != NULL);
    CHECK(strstr(out.data, "Add(Integer, Integer)") != NULL);
    CHECK(strstr(out.data, "RETURN") != NULL);
    release(&f);
}

int main(void) {
    RUN(evaluates);
    RUN(gives_queries);
    RUN(evaluates_once);
    RUN(knows_what_was_used);
    RUN(takes_parameters);
    RUN(includes);
    RUN(reports_cycles);
    RUN(reports_what_is_missing);
    RUN(keeps_errors_apart);
    RUN(stops_long_evaluations);
    RUN(stops_deep_calls);
    RUN(defines_may_use_each_other_deeply);
    RUN(outlives_a_full_arena);
    RUN(lists_codes);
    RUN(reads_annotations);
    RUN(prints_code);
    return check_report();
}
