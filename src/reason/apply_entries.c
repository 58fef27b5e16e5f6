/* apply_entries.c - the alerts and the work-up of the statements that are true. */
#include "reason/apply_parts.h"

/* ---- alerts ---- */

typedef VEC(PlanAlert) PlanAlerts;

static bool has_key(const PlanAlerts *alerts, Str key) {
    for (size_t i = 0; i < alerts->count; i++)
        if (str_equal(alerts->items[i].key, key)) return true;
    return false;
}

/* The rule and the subject; where a plan has both already, a number makes it unique. */
static Str make_key(Applying *a, const PlanAlerts *alerts, Str id, Str subject) {
    Str key = subject.length == 0
                  ? id
                  : str_format(a->arena, "%.*s/%.*s", STR_ARGS(id), STR_ARGS(subject));
    Str unique = key;
    for (uint32_t number = 2; has_key(alerts, unique); number++)
        unique = str_format(a->arena, "%.*s/%u", STR_ARGS(key), number);
    return unique;
}

static PlanAlert make_alert(Applying *a, const Statement *s) {
    PlanAlert alert = { .statement = s, .text = s->text, .blocks = s->blocks,
                        .conflicts_with = s->conflicts_with,
                        .because = applying_reasons(a, s), .deferred = applying_defers(a, s) };
    if (s->dynamic_count == 0) return alert;
    alert.text = applying_text(a, s, "text", s->text);
    alert.blocks = applying_list(a, s, "blocks", s->blocks);
    alert.conflicts_with = applying_list(a, s, "conflictsWith", s->conflicts_with);
    alert.values = applying_field(a, s, "values");
    alert.fields = applying_other_fields(a, s, "text blocks conflictsWith values subject",
                                         &alert.field_count);
    return alert;
}

static void add_alerts(Applying *a, const Statement *s, PlanAlerts *alerts) {
    PlanAlert alert = make_alert(a, s);
    StrList subjects = applying_list(a, s, "subject", s->subjects);
    uint32_t count = subjects.count == 0 ? 1 : subjects.count;
    for (uint32_t i = 0; i < count; i++) {
        alert.subject = subjects.count == 0 ? (Str){ "", 0 } : subjects.items[i];
        alert.key = make_key(a, alerts, s->id, alert.subject);
        vec_push(a->arena, alerts, alert);
    }
}

void apply_alerts(Applying *a) {
    PlanAlerts alerts = { 0 };
    for (uint32_t i = 0; i < a->guideline->alert_count && !a->failed; i++)
        if (value_is_true(applying_value(a, a->guideline->alerts[i]->define)))
            add_alerts(a, a->guideline->alerts[i], &alerts);
    a->plan->alerts = alerts.items;
    a->plan->alert_count = (uint32_t)alerts.count;
}

/* ---- work-up ---- */

static PlanWorkup make_workup(Applying *a, const Statement *s) {
    PlanWorkup entry = { .statement = s, .blocks = s->blocks, .preparation = s->preparation,
                         .deferred = applying_defers(a, s) };
    if (s->dynamic_count == 0) return entry;
    entry.done = applying_field(a, s, "done");
    entry.blocks = applying_list(a, s, "blocks", s->blocks);
    entry.preparation = applying_list(a, s, "preparation", s->preparation);
    entry.fields = applying_other_fields(a, s, "done blocks preparation", &entry.field_count);
    return entry;
}

void apply_workup(Applying *a) {
    PlanWorkup *workup = arena_array(a->arena, a->guideline->workup_count, sizeof *workup);
    for (uint32_t i = 0; i < a->guideline->workup_count && !a->failed; i++)
        if (value_is_true(applying_value(a, a->guideline->workup[i]->define)))
            workup[a->plan->workup_count++] = make_workup(a, a->guideline->workup[i]);
    a->plan->workup = workup;
}
