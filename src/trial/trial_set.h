/* trial_set.h - studies with their criteria, ready to be matched with records.
 *
 * A study is a ResearchStudy (doc/trials.md).  Criteria come from its structured facts (status,
 * condition, age, sex) and, where the guideline has the study in trials/, from there: each a
 * define of the guideline's program, or said to be not encoded.  Immutable once made. */
#ifndef ISLET_TRIAL_TRIAL_SET_H
#define ISLET_TRIAL_TRIAL_SET_H

#include "base/vec.h"
#include "reason/guideline.h"
#include "value/time.h"

typedef enum CriterionSource {
    CRITERION_STATUS, CRITERION_CONDITION, CRITERION_MINIMUM_AGE, CRITERION_MAXIMUM_AGE,
    CRITERION_SEX, CRITERION_DEFINE, CRITERION_ASK, CRITERION_NOT_ENCODED
} CriterionSource;

typedef struct Criterion {
    CriterionSource source;
    bool exclusion;
    Str text;
    uint32_t define;         /* CRITERION_DEFINE */
    Value known;             /* CRITERION_STATUS: true, false, or null */
    Str word;                /* CRITERION_SEX: "female" */
    int64_t age;             /* the limit, in `unit` */
    Precision unit;
    uint32_t condition_count;
    const uint32_t *conditions; /* CRITERION_CONDITION: the defines of those that are understood */
    bool other_conditions;      /* the study names some that are not understood */
} Criterion;

typedef struct Trial {
    Str id, acronym, title, overall_status, verified;
    uint32_t count;
    const Criterion *criteria;
    bool curated;  /* the guideline has criteria of it */
    Str certainty; /* of those: "registry", or "summary": to be confirmed */
} Trial;

typedef struct TrialSet {
    const Guideline *guideline;
    uint32_t birth_date, sex; /* defines of the main library of trials/ */
    uint32_t count;
    const Trial *trials;
} TrialSet;

/* A file of ResearchStudy resources: one, a Bundle, or one a line. */
typedef struct TrialFile {
    Str name, text;
} TrialFile;

/* The studies of the files, or, where there are none, those of the guideline, which was loaded for
 * trials.  All live in `arena`.  NULL after mistakes, which stand in `diagnostics`. */
const TrialSet *trial_set_new(Arena *arena, const Guideline *guideline, const TrialFile *files,
                              uint32_t file_count, Diagnostics *diagnostics);

#endif
