/* interval.h - intervals of Integer, Long, Decimal, Date, DateTime, Time and Quantity.
 *
 * A bound that is null and closed is the least or greatest value of the point type; null and
 * open it is unknown, and what rests on it is null. */
#ifndef ISLET_VALUE_INTERVAL_H
#define ISLET_VALUE_INTERVAL_H

#include "value/eval.h"

/* An interval as written.  `point` is the bounds' Tag; TAG_NULL when no type is known, which a
 * bound that is not null then decides.  False (a run-time error) when it surely starts after
 * it ends. */
bool interval_make(Eval *eval, Value low, bool low_closed, Value high, bool high_closed, Tag point,
                   Value *out);

/* The first and last point, also where a bound is open; null when unknown. */
Value interval_start(Eval *eval, const Interval *interval);
Value interval_end(Eval *eval, const Interval *interval);

/* CQL Equal: Boolean or null. CQL Equivalent: Boolean. */
Value interval_equal(Eval *eval, Value a, Value b);
Value interval_equivalent(Eval *eval, Value a, Value b);

/* -1, 0 or 1 (Integer) or null; precision is of dates and times only. */
Value interval_compare_points(Eval *eval, Value a, Value b, Precision precision);

/* The next point of the type, in the steps of the value itself; null at the end of the range
 * or for null.  Step sizes: 1, 1e-8, or the precision of the date or time. */
Value interval_point_successor(Eval *eval, Value point);
Value interval_point_predecessor(Eval *eval, Value point);

#endif
