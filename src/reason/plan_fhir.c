/* plan_fhir.c - the plan as FHIR R4: the CarePlan that PlanDefinition/$apply gives.
 *
 * Contained in it: a RequestGroup with an action for each option, alert, work-up and
 * follow-up entry and task; for each of those the request, Task or DetectedIssue that it proposes;
 * Observations of what was worked out (diagnosis, stage, triage, ...); the CareTeam; a
 * MeasureReport for each measure; and a GuidanceResponse that asks for the missing facts.  Reasons
 * stand as reasonCode, evidence as supporting information, sources as citations, and what FHIR has
 * no element for in extensions of the names that doc/guideline.md gives. */
#include "reason/plan_fhir_parts.h"
#include "reason/short_code.h"

/* ---- contained requests ---- */

static bool is_negative(Status status) { return status >= STATUS_NOT_RECOMMENDED; }

static bool is_medication(const PlanOption *option) {
    return str_is(option->group->activity->kind, "MedicationRequest");
}

static void option_request(Fhir *f, const PlanOption *option, Str id) {
    const Activity *activity = option->group->activity;
    bool medication = is_medication(option);
    put_begin_resource(f, medication ? "MedicationRequest" : "ServiceRequest", id);
    if (activity->url.length != 0) {
        put_begin_list(f, "instantiatesCanonical");
        json_write_str(&f->w, activity->url);
        put_end_list(f);
    }
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    if (is_negative(option->status)) {
        put_truth(f, "doNotPerform", true);
    }
    put_concept(f, medication ? "medicationCodeableConcept" : "code", (Str){ "", 0 },
                activity->title);
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "authoredOn", fhir_moment(f, f->plan->as_of));
    put_reasons(f, option->because);
    put_evidence(f, medication ? "supportingInformation" : "supportingInfo", option->because);
    if (medication && activity->dosage.length != 0) {
        put_begin_list(f, "dosageInstruction");
        put_begin(f, NULL);
        put_text(f, "text", activity->dosage);
        put_end(f);
        put_end_list(f);
    }
    put_end(f);
}

static void alert_issue(Fhir *f, const PlanAlert *alert, Str id) {
    const Statement *s = alert->statement;
    put_begin_resource(f, "DetectedIssue", id);
    put_word(f, "status", "preliminary");
    put_concept(f, "code", (Str){ "", 0 }, s->kind.length != 0 ? s->kind : s->id);
    bool hard = str_is(s->severity, "hard"), soft = str_is(s->severity, "soft");
    if (s->severity.length != 0)
        put_word(f, "severity", hard ? "high" : soft ? "moderate" : "low");
    put_reference(f, "patient", f->plan->patient);
    put_text(f, "identifiedDateTime", fhir_moment(f, f->plan->as_of));
    put_evidence(f, "implicated", alert->because);
    put_text(f, "detail", alert->text);
    if (s->action.length != 0) {
        put_begin_list(f, "mitigation");
        put_begin(f, NULL);
        put_concept(f, "action", (Str){ "", 0 }, s->action);
        put_end(f);
        put_end_list(f);
    }
    put_end(f);
}

static void workup_request(Fhir *f, const PlanWorkup *entry, Str id) {
    const Statement *s = entry->statement;
    put_begin_resource(f, "ServiceRequest", id);
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    if (str_is(s->advice, "not-routine") || str_is(s->advice, "not-recommended")) {
        put_truth(f, "doNotPerform", true);
    }
    put_concept(f, "code", s->item, s->text);
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "authoredOn", fhir_moment(f, f->plan->as_of));
    put_end(f);
}

/* ---- contained facts ---- */

static void data_requirement(Fhir *f, const PlanMissing *missing) {
    Str system, code;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "fact", missing->fact->code);
    put_extension(f, "text", missing->fact->text);
    put_extension(f, "reason", missing->reason);
    put_extensions(f, "for", missing->wanted_for);
    put_end_list(f);
    put_word(f, "type", "Any");
    if (short_code_split(missing->fact->code, &system, &code)) {
        put_begin_list(f, "codeFilter");
        put_begin(f, NULL);
        put_word(f, "path", "code");
        put_begin_list(f, "code");
        put_begin(f, NULL);
        put_text(f, "system", system);
        put_text(f, "code", code);
        put_end(f);
        put_end_list(f);
        put_end(f);
        put_end_list(f);
    }
    put_end(f);
}

static void missing_response(Fhir *f) {
    if (f->plan->missing_count == 0) return;
    put_begin_resource(f, "GuidanceResponse", STR("missing"));
    put_word(f, "moduleUri", "https://w3id.org/islet");
    put_word(f, "status", "data-required");
    put_reference(f, "subject", f->plan->patient);
    put_begin_list(f, "dataRequirement");
    for (uint32_t i = 0; i < f->plan->missing_count; i++)
        data_requirement(f, &f->plan->missing[i]);
    put_end_list(f);
    put_end(f);
}

/* ---- actions ---- */

static void option_action(Fhir *f, uint32_t number) {
    const PlanOption *option = &f->plan->options[number];
    const OptionGroup *group = option->group;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "status", str_from(status_names[option->status]));
    put_extension(f, "purpose", group->purpose);
    put_extension(f, "action", group->action);
    put_extension(f, "strength", option->strength);
    if (option->line != 0) put_extension(f, "line", str_format(f->arena, "%u", option->line));
    put_extension(f, "target", option->target);
    put_extensions(f, "flag", option->flags);
    put_extensions(f, "requires", option->requires_first);
    put_extensions(f, "missing", option->missing);
    for (uint32_t i = 0; i < option->against.count; i++)
        put_extension(f, "against", option->against.items[i].text);
    put_deferred(f, option->deferred);
    put_end_list(f);
    put_text(f, "title", group->activity->title);
    put_text(f, "description", str_format(f->arena, "%.*s: %s", STR_ARGS(group->activity->id),
                                      status_names[option->status]));
    put_rule_codes(f, option->rules);
    put_citations(f, option->sources.items, option->sources.count);
    put_condition(f, option->deciding);
    put_reference(f, "resource", fhir_local_reference(f, "option", number));
    put_end(f);
}

static void alert_action(Fhir *f, uint32_t number) {
    const PlanAlert *alert = &f->plan->alerts[number];
    const Statement *s = alert->statement;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "key", alert->key);
    put_extension(f, "kind", s->kind);
    put_extension(f, "severity", s->severity);
    put_extension(f, "do", s->action);
    put_extension(f, "subject", alert->subject);
    put_extension(f, "actor", s->actor);
    put_extensions(f, "blocks", alert->blocks);
    put_extensions(f, "conflictsWith", alert->conflicts_with);
    put_deferred(f, alert->deferred);
    put_end_list(f);
    put_end_action(f, s, alert->text, "alert", number);
}

static void workup_action(Fhir *f, uint32_t number) {
    const PlanWorkup *entry = &f->plan->workup[number];
    const Statement *s = entry->statement;
    put_begin(f, NULL);
    put_begin_list(f, "extension");
    put_extension(f, "item", s->item);
    put_extension(f, "status", s->advice);
    put_extension(f, "when", s->when);
    put_extension(f, "done", fhir_moment(f, entry->done));
    put_extensions(f, "blocks", entry->blocks);
    put_extensions(f, "preparation", entry->preparation);
    put_deferred(f, entry->deferred);
    put_end_list(f);
    put_end_action(f, s, s->text.length != 0 ? s->text : s->item, "workup", number);
}

static void request_group(Fhir *f) {
    const Plan *plan = f->plan;
    put_begin_resource(f, "RequestGroup", STR("actions"));
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    put_priority(f);
    put_reference(f, "subject", plan->patient);
    put_text(f, "authoredOn", fhir_moment(f, plan->as_of));
    if (plan->option_count + plan->alert_count + plan->workup_count != 0 ||
        fhir_has_section_actions(plan)) {
        put_begin_list(f, "action");
        put_action_group(f, "Alerts", plan->alert_count, alert_action);
        put_action_group(f, "Options", plan->option_count, option_action);
        put_action_group(f, "Work-up", plan->workup_count, workup_action);
        put_section_actions(f);
        put_end_list(f);
    }
    put_end(f);
}

/* ---- the plan ---- */

static void contained(Fhir *f) {
    const Plan *plan = f->plan;
    put_begin_list(f, "contained");
    request_group(f);
    for (uint32_t i = 0; i < plan->option_count; i++)
        option_request(f, &plan->options[i], str_format(f->arena, "option-%u", i + 1));
    for (uint32_t i = 0; i < plan->alert_count; i++)
        alert_issue(f, &plan->alerts[i], str_format(f->arena, "alert-%u", i + 1));
    for (uint32_t i = 0; i < plan->workup_count; i++)
        workup_request(f, &plan->workup[i], str_format(f->arena, "workup-%u", i + 1));
    put_tuple_observation(f, "diagnosis", plan->diagnosis);
    put_tuple_observation(f, "stage", plan->stage);
    put_section_resources(f);
    missing_response(f);
    put_end_list(f);
}

static void supporting_info(Fhir *f) {
    StrList sections = fhir_section_references(f);
    Str *items = arena_array(f->arena, sections.count + 3, sizeof *items);
    StrList list = { 0, items };
    if (f->plan->diagnosis.tag == TAG_TUPLE) items[list.count++] = STR("#diagnosis");
    if (f->plan->stage.tag == TAG_TUPLE) items[list.count++] = STR("#stage");
    if (f->plan->missing_count != 0) items[list.count++] = STR("#missing");
    for (uint32_t i = 0; i < sections.count; i++) items[list.count++] = sections.items[i];
    put_references(f, "supportingInfo", list);
}

static void care_plan(Fhir *f) {
    const Guideline *guideline = f->plan->guideline;
    put_begin_resource(f, "CarePlan", (Str){ "", 0 });
    contained(f);
    if (guideline->plan_urls.count != 0) {
        put_begin_list(f, "instantiatesCanonical");
        for (uint32_t i = 0; i < guideline->plan_urls.count; i++)
            json_write_str(&f->w, guideline->plan_urls.items[i]);
        put_end_list(f);
    }
    put_word(f, "status", "draft");
    put_word(f, "intent", "proposal");
    put_text(f, "title", str_format(f->arena, "Plan by the guideline %.*s %.*s",
                                STR_ARGS(guideline->name), STR_ARGS(guideline->version)));
    put_text(f, "description", guideline->title);
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "created", fhir_moment(f, f->plan->as_of));
    if (f->plan->role_count != 0)
        put_references(f, "careTeam", (StrList){ 1, &(Str){ "#team", 5 } });
    supporting_info(f);
    put_begin_list(f, "activity");
    put_begin(f, NULL);
    put_reference(f, "reference", STR("#actions"));
    put_end(f);
    put_end_list(f);
    put_begin_list(f, "note");
    put_begin(f, NULL);
    put_word(f, "text", "Supports clinicians; no medical device and no substitute for a tumour "
                        "board.");
    put_end(f);
    put_end_list(f);
    put_end(f);
}

void plan_write_fhir(const Plan *plan, Buffer *out) {
    Plan own = *plan;
    Eval eval = *plan->eval;
    eval.arena = out->arena;
    own.eval = &eval;
    Fhir fhir = { json_writer(out), &own, out->arena };
    care_plan(&fhir);
}
