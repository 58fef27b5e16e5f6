/* number.c - JSON numbers read exactly, never through a double.
 *
 * A short number, which most are, is read digit by digit.  For any other:
 * A number is its significant digits and the place of the point among them; a Decimal
 * is those digits down to the eighth after the point, the ninth rounding half up, away
 * from zero.  Works for any length of text: digits past the ninth are only looked at. */
#include "fhir/number.h"

#include <string.h>

enum { PLACES = 8, WHOLE_DIGITS = 20, EXPONENT_LIMIT = 100000 };

typedef struct Digits {
    bool negative;
    Str text;        /* digits and at most one point, from the first that is not 0 */
    long point;      /* digits before the point, counted from the first not 0; may be < 0 */
    long written;    /* digits written after the point, the exponent taken into account */
} Digits;

static long read_exponent(Str text, size_t at) {
    bool negative = at < text.length && text.data[at] == '-';
    if (at < text.length && (text.data[at] == '-' || text.data[at] == '+')) at++;
    long value = 0;
    for (; at < text.length; at++)
        if (value < EXPONENT_LIMIT) value = value * 10 + (text.data[at] - '0');
    return negative ? -value : value;
}

static size_t find_exponent(Str text) {
    size_t at = 0;
    while (at < text.length && text.data[at] != 'e' && text.data[at] != 'E') at++;
    return at;
}

static Digits split(Str text) {
    Digits d = { .negative = text.length > 0 && text.data[0] == '-' };
    size_t end = find_exponent(text), from = d.negative ? 1 : 0, point = from;
    long exponent = end < text.length ? read_exponent(text, end + 1) : 0;
    while (point < end && text.data[point] != '.') point++;
    d.written = (point < end ? (long)(end - point) - 1 : 0) - exponent;
    d.point = (long)(point - from) + exponent;
    while (from < end && (text.data[from] == '0' || text.data[from] == '.'))
        if (text.data[from++] == '0') d.point--;
    d.text = str_slice(text, from, end);
    return d;
}

/* The next digit, the point stepped over; 0 past the last. */
static int next_digit(Str text, size_t *at) {
    if (*at < text.length && text.data[*at] == '.') ++*at;
    return *at < text.length ? text.data[(*at)++] - '0' : 0;
}

static bool any_digit(Str text, size_t at) {
    for (; at < text.length; at++)
        if (text.data[at] != '0' && text.data[at] != '.') return true;
    return false;
}

static Value make_decimal(Arena *arena, __int128 units, long written) {
    uint32_t places = written < 0 ? 0 : written > PLACES ? PLACES : (uint32_t)written;
    if (units >= INT64_MIN && units <= INT64_MAX)
        return (Value){ .tag = TAG_DECIMAL, .aux = places, .decimal = (int64_t)units };
    return (Value){ .tag = TAG_DECIMAL, .flags = 1, .aux = places,
                    .wide = arena_copy(arena, &units, sizeof units) };
}

/* At most ten digits before the point, eight after it, and no exponent. */
static bool read_short(Str text, Value *out) {
    enum { MOST = 10 };
    static const int64_t scales[] = { 100000000, 10000000, 1000000, 100000, 10000,
                                      1000,      100,      10,      1 };
    const char *at = text.data, *end = at + text.length, *start, *point;
    bool negative = at < end && *at == '-';
    int64_t units = 0;
    for (start = at += negative; at < end && *at >= '0' && *at <= '9'; at++)
        if (at - start < MOST) units = units * 10 + (*at - '0');
    if (at - start > MOST) return false;
    point = at < end && *at == '.' ? ++at : at;
    for (; at < end && *at >= '0' && *at <= '9' && at - point < PLACES; at++)
        units = units * 10 + (*at - '0');
    if (at != end) return false;
    units *= scales[at - point];
    *out = (Value){ .tag = TAG_DECIMAL, .aux = (uint32_t)(at - point),
                    .decimal = negative ? -units : units };
    return true;
}

NumberStatus number_to_decimal(Arena *arena, Str text, Value *out) {
    if (read_short(text, out)) return NUMBER_EXACT;
    Digits d = split(text);
    __int128 units = 0, limit = 1;
    size_t at = 0;
    if (d.text.length == 0) d.point = 0;
    if (d.point > WHOLE_DIGITS) return NUMBER_OUTSIDE;
    for (int i = 0; i < WHOLE_DIGITS + PLACES; i++) limit *= 10;
    for (long i = 0; i < d.point + PLACES; i++) units = units * 10 + next_digit(d.text, &at);
    bool lost = any_digit(d.text, at);
    if (lost && d.point + PLACES >= 0 && next_digit(d.text, &at) >= 5) units++;
    if (units >= limit) return NUMBER_OUTSIDE;
    *out = make_decimal(arena, d.negative ? -units : units, d.written);
    return lost ? NUMBER_ROUNDED : NUMBER_EXACT;
}

NumberStatus number_to_integer(Str text, Value *out) {
    Digits d = split(text);
    int64_t value = 0;
    size_t at = 0;
    if (d.text.length == 0) d.point = 0;
    if (d.written > 0 || memchr(text.data, '.', text.length) != NULL) return NUMBER_NOT_WHOLE;
    if (d.point > 10) return NUMBER_OUTSIDE;
    for (long i = 0; i < d.point; i++) value = value * 10 + next_digit(d.text, &at);
    if (d.negative) value = -value;
    if (value < INT32_MIN || value > INT32_MAX) return NUMBER_OUTSIDE;
    *out = value_integer(value);
    return NUMBER_EXACT;
}
