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
        plan_json_str(w, "define", define->name);
        plan_json_str(w, "library", define->library);
        plan_json_str(w, "file", define->file);
        json_write_key(w, "line");
        json_write_integer(w, define->span.line);
        json_write_key(w, "depth");
        json_write_integer(w, step->depth);
        plan_json_value(w, plan, "value", step->value);
        plan_json_list(w, "resources", step->resources);
        json_end_object(w);
    }
    json_end_array(w);
}

void plan_json_option(JsonWriter *w, const Plan *plan, const PlanOption *option) {
    const OptionGroup *group = option->group;
    json_begin_object(w);
    plan_json_str(w, "id", group->activity->id);
    plan_json_str(w, "title", group->activity->title);
    plan_json_str(w, "category", group->activity->category);
    plan_json_str(w, "purpose", group->purpose);
    plan_json_str(w, "action", group->action);
    json_write_key(w, "status");
    json_write_text(w, status_names[option->status]);
    plan_json_list(w, "flags", option->flags);
    json_write_key(w, "line");
    if (option->line != 0) json_write_integer(w, option->line);
    else json_write_null(w);
    plan_json_optional(w, "target", option->target);
    plan_json_str(w, "rule", option->deciding->id);
    plan_json_list(w, "rules", option->rules);
    plan_json_optional(w, "strength", option->strength);
    plan_json_list(w, "requires", option->requires_first);
    plan_json_flag(w, "deferred", option->deferred);
    plan_json_reasons(w, "because", option->because);
    plan_json_reasons(w, "against", option->against);
    plan_json_list(w, "missing", option->missing);
    plan_json_sources(w, option->sources.items, option->sources.count);
    plan_json_fields(w, plan, option->fields, option->field_count);
    write_trace(w, plan, &option->trace);
    json_end_object(w);
}

/* ---- the other entries ---- */

static void write_alert(JsonWriter *w, const Plan *plan, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    json_begin_object(w);
    plan_json_str(w, "id", s->id);
    plan_json_str(w, "key", alert->key);
    plan_json_optional(w, "kind", s->kind);
    plan_json_optional(w, "severity", s->severity);
    plan_json_optional(w, "action", s->action);
    plan_json_optional(w, "subject", alert->subject);
    plan_json_optional(w, "actor", s->actor);
    plan_json_flag(w, "deferred", alert->deferred);
    plan_json_list(w, "blocks", alert->blocks);
    json_write_key(w, "values");
    if (alert->values.tag == TAG_TUPLE) {
        value_write_json(w, plan->eval, alert->values);
    } else {
        json_begin_object(w);
        json_end_object(w);
    }
    plan_json_list(w, "conflictsWith", alert->conflicts_with);
    plan_json_str(w, "text", alert->text);
    plan_json_list(w, "rules", (StrList){ s->rule != NO_INDEX ? 1 : 0, &s->id });
    plan_json_reasons(w, "because", alert->because);
    plan_json_sources(w, s->sources, s->source_count);
    plan_json_fields(w, plan, alert->fields, alert->field_count);
    json_end_object(w);
}

static void write_workup(JsonWriter *w, const Plan *plan, const PlanWorkup *entry) {
    const Statement *s = entry->statement;
    json_begin_object(w);
    plan_json_str(w, "item", s->item);
    plan_json_str(w, "status", s->advice);
    plan_json_optional(w, "when", s->when);
    plan_json_value(w, plan, "done", entry->done);
    plan_json_str(w, "rule", s->id);
    plan_json_list(w, "blocks", entry->blocks);
    plan_json_list(w, "preparation", entry->preparation);
    plan_json_flag(w, "deferred", entry->deferred);
    plan_json_sources(w, s->sources, s->source_count);
    plan_json_fields(w, plan, entry->fields, entry->field_count);
    json_end_object(w);
}

static void write_missing(JsonWriter *w, const Plan *plan, const PlanMissing *missing) {
    json_begin_object(w);
    plan_json_str(w, "fact", missing->fact->code);
    plan_json_str(w, "text", missing->fact->text);
    plan_json_str(w, "reason", missing->reason);
    plan_json_list(w, "for", missing->wanted_for);
    plan_json_optional(w, "rule", missing->rule);
    plan_json_value(w, plan, "lastDate", missing->last_date);
    json_end_object(w);
}

static void write_rule(JsonWriter *w, const Plan *plan, const PlanRule *rule) {
    json_begin_object(w);
    plan_json_str(w, "id", rule->rule->id);
    plan_json_value(w, plan, "value", rule->value);
    plan_json_flag(w, "deferred", rule->deferred);
    plan_json_flag(w, "draft", rule->rule->draft);
    plan_json_list(w, "missing", rule->missing);
    plan_json_list(w, "evidence", rule->evidence);
    json_end_object(w);
}

/* ---- the plan ---- */

static void write_head(JsonWriter *w, const Plan *plan) {
    plan_json_str(w, "islet", STR("1"));
    json_write_key(w, "guideline");
    json_begin_object(w);
    plan_json_str(w, "name", plan->guideline->name);
    plan_json_str(w, "version", plan->guideline->version);
    json_end_object(w);
    plan_json_value(w, plan, "asOf", plan->as_of);
    plan_json_str(w, "patient", plan->patient);
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
    plan_json_str(w, "islet", STR("1"));
    json_write_key(w, "record");
    json_write_integer(w, error->number);
    json_write_key(w, "error");
    json_begin_object(w);
    json_write_key(w, "code");
    json_write_text(w, error->diagnostic.code);
    plan_json_str(w, "message", error->diagnostic.message);
    plan_json_optional(w, "file", error->diagnostic.file);
    write_place(w, "line", error->diagnostic.span.line);
    write_place(w, "column", error->diagnostic.span.column);
    plan_json_optional(w, "resource", error->resource);
    plan_json_optional(w, "hint", error->diagnostic.hint);
    json_end_object(w);
    json_end_object(w);
}
