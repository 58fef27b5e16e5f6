/* arithmetic.c - the operators of Integer, Long and Decimal.
 *
 * What most calls have, two Integers or two Decimals, is done at once.  `apply` does the
 * rest: nulls, mixed numbers, and uncertainties, whose result reaches from the least to
 * the greatest of the results of their bounds.  A result that the type cannot hold is null. */
#include "value/compare.h"
#include "value/decimal.h"
#include "value/operators.h"
#include "value/real.h"

typedef enum Operation { ADD, SUBTRACT, MULTIPLY, DIVIDE, TRUNCATED_DIVIDE, MODULO } Operation;

static const __int128 LONG_LIMIT = (__int128)1 << 63;

static Value integer_or_null(int64_t integer) {
    return integer < INT32_MIN || integer > INT32_MAX ? value_null() : value_integer(integer);
}

static Value whole_or_null(__int128 number, bool is_long) {
    if (number < -LONG_LIMIT || number >= LONG_LIMIT) return value_null();
    return is_long ? value_long((int64_t)number) : integer_or_null((int64_t)number);
}

static Value as_decimal(Eval *eval, Value number) {
    return number.tag == TAG_DECIMAL ? number : decimal_from_integer(eval->arena, number.integer);
}

static Value apply_to_wholes(Operation operation, Value a, Value b) {
    __int128 x = a.integer, y = b.integer;
    bool is_long = a.tag == TAG_LONG || b.tag == TAG_LONG;
    if (operation >= DIVIDE && y == 0) return value_null();
    switch (operation) {
    case ADD: return whole_or_null(x + y, is_long);
    case SUBTRACT: return whole_or_null(x - y, is_long);
    case MULTIPLY: return whole_or_null(x * y, is_long);
    case MODULO: return whole_or_null(x % y, is_long);
    default: return whole_or_null(x / y, is_long);
    }
}

static Value apply_to_decimals(Eval *eval, Operation operation, Value a, Value b) {
    switch (operation) {
    case ADD: return decimal_add(eval->arena, a, b);
    case SUBTRACT: return decimal_subtract(eval->arena, a, b);
    case MULTIPLY: return decimal_multiply(eval->arena, a, b);
    case DIVIDE: return decimal_divide(eval->arena, a, b);
    case TRUNCATED_DIVIDE: return decimal_truncated_divide(eval->arena, a, b);
    default: return decimal_modulo(eval->arena, a, b);
    }
}

static Value low_of(Value value) {
    return value.tag == TAG_UNCERTAINTY ? value.uncertainty->low : value;
}

static Value high_of(Value value) {
    return value.tag == TAG_UNCERTAINTY ? value.uncertainty->high : value;
}

static int order_of(Eval *eval, Value a, Value b) {
    return (int)value_compare(eval, a, b).integer;
}

/* From the least to the greatest of the values; null when one is. */
static Value span(Eval *eval, const Value *values, uint32_t count) {
    Uncertainty reach = { values[0], values[0] };
    for (uint32_t i = 0; i < count; i++) {
        if (value_is_null(values[i])) return value_null();
        if (order_of(eval, values[i], reach.low) < 0) reach.low = values[i];
        if (order_of(eval, values[i], reach.high) > 0) reach.high = values[i];
    }
    if (order_of(eval, reach.low, reach.high) == 0) return reach.low;
    return (Value){ .tag = TAG_UNCERTAINTY,
                    .uncertainty = arena_copy(eval->arena, &reach, sizeof reach) };
}

static bool reaches_zero(Eval *eval, Value value) {
    Value zero = value_integer(0);
    return order_of(eval, low_of(value), zero) <= 0 && order_of(eval, high_of(value), zero) >= 0;
}

static Value apply(Eval *eval, Operation operation, Value a, Value b);

static Value apply_to_bounds(Eval *eval, Operation operation, Value a, Value b) {
    if (operation == MODULO || (operation >= DIVIDE && reaches_zero(eval, b))) return value_null();
    Value corners[] = {
        apply(eval, operation, low_of(a), low_of(b)),
        apply(eval, operation, low_of(a), high_of(b)),
        apply(eval, operation, high_of(a), low_of(b)),
        apply(eval, operation, high_of(a), high_of(b)),
    };
    return span(eval, corners, 4);
}

static Value apply(Eval *eval, Operation operation, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_null();
    if (a.tag == TAG_UNCERTAINTY || b.tag == TAG_UNCERTAINTY)
        return apply_to_bounds(eval, operation, a, b);
    if (operation != DIVIDE && a.tag != TAG_DECIMAL && b.tag != TAG_DECIMAL)
        return apply_to_wholes(operation, a, b);
    return apply_to_decimals(eval, operation, as_decimal(eval, a), as_decimal(eval, b));
}

static bool both_are(const Value *arguments, Tag tag) {
    return arguments[0].tag == tag && arguments[1].tag == tag;
}

bool add_integers(Eval *eval, const Value *arguments, Value *result) {
    *result = both_are(arguments, TAG_INTEGER)
                  ? integer_or_null(arguments[0].integer + arguments[1].integer)
                  : apply(eval, ADD, arguments[0], arguments[1]);
    return true;
}

bool subtract_integers(Eval *eval, const Value *arguments, Value *result) {
    *result = both_are(arguments, TAG_INTEGER)
                  ? integer_or_null(arguments[0].integer - arguments[1].integer)
                  : apply(eval, SUBTRACT, arguments[0], arguments[1]);
    return true;
}

bool multiply_integers(Eval *eval, const Value *arguments, Value *result) {
    *result = both_are(arguments, TAG_INTEGER)
                  ? integer_or_null(arguments[0].integer * arguments[1].integer)
                  : apply(eval, MULTIPLY, arguments[0], arguments[1]);
    return true;
}

bool add_longs(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, ADD, arguments[0], arguments[1]);
    return true;
}

bool subtract_longs(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, SUBTRACT, arguments[0], arguments[1]);
    return true;
}

bool multiply_longs(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, MULTIPLY, arguments[0], arguments[1]);
    return true;
}

bool add_decimals(Eval *eval, const Value *arguments, Value *result) {
    *result = both_are(arguments, TAG_DECIMAL)
                  ? decimal_add(eval->arena, arguments[0], arguments[1])
                  : apply(eval, ADD, arguments[0], arguments[1]);
    return true;
}

bool subtract_decimals(Eval *eval, const Value *arguments, Value *result) {
    *result = both_are(arguments, TAG_DECIMAL)
                  ? decimal_subtract(eval->arena, arguments[0], arguments[1])
                  : apply(eval, SUBTRACT, arguments[0], arguments[1]);
    return true;
}

bool multiply_decimals(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, MULTIPLY, arguments[0], arguments[1]);
    return true;
}

bool divide_decimals(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, DIVIDE, arguments[0], arguments[1]);
    return true;
}

bool truncated_divide_numbers(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, TRUNCATED_DIVIDE, arguments[0], arguments[1]);
    return true;
}

bool modulo_numbers(Eval *eval, const Value *arguments, Value *result) {
    *result = apply(eval, MODULO, arguments[0], arguments[1]);
    return true;
}

typedef Value (*Monotone)(Eval *eval, Value number);

/* A function of one number that only rises or only falls. */
static bool map(Eval *eval, Value value, Monotone function, Value *result) {
    if (value.tag == TAG_UNCERTAINTY) {
        Value ends[] = { function(eval, low_of(value)), function(eval, high_of(value)) };
        *result = span(eval, ends, 2);
    } else {
        *result = value_is_null(value) ? value : function(eval, value);
    }
    return true;
}

static Value negate(Eval *eval, Value number) {
    if (number.tag == TAG_DECIMAL) return decimal_negate(eval->arena, number);
    return whole_or_null(-(__int128)number.integer, number.tag == TAG_LONG);
}

bool negate_number(Eval *eval, const Value *arguments, Value *result) {
    return map(eval, arguments[0], negate, result);
}

static Value absolute(Eval *eval, Value number) {
    return order_of(eval, number, value_integer(0)) < 0 ? negate(eval, number) : number;
}

bool abs_number(Eval *eval, const Value *arguments, Value *result) {
    Value value = arguments[0];
    if (value.tag != TAG_UNCERTAINTY || !reaches_zero(eval, value))
        return map(eval, value, absolute, result);
    Value reach[] = { apply(eval, SUBTRACT, low_of(value), low_of(value)),
                      absolute(eval, low_of(value)), absolute(eval, high_of(value)) };
    *result = span(eval, reach, 3);
    return true;
}

/* The Integer of a Decimal's whole part, `step` further away from 0 when digits are lost. */
static Value integer_of(Value number, int step) {
    if (number.tag != TAG_DECIMAL) return integer_or_null(number.integer);
    __int128 units = decimal_units(number), integer = units / DECIMAL_UNIT;
    if (units % DECIMAL_UNIT != 0 && (units < 0) == (step < 0)) integer += step;
    return whole_or_null(integer, false);
}

static Value ceiling_of(Eval *eval, Value number) {
    (void)eval;
    return integer_of(number, 1);
}

static Value floor_of(Eval *eval, Value number) {
    (void)eval;
    return integer_of(number, -1);
}

static Value whole_part(Eval *eval, Value number) {
    return integer_of(decimal_truncate(eval->arena, as_decimal(eval, number)), 1);
}

bool ceiling_decimal(Eval *eval, const Value *arguments, Value *result) {
    return map(eval, arguments[0], ceiling_of, result);
}

bool floor_decimal(Eval *eval, const Value *arguments, Value *result) {
    return map(eval, arguments[0], floor_of, result);
}

bool truncate_decimal(Eval *eval, const Value *arguments, Value *result) {
    return map(eval, arguments[0], whole_part, result);
}

static Value nearest(Eval *eval, Value number) {
    return decimal_round(eval->arena, as_decimal(eval, number), 0);
}

bool round_decimal(Eval *eval, const Value *arguments, Value *result) {
    return map(eval, arguments[0], nearest, result);
}

bool round_decimal_to(Eval *eval, const Value *arguments, Value *result) {
    Value number = arguments[0], places = arguments[1];
    *result = value_null();
    if (number.tag == TAG_DECIMAL)
        *result = decimal_round(eval->arena, number, value_is_null(places) ? 0 : places.integer);
    return true;
}

/* The argument of a function of analysis; false, and *result null, when there is none. */
static bool take_real(Value number, Real *x, Value *result) {
    *result = value_null();
    if (number.tag != TAG_DECIMAL) return false;
    *x = real_from_decimal(number);
    return true;
}

bool ln_decimal(Eval *eval, const Value *arguments, Value *result) {
    Real x;
    if (!take_real(arguments[0], &x, result)) return true;
    *result = real_to_decimal(eval->arena, real_ln(x));
    if (!value_is_null(*result)) return true;
    return eval_fail(eval, "undefined", "Ln is defined for numbers above 0 only");
}

bool exp_decimal(Eval *eval, const Value *arguments, Value *result) {
    Real x;
    if (!take_real(arguments[0], &x, result)) return true;
    *result = real_to_decimal(eval->arena, real_exp(x));
    if (!value_is_null(*result)) return true;
    return eval_fail(eval, "overflow", "the result of Exp is too large for a Decimal");
}

bool log_decimals(Eval *eval, const Value *arguments, Value *result) {
    Real x, base;
    if (!take_real(arguments[0], &x, result) || !take_real(arguments[1], &base, result)) return true;
    *result = real_to_decimal(eval->arena, real_divide(real_ln(x), real_ln(base)));
    return true;
}

static Value raise(Eval *eval, Value base, Value exponent) {
    Real x = real_from_decimal(as_decimal(eval, base));
    Real y = real_from_decimal(as_decimal(eval, exponent));
    return real_to_decimal(eval->arena, real_power(x, y));
}

/* By squaring; what passes 64 bits on the way is too large in the end. */
static Value raise_whole(Value base, int64_t exponent) {
    __int128 x = base.integer, power = 1;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) power *= x;
        if (exponent > 1) x *= x;
        if (power > LONG_LIMIT || power < -LONG_LIMIT || x > LONG_LIMIT) return value_null();
    }
    return whole_or_null(power, base.tag == TAG_LONG);
}

static bool power_wholes(Eval *eval, const Value *arguments, Tag tag, Value *result) {
    if (both_are(arguments, tag) && arguments[1].integer >= 0) {
        *result = raise_whole(arguments[0], arguments[1].integer);
        return true;
    }
    return power_decimals(eval, arguments, result);
}

bool power_integers(Eval *eval, const Value *arguments, Value *result) {
    return power_wholes(eval, arguments, TAG_INTEGER, result);
}

bool power_longs(Eval *eval, const Value *arguments, Value *result) {
    return power_wholes(eval, arguments, TAG_LONG, result);
}

bool power_decimals(Eval *eval, const Value *arguments, Value *result) {
    Value base = arguments[0], exponent = arguments[1];
    bool unknown = value_is_null(base) || value_is_null(exponent) ||
                   base.tag == TAG_UNCERTAINTY || exponent.tag == TAG_UNCERTAINTY;
    *result = unknown ? value_null() : raise(eval, base, exponent);
    return true;
}

/* One step of the type on from the number, or back. */
static bool step(Eval *eval, Value number, int direction, Value *result) {
    *result = value_null();
    if (number.tag == TAG_INTEGER || number.tag == TAG_LONG) {
        *result = whole_or_null((__int128)number.integer + direction, number.tag == TAG_LONG);
    } else if (number.tag == TAG_DECIMAL) {
        __int128 units = decimal_units(number) + direction;
        if (units <= DECIMAL_MAXIMUM && units >= -DECIMAL_MAXIMUM)
            *result = decimal_from_units(eval->arena, units, 0);
    } else {
        return true;
    }
    if (!value_is_null(*result)) return true;
    return eval_fail(eval, "overflow", "the %s of the %s value of its type is not defined",
                     direction > 0 ? "successor" : "predecessor",
                     direction > 0 ? "greatest" : "least");
}

bool predecessor_number(Eval *eval, const Value *arguments, Value *result) {
    return step(eval, arguments[0], -1, result);
}

bool successor_number(Eval *eval, const Value *arguments, Value *result) {
    return step(eval, arguments[0], 1, result);
}

bool minimum_integer(Eval *eval, const Value *arguments, Value *result) {
    (void)eval, (void)arguments;
    *result = value_integer(INT32_MIN);
    return true;
}

bool minimum_long(Eval *eval, const Value *arguments, Value *result) {
    (void)eval, (void)arguments;
    *result = value_long(INT64_MIN);
    return true;
}

bool minimum_decimal(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    *result = decimal_from_units(eval->arena, -DECIMAL_MAXIMUM, DECIMAL_PLACES);
    return true;
}

bool maximum_integer(Eval *eval, const Value *arguments, Value *result) {
    (void)eval, (void)arguments;
    *result = value_integer(INT32_MAX);
    return true;
}

bool maximum_long(Eval *eval, const Value *arguments, Value *result) {
    (void)eval, (void)arguments;
    *result = value_long(INT64_MAX);
    return true;
}

bool maximum_decimal(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    *result = decimal_from_units(eval->arena, DECIMAL_MAXIMUM, DECIMAL_PLACES);
    return true;
}

static uint32_t places_written(Value decimal) {
    uint32_t scale = decimal_scale(decimal);
    return decimal.aux > scale ? decimal.aux : scale;
}

bool precision_decimal(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = arguments[0].tag == TAG_DECIMAL ? value_integer(places_written(arguments[0]))
                                              : value_null();
    return true;
}

static __int128 units_of_place(uint32_t place) {
    __int128 units = DECIMAL_UNIT;
    for (; place > 0; place--) units /= 10;
    return units;
}

/* A Decimal stands for all numbers that begin with its digits: those away from 0 by less
 * than a unit of its last place.  `outer` is the bound on that side. */
static Value boundary(Eval *eval, Value decimal, uint32_t places, bool outer) {
    __int128 units = decimal_units(decimal), step_size = units_of_place(places);
    uint32_t written = places_written(decimal);
    int away = units < 0 ? -1 : 1;
    if (places < written) {
        __int128 rest = units % step_size;
        units -= rest;
        if (outer && rest != 0) units += away * step_size;
    } else if (outer) {
        units += away * (units_of_place(written) - step_size);
    }
    return decimal_from_units(eval->arena, units, places);
}

static bool find_boundary(Eval *eval, Value decimal, Value places, bool high, Value *result) {
    *result = value_null();
    if (decimal.tag != TAG_DECIMAL) return true;
    int64_t wanted = value_is_null(places) ? DECIMAL_PLACES : places.integer;
    if (wanted < 0 || wanted > DECIMAL_PLACES) return true;
    bool negative = decimal_units(decimal) < 0;
    *result = boundary(eval, decimal, (uint32_t)wanted, high != negative);
    return true;
}

bool low_boundary_decimal(Eval *eval, const Value *arguments, Value *result) {
    return find_boundary(eval, arguments[0], value_null(), false, result);
}

bool low_boundary_decimal_to(Eval *eval, const Value *arguments, Value *result) {
    return find_boundary(eval, arguments[0], arguments[1], false, result);
}

bool high_boundary_decimal(Eval *eval, const Value *arguments, Value *result) {
    return find_boundary(eval, arguments[0], value_null(), true, result);
}

bool high_boundary_decimal_to(Eval *eval, const Value *arguments, Value *result) {
    return find_boundary(eval, arguments[0], arguments[1], true, result);
}
