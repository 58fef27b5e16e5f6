/* ucum_convert.c - converting and comparing amounts in units of UCUM, exactly.
 *
 * An amount is a whole number of 1e-8.  Its product with the factors is carried in whole
 * numbers of up to 1,024 bits and rounded once, at the end; pi is taken to 31 digits, and only
 * where the two units differ in it.  Temperatures shift by a constant first; the other
 * special units are in ucum_function.c. */
#include "value/decimal.h"
#include "value/ucum.h"
#include "value/ucum_unit.h"

/* ---- whole numbers ---- */

enum { LIMBS = 32, TENS_LIMIT = 150 };

typedef struct Big {
    uint32_t limb[LIMBS];
    bool overflow;
} Big;

static Big big(UcumWide number) {
    Big result = { .overflow = false };
    for (int i = 0; i < 4; i++) result.limb[i] = (uint32_t)(number >> (32 * i));
    return result;
}

static void multiply_small(Big *a, uint32_t by) {
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)a->limb[i] * by;
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) a->overflow = true;
}

static void multiply(Big *a, UcumWide by) {
    if (by == 1) return;
    Big result = { .overflow = a->overflow };
    for (int j = 0; j < 4; j++) {
        uint32_t digit = (uint32_t)(by >> (32 * j));
        uint64_t carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += (uint64_t)a->limb[i] * digit;
            if (i + j >= LIMBS) {
                result.overflow |= carry != 0;
                continue;
            }
            carry += result.limb[i + j];
            result.limb[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        result.overflow |= carry != 0;
    }
    *a = result;
}

static void multiply_tens(Big *a, int32_t tens) {
    if (tens > TENS_LIMIT) a->overflow = true;
    for (; tens >= 9 && !a->overflow; tens -= 9) multiply_small(a, 1000000000);
    for (; tens > 0 && !a->overflow; tens--) multiply_small(a, 10);
}

static int compare(const Big *a, const Big *b) {
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static int bit_length(const Big *a) {
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != 0) return 32 * i + 32 - __builtin_clz(a->limb[i]);
    return 0;
}

static void double_it(Big *a) {
    uint32_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        uint32_t next = a->limb[i] >> 31;
        a->limb[i] = a->limb[i] << 1 | carry;
        carry = next;
    }
    if (carry != 0) a->overflow = true;
}

static void halve(Big *a) {
    for (int i = 0; i < LIMBS; i++)
        a->limb[i] = a->limb[i] >> 1 | (i + 1 < LIMBS ? a->limb[i + 1] << 31 : 0);
}

static void subtract(Big *a, const Big *b) {
    int64_t borrow = 0;
    for (int i = 0; i < LIMBS; i++) {
        borrow += (int64_t)a->limb[i] - b->limb[i];
        a->limb[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
}

/* a / b to the nearest whole number, halves up; false above 126 bits. */
static bool divide(Big a, Big b, UcumWide *quotient) {
    *quotient = 0;
    int steps = bit_length(&a) - bit_length(&b);
    if (steps > 125) return false;
    for (int i = 0; i < steps; i++) double_it(&b);
    if (b.overflow) return false;
    for (int i = steps; i >= 0; i--) {
        *quotient <<= 1;
        if (compare(&a, &b) >= 0) {
            subtract(&a, &b);
            *quotient |= 1;
        }
        if (i > 0) halve(&b);
    }
    double_it(&a);
    if (!a.overflow && compare(&a, &b) >= 0) ++*quotient;
    return true;
}

/* ---- factors ---- */

/* pi in units of 1e-30 */
#define PI_UNITS ((UcumWide)314159265358979323 * 10000000000000 + 8462643383279)
enum { PI_TENS = -30, PI_LIMIT = 6 };

/* over / under = from / to */
static bool ratio(const UcumScale *from, const UcumScale *to, Big *over, Big *under) {
    multiply(over, from->numerator);
    multiply(over, to->denominator);
    multiply(under, from->denominator);
    multiply(under, to->numerator);
    int32_t pi = from->pi - to->pi, tens = from->tens - to->tens;
    if (pi > PI_LIMIT || pi < -PI_LIMIT) return false;
    tens += pi * PI_TENS;
    for (int32_t i = 0; i < pi; i++) multiply(over, PI_UNITS);
    for (int32_t i = 0; i > pi; i--) multiply(under, PI_UNITS);
    multiply_tens(over, tens);
    multiply_tens(under, -tens);
    return !over->overflow && !under->overflow;
}

static UcumWide magnitude(__int128 units) { return units < 0 ? -(UcumWide)units : (UcumWide)units; }

/* The usual case: the factors are powers of ten. */
static bool scale_by_tens(__int128 units, int32_t tens, __int128 *out) {
    static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
                                      100000000, 1000000000 };
    if (tens > 9 || tens < -9) return false;
    if (tens >= 0) return !__builtin_mul_overflow(units, (__int128)powers[tens], out);
    int64_t divisor = powers[-tens];
    __int128 half = divisor / 2;
    *out = (units + (units < 0 ? -half : half)) / divisor;
    return true;
}

static bool only_tens(const UcumScale *a, const UcumScale *b) {
    return a->numerator == b->numerator && a->denominator == b->denominator && a->pi == b->pi;
}

static bool rescale(__int128 units, const UcumScale *from, const UcumScale *to, __int128 *out) {
    if (only_tens(from, to) && scale_by_tens(units, from->tens - to->tens, out)) return true;
    Big over = big(magnitude(units)), under = big(1);
    UcumWide result;
    if (!ratio(from, to, &over, &under) || !divide(over, under, &result)) return false;
    *out = units < 0 ? -(__int128)result : (__int128)result;
    return true;
}

/* ---- special units ---- */

static bool is_temperature(UcumKind kind) {
    return kind == UCUM_CELSIUS || kind == UCUM_FAHRENHEIT || kind == UCUM_REAUMUR;
}

/* Absolute zero of a temperature scale in units of 1e-8 of its degree, and the degree. */
typedef struct Shift {
    int64_t zero;
    UcumFactor degree;
} Shift;

static Shift shift_of(UcumKind kind) {
    if (kind == UCUM_CELSIUS) return (Shift){ 27315000000, { 1, 1, 0, 0 } };
    if (kind == UCUM_FAHRENHEIT) return (Shift){ 45967000000, { 5, 9, 0, 0 } };
    if (kind == UCUM_REAUMUR) return (Shift){ 21852000000, { 125, 1, -2, 0 } };
    return (Shift){ 0, { 1, 1, 0, 0 } };
}

/* What is added to an amount to count from zero; `scale` becomes that of the unit's step. */
static bool shift(const UcumUnit *unit, UcumScale *scale, __int128 *zero) {
    Shift own = shift_of(unit->kind);
    *scale = unit->scale;
    *zero = own.zero;
    if (!is_temperature(unit->kind)) return true;
    scale->tens += unit->prefix_tens;
    return ucum_scale_by(scale, &own.degree, 1) &&
           scale_by_tens(own.zero, -unit->prefix_tens, zero);
}

static bool is_linear(const UcumUnit *unit) {
    return unit->kind == UCUM_RATIO || is_temperature(unit->kind);
}

static bool convert_linear(__int128 units, const UcumUnit *from, const UcumUnit *to,
                           __int128 *out) {
    UcumScale from_step, to_step;
    __int128 from_zero, to_zero;
    if (!shift(from, &from_step, &from_zero) || !shift(to, &to_step, &to_zero)) return false;
    if (!rescale(units + from_zero, &from_step, &to_step, out)) return false;
    *out -= to_zero;
    return true;
}

/* ---- the contract ---- */

static bool same_arbitrary(const UcumUnit *a, const UcumUnit *b) {
    for (int i = 0; i < UCUM_ARBITRARY_LIMIT; i++) {
        if (a->arbitrary[i].unit == 0 || a->arbitrary[i].exponent == 0) continue;
        int32_t exponent = 0;
        for (int j = 0; j < UCUM_ARBITRARY_LIMIT; j++)
            if (b->arbitrary[j].unit == a->arbitrary[i].unit) exponent = b->arbitrary[j].exponent;
        if (exponent != a->arbitrary[i].exponent) return false;
    }
    return true;
}

static bool commensurable(const UcumUnit *a, const UcumUnit *b) {
    if (a->kind == UCUM_IMPROPER || b->kind == UCUM_IMPROPER) return false;
    for (int i = 0; i < UCUM_DIMENSIONS; i++)
        if (a->dimension[i] != b->dimension[i]) return false;
    return same_arbitrary(a, b) && same_arbitrary(b, a);
}

static bool parse_both(Str a, Str b, UcumUnit *unit_a, UcumUnit *unit_b) {
    return ucum_parse(a, unit_a) && ucum_parse(b, unit_b) && commensurable(unit_a, unit_b);
}

bool ucum_commensurable(Str a, Str b) {
    UcumUnit unit_a, unit_b;
    return parse_both(a, b, &unit_a, &unit_b);
}

bool ucum_proportional(Str unit) {
    UcumUnit parsed;
    return ucum_parse(unit, &parsed) && parsed.kind == UCUM_RATIO;
}

bool ucum_convert(Arena *arena, Value decimal, Str from, Str to, Value *out) {
    UcumUnit source, target;
    if (!parse_both(from, to, &source, &target)) return false;
    if (!is_linear(&source) || !is_linear(&target))
        return ucum_convert_function(arena, decimal, &source, &target, out);
    __int128 result;
    if (!convert_linear(decimal_units(decimal), &source, &target, &result)) return false;
    *out = decimal_from_units(arena, result, 0);
    return !value_is_null(*out);
}

static int sign(__int128 units) { return (units > 0) - (units < 0); }

static bool compare_linear(__int128 a, const UcumUnit *unit_a, __int128 b, const UcumUnit *unit_b,
                           int *order) {
    UcumScale step_a, step_b;
    __int128 zero_a, zero_b;
    if (!shift(unit_a, &step_a, &zero_a) || !shift(unit_b, &step_b, &zero_b)) return false;
    a += zero_a;
    b += zero_b;
    if (sign(a) != sign(b) || sign(a) == 0) {
        *order = (sign(a) > sign(b)) - (sign(a) < sign(b));
        return true;
    }
    Big left = big(magnitude(a)), right = big(magnitude(b));
    if (!ratio(&step_a, &step_b, &left, &right)) return false;
    *order = compare(&left, &right) * sign(a);
    return true;
}

/* In the unit of the first: the greater amount has the lower number where that falls ([pH]). */
static bool compare_in_first(Arena *arena, Value a, const UcumUnit *first, Value b,
                             const UcumUnit *second, int *order) {
    Value converted;
    if (!ucum_convert_function(arena, b, second, first, &converted)) return false;
    *order = ucum_falls(first) ? decimal_compare(converted, a) : decimal_compare(a, converted);
    return true;
}

bool ucum_compare(Arena *arena, Value a, Str unit_a, Value b, Str unit_b, int *order) {
    UcumUnit first, second;
    if (!parse_both(unit_a, unit_b, &first, &second)) return false;
    if (is_linear(&first) && is_linear(&second))
        return compare_linear(decimal_units(a), &first, decimal_units(b), &second, order);
    /* In the unit that is no function; of two functions in the same one whichever comes first. */
    bool swapped = second.kind == UCUM_RATIO ||
                   (first.kind != UCUM_RATIO && str_compare(unit_a, unit_b) > 0);
    if (!swapped) return compare_in_first(arena, a, &first, b, &second, order);
    bool sound = compare_in_first(arena, b, &second, a, &first, order);
    if (sound) *order = -*order;
    return sound;
}

bool ucum_finer(Str a, Str b) {
    UcumUnit first, second;
    if (!parse_both(a, b, &first, &second)) return false;
    Big left = big(1), right = big(1);
    return ratio(&first.scale, &second.scale, &left, &right) && compare(&left, &right) < 0;
}
