/* explain.c - for --explain: the defines below a rule, with values and resources.
 *
 * From the rule down, each define once; a define that gives resources is the end of a way,
 * since below it stands only how they were found. */
#include "reason/apply_parts.h"

typedef struct Tracing {
    Applying *applying;
    VEC(TraceStep) steps;
    bool *seen; /* of each define */
} Tracing;

static void trace(Tracing *t, uint32_t define, uint32_t depth) {
    Applying *a = t->applying;
    TraceStep step = { .define = define, .depth = depth };
    if (t->seen[define] || !run_peek(a->run, define, &step.value)) return;
    t->seen[define] = true;
    step.resources =
        evidence_references(&a->evidence, evidence_of(&a->evidence, define)->resources);
    vec_push(a->arena, &t->steps, step);
    if (a->guideline->gives_resources[define]) return;
    const uint32_t *uses;
    uint32_t count = run_uses(a->run, define, &uses);
    for (uint32_t i = 0; i < count; i++) trace(t, uses[i], depth + 1);
}

Trace trace_defines(Applying *a, const Statement *const *statements, uint32_t count) {
    Tracing tracing = { .applying = a };
    tracing.seen = arena_array(a->arena, program_define_count(a->guideline->program),
                               sizeof *tracing.seen);
    for (uint32_t i = 0; i < count; i++) trace(&tracing, statements[i]->define, 0);
    return (Trace){ (uint32_t)tracing.steps.count, tracing.steps.items };
}
