/* apply_triage.c - how soon a person is to be seen, and what waits until then.
 *
 * The worst level of the true statements wins; the rules and routes of all are listed.  In an
 * emergency all waits that is no part of it; where there is a red flag, what the rules of mere
 * symptoms say waits. */
#include "reason/apply_parts.h"

/* What the true statements say, the worst level first. */
typedef struct Urgency {
    StrSet rules[TRIAGE_NONE + 1], routes[TRIAGE_NONE + 1];
    const uint64_t *cannot_exclude;
} Urgency;

static TriageLevel level_of(Applying *a, const Statement *s) {
    Str level = applying_text(a, s, "level", (Str){ "", 0 });
    for (int i = 0; i < TRIAGE_NONE; i++)
        if (str_is(level, triage_levels[i])) return (TriageLevel)i;
    return s->level;
}

static void take_true(Applying *a, const Statement *s, Urgency *urgency) {
    TriageLevel level = level_of(a, s);
    StrList routes = applying_list(a, s, "route", s->routes);
    str_set_add(a->arena, &urgency->rules[level], s->id);
    str_set_add_all(a->arena, &urgency->routes[level], routes);
    if (level < a->plan->triage.level) a->plan->triage.level = level;
    a->plan->triage.red_flags |= s->red_flag;
    if (level == TRIAGE_EMERGENCY_NOW) a->marks[s->rule].emergency = true;
    else if (s->red_flag) a->marks[s->rule].red_flag = true;
    else a->marks[s->rule].symptom = true;
}

static void take(Applying *a, const Statement *s, Urgency *urgency) {
    Value value = applying_value(a, s->define);
    if (value_is_true(value)) take_true(a, s, urgency);
    else if (value_is_null(value) && s->red_flag)
        evidence_unite_facts(&a->evidence, &urgency->cannot_exclude,
                             evidence_of(&a->evidence, s->define)->missing);
}

static StrList join(Arena *arena, const StrSet *by_level) {
    StrSet all = { 0 };
    for (int i = 0; i <= TRIAGE_NONE; i++)
        str_set_add_all(arena, &all, str_set_list(&by_level[i]));
    return str_set_list(&all);
}

static bool is_mere_symptom(const RuleMarks *marks) {
    return marks->symptom && !marks->emergency && !marks->red_flag;
}

/* With a red flag the rules of symptoms are deferred, whether they have entries or not. */
static void defer_symptoms(Applying *a) {
    for (uint32_t i = 0; a->plan->triage.red_flags && i < a->guideline->rule_count; i++)
        a->marks[i].deferred = is_mere_symptom(&a->marks[i]);
}

static Value strings(Arena *arena, StrList list) {
    Value *items = arena_array(arena, list.count, sizeof *items);
    for (uint32_t i = 0; i < list.count; i++) items[i] = value_string(list.items[i]);
    return value_list(arena, items, list.count);
}

/* The guideline may ask what was found: the elements by name, sorted (guideline_parameter.c). */
static void tell(Applying *a) {
    const PlanTriage *t = &a->plan->triage;
    const PlanParameter *parameter = &a->guideline->triage_parameter;
    if (parameter->index == NO_INDEX) return;
    Value level = t->level == TRIAGE_NONE ? value_null()
                                          : value_string(str_from(triage_levels[t->level]));
    Value items[] = { strings(a->arena, t->cannot_exclude), level, value_boolean(t->red_flags),
                      strings(a->arena, t->rules) };
    applying_tell(a, parameter, value_tuple(a->arena, parameter->shape, items));
}

void apply_triage(Applying *a) {
    Urgency urgency = { .cannot_exclude = a->evidence.none };
    PlanTriage *triage = &a->plan->triage;
    triage->level = TRIAGE_NONE;
    for (uint32_t i = 0; i < a->guideline->triage_count && !a->failed; i++)
        take(a, a->guideline->triage[i], &urgency);
    triage->rules = join(a->arena, urgency.rules);
    triage->routes = join(a->arena, urgency.routes);
    triage->cannot_exclude = evidence_fact_codes(&a->evidence, urgency.cannot_exclude);
    defer_symptoms(a);
    tell(a);
}

/* Is the entry for the emergency itself? */
static bool belongs_to_emergency(const Applying *a, const Statement *s) {
    bool says_so = s->entry == ENTRY_ALERT && str_is(s->kind, "emergency");
    return says_so || s->emergency || (s->rule != NO_INDEX && a->marks[s->rule].emergency);
}

static bool must_wait(const Applying *a, const Statement *s) {
    const PlanTriage *triage = &a->plan->triage;
    if (belongs_to_emergency(a, s)) return false;
    if (triage->level == TRIAGE_EMERGENCY_NOW) return true;
    bool of_symptom = s->rule != NO_INDEX && is_mere_symptom(&a->marks[s->rule]);
    return triage->red_flags && (of_symptom || s->deferred_by_red_flag);
}

/* A rule of triage is never deferred for what it says beside. */
bool applying_defers(Applying *a, const Statement *s) {
    bool waits = must_wait(a, s);
    if (s->rule == NO_INDEX) return waits;
    RuleMarks *marks = &a->marks[s->rule];
    if (waits && !marks->red_flag) marks->deferred = true;
    if (!waits) marks->shown = true;
    return waits;
}
