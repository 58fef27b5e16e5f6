/* match.c - see match.h.
 *
 * A define is evaluated once for a record, however many studies ask for it.  All that belongs to
 * a record lives in one arena, which is reset before the next and guarded here. */
#include "trial/match.h"

#include <stdlib.h>

#include "fhir/fhir.h"
#include "fhir/record.h"
#include "reason/evidence.h"
#include "reason/moment.h"
#include "reason/workspace.h"

enum { RECORD_MEMORY = 512 << 20, RUN_MEMORY = 256 << 20 };

const char *const outcome_names[OUTCOME_COUNT] = { "met", "not-met", "unknown", "not-encoded",
                                                   "ask" };
const char *const eligibility_names[ELIGIBILITY_COUNT] = { "eligible", "cannot-evaluate",
                                                           "not-eligible" };

struct Matcher {
    const TrialSet *set;
    Workspace work; /* its own memory: the matcher and its run */
    Run *run;
    Value as_of, now;
};

typedef struct Matching {
    const TrialSet *set;
    Arena *arena;
    Run *run;
    Eval eval;
    Evidence evidence;
    bool failed;
    Diagnostic failure;
} Matching;

/* ---- the matcher ---- */

Matcher *matcher_new(const TrialSet *set, Value as_of) {
    Workspace work;
    if (!workspace_open(&work, RUN_MEMORY, RECORD_MEMORY)) return NULL;
    if (setjmp(*arena_guard(work.own))) {
        workspace_close(&work);
        return NULL;
    }
    Matcher *matcher = arena_alloc(work.own, sizeof *matcher);
    *matcher = (Matcher){ set, work,
                          run_new(work.own, set->guideline->program, (RunLimits){ 0 }), as_of,
                          moment_end(as_of, 0) };
    arena_unguard(work.own);
    return matcher;
}

void matcher_free(Matcher *matcher) {
    if (matcher == NULL) return;
    Workspace work = matcher->work; /* the matcher lies in its own memory */
    workspace_close(&work);
}

/* ---- criteria ---- */

static Value value_of(Matching *m, uint32_t define) {
    Value value = value_null();
    if (m->failed || run_peek(m->run, define, &value)) return value;
    if (run_define(m->run, define, &value, &m->failure)) return value;
    m->failed = true;
    return value_null();
}

/* What the defines rest on.  unsure: their values are there and do not suffice, so that their facts
 * are missing in a better form. */
static void explain(Matching *m, const uint32_t *defines, uint32_t count, bool unsure,
                    CriterionMatch *match) {
    Evidence *e = &m->evidence;
    const uint64_t *facts = e->none, *resources = e->none, *missing = e->none;
    for (uint32_t i = 0; i < count; i++) {
        const Support *support = evidence_of(e, defines[i]);
        evidence_unite_facts(e, &facts, support->facts);
        evidence_unite_resources(e, &resources, support->resources);
        evidence_unite_facts(e, &missing, unsure ? support->facts : support->missing);
    }
    match->because = evidence_reasons(e, facts);
    match->evidence = evidence_references(e, resources);
    if (match->outcome == OUTCOME_UNKNOWN) match->missing = evidence_fact_codes(e, missing);
}

static Outcome outcome_of(Value value, bool exclusion) {
    if (value.tag != TAG_BOOLEAN) return OUTCOME_UNKNOWN;
    return value.boolean != exclusion ? OUTCOME_MET : OUTCOME_NOT_MET;
}

/* Is the age, known or known to lie between two numbers, on the right side of the limit? */
static Value compare_age(const Criterion *criterion, Value age) {
    bool range = age.tag == TAG_UNCERTAINTY;
    if (!range && age.tag != TAG_INTEGER) return value_null();
    int64_t low = range ? age.uncertainty->low.integer : age.integer;
    int64_t high = range ? age.uncertainty->high.integer : age.integer;
    bool maximum = criterion->source == CRITERION_MAXIMUM_AGE;
    bool low_sound = maximum ? low <= criterion->age : low >= criterion->age;
    bool high_sound = maximum ? high <= criterion->age : high >= criterion->age;
    return low_sound == high_sound ? value_boolean(low_sound) : value_null();
}

static void match_age(Matching *m, CriterionMatch *match) {
    Value birth = value_of(m, m->set->birth_date), sound = value_null();
    if (birth.tag == TAG_DATE)
        sound = compare_age(match->criterion,
                            time_duration_between(m->arena, birth, time_to_date(m->eval.now),
                                                  match->criterion->unit));
    match->outcome = outcome_of(sound, false);
    explain(m, &m->set->birth_date, 1, !value_is_null(birth), match);
}

static void match_sex(Matching *m, CriterionMatch *match) {
    Value sex = value_of(m, m->set->sex);
    bool same = sex.tag == TAG_STRING && str_equal(value_str(sex), match->criterion->word);
    match->outcome = sex.tag != TAG_STRING ? OUTCOME_UNKNOWN : same ? OUTCOME_MET : OUTCOME_NOT_MET;
    explain(m, &m->set->sex, 1, false, match);
}

/* One of the study's conditions is there. */
static void match_condition(Matching *m, CriterionMatch *match) {
    const Criterion *criterion = match->criterion;
    bool any = false, unknown = criterion->other_conditions;
    for (uint32_t i = 0; i < criterion->condition_count; i++) {
        Value value = value_of(m, criterion->conditions[i]);
        any |= value_is_true(value);
        unknown |= value_is_null(value);
    }
    match->outcome = any ? OUTCOME_MET : unknown ? OUTCOME_UNKNOWN : OUTCOME_NOT_MET;
    if (criterion->condition_count == 0) match->outcome = OUTCOME_NOT_ENCODED;
    explain(m, criterion->conditions, criterion->condition_count, false, match);
}

static void match_criterion(Matching *m, CriterionMatch *match) {
    const Criterion *criterion = match->criterion;
    switch (criterion->source) {
        case CRITERION_STATUS: match->outcome = outcome_of(criterion->known, false); break;
        case CRITERION_CONDITION: match_condition(m, match); break;
        case CRITERION_MINIMUM_AGE:
        case CRITERION_MAXIMUM_AGE: match_age(m, match); break;
        case CRITERION_SEX: match_sex(m, match); break;
        case CRITERION_DEFINE:
            match->outcome = outcome_of(value_of(m, criterion->define), criterion->exclusion);
            explain(m, &criterion->define, 1, false, match);
            break;
        case CRITERION_ASK: match->outcome = OUTCOME_ASK; break;
        case CRITERION_NOT_ENCODED: match->outcome = OUTCOME_NOT_ENCODED; break;
    }
}

/* ---- studies ---- */

static const TrialMatch *match_trial(Matching *m, const Trial *trial) {
    TrialMatch *match = arena_alloc_zeroed(m->arena, sizeof *match);
    CriterionMatch *criteria = arena_array(m->arena, trial->count, sizeof *criteria);
    for (uint32_t i = 0; i < trial->count && !m->failed; i++) {
        criteria[i].criterion = &trial->criteria[i];
        match_criterion(m, &criteria[i]);
        match->outcomes[criteria[i].outcome]++;
    }
    match->trial = trial;
    match->criteria = criteria;
    match->eligibility = match->outcomes[OUTCOME_NOT_MET] != 0 ? NOT_ELIGIBLE
                         : match->outcomes[OUTCOME_UNKNOWN] != 0 || !trial->curated
                             ? CANNOT_EVALUATE
                             : ELIGIBLE;
    return match;
}

static int compare_matches(const void *left, const void *right) {
    const TrialMatch *a = *(const TrialMatch *const *)left, *b = *(const TrialMatch *const *)right;
    static const Outcome order[] = { OUTCOME_NOT_MET, OUTCOME_UNKNOWN, OUTCOME_NOT_ENCODED };
    if (a->eligibility != b->eligibility) return a->eligibility < b->eligibility ? -1 : 1;
    for (int i = 0; i < 3; i++)
        if (a->outcomes[order[i]] != b->outcomes[order[i]])
            return a->outcomes[order[i]] < b->outcomes[order[i]] ? -1 : 1;
    return str_compare(a->trial->id, b->trial->id);
}

static const RecordMatch *match_all(Matching *m, const Matcher *matcher, const Record *record) {
    const TrialSet *set = m->set;
    RecordMatch *match = arena_alloc_zeroed(m->arena, sizeof *match);
    const TrialMatch **trials = arena_array(m->arena, set->count, sizeof *trials);
    for (uint32_t i = 0; i < set->count && !m->failed; i++) {
        trials[i] = match_trial(m, &set->trials[i]);
        match->counts[trials[i]->eligibility]++;
    }
    if (m->failed) return NULL;
    if (set->count != 0) qsort(trials, set->count, sizeof *trials, compare_matches);
    match->set = set;
    match->as_of = matcher->as_of;
    match->patient = record_patient_reference(record);
    match->trials = trials;
    match->eval = &m->eval;
    return match;
}

static const RecordMatch *match_record(Matcher *matcher, const RecordInput *input,
                                       RecordError *error) {
    Record *record =
        record_read(matcher->work.reader, matcher->work.record, input->file, input->line,
                    input->text, &error->diagnostic, &error->resource);
    if (record == NULL) return NULL;
    const Guideline *guideline = matcher->set->guideline;
    Matching *m = arena_alloc(matcher->work.record, sizeof *m);
    *m = (Matching){ .set = matcher->set, .arena = matcher->work.record, .run = matcher->run };
    m->eval = (Eval){ .arena = matcher->work.record, .now = matcher->now, .nodes = fhir_r4.nodes,
                      .terms = &guideline->terms };
    run_begin(m->run, &m->eval, record_source(record));
    m->evidence = evidence_new(m->arena, guideline, m->run, &m->eval, record);
    const RecordMatch *match = match_all(m, matcher, record);
    if (match != NULL) return match;
    error->diagnostic = m->failure;
    error->diagnostic.message =
        str_format(m->arena, "%.*s (at %.*s:%u)", STR_ARGS(m->failure.message),
                   STR_ARGS(m->failure.file), m->failure.span.line);
    error->diagnostic.file = input->file;
    error->diagnostic.span = (Span){ input->line, 1, 0, 1 };
    return NULL;
}

const RecordMatch *matcher_match(Matcher *matcher, const RecordInput *input, RecordError *error) {
    *error = (RecordError){ .number = input->number };
    arena_reset(matcher->work.record);
    if (setjmp(*arena_guard(matcher->work.record))) {
        error->diagnostic = (Diagnostic){
            .severity = SEVERITY_ERROR, .code = "record-too-large",
            .message = STR("the record needs more memory than a record may have"),
            .hint = STR("Split the record, or match fewer studies at once"),
            .file = input->file, .span = { input->line, 1, 0, 1 } };
        return NULL;
    }
    const RecordMatch *match = match_record(matcher, input, error);
    arena_unguard(matcher->work.record);
    return match;
}
