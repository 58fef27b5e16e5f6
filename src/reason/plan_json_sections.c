/* plan_json_sections.c - the parts of the plan's JSON that look beyond treatment: trials,
 * follow-up, supportive options, team, triage, computed values, the board, measures, tasks. */
#include "reason/plan_json_parts.h"
#include "reason/value_form.h"

static void write_number(JsonWriter *w, Str digits) {
    if (digits.length != 0) json_write_number(w, digits);
    else json_write_null(w);
}

static void write_trial(JsonWriter *w, const Plan *plan, const PlanTrial *trial) {
    (void)plan;
    json_begin_object(w);
    json_write_member(w, "id", trial->id);
    json_write_member(w, "status", trial->status);
    json_write_member_or_null(w, "recruitmentChecked", trial->recruitment_checked);
    str_list_write_json(w, "missing", trial->missing);
    json_end_object(w);
}

/* What an entry of a statement ends with. */
static void end_entry(JsonWriter *w, const Plan *plan, const Statement *statement,
                      Reasons because, const Field *fields, uint32_t field_count) {
    json_write_member_or_null(w, "text", statement->text);
    reasons_write_json(w, "because", because);
    plan_json_sources(w, statement->sources, statement->source_count);
    plan_json_fields(w, plan, fields, field_count);
    json_end_object(w);
}

/* ---- follow-up ---- */

static void write_first(JsonWriter *w, const PlanFollowUp *entry) {
    json_write_key(w, "firstMonths");
    if (entry->first.low.length == 0) {
        json_write_null(w);
        return;
    }
    json_begin_array(w);
    json_write_number(w, entry->first.low);
    json_write_number(w, entry->first.high);
    json_end_array(w);
}

/* Without a range the default is its bounds. */
static void write_interval(JsonWriter *w, const PlanFollowUp *entry) {
    bool range = entry->range.low.length != 0;
    json_write_key(w, "intervalMonths");
    if (!range && entry->interval.length == 0) {
        json_write_null(w);
        return;
    }
    json_begin_object(w);
    json_write_key(w, "default");
    write_number(w, entry->interval);
    json_write_key(w, "min");
    write_number(w, range ? entry->range.low : entry->interval);
    json_write_key(w, "max");
    write_number(w, range ? entry->range.high : entry->interval);
    json_end_object(w);
}

/* "lifelong", or years as an object. */
static void write_until(JsonWriter *w, Str until) {
    bool years = until.length != 0 && until.data[0] >= '0' && until.data[0] <= '9';
    if (!years) {
        json_write_member_or_null(w, "until", until);
        return;
    }
    json_write_key(w, "until");
    json_begin_object(w);
    json_write_key(w, "years");
    json_write_number(w, until);
    json_end_object(w);
}

static void write_follow_up(JsonWriter *w, const Plan *plan, const PlanFollowUp *entry) {
    const Statement *s = entry->statement;
    json_begin_object(w);
    json_write_member(w, "item", entry->item);
    json_write_member(w, "rule", s->id);
    json_write_member(w, "status", entry->status);
    write_first(w, entry);
    write_interval(w, entry);
    write_until(w, entry->until);
    plan_json_value(w, plan, "anchor", entry->anchor);
    plan_json_value(w, plan, "last", entry->last);
    plan_json_value(w, plan, "due", entry->due);
    json_write_member_integer(w, "overdueDays", entry->overdue_days);
    json_write_member_boolean(w, "deferred", entry->deferred);
    end_entry(w, plan, s, entry->because, entry->fields, entry->field_count);
}

/* ---- tasks and team ---- */

static void write_task(JsonWriter *w, const Plan *plan, const PlanTask *task) {
    const Statement *s = task->statement;
    json_begin_object(w);
    json_write_member(w, "rule", s->id);
    json_write_member(w, "code", task->code);
    plan_json_value(w, plan, "due", task->due);
    json_write_member(w, "owner", task->owner);
    json_write_member_boolean(w, "deferred", task->deferred);
    end_entry(w, plan, s, task->because, task->fields, task->field_count);
}

static void write_role(JsonWriter *w, const Plan *plan, const PlanRole *role) {
    (void)plan;
    json_begin_object(w);
    json_write_member(w, "role", role->role);
    json_write_member(w, "rule", role->statement->id);
    json_write_member_boolean(w, "deferred", role->deferred);
    json_end_object(w);
}

/* ---- triage ---- */

static void write_triage(JsonWriter *w, const PlanTriage *triage) {
    json_write_key(w, "triage");
    json_begin_object(w);
    json_write_key(w, "level");
    json_write_text(w, triage->level == TRIAGE_NONE ? NULL : triage_levels[triage->level]);
    str_list_write_json(w, "rules", triage->rules);
    str_list_write_json(w, "routes", triage->routes);
    json_write_member_boolean(w, "redFlags", triage->red_flags);
    str_list_write_json(w, "cannotExclude", triage->cannot_exclude);
    json_end_object(w);
}

/* ---- computed values and measures ---- */

/* A Quantity is taken apart: its unit stands beside the value. */
static void write_computed(JsonWriter *w, const Plan *plan, const PlanComputed *entry) {
    bool quantity = entry->value.tag == TAG_QUANTITY;
    json_write_key_str(w, entry->computed->name);
    json_begin_object(w);
    plan_json_value(w, plan, "value", quantity ? entry->value.quantity->value : entry->value);
    json_write_member_or_null(w, "unit",
                              quantity ? entry->value.quantity->unit : entry->computed->unit);
    json_write_member_or_null(w, "reason", entry->reason);
    json_write_member_or_null(w, "rule", entry->computed->rule);
    str_list_write_json(w, "inputs", entry->inputs);
    str_list_write_json(w, "missing", entry->missing);
    json_end_object(w);
}

static void write_measure(JsonWriter *w, const Plan *plan, const PlanMeasure *entry) {
    json_begin_object(w);
    json_write_member(w, "id", entry->measure->id);
    json_write_member(w, "title", entry->measure->title);
    plan_json_value(w, plan, "denominator", entry->denominator);
    json_write_member_or_null(w, "excluded", entry->excluded);
    plan_json_value(w, plan, "numerator", entry->numerator);
    plan_json_value(w, plan, "due", entry->due);
    str_list_write_json(w, "missing", entry->missing);
    json_end_object(w);
}

/* ---- the board ---- */

static bool is_named(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

/* Its lists are always there; what else the guideline gives follows. */
static void write_board(JsonWriter *w, const Plan *plan) {
    static const char *const names[] = { "question", "ready",  "decisionStatus",
                                         "block",    "warn",   "absent" };
    enum { NAMES = sizeof names / sizeof *names, FIRST_LIST = 3 };
    json_write_key(w, "board");
    if (plan->board.tag != TAG_TUPLE) {
        json_write_null(w);
        return;
    }
    const Tuple *board = plan->board.tuple;
    json_begin_object(w);
    for (size_t i = 0; i < NAMES; i++) {
        Value value = value_element(plan->board, names[i]);
        if (i >= FIRST_LIST && value_is_null(value))
            str_list_write_json(w, names[i], (StrList){ 0, NULL });
        else plan_json_value(w, plan, names[i], value);
    }
    for (uint32_t i = 0; i < board->shape->count; i++) {
        if (is_named(board->shape->names[i], names, NAMES)) continue;
        json_write_key_str(w, board->shape->names[i]);
        value_write_json(w, plan->eval, board->items[i]);
    }
    json_end_object(w);
}

/* ---- all ---- */

bool plan_option_is_supportive(const PlanOption *option) {
    return str_is(option->group->activity->category, "supportive");
}

static void write_supportive(JsonWriter *w, const Plan *plan) {
    json_write_key(w, "supportive");
    json_begin_array(w);
    for (uint32_t i = 0; i < plan->option_count; i++)
        if (plan_option_is_supportive(&plan->options[i]))
            plan_json_option(w, plan, &plan->options[i]);
    json_end_array(w);
}

void plan_json_sections(JsonWriter *w, const Plan *plan) {
    PLAN_JSON_ENTRIES("trials", write_trial, plan->trials, plan->trial_count);
    PLAN_JSON_ENTRIES("followUp", write_follow_up, plan->follow_up, plan->follow_up_count);
    write_supportive(w, plan);
    PLAN_JSON_ENTRIES("team", write_role, plan->roles, plan->role_count);
    write_triage(w, &plan->triage);
    json_write_key(w, "computed");
    json_begin_object(w);
    for (uint32_t i = 0; i < plan->computed_count; i++)
        write_computed(w, plan, &plan->computed[i]);
    json_end_object(w);
    write_board(w, plan);
    PLAN_JSON_ENTRIES("measures", write_measure, plan->measures, plan->measure_count);
    PLAN_JSON_ENTRIES("tasks", write_task, plan->tasks, plan->task_count);
}
