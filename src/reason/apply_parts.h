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

/* What is noted of a rule on the way. */
typedef struct RuleMarks {
    bool in_option;                    /* an option that is insufficient-data names it */
    bool emergency, red_flag, symptom; /* a true triage statement of it says so */
    bool deferred, shown;              /* an entry of it is deferred; one is not */
} RuleMarks;

typedef struct Applying {
    Arena *arena;
    const Guideline *guideline;
    const PlannerOptions *options;
    Run *run;
    Eval eval;
    Evidence evidence;
    Lack *lacks;          /* of each fact that is the first with its code */
    RuleMarks *marks;     /* of each rule */
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

/* The text of a field: what a dynamicValue gives, else `fixed`. */
Str applying_text(Applying *a, const Statement *statement, const char *path, Str fixed);
/* The date of a field, without its time of day; null: none. */
Value applying_date(Applying *a, const Statement *statement, const char *path);
Reasons applying_reasons(Applying *a, const Statement *statement);
/* Does the entry of a statement wait until a red flag has been seen to?  Notes it of the rule. */
bool applying_defers(Applying *a, const Statement *statement); /* apply_triage.c */

/* Gives a parameter of the guideline its value. */
void applying_tell(Applying *a, const PlanParameter *parameter, Value value);

/* Why a fact is missing: "absent", "stale" (apply_rules.c). */
Str applying_why_missing(Applying *a, uint32_t fact, Value *last_date);

/* The parts of the plan.  Triage is first: it says what is deferred.  Follow-up is next: others may
 * ask for it.  Entries come before rules, and missing is last: what is missing is gathered by the
 * others. */
void apply_outputs(Applying *a); /* diagnosis, stage, boundaries, board: apply_rules.c */
void apply_triage(Applying *a);  /* apply_triage.c */
void apply_options(Applying *a); /* apply_options.c */
void apply_alerts(Applying *a);  /* apply_entries.c */
void apply_workup(Applying *a);
void apply_follow_up(Applying *a); /* apply_follow_up.c */
void apply_tasks(Applying *a);     /* apply_tasks.c */
void apply_team(Applying *a);
void apply_computed(Applying *a);  /* apply_measures.c */
void apply_measures(Applying *a);
void apply_rules(Applying *a);   /* apply_rules.c */
void apply_missing(Applying *a);

/* The defines below conditions, each once, from the top down (explain.c). */
Trace trace_defines(Applying *a, const Statement *const *statements, uint32_t count);

#endif
