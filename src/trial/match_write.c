/* match_write.c - what a record's match says, as one line of JSON and for people. */
#include "reason/paragraph.h"
#include "reason/value_form.h"
#include "trial/match.h"

/* ---- JSON ---- */

static void write_criterion(JsonWriter *w, const TrialSet *set, const CriterionMatch *match) {
    const Criterion *criterion = match->criterion;
    json_begin_object(w);
    json_write_member(w, "kind", criterion->exclusion ? STR("exclusion") : STR("inclusion"));
    json_write_member_or_null(w, "text", criterion->text);
    json_write_member(w, "result", str_from(outcome_names[match->outcome]));
    if (criterion->source == CRITERION_DEFINE) {
        const Define *define = program_define(set->guideline->program, criterion->define);
        json_write_key(w, "define");
        Buffer name = buffer_new(w->out->arena);
        buffer_format(&name, "%.*s.%.*s", STR_ARGS(define->library), STR_ARGS(define->name));
        json_write_str(w, buffer_str(&name));
    }
    str_list_write_json(w, "missing", match->missing);
    reasons_write_json(w, "because", match->because);
    str_list_write_json(w, "evidence", match->evidence);
    json_end_object(w);
}

static void write_trial(JsonWriter *w, const TrialSet *set, const TrialMatch *match) {
    json_begin_object(w);
    json_write_member(w, "id", match->trial->id);
    json_write_member_or_null(w, "acronym", match->trial->acronym);
    json_write_member_or_null(w, "title", match->trial->title);
    json_write_member_or_null(w, "overallStatus", match->trial->overall_status);
    json_write_member_or_null(w, "verified", match->trial->verified);
    json_write_member_or_null(w, "certainty", match->trial->certainty);
    json_write_member(w, "status", str_from(eligibility_names[match->eligibility]));
    json_write_key(w, "distance");
    json_begin_object(w);
    json_write_member_integer(w, "failed", match->outcomes[OUTCOME_NOT_MET]);
    json_write_member_integer(w, "unknown", match->outcomes[OUTCOME_UNKNOWN]);
    json_write_member_integer(w, "met", match->outcomes[OUTCOME_MET]);
    json_write_member_integer(w, "notEncoded", match->outcomes[OUTCOME_NOT_ENCODED]);
    json_write_member_integer(w, "ask", match->outcomes[OUTCOME_ASK]);
    json_end_object(w);
    json_write_key(w, "criteria");
    json_begin_array(w);
    for (uint32_t i = 0; i < match->trial->count; i++) write_criterion(w, set, &match->criteria[i]);
    json_end_array(w);
    json_end_object(w);
}

void record_match_write_json(const RecordMatch *match, Buffer *out) {
    JsonWriter writer = json_writer(out), *w = &writer;
    const Guideline *guideline = match->set->guideline;
    json_begin_object(w);
    json_write_member(w, "islet", STR("1"));
    json_write_key(w, "guideline");
    json_begin_object(w);
    json_write_member(w, "name", guideline->name);
    json_write_member(w, "version", guideline->version);
    json_end_object(w);
    json_write_key(w, "asOf");
    value_write_json(w, match->eval, match->as_of);
    json_write_member(w, "patient", match->patient);
    json_write_key(w, "summary");
    json_begin_object(w);
    json_write_member_integer(w, "studies", match->set->count);
    json_write_member_integer(w, "eligible", match->counts[ELIGIBLE]);
    json_write_member_integer(w, "cannotEvaluate", match->counts[CANNOT_EVALUATE]);
    json_write_member_integer(w, "notEligible", match->counts[NOT_ELIGIBLE]);
    json_end_object(w);
    json_write_key(w, "studies");
    json_begin_array(w);
    for (uint32_t i = 0; i < match->set->count; i++) write_trial(w, match->set, match->trials[i]);
    json_end_array(w);
    json_end_object(w);
}

/* ---- for people ---- */

/* "Ki-67 (loinc#29593-1), ECOG performance status (loinc#89247-1)" */
static Str name_facts(const TrialSet *set, StrList codes, Arena *arena) {
    const Guideline *guideline = set->guideline;
    Buffer text = buffer_new(arena);
    for (uint32_t i = 0; i < codes.count; i++) {
        Str name = codes.items[i];
        for (uint32_t k = guideline->fact_count; k-- > 0;)
            if (str_equal(guideline->facts[k].code, codes.items[i]))
                name = guideline->facts[k].text;
        buffer_format(&text, "%s%.*s (%.*s)", i == 0 ? "" : ", ", STR_ARGS(name),
                      STR_ARGS(codes.items[i]));
    }
    return buffer_str(&text);
}

static Str join_reasons(Reasons reasons, Arena *arena) {
    Buffer text = buffer_new(arena);
    for (uint32_t i = 0; i < reasons.count; i++)
        buffer_format(&text, "%s%.*s", i == 0 ? "" : "; ", STR_ARGS(reasons.items[i].text));
    return buffer_str(&text);
}

static void print_criterion(Page *page, const TrialSet *set, const CriterionMatch *match) {
    static const struct { const char *mark; Tone tone; } looks[OUTCOME_COUNT] = {
        { "  met          ", TONE_GOOD },  { "  NOT MET      ", TONE_BAD },
        { "  unknown      ", TONE_CARE },  { "  not encoded  ", TONE_FAINT },
        { "  to be asked  ", TONE_FAINT } };
    Arena *arena = page->out->arena;
    Str text = str_format(arena, "%s%.*s", match->criterion->exclusion ? "Not: " : "",
                          STR_ARGS(match->criterion->text));
    page_paragraph(page, looks[match->outcome].tone, looks[match->outcome].mark, text);
    if (match->because.count != 0 && match->outcome != OUTCOME_MET)
        page_paragraph(page, TONE_FAINT, "               because: ",
                       join_reasons(match->because, arena));
    if (match->missing.count != 0)
        page_paragraph(page, TONE_FAINT, "               missing: ",
                       name_facts(set, match->missing, arena));
}

static void print_trial(Page *page, const TrialSet *set, const TrialMatch *match) {
    static const char *const words[ELIGIBILITY_COUNT] = {
        "eligible by what is encoded", "cannot be evaluated", "not eligible" };
    const Trial *trial = match->trial;
    Arena *arena = page->out->arena;
    Str name = str_format(arena, "%.*s%s%.*s: %s", STR_ARGS(trial->id),
                          trial->acronym.length == 0 ? "" : " ", STR_ARGS(trial->acronym),
                          words[match->eligibility]);
    page_heading(page, str_to_c(arena, name));
    page_paragraph(page, TONE_PLAIN, "  ", trial->title);
    if (str_is(trial->certainty, "summary"))
        page_paragraph(page, TONE_CARE, "  ",
                       STR("draft: the criteria are from a summary, to be confirmed"));
    page_paragraph(page, TONE_PLAIN, "  ",
                   str_format(arena, "distance: %u failed, %u unknown; %u met, %u not encoded, "
                                     "%u to be asked", match->outcomes[OUTCOME_NOT_MET],
                              match->outcomes[OUTCOME_UNKNOWN], match->outcomes[OUTCOME_MET],
                              match->outcomes[OUTCOME_NOT_ENCODED], match->outcomes[OUTCOME_ASK]));
    for (uint32_t i = 0; i < trial->count; i++) print_criterion(page, set, &match->criteria[i]);
}

void record_match_write_text(const RecordMatch *match, uint32_t width, bool colour, Buffer *out) {
    Page page = { out, width, colour };
    page_begin_tone(&page, TONE_STRONG);
    buffer_format(out, "%.*s", STR_ARGS(match->patient));
    page_end_tone(&page, TONE_STRONG);
    buffer_format(out, "  %u %s: %u eligible by what is encoded, %u cannot be evaluated, "
                       "%u not eligible\n", match->set->count,
                  match->set->count == 1 ? "study" : "studies", match->counts[ELIGIBLE],
                  match->counts[CANNOT_EVALUATE], match->counts[NOT_ELIGIBLE]);
    for (uint32_t i = 0; i < match->set->count; i++)
        print_trial(&page, match->set, match->trials[i]);
}
