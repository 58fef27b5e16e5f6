/* time.h - Date, DateTime and Time: making, reading, writing, comparing, arithmetic.
 *
 * `packed` holds the components as bit fields, the most significant first, so that two
 * values of one offset compare as integers:
 *
 *   year << 36 | month << 32 | day << 27 | hour << 22 | minute << 16 | second << 10 | millisecond
 *
 * `flags` is the Precision down to which components are given; those below it are zero.
 * A Time has no year, month and day.  `offset` of a DateTime is in minutes east of UTC; a
 * DateTime without hours has the offset of the evaluation.  Years are 1 to 9999. */
#ifndef ISLET_VALUE_TIME_H
#define ISLET_VALUE_TIME_H

#include "value/eval.h"

typedef struct TimeParts {
    int32_t year, month, day, hour, minute, second, millisecond;
} TimeParts;

/* Text as CQL and FHIR write it, without '@' (a Time may start with 'T').  Any precision may
 * be left out from the right; more than three fractional digits are cut.  False when the
 * text is anything else or no possible date. */
bool time_parse_date(Str text, Value *out);
bool time_parse_datetime(Str text, int16_t default_offset_minutes, Value *out);
bool time_parse_time(Str text, Value *out);

/* The ISO text, exactly the precision and offset of the value: "2012-03", "2012-03-10T10+01:00",
 * "2012T", "T10:30"; without '@'.  A DateTime without hours ends in 'T'. */
void time_print(Value value, Buffer *out);

/* Values of a precision; components below it are not looked at.  The parts must be in range:
 * see time_valid. */
Value time_make_date(TimeParts parts, Precision precision);
Value time_make_datetime(TimeParts parts, Precision precision, int16_t offset_minutes);
Value time_make_time(TimeParts parts, Precision precision);
bool time_valid(Tag tag, const TimeParts *parts, Precision precision);

/* Has the type the component, or is it moved by the unit (a week: by days)? */
bool time_has(Tag tag, Precision unit);

/* Of a week and finer, in milliseconds. */
int64_t time_unit_length(Precision unit);

/* False, with an error in `eval`, when values of the type do not compare at the precision. */
bool time_check_precision(Eval *eval, Tag tag, Precision precision);

/* "Date", "DateTime", "Time" */
const char *time_name(Tag tag);

/* A whole date. */
Value time_date(int year, int month, int day);

TimeParts time_parts(Value value);
Precision time_precision(Value value);
/* The most precise that a value of the tag can be: day or millisecond. */
Precision time_finest(Tag tag);
/* The least precise: year or hour. */
Precision time_coarsest(Tag tag);

/* -1, 0 or 1 (Integer), or null when the values are not precise enough to tell, down to
 * `precision`; PRECISION_NONE: all components.  Hours and finer of DateTimes of different
 * offsets are compared at one offset. Both of one tag. */
Value time_compare(Value a, Value b, Precision precision);

/* CQL Equal (Boolean or null) and Equivalent (never null). */
Value time_equal(Value a, Value b);
bool time_equivalent(Value a, Value b);

Value time_to_date(Value datetime);
Value time_to_datetime(Value date, int16_t offset_minutes);

/* The components down to `precision`, the rest left out. */
Value time_truncate(Value value, Precision precision);

/* The same instant at another offset. */
Value time_at_offset(Value datetime, int16_t offset_minutes);

/* The first and the last moment that the value may mean, in full precision. */
Value time_low_boundary(Value value, Precision precision);
Value time_high_boundary(Value value, Precision precision);

/* The least and the greatest value of the tag. */
Value time_minimum(Tag tag, int16_t offset_minutes);
Value time_maximum(Tag tag, int16_t offset_minutes);

/* `count` units on (back, when negative), at the value's own precision.  False when the
 * result is no date that CQL has; a Time goes round midnight. */
bool time_add(Value value, int64_t count, Precision unit, Value *out);

/* The value one step before or after, at its precision; false at the end of the range. */
bool time_predecessor(Value value, Value *out);
bool time_successor(Value value, Value *out);

/* Whole calendar periods, and boundaries crossed, from a to b: an Integer, a TAG_UNCERTAINTY
 * of Integers, or null (a unit that the type does not have). */
Value time_duration_between(Arena *arena, Value a, Value b, Precision unit);
Value time_difference_between(Arena *arena, Value a, Value b, Precision unit);

/* The Precision that a calendar duration keyword or a UCUM code of time names: "year", "years",
 * "a", "mo", "wk", "d", "h", "min", "s", "ms"; PRECISION_NONE for any other. */
Precision time_unit(Str unit, bool calendar);

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back. */
int64_t time_days_from_civil(int64_t year, int64_t month, int64_t day);
void time_civil_from_days(int64_t days, TimeParts *parts);
int time_days_in_month(int64_t year, int month); /* month: 1 to 12 */

#endif
