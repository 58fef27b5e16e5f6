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

/* As an array of that key: text and evidence of each. */
void reasons_write_json(JsonWriter *w, const char *key, Reasons reasons);

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
    bool deferred;
} PlanOption;

typedef struct PlanAlert {
    const Statement *statement;
    Str key, subject, text; /* subject may be empty */
    StrList blocks, conflicts_with;
    Value values;           /* a tuple, or null */
    Reasons because;
    uint32_t field_count;
    const Field *fields;
    bool deferred;
} PlanAlert;

typedef struct PlanWorkup {
    const Statement *statement;
    Value done; /* a date, or null */
    StrList blocks, preparation;
    uint32_t field_count;
    const Field *fields;
    bool deferred;
} PlanWorkup;

/* Numbers of months as they are written: "6", "1.5"; empty: none. */
typedef struct Months {
    Str low, high;
} Months;

typedef struct PlanFollowUp {
    const Statement *statement;
    Str item, status, until;  /* until: "lifelong", a number of years, or empty */
    Months first, range;      /* range: of the interval */
    Str interval;
    Value last, anchor, due;  /* Dates, or null */
    int64_t overdue_days;
    Reasons because;
    uint32_t field_count;
    const Field *fields;
    bool deferred;
} PlanFollowUp;

typedef struct PlanTask {
    const Statement *statement;
    Str code, owner;
    Value due; /* a Date, or null */
    Reasons because;
    uint32_t field_count;
    const Field *fields;
    bool deferred;
} PlanTask;

typedef struct PlanRole {
    const Statement *statement;
    Str role;
    bool deferred;
} PlanRole;

/* How soon a person is to be seen, by whom, and by which rules. */
typedef struct PlanTriage {
    TriageLevel level;
    StrList rules, routes;  /* of the worst level first */
    bool red_flags;
    StrList cannot_exclude; /* fact codes */
} PlanTriage;

typedef struct PlanComputed {
    const Computed *computed;
    Value value;
    Str reason;              /* why there is none */
    StrList missing, inputs; /* fact codes; resources */
} PlanComputed;

typedef struct PlanMeasure {
    const Measure *measure;
    Value denominator, numerator, due;
    Str excluded; /* the reason; empty: not excluded, or not known */
    StrList missing;
} PlanMeasure;

/* A study that the record was matched with; filled in by who matches. */
typedef struct PlanTrial {
    Str id, status, recruitment_checked; /* the last may be empty */
    StrList missing;
} PlanTrial;

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
    bool deferred;
} PlanRule;

typedef struct Plan {
    const Guideline *guideline;
    Value as_of;
    Str patient;
    Value diagnosis, stage, boundaries, board;
    PlanTriage triage;
    uint32_t option_count, alert_count, workup_count, missing_count, rule_count;
    const PlanOption *options; /* by status, then id */
    const PlanAlert *alerts;
    const PlanWorkup *workup;
    const PlanMissing *missing;
    const PlanRule *rules;
    uint32_t follow_up_count, task_count, role_count, computed_count, measure_count, trial_count;
    const PlanFollowUp *follow_up;
    const PlanTask *tasks;
    const PlanRole *roles;
    const PlanComputed *computed; /* by name */
    const PlanMeasure *measures;
    const PlanTrial *trials;
    bool lacks_data; /* an option is insufficient-data, or grade or stage group lacks a fact */
    Eval *eval;      /* for printing values */
} Plan;

/* Is the option one of those that stand in `supportive`, too? */
bool plan_option_is_supportive(const PlanOption *option);

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
    bool acknowledged; /* in an emergency, show what is deferred, too */
} TextStyle;
void plan_write_text(const Plan *plan, TextStyle style, Buffer *out);

#endif
