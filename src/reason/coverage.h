/* coverage.h - how often each expression of a program was true, false, null or something else.
 *
 * Each thread counts for itself and adds what it counted at the end. */
#ifndef ISLET_REASON_COVERAGE_H
#define ISLET_REASON_COVERAGE_H

#include "cql/program.h"

typedef struct ExpressionCount {
    uint64_t reached, true_count, false_count, null_count;
} ExpressionCount;

typedef struct Coverage Coverage;

/* Of a program that was compiled for a tracer; lives in `arena`. */
Coverage *coverage_new(Arena *arena, const Program *program);

/* Counts of one thread's own, zero, and a tracer that counts in them. */
typedef struct Counting {
    ExpressionCount *counts;
    Tracer tracer;
} Counting;
Counting *counting_new(Arena *arena, const Program *program);

/* Adds what was counted; may be called from any thread. */
void coverage_add(Coverage *coverage, const Counting *counting);

/* As lcov's trace files are: for each library its defines and functions, its Boolean expressions
 * (a block each, with the branches 0 true, 1 false, 2 null), and its lines. */
void coverage_write_lcov(const Coverage *coverage, Arena *arena, Buffer *out);

#endif
