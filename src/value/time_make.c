/* time_make.c - the operators that make dates and times and take them apart. */
#include <stddef.h>

#include "value/decimal.h"
#include "value/operators.h"
#include "value/time.h"

/* Component i of a value, the year first, is at PARTS[i]. */
static const size_t PARTS[] = {
    offsetof(TimeParts, year),   offsetof(TimeParts, month),  offsetof(TimeParts, day),
    offsetof(TimeParts, hour),   offsetof(TimeParts, minute), offsetof(TimeParts, second),
    offsetof(TimeParts, millisecond),
};

static int32_t *part(TimeParts *parts, Precision precision) {
    return (int32_t *)((char *)parts + PARTS[precision - 1]);
}

typedef struct Made {
    TimeParts parts;
    Precision precision; /* PRECISION_NONE: no component is given */
} Made;

/* Components from `first` on; after a null there may be only nulls. */
static bool read_parts(Eval *eval, const Value *arguments, int count, Precision first, Made *made) {
    *made = (Made){ .precision = PRECISION_NONE };
    for (int i = 0; i < count; i++) {
        if (value_is_null(arguments[i])) continue;
        int given = made->precision == PRECISION_NONE ? 0 : (int)(made->precision - first) + 1;
        if (given != i)
            return eval_fail(eval, "date-parts", "a component is given below one that is null");
        made->precision = (Precision)(first + i);
        int64_t number = arguments[i].integer;
        *part(&made->parts, made->precision) =
            number < 0 || number > 9999 ? -1 : (int32_t)number;
    }
    return true;
}

static bool check_made(Eval *eval, Tag tag, const Made *made) {
    if (time_valid(tag, &made->parts, made->precision)) return true;
    return eval_fail(eval, "impossible-date",
                     tag == TAG_TIME ? "there is no such time of day" : "there is no such date");
}

static bool make_date(Eval *eval, const Value *arguments, int count, Value *result) {
    Made made;
    *result = value_null();
    if (!read_parts(eval, arguments, count, PRECISION_YEAR, &made)) return false;
    if (made.precision == PRECISION_NONE) return true;
    if (!check_made(eval, TAG_DATE, &made)) return false;
    *result = time_make_date(made.parts, made.precision);
    return true;
}

static bool make_datetime(Eval *eval, const Value *arguments, int count, Value *result) {
    Made made;
    *result = value_null();
    if (!read_parts(eval, arguments, count, PRECISION_YEAR, &made)) return false;
    if (made.precision == PRECISION_NONE) return true;
    if (!check_made(eval, TAG_DATETIME, &made)) return false;
    *result = time_make_datetime(made.parts, made.precision, eval->offset);
    return true;
}

static bool make_time(Eval *eval, const Value *arguments, int count, Value *result) {
    Made made;
    *result = value_null();
    if (!read_parts(eval, arguments, count, PRECISION_HOUR, &made)) return false;
    if (made.precision == PRECISION_NONE) return true;
    if (!check_made(eval, TAG_TIME, &made)) return false;
    *result = time_make_time(made.parts, made.precision);
    return true;
}

#define MAKE(what, count)                                                                  \
    bool make_##what##_##count(Eval *eval, const Value *arguments, Value *result) {        \
        return make_##what(eval, arguments, count, result);                                \
    }

MAKE(date, 1)
MAKE(date, 2)
MAKE(date, 3)
MAKE(datetime, 1)
MAKE(datetime, 2)
MAKE(datetime, 3)
MAKE(datetime, 4)
MAKE(datetime, 5)
MAKE(datetime, 6)
MAKE(datetime, 7)
MAKE(time, 1)
MAKE(time, 2)
MAKE(time, 3)
MAKE(time, 4)

/* The eighth argument is the offset in hours. */
bool make_datetime_8(Eval *eval, const Value *arguments, Value *result) {
    if (!make_datetime(eval, arguments, 7, result)) return false;
    if (value_is_null(*result) || value_is_null(arguments[7])) return true;
    __int128 minutes = decimal_units(arguments[7]) * 60;
    minutes = (minutes + (minutes < 0 ? -DECIMAL_UNIT / 2 : DECIMAL_UNIT / 2)) / DECIMAL_UNIT;
    if (minutes < -14 * 60 || minutes > 14 * 60)
        return eval_fail(eval, "impossible-date", "a timezone offset is -14 to 14 hours");
    result->offset = (int16_t)minutes;
    return true;
}

bool date_from(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_is_null(arguments[0]) ? value_null() : time_to_date(arguments[0]);
    return true;
}

bool time_from(Eval *eval, const Value *arguments, Value *result) {
    Value value = arguments[0];
    *result = value_null();
    if (value_is_null(value) || time_precision(value) < PRECISION_HOUR) return true;
    Value local = time_at_offset(value, eval->offset);
    *result = time_make_time(time_parts(local), time_precision(local));
    return true;
}

bool timezone_offset_from(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    *result = decimal_from_units(eval->arena, (__int128)arguments[0].offset * DECIMAL_UNIT / 60, 1);
    return true;
}

bool component_from(Eval *eval, const Value *arguments, Value *result) {
    Value value = arguments[0];
    Precision precision = (Precision)arguments[1].integer;
    *result = value_null();
    if (value_is_null(value)) return true;
    if (precision < time_coarsest(value.tag) || precision > time_finest(value.tag))
        return eval_fail(eval, "precision", "values of this type have no such component");
    if (precision > time_precision(value)) return true;
    TimeParts parts = time_parts(value);
    *result = value_integer(*part(&parts, precision));
    return true;
}

bool now_of_evaluation(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    *result = eval->now;
    return true;
}

bool today_of_evaluation(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    return date_from(eval, &eval->now, result);
}

bool time_of_evaluation(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    return time_from(eval, &eval->now, result);
}

#define EXTENT(name, tag)                                                                  \
    bool minimum_##name(Eval *eval, const Value *arguments, Value *result) {               \
        (void)arguments;                                                                   \
        *result = time_minimum(tag, eval->offset);                                         \
        return true;                                                                       \
    }                                                                                      \
    bool maximum_##name(Eval *eval, const Value *arguments, Value *result) {               \
        (void)arguments;                                                                   \
        *result = time_maximum(tag, eval->offset);                                         \
        return true;                                                                       \
    }

EXTENT(date, TAG_DATE)
EXTENT(datetime, TAG_DATETIME)
EXTENT(time, TAG_TIME)

/* How many digits a value of each precision has. */
static const uint8_t DIGITS[] = { 0, 4, 6, 8, 10, 12, 14, 17 };
enum { DIGITS_OF_DATE = 8 };

static int digits(Tag tag, Precision precision) {
    return DIGITS[precision] - (tag == TAG_TIME ? DIGITS_OF_DATE : 0);
}

bool precision_of_time(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value value = arguments[0];
    *result = value_is_null(value) ? value_null()
                                   : value_integer(digits(value.tag, time_precision(value)));
    return true;
}

/* The precision of so many digits; PRECISION_NONE where there is none. */
static Precision precision_of_digits(Tag tag, int64_t count) {
    for (Precision p = time_coarsest(tag); p <= time_finest(tag); p++)
        if (digits(tag, p) == count) return p;
    return PRECISION_NONE;
}

static Value boundary(Value value, Value count, Value (*of)(Value, Precision)) {
    if (value_is_null(value)) return value_null();
    Precision precision = value_is_null(count) ? time_finest(value.tag)
                                               : precision_of_digits(value.tag, count.integer);
    return precision == PRECISION_NONE ? value_null() : of(value, precision);
}

bool low_boundary_of_time(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = boundary(arguments[0], arguments[1], time_low_boundary);
    return true;
}

bool high_boundary_of_time(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = boundary(arguments[0], arguments[1], time_high_boundary);
    return true;
}

bool finest_low_boundary_of_time(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = boundary(arguments[0], value_null(), time_low_boundary);
    return true;
}

bool finest_high_boundary_of_time(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = boundary(arguments[0], value_null(), time_high_boundary);
    return true;
}
