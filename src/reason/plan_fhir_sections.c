/* plan_fhir_sections.c - the parts of the plan's FHIR that look beyond treatment.
 *
 * Follow-up becomes ServiceRequests, tasks Tasks, the team a CareTeam; triage, the board, trials
 * and computed values Observations; measures MeasureReports. */
#include "reason/plan_fhir_parts.h"
#include "reason/record_code.h"

static Str numbered(Fhir *f, const char *kind, uint32_t number) {
    return str_format(f->arena, "%s-%u", kind, number + 1);
}

/* ---- follow-up ---- */

static Str range_text(Fhir *f, Months range) {
    if (str_equal(range.low, range.high)) return range.low;
    return str_format(f->arena, "%.*s-%.*s", STR_ARGS(range.low), STR_ARGS(range.high));
}

static void follow_up_action(Fhir *f, uint32_t number) {
    const PlanFollowUp *entry = &f->plan->follow_up[number];
    const Statement *s = entry->statement;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "item", entry->item);
    put_extension(f, "status", entry->status);
    put_extension(f, "firstMonths", range_text(f, entry->first));
    put_extension(f, "interval", entry->interval);
    put_extension(f, "intervalRange", range_text(f, entry->range));
    put_extension(f, "until", entry->until);
    put_extension(f, "anchor", fhir_moment(f, entry->anchor));
    put_extension(f, "last", fhir_moment(f, entry->last));
    put_extension(f, "due", fhir_moment(f, entry->due));
    if (entry->overdue_days != 0)
        put_extension(f, "overdueDays", str_format(f->arena, "%d", (int)entry->overdue_days));
    put_deferred(f, entry->deferred);
    put_end_list(f);
    put_end_action(f, s, s->text.length != 0 ? s->text : entry->item, "follow-up", number);
}

static void follow_up_request(Fhir *f, uint32_t number) {
    const PlanFollowUp *entry = &f->plan->follow_up[number];
    bool negative = str_is(entry->status, "none") || str_is(entry->status, "not-routine");
    put_begin_resource(f, "ServiceRequest", numbered(f, "follow-up", number));
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    if (negative) put_truth(f, "doNotPerform", true);
    put_concept(f, "code", entry->item, code_name(f->plan->guideline, entry->item));
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "occurrenceDateTime", fhir_moment(f, entry->due));
    put_text(f, "authoredOn", fhir_moment(f, f->plan->as_of));
    put_reasons(f, entry->because);
    put_evidence(f, "supportingInfo", entry->because);
    put_end(f);
}

/* ---- tasks and team ---- */

static void task_action(Fhir *f, uint32_t number) {
    const PlanTask *task = &f->plan->tasks[number];
    const Statement *s = task->statement;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "taskCode", task->code);
    put_extension(f, "owner", task->owner);
    put_extension(f, "due", fhir_moment(f, task->due));
    put_deferred(f, task->deferred);
    put_end_list(f);
    put_end_action(f, s, s->text.length != 0 ? s->text : task->code, "task", number);
}

static void task_resource(Fhir *f, uint32_t number) {
    const PlanTask *task = &f->plan->tasks[number];
    put_begin_resource(f, "Task", numbered(f, "task", number));
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    put_concept(f, "code", (Str){ "", 0 }, task->code);
    put_text(f, "description", task->statement->text);
    put_reference(f, "for", f->plan->patient);
    put_text(f, "authoredOn", fhir_moment(f, f->plan->as_of));
    put_begin_list(f, "performerType");
    put_concept(f, NULL, (Str){ "", 0 }, task->owner);
    put_end_list(f);
    if (!value_is_null(task->due)) {
        put_begin(f, "restriction");
        put_begin(f, "period");
        put_text(f, "end", fhir_moment(f, task->due));
        put_end(f);
        put_end(f);
    }
    put_end(f);
}

static void care_team(Fhir *f) {
    if (f->plan->role_count == 0) return;
    put_begin_resource(f, "CareTeam", STR("team"));
    put_word(f, "status", "proposed");
    put_reference(f, "subject", f->plan->patient);
    put_begin_list(f, "participant");
    for (uint32_t i = 0; i < f->plan->role_count; i++) {
        const PlanRole *role = &f->plan->roles[i];
        put_begin(f, NULL);
        put_begin_list(f, "extension");
        put_extension(f, "rule", role->statement->id);
        put_deferred(f, role->deferred);
        put_end_list(f);
        put_begin_list(f, "role");
        put_concept(f, NULL, (Str){ "", 0 }, role->role);
        put_end_list(f);
        put_end(f);
    }
    put_end_list(f);
    put_end(f);
}

bool fhir_has_section_actions(const Plan *plan) {
    return plan->follow_up_count + plan->task_count != 0;
}

void put_section_actions(Fhir *f) {
    put_action_group(f, "Follow-up", f->plan->follow_up_count, follow_up_action);
    put_action_group(f, "Tasks", f->plan->task_count, task_action);
}

/* ---- triage ---- */

static bool has_triage(const Plan *plan) {
    const PlanTriage *triage = &plan->triage;
    return triage->level != TRIAGE_NONE || triage->cannot_exclude.count != 0;
}

void put_priority(Fhir *f) {
    static const char *const priorities[TRIAGE_NONE] = { "stat", "asap", "urgent", "urgent",
                                                         "routine" };
    if (f->plan->triage.level != TRIAGE_NONE)
        put_word(f, "priority", priorities[f->plan->triage.level]);
}

static void text_component(Fhir *f, const char *name, Str text) {
    put_component(f, str_from(name), value_string(text));
}

static void text_components(Fhir *f, const char *name, StrList list) {
    for (uint32_t i = 0; i < list.count; i++) text_component(f, name, list.items[i]);
}

static void triage_observation(Fhir *f) {
    const PlanTriage *triage = &f->plan->triage;
    if (!has_triage(f->plan)) return;
    put_begin_observation(f, STR("triage"), STR("triage"));
    put_begin_list(f, "component");
    if (triage->level != TRIAGE_NONE)
        text_component(f, "level", str_from(triage_levels[triage->level]));
    put_component(f, STR("redFlags"), value_boolean(triage->red_flags));
    text_components(f, "rule", triage->rules);
    text_components(f, "route", triage->routes);
    text_components(f, "cannotExclude", triage->cannot_exclude);
    put_end_list(f);
    put_end(f);
}

/* ---- trials ---- */

static void trials_observation(Fhir *f) {
    if (f->plan->trial_count == 0) return;
    put_begin_observation(f, STR("trials"), STR("trials"));
    put_begin_list(f, "component");
    for (uint32_t i = 0; i < f->plan->trial_count; i++) {
        const PlanTrial *trial = &f->plan->trials[i];
        put_begin(f, NULL);
        put_begin_list(f, "extension");
        put_extension(f, "recruitmentChecked", trial->recruitment_checked);
        put_extensions(f, "missing", trial->missing);
        put_extension(f, "trial", trial->id);
        put_end_list(f);
        put_concept(f, "code", (Str){ "", 0 }, trial->id);
        put_text(f, "valueString", trial->status);
        put_end(f);
    }
    put_end_list(f);
    put_end(f);
}

/* ---- computed values ---- */

/* Only these may be what an Observation is derived from. */
static bool is_derivable(Str reference) {
    static const char *const types[] = { "Observation/", "DocumentReference/", "ImagingStudy/",
                                         "Media/", "QuestionnaireResponse/" };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts_with(reference, str_from(types[i]))) return true;
    return false;
}

static void derived_from(Fhir *f, StrList inputs) {
    Str *items = arena_array(f->arena, inputs.count, sizeof *items);
    StrList list = { 0, items };
    for (uint32_t i = 0; i < inputs.count; i++)
        if (is_derivable(inputs.items[i])) items[list.count++] = inputs.items[i];
    put_references(f, "derivedFrom", list);
}

static void computed_extensions(Fhir *f, const PlanComputed *entry) {
    put_begin_list(f, "extension");
    put_extension(f, "computed", entry->computed->name);
    put_extension(f, "rule", entry->computed->rule);
    put_extensions(f, "missing", entry->missing);
    for (uint32_t i = 0; i < entry->inputs.count; i++)
        if (!is_derivable(entry->inputs.items[i]))
            put_extension(f, "input", entry->inputs.items[i]);
    put_end_list(f);
}

/* A bare number with a unit, as the Quantity that it is. */
static Value with_unit(Fhir *f, const PlanComputed *entry) {
    Value value = entry->value;
    bool number = value.tag == TAG_INTEGER || value.tag == TAG_DECIMAL;
    if (!number || entry->computed->unit.length == 0) return value;
    Quantity *quantity = arena_alloc_zeroed(f->arena, sizeof *quantity);
    quantity->value = value;
    quantity->unit = entry->computed->unit;
    return (Value){ .tag = TAG_QUANTITY, .quantity = quantity };
}

static void computed_observation(Fhir *f, uint32_t number) {
    const PlanComputed *entry = &f->plan->computed[number];
    put_begin_resource(f, "Observation", numbered(f, "computed", number));
    computed_extensions(f, entry);
    put_word(f, "status", "preliminary");
    put_concept(f, "code", (Str){ "", 0 }, entry->computed->name);
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "effectiveDateTime", fhir_moment(f, f->plan->as_of));
    if (!value_is_null(entry->value)) put_value(f, with_unit(f, entry));
    else put_concept(f, "dataAbsentReason", (Str){ "", 0 }, entry->reason);
    derived_from(f, entry->inputs);
    put_end(f);
}

/* ---- measures ---- */

static void population(Fhir *f, const char *code, Value counts) {
    put_begin(f, NULL);
    put_begin(f, "code");
    put_begin_list(f, "coding");
    put_begin(f, NULL);
    put_word(f, "system", "http://terminology.hl7.org/CodeSystem/measure-population");
    put_word(f, "code", code);
    put_end(f);
    put_end_list(f);
    put_end(f);
    if (!value_is_null(counts)) {
        json_write_key(&f->w, "count");
        json_write_integer(&f->w, value_is_true(counts));
    }
    put_end(f);
}

static void measure_report(Fhir *f, uint32_t number) {
    const PlanMeasure *entry = &f->plan->measures[number];
    put_begin_resource(f, "MeasureReport", numbered(f, "measure", number));
    put_begin_list(f, "extension");
    put_extension(f, "measure", entry->measure->id);
    put_extension(f, "excluded", entry->excluded);
    put_extension(f, "due", fhir_moment(f, entry->due));
    put_extensions(f, "missing", entry->missing);
    put_end_list(f);
    put_word(f, "status", "complete");
    put_word(f, "type", "individual");
    put_text(f, "measure", entry->measure->url);
    put_reference(f, "subject", f->plan->patient);
    put_begin(f, "period");
    put_text(f, "end", fhir_moment(f, f->plan->as_of));
    put_end(f);
    put_begin_list(f, "group");
    put_begin(f, NULL);
    put_begin_list(f, "population");
    population(f, "denominator", entry->denominator);
    if (value_is_true(entry->denominator))
        population(f, "denominator-exclusion", value_boolean(entry->excluded.length != 0));
    if (!value_is_false(entry->denominator) && entry->excluded.length == 0)
        population(f, "numerator", entry->numerator);
    put_end_list(f);
    put_end(f);
    put_end_list(f);
    put_end(f);
}

/* ---- all ---- */

void put_section_resources(Fhir *f) {
    const Plan *plan = f->plan;
    for (uint32_t i = 0; i < plan->follow_up_count; i++) follow_up_request(f, i);
    for (uint32_t i = 0; i < plan->task_count; i++) task_resource(f, i);
    care_team(f);
    triage_observation(f);
    put_tuple_observation(f, "board", plan->board);
    trials_observation(f);
    for (uint32_t i = 0; i < plan->computed_count; i++) computed_observation(f, i);
    for (uint32_t i = 0; i < plan->measure_count; i++) measure_report(f, i);
}

StrList fhir_section_references(Fhir *f) {
    const Plan *plan = f->plan;
    Str *items = arena_array(f->arena, 3 + plan->computed_count + plan->measure_count,
                             sizeof *items);
    StrList list = { 0, items };
    if (has_triage(plan)) items[list.count++] = STR("#triage");
    if (plan->board.tag == TAG_TUPLE) items[list.count++] = STR("#board");
    if (plan->trial_count != 0) items[list.count++] = STR("#trials");
    for (uint32_t i = 0; i < plan->computed_count; i++)
        items[list.count++] = fhir_local_reference(f, "computed", i);
    for (uint32_t i = 0; i < plan->measure_count; i++)
        items[list.count++] = fhir_local_reference(f, "measure", i);
    return list;
}
