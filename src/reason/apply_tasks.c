/* apply_tasks.c - what someone is to do by when, and who belongs to the team. */
#include "reason/apply_parts.h"
#include "reason/schedule.h"
#include "value/time.h"

/* ---- tasks ---- */

typedef VEC(PlanTask) PlanTasks;

static bool read_days(Str text, int32_t *days) {
    int32_t low, high;
    if (text.length == 0 || !months_read(text, &low, &high)) return false;
    *days = high / 100;
    return true;
}

/* The date that the entry gives, or some days after another. */
static Value due_date(Applying *a, const Statement *s) {
    Value due = applying_date(a, s, "due"), from = applying_date(a, s, "from"), later;
    int32_t days;
    if (!value_is_null(due)) return due;
    if (value_is_null(from)) from = a->options->as_of;
    if (from.tag == TAG_DATETIME) from = time_to_date(from);
    if (read_days(applying_text(a, s, "dueWorkingDays", s->due_working_days), &days))
        return schedule_working_days(from, days);
    if (read_days(applying_text(a, s, "dueDays", s->due_days), &days) &&
        time_add(time_high_boundary(from, PRECISION_DAY), days, PRECISION_DAY, &later))
        return later;
    return value_null();
}

static Value date_of(Value value) {
    return value.tag == TAG_DATETIME ? time_to_date(value) : value;
}

/* A tuple of dynamicValue `tasks` gives what it names; the entry the rest. */
static PlanTask with_tuple(Applying *a, PlanTask task, Value tuple) {
    Value due = date_of(value_element(tuple, "due"));
    StrList code = value_strings(&a->eval, value_element(tuple, "taskCode"));
    StrList owner = value_strings(&a->eval, value_element(tuple, "owner"));
    if (code.count != 0) task.code = code.items[0];
    if (owner.count != 0) task.owner = owner.items[0];
    if (due.tag == TAG_DATE) task.due = due;
    return task;
}

static void add_tasks(Applying *a, const Statement *s, PlanTasks *tasks) {
    PlanTask task = { .statement = s, .owner = applying_text(a, s, "owner", s->owner),
                      .due = due_date(a, s), .because = applying_reasons(a, s),
                      .deferred = applying_defers(a, s) };
    StrList codes = applying_list(a, s, "taskCode", s->task_codes);
    Value list = applying_field(a, s, "tasks");
    task.fields = applying_other_fields(
        a, s, "taskCode owner due from dueDays dueWorkingDays tasks text", &task.field_count);
    for (uint32_t i = 0; i < codes.count; i++) {
        task.code = codes.items[i];
        vec_push(a->arena, tasks, task);
    }
    for (uint32_t i = 0; list.tag == TAG_LIST && i < list.list->count; i++)
        if (list.list->items[i].tag == TAG_TUPLE)
            vec_push(a->arena, tasks, with_tuple(a, task, list.list->items[i]));
}

void apply_tasks(Applying *a) {
    PlanTasks tasks = { 0 };
    for (uint32_t i = 0; i < a->guideline->task_count && !a->failed; i++)
        if (value_is_true(applying_value(a, a->guideline->tasks[i]->define)))
            add_tasks(a, a->guideline->tasks[i], &tasks);
    a->plan->tasks = tasks.items;
    a->plan->task_count = (uint32_t)tasks.count;
}

/* ---- team ---- */

typedef VEC(PlanRole) PlanRoles;

static bool has_role(const PlanRoles *roles, const Statement *s, Str role) {
    for (size_t i = 0; i < roles->count; i++)
        if (str_equal(roles->items[i].role, role) &&
            str_equal(roles->items[i].statement->id, s->id))
            return true;
    return false;
}

static void add_roles(Applying *a, const Statement *s, PlanRoles *roles) {
    StrList names = applying_list(a, s, "role", s->roles);
    bool deferred = applying_defers(a, s);
    for (uint32_t i = 0; i < names.count; i++)
        if (!has_role(roles, s, names.items[i]))
            vec_push(a->arena, roles, ((PlanRole){ s, names.items[i], deferred }));
}

void apply_team(Applying *a) {
    PlanRoles roles = { 0 };
    for (uint32_t i = 0; i < a->guideline->team_count && !a->failed; i++)
        if (value_is_true(applying_value(a, a->guideline->team[i]->define)))
            add_roles(a, a->guideline->team[i], &roles);
    a->plan->roles = roles.items;
    a->plan->role_count = (uint32_t)roles.count;
}
