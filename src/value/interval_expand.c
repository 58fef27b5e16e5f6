/* interval_expand.c - expand: an interval cut into pieces of one size.
 *
 * Numbers are counted in whole numbers of 1e-8.  Their bounds are cut to the decimal places
 * of the size; a bound with fewer places stands for all that it may mean, so that
 * Interval[10, 10] per 0.1 goes up to 10.9.  Dates and times are cut to the unit of the
 * size; those that are not known to that unit give nothing. */
#include "base/vec.h"
#include "value/decimal.h"
#include "value/interval_edge.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/time.h"

typedef VEC(Value) Values;

/* What becomes of the pieces. */
typedef struct Expansion {
    Eval *eval;
    bool points; /* only their starts */
    Tag number;  /* numbers: the tag of the results */
    Values out;
} Expansion;

static void add(Expansion *expansion, Value low, Value high, Tag point) {
    Arena *arena = expansion->eval->arena;
    Value piece = low;
    if (!expansion->points)
        piece = value_interval(arena, (Interval){ low, high, true, true, (uint8_t)point });
    vec_push(arena, &expansion->out, piece);
}

/* ---- numbers ---- */

static __int128 power_of_ten(uint32_t exponent) {
    __int128 power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

/* How many units of 1e-8 the last written place is. */
static __int128 place(Value number) {
    uint32_t places = number.tag == TAG_DECIMAL ? number.aux : 0;
    return power_of_ten(places > DECIMAL_PLACES ? 0 : DECIMAL_PLACES - places);
}

static __int128 units_of(Value number) {
    return number.tag == TAG_DECIMAL ? decimal_units(number)
                                     : (__int128)number.integer * DECIMAL_UNIT;
}

static __int128 floor_to(__int128 number, __int128 step) {
    __int128 rest = number % step;
    return number - (rest < 0 ? rest + step : rest);
}

typedef struct Numbers {
    __int128 low, high, per, step; /* step: the last place of `per` */
    const Quantity *unit;          /* of quantities, else NULL */
} Numbers;

static Value number_of(const Expansion *expansion, const Numbers *numbers, __int128 units) {
    Arena *arena = expansion->eval->arena;
    if (expansion->number == TAG_INTEGER) return value_integer((int64_t)(units / DECIMAL_UNIT));
    if (expansion->number == TAG_LONG) return value_long((int64_t)(units / DECIMAL_UNIT));
    uint32_t places = 0;
    for (__int128 step = numbers->step; step < DECIMAL_UNIT; step *= 10) places++;
    Value decimal = decimal_from_units(arena, units, places);
    if (numbers->unit == NULL) return decimal;
    return quantity_make(arena, decimal, numbers->unit->unit, numbers->unit->calendar);
}

static void expand_numbers(Expansion *expansion, const Numbers *numbers) {
    Tag point = numbers->unit != NULL ? TAG_QUANTITY : expansion->number;
    for (__int128 at = numbers->low; at + numbers->per - numbers->step <= numbers->high;
         at += numbers->per)
        add(expansion, number_of(expansion, numbers, at),
            number_of(expansion, numbers, at + numbers->per - numbers->step), point);
}

/* From the first and last number; `per` is a Decimal, or null: the coarser place of the two. */
static void expand_between(Expansion *expansion, Value low, Value high, Value per,
                           const Quantity *unit) {
    __int128 low_place = place(low), high_place = place(high);
    Numbers numbers = { .unit = unit };
    numbers.per = numbers.step = low_place > high_place ? low_place : high_place;
    if (!value_is_null(per)) {
        numbers.per = decimal_units(per);
        numbers.step = power_of_ten(DECIMAL_PLACES - decimal_scale(per));
    }
    if (numbers.per <= 0) return;
    numbers.low = floor_to(units_of(low), numbers.step);
    numbers.high = floor_to(units_of(high), numbers.step);
    if (high_place > numbers.step) numbers.high = units_of(high) + high_place - numbers.step;
    expand_numbers(expansion, &numbers);
}

static bool is_whole(Value per) {
    return value_is_null(per) || decimal_units(per) % DECIMAL_UNIT == 0;
}

static void expand_number(Expansion *expansion, Value start, Value end, const Quantity *per) {
    Value size = per == NULL ? value_null() : per->value;
    if (per != NULL && (per->calendar || !str_is(per->unit, "1"))) return;
    if (expansion->number == TAG_NULL) expansion->number = (Tag)start.tag;
    if (expansion->number != TAG_DECIMAL && !is_whole(size)) return;
    expand_between(expansion, start, end, size, NULL);
}

static void expand_quantity(Expansion *expansion, Value start, Value end, const Quantity *per) {
    const Quantity *unit = per == NULL ? start.quantity : per;
    Value low = quantity_value_in(expansion->eval, start, unit);
    Value high = quantity_value_in(expansion->eval, end, unit);
    expansion->number = TAG_DECIMAL;
    if (!value_is_null(low) && !value_is_null(high))
        expand_between(expansion, low, high, per == NULL ? value_null() : per->value, unit);
}

/* ---- dates and times ---- */

/* What one step means: `count` of `unit`, with values cut to `precision`. */
typedef struct Step {
    int64_t count;
    Precision unit, precision;
} Step;

static bool read_step(Value start, Value end, const Quantity *per, Step *step) {
    Precision known = time_precision(start), other = time_precision(end);
    if (other < known) known = other;
    *step = (Step){ 1, known, known };
    if (per == NULL) return true;
    step->unit = time_unit(per->unit, per->calendar);
    step->precision = step->unit == PRECISION_WEEK ? PRECISION_DAY : step->unit;
    __int128 count = decimal_units(per->value) / DECIMAL_UNIT;
    if (step->unit == PRECISION_NONE || count < 1 || count > INT32_MAX) return false;
    step->count = (int64_t)count;
    return step->precision <= known;
}

/* The last moment before the next piece; false past the end of time or of the day. */
static bool piece_end(Value at, const Step *step, Value *end) {
    Value next;
    if (!time_add(at, step->count, step->unit, &next)) {
        *end = time_truncate(time_maximum((Tag)at.tag, at.offset), step->precision);
        return step->count == 1;
    }
    if (next.packed <= at.packed) {
        bool whole = at.tag == TAG_TIME && next.packed == 0;
        *end = time_truncate(time_maximum(TAG_TIME, 0), step->precision);
        return whole;
    }
    return time_predecessor(next, end);
}

static bool comes_after(Value a, Value b) {
    Value order = time_compare(a, b, PRECISION_NONE);
    return value_is_null(order) || order.integer > 0;
}

static void expand_time(Expansion *expansion, Value start, Value end, const Quantity *per) {
    Step step;
    if (!read_step(start, end, per, &step)) return;
    Value first = time_truncate(start, step.precision), last = time_truncate(end, step.precision);
    Value at = first, previous = first, piece;
    for (int64_t i = 1; !comes_after(at, last) && piece_end(at, &step, &piece); i++) {
        if (comes_after(piece, last)) return;
        add(expansion, at, piece, (Tag)at.tag);
        previous = at;
        if (!time_add(first, i * step.count, step.unit, &at)) return;
        if (at.packed <= previous.packed) return;
    }
}

/* ---- the operator ---- */

/* Intervals whose ends are not both given give nothing. */
static void expand_one(Expansion *expansion, const Interval *interval, const Quantity *per) {
    if (value_is_null(interval->low) || value_is_null(interval->high)) return;
    Value start = interval_start(expansion->eval, interval);
    Value end = interval_end(expansion->eval, interval);
    if (value_is_null(start) || value_is_null(end)) return;
    if (start.tag == TAG_INTEGER || start.tag == TAG_LONG || start.tag == TAG_DECIMAL)
        expand_number(expansion, start, end, per);
    else if (start.tag == TAG_QUANTITY)
        expand_quantity(expansion, start, end, per);
    else
        expand_time(expansion, start, end, per);
}

static bool same_piece(Eval *eval, Value a, Value b) {
    if (a.tag != TAG_INTERVAL)
        return value_is_true(edge_same(eval, edge_of_point(a), edge_of_point(b), PRECISION_NONE));
    return value_is_true(interval_equal(eval, a, b));
}

/* In order, each once. */
static Value set_of(Expansion *expansion) {
    Values *out = &expansion->out;
    uint32_t kept = 0, count = (uint32_t)out->count;
    interval_sort(expansion->eval, out->items, count);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || !same_piece(expansion->eval, out->items[kept - 1], out->items[i]))
            out->items[kept++] = out->items[i];
    return value_list(expansion->eval->arena, out->items, kept);
}

/* An Integer, Decimal or Quantity. */
static const Quantity *read_per(Eval *eval, Value per) {
    if (value_is_null(per)) return NULL;
    if (per.tag == TAG_QUANTITY) return value_is_null(per.quantity->value) ? NULL : per.quantity;
    Value decimal = per.tag == TAG_DECIMAL ? per : decimal_from_integer(eval->arena, per.integer);
    return quantity_make(eval->arena, decimal, STR("1"), false).quantity;
}

static bool expand(Eval *eval, const Value *arguments, Tag number, Value *result) {
    Expansion expansion = { .eval = eval, .number = number };
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const Quantity *per = read_per(eval, arguments[1]);
    if (arguments[0].tag == TAG_INTERVAL) {
        expansion.points = true;
        expand_one(&expansion, arguments[0].interval, per);
        *result = value_list(eval->arena, expansion.out.items, (uint32_t)expansion.out.count);
        return true;
    }
    const List *list = arguments[0].list;
    for (uint32_t i = 0; i < list->count; i++)
        if (!value_is_null(list->items[i])) expand_one(&expansion, list->items[i].interval, per);
    *result = set_of(&expansion);
    return true;
}

bool expand_intervals(Eval *eval, const Value *arguments, Value *result) {
    return expand(eval, arguments, TAG_NULL, result);
}

bool expand_to_integers(Eval *eval, const Value *arguments, Value *result) {
    return expand(eval, arguments, TAG_INTEGER, result);
}

bool expand_to_decimals(Eval *eval, const Value *arguments, Value *result) {
    return expand(eval, arguments, TAG_DECIMAL, result);
}
