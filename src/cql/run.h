/* run.h - the state of a run; for the run files only. */
#ifndef ISLET_CQL_RUN_H
#define ISLET_CQL_RUN_H

#include "cql/code.h"
#include "value/string.h"

typedef enum SlotState { SLOT_EMPTY, SLOT_BEING_EVALUATED, SLOT_VALUE, SLOT_ERROR } SlotState;

/* A define or parameter: its value in the record of that number, once evaluated. */
typedef struct Slot {
    uint64_t record; /* other than the run's: empty */
    SlotState state;
    Value value;
    const Diagnostic *error;
    VEC(uint32_t) uses; /* defines, of a define or shared expression */
} Slot;

/* Frames stand in segments one after the other, and never move. */
typedef struct Segment {
    struct Segment *next;
    Value *end;
    Value registers[];
} Segment;

struct Run {
    const Program *program;
    RunLimits limits;
    Eval *eval;
    const Source *source;
    uint64_t record; /* counts from 1 */
    uint64_t steps;   /* left until the next look at the clock */
    uint64_t reserve; /* left behind those */
    int64_t deadline_ns;
    uint32_t depth;

    Segment *first, *segment; /* the first one is kept for all records */
    Value *top;               /* free registers of the segment start here */

    Slot *defines, *parameters;
    Slot *retrieved; /* steady retrieves */
    Slot *shared;    /* shared expressions */
    Value *given;    /* parameters that were set: value, and whether */
    bool *is_given;
    Slot *user;      /* of the define or shared expression that is being evaluated, or NULL */

    /* Rows of queries, the innermost query's last. */
    Value *rows;
    uint32_t row_count, row_capacity;

    const Tracer *tracer; /* NULL: none */
    /* A define that lies too deep to be evaluated where it is asked for: all is given up and it
     * is evaluated first.  UINT32_MAX: none. */
    uint32_t postponed;

    PatternCache *patterns;
    void *memo; /* the model's */
    bool failed; /* the error of this evaluation is known, or a define is postponed */
    Diagnostic failure;
};

/* Runs a procedure in its frame (run_loop.c).  False: run->failure is set. */
bool run_execute(Run *run, const Procedure *procedure, Value *frame, Value *result);

bool run_define_value(Run *run, uint32_t index, Value *value);
bool run_shared_value(Run *run, uint32_t index, Value *value);
bool run_parameter_value(Run *run, uint32_t index, Value *value);
bool run_call(Run *run, const Procedure *procedure, const Value *arguments, uint32_t count,
              Value *result);

/* Takes the error that the operator left in the evaluation, for the instruction; false. */
bool run_fail(Run *run, const Procedure *procedure, const Instruction *instruction);

/* Gives steps again when they are used up; false, with an error in the evaluation, when none are
 * left or the time is over. */
bool run_refill(Run *run);
/* Charges steps; false when there are not so many. */
bool run_charge(Run *run, uint64_t steps);

/* Conversions and tests of types (run_convert.c). */
bool run_convert(Run *run, const Conversion *conversion, Value value, Value *result);
bool run_cast(Run *run, const TypeTest *test, Value value, Value *result);

/* Queries (run_query.c). */
bool run_retrieve(Run *run, const RetrieveSite *site, Value codes, Value *result);
void run_add(Run *run, Value row);
bool run_collect(Run *run, uint32_t from, bool distinct, Value *result);
bool run_sort(Run *run, const SortOrder *order, Value list, uint32_t from, Value *result);

/* Takes out what is equal to an earlier one; returns how many are left in *count (run_distinct.c). */
bool run_distinct(Run *run, Value *items, uint32_t *count);

#endif
