/* plan_text_sections.c - the parts of the page that look beyond treatment: triage, follow-up,
 * tasks and team, the board, trials, computed values, measures, and what is withheld. */
#include "reason/plan_text_parts.h"

enum { MARGIN = 6, NAMES_SHOWN = 6 };

static void add_rule(Buffer *line, Str rule) {
    if (rule.length != 0) buffer_format(line, " [%.*s]", STR_ARGS(rule));
}

/* Names of facts, or how many where they are too many. */
static Str fact_names(PlanPage *p, StrList codes) {
    if (codes.count <= NAMES_SHOWN) return page_names(p, codes);
    return page_count(p, codes.count, "fact", "facts");
}

/* ---- triage ---- */

void page_triage(PlanPage *p) {
    static const char *const words[TRIAGE_NONE] = { "Emergency: now", "The same day",
                                                    "Within 7 days", "Within 14 days",
                                                    "Within 28 days" };
    const PlanTriage *triage = &p->plan->triage;
    bool urgent = triage->level != TRIAGE_NONE;
    if (!urgent && triage->cannot_exclude.count == 0) return;
    page_heading(&p->page, "Triage");
    if (urgent) {
        Buffer line = buffer_new(p->arena);
        buffer_add_text(&line, words[triage->level]);
        if (triage->routes.count != 0)
            buffer_format(&line, ": %.*s", STR_ARGS(page_words(p, triage->routes)));
        add_rule(&line, page_join(p, triage->rules, ", "));
        page_paragraph(&p->page, triage->level <= TRIAGE_SAME_DAY ? TONE_BAD : TONE_CARE, "  ",
                       buffer_str(&line));
    }
    if (triage->cannot_exclude.count != 0)
        page_row(p, 2, TONE_CARE, "ask for",
                 str_format(p->arena, "%.*s: a red flag may be hidden there",
                            STR_ARGS(fact_names(p, triage->cannot_exclude))));
}

void page_withheld(PlanPage *p, bool emergency) {
    if (p->withheld == 0 && !emergency) return;
    Str count = page_count(p, p->withheld, "entry", "entries");
    Str text = emergency
                   ? str_format(p->arena, "The rest of the plan (%.*s) is withheld until this "
                                "emergency has been acknowledged: --acknowledged shows it.",
                                STR_ARGS(count))
                   : str_format(p->arena, "%.*s wait%s until the red flag has been seen to: "
                                "--acknowledged shows what is withheld.",
                                STR_ARGS(count), p->withheld == 1 ? "s" : "");
    page_heading(&p->page, "Withheld");
    page_paragraph(&p->page, TONE_CARE, "  ", text);
}

/* ---- follow-up ---- */

static void add_range(Buffer *line, Months range) {
    buffer_add(line, range.low);
    if (!str_equal(range.low, range.high))
        buffer_format(line, " to %.*s", STR_ARGS(range.high));
}

/* "first after 3 to 6 months; every 12 (12 to 24) months; for 10 years" */
static Str schedule_words(PlanPage *p, const PlanFollowUp *entry) {
    Buffer line = buffer_new(p->arena);
    bool range = entry->range.low.length != 0;
    if (entry->first.low.length != 0) {
        buffer_add_text(&line, "first after ");
        add_range(&line, entry->first);
        buffer_add_text(&line, " months");
    }
    if (range || entry->interval.length != 0) {
        page_add(&line, "; ", STR("every "));
        buffer_add(&line, entry->interval);
        if (range && entry->interval.length != 0) buffer_add_text(&line, " (");
        if (range) add_range(&line, entry->range);
        buffer_add_text(&line, range && entry->interval.length != 0 ? ") months" : " months");
    }
    if (entry->until.length == 0) return buffer_str(&line);
    bool years = entry->until.data[0] >= '0' && entry->until.data[0] <= '9';
    page_add(&line, "; ",
             years ? str_format(p->arena, "for %.*s years", STR_ARGS(entry->until))
                   : page_word(p, entry->until));
    return buffer_str(&line);
}

static Str date_words(PlanPage *p, const PlanFollowUp *entry) {
    Buffer line = buffer_new(p->arena);
    if (!value_is_null(entry->due))
        buffer_format(&line, "%s %.*s", entry->overdue_days != 0 ? "since" : "by",
                      STR_ARGS(page_value(p, entry->due)));
    if (entry->overdue_days != 0)
        buffer_format(&line, ", %.*s",
                      STR_ARGS(page_count(p, (uint32_t)entry->overdue_days, "day", "days")));
    if (!value_is_null(entry->last))
        page_add(&line, "; ",
                 str_format(p->arena, "last %.*s", STR_ARGS(page_value(p, entry->last))));
    return buffer_str(&line);
}

static void print_follow_up(PlanPage *p, const PlanFollowUp *entry) {
    const Statement *s = entry->statement;
    Buffer line = buffer_new(p->arena), rule = buffer_new(p->arena);
    bool late = str_is(entry->status, "overdue");
    buffer_add(&line, code_name(p->plan->guideline, entry->item));
    buffer_format(&line, ": %.*s", STR_ARGS(page_word(p, entry->status)));
    page_add(&line, " ", date_words(p, entry));
    page_paragraph(&p->page, late ? TONE_CARE : TONE_PLAIN, late ? "  ! " : "  - ",
                   buffer_str(&line));
    page_row_if(p, MARGIN, TONE_PLAIN, "when", schedule_words(p, entry));
    page_row_if(p, MARGIN, TONE_PLAIN, "what", s->text);
    for (uint32_t i = 0; i < entry->field_count; i++)
        page_row(p, MARGIN, TONE_PLAIN, str_to_c(p->arena, page_key(p, entry->fields[i].name)),
                 page_pairs(p, entry->fields[i].value));
    page_add(&rule, "", s->id);
    page_add(&rule, "; ", page_cite(p, s->sources, s->source_count));
    page_row(p, MARGIN, TONE_FAINT, "rule", buffer_str(&rule));
}

/* What is late first, then what is due, then the rest as it comes. */
void page_follow_up(PlanPage *p) {
    static const char *const order[] = { "overdue", "due", "planned", "none", "not-routine" };
    if (p->plan->follow_up_count != 0) page_heading(&p->page, "Follow-up");
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (uint32_t i = 0; i < p->plan->follow_up_count; i++)
            if (str_is(p->plan->follow_up[i].status, order[k]))
                print_follow_up(p, &p->plan->follow_up[i]);
}

/* ---- tasks and team ---- */

static void print_task(PlanPage *p, const PlanTask *task) {
    Buffer line = buffer_new(p->arena);
    Str text = task->statement->text;
    buffer_add(&line, task->code);
    page_add(&line, ": ", text);
    buffer_format(&line, " (%.*s", STR_ARGS(page_word(p, task->owner)));
    if (!value_is_null(task->due))
        buffer_format(&line, ", by %.*s", STR_ARGS(page_value(p, task->due)));
    buffer_add_char(&line, ')');
    add_rule(&line, task->statement->id);
    page_paragraph(&p->page, TONE_PLAIN, "  - ", buffer_str(&line));
}

/* The rules by which a role belongs to the team, where it stands first. */
static void print_role(PlanPage *p, uint32_t number) {
    const PlanRole *roles = p->plan->roles;
    Buffer line = buffer_new(p->arena), rules = buffer_new(p->arena);
    for (uint32_t i = 0; i < number; i++)
        if (str_equal(roles[i].role, roles[number].role)) return;
    for (uint32_t i = number; i < p->plan->role_count; i++)
        if (str_equal(roles[i].role, roles[number].role))
            page_add(&rules, ", ", roles[i].statement->id);
    buffer_add(&line, page_word(p, roles[number].role));
    add_rule(&line, buffer_str(&rules));
    page_paragraph(&p->page, TONE_PLAIN, "  - ", buffer_str(&line));
}

void page_tasks(PlanPage *p) {
    if (p->plan->task_count != 0) page_heading(&p->page, "Tasks");
    for (uint32_t i = 0; i < p->plan->task_count; i++) print_task(p, &p->plan->tasks[i]);
    if (p->plan->role_count != 0) page_heading(&p->page, "Team");
    for (uint32_t i = 0; i < p->plan->role_count; i++) print_role(p, i);
}

/* ---- the board ---- */

static Str text_at(PlanPage *p, Value tuple, const char *name) {
    Value value = value_element(tuple, name);
    return value_is_null(value) ? (Str){ "", 0 } : page_value(p, value);
}

/* "Ki-67 [E-04], Primary site [E-03]" */
static Str board_items(PlanPage *p, Value list) {
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; list.tag == TAG_LIST && i < list.list->count; i++) {
        Value item = list.list->items[i];
        page_add(&line, ", ", code_name(p->plan->guideline, text_at(p, item, "fact")));
        add_rule(&line, text_at(p, item, "rule"));
    }
    return buffer_str(&line);
}

void page_board(PlanPage *p) {
    Value board = p->plan->board;
    if (board.tag != TAG_TUPLE) return;
    bool ready = value_is_true(value_element(board, "ready"));
    Str question = text_at(p, board, "question");
    page_heading(&p->page, "Tumour board");
    if (question.length != 0)
        page_row(p, 2, TONE_PLAIN, "question", code_name(p->plan->guideline, question));
    page_row(p, 2, ready ? TONE_PLAIN : TONE_CARE, "ready", ready ? STR("yes") : STR("not yet"));
    page_row_if(p, 2, TONE_CARE, "needs first", board_items(p, value_element(board, "block")));
    page_row_if(p, 2, TONE_PLAIN, "should have", board_items(p, value_element(board, "warn")));
    page_row_if(p, 2, TONE_PLAIN, "absent",
                page_words(p, value_strings(p->plan->eval, value_element(board, "absent"))));
    page_row_if(p, 2, TONE_PLAIN, "decision", page_word(p, text_at(p, board, "decisionStatus")));
}

/* ---- trials ---- */

static void print_trials(PlanPage *p, const char *status, const char *label, bool lacking) {
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->trial_count; i++) {
        const PlanTrial *trial = &p->plan->trials[i];
        if (!str_is(trial->status, status)) continue;
        page_add(&line, ", ", trial->id);
        if (lacking && trial->missing.count != 0)
            buffer_format(&line, " (lacks %.*s)", STR_ARGS(fact_names(p, trial->missing)));
    }
    page_row_if(p, 2, TONE_PLAIN, label, buffer_str(&line));
}

void page_trials(PlanPage *p) {
    if (p->plan->trial_count == 0) return;
    page_heading(&p->page, "Trials");
    print_trials(p, "eligible", "may fit", true);
    print_trials(p, "cannot-evaluate", "cannot tell", true);
    print_trials(p, "not-eligible", "do not fit", false);
    page_paragraph(&p->page, TONE_FAINT, "  ",
                   STR("Ask the study for what is recruiting now; islet trials match says why."));
}

/* ---- computed values ---- */

static Str computed_words(PlanPage *p, const PlanComputed *entry) {
    Buffer line = buffer_new(p->arena);
    if (value_is_null(entry->value)) {
        buffer_format(&line, "not known: %.*s", STR_ARGS(reason_in_words(entry->reason)));
        page_add(&line, ", ", fact_names(p, entry->missing));
    } else {
        Str words = page_pairs(p, entry->value);
        buffer_add(&line, words.length != 0 ? words : STR("none"));
        if (entry->value.tag != TAG_QUANTITY && entry->computed->unit.length != 0)
            page_add(&line, " ", unit_in_words(p->arena, entry->computed->unit));
    }
    add_rule(&line, entry->computed->rule);
    return buffer_str(&line);
}

void page_computed(PlanPage *p) {
    if (p->plan->computed_count != 0) page_heading(&p->page, "Computed");
    for (uint32_t i = 0; i < p->plan->computed_count; i++) {
        const PlanComputed *entry = &p->plan->computed[i];
        Buffer line = buffer_new(p->arena);
        buffer_add(&line, page_word(p, entry->computed->name));
        page_add(&line, ": ", computed_words(p, entry));
        page_paragraph(&p->page, TONE_PLAIN, "  - ", buffer_str(&line));
    }
}

/* ---- measures ---- */

static Str measure_words(PlanPage *p, const PlanMeasure *entry) {
    Buffer line = buffer_new(p->arena);
    buffer_add_text(&line, value_is_true(entry->numerator)    ? "met"
                           : value_is_false(entry->numerator) ? "not met"
                                                              : "not known");
    if (!value_is_null(entry->due) && !value_is_true(entry->numerator))
        buffer_format(&line, ", due %.*s", STR_ARGS(page_value(p, entry->due)));
    if (entry->missing.count != 0)
        buffer_format(&line, "; lacks %.*s", STR_ARGS(fact_names(p, entry->missing)));
    return buffer_str(&line);
}

/* Those in which the patient counts. */
void page_measures(PlanPage *p) {
    bool headed = false;
    for (uint32_t i = 0; i < p->plan->measure_count; i++) {
        const PlanMeasure *entry = &p->plan->measures[i];
        if (!value_is_true(entry->denominator) || entry->excluded.length != 0) continue;
        if (!headed) page_heading(&p->page, "Measures of quality");
        headed = true;
        Buffer line = buffer_new(p->arena);
        buffer_add(&line, entry->measure->title);
        page_add(&line, ": ", measure_words(p, entry));
        add_rule(&line, entry->measure->id);
        page_paragraph(&p->page, TONE_PLAIN, "  - ", buffer_str(&line));
    }
}
