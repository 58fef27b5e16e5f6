/* real.c - see real.h.  Schoolbook arithmetic on limbs of 32 bits; exponential and logarithm
 * by their series after the power of two is taken out. */
#include "value/real.h"

#include <string.h>

#include "value/decimal.h"

enum { LIMB_BITS = 32, BITS = REAL_LIMBS * LIMB_BITS, FRACTION_BITS = REAL_FRACTION * LIMB_BITS };
/* e^100 is past what Decimals hold, e^-100 below it. */
enum { EXPONENT_LIMIT = 100 };

static Real invalid(void) { return (Real){ .invalid = true }; }

bool real_is_zero(Real x) {
    for (int i = 0; i < REAL_LIMBS; i++)
        if (x.limb[i] != 0) return false;
    return true;
}

static int compare_magnitudes(const Real *a, const Real *b) {
    for (int i = REAL_LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static Real multiply_small(Real x, uint32_t factor) {
    uint64_t carry = 0;
    for (int i = 0; i < REAL_LIMBS; i++) {
        carry += (uint64_t)x.limb[i] * factor;
        x.limb[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    x.invalid = x.invalid || carry != 0;
    return x;
}

static Real divide_small(Real x, uint32_t divisor) {
    uint64_t rest = 0;
    for (int i = REAL_LIMBS - 1; i >= 0; i--) {
        rest = rest << LIMB_BITS | x.limb[i];
        x.limb[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return x;
}

/* |a| + |b| with the sign and validity of a. */
static Real add_magnitudes(Real a, const Real *b) {
    uint64_t carry = 0;
    for (int i = 0; i < REAL_LIMBS; i++) {
        carry += (uint64_t)a.limb[i] + b->limb[i];
        a.limb[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    a.invalid = a.invalid || carry != 0;
    return a;
}

/* |a| - |b|, which is not below 0, with the sign and validity of a. */
static Real subtract_magnitudes(Real a, const Real *b) {
    int64_t borrow = 0;
    for (int i = 0; i < REAL_LIMBS; i++) {
        int64_t limb = (int64_t)a.limb[i] - b->limb[i] - borrow;
        borrow = limb < 0;
        a.limb[i] = (uint32_t)limb;
    }
    return a;
}

static Real whole(unsigned __int128 magnitude, bool negative) {
    Real x = { .negative = negative };
    for (int i = REAL_FRACTION; i < REAL_LIMBS; i++, magnitude >>= LIMB_BITS)
        x.limb[i] = (uint32_t)magnitude;
    return x;
}

static unsigned __int128 whole_part(const Real *x) {
    unsigned __int128 part = 0;
    for (int i = REAL_LIMBS - 1; i >= REAL_FRACTION; i--) part = part << LIMB_BITS | x->limb[i];
    return part;
}

Real real_from_integer(int64_t integer) {
    return whole((unsigned __int128)(integer < 0 ? -(__int128)integer : integer), integer < 0);
}

Real real_from_decimal(Value decimal) {
    __int128 units = decimal_units(decimal);
    Real x = whole((unsigned __int128)(units < 0 ? -units : units), units < 0);
    return divide_small(x, DECIMAL_UNIT);
}

Value real_to_decimal(Arena *arena, Real x) {
    x = multiply_small(x, DECIMAL_UNIT);
    unsigned __int128 units = whole_part(&x);
    if (x.invalid || units >> 127 != 0) return value_null();
    if (x.limb[REAL_FRACTION - 1] >> (LIMB_BITS - 1) != 0) units++;
    return decimal_from_units(arena, x.negative ? -(__int128)units : (__int128)units, 0);
}

Real real_add(Real a, Real b) {
    bool broken = a.invalid || b.invalid;
    Real sum = a.negative == b.negative             ? add_magnitudes(a, &b)
               : compare_magnitudes(&a, &b) >= 0 ? subtract_magnitudes(a, &b)
                                                  : subtract_magnitudes(b, &a);
    sum.invalid = sum.invalid || broken;
    return sum;
}

Real real_subtract(Real a, Real b) {
    b.negative = !b.negative;
    return real_add(a, b);
}

Real real_multiply(Real a, Real b) {
    uint32_t product[2 * REAL_LIMBS] = { 0 };
    for (int i = 0; i < REAL_LIMBS; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < REAL_LIMBS; j++) {
            carry += (uint64_t)a.limb[i] * b.limb[j] + product[i + j];
            product[i + j] = (uint32_t)carry;
            carry >>= LIMB_BITS;
        }
        product[i + REAL_LIMBS] = (uint32_t)carry;
    }
    Real result = { .negative = a.negative != b.negative, .invalid = a.invalid || b.invalid };
    memcpy(result.limb, product + REAL_FRACTION, sizeof result.limb);
    for (int i = REAL_FRACTION + REAL_LIMBS; i < 2 * REAL_LIMBS; i++)
        if (product[i] != 0) result.invalid = true;
    return result;
}

static bool shift_left_one(Real *x, uint32_t bit) {
    for (int i = 0; i < REAL_LIMBS; i++) {
        uint32_t out = x->limb[i] >> (LIMB_BITS - 1);
        x->limb[i] = x->limb[i] << 1 | bit;
        bit = out;
    }
    return bit != 0;
}

static uint32_t bit_at(const Real *x, int place) {
    return place < 0 ? 0 : x->limb[place / LIMB_BITS] >> (place % LIMB_BITS) & 1;
}

/* Bit by bit: the numerator's bits from the top, then zeros for the fraction. */
Real real_divide(Real a, Real b) {
    if (a.invalid || b.invalid || real_is_zero(b)) return invalid();
    Real quotient = { .negative = a.negative != b.negative }, rest = { 0 };
    for (int place = BITS - 1; place >= -FRACTION_BITS; place--) {
        bool carried = shift_left_one(&rest, bit_at(&a, place));
        bool fits = carried || compare_magnitudes(&rest, &b) >= 0;
        if (fits) rest = subtract_magnitudes(rest, &b);
        if (shift_left_one(&quotient, fits)) return invalid();
    }
    return quotient;
}

/* x * 2^count; bits past the end are lost to the right, invalid to the left. */
static Real scale_by_two(Real x, int count) {
    for (; count >= 16; count -= 16) x = multiply_small(x, 1u << 16);
    for (; count > 0; count--) x = multiply_small(x, 2);
    for (; count <= -16; count += 16) x = divide_small(x, 1u << 16);
    for (; count < 0; count++) x = divide_small(x, 2);
    return x;
}

/* 2 * atanh(t), |t| <= 1/3: the sum of t^(2i+1) / (2i+1). */
static Real double_atanh(Real t) {
    Real square = real_multiply(t, t), sum = t;
    for (uint32_t i = 3; !real_is_zero(t); i += 2) {
        t = real_multiply(t, square);
        sum = real_add(sum, divide_small(t, i));
    }
    return multiply_small(sum, 2);
}

static Real ln_of_two(void) { return double_atanh(divide_small(real_from_integer(1), 3)); }

Real real_ln(Real x) {
    if (x.invalid || x.negative || real_is_zero(x)) return invalid();
    int top = BITS - 1;
    while (bit_at(&x, top) == 0) top--;
    int power = top - FRACTION_BITS;
    Real one = real_from_integer(1), mantissa = scale_by_two(x, -power);
    Real t = real_divide(real_subtract(mantissa, one), real_add(mantissa, one));
    return real_add(double_atanh(t), real_multiply(ln_of_two(), real_from_integer(power)));
}

/* The power of two is taken out by dividing by a little more than ln 2, so that what is
 * left is not negative. */
static Real exp_of_positive(Real x) {
    int power = (int)(whole_part(&x) * 1000 / 694);
    x = real_subtract(x, real_multiply(ln_of_two(), real_from_integer(power)));
    Real term = real_from_integer(1), sum = term;
    for (uint32_t i = 1; !real_is_zero(term); i++) {
        term = divide_small(real_multiply(term, x), i);
        sum = real_add(sum, term);
    }
    return scale_by_two(sum, power);
}

Real real_exp(Real x) {
    if (x.invalid) return x;
    bool negative = x.negative;
    if (whole_part(&x) >= EXPONENT_LIMIT) return negative ? real_from_integer(0) : invalid();
    x.negative = false;
    Real result = exp_of_positive(x);
    return negative ? real_divide(real_from_integer(1), result) : result;
}

static bool is_whole(const Real *x) {
    for (int i = 0; i < REAL_FRACTION; i++)
        if (x->limb[i] != 0) return false;
    return true;
}

static Real power_of_whole(Real x, unsigned __int128 exponent) {
    Real result = real_from_integer(1);
    for (; exponent != 0 && !result.invalid; exponent >>= 1) {
        if (exponent & 1) result = real_multiply(result, x);
        if (exponent > 1) x = real_multiply(x, x);
        if (x.invalid && exponent > 1) return invalid();
    }
    return result;
}

Real real_power(Real x, Real y) {
    if (x.invalid || y.invalid) return invalid();
    if (is_whole(&y)) {
        if (y.negative) x = real_divide(real_from_integer(1), x);
        return power_of_whole(x, whole_part(&y));
    }
    if (real_is_zero(x)) return y.negative ? invalid() : x;
    return real_exp(real_multiply(y, real_ln(x)));
}

Real real_root(Real x) {
    if (x.invalid || real_is_zero(x)) return x;
    return real_exp(divide_small(real_ln(x), 2));
}
