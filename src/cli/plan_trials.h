/* plan_trials.h - the trials of a plan: the record matched with the studies of the guideline. */
#ifndef ISLET_CLI_PLAN_TRIALS_H
#define ISLET_CLI_PLAN_TRIALS_H

#include "cli/records.h"
#include "trial/match.h"

/* Empty at first; opened by the first record. */
typedef struct PlanTrials {
    const char *guideline_folder; /* NULL: the guideline built in */
    Arena *arena;                 /* the guideline for trials and its studies */
    Matcher *matcher;             /* NULL: not opened, or the guideline has no trials */
    bool opened;
} PlanTrials;

/* Gives the plan the trials of its record; they live in `arena`.  False on an error: of the record,
 * in *error; of the guideline, reported, and then *error is empty. */
bool plan_trials_add(PlanTrials *trials, const RecordInput *input, Plan *plan, Arena *arena,
                     RecordError *error);
void plan_trials_close(PlanTrials *trials);

#endif
