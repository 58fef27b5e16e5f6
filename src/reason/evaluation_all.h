/* evaluation_all.h - an evaluation over all records of a feed, on several threads.
 *
 * Results are given in the order of the records, whatever the threads do; memory is that of
 * a bounded number of records. */
#ifndef ISLET_REASON_EVALUATION_ALL_H
#define ISLET_REASON_EVALUATION_ALL_H

#include "reason/evaluation.h"

/* Who takes what comes out, by one thread at a time: the results and errors of some records, as
 * result_write gives them.  done: as record_feed_done. */
typedef struct ResultTaker {
    void *self;
    void (*take)(void *self, Str out, Str errors, uint64_t records, double done);
} ResultTaker;

typedef struct EvaluationTotals {
    uint64_t records, failed; /* failed: those with an error */
} EvaluationTotals;

/* False when out of memory, or when no thread can be had. */
bool evaluation_run_all(const Evaluation *evaluation, RecordFeed *feed, uint32_t threads,
                        ResultTaker taker, EvaluationTotals *totals);

#endif
