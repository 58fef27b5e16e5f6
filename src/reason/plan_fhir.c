/* plan_fhir.c - the plan as FHIR R4: the CarePlan that PlanDefinition/$apply gives.
 *
 * Contained in it: a RequestGroup with an action for each option, alert and work-up entry; for
 * each of those the request or DetectedIssue that it proposes; Observations of diagnosis
 * and stage; and a GuidanceResponse that asks for the missing facts.  Reasons stand as
 * reasonCode, evidence as supporting information, sources as citations, and what FHIR has no
 * element for in extensions of the names that doc/guideline.md gives. */
#include <string.h>

#include "reason/plan.h"
#include "reason/short_code.h"
#include "reason/value_form.h"

#define EXTENSION "https://w3id.org/islet/StructureDefinition/"
#define RULE_SYSTEM "https://w3id.org/islet/CodeSystem/rule"

typedef struct Fhir {
    JsonWriter w;
    const Plan *plan;
    Arena *arena;
} Fhir;

/* ---- elements ---- */

/* Empty texts are left out: FHIR has no empty strings. */
static void text(Fhir *f, const char *key, Str value) {
    if (value.length == 0) return;
    json_write_key(&f->w, key);
    json_write_str(&f->w, value);
}

static void word(Fhir *f, const char *key, const char *value) { text(f, key, str_from(value)); }

static void begin(Fhir *f, const char *key) {
    if (key != NULL) json_write_key(&f->w, key);
    json_begin_object(&f->w);
}
static void end(Fhir *f) { json_end_object(&f->w); }
static void begin_list(Fhir *f, const char *key) {
    json_write_key(&f->w, key);
    json_begin_array(&f->w);
}
static void end_list(Fhir *f) { json_end_array(&f->w); }

static void begin_resource(Fhir *f, const char *type, Str id) {
    begin(f, NULL);
    word(f, "resourceType", type);
    text(f, "id", id);
}

static bool is_reference(Str reference) {
    return memchr(reference.data, '/', reference.length) != NULL;
}

/* A resource without an id cannot be referred to; then its type is all there is. */
static void reference(Fhir *f, const char *key, Str to) {
    begin(f, key);
    text(f, is_reference(to) || str_starts_with(to, STR("#")) ? "reference" : "display", to);
    end(f);
}

static void references(Fhir *f, const char *key, StrList list) {
    if (list.count == 0) return;
    begin_list(f, key);
    for (uint32_t i = 0; i < list.count; i++) reference(f, NULL, list.items[i]);
    end_list(f);
}

/* A CodeableConcept of a short code ("loinc#2345-7") or of a text. */
static void concept(Fhir *f, const char *key, Str code, Str words) {
    Str system, bare;
    begin(f, key);
    if (short_code_split(code, &system, &bare)) {
        begin_list(f, "coding");
        begin(f, NULL);
        text(f, "system", system);
        text(f, "code", bare);
        end(f);
        end_list(f);
        text(f, "text", words);
    } else {
        text(f, "text", words.length != 0 ? words : code);
    }
    end(f);
}

static void extension(Fhir *f, const char *name, Str value) {
    if (value.length == 0) return;
    begin(f, NULL);
    text(f, "url", str_format(f->arena, EXTENSION "%s", name));
    text(f, "valueString", value);
    end(f);
}

static void extensions(Fhir *f, const char *name, StrList values) {
    for (uint32_t i = 0; i < values.count; i++) extension(f, name, values.items[i]);
}

static Str value_words(Fhir *f, Value value) {
    Buffer out = buffer_new(f->arena);
    value_write_words(f->plan->eval, value, &out);
    return buffer_str(&out);
}

/* A date or date-time as FHIR writes it. */
static Str moment(Fhir *f, Value value) {
    return value_is_null(value) ? (Str){ "", 0 } : value_words(f, value);
}

/* ---- citations, reasons ---- */

static void citations(Fhir *f, const Citation *const *items, uint32_t count) {
    if (count == 0) return;
    begin_list(f, "documentation");
    for (uint32_t i = 0; i < count; i++) {
        begin(f, NULL);
        word(f, "type", "citation");
        text(f, "label", items[i]->label);
        text(f, "citation", items[i]->cite);
        text(f, "url", items[i]->url);
        end(f);
    }
    end_list(f);
}

static void reasons(Fhir *f, Reasons list) {
    if (list.count == 0) return;
    begin_list(f, "reasonCode");
    for (uint32_t i = 0; i < list.count; i++)
        concept(f, NULL, (Str){ "", 0 }, list.items[i].text);
    end_list(f);
}

static void evidence(Fhir *f, const char *key, Reasons list) {
    StrList seen = { 0, NULL };
    uint32_t most = 0;
    for (uint32_t i = 0; i < list.count; i++) most += list.items[i].evidence.count;
    Str *items = arena_array(f->arena, most, sizeof *items);
    for (uint32_t i = 0; i < list.count; i++) {
        for (uint32_t k = 0; k < list.items[i].evidence.count; k++) {
            Str item = list.items[i].evidence.items[k];
            bool there = false;
            for (uint32_t j = 0; j < seen.count; j++) there |= str_equal(items[j], item);
            if (!there) items[seen.count++] = item;
        }
    }
    seen.items = items;
    references(f, key, seen);
}

/* ---- contained requests ---- */

static bool is_negative(Status status) { return status >= STATUS_NOT_RECOMMENDED; }

static bool is_medication(const PlanOption *option) {
    return str_is(option->group->activity->kind, "MedicationRequest");
}

static void option_request(Fhir *f, const PlanOption *option, Str id) {
    const Activity *activity = option->group->activity;
    bool medication = is_medication(option);
    begin_resource(f, medication ? "MedicationRequest" : "ServiceRequest", id);
    if (activity->url.length != 0) {
        begin_list(f, "instantiatesCanonical");
        json_write_str(&f->w, activity->url);
        end_list(f);
    }
    word(f, "status", "draft");
    word(f, "intent", "proposal");
    if (is_negative(option->status)) {
        json_write_key(&f->w, "doNotPerform");
        json_write_boolean(&f->w, true);
    }
    concept(f, medication ? "medicationCodeableConcept" : "code", (Str){ "", 0 }, activity->title);
    reference(f, "subject", f->plan->patient);
    text(f, "authoredOn", moment(f, f->plan->as_of));
    reasons(f, option->because);
    evidence(f, medication ? "supportingInformation" : "supportingInfo", option->because);
    if (medication && activity->dosage.length != 0) {
        begin_list(f, "dosageInstruction");
        begin(f, NULL);
        text(f, "text", activity->dosage);
        end(f);
        end_list(f);
    }
    end(f);
}

static void alert_issue(Fhir *f, const PlanAlert *alert, Str id) {
    const Statement *s = alert->statement;
    begin_resource(f, "DetectedIssue", id);
    word(f, "status", "preliminary");
    concept(f, "code", (Str){ "", 0 }, s->kind.length != 0 ? s->kind : s->id);
    bool hard = str_is(s->severity, "hard"), soft = str_is(s->severity, "soft");
    if (s->severity.length != 0)
        word(f, "severity", hard ? "high" : soft ? "moderate" : "low");
    reference(f, "patient", f->plan->patient);
    text(f, "identifiedDateTime", moment(f, f->plan->as_of));
    evidence(f, "implicated", alert->because);
    text(f, "detail", alert->text);
    if (s->action.length != 0) {
        begin_list(f, "mitigation");
        begin(f, NULL);
        concept(f, "action", (Str){ "", 0 }, s->action);
        end(f);
        end_list(f);
    }
    end(f);
}

static void workup_request(Fhir *f, const PlanWorkup *entry, Str id) {
    const Statement *s = entry->statement;
    begin_resource(f, "ServiceRequest", id);
    word(f, "status", "draft");
    word(f, "intent", "proposal");
    if (str_is(s->advice, "not-routine") || str_is(s->advice, "not-recommended")) {
        json_write_key(&f->w, "doNotPerform");
        json_write_boolean(&f->w, true);
    }
    concept(f, "code", s->item, s->text);
    reference(f, "subject", f->plan->patient);
    text(f, "authoredOn", moment(f, f->plan->as_of));
    end(f);
}

/* ---- contained facts ---- */

static void component(Fhir *f, Str name, Value value) {
    begin(f, NULL);
    concept(f, "code", (Str){ "", 0 }, name);
    switch (value.tag) {
        case TAG_BOOLEAN:
            json_write_key(&f->w, "valueBoolean");
            json_write_boolean(&f->w, value.boolean);
            break;
        case TAG_INTEGER:
            json_write_key(&f->w, "valueInteger");
            json_write_integer(&f->w, value.integer);
            break;
        case TAG_DATE:
        case TAG_DATETIME: text(f, "valueDateTime", moment(f, value)); break;
        default: text(f, "valueString", value_words(f, value)); break;
    }
    end(f);
}

static bool has_words(Fhir *f, Value value) {
    return !value_is_null(value) && value_words(f, value).length != 0;
}

static void computed_observation(Fhir *f, const char *id, Value tuple) {
    bool begun = false;
    if (tuple.tag != TAG_TUPLE) return;
    begin_resource(f, "Observation", str_from(id));
    word(f, "status", "preliminary");
    concept(f, "code", (Str){ "", 0 }, str_from(id));
    reference(f, "subject", f->plan->patient);
    text(f, "effectiveDateTime", moment(f, f->plan->as_of));
    for (uint32_t i = 0; i < tuple.tuple->shape->count; i++) {
        if (!has_words(f, tuple.tuple->items[i])) continue;
        if (!begun) begin_list(f, "component");
        begun = true;
        component(f, tuple.tuple->shape->names[i], tuple.tuple->items[i]);
    }
    if (begun) end_list(f);
    end(f);
}

static void data_requirement(Fhir *f, const PlanMissing *missing) {
    Str system, code;
    begin(f, NULL);
    begin_list(f, "extension");
    extension(f, "fact", missing->fact->code);
    extension(f, "text", missing->fact->text);
    extension(f, "reason", missing->reason);
    extensions(f, "for", missing->wanted_for);
    end_list(f);
    word(f, "type", "Any");
    if (short_code_split(missing->fact->code, &system, &code)) {
        begin_list(f, "codeFilter");
        begin(f, NULL);
        word(f, "path", "code");
        begin_list(f, "code");
        begin(f, NULL);
        text(f, "system", system);
        text(f, "code", code);
        end(f);
        end_list(f);
        end(f);
        end_list(f);
    }
    end(f);
}

static void missing_response(Fhir *f) {
    if (f->plan->missing_count == 0) return;
    begin_resource(f, "GuidanceResponse", STR("missing"));
    word(f, "moduleUri", "https://w3id.org/islet");
    word(f, "status", "data-required");
    reference(f, "subject", f->plan->patient);
    begin_list(f, "dataRequirement");
    for (uint32_t i = 0; i < f->plan->missing_count; i++)
        data_requirement(f, &f->plan->missing[i]);
    end_list(f);
    end(f);
}

/* ---- actions ---- */

static void rule_codes(Fhir *f, StrList rules) {
    if (rules.count == 0) return;
    begin_list(f, "code");
    for (uint32_t i = 0; i < rules.count; i++) {
        begin(f, NULL);
        begin_list(f, "coding");
        begin(f, NULL);
        word(f, "system", RULE_SYSTEM);
        text(f, "code", rules.items[i]);
        end(f);
        end_list(f);
        end(f);
    }
    end_list(f);
}

static void condition(Fhir *f, const Statement *statement) {
    const Define *define = program_define(f->plan->guideline->program, statement->define);
    begin_list(f, "condition");
    begin(f, NULL);
    word(f, "kind", "applicability");
    begin(f, "expression");
    word(f, "language", "text/cql");
    text(f, "expression", str_format(f->arena, "\"%.*s\".\"%.*s\"", STR_ARGS(define->library),
                                     STR_ARGS(define->name)));
    end(f);
    end(f);
    end_list(f);
}

static Str local_reference(Fhir *f, const char *kind, uint32_t number) {
    return str_format(f->arena, "#%s-%u", kind, number + 1);
}

static void option_action(Fhir *f, uint32_t number) {
    const PlanOption *option = &f->plan->options[number];
    const OptionGroup *group = option->group;
    begin(f, NULL);
    begin_list(f, "extension");
    extension(f, "status", str_from(status_names[option->status]));
    extension(f, "purpose", group->purpose);
    extension(f, "action", group->action);
    extension(f, "strength", option->strength);
    if (option->line != 0) extension(f, "line", str_format(f->arena, "%u", option->line));
    extension(f, "target", option->target);
    extensions(f, "flag", option->flags);
    extensions(f, "requires", option->requires_first);
    extensions(f, "missing", option->missing);
    for (uint32_t i = 0; i < option->against.count; i++)
        extension(f, "against", option->against.items[i].text);
    end_list(f);
    text(f, "title", group->activity->title);
    text(f, "description", str_format(f->arena, "%.*s: %s", STR_ARGS(group->activity->id),
                                      status_names[option->status]));
    rule_codes(f, option->rules);
    citations(f, option->sources.items, option->sources.count);
    condition(f, option->deciding);
    reference(f, "resource", local_reference(f, "option", number));
    end(f);
}

static void alert_action(Fhir *f, uint32_t number) {
    const PlanAlert *alert = &f->plan->alerts[number];
    const Statement *s = alert->statement;
    begin(f, NULL);
    begin_list(f, "extension");
    extension(f, "key", alert->key);
    extension(f, "kind", s->kind);
    extension(f, "severity", s->severity);
    extension(f, "do", s->action);
    extension(f, "subject", alert->subject);
    extension(f, "actor", s->actor);
    extensions(f, "blocks", alert->blocks);
    extensions(f, "conflictsWith", alert->conflicts_with);
    end_list(f);
    text(f, "title", alert->text);
    if (s->rule != NO_INDEX) rule_codes(f, (StrList){ 1, &s->id });
    citations(f, s->sources, s->source_count);
    condition(f, s);
    reference(f, "resource", local_reference(f, "alert", number));
    end(f);
}

static void workup_action(Fhir *f, uint32_t number) {
    const PlanWorkup *entry = &f->plan->workup[number];
    const Statement *s = entry->statement;
    begin(f, NULL);
    begin_list(f, "extension");
    extension(f, "item", s->item);
    extension(f, "status", s->advice);
    extension(f, "when", s->when);
    extension(f, "done", moment(f, entry->done));
    extensions(f, "blocks", entry->blocks);
    extensions(f, "preparation", entry->preparation);
    end_list(f);
    text(f, "title", s->text.length != 0 ? s->text : s->item);
    rule_codes(f, (StrList){ 1, &s->id });
    citations(f, s->sources, s->source_count);
    condition(f, s);
    reference(f, "resource", local_reference(f, "workup", number));
    end(f);
}

static void action_group(Fhir *f, const char *title, uint32_t count,
                         void (*write)(Fhir *f, uint32_t number)) {
    if (count == 0) return;
    begin(f, NULL);
    word(f, "title", title);
    begin_list(f, "action");
    for (uint32_t i = 0; i < count; i++) write(f, i);
    end_list(f);
    end(f);
}

static void request_group(Fhir *f) {
    const Plan *plan = f->plan;
    begin_resource(f, "RequestGroup", STR("actions"));
    word(f, "status", "draft");
    word(f, "intent", "proposal");
    reference(f, "subject", plan->patient);
    text(f, "authoredOn", moment(f, plan->as_of));
    if (plan->option_count + plan->alert_count + plan->workup_count != 0) {
        begin_list(f, "action");
        action_group(f, "Alerts", plan->alert_count, alert_action);
        action_group(f, "Options", plan->option_count, option_action);
        action_group(f, "Work-up", plan->workup_count, workup_action);
        end_list(f);
    }
    end(f);
}

/* ---- the plan ---- */

static void contained(Fhir *f) {
    const Plan *plan = f->plan;
    begin_list(f, "contained");
    request_group(f);
    for (uint32_t i = 0; i < plan->option_count; i++)
        option_request(f, &plan->options[i], str_format(f->arena, "option-%u", i + 1));
    for (uint32_t i = 0; i < plan->alert_count; i++)
        alert_issue(f, &plan->alerts[i], str_format(f->arena, "alert-%u", i + 1));
    for (uint32_t i = 0; i < plan->workup_count; i++)
        workup_request(f, &plan->workup[i], str_format(f->arena, "workup-%u", i + 1));
    computed_observation(f, "diagnosis", plan->diagnosis);
    computed_observation(f, "stage", plan->stage);
    missing_response(f);
    end_list(f);
}

static void supporting_info(Fhir *f) {
    StrList list = { 0, NULL };
    Str items[3];
    if (f->plan->diagnosis.tag == TAG_TUPLE) items[list.count++] = STR("#diagnosis");
    if (f->plan->stage.tag == TAG_TUPLE) items[list.count++] = STR("#stage");
    if (f->plan->missing_count != 0) items[list.count++] = STR("#missing");
    list.items = items;
    references(f, "supportingInfo", list);
}

static void care_plan(Fhir *f) {
    const Guideline *guideline = f->plan->guideline;
    begin_resource(f, "CarePlan", (Str){ "", 0 });
    contained(f);
    if (guideline->plan_urls.count != 0) {
        begin_list(f, "instantiatesCanonical");
        for (uint32_t i = 0; i < guideline->plan_urls.count; i++)
            json_write_str(&f->w, guideline->plan_urls.items[i]);
        end_list(f);
    }
    word(f, "status", "draft");
    word(f, "intent", "proposal");
    text(f, "title", str_format(f->arena, "Plan by the guideline %.*s %.*s",
                                STR_ARGS(guideline->name), STR_ARGS(guideline->version)));
    text(f, "description", guideline->title);
    reference(f, "subject", f->plan->patient);
    text(f, "created", moment(f, f->plan->as_of));
    supporting_info(f);
    begin_list(f, "activity");
    begin(f, NULL);
    reference(f, "reference", STR("#actions"));
    end(f);
    end_list(f);
    begin_list(f, "note");
    begin(f, NULL);
    word(f, "text", "Supports clinicians; no medical device and no substitute for a tumour board.");
    end(f);
    end_list(f);
    end(f);
}

void plan_write_fhir(const Plan *plan, Buffer *out) {
    Plan own = *plan;
    Eval eval = *plan->eval;
    eval.arena = out->arena;
    own.eval = &eval;
    Fhir fhir = { json_writer(out), &own, out->arena };
    care_plan(&fhir);
}
