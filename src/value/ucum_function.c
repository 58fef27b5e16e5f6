/* ucum_function.c - units of UCUM that are functions: logarithms, the tangent, the root.
 *
 * The number becomes one of the unit's reference (pH: mol/L), that is scaled to the other
 * unit's reference, and the inverse function follows; all in fixed point (value/real.h), rounded
 * once. */
#include "value/real.h"
#include "value/ucum_unit.h"

static Real one(void) { return real_from_integer(1); }

static Real power_of_ten(int32_t tens) {
    Real result = one(), ten = real_from_integer(10);
    for (int32_t i = tens < 0 ? -tens : tens; i > 0 && !result.invalid; i--)
        result = real_multiply(result, ten);
    return tens < 0 ? real_divide(one(), result) : result;
}

static Real from_wide(UcumWide number) {
    Real result = real_from_integer(0), step = real_from_integer((int64_t)1 << 32);
    for (int shift = 96; shift >= 0; shift -= 32)
        result = real_add(real_multiply(result, step),
                          real_from_integer((int64_t)(uint32_t)(number >> shift)));
    return result;
}

/* By halving the angle until the series of the arc tangent is short. */
static Real arc_tangent(Real x) {
    enum { HALVINGS = 8, TERMS = 24 };
    for (int i = 0; i < HALVINGS; i++) {
        Real hypotenuse = real_root(real_add(one(), real_multiply(x, x)));
        x = real_divide(x, real_add(one(), hypotenuse));
    }
    Real square = real_multiply(x, x), power = x, sum = real_from_integer(0);
    for (int i = 0; i < TERMS; i++) {
        Real term = real_divide(power, real_from_integer(2 * i + 1));
        sum = i % 2 == 0 ? real_add(sum, term) : real_subtract(sum, term);
        power = real_multiply(power, square);
    }
    return real_multiply(sum, real_from_integer(1 << HALVINGS));
}

static Real pi(void) { return real_multiply(real_from_integer(4), arc_tangent(one())); }

static Real tangent(Real x) {
    enum { TERMS = 120 };
    Real term = one(), sine = real_from_integer(0), cosine = one();
    for (int i = 1; i < TERMS && !term.invalid; i++) {
        term = real_divide(real_multiply(term, x), real_from_integer(i));
        Real *sum = i % 2 == 0 ? &cosine : &sine;
        *sum = i / 2 % 2 == 0 ? real_add(*sum, term) : real_subtract(*sum, term);
    }
    Real result = real_divide(sine, cosine);
    result.invalid |= term.invalid;
    return result;
}

/* What the logarithm's base is to the power of the number, or minus the number. */
static Real base_of(UcumKind kind) {
    switch (kind) {
    case UCUM_LOG_E: return real_exp(one());
    case UCUM_LOG2: return real_from_integer(2);
    case UCUM_TWICE_LOG10: return real_root(real_from_integer(10));
    case UCUM_MINUS_LOG100: return real_from_integer(100);
    case UCUM_MINUS_LOG1000: return real_from_integer(1000);
    case UCUM_MINUS_LOG50000: return real_from_integer(50000);
    default: return real_from_integer(10);
    }
}

static bool is_negative(UcumKind kind) {
    return kind >= UCUM_MINUS_LOG10 && kind <= UCUM_MINUS_LOG50000;
}

bool ucum_falls(const UcumUnit *unit) { return is_negative(unit->kind); }

static Real negate(Real x) { return real_subtract(real_from_integer(0), x); }

static Real to_reference(const UcumUnit *unit, Real x) {
    if (unit->kind == UCUM_RATIO) return x;
    x = real_multiply(x, power_of_ten(unit->prefix_tens));
    if (unit->kind == UCUM_TANGENT) return arc_tangent(real_divide(x, real_from_integer(100)));
    if (unit->kind == UCUM_ROOT) return real_multiply(x, x);
    return real_power(base_of(unit->kind), is_negative(unit->kind) ? negate(x) : x);
}

static Real logarithm(UcumKind kind, Real x) {
    Real result = real_divide(real_ln(x), real_ln(base_of(kind)));
    return is_negative(kind) ? negate(result) : result;
}

static Real from_reference(const UcumUnit *unit, Real x) {
    if (unit->kind == UCUM_RATIO) return x;
    if (unit->kind == UCUM_TANGENT) x = real_multiply(tangent(x), real_from_integer(100));
    else if (unit->kind == UCUM_ROOT) x = real_root(x);
    else x = logarithm(unit->kind, x);
    return real_divide(x, power_of_ten(unit->prefix_tens));
}

/* The reference of a slope is taken to be the radian, whatever the table says. */
static UcumScale reference(const UcumUnit *unit) {
    return unit->kind == UCUM_TANGENT ? (UcumScale){ 1, 1, 0, 0 } : unit->scale;
}

static Real rescale(Real x, const UcumScale *from, const UcumScale *to) {
    x = real_multiply(x, power_of_ten(from->tens - to->tens));
    x = real_multiply(x, real_divide(from_wide(from->numerator), from_wide(to->numerator)));
    x = real_multiply(x, real_divide(from_wide(to->denominator), from_wide(from->denominator)));
    for (int32_t i = to->pi; i < from->pi; i++) x = real_multiply(x, pi());
    for (int32_t i = from->pi; i < to->pi; i++) x = real_divide(x, pi());
    return x;
}

static bool is_function(UcumKind kind) {
    return kind == UCUM_RATIO || (kind >= UCUM_TANGENT && kind < UCUM_IMPROPER);
}

bool ucum_convert_function(Arena *arena, Value decimal, const UcumUnit *from, const UcumUnit *to,
                           Value *out) {
    enum { PI_LIMIT = 6 };
    if (!is_function(from->kind) || !is_function(to->kind)) return false;
    UcumScale source = reference(from), target = reference(to);
    if (source.pi - target.pi > PI_LIMIT || target.pi - source.pi > PI_LIMIT) return false;
    Real x = rescale(to_reference(from, real_from_decimal(decimal)), &source, &target);
    *out = real_to_decimal(arena, from_reference(to, x));
    return !value_is_null(*out);
}
