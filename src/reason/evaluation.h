/* evaluation.h - the defines of a library, evaluated over records, and the results in words.
 *
 * An Evaluation says what is asked; it is immutable and shared between threads.  An Evaluator
 * belongs to one thread, and takes one record at a time in memory of its own. */
#ifndef ISLET_REASON_EVALUATION_H
#define ISLET_REASON_EVALUATION_H

#include "cql/program.h"
#include "fhir/feed.h"
#include "reason/coverage.h"
#include "reason/trace.h"

typedef enum ResultForm { RESULT_JSON, RESULT_NDJSON, RESULT_CSV, RESULT_TABLE } ResultForm;

typedef struct Evaluation {
    const Program *program;
    uint32_t define_count;
    const uint32_t *defines;  /* what is asked for, in the order of the results */
    const Terminology *terms; /* NULL: none */
    Value now;                /* a DateTime */
    int16_t offset;           /* the default one, in minutes */
    const Value *parameters;  /* of the main library, by number */
    const bool *given;        /* those that have a value of the caller's */
    RunLimits limits;
    size_t memory_limit;      /* bytes for one record; 0: 384 MB */
    ResultForm form;
    uint32_t width;           /* of the longest name of a define, for tables */
    bool explains;            /* the only define asked for is traced; not as CSV */
    Coverage *coverage;       /* gets each evaluator's counts when it is freed; NULL: none */
} Evaluation;

/* The numbers of the public defines of the main library, in source order. */
const uint32_t *evaluation_public_defines(Arena *arena, const Program *program, uint32_t *count);

typedef struct DefineResult {
    bool sound;
    Value value;      /* where sound */
    Diagnostic error; /* else */
} DefineResult;

/* What came of one record. */
typedef struct RecordResult {
    const Evaluation *evaluation;
    Eval *eval;
    const FeedItem *item;  /* NULL: evaluated without a record */
    Str record;            /* "Patient/p1"; empty: none, or it could not be read */
    Str resource;          /* that `failure` is about; may be empty */
    bool failed;           /* the record as a whole, see `failure` */
    Diagnostic failure;
    DefineResult *results; /* evaluation->define_count; none where failed */
    const Trace *trace;    /* where the evaluation explains */
} RecordResult;

/* The result in the evaluation's form, as one line or as a table, with its line end. */
void result_write(const RecordResult *result, Buffer *out);
/* Its errors for people, a line each. */
void result_write_errors(const RecordResult *result, Buffer *out);
/* What stands before all results: the names of the columns in CSV, nothing in other forms. */
void evaluation_write_heading(const Evaluation *evaluation, Buffer *out);

typedef struct Evaluator Evaluator;
Evaluator *evaluator_new(const Evaluation *evaluation); /* NULL when out of memory */
void evaluator_free(Evaluator *evaluator);              /* NULL is allowed */

/* Evaluates on a record, or without one (NULL), and adds what result_write and
 * result_write_errors give.  False when the record or a define failed. */
bool evaluator_take(Evaluator *evaluator, const FeedItem *item, Buffer *out, Buffer *errors);

#endif
