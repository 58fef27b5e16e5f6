/* quantity.h - numbers with units: reading, comparing, arithmetic.
 *
 * Units are UCUM codes or CQL's calendar durations (year, month, week, day, hour, minute,
 * second, millisecond, and their plurals).  A calendar duration above days is not the
 * definite duration of UCUM: 1 year = 1 'a' is null, 1 year ~ 1 'a' is true. */
#ifndef ISLET_VALUE_QUANTITY_H
#define ISLET_VALUE_QUANTITY_H

#include "value/eval.h"

/* A Quantity of a decimal and a unit.  `unit` is copied by reference; empty means "1". */
Value quantity_make(Arena *arena, Value decimal, Str unit, bool calendar);

/* "4.5 'mg'", "3 days", "5": a number, then a unit in quotes, a calendar duration or nothing.
 * False when the text is anything else, the number no Decimal or the unit no unit of UCUM. */
bool quantity_parse(Arena *arena, Str text, Value *out);

/* Is `unit` a calendar duration keyword? */
bool quantity_is_calendar_unit(Str unit);

/* -1, 0 or 1 (Integer); null when the units do not compare. */
Value quantity_compare(Eval *eval, Value a, Value b);
/* CQL Equal: Boolean or null. CQL Equivalent: Boolean. */
Value quantity_equal(Eval *eval, Value a, Value b);
Value quantity_equivalent(Eval *eval, Value a, Value b);

/* Quantities or null: of units that do not fit, on overflow, on division by zero. */
Value quantity_add(Eval *eval, Value a, Value b);
Value quantity_subtract(Eval *eval, Value a, Value b);
Value quantity_multiply(Eval *eval, Value a, Value b);
Value quantity_divide(Eval *eval, Value a, Value b);

/* The next quantity, 1e-8 of its unit on or back (-1); null past the range. */
Value quantity_step(Arena *arena, Value quantity, int direction);

/* The same amount in another unit; null where there is no conversion. */
Value quantity_convert(Eval *eval, Value quantity, Str unit);

/* The quantity's number in the unit (calendar or UCUM) of another; null where units differ. */
Value quantity_value_in(Eval *eval, Value quantity, const Quantity *unit_of);

#endif
