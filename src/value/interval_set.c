/* interval_set.c - union, intersect, except and collapse of intervals.
 *
 * A result keeps the bounds of its operands as they were written, where one of them decides.
 * What cannot be said for lack of precision is null. */
#include "value/decimal.h"
#include "value/interval_edge.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/time.h"

/* A bound as written. */
typedef struct Bound {
    Value value;
    bool closed;
} Bound;

static Bound low_of(const Interval *interval) {
    return (Bound){ interval->low, interval->low_closed };
}

static Bound high_of(const Interval *interval) {
    return (Bound){ interval->high, interval->high_closed };
}

static Value between(Eval *eval, Bound low, Bound high, uint8_t point) {
    return value_interval(eval->arena, (Interval){ low.value, high.value, low.closed, high.closed,
                                                   point });
}

static Tag point_of(const Interval *a, const Interval *b) {
    return (Tag)(a->point != TAG_NULL ? a->point : b->point);
}

/* `a` where `a_is_first`, `b` where it is not, an unknown bound where that cannot be said. */
static Bound choose(Value a_is_first, Bound a, Bound b) {
    if (value_is_null(a_is_first)) return (Bound){ value_null(), false };
    return a_is_first.boolean ? a : b;
}

static bool are_given(const Value *arguments, Value *result) {
    *result = value_null();
    return !value_is_null(arguments[0]) && !value_is_null(arguments[1]);
}

static Value join(Eval *eval, const Interval *a, const Interval *b) {
    Edges x = interval_edges(eval, a, false), y = interval_edges(eval, b, false);
    Value starts_first = edge_same_or_before(eval, x.start, y.start, PRECISION_NONE);
    Value ends_first = edge_before(eval, x.end, y.end, PRECISION_NONE);
    return between(eval, choose(starts_first, low_of(a), low_of(b)),
                   choose(ends_first, high_of(b), high_of(a)), (uint8_t)point_of(a, b));
}

bool union_intervals(Eval *eval, const Value *arguments, Value *result) {
    if (!are_given(arguments, result)) return true;
    const Interval *a = arguments[0].interval, *b = arguments[1].interval;
    Edges x = interval_edges(eval, a, false), y = interval_edges(eval, b, false);
    Value touch = either_holds(interval_overlaps(eval, &x, &y, PRECISION_NONE),
                               interval_meets(eval, &x, &y, PRECISION_NONE));
    if (value_is_true(touch)) *result = join(eval, a, b);
    return true;
}

bool intersect_intervals(Eval *eval, const Value *arguments, Value *result) {
    if (!are_given(arguments, result)) return true;
    const Interval *a = arguments[0].interval, *b = arguments[1].interval;
    Edges x = interval_edges(eval, a, true), y = interval_edges(eval, b, true);
    if (value_is_false(interval_overlaps(eval, &x, &y, PRECISION_NONE))) return true;
    Value starts_first = edge_before(eval, x.start, y.start, PRECISION_NONE);
    Value ends_first = edge_same_or_before(eval, x.end, y.end, PRECISION_NONE);
    *result = between(eval, choose(starts_first, low_of(b), low_of(a)),
                      choose(ends_first, high_of(a), high_of(b)), (uint8_t)point_of(a, b));
    return true;
}

static Value except(Eval *eval, const Interval *a, const Interval *b) {
    Edges x = interval_edges(eval, a, false), y = interval_edges(eval, b, false);
    Value overlap = interval_overlaps(eval, &x, &y, PRECISION_NONE);
    Value before = edge_before(eval, x.start, y.start, PRECISION_NONE);
    Value after = edge_before(eval, y.end, x.end, PRECISION_NONE);
    if (value_is_null(overlap) || value_is_null(before) || value_is_null(after))
        return value_null();
    if (!overlap.boolean) return value_interval(eval->arena, *a);
    if (before.boolean == after.boolean) return value_null();
    Bound last = { interval_point_predecessor(eval, y.start.low), true };
    Bound first = { interval_point_successor(eval, y.end.low), true };
    return before.boolean ? between(eval, low_of(a), last, a->point)
                          : between(eval, first, high_of(a), a->point);
}

bool except_intervals(Eval *eval, const Value *arguments, Value *result) {
    if (!are_given(arguments, result)) return true;
    *result = except(eval, arguments[0].interval, arguments[1].interval);
    return true;
}

/* ---- sorting ---- */

static Edge first_edge(Eval *eval, Value item) {
    return item.tag == TAG_INTERVAL ? interval_edges(eval, item.interval, false).start
                                    : edge_of_point(item);
}

static bool goes_before(Eval *eval, Value a, Value b) {
    Edge x = first_edge(eval, a), y = first_edge(eval, b);
    if (value_is_null(x.low) || value_is_null(y.low)) return false;
    Value order = interval_compare_points(eval, x.low, y.low, PRECISION_NONE);
    return !value_is_null(order) && order.integer < 0;
}

static void merge(Eval *eval, const Value *left, uint32_t left_count, const Value *right,
                  uint32_t right_count, Value *out) {
    uint32_t i = 0, j = 0;
    while (i < left_count || j < right_count) {
        bool from_right = i == left_count ||
                          (j < right_count && goes_before(eval, right[j], left[i]));
        *out++ = from_right ? right[j++] : left[i++];
    }
}

void interval_sort(Eval *eval, Value *items, uint32_t count) {
    Value *other = arena_array(eval->arena, count, sizeof *other);
    for (uint64_t run = 1; run < count; run *= 2) {
        for (uint64_t at = 0; at < count; at += 2 * run) {
            uint32_t left = (uint32_t)(count - at < run ? count - at : run);
            uint64_t rest = count - at - left;
            merge(eval, items + at, left, items + at + left, (uint32_t)(rest < run ? rest : run),
                  other + at);
        }
        for (uint32_t i = 0; i < count; i++) items[i] = other[i];
    }
}

/* ---- collapse ---- */

typedef struct Per {
    bool given;
    Value value;         /* Decimal */
    const Quantity *quantity;
    Precision precision; /* of a date or time */
} Per;

static bool read_per(Eval *eval, Value argument, Tag point, Per *per) {
    *per = (Per){ .given = false };
    if (value_is_null(argument) || value_is_null(argument.quantity->value)) return true;
    *per = (Per){ true, argument.quantity->value, argument.quantity, PRECISION_NONE };
    if (decimal_units(per->value) < 0)
        return eval_fail(eval, "per-quantity", "the quantity after per is negative");
    if (point != TAG_DATE && point != TAG_DATETIME && point != TAG_TIME) return true;
    per->precision = time_unit(argument.quantity->unit, argument.quantity->calendar);
    return per->precision != PRECISION_NONE ||
           eval_fail(eval, "per-quantity", "the unit after per is not one of time");
}

/* The end moved on by `per`; null where that does not fit. */
static Value move_on(Eval *eval, Value end, const Per *per) {
    Arena *arena = eval->arena;
    Value moved;
    __int128 whole = decimal_units(per->value) / DECIMAL_UNIT;
    switch (end.tag) {
    case TAG_INTEGER:
    case TAG_LONG:
        if (__builtin_add_overflow(end.integer, (int64_t)whole, &end.integer)) return value_null();
        return end;
    case TAG_DECIMAL: return decimal_add(arena, end, per->value);
    case TAG_QUANTITY:
        if (!per->quantity->calendar && str_is(per->quantity->unit, "1"))
            return quantity_make(arena, decimal_add(arena, end.quantity->value, per->value),
                                 end.quantity->unit, end.quantity->calendar);
        return quantity_add(eval, end,
                            quantity_make(arena, per->value, per->quantity->unit,
                                          per->quantity->calendar));
    default:
        return time_add(end, (int64_t)whole, per->precision, &moved) ? moved : value_null();
    }
}

/* The precision of comparison that a step of the unit asks for. */
static Precision compared(Precision unit) {
    return unit == PRECISION_WEEK ? PRECISION_DAY : unit;
}

/* Does b overlap a, or begin within `per` after it?  a starts first. */
static bool reaches(Eval *eval, const Interval *a, const Interval *b, const Per *per) {
    Edges x = interval_edges(eval, a, false), y = interval_edges(eval, b, false);
    if (value_is_true(interval_overlaps(eval, &x, &y, PRECISION_NONE)) ||
        value_is_true(interval_meets(eval, &x, &y, PRECISION_NONE)))
        return true;
    if (!per->given || value_is_null(x.end.low)) return false;
    Precision precision = compared(per->precision);
    Edge limit = edge_of_point(move_on(eval, x.end.low, per));
    return value_is_true(edge_same_or_before(eval, y.start, limit, precision));
}

/* Is there nothing known of it?  Such intervals are left out like null. */
static bool is_unknown(Value item) {
    if (value_is_null(item)) return true;
    const Interval *interval = item.interval;
    return value_is_null(interval->low) && value_is_null(interval->high) &&
           !interval->low_closed && !interval->high_closed;
}

static uint32_t copy_intervals(const List *list, Value *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (!is_unknown(list->items[i])) out[count++] = list->items[i];
    return count;
}

static bool ends_unknown(const Interval *interval) {
    return value_is_null(interval->high) && !interval->high_closed;
}

/* Intervals put together.  known: as far as they are known to go, where `whole` has an end that is
 * unknown. */
typedef struct Collapsed {
    Value whole, known;
} Collapsed;

static void extend(Eval *eval, Collapsed *made, Value item) {
    made->whole = join(eval, made->whole.interval, item.interval);
    if (ends_unknown(item.interval)) return;
    Value known = ends_unknown(made->known.interval)
                      ? item
                      : join(eval, made->known.interval, item.interval);
    if (!ends_unknown(known.interval)) made->known = known;
}

/* The sorted intervals put together, at the front; how many those are. */
static uint32_t collapse(Eval *eval, Value *items, uint32_t count, const Per *per) {
    uint32_t kept = 0;
    Collapsed made = { .whole = value_null() };
    for (uint32_t i = 0; i < count; i++) {
        bool reached = kept > 0 && (reaches(eval, made.whole.interval, items[i].interval, per) ||
                                    reaches(eval, made.known.interval, items[i].interval, per));
        if (reached) extend(eval, &made, items[i]);
        else made = (Collapsed){ items[i], items[i] }, kept++;
        items[kept - 1] = made.whole;
    }
    return kept;
}

bool collapse_intervals(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const List *list = arguments[0].list;
    Value *items = arena_array(eval->arena, list->count, sizeof *items);
    uint32_t count = copy_intervals(list, items);
    Per per = { .given = false };
    if (count > 0 && !read_per(eval, arguments[1], (Tag)items[0].interval->point, &per))
        return false;
    interval_sort(eval, items, count);
    *result = value_list(eval->arena, items, collapse(eval, items, count, &per));
    return eval->error_code == NULL;
}
