/* interval.c - what an interval is: its ends, equality, and the operators that read it.
 *
 * All relations rest on the ends (interval_edge.h).  An end that is unknown lies between the
 * other end and the end of the type, so that Interval[5, null) surely does not hold 4. */
#include "value/interval.h"

#include "value/compare.h"
#include "value/decimal.h"
#include "value/interval_edge.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/time.h"

static bool is_time(Tag tag) { return tag == TAG_DATE || tag == TAG_DATETIME || tag == TAG_TIME; }

/* ---- points ---- */

static Value compare_times(Eval *eval, Value a, Value b, Precision precision) {
    if (a.tag == TAG_DATE && b.tag == TAG_DATETIME) a = time_to_datetime(a, eval->offset);
    if (b.tag == TAG_DATE && a.tag == TAG_DATETIME) b = time_to_datetime(b, eval->offset);
    return a.tag == b.tag ? time_compare(a, b, precision) : value_null();
}

Value interval_compare_points(Eval *eval, Value a, Value b, Precision precision) {
    if (is_time(a.tag) && is_time(b.tag)) return compare_times(eval, a, b, precision);
    if (a.tag == TAG_INTEGER && b.tag == TAG_INTEGER)
        return value_integer((a.integer > b.integer) - (a.integer < b.integer));
    return value_compare(eval, a, b);
}

static Value step_decimal(Arena *arena, Value value, int direction) {
    __int128 units = decimal_units(value) + direction;
    if (units > DECIMAL_MAXIMUM || units < -DECIMAL_MAXIMUM) return value_null();
    return decimal_from_units(arena, units, DECIMAL_PLACES);
}

static Value step_integer(Value point, int direction, int64_t least, int64_t greatest) {
    if (point.integer == (direction < 0 ? least : greatest)) return value_null();
    point.integer += direction;
    return point;
}

static Value step(Eval *eval, Value point, int direction) {
    Value result;
    switch (point.tag) {
    case TAG_INTEGER: return step_integer(point, direction, INT32_MIN, INT32_MAX);
    case TAG_LONG: return step_integer(point, direction, INT64_MIN, INT64_MAX);
    case TAG_DECIMAL: return step_decimal(eval->arena, point, direction);
    case TAG_QUANTITY: return quantity_step(eval->arena, point, direction);
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME:
        return (direction < 0 ? time_predecessor : time_successor)(point, &result) ? result
                                                                                   : value_null();
    default: return value_null();
    }
}

Value interval_point_successor(Eval *eval, Value point) { return step(eval, point, 1); }
Value interval_point_predecessor(Eval *eval, Value point) { return step(eval, point, -1); }

/* The least (-1) or greatest (1) point of the type; a Quantity in the unit of `like`. */
static Value extreme(Eval *eval, Tag point, int side, Value like) {
    Value decimal;
    switch (point) {
    case TAG_INTEGER: return value_integer(side < 0 ? INT32_MIN : INT32_MAX);
    case TAG_LONG: return value_long(side < 0 ? INT64_MIN : INT64_MAX);
    case TAG_DECIMAL: return decimal_from_units(eval->arena, side * DECIMAL_MAXIMUM, 8);
    case TAG_QUANTITY:
        decimal = decimal_from_units(eval->arena, side * DECIMAL_MAXIMUM, 8);
        return value_is_null(like) ? quantity_make(eval->arena, decimal, STR("1"), false)
                                   : quantity_make(eval->arena, decimal, like.quantity->unit,
                                                   like.quantity->calendar);
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME:
        return (side < 0 ? time_minimum : time_maximum)(point, eval->offset);
    default: return value_null();
    }
}

/* ---- ends ---- */

Edge edge_of_point(Value point) {
    if (point.tag != TAG_UNCERTAINTY) return (Edge){ point, point, 0 };
    return (Edge){ point.uncertainty->low, point.uncertainty->high, 0 };
}

/* Null unless it is one point. */
static Value certain(Edge edge) {
    bool uncertain = edge.low.tag == TAG_INTEGER && edge.low.integer != edge.high.integer;
    return uncertain ? value_null() : edge.low;
}

static bool is_boundless(const Interval *interval) {
    return value_is_null(interval->low) && value_is_null(interval->high);
}

/* A bound that is given, or closed and null. */
static Edge known_edge(Eval *eval, const Interval *interval, int side, bool unbounded) {
    Value bound = side < 0 ? interval->low : interval->high;
    Value other = side < 0 ? interval->high : interval->low;
    bool closed = side < 0 ? interval->low_closed : interval->high_closed;
    if (!value_is_null(bound)) {
        Edge edge = edge_of_point(bound);
        return closed ? edge : (Edge){ step(eval, edge.low, -side), step(eval, edge.high, -side), 0 };
    }
    Edge edge = edge_of_point(extreme(eval, (Tag)interval->point, side, other));
    if (is_boundless(interval) && unbounded) edge.infinite = side;
    return edge;
}

Edges interval_edges(Eval *eval, const Interval *interval, bool unbounded) {
    bool open_start = value_is_null(interval->low) && !interval->low_closed;
    bool open_end = value_is_null(interval->high) && !interval->high_closed;
    if (is_boundless(interval) && !unbounded)
        return (Edges){ edge_of_point(value_null()), edge_of_point(value_null()) };
    Edges edges = { known_edge(eval, interval, -1, unbounded && !open_start),
                    known_edge(eval, interval, 1, unbounded && !open_end) };
    Value least = edges.start.low, greatest = edges.end.high;
    if (open_start) edges.start.high = greatest;
    if (open_end) edges.end.low = least;
    return edges;
}

Value interval_start(Eval *eval, const Interval *interval) {
    if (value_is_null(interval->low) && !interval->low_closed) return value_null();
    return certain(known_edge(eval, interval, -1, false));
}

Value interval_end(Eval *eval, const Interval *interval) {
    if (value_is_null(interval->high) && !interval->high_closed) return value_null();
    return certain(known_edge(eval, interval, 1, false));
}

/* ---- relations of ends ---- */

enum { UNKNOWN = 2 };

static int order(Eval *eval, Value a, Value b, Precision precision) {
    if (value_is_null(a) || value_is_null(b)) return UNKNOWN;
    Value result = interval_compare_points(eval, a, b, precision);
    return value_is_null(result) ? UNKNOWN : (int)result.integer;
}

/* Of the two that are furthest apart, each way. */
static void orders(Eval *eval, Edge a, Edge b, Precision precision, int *latest, int *earliest) {
    if (a.infinite != b.infinite) {
        *latest = *earliest = a.infinite < b.infinite ? -1 : 1;
        bool unknown = (a.infinite == 0 && value_is_null(a.low)) ||
                       (b.infinite == 0 && value_is_null(b.low));
        if (unknown) *latest = *earliest = UNKNOWN;
    } else if (a.infinite != 0) {
        *latest = *earliest = 0;
    } else {
        *latest = order(eval, a.high, b.low, precision);
        *earliest = order(eval, a.low, b.high, precision);
    }
}

Value edge_before(Eval *eval, Edge a, Edge b, Precision precision) {
    int latest, earliest;
    orders(eval, a, b, precision, &latest, &earliest);
    if (latest == -1) return value_boolean(true);
    return earliest == 0 || earliest == 1 ? value_boolean(false) : value_null();
}

Value edge_same_or_before(Eval *eval, Edge a, Edge b, Precision precision) {
    return does_not_hold(edge_before(eval, b, a, precision));
}

Value edge_same(Eval *eval, Edge a, Edge b, Precision precision) {
    int latest, earliest;
    orders(eval, a, b, precision, &latest, &earliest);
    if (latest == -1 || earliest == 1) return value_boolean(false);
    return latest == 0 && earliest == 0 ? value_boolean(true) : value_null();
}

/* Cut to the precision, where it is finer. */
static Value cut(Value point, Precision precision) {
    bool cuts = is_time((Tag)point.tag) && precision != PRECISION_NONE;
    return cuts ? time_truncate(point, precision) : point;
}

Value edge_meets(Eval *eval, Edge a, Edge b, Precision precision) {
    if (a.infinite != 0) return value_boolean(false);
    if (value_is_null(a.low) || value_is_null(a.high)) return value_null();
    Edge next = { step(eval, cut(a.low, precision), 1), step(eval, cut(a.high, precision), 1), 0 };
    if (value_is_null(next.low)) return value_boolean(false);
    if (value_is_null(next.high)) next.high = a.high;
    return edge_same(eval, next, b, precision);
}

Value both_hold(Value a, Value b) {
    if (value_is_false(a) || value_is_false(b)) return value_boolean(false);
    return value_is_null(a) || value_is_null(b) ? value_null() : value_boolean(true);
}

Value does_not_hold(Value a) { return value_is_null(a) ? a : value_boolean(!a.boolean); }

Value either_holds(Value a, Value b) {
    return does_not_hold(both_hold(does_not_hold(a), does_not_hold(b)));
}

/* ---- the contract ---- */

bool interval_make(Eval *eval, Value low, bool low_closed, Value high, bool high_closed, Tag point,
                   Value *out) {
    if (point == TAG_NULL) point = (Tag)(value_is_null(low) ? high.tag : low.tag);
    Interval interval = { low, high, low_closed, high_closed, (uint8_t)point };
    *out = value_interval(eval->arena, interval);
    if (value_is_null(low) || value_is_null(high)) return true;
    Edges edges = interval_edges(eval, &interval, false);
    bool backwards = value_is_null(edges.start.low) || value_is_null(edges.end.low) ||
                     value_is_true(edge_before(eval, edges.end, edges.start, PRECISION_NONE));
    return !backwards || eval_fail(eval, "interval-bounds", "the interval ends before it starts");
}

Value interval_equal(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_null();
    Edges x = interval_edges(eval, a.interval, false), y = interval_edges(eval, b.interval, false);
    return both_hold(edge_same(eval, x.start, y.start, PRECISION_NONE),
                     edge_same(eval, x.end, y.end, PRECISION_NONE));
}

Value interval_equivalent(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b))
        return value_boolean(value_is_null(a) && value_is_null(b));
    const Interval *x = a.interval, *y = b.interval;
    if (x->point != y->point && x->point != TAG_NULL && y->point != TAG_NULL)
        return value_boolean(false);
    return both_hold(
        value_equivalent(eval, interval_start(eval, x), interval_start(eval, y)),
        value_equivalent(eval, interval_end(eval, x), interval_end(eval, y)));
}

/* ---- operators ---- */

bool start_of_interval(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0];
    *result = value_is_null(a) ? a : interval_start(eval, a.interval);
    return true;
}

bool end_of_interval(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0];
    *result = value_is_null(a) ? a : interval_end(eval, a.interval);
    return true;
}

bool point_from_interval(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    Value start = interval_start(eval, arguments[0].interval);
    Value end = interval_end(eval, arguments[0].interval);
    if (value_is_null(start) || value_is_null(end)) return true;
    if (order(eval, start, end, PRECISION_NONE) != 0)
        return eval_fail(eval, "interval-point", "the interval holds more than one point");
    *result = start;
    return true;
}

/* Null past the ends of the type. */
static Value width(Eval *eval, const Interval *interval, int64_t steps) {
    Value start = interval_start(eval, interval), end = interval_end(eval, interval);
    if (value_is_null(start) || value_is_null(end)) return value_null();
    int64_t number;
    Arena *arena = eval->arena;
    if (start.tag == TAG_DECIMAL)
        return decimal_add(arena, decimal_subtract(arena, end, start),
                           decimal_from_units(arena, steps, 0));
    if (start.tag == TAG_QUANTITY) {
        Value difference = quantity_subtract(eval, end, start);
        return value_is_null(difference) || steps == 0 ? difference
                                                       : quantity_step(arena, difference, 1);
    }
    if (__builtin_sub_overflow(end.integer, start.integer, &number) ||
        __builtin_add_overflow(number, steps, &number))
        return value_null();
    if (start.tag == TAG_LONG) return value_long(number);
    return number > INT32_MAX ? value_null() : value_integer(number);
}

bool width_of_interval(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0];
    *result = value_is_null(a) ? a : width(eval, a.interval, 0);
    return true;
}

bool size_of_interval(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0];
    *result = value_is_null(a) ? a : width(eval, a.interval, 1);
    return true;
}
