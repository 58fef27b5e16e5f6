/* guideline_group.c - statements in the order in which a plan shows what they say: options
 * by id, purpose and action; alerts by severity, emergencies first; work-up by how strongly it is advised; triage by
 * level; others as they come. */
#include <stdlib.h>

#include "reason/guideline_load.h"

typedef VEC(const Statement *) StatementRefs;

static StatementRefs choose(Loading *loading, EntryKind entry) {
    StatementRefs chosen = { 0 };
    for (size_t i = 0; i < loading->statements.count; i++)
        if (loading->statements.items[i].entry == entry)
            vec_push(loading->arena, &chosen, &loading->statements.items[i]);
    return chosen;
}

static void sort(StatementRefs *refs, int (*compare)(const void *, const void *)) {
    if (refs->count != 0) qsort(refs->items, refs->count, sizeof *refs->items, compare);
}

/* Statements stand in one array, in the order of the files. */
static int compare_places(const Statement *a, const Statement *b) {
    return a < b ? -1 : a > b;
}

static int rank(Str word, const char *const *words) {
    int at = 0;
    while (words[at] != NULL && !str_is(word, words[at])) at++;
    return at;
}

static int compare_alerts(const void *x, const void *y) {
    static const char *const severities[] = { "hard", "soft", "info", NULL };
    const Statement *a = *(const Statement *const *)x, *b = *(const Statement *const *)y;
    int order = str_is(b->kind, "emergency") - str_is(a->kind, "emergency");
    if (order == 0) order = rank(a->severity, severities) - rank(b->severity, severities);
    return order != 0 ? order : compare_places(a, b);
}

static int compare_workup(const void *x, const void *y) {
    static const char *const advice[] = { "required", "advised", "not-routine", NULL };
    const Statement *a = *(const Statement *const *)x, *b = *(const Statement *const *)y;
    int order = rank(a->advice, advice) - rank(b->advice, advice);
    return order != 0 ? order : compare_places(a, b);
}

static int compare_triage(const void *x, const void *y) {
    const Statement *a = *(const Statement *const *)x, *b = *(const Statement *const *)y;
    int order = (int)a->level - (int)b->level;
    return order != 0 ? order : compare_places(a, b);
}

static int compare_keys(const Statement *a, const Statement *b) {
    int order = str_compare(a->activity->id, b->activity->id);
    if (order == 0) order = str_compare(a->purpose, b->purpose);
    return order != 0 ? order : str_compare(a->action, b->action);
}

static int compare_options(const void *x, const void *y) {
    const Statement *a = *(const Statement *const *)x, *b = *(const Statement *const *)y;
    int order = compare_keys(a, b);
    return order != 0 ? order : compare_places(a, b);
}

/* Statements whose option is not known have been reported and are in no group. */
static StatementRefs choose_options(Loading *loading) {
    StatementRefs chosen = { 0 };
    for (size_t i = 0; i < loading->statements.count; i++) {
        const Statement *statement = &loading->statements.items[i];
        if (statement->entry == ENTRY_OPTION && statement->activity != NULL)
            vec_push(loading->arena, &chosen, statement);
    }
    sort(&chosen, compare_options);
    return chosen;
}

static void group_options(Loading *loading) {
    StatementRefs all = choose_options(loading);
    VEC(OptionGroup) groups = { 0 };
    for (size_t i = 0; i < all.count; i++) {
        const Statement *statement = all.items[i];
        if (i != 0 && compare_keys(all.items[i - 1], statement) == 0) {
            groups.items[groups.count - 1].count++;
            continue;
        }
        OptionGroup group = { statement->activity, statement->purpose, statement->action, 1,
                              &all.items[i] };
        vec_push(loading->arena, &groups, group);
    }
    loading->guideline->options = groups.items;
    loading->guideline->option_count = (uint32_t)groups.count;
}

static const Statement *const *collect(Loading *loading, EntryKind entry,
                                       int (*compare)(const void *, const void *),
                                       uint32_t *count) {
    StatementRefs chosen = choose(loading, entry);
    if (compare != NULL) sort(&chosen, compare);
    *count = (uint32_t)chosen.count;
    return chosen.items;
}

void loading_group(Loading *loading) {
    Guideline *guideline = loading->guideline;
    guideline->alerts = collect(loading, ENTRY_ALERT, compare_alerts, &guideline->alert_count);
    guideline->workup = collect(loading, ENTRY_WORKUP, compare_workup, &guideline->workup_count);
    guideline->follow_up = collect(loading, ENTRY_FOLLOW_UP, NULL, &guideline->follow_up_count);
    guideline->tasks = collect(loading, ENTRY_TASK, NULL, &guideline->task_count);
    guideline->team = collect(loading, ENTRY_TEAM, NULL, &guideline->team_count);
    guideline->triage = collect(loading, ENTRY_TRIAGE, compare_triage, &guideline->triage_count);
    group_options(loading);
}
