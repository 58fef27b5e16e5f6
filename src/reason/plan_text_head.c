/* plan_text_head.c - the head of the page: what the plan says in one line, then the diagnosis,
 * the stage, and the values that lie on a limit.
 *
 * Elements that the plan's contract names stand together in rows; any other has a row of its
 * own, named by its key. */
#include "reason/plan_text_parts.h"

static Value element(Value tuple, const char *name) { return value_element(tuple, name); }

static Str words_at(PlanPage *p, Value tuple, const char *name) {
    Value value = element(tuple, name);
    return value_is_null(value) ? (Str){ "", 0 } : page_value(p, value);
}

/* A list without items, or a tuple of nulls, is not worth a row. */
static bool is_empty(Value value) {
    if (value_is_null(value)) return true;
    if (value.tag == TAG_LIST) return value.list->count == 0;
    if (value.tag != TAG_TUPLE) return false;
    for (uint32_t i = 0; i < value.tuple->shape->count; i++)
        if (!value_is_null(value.tuple->items[i])) return false;
    return true;
}

static bool is_in(Str name, const char *const *names) {
    while (*names != NULL && !str_is(name, *names)) names++;
    return *names != NULL;
}

/* The elements that no row before has shown. */
static void print_others(PlanPage *p, Value tuple, const char *const *shown) {
    for (uint32_t i = 0; tuple.tag == TAG_TUPLE && i < tuple.tuple->shape->count; i++) {
        Str name = tuple.tuple->shape->names[i];
        if (is_in(name, shown) || is_empty(tuple.tuple->items[i])) continue;
        page_row(p, 2, TONE_PLAIN, str_to_c(p->arena, page_key(p, name)),
                 page_value(p, tuple.tuple->items[i]));
    }
}

/* The names of the facts that a place of the plan lacks; empty: none. */
static Str lacking(PlanPage *p, const char *place) {
    Buffer out = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->missing_count; i++) {
        const PlanMissing *missing = &p->plan->missing[i];
        for (uint32_t k = 0; k < missing->wanted_for.count; k++)
            if (str_is(missing->wanted_for.items[k], place))
                page_add(&out, ", ", missing->fact->text);
    }
    return buffer_str(&out);
}

static void print_lacking(PlanPage *p, const char *label, const char *place) {
    Str lacks = lacking(p, place);
    if (lacks.length != 0)
        page_row(p, 2, TONE_CARE, label,
                 str_format(p->arena, "not known: lacks %.*s", STR_ARGS(lacks)));
}

/* ---- one line ---- */

static void add_diagnosis(PlanPage *p, Buffer *line) {
    Value diagnosis = p->plan->diagnosis;
    Str grade = words_at(p, diagnosis, "grade");
    Str entity = words_at(p, diagnosis, "entity"), site = words_at(p, diagnosis, "site");
    page_add(line, "", str_is(entity, "unknown") ? STR("entity not known") : entity);
    page_add(line, ", ", str_is(site, "unknown") ? STR("site not known") : page_word(p, site));
    if (grade.length == 0 && lacking(p, "diagnosis.grade").length != 0)
        grade = STR("grade not known");
    page_add(line, ", ", grade);
}

static Str categories(PlanPage *p, Value stage) {
    Buffer out = buffer_new(p->arena);
    page_add(&out, " ", words_at(p, stage, "T"));
    page_add(&out, " ", words_at(p, stage, "N"));
    page_add(&out, " ", words_at(p, stage, "M"));
    return buffer_str(&out);
}

static void add_stage(PlanPage *p, Buffer *line) {
    Str group = words_at(p, p->plan->stage, "group"), tnm = categories(p, p->plan->stage);
    if (group.length == 0 && tnm.length == 0) return;
    page_add(line, "; ", group.length != 0 ? STR("stage ") : STR("stage not known"));
    buffer_add(line, group);
    if (tnm.length != 0) buffer_format(line, " (%.*s)", STR_ARGS(tnm));
}

static void add_count(PlanPage *p, Buffer *line, uint32_t count, const char *what) {
    if (count != 0) page_add(line, ", ", str_format(p->arena, "%u %s", count, what));
}

static uint32_t count_hard(const Plan *plan) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->alert_count; i++)
        count += str_is(plan->alerts[i].statement->severity, "hard");
    return count;
}

static Str count_all(PlanPage *p) {
    static const char *const words[STATUS_COUNT] = { "recommended", "may be considered",
                                                     "waiting for a fact", "not recommended",
                                                     "contraindicated" };
    uint32_t counts[STATUS_COUNT] = { 0 };
    Buffer line = buffer_new(p->arena);
    for (uint32_t i = 0; i < p->plan->option_count; i++) counts[p->plan->options[i].status]++;
    for (int i = 0; i < STATUS_COUNT; i++) add_count(p, &line, counts[i], words[i]);
    Str options = line.length != 0 ? buffer_str(&line) : STR("none");
    uint32_t hard = count_hard(p->plan);
    return str_format(p->arena, "Options: %.*s.%s", STR_ARGS(options),
                      hard == 0   ? ""
                      : hard == 1 ? " One alert to be answered."
                                  : str_to_c(p->arena, str_format(p->arena,
                                                                  " %u alerts to be answered.",
                                                                  hard)));
}

/* "2026-06-01T10:00:00.000Z" -> "2026-06-01 10:00 UTC" */
static Str moment(PlanPage *p) {
    Str text = page_value(p, p->plan->as_of);
    if (text.length < 17 || text.data[10] != 'T') return text;
    bool utc = text.data[text.length - 1] == 'Z';
    return str_format(p->arena, "%.*s %.*s%s", 10, text.data, 5, text.data + 11,
                      utc ? " UTC" : "");
}

void page_summary(PlanPage *p, bool with_counts) {
    Buffer line = buffer_new(p->arena);
    Str as_of = moment(p);
    page_begin_tone(&p->page, TONE_STRONG);
    buffer_format(p->page.out, "Plan for %.*s", STR_ARGS(p->plan->patient));
    page_end_tone(&p->page, TONE_STRONG);
    buffer_format(p->page.out, " as of %.*s\n", STR_ARGS(as_of));
    add_diagnosis(p, &line);
    add_stage(p, &line);
    if (line.length != 0) buffer_add_char(&line, '.');
    if (line.length != 0) page_paragraph(&p->page, TONE_STRONG, "", buffer_str(&line));
    if (with_counts) page_paragraph(&p->page, TONE_PLAIN, "", count_all(p));
}

/* ---- diagnosis ---- */

static Str with_name(PlanPage *p, Value tuple, const char *name) {
    Str text = words_at(p, tuple, name);
    return text.length != 0 ? code_name(p->plan->guideline, text) : text;
}

static void add_in_brackets(Buffer *line, Str more) {
    if (more.length != 0) buffer_format(line, " (%.*s)", STR_ARGS(more));
}

static void print_suspected(PlanPage *p, Value list) {
    for (uint32_t i = 0; list.tag == TAG_LIST && i < list.list->count; i++) {
        Value item = list.list->items[i];
        Str missing = page_names(p, value_strings(p->plan->eval, element(item, "missing")));
        Buffer line = buffer_new(p->arena);
        page_add(&line, "", page_word(p, words_at(p, item, "id")));
        page_add(&line, ": ", page_word(p, words_at(p, item, "status")));
        if (missing.length != 0) buffer_format(&line, ", lacks %.*s", STR_ARGS(missing));
        buffer_format(&line, " [%.*s]", STR_ARGS(words_at(p, item, "rule")));
        page_row(p, 2, TONE_CARE, "suspected", buffer_str(&line));
    }
}

static void print_grade(PlanPage *p, Value diagnosis) {
    Buffer line = buffer_new(p->arena);
    Str basis = words_at(p, diagnosis, "gradeBasis");
    page_add(&line, "", words_at(p, diagnosis, "grade"));
    if (line.length == 0) {
        Str reason = words_at(p, diagnosis, "gradeReason");
        if (lacking(p, "diagnosis.grade").length != 0)
            print_lacking(p, "grade", "diagnosis.grade");
        else if (reason.length != 0)
            page_row(p, 2, TONE_PLAIN, "grade",
                     str_format(p->arena, "none: %.*s", STR_ARGS(page_word(p, reason))));
        return;
    }
    if (basis.length != 0) buffer_format(&line, ", by %.*s", STR_ARGS(page_word(p, basis)));
    page_row(p, 2, TONE_PLAIN, "grade", buffer_str(&line));
}

static void print_diagnosis(PlanPage *p) {
    static const char *const shown[] = { "entity", "subtype", "certainty", "site", "subsite",
                                         "grade", "gradeBasis", "gradeReason", "functional",
                                         "functionalStatus", "suspected", "flags", NULL };
    Value diagnosis = p->plan->diagnosis;
    page_heading(&p->page, "Diagnosis");
    if (diagnosis.tag != TAG_TUPLE)
        page_paragraph(&p->page, TONE_CARE, "  ", STR("not known"));
    Buffer entity = buffer_new(p->arena), site = buffer_new(p->arena);
    page_add(&entity, "", words_at(p, diagnosis, "entity"));
    page_add(&entity, ", ", page_word(p, words_at(p, diagnosis, "subtype")));
    Str certainty = words_at(p, diagnosis, "certainty");
    if (str_is(certainty, "unknown")) certainty = STR("certainty not known");
    page_add(&entity, ", ", certainty);
    page_add(&site, "", page_word(p, words_at(p, diagnosis, "site")));
    add_in_brackets(&site, with_name(p, diagnosis, "subsite"));
    page_row_if(p, 2, TONE_PLAIN, "entity", buffer_str(&entity));
    page_row_if(p, 2, TONE_PLAIN, "site", buffer_str(&site));
    print_grade(p, diagnosis);
    Buffer function = buffer_new(p->arena);
    page_add(&function, "", words_at(p, diagnosis, "functionalStatus"));
    if (!is_empty(element(diagnosis, "functional")))
        page_add(&function, ": ", page_words(p, value_strings(p->plan->eval,
                                                               element(diagnosis, "functional"))));
    page_row_if(p, 2, TONE_PLAIN, "function", buffer_str(&function));
    print_suspected(p, element(diagnosis, "suspected"));
    print_others(p, diagnosis, shown);
    page_row_if(p, 2, TONE_CARE, "note",
                page_words(p, value_strings(p->plan->eval, element(diagnosis, "flags"))));
}

/* ---- stage ---- */

/* "T2 (at least) N0 M0" */
static Str qualified_categories(PlanPage *p, Value stage) {
    static const char *const names[] = { "T", "N", "M" };
    Buffer out = buffer_new(p->arena);
    for (size_t i = 0; i < 3; i++) {
        page_add(&out, " ", words_at(p, stage, names[i]));
        add_in_brackets(&out, page_word(p, words_at(p, element(stage, "qualifiers"), names[i])));
    }
    return buffer_str(&out);
}

static Str system_of(PlanPage *p, Value stage) {
    Buffer out = buffer_new(p->arena);
    page_add(&out, "", words_at(p, stage, "system"));
    Str edition = words_at(p, stage, "edition");
    if (edition.length != 0)
        page_add(&out, " ", str_format(p->arena, "edition %.*s", STR_ARGS(edition)));
    page_add(&out, ", ", words_at(p, stage, "basis"));
    return buffer_str(&out);
}

static void print_alternative(PlanPage *p, Value stage, Value other) {
    Buffer line = buffer_new(p->arena);
    Str group = words_at(p, other, "group"), tnm = categories(p, other);
    bool same = str_equal(group, words_at(p, stage, "group")) &&
                str_equal(tnm, categories(p, stage));
    page_add(&line, "", page_word(p, words_at(p, other, "why")));
    page_add(&line, ", ", system_of(p, other));
    page_add(&line, ": ", same ? STR("the same") : group.length != 0 ? group : STR("no group"));
    if (!same) add_in_brackets(&line, tnm);
    page_row(p, 2, TONE_PLAIN, "or", buffer_str(&line));
}

static void print_reported(PlanPage *p, Value stage) {
    Buffer line = buffer_new(p->arena);
    Value agrees = element(stage, "agrees");
    page_add(&line, "", words_at(p, stage, "reported"));
    if (line.length == 0) return;
    if (agrees.tag == TAG_BOOLEAN)
        buffer_add_text(&line, agrees.boolean ? ", agrees" : ", differs from this");
    page_row(p, 2, agrees.tag == TAG_BOOLEAN && !agrees.boolean ? TONE_CARE : TONE_PLAIN,
             "reported", buffer_str(&line));
}

static void print_group(PlanPage *p, Value stage) {
    Str group = words_at(p, stage, "group"), reason = words_at(p, stage, "reason");
    if (group.length != 0) page_row(p, 2, TONE_PLAIN, "group", group);
    else if (lacking(p, "stage.group").length != 0) print_lacking(p, "group", "stage.group");
    else if (reason.length != 0)
        page_row(p, 2, TONE_CARE, "group",
                 str_format(p->arena, "none: %.*s", STR_ARGS(page_word(p, reason))));
}

static void print_stage(PlanPage *p) {
    static const char *const shown[] = { "group", "T", "N", "M", "system", "edition", "basis",
                                         "qualifiers", "alternatives", "reported", "agrees",
                                         "reason", "flags", NULL };
    Value stage = p->plan->stage, others = element(stage, "alternatives");
    page_heading(&p->page, "Stage");
    if (stage.tag != TAG_TUPLE) page_paragraph(&p->page, TONE_CARE, "  ", STR("not known"));
    print_group(p, stage);
    Buffer line = buffer_new(p->arena);
    page_add(&line, "", qualified_categories(p, stage));
    page_add(&line, "; ", system_of(p, stage));
    page_row_if(p, 2, TONE_PLAIN, "categories", buffer_str(&line));
    for (uint32_t i = 0; others.tag == TAG_LIST && i < others.list->count; i++)
        print_alternative(p, stage, others.list->items[i]);
    print_reported(p, stage);
    print_others(p, stage, shown);
    page_row_if(p, 2, TONE_CARE, "note",
                page_words(p, value_strings(p->plan->eval, element(stage, "flags"))));
}

/* ---- values on a limit ---- */

static void print_boundary(PlanPage *p, Value boundary) {
    Buffer line = buffer_new(p->arena);
    Str unit = unit_in_words(p->arena, words_at(p, boundary, "unit"));
    buffer_format(&line, "%.*s ", STR_ARGS(with_name(p, boundary, "fact")));
    buffer_add(&line, words_at(p, boundary, "value"));
    page_add(&line, " ", unit);
    Str rule = words_at(p, boundary, "rule"), limit = words_at(p, boundary, "limit");
    if (limit.length != 0)
        buffer_format(&line, ": the rule says %.*s %.*s",
                      STR_ARGS(words_at(p, boundary, "operator")), STR_ARGS(limit));
    if (rule.length != 0) buffer_format(&line, " [%.*s]", STR_ARGS(rule));
    page_row(p, 2, TONE_CARE, "on a limit", buffer_str(&line));
}

void page_head(PlanPage *p) {
    Value boundaries = p->plan->boundaries;
    print_diagnosis(p);
    print_stage(p);
    for (uint32_t i = 0; boundaries.tag == TAG_LIST && i < boundaries.list->count; i++)
        print_boundary(p, boundaries.list->items[i]);
}
