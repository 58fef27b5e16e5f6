/* apply.h - a guideline applied to records, one at a time.
 *
 * A Planner belongs to one thread and reuses its memory from record to record; the
 * Guideline may be shared.  What a call returns lives until the next call. */
#ifndef ISLET_REASON_APPLY_H
#define ISLET_REASON_APPLY_H

#include "reason/check_record.h"
#include "reason/plan.h"

typedef struct PlannerOptions {
    Value as_of;         /* a Date or DateTime; Now() and Today() give it, a Date its last moment */
    int16_t offset;      /* the default offset, minutes east of UTC */
    bool all_rules;      /* list false rules too */
    bool explain;        /* keep the traces */
    size_t memory_limit; /* bytes for one record; 0: 384 MB */
} PlannerOptions;

typedef struct Planner Planner;

/* NULL when out of memory. */
Planner *planner_new(const Guideline *guideline, PlannerOptions options);
void planner_free(Planner *planner);

/* A record as it came: its text, the file it stands in ("-": standard input) and the line
 * there, and its number among all records of this run, from 1. */
typedef struct RecordInput {
    Str file, text;
    uint32_t line, number;
} RecordInput;

/* Why a record has no plan.  resource: "Observation/ki67", or empty. */
typedef struct RecordError {
    uint32_t number;
    Diagnostic diagnostic;
    Str resource;
} RecordError;

/* NULL on an error, which is in *error. */
const Plan *planner_plan(Planner *planner, const RecordInput *input, RecordError *error);
const RecordCheck *planner_check_record(Planner *planner, const RecordInput *input,
                                        RecordError *error);

/* What stands in the output in place of a plan, as one line of JSON. */
void record_error_write_json(const RecordError *error, Buffer *out);

/* The same as a FHIR OperationOutcome. */
void record_error_write_fhir(const RecordError *error, Buffer *out);

#endif
