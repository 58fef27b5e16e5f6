/* evaluation_limits_test.c - whatever the limit of memory, steps or depth is, an evaluation and a
 * compilation are there whole or refused with an error that says so. */
#include "reason/evaluation.h"

#include "check.h"
#include "fhir/fhir.h"
#include "value/time.h"

enum { LEAST = 64, MOST = 64 << 20 };

static const char library_text[] =
    "library A\nusing FHIR version '4.0.1'\ncontext Patient\n"
    "define Sizes: [Observation] O where O.status = 'final' return O.value as FHIR.Quantity\n"
    "define Numbers: (expand Interval[1, 300]) N return Tuple { n: N, text: ToString(N) }\n"
    "define function Deeper(x Integer): x + Count(Numbers)\n"
    "define function Deep(x Integer): Deeper(x) + 1\n"
    "define Texts: Combine(Numbers N return N.text, ',') & ToString(Deep(Count(Sizes)))\n";

static const char record_text[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
    "\"code\":{\"text\":\"size\"},\"valueQuantity\":{\"value\":2.5,\"unit\":\"mm\"}}}]}";

static Arena *arena, *printing;
static Evaluation evaluation;
static Str out, errors;

static bool contains(Str text, const char *part) {
    Str wanted = str_from(part);
    for (size_t i = 0; i + wanted.length <= text.length; i++)
        if (str_equal(str_slice(text, i, i + wanted.length), wanted)) return true;
    return false;
}

static const Program *compile(Arena *own) {
    Diagnostics diagnostics = diagnostics_new(own);
    return program_compile(own, &fhir_r4, NULL, STR("A.cql"), str_from(library_text),
                           &diagnostics);
}

static void prepare(void) {
    evaluation = (Evaluation){ .program = compile(arena), .now = time_date(2026, 6, 1) };
    evaluation.defines =
        evaluation_public_defines(arena, evaluation.program, &evaluation.define_count);
}

static bool evaluates(void) {
    arena_reset(printing);
    Buffer results = buffer_new(printing), failures = buffer_new(printing);
    FeedItem item = { .file = STR("r.json"), .text = str_from(record_text), .line = 1,
                      .number = 1 };
    Evaluator *evaluator = evaluator_new(&evaluation);
    bool sound = evaluator_take(evaluator, &item, &results, &failures);
    evaluator_free(evaluator);
    out = buffer_str(&results);
    errors = buffer_str(&failures);
    return sound;
}

static void memory(void) {
    int refused = 0;
    size_t limit = LEAST;
    prepare();
    for (; limit < MOST; limit += limit / 9 + 16) {
        evaluation.memory_limit = limit;
        if (evaluates()) break;
        CHECK(contains(out, "\"code\":\"memory-limit\"") ||
              contains(out, "\"code\":\"json-too-large\""));
        CHECK(contains(errors, "r.json:1:"));
        refused++;
    }
    CHECK(refused > 20 && limit < MOST && contains(out, "\"errors\":[]"));
}

static void what_was_evaluated_is_named(void) {
    prepare();
    evaluation.memory_limit = 16 << 10;
    CHECK(!evaluates());
    CHECK(contains(errors, "evaluating \"Numbers\" needs more memory"));
}

static void steps(void) {
    uint64_t budget = 1;
    prepare();
    for (; budget < 100000; budget += 1 + budget / 16) {
        evaluation.limits = (RunLimits){ .steps = budget };
        if (evaluates()) break;
        CHECK(contains(out, "\"code\":\"step-limit\"") && contains(errors, "A.cql:"));
    }
    CHECK(budget > 500 && budget < 100000);
}

static void depth(void) {
    prepare();
    evaluation.limits = (RunLimits){ .depth = 2 };
    CHECK(!evaluates() && contains(out, "\"code\":\"too-deep\""));
    evaluation.limits = (RunLimits){ .depth = 4 };
    CHECK(evaluates());
}

static bool compiles_within(size_t limit) {
    Arena *own = arena_new(limit);
    volatile bool made = false;
    if (setjmp(*arena_guard(own)) == 0) made = compile(own) != NULL;
    arena_unguard(own);
    arena_free(own);
    return made;
}

static void compilation(void) {
    size_t limit = LEAST;
    while (limit < MOST && !compiles_within(limit)) limit += limit / 9 + 16;
    CHECK(limit > 100000 && limit < MOST);
}

int main(void) {
    arena = arena_new(256 << 20);
    printing = arena_new(256 << 20);
    RUN(memory);
    RUN(what_was_evaluated_is_named);
    RUN(steps);
    RUN(depth);
    RUN(compilation);
    arena_free(printing);
    arena_free(arena);
    return check_report();
}
