/* plan_text.c - the plan as a page for people: the order of its parts, and how rows are made.
 *
 * What is needed first stands first.  Codes stand by the names that the guideline gives them;
 * sources by their labels where they are used, and once in full at the end.  Nothing in here
 * knows what a fact, a flag or an option means. */
#include <stddef.h>
#include <string.h>

#include "reason/plan_text_parts.h"

enum { LABEL_COLUMNS = 14 };

/* ---- rows ---- */

void page_row(PlanPage *p, uint32_t margin, Tone tone, const char *label, Str text) {
    Buffer first = buffer_new(p->arena);
    buffer_format(&first, "%*s%-*s ", (int)margin, "", LABEL_COLUMNS, label);
    page_paragraph(&p->page, tone, str_to_c(p->arena, buffer_str(&first)), text);
}

void page_row_if(PlanPage *p, uint32_t margin, Tone tone, const char *label, Str text) {
    if (text.length != 0) page_row(p, margin, tone, label, text);
}

void page_add(Buffer *line, const char *between, Str more) {
    if (more.length == 0) return;
    if (line->length != 0) buffer_add_text(line, between);
    buffer_add(line, more);
}

Str page_join(PlanPage *p, StrList list, const char *between) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < list.count; i++) page_add(&out, between, list.items[i]);
    return buffer_str(&out);
}

Str page_value(PlanPage *p, Value value) {
    Buffer out = buffer_new(p->arena);
    value_write_words(p->plan->eval, value, &out);
    return buffer_str(&out);
}

/* ---- words ---- */

/* "before-decision" -> "before decision"; a hyphen after "non" or beside a digit stays. */
static Str without_hyphens(Arena *arena, Str code) {
    Buffer out = buffer_new(arena);
    for (size_t i = 0; i < code.length; i++) {
        bool after_non = i >= 3 && str_is(str_slice(code, i - 3, i), "non");
        char c = code.data[i], next = i + 1 < code.length ? code.data[i + 1] : ' ';
        bool before_digit = next >= '0' && next <= '9';
        buffer_add_char(&out, c == '-' && !after_non && !before_digit ? ' ' : c);
    }
    return buffer_str(&out);
}

Str page_word(PlanPage *p, Str code) {
    Str word = terms_display(p->plan->guideline->term_set,
                             STR("https://w3id.org/islet/CodeSystem/plan"), code);
    return word.length != 0 ? word : without_hyphens(p->arena, code);
}

Str page_words(PlanPage *p, StrList codes) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < codes.count; i++) page_add(&out, "; ", page_word(p, codes.items[i]));
    return buffer_str(&out);
}

Str page_names(PlanPage *p, StrList codes) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < codes.count; i++)
        page_add(&out, ", ", code_name(p->plan->guideline, codes.items[i]));
    return buffer_str(&out);
}

Str page_key(PlanPage *p, Str key) {
    Buffer out = buffer_new(p->arena);
    for (size_t i = 0; i < key.length; i++) {
        char c = key.data[i];
        bool capital = c >= 'A' && c <= 'Z' && key.length > 1;
        if (capital && i != 0) buffer_add_char(&out, ' ');
        buffer_add_char(&out, capital ? (char)(c - 'A' + 'a') : c);
    }
    return buffer_str(&out);
}

Str page_count(PlanPage *p, uint32_t count, const char *one, const char *many) {
    return str_format(p->arena, "%u %s", count, count == 1 ? one : many);
}

Str page_pairs(PlanPage *p, Value value) {
    Buffer out = buffer_new(p->arena);
    if (value.tag != TAG_LIST) return page_value(p, value);
    for (uint32_t i = 0; i < value.list->count; i++) {
        Value item = value.list->items[i];
        Buffer pair = buffer_new(p->arena);
        if (item.tag != TAG_TUPLE) page_add(&pair, "", page_value(p, item));
        for (uint32_t k = 0; item.tag == TAG_TUPLE && k < item.tuple->shape->count; k++)
            if (!value_is_null(item.tuple->items[k]))
                page_add(&pair, ": ", page_word(p, page_value(p, item.tuple->items[k])));
        page_add(&out, "; ", buffer_str(&pair));
    }
    return buffer_str(&out);
}

/* ---- sources ---- */

Str page_cite(PlanPage *p, const Citation *const *items, uint32_t count) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < p->cited.count && p->cited.items[k] != items[i]) k++;
        if (k == p->cited.count) vec_push(p->arena, &p->cited, items[i]);
        page_add(&out, ", ", items[i]->label);
    }
    return buffer_str(&out);
}

static void print_sources(PlanPage *p) {
    if (p->cited.count != 0) page_heading(&p->page, "Sources");
    for (size_t i = 0; i < p->cited.count; i++) {
        const Citation *citation = p->cited.items[i];
        Buffer text = buffer_new(p->arena);
        buffer_add(&text, citation->cite);
        if (citation->doi.length != 0) buffer_format(&text, " doi:%.*s", STR_ARGS(citation->doi));
        else if (citation->url.length != 0) buffer_format(&text, " %.*s", STR_ARGS(citation->url));
        page_row(p, 2, TONE_FAINT, str_to_c(p->arena, citation->label), buffer_str(&text));
    }
}

static void print_foot(PlanPage *p) {
    const Guideline *guideline = p->plan->guideline;
    Buffer text = buffer_new(p->arena);
    buffer_format(&text, "Guideline %.*s %.*s%s%.*s. ", STR_ARGS(guideline->name),
                  STR_ARGS(guideline->version), guideline->title.length != 0 ? ": " : "",
                  STR_ARGS(guideline->title));
    buffer_add_text(&text, "This plan supports clinicians. It is no medical device and no "
                           "substitute for a tumour board, which decides. Draft rules are not yet "
                           "signed by a clinician.");
    buffer_add_char(p->page.out, '\n');
    page_paragraph(&p->page, TONE_FAINT, "", buffer_str(&text));
}

/* ---- what waits ---- */

/* A copy of a list without the entries that wait. */
static const void *keep_shown(PlanPage *p, const void *items, uint32_t *count, size_t size,
                              size_t deferred) {
    char *kept = arena_array(p->arena, *count, size);
    uint32_t all = *count;
    *count = 0;
    for (uint32_t i = 0; i < all; i++) {
        const char *item = (const char *)items + i * size;
        if (*(const bool *)(item + deferred)) p->withheld++;
        else memcpy(kept + (*count)++ * size, item, size);
    }
    return kept;
}

#define WITHHOLD(list, count, Entry)                                                      \
    plan->list = keep_shown(p, plan->list, &plan->count, sizeof(Entry), offsetof(Entry, deferred))

static void withhold(PlanPage *p, Plan *plan) {
    WITHHOLD(options, option_count, PlanOption);
    WITHHOLD(alerts, alert_count, PlanAlert);
    WITHHOLD(workup, workup_count, PlanWorkup);
    WITHHOLD(follow_up, follow_up_count, PlanFollowUp);
    WITHHOLD(tasks, task_count, PlanTask);
    WITHHOLD(roles, role_count, PlanRole);
}

/* ---- the page ---- */

/* What is to be done at once, and nothing else. */
static void print_emergency(PlanPage *p) {
    page_summary(p, false);
    page_triage(p);
    page_alerts(p);
    page_notes(p);
    page_workup(p);
    page_tasks(p);
    page_withheld(p, true);
}

static void print_all(PlanPage *p) {
    page_summary(p, true);
    page_triage(p);
    page_head(p);
    page_alerts(p);
    page_options(p);
    page_workup(p);
    page_follow_up(p);
    page_tasks(p);
    page_board(p);
    page_trials(p);
    page_missing(p);
    page_computed(p);
    page_measures(p);
    page_notes(p);
    page_withheld(p, false);
}

void plan_write_text(const Plan *plan, TextStyle style, Buffer *out) {
    Plan own = *plan;
    Eval eval = *plan->eval;
    eval.arena = out->arena;
    own.eval = &eval;
    PlanPage page = { .page = { out, style.width, style.colour }, .arena = out->arena,
                      .plan = &own, .explain = style.explain };
    if (!style.acknowledged) withhold(&page, &own);
    bool emergency = plan->triage.level == TRIAGE_EMERGENCY_NOW && !style.acknowledged;
    if (emergency) print_emergency(&page);
    else print_all(&page);
    print_sources(&page);
    print_foot(&page);
}
