/* check_record.h - what the guideline understood of a record, and what not.
 *
 * Every fact is evaluated.  A resource is `used` when a fact or a rule rests on it.  What
 * is not used, not understood or not exact is a warning; nothing is silently dropped.
 * Made by planner_check_record (apply.h). */
#ifndef ISLET_REASON_CHECK_RECORD_H
#define ISLET_REASON_CHECK_RECORD_H

#include "reason/guideline.h"

/* A fact that the record says, in words: "Ki-67 4 %". */
typedef struct CheckedFact {
    const Fact *fact;
    Value value;
    Str text;
} CheckedFact;

typedef struct CheckedResource {
    Str reference; /* "Observation/ki67" */
    Str label;     /* its code in words: "loinc#29593-1 Ki-67"; may be empty */
    bool used;
    uint32_t fact_count;
    const CheckedFact *facts;
} CheckedResource;

/* code: "not-used", "unknown-code", "unknown-unit", "rounded", "unknown-element", ... */
typedef struct RecordWarning {
    const char *code;
    Str resource, message, hint;
} RecordWarning;

typedef struct RecordCheck {
    const Guideline *guideline;
    uint32_t number;
    Value as_of;
    Str patient;
    uint32_t resource_count, warning_count;
    const CheckedResource *resources; /* in the record's order */
    const RecordWarning *warnings;
    Eval *eval; /* for printing values */
} RecordCheck;

/* One line of JSON, without the line's end; or for people.  What is needed on the way goes
 * into the arena of `out`. */
void record_check_write_json(const RecordCheck *check, Buffer *out);
void record_check_write_text(const RecordCheck *check, uint32_t width, bool colour, Buffer *out);

#endif
