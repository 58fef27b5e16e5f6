/* interval_test.c - intervals: ends, what is certain of them, and sets of them. */
#include "value/interval.h"

#include "check.h"
#include "value/operators.h"
#include "value/time.h"

static Arena *arena;
static Eval eval;

static Value whole(int64_t low, int64_t high) {
    Value value = value_null();
    CHECK(interval_make(&eval, value_integer(low), true, value_integer(high), true, TAG_INTEGER,
                        &value));
    return value;
}

static Value made(Value low, bool low_closed, Value high, bool high_closed, Tag point) {
    Value value = value_null();
    CHECK(interval_make(&eval, low, low_closed, high, high_closed, point, &value));
    return value;
}

static Value date(const char *text) {
    Value value = value_null();
    CHECK(time_parse_date(str_from(text), &value));
    return value;
}

static Value dates(const char *low, const char *high) {
    return made(date(low), true, date(high), true, TAG_DATE);
}

static bool refused(Value low, bool low_closed, Value high, bool high_closed) {
    Value value;
    Eval own = { .arena = arena };
    return !interval_make(&own, low, low_closed, high, high_closed, TAG_INTEGER, &value) &&
           own.error_code != NULL;
}

static void backward_intervals_are_errors(void) {
    CHECK(refused(value_integer(5), true, value_integer(3), true));
    CHECK(refused(value_integer(5), true, value_integer(5), false));
    CHECK(refused(value_integer(5), false, value_integer(6), false));
    CHECK(!refused(value_integer(5), true, value_integer(5), true));
    CHECK(!refused(value_integer(5), false, value_integer(6), true));
    CHECK(!refused(date("2012-02"), true, date("2012-02-01"), true));
}

static void ends_are_points(void) {
    Value null = value_null();
    CHECK(interval_start(&eval, whole(1, 5).interval).integer == 1);
    CHECK(interval_end(&eval, made(value_integer(1), true, value_integer(5), false, TAG_INTEGER)
                                  .interval).integer == 4);
    CHECK(interval_start(&eval, made(null, true, value_integer(5), true, TAG_INTEGER).interval)
              .integer == INT32_MIN);
    CHECK(interval_end(&eval, made(value_integer(5), true, null, true, TAG_INTEGER).interval)
              .integer == INT32_MAX);
    CHECK(value_is_null(
        interval_end(&eval, made(value_integer(5), true, null, false, TAG_INTEGER).interval)));
    CHECK(value_is_null(interval_end(&eval, made(null, true, null, true, TAG_NULL).interval)));
}

/* 'T', 'F' or '?' */
static char tell(Operator operator, Value a, Value b, Precision precision) {
    Value arguments[] = { a, b, value_integer(precision) }, result = value_null();
    CHECK(operator(&eval, arguments, &result));
    return value_is_null(result) ? '?' : result.boolean ? 'T' : 'F';
}

static void unknown_ends_leave_only_some_things_certain(void) {
    Value from_five = made(value_integer(5), true, value_null(), false, TAG_INTEGER);
    Value null = value_null();
    CHECK(tell(contains_point, from_five, value_integer(4), PRECISION_NONE) == 'F');
    CHECK(tell(contains_point, from_five, value_integer(5), PRECISION_NONE) == 'T');
    CHECK(tell(contains_point, from_five, value_integer(6), PRECISION_NONE) == '?');
    CHECK(tell(contains_point, from_five, null, PRECISION_NONE) == '?');
    CHECK(tell(contains_point, null, value_integer(6), PRECISION_NONE) == 'F');
    CHECK(tell(before_interval, whole(1, 4), from_five, PRECISION_NONE) == 'T');
    CHECK(tell(after_interval, whole(1, 4), from_five, PRECISION_NONE) == 'F');
    CHECK(tell(overlaps_interval, whole(1, 4), from_five, PRECISION_NONE) == 'F');
    CHECK(tell(overlaps_interval, whole(1, 5), from_five, PRECISION_NONE) == 'T');
    CHECK(tell(meets_interval, whole(1, 4), from_five, PRECISION_NONE) == 'T');
    CHECK(tell(meets_interval, whole(7, 9), from_five, PRECISION_NONE) == '?');
}

static void the_interval_without_bounds_holds_all(void) {
    Value all = made(value_null(), true, value_null(), true, TAG_NULL);
    CHECK(tell(properly_included_in_interval, whole(1, 10), all, PRECISION_NONE) == 'T');
    CHECK(tell(included_in_interval, whole(1, 10), all, PRECISION_NONE) == 'T');
    CHECK(tell(overlaps_after_interval, all, whole(1, 10), PRECISION_NONE) == '?');
    CHECK(tell(contains_point, all, value_integer(3), PRECISION_NONE) == 'T');
}

static void partial_dates_leave_relations_open(void) {
    Value january = dates("2012-01-25", "2012-02-26"), february = dates("2012-02", "2012-03-28");
    CHECK(tell(overlaps_interval, january, february, PRECISION_NONE) == '?');
    CHECK(tell(overlaps_interval, january, february, PRECISION_MONTH) == 'T');
    CHECK(tell(before_interval, dates("2012-01", "2012-01"), february, PRECISION_NONE) == 'T');
    CHECK(tell(meets_interval, dates("2012-01", "2012-01"), february, PRECISION_NONE) == 'T');
    Value most = dates("2012-01-01", "2012-01-30");
    CHECK(tell(meets_interval, most, february, PRECISION_MONTH) == 'T');
    CHECK(tell(contains_point, january, date("2012-01-25"), PRECISION_NONE) == 'T');
    CHECK(tell(contains_point, january, date("2012-01"), PRECISION_NONE) == '?');
    CHECK(tell(contains_point, january, date("2012-01-01"), PRECISION_MONTH) == 'T');
}

static bool equals(Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_is_null(a) && value_is_null(b);
    return value_is_true(interval_equal(&eval, a, b));
}

static Value combined(Operator operator, Value a, Value b) {
    Value arguments[] = { a, b }, result = value_null();
    CHECK(operator(&eval, arguments, &result));
    return result;
}

static void sets_of_points_combine(void) {
    Value null = value_null();
    CHECK(equals(combined(union_intervals, whole(1, 5), whole(3, 7)), whole(1, 7)));
    CHECK(equals(combined(union_intervals, whole(1, 5), whole(6, 7)), whole(1, 7)));
    CHECK(equals(combined(union_intervals, whole(1, 9), whole(3, 7)), whole(1, 9)));
    CHECK(equals(combined(union_intervals, whole(1, 5), whole(7, 9)), null));
    CHECK(equals(combined(intersect_intervals, whole(1, 5), whole(3, 7)), whole(3, 5)));
    CHECK(equals(combined(intersect_intervals, whole(1, 5), whole(6, 7)), null));
    CHECK(equals(combined(except_intervals, whole(0, 5), whole(3, 7)), whole(0, 2)));
    CHECK(equals(combined(except_intervals, whole(3, 9), whole(0, 5)), whole(6, 9)));
    CHECK(equals(combined(except_intervals, whole(1, 10), whole(3, 7)), null));
    CHECK(equals(combined(except_intervals, whole(3, 7), whole(1, 10)), null));
    CHECK(equals(combined(except_intervals, whole(1, 2), whole(3, 4)), whole(1, 2)));
    Value open = combined(intersect_intervals, whole(1, 10),
                          made(value_integer(5), true, null, false, TAG_INTEGER));
    CHECK(open.interval->low.integer == 5 && value_is_null(open.interval->high));
    CHECK(open.interval->low_closed && !open.interval->high_closed);
}

static void collapse_joins_what_touches(void) {
    Value items[] = { whole(7, 10), whole(12, 19), value_null(), whole(1, 5), whole(3, 7) };
    Value arguments[] = { value_list(arena, items, 5), value_null() }, result;
    CHECK(collapse_intervals(&eval, arguments, &result));
    CHECK(result.list->count == 2);
    CHECK(equals(result.list->items[0], whole(1, 10)));
    CHECK(equals(result.list->items[1], whole(12, 19)));
}

static void expand_counts_points(void) {
    Value arguments[] = { whole(1, 10), value_integer(2) }, result;
    CHECK(expand_to_integers(&eval, arguments, &result));
    CHECK(result.list->count == 5 && result.list->items[4].integer == 9);
    arguments[1] = value_null();
    CHECK(expand_intervals(&eval, arguments, &result));
    CHECK(result.list->count == 10 && result.list->items[0].integer == 1);
    arguments[0] = made(value_integer(1), true, value_null(), true, TAG_INTEGER);
    CHECK(expand_intervals(&eval, arguments, &result));
    CHECK(result.list->count == 0);
    arguments[0] = dates("9999-12-30", "9999-12-31");
    CHECK(expand_intervals(&eval, arguments, &result));
    CHECK(result.list->count == 2);
}

int main(void) {
    arena = arena_new((size_t)1 << 24);
    eval = (Eval){ .arena = arena };
    RUN(backward_intervals_are_errors);
    RUN(ends_are_points);
    RUN(unknown_ends_leave_only_some_things_certain);
    RUN(the_interval_without_bounds_holds_all);
    RUN(partial_dates_leave_relations_open);
    RUN(sets_of_points_combine);
    RUN(collapse_joins_what_touches);
    RUN(expand_counts_points);
    arena_free(arena);
    return check_report();
}
