/* plan_trials.c - see plan_trials.h.
 *
 * Studies have a program of their own, which is compiled once, with the first plan: a guideline
 * without trials costs nothing. */
#include "cli/plan_trials.h"

#include <stdio.h>

static const size_t SET_MEMORY = (size_t)256 << 20;

static bool has_trials(const Guideline *guideline) {
    for (uint32_t i = 0; i < guideline->file_count; i++)
        if (str_starts_with(guideline->files[i].path, STR("trials/"))) return true;
    return false;
}

static const TrialSet *load(PlanTrials *trials, const Guideline *guideline) {
    Diagnostics diagnostics = diagnostics_new(trials->arena);
    const TrialSet *set = NULL;
    const Guideline *of_trials =
        trials->guideline_folder == NULL
            ? guideline_load_embedded_trials(trials->arena, guideline->name, &diagnostics)
            : guideline_load_folder_trials(trials->arena, str_from(trials->guideline_folder),
                                           &diagnostics);
    if (of_trials != NULL) set = trial_set_new(trials->arena, of_trials, NULL, 0, &diagnostics);
    if (set == NULL) print_diagnostics(&diagnostics);
    return set;
}

static const TrialSet *load_guarded(PlanTrials *trials, const Guideline *guideline) {
    if (setjmp(*arena_guard(trials->arena))) {
        fputs("islet: the trials of the guideline need more memory than they may have\n", stderr);
        return NULL;
    }
    const TrialSet *set = load(trials, guideline);
    arena_unguard(trials->arena);
    return set;
}

/* False: reported. */
static bool open_trials(PlanTrials *trials, const Plan *plan) {
    trials->opened = true;
    if (!has_trials(plan->guideline)) return true;
    trials->arena = arena_new(SET_MEMORY);
    if (trials->arena == NULL) return fputs("islet: out of memory\n", stderr), false;
    const TrialSet *set = load_guarded(trials, plan->guideline);
    if (set == NULL) return false;
    trials->matcher = matcher_new(set, plan->as_of);
    if (trials->matcher == NULL) return fputs("islet: out of memory\n", stderr), false;
    return true;
}

/* What no criterion is sure of, each fact once. */
static StrList missing_of(Arena *arena, const TrialMatch *match) {
    StrSet codes = { 0 };
    for (uint32_t i = 0; i < match->trial->count; i++)
        str_set_add_all(arena, &codes, match->criteria[i].missing);
    return str_set_list(&codes);
}

static void take(Plan *plan, Arena *arena, const RecordMatch *match) {
    PlanTrial *trials = arena_array(arena, match->set->count, sizeof *trials);
    for (uint32_t i = 0; i < match->set->count; i++) {
        const TrialMatch *of = match->trials[i];
        trials[i] = (PlanTrial){ of->trial->id, str_from(eligibility_names[of->eligibility]),
                                 of->trial->verified, missing_of(arena, of) };
    }
    plan->trials = trials;
    plan->trial_count = match->set->count;
}

bool plan_trials_add(PlanTrials *trials, const RecordInput *input, Plan *plan, Arena *arena,
                     RecordError *error) {
    *error = (RecordError){ .number = input->number };
    if (!trials->opened && !open_trials(trials, plan)) return false;
    if (trials->matcher == NULL) return true;
    const RecordMatch *match = matcher_match(trials->matcher, input, error);
    if (match == NULL) return false;
    take(plan, arena, match);
    return true;
}

void plan_trials_close(PlanTrials *trials) {
    matcher_free(trials->matcher);
    arena_free(trials->arena);
}
