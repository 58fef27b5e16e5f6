/* plan_json.c - the plan as one line of JSON: what islet plan --format json prints. */
#include "reason/apply.h"
#include "reason/plan.h"
#include "reason/value_form.h"

/* ---- pieces ---- */

static void write_str(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    json_write_str(w, value);
}

/* An empty text is null. */
static void write_optional(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    if (value.length == 0) json_write_null(w);
    else json_write_str(w, value);
}

static void write_value(JsonWriter *w, const Plan *plan, const char *key, Value value) {
    json_write_key(w, key);
    value_write_json(w, plan->eval, value);
}

static void write_list(JsonWriter *w, const char *key, StrList list) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < list.count; i++) json_write_str(w, list.items[i]);
    json_end_array(w);
}

static void write_reasons(JsonWriter *w, const char *key, Reasons reasons) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < reasons.count; i++) {
        json_begin_object(w);
        write_str(w, "text", reasons.items[i].text);
        write_list(w, "evidence", reasons.items[i].evidence);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_sources(JsonWriter *w, const Citation *const *items, uint32_t count) {
    json_write_key(w, "sources");
    json_begin_array(w);
    for (uint32_t i = 0; i < count; i++) {
        json_begin_object(w);
        write_str(w, "cite", items[i]->cite);
        write_optional(w, "doi", items[i]->doi);
        if (items[i]->doi.length == 0 && items[i]->url.length != 0)
            write_str(w, "url", items[i]->url);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_fields(JsonWriter *w, const Plan *plan, const Field *fields, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        json_write_key_str(w, fields[i].name);
        value_write_json(w, plan->eval, fields[i].value);
    }
}

static void write_empty_array(JsonWriter *w, const char *key) {
    write_list(w, key, (StrList){ 0, NULL });
}

/* ---- options ---- */

static void write_trace(JsonWriter *w, const Plan *plan, const Trace *trace) {
    if (trace->count == 0) return;
    json_write_key(w, "trace");
    json_begin_array(w);
    for (uint32_t i = 0; i < trace->count; i++) {
        const TraceStep *step = &trace->items[i];
        const Define *define = program_define(plan->guideline->program, step->define);
        json_begin_object(w);
        write_str(w, "define", define->name);
        write_str(w, "library", define->library);
        write_str(w, "file", define->file);
        json_write_key(w, "line");
        json_write_integer(w, define->span.line);
        json_write_key(w, "depth");
        json_write_integer(w, step->depth);
        write_value(w, plan, "value", step->value);
        write_list(w, "resources", step->resources);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_option(JsonWriter *w, const Plan *plan, const PlanOption *option) {
    const OptionGroup *group = option->group;
    json_begin_object(w);
    write_str(w, "id", group->activity->id);
    write_str(w, "title", group->activity->title);
    write_str(w, "category", group->activity->category);
    write_str(w, "purpose", group->purpose);
    write_str(w, "action", group->action);
    json_write_key(w, "status");
    json_write_text(w, status_names[option->status]);
    write_list(w, "flags", option->flags);
    json_write_key(w, "line");
    if (option->line != 0) json_write_integer(w, option->line);
    else json_write_null(w);
    write_optional(w, "target", option->target);
    write_str(w, "rule", option->deciding->id);
    write_list(w, "rules", option->rules);
    write_optional(w, "strength", option->strength);
    write_list(w, "requires", option->requires_first);
    json_write_key(w, "deferred");
    json_write_boolean(w, false);
    write_reasons(w, "because", option->because);
    write_reasons(w, "against", option->against);
    write_list(w, "missing", option->missing);
    write_sources(w, option->sources.items, option->sources.count);
    write_fields(w, plan, option->fields, option->field_count);
    write_trace(w, plan, &option->trace);
    json_end_object(w);
}

/* ---- the other entries ---- */

static void write_alert(JsonWriter *w, const Plan *plan, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    json_begin_object(w);
    write_str(w, "id", s->id);
    write_str(w, "key", alert->key);
    write_optional(w, "kind", s->kind);
    write_optional(w, "severity", s->severity);
    write_optional(w, "action", s->action);
    write_optional(w, "subject", alert->subject);
    write_optional(w, "actor", s->actor);
    json_write_key(w, "deferred");
    json_write_boolean(w, false);
    write_list(w, "blocks", alert->blocks);
    json_write_key(w, "values");
    if (alert->values.tag == TAG_TUPLE) {
        value_write_json(w, plan->eval, alert->values);
    } else {
        json_begin_object(w);
        json_end_object(w);
    }
    write_list(w, "conflictsWith", alert->conflicts_with);
    write_str(w, "text", alert->text);
    write_list(w, "rules", (StrList){ s->rule != NO_INDEX ? 1 : 0, &s->id });
    write_reasons(w, "because", alert->because);
    write_sources(w, s->sources, s->source_count);
    write_fields(w, plan, alert->fields, alert->field_count);
    json_end_object(w);
}

static void write_workup(JsonWriter *w, const Plan *plan, const PlanWorkup *entry) {
    const Statement *s = entry->statement;
    json_begin_object(w);
    write_str(w, "item", s->item);
    write_str(w, "status", s->advice);
    write_optional(w, "when", s->when);
    write_value(w, plan, "done", entry->done);
    write_str(w, "rule", s->id);
    write_list(w, "blocks", entry->blocks);
    write_list(w, "preparation", entry->preparation);
    write_sources(w, s->sources, s->source_count);
    write_fields(w, plan, entry->fields, entry->field_count);
    json_end_object(w);
}

static void write_missing(JsonWriter *w, const Plan *plan, const PlanMissing *missing) {
    json_begin_object(w);
    write_str(w, "fact", missing->fact->code);
    write_str(w, "text", missing->fact->text);
    write_str(w, "reason", missing->reason);
    write_list(w, "for", missing->wanted_for);
    write_optional(w, "rule", missing->rule);
    write_value(w, plan, "lastDate", missing->last_date);
    json_end_object(w);
}

static void write_rule(JsonWriter *w, const Plan *plan, const PlanRule *rule) {
    json_begin_object(w);
    write_str(w, "id", rule->rule->id);
    write_value(w, plan, "value", rule->value);
    json_write_key(w, "deferred");
    json_write_boolean(w, false);
    json_write_key(w, "draft");
    json_write_boolean(w, rule->rule->draft);
    write_list(w, "missing", rule->missing);
    write_list(w, "evidence", rule->evidence);
    json_end_object(w);
}

/* ---- the plan ---- */

#define WRITE_ENTRIES(key, write, items, count)                                            \
    do {                                                                                   \
        json_write_key(w, key);                                                            \
        json_begin_array(w);                                                               \
        for (uint32_t i_ = 0; i_ < (count); i_++) write(w, plan, &(items)[i_]);            \
        json_end_array(w);                                                                 \
    } while (0)

static void write_head(JsonWriter *w, const Plan *plan) {
    write_str(w, "islet", STR("1"));
    json_write_key(w, "guideline");
    json_begin_object(w);
    write_str(w, "name", plan->guideline->name);
    write_str(w, "version", plan->guideline->version);
    json_end_object(w);
    write_value(w, plan, "asOf", plan->as_of);
    write_str(w, "patient", plan->patient);
    write_value(w, plan, "diagnosis", plan->diagnosis);
    write_value(w, plan, "stage", plan->stage);
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
    WRITE_ENTRIES("options", write_option, plan->options, plan->option_count);
    WRITE_ENTRIES("workup", write_workup, plan->workup, plan->workup_count);
    WRITE_ENTRIES("missing", write_missing, plan->missing, plan->missing_count);
    WRITE_ENTRIES("alerts", write_alert, plan->alerts, plan->alert_count);
    static const char *const later[] = { "trials", "followUp", "supportive", "team", "measures",
                                         "tasks" };
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) write_empty_array(w, later[i]);
    WRITE_ENTRIES("rules", write_rule, plan->rules, plan->rule_count);
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
    write_str(w, "islet", STR("1"));
    json_write_key(w, "record");
    json_write_integer(w, error->number);
    json_write_key(w, "error");
    json_begin_object(w);
    json_write_key(w, "code");
    json_write_text(w, error->diagnostic.code);
    write_str(w, "message", error->diagnostic.message);
    write_optional(w, "file", error->diagnostic.file);
    write_place(w, "line", error->diagnostic.span.line);
    write_place(w, "column", error->diagnostic.span.column);
    write_optional(w, "resource", error->resource);
    write_optional(w, "hint", error->diagnostic.hint);
    json_end_object(w);
    json_end_object(w);
}
