/* interval_edge.h - the ends of intervals as far as they are known; for the files of interval. */
#ifndef ISLET_VALUE_INTERVAL_EDGE_H
#define ISLET_VALUE_INTERVAL_EDGE_H

#include "value/interval.h"

/* A point somewhere from low to high, which are one when it is known.  Null: nothing is
 * known.  infinite -1, 1: before, after every point; low and high are not looked at. */
typedef struct Edge {
    Value low, high;
    int infinite;
} Edge;

typedef struct Edges {
    Edge start, end;
} Edges;

/* An interval without any bound: its closed ends are infinite when `unbounded`, else both
 * ends are unknown (nobody gave them). */
Edges interval_edges(Eval *eval, const Interval *interval, bool unbounded);

Edge edge_of_point(Value point);

/* Boolean, or null where it cannot be said. */
Value edge_before(Eval *eval, Edge a, Edge b, Precision precision);
Value edge_same_or_before(Eval *eval, Edge a, Edge b, Precision precision);
Value edge_same(Eval *eval, Edge a, Edge b, Precision precision);

/* Does b begin right where a ends? */
Value edge_meets(Eval *eval, Edge a, Edge b, Precision precision);

/* Kleene's logic. */
Value both_hold(Value a, Value b);
Value either_holds(Value a, Value b);
Value does_not_hold(Value a);

Value interval_overlaps(Eval *eval, const Edges *a, const Edges *b, Precision precision);
Value interval_meets(Eval *eval, const Edges *a, const Edges *b, Precision precision);

/* Sorts intervals or points, stable; what cannot be ordered stays as it is. */
void interval_sort(Eval *eval, Value *items, uint32_t count);

#endif
