/* interval_relation.c - the operators that say how intervals, or a point and an interval,
 * lie to each other. */
#include "value/interval_edge.h"
#include "value/operators.h"
#include "value/time.h"

static Precision precision_of(Value argument) { return (Precision)argument.integer; }

/* An operand that is a point starts and ends with it. */
static Edges edges_of(Eval *eval, Value operand, bool unbounded) {
    if (operand.tag == TAG_INTERVAL) return interval_edges(eval, operand.interval, unbounded);
    return (Edges){ edge_of_point(operand), edge_of_point(operand) };
}

typedef Value Relation(Eval *eval, const Edges *a, const Edges *b, Precision precision);

static bool check_precision(Eval *eval, Value operand, Precision precision) {
    Tag tag = operand.tag == TAG_INTERVAL ? (Tag)operand.interval->point : (Tag)operand.tag;
    bool time = tag == TAG_DATE || tag == TAG_DATETIME || tag == TAG_TIME;
    return !time || time_check_precision(eval, tag, precision);
}

static bool relate(Eval *eval, const Value *arguments, Relation *relation, bool unbounded,
                   Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    Precision precision = precision_of(arguments[2]);
    if (!check_precision(eval, arguments[0], precision)) return false;
    Edges a = edges_of(eval, arguments[0], unbounded), b = edges_of(eval, arguments[1], unbounded);
    *result = relation(eval, &a, &b, precision);
    return eval->error_code == NULL;
}

static Value same(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_same(eval, a->start, b->start, precision),
                     edge_same(eval, a->end, b->end, precision));
}

static Value before(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return edge_before(eval, a->end, b->start, precision);
}

static Value after(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return before(eval, b, a, precision);
}

static Value same_or_before(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return edge_same_or_before(eval, a->end, b->start, precision);
}

static Value same_or_after(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return same_or_before(eval, b, a, precision);
}

static Value includes(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_same_or_before(eval, a->start, b->start, precision),
                     edge_same_or_before(eval, b->end, a->end, precision));
}

static Value included_in(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return includes(eval, b, a, precision);
}

static Value properly_includes(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(includes(eval, a, b, precision), does_not_hold(same(eval, a, b, precision)));
}

static Value properly_included_in(Eval *eval, const Edges *a, const Edges *b,
                                  Precision precision) {
    return properly_includes(eval, b, a, precision);
}

/* The point is neither the first nor the last. */
static Value properly_contains(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_before(eval, a->start, b->start, precision),
                     edge_before(eval, b->end, a->end, precision));
}

Value interval_overlaps(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_same_or_before(eval, a->start, b->end, precision),
                     edge_same_or_before(eval, b->start, a->end, precision));
}

static Value overlaps_before(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_before(eval, a->start, b->start, precision),
                     interval_overlaps(eval, a, b, precision));
}

static Value overlaps_after(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_before(eval, b->end, a->end, precision),
                     interval_overlaps(eval, a, b, precision));
}

static Value meets_before(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return edge_meets(eval, a->end, b->start, precision);
}

static Value meets_after(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return meets_before(eval, b, a, precision);
}

Value interval_meets(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return either_holds(meets_before(eval, a, b, precision), meets_after(eval, a, b, precision));
}

static Value starts(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_same(eval, a->start, b->start, precision),
                     edge_same_or_before(eval, a->end, b->end, precision));
}

static Value ends(Eval *eval, const Edges *a, const Edges *b, Precision precision) {
    return both_hold(edge_same_or_before(eval, b->start, a->start, precision),
                     edge_same(eval, a->end, b->end, precision));
}

#define RELATION(name, relation, unbounded)                                                \
    bool name(Eval *eval, const Value *arguments, Value *result) {                         \
        return relate(eval, arguments, relation, unbounded, result);                       \
    }

RELATION(same_as_interval, same, false)
RELATION(before_interval, before, false)
RELATION(after_interval, after, false)
RELATION(same_or_before_interval, same_or_before, false)
RELATION(same_or_after_interval, same_or_after, false)
RELATION(includes_interval, includes, true)
RELATION(included_in_interval, included_in, true)
RELATION(properly_includes_interval, properly_includes, true)
RELATION(properly_included_in_interval, properly_included_in, true)
RELATION(overlaps_interval, interval_overlaps, false)
RELATION(overlaps_before_interval, overlaps_before, false)
RELATION(overlaps_after_interval, overlaps_after, false)
RELATION(meets_interval, interval_meets, false)
RELATION(meets_before_interval, meets_before, false)
RELATION(meets_after_interval, meets_after, false)
RELATION(starts_interval, starts, false)
RELATION(ends_interval, ends, false)

/* ---- a point in an interval ---- */

/* Do the payloads compare as integers? */
static bool is_plain(Value a, Value b) {
    return a.tag == b.tag && a.flags == b.flags && a.offset == b.offset &&
           (a.tag == TAG_INTEGER || a.tag == TAG_LONG || a.tag == TAG_DATE ||
            a.tag == TAG_DATETIME || a.tag == TAG_TIME);
}

static bool lies_between(const Interval *interval, Value point) {
    int64_t at = point.integer, low = interval->low.integer, high = interval->high.integer;
    return (interval->low_closed ? low <= at : low < at) &&
           (interval->high_closed ? at <= high : at < high);
}

/* Bounds that are given are compared as they are, open ones strictly, so that no neighbour
 * need be worked out. */
static Value contains(Eval *eval, const Interval *interval, Value point, Precision precision) {
    if (precision == PRECISION_NONE && is_plain(point, interval->low) &&
        is_plain(point, interval->high))
        return value_boolean(lies_between(interval, point));
    Edge edge = edge_of_point(point), low = edge_of_point(interval->low);
    Edge high = edge_of_point(interval->high);
    bool strict_low = !interval->low_closed, strict_high = !interval->high_closed;
    if (value_is_null(interval->low) || value_is_null(interval->high)) {
        Edges edges = interval_edges(eval, interval, true);
        if (value_is_null(interval->low)) low = edges.start, strict_low = false;
        if (value_is_null(interval->high)) high = edges.end, strict_high = false;
    }
    Value after_low = (strict_low ? edge_before : edge_same_or_before)(eval, low, edge, precision);
    if (value_is_false(after_low)) return after_low;
    return both_hold(after_low, (strict_high ? edge_before : edge_same_or_before)(
                                    eval, edge, high, precision));
}

/* No interval holds nothing; whether one holds null cannot be said. */
static bool find(Eval *eval, Value interval, Value point, Precision precision, bool properly,
                 Value *result) {
    *result = value_null();
    if (value_is_null(point)) return true;
    *result = value_boolean(false);
    if (value_is_null(interval)) return true;
    if (!check_precision(eval, point, precision)) return false;
    if (!properly) {
        *result = contains(eval, interval.interval, point, precision);
        return eval->error_code == NULL;
    }
    Edges whole = interval_edges(eval, interval.interval, true);
    Edges single = edges_of(eval, point, true);
    *result = properly_contains(eval, &whole, &single, precision);
    return eval->error_code == NULL;
}

bool contains_point(Eval *eval, const Value *arguments, Value *result) {
    return find(eval, arguments[0], arguments[1], precision_of(arguments[2]), false, result);
}

bool point_in(Eval *eval, const Value *arguments, Value *result) {
    return find(eval, arguments[1], arguments[0], precision_of(arguments[2]), false, result);
}

bool properly_contains_point(Eval *eval, const Value *arguments, Value *result) {
    return find(eval, arguments[0], arguments[1], precision_of(arguments[2]), true, result);
}

bool point_properly_in(Eval *eval, const Value *arguments, Value *result) {
    return find(eval, arguments[1], arguments[0], precision_of(arguments[2]), true, result);
}
