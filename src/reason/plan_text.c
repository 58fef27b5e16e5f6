/* plan_text.c - the plan as a page for people.
 *
 * Sections: patient, diagnosis, stage, alerts, options by status, work-up, what is missing
 * and for what, sources.  Sources are named by their labels where they are used and listed
 * once at the end.  Nothing in here knows what the elements of diagnosis and stage mean. */
#include "base/vec.h"
#include "reason/paragraph.h"
#include "reason/plan.h"
#include "reason/value_form.h"

enum { LABEL_COLUMNS = 20 };

typedef struct Text {
    Page page;
    Arena *arena;
    const Plan *plan;
    bool explain;
    VEC(const Citation *) cited;
} Text;

/* ---- rows ---- */

/* "functionalStatus" -> "functional status" */
static Str words_of_key(Arena *arena, Str key) {
    Buffer out = buffer_new(arena);
    for (size_t i = 0; i < key.length; i++) {
        char c = key.data[i];
        bool capital = c >= 'A' && c <= 'Z' && key.length > 1;
        if (capital && i != 0) buffer_add_char(&out, ' ');
        buffer_add_char(&out, capital ? (char)(c - 'A' + 'a') : c);
    }
    return buffer_str(&out);
}

static void print_row(Text *t, const char *margin, Tone tone, Str label, Str text) {
    Buffer first = buffer_new(t->arena);
    buffer_format(&first, "%s%-*.*s ", margin, LABEL_COLUMNS, STR_ARGS(label));
    page_paragraph(&t->page, tone, str_to_c(t->arena, buffer_str(&first)), text);
}

static Str join(Arena *arena, StrList list, const char *between) {
    Buffer out = buffer_new(arena);
    for (uint32_t i = 0; i < list.count; i++)
        buffer_format(&out, "%s%.*s", i == 0 ? "" : between, STR_ARGS(list.items[i]));
    return buffer_str(&out);
}

static void print_list_row(Text *t, const char *label, StrList list) {
    if (list.count != 0)
        print_row(t, "      ", TONE_PLAIN, str_from(label), join(t->arena, list, ", "));
}

static Str value_words(Text *t, Value value) {
    Buffer out = buffer_new(t->arena);
    value_write_words(t->plan->eval, value, &out);
    return buffer_str(&out);
}

/* A list without items, or a tuple of nulls, is not worth a row. */
static bool is_empty(Value value) {
    if (value.tag == TAG_LIST) return value.list->count == 0;
    if (value.tag != TAG_TUPLE) return false;
    for (uint32_t i = 0; i < value.tuple->shape->count; i++)
        if (!value_is_null(value.tuple->items[i])) return false;
    return true;
}

/* ---- diagnosis and stage ---- */

/* The names of the facts that a place of the plan lacks; empty: none. */
static Str lacking(Text *t, Str place) {
    Buffer out = buffer_new(t->arena);
    for (uint32_t i = 0; i < t->plan->missing_count; i++) {
        const PlanMissing *missing = &t->plan->missing[i];
        for (uint32_t k = 0; k < missing->wanted_for.count; k++)
            if (str_equal(missing->wanted_for.items[k], place))
                buffer_format(&out, "%s%.*s", out.length == 0 ? "" : ", ",
                              STR_ARGS(missing->fact->text));
    }
    return buffer_str(&out);
}

static void print_element(Text *t, const char *section, Str name, Value value) {
    Str place = str_format(t->arena, "%s.%.*s", section, STR_ARGS(name));
    Str label = words_of_key(t->arena, name);
    if (!value_is_null(value)) {
        print_row(t, "  ", TONE_PLAIN, label, value_words(t, value));
        return;
    }
    Str lacks = lacking(t, place);
    if (lacks.length != 0)
        print_row(t, "  ", TONE_CARE, label,
                  str_format(t->arena, "not known: lacks %.*s", STR_ARGS(lacks)));
}

static bool is_in(Str name, const char *const *names) {
    while (*names != NULL && !str_is(name, *names)) names++;
    return *names != NULL;
}

/* Those named first, in that order, then the others. */
static void print_tuple(Text *t, const char *section, Value value, const char *const *first) {
    if (value.tag != TAG_TUPLE) {
        page_paragraph(&t->page, TONE_CARE, "  ", STR("not known"));
        return;
    }
    const TupleShape *shape = value.tuple->shape;
    for (const char *const *name = first; *name != NULL; name++)
        for (uint32_t i = 0; i < shape->count; i++)
            if (str_is(shape->names[i], *name))
                print_element(t, section, shape->names[i], value.tuple->items[i]);
    for (uint32_t i = 0; i < shape->count; i++)
        if (!is_in(shape->names[i], first) && !is_empty(value.tuple->items[i]))
            print_element(t, section, shape->names[i], value.tuple->items[i]);
}

static void print_head(Text *t) {
    static const char *const diagnosis[] = { "entity", "subtype", "certainty", "site", "subsite",
                                             "grade", "gradeBasis", NULL };
    static const char *const stage[] = { "group", "T", "N", "M", "system", "edition", "basis",
                                         NULL };
    const Guideline *guideline = t->plan->guideline;
    Str as_of = value_words(t, t->plan->as_of);
    page_begin_tone(&t->page, TONE_STRONG);
    buffer_format(t->page.out, "Plan for %.*s", STR_ARGS(t->plan->patient));
    page_end_tone(&t->page, TONE_STRONG);
    buffer_format(t->page.out, " as of %.*s\n", STR_ARGS(as_of));
    page_paragraph(&t->page, TONE_FAINT, "",
                   str_format(t->arena, "Guideline %.*s %.*s%s%.*s", STR_ARGS(guideline->name),
                              STR_ARGS(guideline->version), guideline->title.length ? ": " : "",
                              STR_ARGS(guideline->title)));
    page_heading(&t->page, "Diagnosis");
    print_tuple(t, "diagnosis", t->plan->diagnosis, diagnosis);
    page_heading(&t->page, "Stage");
    print_tuple(t, "stage", t->plan->stage, stage);
}

/* ---- sources and reasons ---- */

static void cite(Text *t, const Citation *citation) {
    for (size_t i = 0; i < t->cited.count; i++)
        if (t->cited.items[i] == citation) return;
    vec_push(t->arena, &t->cited, citation);
}

static void print_sources_row(Text *t, const Citation *const *items, uint32_t count) {
    Str *labels = arena_array(t->arena, count, sizeof *labels);
    for (uint32_t i = 0; i < count; i++) {
        labels[i] = items[i]->label;
        cite(t, items[i]);
    }
    print_list_row(t, "sources", (StrList){ count, labels });
}

static void print_reasons(Text *t, const char *label, Reasons reasons) {
    Buffer out = buffer_new(t->arena);
    for (uint32_t i = 0; i < reasons.count; i++) {
        buffer_format(&out, "%s%.*s", i == 0 ? "" : "; ", STR_ARGS(reasons.items[i].text));
        if (t->explain && reasons.items[i].evidence.count != 0)
            buffer_format(&out, " (%.*s)",
                          STR_ARGS(join(t->arena, reasons.items[i].evidence, ", ")));
    }
    if (reasons.count != 0) print_row(t, "      ", TONE_PLAIN, str_from(label), buffer_str(&out));
}

/* ---- options ---- */

static const Tone status_tones[STATUS_COUNT] = { TONE_GOOD, TONE_GOOD, TONE_CARE, TONE_BAD,
                                                 TONE_BAD };
static const char *const status_headings[STATUS_COUNT] = {
    "Recommended", "May be considered", "Not to be decided yet: a fact is missing",
    "Not recommended", "Contraindicated" };

/* The names that people know the missing facts by. */
static void print_lacking_row(Text *t, StrList codes) {
    Buffer out = buffer_new(t->arena);
    for (uint32_t i = 0; i < t->plan->missing_count; i++)
        for (uint32_t k = 0; k < codes.count; k++)
            if (str_equal(t->plan->missing[i].fact->code, codes.items[k]))
                buffer_format(&out, "%s%.*s", out.length == 0 ? "" : ", ",
                              STR_ARGS(t->plan->missing[i].fact->text));
    if (out.length != 0) print_row(t, "      ", TONE_CARE, STR("lacks"), buffer_str(&out));
}

static void print_trace(Text *t, const Trace *trace) {
    for (uint32_t i = 0; i < trace->count; i++) {
        const TraceStep *step = &trace->items[i];
        const Define *define = program_define(t->plan->guideline->program, step->define);
        Buffer first = buffer_new(t->arena), text = buffer_new(t->arena);
        for (uint32_t k = 0; k < step->depth + 3 && k < 20; k++) buffer_add_text(&first, "  ");
        buffer_format(&text, "\"%.*s\" = ", STR_ARGS(define->name));
        buffer_add(&text, value_words(t, step->value));
        if (step->resources.count != 0)
            buffer_format(&text, " <- %.*s", STR_ARGS(join(t->arena, step->resources, ", ")));
        buffer_format(&text, "  [%.*s:%u]", STR_ARGS(define->file), define->span.line);
        page_paragraph(&t->page, TONE_FAINT, str_to_c(t->arena, buffer_str(&first)),
                       buffer_str(&text));
    }
}

static Str describe_option(Text *t, const PlanOption *option) {
    const OptionGroup *group = option->group;
    Buffer out = buffer_new(t->arena);
    buffer_add(&out, group->activity->title);
    if (!str_is(group->action, "start")) buffer_format(&out, ": %.*s", STR_ARGS(group->action));
    if (!str_is(group->purpose, "antitumour"))
        buffer_format(&out, " (%.*s)", STR_ARGS(group->purpose));
    buffer_format(&out, "  [%.*s]", STR_ARGS(group->activity->id));
    return buffer_str(&out);
}

static void print_rule_row(Text *t, const PlanOption *option) {
    Buffer out = buffer_new(t->arena);
    buffer_add(&out, join(t->arena, option->rules, ", "));
    if (option->line != 0) buffer_format(&out, "; line %u", option->line);
    if (option->strength.length != 0)
        buffer_format(&out, "; strength %.*s", STR_ARGS(option->strength));
    print_row(t, "      ", TONE_PLAIN, STR("rule"), buffer_str(&out));
}

static void print_option(Text *t, const PlanOption *option) {
    page_paragraph(&t->page, TONE_STRONG, "    ", describe_option(t, option));
    print_rule_row(t, option);
    print_reasons(t, "because", option->because);
    print_reasons(t, "against that", option->against);
    print_lacking_row(t, option->missing);
    print_list_row(t, "first", option->requires_first);
    print_list_row(t, "note", option->flags);
    print_sources_row(t, option->sources.items, option->sources.count);
    print_trace(t, &option->trace);
}

static void print_options(Text *t) {
    int shown = -1;
    page_heading(&t->page, "Options");
    if (t->plan->option_count == 0)
        page_paragraph(&t->page, TONE_PLAIN, "  ", STR("No rule speaks of an option here."));
    for (uint32_t i = 0; i < t->plan->option_count; i++) {
        const PlanOption *option = &t->plan->options[i];
        if ((int)option->status != shown)
            page_paragraph(&t->page, status_tones[option->status], "  ",
                           str_from(status_headings[option->status]));
        shown = (int)option->status;
        print_option(t, option);
    }
}

/* ---- alerts, work-up, missing ---- */

static void print_alert(Text *t, const PlanAlert *alert) {
    const Statement *s = alert->statement;
    Tone tone = str_is(s->severity, "hard") ? TONE_BAD : TONE_CARE;
    Buffer head = buffer_new(t->arena);
    buffer_add(&head, alert->text);
    buffer_format(&head, "  [%.*s%s%.*s]", STR_ARGS(alert->key),
                  s->severity.length != 0 ? ", " : "", STR_ARGS(s->severity));
    page_paragraph(&t->page, tone, "  ! ", buffer_str(&head));
    if (s->action.length != 0) {
        Str who = s->actor.length == 0 ? s->action
                                       : str_format(t->arena, "%.*s (%.*s)", STR_ARGS(s->action),
                                                    STR_ARGS(s->actor));
        print_row(t, "      ", TONE_PLAIN, STR("action"), who);
    }
    print_reasons(t, "because", alert->because);
    print_list_row(t, "blocks", alert->blocks);
    print_sources_row(t, s->sources, s->source_count);
}

static void print_workup(Text *t, const PlanWorkup *entry) {
    const Statement *s = entry->statement;
    Buffer text = buffer_new(t->arena);
    buffer_add(&text, s->item);
    if (s->text.length != 0) buffer_format(&text, ": %.*s", STR_ARGS(s->text));
    if (!value_is_null(entry->done)) {
        buffer_add_text(&text, ", done ");
        buffer_add(&text, value_words(t, entry->done));
    }
    if (s->when.length != 0) buffer_format(&text, " (%.*s)", STR_ARGS(s->when));
    buffer_format(&text, "  [%.*s]", STR_ARGS(s->id));
    print_row(t, "  ", TONE_PLAIN, s->advice, buffer_str(&text));
}

static void print_missing(Text *t, const PlanMissing *missing) {
    Buffer head = buffer_new(t->arena);
    buffer_format(&head, "%.*s (%.*s", STR_ARGS(missing->fact->text), STR_ARGS(missing->reason));
    if (!value_is_null(missing->last_date)) {
        buffer_add_text(&head, ", last ");
        buffer_add(&head, value_words(t, missing->last_date));
    }
    buffer_format(&head, ")  [%.*s]", STR_ARGS(missing->fact->code));
    page_paragraph(&t->page, TONE_CARE, "  - ", buffer_str(&head));
    page_paragraph(&t->page, TONE_PLAIN, "      would help to decide: ",
                   join(t->arena, missing->wanted_for, ", "));
}

/* Facts that only rules without an option lack, in one paragraph. */
static void print_lesser_missing(Text *t) {
    Buffer text = buffer_new(t->arena);
    for (uint32_t i = 0; i < t->plan->missing_count; i++) {
        const PlanMissing *missing = &t->plan->missing[i];
        if (missing->decides) continue;
        buffer_format(&text, "%s%.*s (%.*s)", text.length == 0 ? "Not known either: " : "; ",
                      STR_ARGS(missing->fact->text),
                      STR_ARGS(join(t->arena, missing->wanted_for, ", ")));
    }
    if (text.length != 0) page_paragraph(&t->page, TONE_FAINT, "  ", buffer_str(&text));
}

static void print_all_missing(Text *t) {
    if (t->plan->missing_count == 0) return;
    page_heading(&t->page, "Missing facts");
    for (uint32_t i = 0; i < t->plan->missing_count; i++)
        if (t->plan->missing[i].decides) print_missing(t, &t->plan->missing[i]);
    print_lesser_missing(t);
}

/* ---- the page ---- */

static void print_sources(Text *t) {
    if (t->cited.count != 0) page_heading(&t->page, "Sources");
    for (size_t i = 0; i < t->cited.count; i++) {
        const Citation *citation = t->cited.items[i];
        Buffer text = buffer_new(t->arena);
        buffer_add(&text, citation->cite);
        if (citation->doi.length != 0) buffer_format(&text, " doi:%.*s", STR_ARGS(citation->doi));
        else if (citation->url.length != 0) buffer_format(&text, " %.*s", STR_ARGS(citation->url));
        print_row(t, "  ", TONE_PLAIN, citation->label, buffer_str(&text));
    }
}

static void print_foot(Text *t) {
    buffer_add_char(t->page.out, '\n');
    page_paragraph(&t->page, TONE_FAINT, "",
                   STR("This plan supports clinicians. It is no medical device and no substitute "
                       "for a tumour board, which decides. Rules marked draft-rule are not yet "
                       "signed by a clinician."));
}

void plan_write_text(const Plan *plan, TextStyle style, Buffer *out) {
    Plan own = *plan;
    Eval eval = *plan->eval;
    eval.arena = out->arena;
    own.eval = &eval;
    Text text = { .page = { out, style.width, style.colour }, .arena = out->arena, .plan = &own,
                  .explain = style.explain };
    print_head(&text);
    if (plan->alert_count != 0) page_heading(&text.page, "Alerts");
    for (uint32_t i = 0; i < plan->alert_count; i++) print_alert(&text, &plan->alerts[i]);
    print_options(&text);
    if (plan->workup_count != 0) page_heading(&text.page, "Work-up");
    for (uint32_t i = 0; i < plan->workup_count; i++) print_workup(&text, &plan->workup[i]);
    print_all_missing(&text);
    print_sources(&text);
    print_foot(&text);
}
