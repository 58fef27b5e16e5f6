/* plan.h - a plan in memory, and its forms: JSON, FHIR, text for people.
 *
 * Made by planner_plan (apply.h); lives until the planner's next record. */
#ifndef ISLET_REASON_PLAN_H
#define ISLET_REASON_PLAN_H

#include "reason/guideline.h"

/* Facts in words and the resources they rest on: "Ki-67 4 %", { "Observation/ki67" }. */
typedef struct Reason {
    Str text;
    StrList evidence;
} Reason;

typedef struct Reasons {
    uint32_t count;
    const Reason *items;
} Reasons;

typedef struct Citations {
    uint32_t count;
    const Citation *const *items;
} Citations;

/* A field that a dynamicValue gave and that has no place of its own. */
typedef struct Field {
    Str name;
    Value value;
} Field;

/* A define on the way to an entry, for --explain; `depth` is how far below the rule. */
typedef struct TraceStep {
    uint32_t define, depth;
    Value value;
    StrList resources;
} TraceStep;

typedef struct Trace {
    uint32_t count;
    const TraceStep *items;
} Trace;

typedef struct PlanOption {
    const OptionGroup *group;
    Status status;
    const Statement *deciding;
    StrList rules, flags, requires_first;
    Str strength, target;
    uint32_t line;
    Reasons because, against;
    StrList missing; /* fact codes */
    Citations sources;
    uint32_t field_count;
    const Field *fields;
    Trace trace; /* empty unless asked for */
} PlanOption;

typedef struct PlanAlert {
    const Statement *statement;
    Str key, subject, text; /* subject may be empty */
    StrList blocks, conflicts_with;
    Value values;           /* a tuple, or null */
    Reasons because;
    uint32_t field_count;
    const Field *fields;
} PlanAlert;

typedef struct PlanWorkup {
    const Statement *statement;
    Value done; /* a date, or null */
    StrList blocks, preparation;
    uint32_t field_count;
    const Field *fields;
} PlanWorkup;

typedef struct PlanMissing {
    const Fact *fact;
    Str reason;
    Value last_date;
    StrList wanted_for; /* option ids, rule ids, places of the plan */
    Str rule;           /* empty: none */
    bool decides;       /* wanted for an option or a place of the plan, not only for rules */
} PlanMissing;

typedef struct PlanRule {
    const Rule *rule;
    Value value;
    StrList missing, evidence;
} PlanRule;

typedef struct Plan {
    const Guideline *guideline;
    Value as_of;
    Str patient;
    Value diagnosis, stage, boundaries;
    uint32_t option_count, alert_count, workup_count, missing_count, rule_count;
    const PlanOption *options; /* by status, then id */
    const PlanAlert *alerts;
    const PlanWorkup *workup;
    const PlanMissing *missing;
    const PlanRule *rules;
    bool lacks_data; /* an option is insufficient-data, or grade or stage group lacks a fact */
    Eval *eval;      /* for printing values */
} Plan;

/* What is needed on the way goes into the arena of `out`, which the caller guards and may
 * reset after each record. */

/* One line of JSON, without the line's end. */
void plan_write_json(const Plan *plan, Buffer *out);

/* The result of PlanDefinition/$apply as one line of JSON: a CarePlan. */
void plan_write_fhir(const Plan *plan, Buffer *out);

/* For people. */
typedef struct TextStyle {
    uint32_t width; /* columns */
    bool colour;
    bool explain;   /* show the traces */
} TextStyle;
void plan_write_text(const Plan *plan, TextStyle style, Buffer *out);

#endif
