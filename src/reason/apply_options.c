/* apply_options.c - from statements that are true, false or null to an option's status.
 *
 * The rules stand in doc/guideline.md.  The statements that set the status are gathered
 * first, the deciding one in front; what the option shows is taken from those. */
#include <string.h>

#include "reason/apply_parts.h"

/* The statements that set a status, the deciding one first. */
typedef struct Verdict {
    Status status;
    uint32_t count;
    const Statement **setters;
} Verdict;

static bool is_positive(const Statement *statement) {
    return statement->status <= STATUS_MAY_BE_CONSIDERED;
}

static void add_matching(const OptionGroup *group, const Value *values, Verdict *verdict,
                         bool (*matches)(const Statement *statement, Value value)) {
    for (uint32_t i = 0; i < group->count; i++)
        if (matches(group->statements[i], values[i]))
            verdict->setters[verdict->count++] = group->statements[i];
}

static bool contraindicates(const Statement *s, Value value) {
    return value_is_true(value) && s->status == STATUS_CONTRAINDICATED;
}
static bool advises_against(const Statement *s, Value value) {
    return value_is_true(value) && s->status == STATUS_NOT_RECOMMENDED;
}
static bool may_speak_for(const Statement *s, Value value) {
    return value_is_null(value) && is_positive(s);
}
static bool may_speak_weakly_for(const Statement *s, Value value) {
    return value_is_null(value) && s->status == STATUS_MAY_BE_CONSIDERED;
}
static bool may_speak_against(const Statement *s, Value value) {
    return value_is_null(value) && !is_positive(s);
}
static bool speaks_weakly_for(const Statement *s, Value value) {
    return value_is_true(value) && s->status == STATUS_MAY_BE_CONSIDERED;
}
static bool speaks_strongly_for(const Statement *s, Value value) {
    return value_is_true(value) && s->status == STATUS_RECOMMENDED;
}

static bool is_any(const OptionGroup *group, const Value *values,
                   bool (*matches)(const Statement *statement, Value value)) {
    for (uint32_t i = 0; i < group->count; i++)
        if (matches(group->statements[i], values[i])) return true;
    return false;
}

/* The positive statements that are null and could change the status: beside one that is true,
 * only a weaker one. */
static void add_open_for(const OptionGroup *group, const Value *values, Verdict *verdict) {
    if (is_any(group, values, speaks_weakly_for)) return;
    bool strong = is_any(group, values, speaks_strongly_for);
    add_matching(group, values, verdict, strong ? may_speak_weakly_for : may_speak_for);
}

/* False: the option is left out. */
static bool decide(const OptionGroup *group, const Value *values, Verdict *verdict) {
    verdict->count = 0;
    verdict->status = STATUS_CONTRAINDICATED;
    add_matching(group, values, verdict, contraindicates);
    if (verdict->count != 0) return true;
    verdict->status = STATUS_NOT_RECOMMENDED;
    add_matching(group, values, verdict, advises_against);
    if (verdict->count != 0) return true;
    verdict->status = STATUS_INSUFFICIENT_DATA;
    add_open_for(group, values, verdict);
    uint32_t open_for = verdict->count;
    add_matching(group, values, verdict, may_speak_against);
    uint32_t open = verdict->count;
    add_matching(group, values, verdict, speaks_weakly_for);
    bool weak = verdict->count > open;
    add_matching(group, values, verdict, speaks_strongly_for);
    if (open == 0)
        verdict->status = weak ? STATUS_MAY_BE_CONSIDERED : STATUS_RECOMMENDED;
    return open_for != 0 || verdict->count > open;
}

/* ---- what the option shows ---- */

static bool is_draft(const Applying *a, const Statement *statement) {
    return statement->rule != NO_INDEX && a->guideline->rules[statement->rule].draft;
}

/* Flags that the guideline gives to all options but those of some categories. */
static void add_general_flags(Applying *a, const PlanOption *option, StrSet *flags) {
    if (a->guideline->option_flags == NO_INDEX) return;
    Value list = applying_value(a, a->guideline->option_flags);
    for (uint32_t i = 0; list.tag == TAG_LIST && i < list.list->count; i++) {
        Value item = list.list->items[i];
        StrList except = value_strings(&a->eval, value_element(item, "except"));
        if (!str_list_holds(except, option->group->activity->category))
            str_set_add_all(a->arena, flags, value_strings(&a->eval, value_element(item, "flag")));
    }
}

/* A statement that is null has said nothing yet: only the flags that are computed stand. */
static void add_lists(Applying *a, const Verdict *verdict, PlanOption *option) {
    StrSet rules = { 0 }, flags = { 0 }, first = { 0 };
    StrList none = { 0, NULL };
    bool draft = false;
    for (uint32_t i = 0; i < verdict->count; i++) {
        const Statement *s = verdict->setters[i];
        str_set_add(a->arena, &rules, s->id);
        bool is_true = value_is_true(applying_value(a, s->define));
        str_set_add_all(a->arena, &flags, applying_list(a, s, "flags", is_true ? s->flags : none));
        str_set_add_all(a->arena, &first, applying_list(a, s, "requires", s->requires_first));
        draft |= is_draft(a, s);
    }
    add_general_flags(a, option, &flags);
    if (draft) str_set_add(a->arena, &flags, STR("draft-rule"));
    option->rules = str_set_list(&rules);
    option->flags = str_set_list(&flags);
    option->requires_first = str_set_list(&first);
}

static void add_sources(Applying *a, const Verdict *verdict, PlanOption *option) {
    VEC(const Citation *) sources = { 0 };
    for (uint32_t i = 0; i < verdict->count; i++) {
        for (uint32_t k = 0; k < verdict->setters[i]->source_count; k++) {
            const Citation *source = verdict->setters[i]->sources[k];
            bool there = false;
            for (size_t j = 0; j < sources.count; j++) there |= sources.items[j] == source;
            if (!there) vec_push(a->arena, &sources, source);
        }
    }
    option->sources = (Citations){ (uint32_t)sources.count, sources.items };
}

static void add_reasons(Applying *a, const Verdict *verdict, PlanOption *option) {
    const uint64_t *facts = a->evidence.none, *missing = a->evidence.none;
    for (uint32_t i = 0; i < verdict->count; i++) {
        const Support *support = evidence_of(&a->evidence, verdict->setters[i]->define);
        evidence_unite_facts(&a->evidence, &facts, support->facts);
        evidence_unite_facts(&a->evidence, &missing, support->missing);
    }
    option->because = evidence_reasons(&a->evidence, facts);
    option->missing = evidence_fact_codes(&a->evidence, missing);
    if (option->status != STATUS_INSUFFICIENT_DATA) return;
    applying_lack(a, missing, option->group->activity->id, option->deciding->id);
}

/* "GEP-F-85 says recommended: Ki-67 4 %; Site: ileum" */
static Reason describe_overruled(Applying *a, const Statement *statement) {
    const Support *support = evidence_of(&a->evidence, statement->define);
    Reasons reasons = evidence_reasons(&a->evidence, support->facts);
    Buffer text = buffer_new(a->arena);
    buffer_format(&text, "%.*s says %s", STR_ARGS(statement->id),
                  status_names[statement->status]);
    for (uint32_t i = 0; i < reasons.count; i++)
        buffer_format(&text, "%s%.*s", i == 0 ? ": " : "; ", STR_ARGS(reasons.items[i].text));
    return (Reason){ buffer_str(&text), evidence_references(&a->evidence, support->resources) };
}

/* True positive statements speak against a negative status. */
static void add_against(Applying *a, const Value *values, PlanOption *option) {
    VEC(Reason) against = { 0 };
    if (option->status < STATUS_NOT_RECOMMENDED) return;
    for (uint32_t i = 0; i < option->group->count; i++) {
        const Statement *statement = option->group->statements[i];
        if (!value_is_true(values[i]) || !is_positive(statement)) continue;
        vec_push(a->arena, &against, describe_overruled(a, statement));
    }
    option->against = (Reasons){ (uint32_t)against.count, against.items };
}

static void add_deciding_fields(Applying *a, const Statement *deciding, PlanOption *option) {
    option->strength = deciding->strength;
    option->target = deciding->target;
    option->line = deciding->line;
    if (deciding->dynamic_count == 0) return;
    option->strength = applying_text(a, deciding, "strength", deciding->strength);
    option->target = applying_text(a, deciding, "target", deciding->target);
    Value line = applying_field(a, deciding, "line");
    if (line.tag == TAG_INTEGER && line.integer > 0) option->line = (uint32_t)line.integer;
    option->fields = applying_other_fields(a, deciding, "flags requires strength target line",
                                           &option->field_count);
}

static void mark_rules(Applying *a, const Verdict *verdict, const PlanOption *option) {
    if (option->status != STATUS_INSUFFICIENT_DATA) return;
    for (uint32_t i = 0; i < verdict->count; i++)
        if (verdict->setters[i]->rule != NO_INDEX)
            a->marks[verdict->setters[i]->rule].in_option = true;
}

/* An option is deferred as its deciding statement is, with all its rules. */
static void defer(Applying *a, const Verdict *verdict, PlanOption *option) {
    option->deferred = applying_defers(a, option->deciding);
    for (uint32_t i = 1; option->deferred && i < verdict->count; i++)
        applying_defers(a, verdict->setters[i]);
}

static PlanOption make_option(Applying *a, const OptionGroup *group, const Value *values,
                              const Verdict *verdict) {
    PlanOption option = { .group = group, .status = verdict->status,
                          .deciding = verdict->setters[0] };
    add_lists(a, verdict, &option);
    add_sources(a, verdict, &option);
    add_reasons(a, verdict, &option);
    add_against(a, values, &option);
    add_deciding_fields(a, verdict->setters[0], &option);
    mark_rules(a, verdict, &option);
    defer(a, verdict, &option);
    if (a->options->explain)
        option.trace = trace_defines(a, verdict->setters, verdict->count);
    return option;
}

/* The options in the order of their groups, which is by id. */
static uint32_t make_options(Applying *a, PlanOption *options) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->guideline->option_count && !a->failed; i++) {
        const OptionGroup *group = &a->guideline->options[i];
        Value *values = arena_alloc(a->arena, group->count * sizeof *values);
        const Statement **setters = arena_alloc(a->arena, group->count * sizeof *setters);
        Verdict verdict = { .setters = setters };
        for (uint32_t k = 0; k < group->count; k++)
            values[k] = applying_value(a, group->statements[k]->define);
        if (!a->failed && decide(group, values, &verdict))
            options[count++] = make_option(a, group, values, &verdict);
    }
    return count;
}

void apply_options(Applying *a) {
    PlanOption *by_id = arena_array(a->arena, a->guideline->option_count, sizeof *by_id);
    PlanOption *by_status = arena_array(a->arena, a->guideline->option_count, sizeof *by_status);
    uint32_t count = make_options(a, by_id);
    for (int status = 0; status < STATUS_COUNT; status++)
        for (uint32_t i = 0; i < count; i++)
            if (by_id[i].status == (Status)status)
                by_status[a->plan->option_count++] = by_id[i];
    a->plan->options = by_status;
    if (count == 0) return;
    for (uint32_t i = 0; i < count; i++)
        a->plan->lacks_data |= by_id[i].status == STATUS_INSUFFICIENT_DATA;
}
