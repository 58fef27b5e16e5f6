/* real.h - fixed-point numbers for the way between Decimals.
 *
 * 128 bits before the point and 256 after, so that a logarithm or a standard deviation,
 * rounded to a Decimal at the end, is right to its last digit.  An operation whose result
 * does not fit, or is not defined, sets `invalid`, which stays. */
#ifndef ISLET_VALUE_REAL_H
#define ISLET_VALUE_REAL_H

#include "value/value.h"

enum { REAL_LIMBS = 12, REAL_FRACTION = 8 };

typedef struct Real {
    uint32_t limb[REAL_LIMBS]; /* the magnitude, the least significant first */
    bool negative;
    bool invalid;
} Real;

Real real_from_integer(int64_t integer);
Real real_from_decimal(Value decimal);
/* Rounded to eight places, halves away from zero; null when invalid or no Decimal. */
Value real_to_decimal(Arena *arena, Real x);

Real real_add(Real a, Real b);
Real real_subtract(Real a, Real b);
Real real_multiply(Real a, Real b);
Real real_divide(Real a, Real b); /* invalid by zero */

Real real_exp(Real x);
Real real_ln(Real x);            /* invalid unless x > 0 */
Real real_power(Real x, Real y); /* invalid for 0 to a negative, a negative to a fraction */
Real real_root(Real x);          /* the square root; invalid below 0 */

bool real_is_zero(Real x);

#endif
