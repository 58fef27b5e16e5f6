/* plan_text_parts.h - what the parts of the plan's page share; for the plan_text files only. */
#ifndef ISLET_REASON_PLAN_TEXT_PARTS_H
#define ISLET_REASON_PLAN_TEXT_PARTS_H

#include "base/vec.h"
#include "reason/paragraph.h"
#include "reason/plan.h"
#include "reason/record_code.h"
#include "reason/value_form.h"

typedef struct PlanPage {
    Page page;
    Arena *arena;
    const Plan *plan;
    bool explain;
    uint32_t withheld; /* entries that wait and are not shown */
    VEC(const Citation *) cited; /* in the order in which they were named */
} PlanPage;

/* A row: margin, label in a column of its own, text wrapped beside it. */
void page_row(PlanPage *p, uint32_t margin, Tone tone, const char *label, Str text);
/* A row where the text is not empty. */
void page_row_if(PlanPage *p, uint32_t margin, Tone tone, const char *label, Str text);

Str page_value(PlanPage *p, Value value);
Str page_join(PlanPage *p, StrList list, const char *between);
/* A word of the plan for people: "mdt-required" as the guideline's terms name it, else with
 * blanks for hyphens. */
Str page_word(PlanPage *p, Str code);
Str page_words(PlanPage *p, StrList codes);
/* Short codes by their names. */
Str page_names(PlanPage *p, StrList codes);
/* The labels of sources, which are listed at the end. */
Str page_cite(PlanPage *p, const Citation *const *items, uint32_t count);
/* Lists of tuples, such as positions: "AJCC9: T2; UICC: T1". */
Str page_pairs(PlanPage *p, Value value);
/* Adds `more` to a line, after `between` where something stands there. */
void page_add(Buffer *line, const char *between, Str more);

/* Does the alert say why there are no options?  It then stands in their place. */
bool page_explains_no_options(const Plan *plan, const PlanAlert *alert);

/* "1 study", "3 studies" */
Str page_count(PlanPage *p, uint32_t count, const char *one, const char *many);
/* "firstMonths" -> "first months" */
Str page_key(PlanPage *p, Str key);

/* The parts, in the order of the page. */
void page_summary(PlanPage *p, bool with_counts); /* plan_text_head.c */
void page_head(PlanPage *p);      /* diagnosis, stage, limits: plan_text_head.c */
void page_alerts(PlanPage *p);    /* those that ask for an answer: plan_text_entries.c */
void page_options(PlanPage *p);   /* plan_text_options.c */
void page_workup(PlanPage *p);
void page_missing(PlanPage *p);
void page_triage(PlanPage *p);    /* plan_text_sections.c, as those below */
void page_withheld(PlanPage *p, bool emergency); /* how much is not shown, and why */
void page_follow_up(PlanPage *p);
void page_tasks(PlanPage *p);     /* tasks and team */
void page_board(PlanPage *p);
void page_trials(PlanPage *p);
void page_computed(PlanPage *p);
void page_measures(PlanPage *p);
void page_notes(PlanPage *p);     /* alerts that only inform */

#endif
