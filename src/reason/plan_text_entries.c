/* plan_text_entries.c - the other entries of the page: alerts, work-up, missing facts.
 *
 * Work-up stands in lines by advice and time, each item once, done ones with their date.  Of
 * the missing facts those stand that decide something; facts with one fate share a line. */
#include "reason/plan_text_parts.h"

enum { MARGIN = 6, NAMES_SHOWN = 3, PLACE_WEIGHT = 1000 };

/* ---- alerts ---- */

bool page_explains_no_options(const Plan *plan, const PlanAlert *alert) {
    return plan->option_count == 0 && alert->statement->rule == NO_INDEX &&
           str_is(alert->statement->kind, "process");
}

static bool only_informs(const PlanAlert *alert) {
    return str_is(alert->statement->severity, "info");
}

static Str alert_reasons(PlanPage *p, const PlanAlert *alert) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < alert->because.count; i++)
        page_add(&out, "; ", alert->because.items[i].text);
    return buffer_str(&out);
}

/* "obtain the fact: Differentiation (pathologist)" */
static Str alert_action(PlanPage *p, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    Buffer out = buffer_new(p->arena);
    page_add(&out, "", page_word(p, s->action));
    if (alert->subject.length != 0)
        page_add(&out, ": ", code_name(p->plan->guideline, alert->subject));
    if (s->actor.length != 0) buffer_format(&out, " (%.*s)", STR_ARGS(s->actor));
    return buffer_str(&out);
}

static Str alert_rule(PlanPage *p, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    Buffer out = buffer_new(p->arena);
    page_add(&out, "", s->id);
    page_add(&out, "; ", page_cite(p, s->sources, s->source_count));
    return buffer_str(&out);
}

static void print_alert(PlanPage *p, const PlanAlert *alert) {
    bool hard = str_is(alert->statement->severity, "hard");
    page_paragraph(&p->page, hard ? TONE_BAD : TONE_CARE, hard ? "  ! " : "  - ", alert->text);
    page_row_if(p, MARGIN, TONE_PLAIN, "do", alert_action(p, alert));
    page_row_if(p, MARGIN, TONE_PLAIN, "because", alert_reasons(p, alert));
    page_row_if(p, MARGIN, TONE_PLAIN, "blocks", page_names(p, alert->blocks));
    page_row_if(p, MARGIN, TONE_PLAIN, "pulls apart", page_names(p, alert->conflicts_with));
    for (uint32_t i = 0; i < alert->field_count; i++)
        page_row(p, MARGIN, TONE_PLAIN, str_to_c(p->arena, alert->fields[i].name),
                 page_pairs(p, alert->fields[i].value));
    page_row(p, MARGIN, TONE_FAINT, "rule", alert_rule(p, alert));
}

void page_alerts(PlanPage *p) {
    bool headed = false;
    for (uint32_t i = 0; i < p->plan->alert_count; i++) {
        if (only_informs(&p->plan->alerts[i])) continue;
        if (!headed) page_heading(&p->page, "Alerts");
        headed = true;
        print_alert(p, &p->plan->alerts[i]);
    }
}

void page_notes(PlanPage *p) {
    bool headed = false;
    for (uint32_t i = 0; i < p->plan->alert_count; i++) {
        const PlanAlert *alert = &p->plan->alerts[i];
        if (!only_informs(alert) || page_explains_no_options(p->plan, alert)) continue;
        if (!headed) page_heading(&p->page, "Good to know");
        headed = true;
        Str text = str_format(p->arena, "%.*s [%.*s]", STR_ARGS(alert->text),
                              STR_ARGS(alert_rule(p, alert)));
        page_paragraph(&p->page, TONE_PLAIN, "  - ", text);
    }
}

/* ---- work-up ---- */

static bool same_line(const PlanWorkup *a, const PlanWorkup *b) {
    return str_equal(a->statement->advice, b->statement->advice) &&
           str_equal(a->statement->when, b->statement->when);
}

static bool same_item(const PlanWorkup *a, const PlanWorkup *b) {
    return str_equal(a->statement->item, b->statement->item);
}

/* Is there an entry before this one in its line, or one of its line and item? */
static bool is_repeated(const Plan *plan, uint32_t number, bool of_item) {
    const PlanWorkup *entry = &plan->workup[number];
    for (uint32_t i = 0; i < number; i++)
        if (same_line(&plan->workup[i], entry) && (!of_item || same_item(&plan->workup[i], entry)))
            return true;
    return false;
}

static bool has_name(StrList list, Str name) {
    for (uint32_t i = 0; i < list.count; i++)
        if (str_equal(list.items[i], name)) return true;
    return false;
}

static bool same_names(StrList a, StrList b) {
    if (a.count != b.count) return false;
    for (uint32_t i = 0; i < a.count; i++)
        if (!has_name(b, a.items[i])) return false;
    return true;
}

static bool is_plain(const PlanWorkup *entry) {
    return entry->statement->text.length == 0 && entry->preparation.count == 0;
}

static Str item_name(PlanPage *p, const PlanWorkup *entry) {
    Str name = code_name(p->plan->guideline, entry->statement->item);
    if (value_is_null(entry->done)) return name;
    return str_format(p->arena, "%.*s (%.*s)", STR_ARGS(name),
                      STR_ARGS(page_value(p, entry->done)));
}

/* The plain items of a line that block the same as `first`, done or not. */
static Str line_items(PlanPage *p, const PlanWorkup *first, bool done) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->workup_count; i++) {
        const PlanWorkup *entry = &p->plan->workup[i];
        if (same_line(entry, first) && is_plain(entry) && value_is_null(entry->done) != done &&
            same_names(entry->blocks, first->blocks) && !is_repeated(p->plan, i, true))
            page_add(&out, ", ", item_name(p, entry));
    }
    return buffer_str(&out);
}

/* "one", or the number where names would be too many */
static Str option_names(PlanPage *p, StrList ids) {
    if (ids.count <= NAMES_SHOWN) return page_names(p, ids);
    return str_format(p->arena, "%u options", ids.count);
}

/* An item of which something more is to be said. */
static void print_item(PlanPage *p, const PlanWorkup *entry) {
    Buffer text = buffer_new(p->arena);
    buffer_add(&text, item_name(p, entry));
    page_add(&text, ": ", entry->statement->text);
    if (entry->preparation.count != 0)
        buffer_format(&text, "; prepare: %.*s", STR_ARGS(page_names(p, entry->preparation)));
    if (entry->blocks.count != 0)
        buffer_format(&text, "; needed for %.*s", STR_ARGS(option_names(p, entry->blocks)));
    page_paragraph(&p->page, TONE_PLAIN, "      - ", buffer_str(&text));
}

/* The items that block the same, once, where the first of them stands. */
static void print_items_like(PlanPage *p, uint32_t number) {
    const PlanWorkup *first = &p->plan->workup[number];
    for (uint32_t i = 0; i < number; i++)
        if (same_line(&p->plan->workup[i], first) && is_plain(&p->plan->workup[i]) &&
            same_names(p->plan->workup[i].blocks, first->blocks))
            return;
    Str open = line_items(p, first, false), done = line_items(p, first, true);
    if (open.length + done.length == 0) return;
    if (first->blocks.count != 0)
        page_paragraph(&p->page, TONE_PLAIN, "      ",
                       str_format(p->arena, "for %.*s",
                                  STR_ARGS(option_names(p, first->blocks))));
    page_row_if(p, MARGIN, TONE_PLAIN, "to do", open);
    page_row_if(p, MARGIN, TONE_PLAIN, "done", done);
}

static void print_line(PlanPage *p, const PlanWorkup *first) {
    const Statement *s = first->statement;
    Buffer head = buffer_new(p->arena);
    buffer_add(&head, page_word(p, s->advice));
    page_add(&head, " ", page_word(p, s->when));
    page_paragraph(&p->page, str_is(s->advice, "required") ? TONE_STRONG : TONE_PLAIN, "  ",
                   buffer_str(&head));
    for (int blocking = 0; blocking < 2; blocking++)
        for (uint32_t i = 0; i < p->plan->workup_count; i++) {
            const PlanWorkup *entry = &p->plan->workup[i];
            if (!same_line(entry, first) || (entry->blocks.count != 0) != blocking) continue;
            if (is_plain(entry)) print_items_like(p, i);
            else print_item(p, entry);
        }
}

/* What is not to be done has neither a time nor a date. */
static void print_not_to_do(PlanPage *p, const PlanWorkup *first) {
    Buffer items = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->workup_count; i++)
        if (same_line(&p->plan->workup[i], first) && !is_repeated(p->plan, i, true))
            page_add(&items, ", ", item_name(p, &p->plan->workup[i]));
    Str head = str_format(p->arena, "  %.*s: ",
                          STR_ARGS(page_word(p, first->statement->advice)));
    page_paragraph(&p->page, TONE_PLAIN, str_to_c(p->arena, head), buffer_str(&items));
}

static void print_lines(PlanPage *p, const char *when) {
    for (uint32_t i = 0; i < p->plan->workup_count; i++) {
        const PlanWorkup *entry = &p->plan->workup[i];
        const Statement *s = entry->statement;
        bool negative = str_starts_with(s->advice, STR("not-"));
        if (is_repeated(p->plan, i, false) || negative != (when == NULL)) continue;
        if (negative) print_not_to_do(p, entry);
        else if (str_is(s->when, when)) print_line(p, entry);
    }
}

void page_workup(PlanPage *p) {
    static const char *const times[] = { "now", "before-decision", "before-procedure", "planned",
                                         "", NULL };
    if (p->plan->workup_count != 0) page_heading(&p->page, "Work-up");
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) print_lines(p, times[i]);
}

/* ---- missing facts ---- */

/* What a fact would help to decide: places of the plan, then options by their titles, or how many.
 * *weight, if not NULL, orders facts: a place weighs more than any number of options. */
static Str decided_by(PlanPage *p, const PlanMissing *missing, uint32_t *weight) {
    Buffer names = buffer_new(p->arena), places = buffer_new(p->arena);
    uint32_t options = 0;
    for (uint32_t i = 0; i < missing->wanted_for.count; i++) {
        Str wanted = missing->wanted_for.items[i], name = code_name(p->plan->guideline, wanted);
        if (str_is(wanted, "diagnosis.grade")) page_add(&places, "; ", STR("the grade"));
        else if (str_is(wanted, "stage.group")) page_add(&places, "; ", STR("the stage group"));
        else if (!str_equal(name, wanted)) {
            page_add(&names, "; ", name);
            options++;
        }
    }
    Str shown = options <= NAMES_SHOWN ? buffer_str(&names)
                                       : str_format(p->arena, "%u options", options);
    if (weight != NULL) *weight = options + (places.length != 0 ? PLACE_WEIGHT : 0);
    page_add(&places, "; ", shown);
    return buffer_str(&places);
}

static Str missing_why(PlanPage *p, const PlanMissing *missing) {
    Buffer out = buffer_new(p->arena);
    buffer_add(&out, reason_in_words(missing->reason));
    if (!value_is_null(missing->last_date))
        page_add(&out, ", of ", page_value(p, missing->last_date));
    return buffer_str(&out);
}

static bool same_fate(PlanPage *p, const PlanMissing *a, const PlanMissing *b) {
    return same_names(a->wanted_for, b->wanted_for) &&
           str_equal(missing_why(p, a), missing_why(p, b));
}

static void print_missing(PlanPage *p, const PlanMissing *first, bool *shown) {
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->missing_count; i++) {
        const PlanMissing *other = &p->plan->missing[i];
        if (shown[i] || !other->decides || !same_fate(p, first, other)) continue;
        page_add(&line, ", ", other->fact->text);
        shown[i] = true;
    }
    buffer_format(&line, " (%.*s): would decide %.*s", STR_ARGS(missing_why(p, first)),
                  STR_ARGS(decided_by(p, first, NULL)));
    page_paragraph(&p->page, TONE_CARE, "  - ", buffer_str(&line));
}

/* Facts that would decide the most stand first; those with one fate share a line. */
static void print_deciding(PlanPage *p) {
    uint32_t count = p->plan->missing_count;
    bool *shown = arena_array(p->arena, count, sizeof *shown);
    uint32_t *weights = arena_array(p->arena, count, sizeof *weights);
    for (uint32_t i = 0; i < count; i++) decided_by(p, &p->plan->missing[i], &weights[i]);
    for (;;) {
        uint32_t most = NO_INDEX;
        for (uint32_t i = 0; i < count; i++) {
            if (shown[i] || !p->plan->missing[i].decides) continue;
            if (most == NO_INDEX || weights[i] > weights[most]) most = i;
        }
        if (most == NO_INDEX) return;
        print_missing(p, &p->plan->missing[most], shown);
    }
}

void page_missing(PlanPage *p) {
    uint32_t others = 0;
    if (p->plan->missing_count == 0) return;
    page_heading(&p->page, "Missing facts");
    for (uint32_t i = 0; i < p->plan->missing_count; i++) others += !p->plan->missing[i].decides;
    print_deciding(p);
    if (others == 0) return;
    Str text = str_format(p->arena, "%u other fact%s not known; none of them decides an option, "
                                    "the grade or the stage here. --format json names them.",
                          others, others == 1 ? " is" : "s are");
    page_paragraph(&p->page, TONE_FAINT, "  ", text);
}
