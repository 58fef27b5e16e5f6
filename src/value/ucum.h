/* ucum.h - the Unified Code for Units of Measure: which units there are and how they convert.
 *
 * Codes are case sensitive, as CQL wants.  The empty unit is "1". */
#ifndef ISLET_VALUE_UCUM_H
#define ISLET_VALUE_UCUM_H

#include "value/value.h"

/* Is the text a unit of UCUM? */
bool ucum_valid(Str unit);

/* *out = the decimal, which is in `from`, in `to`; false when one is no unit, the units do
 * not measure the same or the result is no Decimal (it is rounded to 8 places). */
bool ucum_convert(Arena *arena, Value decimal, Str from, Str to, Value *out);

/* Do the units measure the same (equal dimension, equal arbitrary units)? */
bool ucum_commensurable(Str a, Str b);

/* Is it a unit with a factor, not with a function (Cel, [pH], B)? */
bool ucum_proportional(Str unit);

/* Compares a in unit_a with b in unit_b exactly: -1, 0, 1 in *order.  False when the units do
 * not measure the same. */
bool ucum_compare(Arena *arena, Value a, Str unit_a, Value b, Str unit_b, int *order);

/* Is one of `a` less than one of `b`?  False also when they do not measure the same. */
bool ucum_finer(Str a, Str b);

/* The unit of a product or quotient: "cm2", "g/L", "1" where units cancel.  False when one
 * is no unit or the result too long to write. */
bool ucum_multiply(Arena *arena, Str a, Str b, Str *out);
bool ucum_divide(Arena *arena, Str a, Str b, Str *out);

#endif
