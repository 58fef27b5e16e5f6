/* time_add.c - moving dates and times by durations.
 *
 * Years and months move the calendar and keep the day where the month has it; weeks and
 * finer move a count of milliseconds.  A unit finer than the value's precision is first
 * brought to that precision (30 days a month, 365 days a year) and cut. */
#include "value/decimal.h"
#include "value/operators.h"
#include "value/time.h"

static const int64_t DAY = 86400000;

static bool finer(Precision unit, Precision precision) {
    return (unit == PRECISION_WEEK ? PRECISION_DAY : unit) > precision;
}

static __int128 bring_to(__int128 count, Precision unit, Precision precision) {
    if (unit == PRECISION_MONTH) return count / 12;
    __int128 amount = count * time_unit_length(unit);
    if (precision == PRECISION_YEAR) return amount / (365 * DAY);
    if (precision == PRECISION_MONTH) return amount / (30 * DAY);
    return amount / time_unit_length(precision);
}

static bool add_months(Value value, __int128 count, Value *out) {
    TimeParts parts = time_parts(value);
    bool whole_years = time_precision(value) == PRECISION_YEAR;
    int month = whole_years ? 0 : parts.month - 1;
    __int128 months = (__int128)parts.year * 12 + month + count;
    if (months < 12 || months >= 120000) return false;
    parts.year = (int32_t)(months / 12);
    parts.month = whole_years ? 0 : (int32_t)(months % 12) + 1;
    if (time_precision(value) >= PRECISION_DAY) {
        int last = time_days_in_month(parts.year, parts.month);
        if (parts.day > last) parts.day = last;
    }
    *out = value.tag == TAG_DATE
               ? time_make_date(parts, time_precision(value))
               : time_make_datetime(parts, time_precision(value), value.offset);
    return true;
}

static void set_time_of_day(TimeParts *parts, int64_t milliseconds) {
    parts->hour = (int32_t)(milliseconds / 3600000);
    parts->minute = (int32_t)(milliseconds / 60000 % 60);
    parts->second = (int32_t)(milliseconds / 1000 % 60);
    parts->millisecond = (int32_t)(milliseconds % 1000);
}

static int64_t time_of_day(const TimeParts *parts) {
    return ((int64_t)parts->hour * 60 + parts->minute) * 60000 + parts->second * 1000 +
           parts->millisecond;
}

static Value go_round(Value time, __int128 amount) {
    TimeParts parts = time_parts(time);
    int64_t at = (int64_t)((time_of_day(&parts) + amount) % DAY);
    set_time_of_day(&parts, at < 0 ? at + DAY : at);
    return time_make_time(parts, time_precision(time));
}

static bool add_milliseconds(Value value, __int128 amount, Value *out) {
    TimeParts parts = time_parts(value);
    static const int64_t limit = 10000 * (int64_t)366;
    if (amount / DAY > limit || amount / DAY < -limit) return false;
    int64_t at = time_days_from_civil(parts.year, parts.month, parts.day) * DAY +
                 time_of_day(&parts) + (int64_t)amount;
    int64_t days = at >= 0 ? at / DAY : -((-at + DAY - 1) / DAY);
    time_civil_from_days(days, &parts);
    set_time_of_day(&parts, at - days * DAY);
    if (parts.year < 1 || parts.year > 9999) return false;
    *out = value.tag == TAG_DATE
               ? time_make_date(parts, time_precision(value))
               : time_make_datetime(parts, time_precision(value), value.offset);
    return true;
}

bool time_add(Value value, int64_t count, Precision unit, Value *out) {
    Precision precision = time_precision(value);
    __int128 wide = count;
    if (finer(unit, precision)) {
        wide = bring_to(count, unit, precision);
        unit = precision;
    }
    if (unit == PRECISION_YEAR) return add_months(value, wide * 12, out);
    if (unit == PRECISION_MONTH) return add_months(value, wide, out);
    wide *= time_unit_length(unit);
    if (value.tag != TAG_TIME) return add_milliseconds(value, wide, out);
    *out = go_round(value, wide);
    return true;
}

static bool step(Value value, int direction, Value *out) {
    if (!time_add(value, direction, time_precision(value), out)) return false;
    if (value.tag != TAG_TIME) return true;
    return direction > 0 ? out->packed > value.packed : out->packed < value.packed;
}

bool time_predecessor(Value value, Value *out) { return step(value, -1, out); }
bool time_successor(Value value, Value *out) { return step(value, 1, out); }

Precision time_unit(Str unit, bool calendar) {
    static const char *const keywords[] = { "year", "month", "day", "hour", "minute", "second",
                                            "millisecond", "week" };
    static const char *const codes[] = { "a", "mo", "d", "h", "min", "s", "ms", "wk" };
    Str stem = unit;
    if (calendar && unit.length > 0 && unit.data[unit.length - 1] == 's') stem.length--;
    for (int i = 0; i < 8; i++)
        if (str_is(stem, calendar ? keywords[i] : codes[i])) return (Precision)(i + 1);
    return PRECISION_NONE;
}

static bool check_unit(Eval *eval, Tag tag, const Quantity *quantity, Precision unit) {
    if (!quantity->calendar && (unit == PRECISION_YEAR || unit == PRECISION_MONTH))
        return eval_fail(eval, "definite-duration",
                         "a %s cannot be moved by '%.*s', which is a definite duration; write "
                         "years or months",
                         time_name(tag), STR_ARGS(quantity->unit));
    if (unit == PRECISION_NONE || !time_has(tag, unit))
        return eval_fail(eval, "duration-unit", "a %s cannot be moved by a quantity in '%.*s'",
                         time_name(tag), STR_ARGS(quantity->unit));
    return true;
}

/* The number of units to move; seconds keep their fraction by becoming milliseconds. */
static __int128 whole_count(Value decimal, Precision *unit) {
    __int128 units = decimal_units(decimal);
    if (*unit != PRECISION_SECOND) return units / DECIMAL_UNIT;
    *unit = PRECISION_MILLISECOND;
    return units / (DECIMAL_UNIT / 1000);
}

static bool move(Eval *eval, const Value *arguments, int direction, Value *result) {
    Value value = arguments[0];
    *result = value_null();
    if (value_is_null(value) || value_is_null(arguments[1])) return true;
    const Quantity *quantity = arguments[1].quantity;
    if (value_is_null(quantity->value)) return true;
    Precision unit = time_unit(quantity->unit, quantity->calendar);
    if (!check_unit(eval, value.tag, quantity, unit)) return false;
    __int128 count = whole_count(quantity->value, &unit) * direction;
    bool fits = count <= INT64_MAX && count >= INT64_MIN;
    if (fits && time_add(value, (int64_t)count, unit, result)) return true;
    return eval_fail(eval, "date-range", "the result is outside the years 1 to 9999");
}

bool add_duration(Eval *eval, const Value *arguments, Value *result) {
    return move(eval, arguments, 1, result);
}

bool subtract_duration(Eval *eval, const Value *arguments, Value *result) {
    return move(eval, arguments, -1, result);
}

static bool next(Eval *eval, Value value, bool (*go)(Value, Value *), Value *result) {
    *result = value_null();
    if (value_is_null(value) || go(value, result)) return true;
    return eval_fail(eval, "date-range", "there is no %s beyond the last one",
                     time_name(value.tag));
}

bool successor_time(Eval *eval, const Value *arguments, Value *result) {
    return next(eval, arguments[0], time_successor, result);
}

bool predecessor_time(Eval *eval, const Value *arguments, Value *result) {
    return next(eval, arguments[0], time_predecessor, result);
}
