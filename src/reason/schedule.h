/* schedule.h - when the next study of a follow-up is due, and whether it is late.
 *
 * Months are counted in hundredths, so that two weeks are 0.5 months; days of parts of a month
 * are rounded. */
#ifndef ISLET_REASON_SCHEDULE_H
#define ISLET_REASON_SCHEDULE_H

#include "base/str.h"
#include "value/value.h"

enum { MONTHS_UNKNOWN = -1 };

/* "12", "0.5", "6-12", in hundredths; false: no such text, or a range that falls. */
bool months_read(Str text, int32_t *low, int32_t *high);

/* An Integer, a Decimal, a String as above, an Interval or a list of one or two numbers; false:
 * none of these. */
bool months_of_value(Value value, int32_t *low, int32_t *high);

typedef struct Schedule {
    int32_t first_low, first_high; /* from the anchor to the first; MONTHS_UNKNOWN: no word of it */
    int32_t interval, interval_low, interval_high; /* MONTHS_UNKNOWN: none */
    int32_t years;                 /* hundredths of years from the anchor; MONTHS_UNKNOWN: no end */
    int32_t grace;                 /* hundredths of per cent of the wait before it is overdue */
    Value last, anchor;            /* dates, or null */
} Schedule;

typedef enum ScheduleState { SCHEDULE_PLANNED, SCHEDULE_DUE, SCHEDULE_OVERDUE, SCHEDULE_ENDED }
    ScheduleState;

typedef struct NextStudy {
    ScheduleState state;
    Value due;        /* a Date, or null: neither a last study nor an anchor to count from */
    bool last_counts; /* the last study is not before the anchor */
    int64_t overdue_days;
} NextStudy;

NextStudy schedule_next(const Schedule *schedule, Value as_of);

/* The date `days` working days (Monday to Friday) after a date. */
Value schedule_working_days(Value date, int32_t days);

#endif
