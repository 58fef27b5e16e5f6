/* plan_json.c - the plan as one line of JSON: what islet plan --format json prints. */
#include "reason/apply.h"
#include "reason/plan_json_parts.h"
#include "reason/value_form.h"

/* ---- options ---- */

static void write_trace(JsonWriter *w, const Plan *plan, const Trace *trace) {
    if (trace->count == 0) return;
    json_write_key(w, "trace");
    json_begin_array(w);
    for (uint32_t i = 0; i < trace->count; i++) {
        const TraceStep *step = &trace->items[i];
        const Define *define = program_define(plan->guideline->program, step->define);
        json_begin_object(w);
        json_write_member(w, "define", define->name);
        json_write_member(w, "library", define->library);
        json_write_member(w, "file", define->file);
        json_write_member_integer(w, "line", define->span.line);
        json_write_member_integer(w, "depth", step->depth);
        plan_json_value(w, plan, "value", step->value);
        str_list_write_json(w, "resources", step->resources);
        json_end_object(w);
    }
    json_end_array(w);
}

void plan_json_option(JsonWriter *w, const Plan *plan, const PlanOption *option) {
    const OptionGroup *group = option->group;
    json_begin_object(w);
    json_write_member(w, "id", group->activity->id);
    json_write_member(w, "title", group->activity->title);
    json_write_member(w, "category", group->activity->category);
    json_write_member(w, "purpose", group->purpose);
    json_write_member(w, "action", group->action);
    json_write_key(w, "status");
    json_write_text(w, status_names[option->status]);
    str_list_write_json(w, "flags", option->flags);
    json_write_key(w, "line");
    if (option->line != 0) json_write_integer(w, option->line);
    else json_write_null(w);
    json_write_member_or_null(w, "target", option->target);
    json_write_member(w, "rule", option->deciding->id);
    str_list_write_json(w, "rules", option->rules);
    json_write_member_or_null(w, "strength", option->strength);
    str_list_write_json(w, "requires", option->requires_first);
    json_write_member_boolean(w, "deferred", option->deferred);
    reasons_write_json(w, "because", option->because);
    reasons_write_json(w, "against", option->against);
    str_list_write_json(w, "missing", option->missing);
    plan_json_sources(w, option->sources.items, option->sources.count);
    plan_json_fields(w, plan, option->fields, option->field_count);
    write_trace(w, plan, &option->trace);
    json_end_object(w);
}

/* ---- the other entries ---- */

static void write_alert(JsonWriter *w, const Plan *plan, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    json_begin_object(w);
    json_write_member(w, "id", s->id);
    json_write_member(w, "key", alert->key);
    json_write_member_or_null(w, "kind", s->kind);
    json_write_member_or_null(w, "severity", s->severity);
    json_write_member_or_null(w, "action", s->action);
    json_write_member_or_null(w, "subject", alert->subject);
    json_write_member_or_null(w, "actor", s->actor);
    json_write_member_boolean(w, "deferred", alert->deferred);
    str_list_write_json(w, "blocks", alert->blocks);
    json_write_key(w, "values");
    if (alert->values.tag == TAG_TUPLE) {
        value_write_json(w, plan->eval, alert->values);
    } else {
        json_begin_object(w);
        json_end_object(w);
    }
    str_list_write_json(w, "conflictsWith", alert->conflicts_with);
    json_write_member(w, "text", alert->text);
    str_list_write_json(w, "rules", (StrList){ s->rule != NO_INDEX ? 1 : 0, &s->id });
    reasons_write_json(w, "because", alert->because);
    plan_json_sources(w, s->sources, s->source_count);
    plan_json_fields(w, plan, alert->fields, alert->field_count);
    json_end_object(w);
}

static void write_workup(JsonWriter *w, const Plan *plan, const PlanWorkup *entry) {
    const Statement *s = entry->statement;
    json_begin_object(w);
    json_write_member(w, "item", s->item);
    json_write_member(w, "status", s->advice);
    json_write_member_or_null(w, "when", s->when);
    plan_json_value(w, plan, "done", entry->done);
    json_write_member(w, "rule", s->id);
    str_list_write_json(w, "blocks", entry->blocks);
    str_list_write_json(w, "preparation", entry->preparation);
    json_write_member_boolean(w, "deferred", entry->deferred);
    plan_json_sources(w, s->sources, s->source_count);
    plan_json_fields(w, plan, entry->fields, entry->field_count);
    json_end_object(w);
}

static void write_missing(JsonWriter *w, const Plan *plan, const PlanMissing *missing) {
    json_begin_object(w);
    json_write_member(w, "fact", missing->fact->code);
    json_write_member(w, "text", missing->fact->text);
    json_write_member(w, "reason", missing->reason);
    str_list_write_json(w, "for", missing->wanted_for);
    json_write_member_or_null(w, "rule", missing->rule);
    plan_json_value(w, plan, "lastDate", missing->last_date);
    json_end_object(w);
}

static void write_rule(JsonWriter *w, const Plan *plan, const PlanRule *rule) {
    json_begin_object(w);
    json_write_member(w, "id", rule->rule->id);
    plan_json_value(w, plan, "value", rule->value);
    json_write_member_boolean(w, "deferred", rule->deferred);
    json_write_member_boolean(w, "draft", rule->rule->draft);
    str_list_write_json(w, "missing", rule->missing);
    str_list_write_json(w, "evidence", rule->evidence);
    json_end_object(w);
}

/* ---- the plan ---- */

static void write_head(JsonWriter *w, const Plan *plan) {
    json_write_member(w, "islet", STR("1"));
    json_write_key(w, "guideline");
    json_begin_object(w);
    json_write_member(w, "name", plan->guideline->name);
    json_write_member(w, "version", plan->guideline->version);
    json_end_object(w);
    plan_json_value(w, plan, "asOf", plan->as_of);
    json_write_member(w, "patient", plan->patient);
    plan_json_value(w, plan, "diagnosis", plan->diagnosis);
    plan_json_value(w, plan, "stage", plan->stage);
    json_write_key(w, "boundaries");
    if (plan->boundaries.tag == TAG_LIST) {
        value_write_json(w, plan->eval, plan->boundaries);
    } else {
        json_begin_array(w);
        json_end_array(w);
    }
}

static void write_plan(JsonWriter *w, const Plan *plan) {
    json_begin_object(w);
    write_head(w, plan);
    PLAN_JSON_ENTRIES("options", plan_json_option, plan->options, plan->option_count);
    PLAN_JSON_ENTRIES("workup", write_workup, plan->workup, plan->workup_count);
    PLAN_JSON_ENTRIES("missing", write_missing, plan->missing, plan->missing_count);
    PLAN_JSON_ENTRIES("alerts", write_alert, plan->alerts, plan->alert_count);
    plan_json_sections(w, plan);
    PLAN_JSON_ENTRIES("rules", write_rule, plan->rules, plan->rule_count);
    json_end_object(w);
}

void plan_write_json(const Plan *plan, Buffer *out) {
    JsonWriter writer = json_writer(out);
    Plan own = *plan;
    Eval eval = *plan->eval;
    eval.arena = out->arena;
    own.eval = &eval;
    write_plan(&writer, &own);
}

/* ---- in place of a plan ---- */

static void write_place(JsonWriter *w, const char *key, uint32_t number) {
    json_write_key(w, key);
    if (number != 0) json_write_integer(w, number);
    else json_write_null(w);
}

void record_error_write_json(const RecordError *error, Buffer *out) {
    JsonWriter writer = json_writer(out), *w = &writer;
    json_begin_object(w);
    json_write_member(w, "islet", STR("1"));
    json_write_member_integer(w, "record", error->number);
    json_write_key(w, "error");
    json_begin_object(w);
    json_write_key(w, "code");
    json_write_text(w, error->diagnostic.code);
    json_write_member(w, "message", error->diagnostic.message);
    json_write_member_or_null(w, "file", error->diagnostic.file);
    write_place(w, "line", error->diagnostic.span.line);
    write_place(w, "column", error->diagnostic.span.column);
    json_write_member_or_null(w, "resource", error->resource);
    json_write_member_or_null(w, "hint", error->diagnostic.hint);
    json_end_object(w);
    json_end_object(w);
}
