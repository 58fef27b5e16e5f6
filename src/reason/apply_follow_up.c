/* apply_follow_up.c - what is to be looked at again, and when. */
#include "reason/apply_parts.h"
#include "reason/schedule.h"

/* The fields of a schedule that the plan shows as they were given. */
static const char *const known_paths =
    "item status until firstMonths interval intervalRange grace last anchor text";

/* "6", "1.5" of hundredths */
static Str months_text(Arena *arena, int32_t hundredths) {
    if (hundredths == MONTHS_UNKNOWN) return (Str){ "", 0 };
    int32_t rest = hundredths % 100;
    if (rest == 0) return str_format(arena, "%d", hundredths / 100);
    if (rest % 10 == 0) return str_format(arena, "%d.%d", hundredths / 100, rest / 10);
    return str_format(arena, "%d.%02d", hundredths / 100, rest);
}

static void read_months(Applying *a, const Statement *s, const char *path, Str fixed, int32_t *low,
                        int32_t *high) {
    *low = *high = MONTHS_UNKNOWN;
    Value given = applying_field(a, s, path);
    if (!value_is_null(given) && months_of_value(given, low, high)) return;
    if (fixed.length == 0 || !months_read(fixed, low, high)) *low = *high = MONTHS_UNKNOWN;
}

static int32_t read_number(Applying *a, const Statement *s, const char *path, Str fixed) {
    int32_t low, high;
    read_months(a, s, path, fixed, &low, &high);
    return high;
}

/* Of the entry, else of the guideline, else none. */
static int32_t read_grace(Applying *a, const Statement *s) {
    int32_t grace = read_number(a, s, "grace", s->grace), high;
    if (grace == MONTHS_UNKNOWN && a->guideline->grace != NO_INDEX &&
        !months_of_value(applying_value(a, a->guideline->grace), &grace, &high))
        grace = MONTHS_UNKNOWN;
    return grace == MONTHS_UNKNOWN ? 0 : grace;
}

static Schedule read_schedule(Applying *a, const Statement *s) {
    Schedule schedule = { .last = applying_date(a, s, "last"),
                          .anchor = applying_date(a, s, "anchor"),
                          .interval = read_number(a, s, "interval", s->interval),
                          .years = read_number(a, s, "until", s->until),
                          .grace = read_grace(a, s) };
    read_months(a, s, "firstMonths", s->first_months, &schedule.first_low, &schedule.first_high);
    read_months(a, s, "intervalRange", s->interval_range, &schedule.interval_low,
                &schedule.interval_high);
    return schedule;
}

/* Of the rule, the last study and the anchor. */
static Reasons find_reasons(Applying *a, const Statement *s) {
    const uint64_t *facts = evidence_of(&a->evidence, s->define)->facts;
    for (uint32_t i = 0; i < s->dynamic_count; i++) {
        Str path = s->dynamics[i].path;
        if (str_is(path, "last") || str_is(path, "anchor"))
            evidence_unite_facts(&a->evidence, &facts,
                                 evidence_of(&a->evidence, s->dynamics[i].define)->facts);
    }
    return evidence_reasons(&a->evidence, facts);
}

/* Without a last study and without an anchor the facts of both are missing. */
static void note_lack(Applying *a, const Statement *s) {
    for (uint32_t i = 0; i < s->dynamic_count; i++) {
        Str path = s->dynamics[i].path;
        if (!str_is(path, "last") && !str_is(path, "anchor")) continue;
        applying_lack(a, evidence_of(&a->evidence, s->dynamics[i].define)->missing, s->id, s->id);
    }
}

static void add_dates(Applying *a, const Statement *s, const Schedule *schedule,
                      PlanFollowUp *entry) {
    static const char *const states[] = { "planned", "due", "overdue", "none" };
    NextStudy next = schedule_next(schedule, a->options->as_of);
    entry->status = str_from(states[next.state]);
    entry->last = next.last_counts ? schedule->last : value_null();
    entry->due = next.due;
    entry->overdue_days = next.overdue_days;
    bool counts = schedule->interval != MONTHS_UNKNOWN || schedule->first_low != MONTHS_UNKNOWN;
    if (counts && value_is_null(next.due) && next.state != SCHEDULE_ENDED) note_lack(a, s);
}

static Str read_until(Applying *a, const Statement *s, const Schedule *schedule) {
    if (schedule->years != MONTHS_UNKNOWN) return months_text(a->arena, schedule->years);
    return applying_text(a, s, "until", s->until);
}

static PlanFollowUp make_entry(Applying *a, const Statement *s) {
    PlanFollowUp entry = { .statement = s, .item = applying_text(a, s, "item", s->item),
                           .status = applying_text(a, s, "status", s->advice),
                           .last = value_null(), .anchor = value_null(), .due = value_null(),
                           .deferred = applying_defers(a, s) };
    Schedule schedule = read_schedule(a, s);
    entry.because = find_reasons(a, s);
    entry.anchor = schedule.anchor;
    entry.interval = months_text(a->arena, schedule.interval);
    entry.first = (Months){ months_text(a->arena, schedule.first_low),
                            months_text(a->arena, schedule.first_high) };
    entry.range = (Months){ months_text(a->arena, schedule.interval_low),
                            months_text(a->arena, schedule.interval_high) };
    entry.until = read_until(a, s, &schedule);
    if (str_is(entry.status, "planned")) add_dates(a, s, &schedule, &entry);
    entry.fields = applying_other_fields(a, s, known_paths, &entry.field_count);
    return entry;
}

/* The guideline may ask what was found: the elements by name, sorted (guideline_parameter.c). */
static void tell(Applying *a) {
    const PlanParameter *parameter = &a->guideline->follow_up_parameter;
    if (parameter->index == NO_INDEX) return;
    Value *entries = arena_array(a->arena, a->plan->follow_up_count, sizeof *entries);
    for (uint32_t i = 0; i < a->plan->follow_up_count; i++) {
        const PlanFollowUp *entry = &a->plan->follow_up[i];
        Value items[] = { entry->due, value_string(entry->item),
                          value_integer(entry->overdue_days), value_string(entry->statement->id),
                          value_string(entry->status) };
        entries[i] = value_tuple(a->arena, parameter->shape, items);
    }
    applying_tell(a, parameter, value_list(a->arena, entries, a->plan->follow_up_count));
}

void apply_follow_up(Applying *a) {
    PlanFollowUp *entries = arena_array(a->arena, a->guideline->follow_up_count, sizeof *entries);
    for (uint32_t i = 0; i < a->guideline->follow_up_count && !a->failed; i++)
        if (value_is_true(applying_value(a, a->guideline->follow_up[i]->define)))
            entries[a->plan->follow_up_count++] = make_entry(a, a->guideline->follow_up[i]);
    a->plan->follow_up = entries;
    tell(a);
}
