/* match.h - a record matched with a set of trials: what of each criterion is met, not met, or
 * unknown, and which facts are missing.
 *
 * A Matcher belongs to one thread and reuses its memory from record to record; the TrialSet may
 * be shared.  What a call returns lives until the next call. */
#ifndef ISLET_TRIAL_MATCH_H
#define ISLET_TRIAL_MATCH_H

#include "reason/apply.h"
#include "trial/trial_set.h"

typedef enum Outcome {
    OUTCOME_MET, OUTCOME_NOT_MET, OUTCOME_UNKNOWN, OUTCOME_NOT_ENCODED, OUTCOME_ASK, OUTCOME_COUNT
} Outcome;
extern const char *const outcome_names[OUTCOME_COUNT];

/* In the order in which they are shown. */
typedef enum Eligibility { ELIGIBLE, CANNOT_EVALUATE, NOT_ELIGIBLE, ELIGIBILITY_COUNT } Eligibility;
extern const char *const eligibility_names[ELIGIBILITY_COUNT];

/* Met is as the study wants it: an exclusion is met where it does not apply. */
typedef struct CriterionMatch {
    const Criterion *criterion;
    Outcome outcome;
    StrList missing, evidence; /* fact codes; resources */
    Reasons because;
} CriterionMatch;

/* Eligible: no criterion fails or is unknown, and the guideline has criteria of the study; what is
 * not encoded or must be asked is counted. */
typedef struct TrialMatch {
    const Trial *trial;
    Eligibility eligibility;
    uint32_t outcomes[OUTCOME_COUNT];
    const CriterionMatch *criteria; /* trial->count */
} TrialMatch;

typedef struct RecordMatch {
    const TrialSet *set;
    Value as_of;
    Str patient;
    uint32_t counts[ELIGIBILITY_COUNT];
    const TrialMatch *const *trials; /* set->count: by eligibility, then distance */
    Eval *eval;
} RecordMatch;

typedef struct Matcher Matcher;
/* as_of as for a planner; NULL when out of memory. */
Matcher *matcher_new(const TrialSet *set, Value as_of);
void matcher_free(Matcher *matcher);

/* NULL on an error, which is in *error. */
const RecordMatch *matcher_match(Matcher *matcher, const RecordInput *input, RecordError *error);

/* One line of JSON, without the line's end; or for people. */
void record_match_write_json(const RecordMatch *match, Buffer *out);
void record_match_write_text(const RecordMatch *match, uint32_t width, bool colour, Buffer *out);

#endif
