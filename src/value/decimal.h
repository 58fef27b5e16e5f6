/* decimal.h - exact decimal numbers with eight digits after the point.
 *
 * A Decimal is a whole number of units of 1e-8, in 64 bits where it fits, else in 128.
 * CQL's `maximum Decimal` has 20 digits before the point; arithmetic carries up to 28, so
 * that an intermediate result need not fit.  Past that a result is CQL null.  Rounding is
 * to the nearest, halves away from zero. */
#ifndef ISLET_VALUE_DECIMAL_H
#define ISLET_VALUE_DECIMAL_H

#include "value/value.h"

enum { DECIMAL_PLACES = 8, DECIMAL_UNIT = 100000000 };

/* CQL's maximum Decimal in units, 10^28 - 1; the minimum is its negative. */
#define DECIMAL_MAXIMUM ((__int128)1000000000000000000 * 10000000000 - 1)

/* A sign or none, digits, and a point with digits or none.  Digits past the eighth are
 * rounded away.  False: not of that form, or more than 28 digits before the point. */
bool decimal_from_text(Arena *arena, Str text, Value *out);

Value decimal_from_integer(Arena *arena, int64_t integer);

/* From units of 1e-8; `places` is how many digits after the point count as written (for
 * Precision and boundaries), made larger where the value has more.  Null past the range. */
Value decimal_from_units(Arena *arena, __int128 units, uint32_t places);
__int128 decimal_units(Value decimal);

/* Digits after the point that are needed to write the value, 0 to 8. */
uint32_t decimal_scale(Value decimal);

/* Null on overflow, and on division by zero. */
Value decimal_add(Arena *arena, Value a, Value b);
Value decimal_subtract(Arena *arena, Value a, Value b);
Value decimal_multiply(Arena *arena, Value a, Value b);
Value decimal_divide(Arena *arena, Value a, Value b);
/* The whole part of a / b, and a - b * that. */
Value decimal_truncated_divide(Arena *arena, Value a, Value b);
Value decimal_modulo(Arena *arena, Value a, Value b);

Value decimal_negate(Arena *arena, Value decimal);
Value decimal_truncate(Arena *arena, Value decimal); /* toward zero, to a whole Decimal */
Value decimal_round(Arena *arena, Value decimal, int64_t places); /* places may be negative */

int decimal_compare(Value a, Value b); /* -1, 0, 1 */

/* Without superfluous zeros, with a point always: "1.0", "-0.05". */
void decimal_print(Value decimal, Buffer *out);

#endif
