/* time_between.c - how long from one date or time to another.
 *
 * A duration counts whole periods that passed, a difference the boundaries crossed.  A value
 * that is not known to the unit stands for all moments it may mean: the result then runs from
 * the latest start and earliest end to the earliest start and latest end.  Durations are of
 * real time, so DateTimes come to one offset first; a difference in days or coarser is of the
 * dates as written. */
#include "value/operators.h"
#include "value/time.h"

static const int64_t DAY = 86400000;

/* A moment in full; days since 1970 (0 of a Time). */
typedef struct Moment {
    TimeParts parts;
    int64_t days, milliseconds; /* milliseconds of the day */
} Moment;

typedef struct Range {
    Moment low, high;
} Range;

static Moment moment(Value full) {
    Moment m = { .parts = time_parts(full) };
    if (full.tag != TAG_TIME)
        m.days = time_days_from_civil(m.parts.year, m.parts.month, m.parts.day);
    m.milliseconds = ((int64_t)m.parts.hour * 60 + m.parts.minute) * 60000 +
                     m.parts.second * 1000 + m.parts.millisecond;
    return m;
}

static Range span(Value value) {
    Precision finest = time_finest(value.tag);
    if (time_precision(value) == PRECISION_SECOND) value.flags = PRECISION_MILLISECOND;
    return (Range){ moment(time_low_boundary(value, finest)),
                    moment(time_high_boundary(value, finest)) };
}

static int64_t whole_months(const Moment *a, const Moment *b) {
    int64_t years = b->parts.year - a->parts.year;
    int64_t months = years * 12 + b->parts.month - a->parts.month;
    int64_t rest = (b->parts.day - a->parts.day) * DAY + b->milliseconds - a->milliseconds;
    if (months > 0 && rest < 0) return months - 1;
    if (months < 0 && rest > 0) return months + 1;
    return months;
}

static int64_t duration(const Moment *a, const Moment *b, Precision unit) {
    if (unit == PRECISION_YEAR) return whole_months(a, b) / 12;
    if (unit == PRECISION_MONTH) return whole_months(a, b);
    int64_t passed = (b->days - a->days) * DAY + b->milliseconds - a->milliseconds;
    return passed / time_unit_length(unit);
}

static int64_t floor_divide(int64_t a, int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

/* How many boundaries of the unit lie before the moment.  1970-01-01 was a Thursday; weeks
 * begin on Sunday. */
static int64_t boundary(const Moment *m, Precision unit) {
    if (unit == PRECISION_YEAR) return m->parts.year;
    if (unit == PRECISION_MONTH) return (int64_t)m->parts.year * 12 + m->parts.month;
    if (unit == PRECISION_WEEK) return floor_divide(m->days + 4, 7);
    return floor_divide(m->days * DAY + m->milliseconds, time_unit_length(unit));
}

static int64_t difference(const Moment *a, const Moment *b, Precision unit) {
    return boundary(b, unit) - boundary(a, unit);
}

static Value in_range(int64_t number) {
    return number > INT32_MAX || number < INT32_MIN ? value_null() : value_integer(number);
}

static Value result_of(Arena *arena, int64_t low, int64_t high) {
    if (low == high) return in_range(low);
    Uncertainty range = { in_range(low), in_range(high) };
    if (value_is_null(range.low) || value_is_null(range.high)) return value_null();
    return (Value){ .tag = TAG_UNCERTAINTY,
                    .uncertainty = arena_copy(arena, &range, sizeof range) };
}

/* The offset of the first, or of the one without hours. */
static void bring_to_one_offset(Value *a, Value *b) {
    if (time_precision(*a) >= PRECISION_HOUR && time_precision(*b) < PRECISION_HOUR)
        *a = time_at_offset(*a, b->offset);
    else
        *b = time_at_offset(*b, a->offset);
}

typedef int64_t Count(const Moment *a, const Moment *b, Precision unit);

static Value between(Arena *arena, Value a, Value b, Precision unit, Count *count) {
    Range x = span(a), y = span(b);
    return result_of(arena, count(&x.high, &y.low, unit), count(&x.low, &y.high, unit));
}

Value time_duration_between(Arena *arena, Value a, Value b, Precision unit) {
    if (!time_has((Tag)a.tag, unit)) return value_null();
    if (a.tag == TAG_DATETIME) bring_to_one_offset(&a, &b);
    return between(arena, a, b, unit, duration);
}

Value time_difference_between(Arena *arena, Value a, Value b, Precision unit) {
    if (!time_has((Tag)a.tag, unit)) return value_null();
    bool by_hour = unit >= PRECISION_HOUR && unit != PRECISION_WEEK;
    if (a.tag == TAG_DATETIME && by_hour) bring_to_one_offset(&a, &b);
    return between(arena, a, b, unit, difference);
}

typedef Value Between(Arena *arena, Value a, Value b, Precision unit);

static bool apply(Eval *eval, Between *function, Value a, Value b, Precision unit, Value *result) {
    *result = value_null();
    if (value_is_null(a) || value_is_null(b)) return true;
    if (!time_has((Tag)a.tag, unit))
        return eval_fail(eval, "duration-unit", "a %s is not counted in this unit of time",
                         time_name((Tag)a.tag));
    *result = function(eval->arena, a, b, unit);
    return true;
}

bool duration_between(Eval *eval, const Value *arguments, Value *result) {
    return apply(eval, time_duration_between, arguments[0], arguments[1],
                 (Precision)arguments[2].integer, result);
}

bool difference_between(Eval *eval, const Value *arguments, Value *result) {
    return apply(eval, time_difference_between, arguments[0], arguments[1],
                 (Precision)arguments[2].integer, result);
}

/* As of the evaluation's day, for a Date, or moment. */
static bool age(Eval *eval, const Value *arguments, Precision unit, Value *result) {
    Value asof = arguments[0].tag == TAG_DATE ? time_to_date(eval->now) : eval->now;
    return apply(eval, time_duration_between, arguments[0], asof, unit, result);
}

static bool age_at(Eval *eval, const Value *arguments, Precision unit, Value *result) {
    return apply(eval, time_duration_between, arguments[0], arguments[1], unit, result);
}

#define AGE(name, unit)                                                                    \
    bool age_in_##name(Eval *eval, const Value *arguments, Value *result) {                \
        return age(eval, arguments, unit, result);                                         \
    }                                                                                      \
    bool age_in_##name##_at(Eval *eval, const Value *arguments, Value *result) {           \
        return age_at(eval, arguments, unit, result);                                      \
    }

AGE(years, PRECISION_YEAR)
AGE(months, PRECISION_MONTH)
AGE(weeks, PRECISION_WEEK)
AGE(days, PRECISION_DAY)
AGE(hours, PRECISION_HOUR)
AGE(minutes, PRECISION_MINUTE)
AGE(seconds, PRECISION_SECOND)
