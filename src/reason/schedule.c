/* schedule.c - see schedule.h.
 *
 * A date that is known to the month only counts as its first day for what is not before, and as
 * its last day for what is not after. */
#include "reason/schedule.h"

#include "value/time.h"

enum { HUNDREDTHS = 100, DAYS_OF_HUNDRED_MONTHS = 3044, LONGEST = 1200 * HUNDREDTHS };
static const int64_t DECIMAL_HUNDREDTH = 1000000;

/* ---- numbers ---- */

/* A number at the start of the text, of which *used are taken. */
static bool read_number(Str text, int32_t *out, size_t *used) {
    int64_t number = 0;
    int decimals = -1;
    size_t at = 0, digits = 0;
    for (; at < text.length; at++) {
        char c = text.data[at];
        if (c == '.' && decimals < 0 && digits != 0) decimals = 0;
        else if (c < '0' || c > '9' || decimals == 2 || number > LONGEST) break;
        else {
            number = number * 10 + (c - '0');
            digits++;
            decimals += decimals >= 0;
        }
    }
    for (int k = decimals < 0 ? 0 : decimals; k < 2; k++) number *= 10;
    *used = at;
    *out = (int32_t)number;
    return digits != 0 && decimals != 0 && number <= LONGEST;
}

bool months_read(Str text, int32_t *low, int32_t *high) {
    size_t used, rest;
    if (!read_number(text, low, &used)) return false;
    *high = *low;
    if (used == text.length) return true;
    if (text.data[used] != '-') return false;
    text = str_slice(text, used + 1, text.length);
    return read_number(text, high, &rest) && rest == text.length && *low <= *high;
}

static bool read_value(Value value, int32_t *out) {
    int64_t hundredths = -1;
    if (value.tag == TAG_INTEGER && value.integer <= LONGEST) hundredths = value.integer * 100;
    if (value.tag == TAG_DECIMAL && value.flags == 0)
        hundredths = value.decimal / DECIMAL_HUNDREDTH;
    if (value.tag == TAG_QUANTITY) return read_value(value.quantity->value, out);
    *out = (int32_t)hundredths;
    return hundredths >= 0 && hundredths <= LONGEST;
}

bool months_of_value(Value value, int32_t *low, int32_t *high) {
    if (value.tag == TAG_STRING) return months_read(value_str(value), low, high);
    if (value.tag == TAG_INTERVAL)
        return read_value(value.interval->low, low) && read_value(value.interval->high, high) &&
               *low <= *high;
    if (value.tag == TAG_LIST)
        return value.list->count != 0 && value.list->count <= 2 &&
               read_value(value.list->items[0], low) &&
               read_value(value.list->items[value.list->count - 1], high) && *low <= *high;
    if (!read_value(value, low)) return false;
    *high = *low;
    return true;
}

/* ---- dates ---- */

static Value first_day(Value date) {
    return time_low_boundary(date.tag == TAG_DATETIME ? time_to_date(date) : date, PRECISION_DAY);
}

static Value last_day(Value date) {
    return time_high_boundary(date.tag == TAG_DATETIME ? time_to_date(date) : date, PRECISION_DAY);
}

static int64_t day_number(Value date) {
    TimeParts parts = time_parts(date);
    return time_days_from_civil(parts.year, parts.month, parts.day);
}

/* Null past the last date that there is. */
static Value add_months(Value date, int32_t months) {
    Value moved;
    int32_t days = (months % HUNDREDTHS * DAYS_OF_HUNDRED_MONTHS + 5000) / 10000;
    if (!time_add(date, months / HUNDREDTHS, PRECISION_MONTH, &moved) ||
        !time_add(moved, days, PRECISION_DAY, &moved))
        return value_null();
    return moved;
}

/* ---- the next study ---- */

/* The wait until the next study: between two, and by default. */
typedef struct Wait {
    Value from;
    int32_t low, usual, high;
} Wait;

static bool is_before(Value a, Value b) { return day_number(a) < day_number(b); }

static Wait find_wait(const Schedule *s, bool last_counts) {
    Wait wait = { last_counts ? s->last : s->anchor, s->interval, s->interval, s->interval };
    if (!last_counts && s->first_low != MONTHS_UNKNOWN) {
        wait.low = s->first_low;
        wait.usual = wait.high = s->first_high;
    } else if (s->interval_low != MONTHS_UNKNOWN) {
        wait.low = s->interval_low;
        wait.high = s->interval_high;
        if (wait.usual == MONTHS_UNKNOWN) wait.usual = wait.high;
        /* by default sooner than the outer bound: that is when it is to be planned */
        if (wait.usual > wait.low && wait.usual < wait.high) wait.low = wait.usual;
    }
    return wait;
}

static void judge(const Wait *wait, int32_t grace, Value as_of, NextStudy *next) {
    int64_t wait_and_grace = wait->usual + (int64_t)wait->usual * grace / (100 * HUNDREDTHS);
    Value inner = add_months(first_day(wait->from), wait->low);
    Value late = add_months(last_day(wait->from),
                            (int32_t)(wait_and_grace < LONGEST ? wait_and_grace : LONGEST));
    next->due = add_months(last_day(wait->from), wait->high);
    if (value_is_null(next->due) || value_is_null(inner) || value_is_null(late)) return;
    bool past_due = is_before(next->due, as_of);
    if (past_due && is_before(late, as_of)) {
        next->state = SCHEDULE_OVERDUE;
        next->overdue_days = day_number(as_of) - day_number(next->due);
    } else if (!is_before(as_of, inner)) {
        next->state = SCHEDULE_DUE;
    }
}

static bool has_ended(const Schedule *s, Value as_of) {
    if (s->years == MONTHS_UNKNOWN || value_is_null(s->anchor)) return false;
    int64_t months = (int64_t)s->years * 12;
    Value end = add_months(last_day(s->anchor), (int32_t)(months < LONGEST ? months : LONGEST));
    return !value_is_null(end) && is_before(end, as_of);
}

NextStudy schedule_next(const Schedule *s, Value as_of) {
    NextStudy next = { .state = SCHEDULE_PLANNED, .due = value_null() };
    as_of = first_day(as_of);
    bool anchored = !value_is_null(s->anchor);
    next.last_counts = !value_is_null(s->last) &&
                       (!anchored || !is_before(last_day(s->last), first_day(s->anchor)));
    if (has_ended(s, as_of)) {
        next.state = SCHEDULE_ENDED;
        return next;
    }
    Wait wait = find_wait(s, next.last_counts);
    if (!value_is_null(wait.from) && wait.high != MONTHS_UNKNOWN)
        judge(&wait, s->grace, as_of, &next);
    return next;
}

Value schedule_working_days(Value date, int32_t days) {
    int64_t number = day_number(first_day(date));
    TimeParts parts = { 0 };
    while (days > 0) {
        number++;
        int64_t weekday = ((number + 3) % 7 + 7) % 7; /* 0: Monday; 1970-01-01 was a Thursday */
        days -= weekday < 5;
    }
    time_civil_from_days(number, &parts);
    return time_date(parts.year, parts.month, parts.day);
}
