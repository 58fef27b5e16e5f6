/* decimal.c - see decimal.h.
 *
 * Where both operands stand in 64 bits and so does the result, one machine operation does;
 * the rest is 128-bit.  Units stay within 10^36, so that a sum never overflows 128 bits; a
 * product is put together from halves of eight digits, a quotient digit by digit. */
#include "value/decimal.h"

typedef unsigned __int128 Magnitude;

enum { WHOLE_DIGITS = 28 };

static const __int128 LIMIT = (__int128)1000000000000000000 * 1000000000000000000;

static bool narrow(Value decimal) { return (decimal.flags & 1) == 0; }

static Value from_narrow(int64_t units, uint32_t places) {
    return (Value){ .tag = TAG_DECIMAL, .aux = places, .decimal = units };
}

static Value from_wide(Arena *arena, __int128 units, uint32_t places) {
    if (units > LIMIT || units < -LIMIT) return value_null();
    if (units >= INT64_MIN && units <= INT64_MAX) return from_narrow((int64_t)units, places);
    return (Value){ .tag = TAG_DECIMAL,
                    .flags = 1,
                    .aux = places,
                    .wide = arena_copy(arena, &units, sizeof units) };
}

static Value from_magnitude(Arena *arena, Magnitude units, bool negative, uint32_t places) {
    if (units > (Magnitude)LIMIT) return value_null();
    return from_wide(arena, negative ? -(__int128)units : (__int128)units, places);
}

static Magnitude magnitude(__int128 units) { return (Magnitude)(units < 0 ? -units : units); }

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

static Magnitude power_of_ten(int64_t exponent) {
    Magnitude power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

static uint32_t scale(__int128 units) {
    if (units == 0) return 0;
    uint32_t places = DECIMAL_PLACES;
    for (; places > 0 && units % 10 == 0; units /= 10) places--;
    return places;
}

__int128 decimal_units(Value decimal) {
    return narrow(decimal) ? decimal.decimal : *decimal.wide;
}

uint32_t decimal_scale(Value decimal) { return scale(decimal_units(decimal)); }

Value decimal_from_units(Arena *arena, __int128 units, uint32_t places) {
    if (places < DECIMAL_PLACES) places = larger(places, scale(units));
    return from_wide(arena, units, places);
}

Value decimal_from_integer(Arena *arena, int64_t integer) {
    int64_t units;
    if (!__builtin_mul_overflow(integer, DECIMAL_UNIT, &units)) return from_narrow(units, 0);
    return from_wide(arena, (__int128)integer * DECIMAL_UNIT, 0);
}

static size_t count_digits(Str text, size_t from) {
    size_t at = from;
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at - from;
}

/* Reads `count` digits from `at`, at most `limit` of them, into the units. */
static Magnitude read_digits(Str text, size_t at, size_t count, size_t limit, Magnitude units) {
    for (size_t i = 0; i < count && i < limit; i++)
        units = units * 10 + (Magnitude)(text.data[at + i] - '0');
    return units;
}

bool decimal_from_text(Arena *arena, Str text, Value *out) {
    size_t at = text.length > 0 && (text.data[0] == '+' || text.data[0] == '-') ? 1 : 0;
    bool negative = at == 1 && text.data[0] == '-';
    size_t whole = count_digits(text, at), point = at + whole, fraction = 0;
    if (whole == 0) return false;
    if (point < text.length) {
        if (text.data[point] != '.') return false;
        fraction = count_digits(text, point + 1);
        if (fraction == 0 || point + 1 + fraction != text.length) return false;
    }
    for (; whole > 1 && text.data[at] == '0'; at++) whole--;
    if (whole > WHOLE_DIGITS) return false;
    Magnitude units = read_digits(text, at, whole, WHOLE_DIGITS, 0);
    units = read_digits(text, point + 1, fraction, DECIMAL_PLACES, units);
    uint32_t places = fraction > DECIMAL_PLACES ? DECIMAL_PLACES : (uint32_t)fraction;
    units *= power_of_ten(DECIMAL_PLACES - places);
    if (fraction > DECIMAL_PLACES && text.data[point + 1 + DECIMAL_PLACES] >= '5') units++;
    *out = from_magnitude(arena, units, negative, places);
    return true;
}

Value decimal_add(Arena *arena, Value a, Value b) {
    uint32_t places = larger(a.aux, b.aux);
    int64_t sum;
    if (narrow(a) && narrow(b) && !__builtin_add_overflow(a.decimal, b.decimal, &sum))
        return from_narrow(sum, places);
    return from_wide(arena, decimal_units(a) + decimal_units(b), places);
}

Value decimal_subtract(Arena *arena, Value a, Value b) {
    uint32_t places = larger(a.aux, b.aux);
    int64_t difference;
    if (narrow(a) && narrow(b) && !__builtin_sub_overflow(a.decimal, b.decimal, &difference))
        return from_narrow(difference, places);
    return from_wide(arena, decimal_units(a) - decimal_units(b), places);
}

/* a * b / 10^8 of magnitudes; false past the range. */
static bool multiply_units(Magnitude a, Magnitude b, Magnitude *product) {
    Magnitude high = a / DECIMAL_UNIT, low = a % DECIMAL_UNIT;
    Magnitude b_high = b / DECIMAL_UNIT, b_low = b % DECIMAL_UNIT;
    if (high != 0 && b > (Magnitude)LIMIT / high) return false;
    Magnitude least = low * b_low;
    *product = high * b + low * b_high + (least + DECIMAL_UNIT / 2) / DECIMAL_UNIT;
    return true;
}

Value decimal_multiply(Arena *arena, Value a, Value b) {
    uint32_t places = a.aux + b.aux;
    if (places > DECIMAL_PLACES) places = DECIMAL_PLACES;
    __int128 x = decimal_units(a), y = decimal_units(b);
    int64_t small;
    if (narrow(a) && narrow(b) && !__builtin_mul_overflow(a.decimal, b.decimal, &small)) {
        int64_t half = small < 0 ? -DECIMAL_UNIT / 2 : DECIMAL_UNIT / 2;
        int64_t quotient = small / DECIMAL_UNIT, rest = small % DECIMAL_UNIT;
        return from_narrow(quotient + (rest + half) / DECIMAL_UNIT, places);
    }
    Magnitude product;
    if (!multiply_units(magnitude(x), magnitude(y), &product)) return value_null();
    return from_magnitude(arena, product, (x < 0) != (y < 0), places);
}

/* The quotient of magnitudes with eight more digits; false past the range. */
static bool divide_units(Magnitude a, Magnitude b, Magnitude *quotient) {
    Magnitude whole = a / b, rest = a % b;
    if (whole > (Magnitude)LIMIT / DECIMAL_UNIT) return false;
    for (int i = 0; i < DECIMAL_PLACES; i++) {
        rest *= 10;
        whole = whole * 10 + rest / b;
        rest %= b;
    }
    *quotient = whole + (rest * 2 >= b ? 1 : 0);
    return true;
}

Value decimal_divide(Arena *arena, Value a, Value b) {
    __int128 x = decimal_units(a), y = decimal_units(b);
    Magnitude quotient;
    if (y == 0 || !divide_units(magnitude(x), magnitude(y), &quotient)) return value_null();
    if (quotient > (Magnitude)LIMIT) return value_null();
    bool negative = (x < 0) != (y < 0);
    return decimal_from_units(arena, negative ? -(__int128)quotient : (__int128)quotient, 0);
}

Value decimal_truncated_divide(Arena *arena, Value a, Value b) {
    __int128 x = decimal_units(a), y = decimal_units(b);
    if (y == 0) return value_null();
    __int128 whole = x / y, most = LIMIT / DECIMAL_UNIT;
    if (whole > most || whole < -most) return value_null();
    return from_wide(arena, whole * DECIMAL_UNIT, 0);
}

Value decimal_modulo(Arena *arena, Value a, Value b) {
    __int128 divisor = decimal_units(b);
    if (divisor == 0) return value_null();
    return from_wide(arena, decimal_units(a) % divisor, larger(a.aux, b.aux));
}

Value decimal_negate(Arena *arena, Value decimal) {
    return from_wide(arena, -decimal_units(decimal), decimal.aux);
}

Value decimal_truncate(Arena *arena, Value decimal) {
    __int128 units = decimal_units(decimal);
    return from_wide(arena, units - units % DECIMAL_UNIT, 0);
}

Value decimal_round(Arena *arena, Value decimal, int64_t places) {
    if (places >= DECIMAL_PLACES) return decimal;
    if (places < -WHOLE_DIGITS) return from_narrow(0, 0);
    __int128 units = decimal_units(decimal), step = (__int128)power_of_ten(DECIMAL_PLACES - places);
    __int128 rest = units % step, rounded = units - rest;
    if (magnitude(rest) * 2 >= (Magnitude)step) rounded += units < 0 ? -step : step;
    return from_wide(arena, rounded, places > 0 ? (uint32_t)places : 0);
}

int decimal_compare(Value a, Value b) {
    if (narrow(a) && narrow(b)) return (a.decimal > b.decimal) - (a.decimal < b.decimal);
    __int128 x = decimal_units(a), y = decimal_units(b);
    return (x > y) - (x < y);
}

/* Of few digits, as most are: no wide arithmetic. */
static bool print_short(Value decimal, Buffer *out) {
    if (decimal.flags != 0) return false;
    uint64_t units = decimal.decimal < 0 ? 0 - (uint64_t)decimal.decimal : (uint64_t)decimal.decimal;
    uint32_t fraction = (uint32_t)(units % DECIMAL_UNIT), places = DECIMAL_PLACES;
    for (; places > 1 && fraction % 10 == 0; places--) fraction /= 10;
    if (decimal.decimal < 0) buffer_add_char(out, '-');
    buffer_add_integer(out, (int64_t)(units / DECIMAL_UNIT));
    buffer_add_char(out, '.');
    buffer_add_padded(out, fraction, places);
    return true;
}

void decimal_print(Value decimal, Buffer *out) {
    if (print_short(decimal, out)) return;
    char text[WHOLE_DIGITS + DECIMAL_PLACES + 4];
    size_t at = sizeof text;
    __int128 units = decimal_units(decimal);
    Magnitude rest = magnitude(units);
    uint32_t places = scale(units);
    rest /= power_of_ten(DECIMAL_PLACES - places);
    if (places == 0) text[--at] = '0';
    for (uint32_t i = 0; i < places; i++, rest /= 10) text[--at] = (char)('0' + (int)(rest % 10));
    text[--at] = '.';
    do text[--at] = (char)('0' + (int)(rest % 10));
    while ((rest /= 10) != 0);
    if (units < 0) text[--at] = '-';
    buffer_add(out, (Str){ text + at, sizeof text - at });
}
