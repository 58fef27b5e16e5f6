/* apply_rules.c - what the guideline computes, every rule with its value, and what is
 * missing for what. */
#include "reason/apply_parts.h"
#include "reason/record_code.h"

static Value output(Applying *a, uint32_t define) {
    return define == NO_INDEX ? value_null() : applying_value(a, define);
}

void apply_outputs(Applying *a) {
    a->plan->diagnosis = output(a, a->guideline->diagnosis);
    a->plan->stage = output(a, a->guideline->stage);
    a->plan->boundaries = output(a, a->guideline->boundaries);
    a->plan->board = output(a, a->guideline->board);
}

static PlanRule make_rule(Applying *a, uint32_t number, Value value) {
    const Rule *rule = &a->guideline->rules[number];
    const Support *support = evidence_of(&a->evidence, rule->define);
    return (PlanRule){ .rule = rule, .value = value,
                       .deferred = a->marks[number].deferred && !a->marks[number].shown,
                       .missing = evidence_fact_codes(&a->evidence, support->missing),
                       .evidence = evidence_references(&a->evidence, support->resources) };
}

/* A rule whose lack stands with an option already is not named again. */
static void note_lack(Applying *a, uint32_t number) {
    const Rule *rule = &a->guideline->rules[number];
    if (a->marks[number].in_option) return;
    applying_lack(a, evidence_of(&a->evidence, rule->define)->missing, rule->id, rule->id);
}

void apply_rules(Applying *a) {
    const Guideline *guideline = a->guideline;
    PlanRule *rules = arena_array(a->arena, guideline->rule_count, sizeof *rules);
    for (uint32_t i = 0; i < guideline->rule_count && !a->failed; i++) {
        Value value = applying_value(a, guideline->rules[i].define);
        if (value_is_null(value)) note_lack(a, i);
        if (value_is_false(value) && !a->options->all_rules) continue;
        rules[a->plan->rule_count++] = make_rule(a, i, value);
    }
    a->plan->rules = rules;
}

/* Grade and stage group: their lack is the plan's. */
static bool must_be_known(Str place) {
    return str_is(place, "diagnosis.grade") || str_is(place, "stage.group");
}

static bool is_empty(const Applying *a, const uint64_t *facts) {
    for (uint32_t i = 0; i < a->evidence.fact_words; i++)
        if (facts[i] != 0) return false;
    return true;
}

static void note_elements(Applying *a) {
    for (uint32_t i = 0; i < a->guideline->element_count && !a->failed; i++) {
        const Element *element = &a->guideline->elements[i];
        if (!value_is_null(applying_value(a, element->define))) continue;
        const uint64_t *missing = evidence_of(&a->evidence, element->define)->missing;
        if (must_be_known(element->place) && !is_empty(a, missing)) a->plan->lacks_data = true;
        applying_lack(a, missing, element->place, (Str){ "", 0 });
    }
}

/* Why a fact that no define of @why explains is not there: what the record holds under its code
 * is of no use, or nothing does. */
static Str reason_of(Applying *a, const Fact *fact) {
    if (!value_is_null(applying_value(a, fact->define))) return STR("not-interpretable");
    const uint64_t *resources = evidence_of(&a->evidence, fact->define)->resources;
    Str reason = { "", 0 };
    for (uint32_t i = 0; i < record_resource_count(a->evidence.record); i++) {
        const Json *json = record_resource(a->evidence.record, i);
        if (evidence_bit(resources, i) && record_has_code(record_concept(json), fact->code))
            reason = record_why_unread(a->guideline, json);
    }
    return reason.length != 0 ? reason : STR("absent");
}

Str applying_why_missing(Applying *a, uint32_t number, Value *last_date) {
    const Fact *fact = &a->guideline->facts[number];
    Value why = fact->why == NO_INDEX ? value_null() : applying_value(a, fact->why);
    Value reason = value_element(why, "reason");
    *last_date = value_element(why, "lastDate");
    return reason.tag == TAG_STRING ? value_str(reason) : reason_of(a, fact);
}

static PlanMissing make_missing(Applying *a, const Lack *lack) {
    PlanMissing missing = { .fact = &a->guideline->facts[lack->fact],
                            .wanted_for = { (uint32_t)lack->wanted_for.count,
                                            lack->wanted_for.items },
                            .rule = lack->rule, .decides = lack->decides };
    missing.reason = applying_why_missing(a, lack->fact, &missing.last_date);
    return missing;
}

void apply_missing(Applying *a) {
    uint32_t count = a->guideline->fact_count;
    PlanMissing *missing = arena_array(a->arena, count, sizeof *missing);
    note_elements(a);
    for (uint32_t i = 0; i < count && !a->failed; i++)
        if (a->lacks[i].fact != NO_INDEX)
            missing[a->plan->missing_count++] = make_missing(a, &a->lacks[i]);
    a->plan->missing = missing;
}

void applying_lack(Applying *a, const uint64_t *facts, Str wanted_for, Str rule) {
    for (uint32_t i = 0; i < a->guideline->fact_count; i++) {
        if (facts[i / 64] == 0) {
            i |= 63; /* none of these */
            continue;
        }
        if (!evidence_bit(facts, i)) continue;
        Lack *lack = &a->lacks[a->guideline->facts[i].first];
        if (lack->fact == NO_INDEX) lack->fact = i;
        if (lack->rule.length == 0) lack->rule = rule;
        lack->decides |= !str_equal(wanted_for, rule);
        size_t last = lack->wanted_for.count;
        if (last != 0 && str_equal(lack->wanted_for.items[last - 1], wanted_for)) continue;
        vec_push(a->arena, &lack->wanted_for, wanted_for);
    }
}
