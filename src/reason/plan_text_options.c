/* plan_text_options.c - the options of the page, by status.
 *
 * Options that the same rules judge for the same reasons stand together.  Reasons that all
 * options share are said once, above them. */
#include "reason/plan_text_parts.h"

enum { MARGIN = 6 };

static const Tone status_tones[STATUS_COUNT] = { TONE_GOOD, TONE_GOOD, TONE_CARE, TONE_BAD,
                                                 TONE_BAD };
static const char *const status_headings[STATUS_COUNT] = {
    "Recommended", "May be considered", "Waiting for a fact", "Not recommended",
    "Contraindicated" };

/* ---- reasons ---- */

static bool has_reason(const Reasons *reasons, Str text) {
    for (uint32_t i = 0; i < reasons->count; i++)
        if (str_equal(reasons->items[i].text, text)) return true;
    return false;
}

/* A reason of every option, of two at least. */
static bool is_shared(const Plan *plan, Str text) {
    if (plan->option_count < 2) return false;
    for (uint32_t i = 0; i < plan->option_count; i++)
        if (!has_reason(&plan->options[i].because, text)) return false;
    return true;
}

static void add_reason(PlanPage *p, Buffer *line, const Reason *reason) {
    page_add(line, "; ", reason->text);
    if (p->explain && reason->evidence.count != 0)
        buffer_format(line, " (%.*s)", STR_ARGS(page_join(p, reason->evidence, ", ")));
}

static void print_shared(PlanPage *p) {
    Buffer line = buffer_new(p->arena);
    const Reasons *first = &p->plan->options[0].because;
    for (uint32_t i = 0; i < first->count; i++)
        if (is_shared(p->plan, first->items[i].text)) add_reason(p, &line, &first->items[i]);
    if (line.length != 0) page_paragraph(&p->page, TONE_FAINT, "  For all: ", buffer_str(&line));
}

static Str own_reasons(PlanPage *p, const Reasons *reasons) {
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; i < reasons->count; i++)
        if (!is_shared(p->plan, reasons->items[i].text)) add_reason(p, &line, &reasons->items[i]);
    return buffer_str(&line);
}

static Str against_reasons(PlanPage *p, const Reasons *reasons) {
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; i < reasons->count; i++) add_reason(p, &line, &reasons->items[i]);
    return buffer_str(&line);
}

/* ---- options that are judged alike ---- */

static bool same_list(StrList a, StrList b) {
    if (a.count != b.count) return false;
    for (uint32_t i = 0; i < a.count; i++)
        if (!str_equal(a.items[i], b.items[i])) return false;
    return true;
}

static bool same_reasons(const Reasons *a, const Reasons *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!str_equal(a->items[i].text, b->items[i].text)) return false;
    return true;
}

static bool same_sources(Citations a, Citations b) {
    if (a.count != b.count) return false;
    for (uint32_t i = 0; i < a.count; i++)
        if (a.items[i] != b.items[i]) return false;
    return true;
}

static bool judged_alike(const PlanOption *a, const PlanOption *b) {
    return a->status == b->status && same_list(a->rules, b->rules) &&
           same_list(a->flags, b->flags) && same_list(a->missing, b->missing) &&
           same_list(a->requires_first, b->requires_first) &&
           same_reasons(&a->because, &b->because) && same_reasons(&a->against, &b->against) &&
           same_sources(a->sources, b->sources) && str_equal(a->strength, b->strength) &&
           a->line == b->line && a->field_count == 0 && b->field_count == 0;
}

/* ---- rows ---- */

static void print_title(PlanPage *p, const PlanOption *option) {
    const OptionGroup *group = option->group;
    Buffer title = buffer_new(p->arena);
    buffer_add(&title, group->activity->title);
    if (!str_is(group->action, "start"))
        buffer_format(&title, ": %.*s", STR_ARGS(page_word(p, group->action)));
    if (!str_is(group->purpose, "antitumour"))
        buffer_format(&title, " (%.*s)", STR_ARGS(page_word(p, group->purpose)));
    buffer_format(&title, " [%.*s]", STR_ARGS(group->activity->id));
    page_paragraph(&p->page, TONE_STRONG, "    ", buffer_str(&title));
}

/* The names that people know the missing facts by. */
static Str missing_names(PlanPage *p, StrList codes) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->missing_count; i++)
        for (uint32_t k = 0; k < codes.count; k++)
            if (str_equal(p->plan->missing[i].fact->code, codes.items[k]))
                page_add(&out, ", ", p->plan->missing[i].fact->text);
    return buffer_str(&out);
}

static Str rule_words(PlanPage *p, const PlanOption *option) {
    Buffer out = buffer_new(p->arena);
    buffer_add(&out, page_join(p, option->rules, ", "));
    if (option->line != 0) buffer_format(&out, "; line %u", option->line);
    if (option->strength.length != 0)
        buffer_format(&out, "; strength %.*s", STR_ARGS(option->strength));
    page_add(&out, "; ", page_cite(p, option->sources.items, option->sources.count));
    return buffer_str(&out);
}

static void print_trace(PlanPage *p, const Trace *trace) {
    for (uint32_t i = 0; i < trace->count; i++) {
        const TraceStep *step = &trace->items[i];
        const Define *define = program_define(p->plan->guideline->program, step->define);
        Buffer first = buffer_new(p->arena), text = buffer_new(p->arena);
        for (uint32_t k = 0; k < step->depth + 3 && k < 20; k++) buffer_add_text(&first, "  ");
        buffer_format(&text, "\"%.*s\" = ", STR_ARGS(define->name));
        buffer_add(&text, page_value(p, step->value));
        if (step->resources.count != 0)
            buffer_format(&text, " <- %.*s", STR_ARGS(page_join(p, step->resources, ", ")));
        buffer_format(&text, "  [%.*s:%u]", STR_ARGS(define->file), define->span.line);
        page_paragraph(&p->page, TONE_FAINT, str_to_c(p->arena, buffer_str(&first)),
                       buffer_str(&text));
    }
}

/* Of an option that waits what it waits for is enough, unless all is asked for. */
static void print_judgement(PlanPage *p, const PlanOption *option) {
    page_row_if(p, MARGIN, TONE_CARE, "lacks", missing_names(p, option->missing));
    if (option->missing.count == 0 || p->explain)
        page_row_if(p, MARGIN, TONE_PLAIN, "because", own_reasons(p, &option->because));
    page_row_if(p, MARGIN, TONE_PLAIN, "against that", against_reasons(p, &option->against));
    page_row_if(p, MARGIN, TONE_PLAIN, "first", page_names(p, option->requires_first));
    for (uint32_t i = 0; i < option->field_count; i++)
        page_row(p, MARGIN, TONE_PLAIN, str_to_c(p->arena, option->fields[i].name),
                 page_pairs(p, option->fields[i].value));
    page_row_if(p, MARGIN, TONE_PLAIN, "note", page_words(p, option->flags));
    page_row_if(p, MARGIN, TONE_FAINT, "rule", rule_words(p, option));
    print_trace(p, &option->trace);
}

/* ---- the section ---- */

/* Without options an alert of no rule may say why. */
static void print_no_options(PlanPage *p) {
    bool said = false;
    for (uint32_t i = 0; i < p->plan->alert_count; i++) {
        const PlanAlert *alert = &p->plan->alerts[i];
        if (!page_explains_no_options(p->plan, alert)) continue;
        page_paragraph(&p->page, TONE_CARE, "  ", alert->text);
        said = true;
    }
    if (!said)
        page_paragraph(&p->page, TONE_PLAIN, "  ", STR("No rule speaks of an option here."));
}

void page_options(PlanPage *p) {
    const Plan *plan = p->plan;
    int shown = -1;
    page_heading(&p->page, "Options");
    if (plan->option_count == 0) print_no_options(p);
    else print_shared(p);
    for (uint32_t i = 0; i < plan->option_count; i++) {
        const PlanOption *option = &plan->options[i];
        if ((int)option->status != shown)
            page_paragraph(&p->page, status_tones[option->status], "  ",
                           str_from(status_headings[option->status]));
        shown = (int)option->status;
        print_title(p, option);
        bool alike = !p->explain && i + 1 < plan->option_count &&
                     judged_alike(option, &plan->options[i + 1]);
        if (!alike) print_judgement(p, option);
    }
}
