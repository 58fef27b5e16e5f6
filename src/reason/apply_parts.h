/* apply_parts.h - what the parts of making a plan share; for the apply files only. */
#ifndef ISLET_REASON_APPLY_PARTS_H
#define ISLET_REASON_APPLY_PARTS_H

#include "base/vec.h"
#include "reason/apply.h"
#include "reason/evidence.h"
#include "reason/value_form.h"

/* What `missing` will hold of one code. */
typedef struct Lack {
    uint32_t fact; /* the one that is null; NO_INDEX: nothing lacks it */
    Str rule;
    bool decides;
    VEC(Str) wanted_for;
} Lack;

typedef struct Applying {
    Arena *arena;
    const Guideline *guideline;
    const PlannerOptions *options;
    Run *run;
    Eval eval;
    Evidence evidence;
    Lack *lacks;          /* of each fact that is the first with its code */
    bool *rule_in_option; /* of each rule: an option that is insufficient-data names it */
    Plan *plan;
    bool failed;          /* a define failed: no plan */
    Diagnostic failure;
} Applying;

/* The value of a define; null, and `failed`, when it fails. */
Value applying_value(Applying *a, uint32_t define);

/* Notes that a place of the plan ("prrt.lu177-dotatate", "GEP-A-02", "diagnosis.grade")
 * lacks the facts. */
void applying_lack(Applying *a, const uint64_t *facts, Str wanted_for, Str rule);

/* The strings that a statement's dynamicValues with that path give, after `fixed`. */
StrList applying_list(Applying *a, const Statement *statement, const char *path, StrList fixed);
/* The last value, not null, of a path; null: none. */
Value applying_field(Applying *a, const Statement *statement, const char *path);
/* The values of all paths but the known ones, which stand in one string with blanks. */
const Field *applying_other_fields(Applying *a, const Statement *statement, const char *known,
                                   uint32_t *count);

/* The parts of the plan.  Options come before rules, and missing is last: what is missing
 * is gathered by the others. */
void apply_outputs(Applying *a); /* diagnosis, stage, boundaries: apply_rules.c */
void apply_options(Applying *a); /* apply_options.c */
void apply_rules(Applying *a);   /* apply_rules.c */
void apply_alerts(Applying *a);  /* apply_entries.c */
void apply_workup(Applying *a);
void apply_missing(Applying *a); /* apply_rules.c */

/* The defines below conditions, each once, from the top down (explain.c). */
Trace trace_defines(Applying *a, const Statement *const *statements, uint32_t count);

#endif
