/* apply_measures.c - values that the guideline computes, and the measures of quality. */
#include "reason/apply_parts.h"

/* ---- computed values ---- */

static Str reason_given(Applying *a, const Computed *computed) {
    if (computed->reason == NO_INDEX) return (Str){ "", 0 };
    Value given = applying_value(a, computed->reason);
    if (given.tag == TAG_TUPLE) given = value_element(given, "reason");
    StrList words = value_strings(&a->eval, given);
    return words.count != 0 ? words.items[0] : (Str){ "", 0 };
}

/* Why the first of the missing facts is missing; empty: none is. */
static Str reason_found(Applying *a, const uint64_t *missing) {
    Value last_date;
    for (uint32_t i = 0; i < a->guideline->fact_count; i++)
        if (evidence_bit(missing, i)) return applying_why_missing(a, i, &last_date);
    return (Str){ "", 0 };
}

/* False: it is left out, because it does not apply or there is nothing to say of it. */
static bool make_computed(Applying *a, const Computed *computed, PlanComputed *out) {
    if (computed->applies != NO_INDEX && value_is_false(applying_value(a, computed->applies)))
        return false;
    Value value = applying_value(a, computed->define);
    const Support *support = evidence_of(&a->evidence, computed->define);
    *out = (PlanComputed){ .computed = computed, .value = value,
                           .inputs = evidence_references(&a->evidence, support->resources) };
    if (!value_is_null(value)) return true;
    out->reason = reason_given(a, computed);
    if (out->reason.length == 0) out->reason = reason_found(a, support->missing);
    out->missing = evidence_fact_codes(&a->evidence, support->missing);
    return out->reason.length != 0;
}

void apply_computed(Applying *a) {
    PlanComputed *all = arena_array(a->arena, a->guideline->computed_count, sizeof *all);
    for (uint32_t i = 0; i < a->guideline->computed_count && !a->failed; i++)
        a->plan->computed_count +=
            make_computed(a, &a->guideline->computed[i], &all[a->plan->computed_count]);
    a->plan->computed = all;
}

/* ---- measures ---- */

static void add_missing(Applying *a, uint32_t define, Value value, const uint64_t **missing) {
    if (value_is_null(value) && program_define(a->guideline->program, define)->boolean)
        evidence_unite_facts(&a->evidence, missing, evidence_of(&a->evidence, define)->missing);
}

/* The first that is true gives its reason. */
static Str find_exclusion(Applying *a, const Measure *measure, const uint64_t **missing) {
    for (uint32_t i = 0; i < measure->exclusion_count; i++) {
        const Exclusion *exclusion = &measure->exclusions[i];
        Value value = applying_value(a, exclusion->define);
        if (value_is_true(value)) return exclusion->reason;
        if (value.tag == TAG_STRING) return value_str(value);
        add_missing(a, exclusion->define, value, missing);
    }
    return (Str){ "", 0 };
}

static PlanMeasure make_measure(Applying *a, const Measure *measure) {
    PlanMeasure out = { .measure = measure, .numerator = value_null(), .due = value_null() };
    const uint64_t *missing = a->evidence.none;
    out.denominator = applying_value(a, measure->denominator);
    add_missing(a, measure->denominator, out.denominator, &missing);
    if (value_is_false(out.denominator)) return out;
    out.excluded = find_exclusion(a, measure, &missing);
    if (out.excluded.length == 0) {
        out.numerator = applying_value(a, measure->numerator);
        add_missing(a, measure->numerator, out.numerator, &missing);
    }
    if (measure->due != NO_INDEX) out.due = applying_value(a, measure->due);
    out.missing = evidence_fact_codes(&a->evidence, missing);
    return out;
}

void apply_measures(Applying *a) {
    PlanMeasure *all = arena_array(a->arena, a->guideline->measure_count, sizeof *all);
    for (uint32_t i = 0; i < a->guideline->measure_count && !a->failed; i++)
        all[a->plan->measure_count++] = make_measure(a, &a->guideline->measures[i]);
    a->plan->measures = all;
}
