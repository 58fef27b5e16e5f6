/* time.c - the layout of Date, DateTime and Time, and what follows from it alone.
 *
 * Dates are of the proleptic Gregorian calendar, counted in days from 1970-01-01 where
 * arithmetic needs it.  Moving a value to another offset goes by that count; a year just
 * outside 1 to 9999 may come of it and still compares rightly. */
#include "value/time.h"

enum { MINUTES_A_DAY = 24 * 60 };

static const TimeParts LOWEST = { 1, 1, 1, 0, 0, 0, 0 };

static int64_t pack(const TimeParts *parts) {
    return (int64_t)parts->year << 36 | (int64_t)parts->month << 32 | (int64_t)parts->day << 27 |
           (int64_t)parts->hour << 22 | (int64_t)parts->minute << 16 |
           (int64_t)parts->second << 10 | parts->millisecond;
}

/* The low bits that hold what is finer than the precision. */
static int64_t finer_mask(Precision precision) {
    static const uint8_t shift[] = { 0, 36, 32, 27, 22, 16, 10, 0 };
    return ((int64_t)1 << shift[precision]) - 1;
}

static Value make(Tag tag, const TimeParts *parts, Precision precision, int16_t offset) {
    return (Value){ .tag = (uint8_t)tag, .flags = (uint8_t)precision, .offset = offset,
                    .packed = pack(parts) & ~finer_mask(precision) };
}

Value time_make_date(TimeParts parts, Precision precision) {
    parts.hour = parts.minute = parts.second = parts.millisecond = 0;
    return make(TAG_DATE, &parts, precision, 0);
}

Value time_make_datetime(TimeParts parts, Precision precision, int16_t offset_minutes) {
    return make(TAG_DATETIME, &parts, precision, offset_minutes);
}

Value time_make_time(TimeParts parts, Precision precision) {
    parts.year = parts.month = parts.day = 0;
    return make(TAG_TIME, &parts, precision, 0);
}

Value time_date(int year, int month, int day) {
    return time_make_date((TimeParts){ .year = year, .month = month, .day = day }, PRECISION_DAY);
}

TimeParts time_parts(Value value) {
    int64_t packed = value.packed;
    return (TimeParts){
        .year = (int32_t)(packed >> 36),
        .month = (int32_t)(packed >> 32 & 15),
        .day = (int32_t)(packed >> 27 & 31),
        .hour = (int32_t)(packed >> 22 & 31),
        .minute = (int32_t)(packed >> 16 & 63),
        .second = (int32_t)(packed >> 10 & 63),
        .millisecond = (int32_t)(packed & 1023),
    };
}

Precision time_precision(Value value) { return (Precision)value.flags; }
Precision time_finest(Tag tag) { return tag == TAG_DATE ? PRECISION_DAY : PRECISION_MILLISECOND; }
Precision time_coarsest(Tag tag) { return tag == TAG_TIME ? PRECISION_HOUR : PRECISION_YEAR; }

bool time_has(Tag tag, Precision unit) {
    Precision least = unit == PRECISION_WEEK ? PRECISION_DAY : unit;
    return least >= time_coarsest(tag) && least <= time_finest(tag);
}

int64_t time_unit_length(Precision unit) {
    static const int64_t lengths[] = {
        [PRECISION_DAY] = 86400000, [PRECISION_HOUR] = 3600000,  [PRECISION_MINUTE] = 60000,
        [PRECISION_SECOND] = 1000,  [PRECISION_MILLISECOND] = 1, [PRECISION_WEEK] = 7 * 86400000,
    };
    return lengths[unit];
}

const char *time_name(Tag tag) {
    return tag == TAG_DATE ? "Date" : tag == TAG_TIME ? "Time" : "DateTime";
}

int time_days_in_month(int64_t year, int month) {
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool date_valid(const TimeParts *parts, Precision precision) {
    if (parts->year < 1 || parts->year > 9999) return false;
    if (precision >= PRECISION_MONTH && (parts->month < 1 || parts->month > 12)) return false;
    return precision < PRECISION_DAY ||
           (parts->day >= 1 && parts->day <= time_days_in_month(parts->year, parts->month));
}

static bool below(int32_t part, int32_t limit) { return part >= 0 && part < limit; }

bool time_valid(Tag tag, const TimeParts *parts, Precision precision) {
    if (tag != TAG_TIME && !date_valid(parts, precision)) return false;
    return (precision < PRECISION_HOUR || below(parts->hour, 24)) &&
           (precision < PRECISION_MINUTE || below(parts->minute, 60)) &&
           (precision < PRECISION_SECOND || below(parts->second, 60)) &&
           (precision < PRECISION_MILLISECOND || below(parts->millisecond, 1000));
}

Value time_to_date(Value datetime) {
    Precision precision = time_precision(datetime);
    return time_make_date(time_parts(datetime),
                          precision > PRECISION_DAY ? PRECISION_DAY : precision);
}

Value time_to_datetime(Value date, int16_t offset_minutes) {
    return time_make_datetime(time_parts(date), time_precision(date), offset_minutes);
}

Value time_truncate(Value value, Precision precision) {
    if (precision >= time_precision(value)) return value;
    value.packed &= ~finer_mask(precision);
    value.flags = (uint8_t)precision;
    return value;
}

/* Days before the year's first of March, counted so that the leap day ends a year. */
int64_t time_days_from_civil(int64_t year, int64_t month, int64_t day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void time_civil_from_days(int64_t days, TimeParts *parts) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    parts->day = (int32_t)(day_of_year - (153 * month + 2) / 5 + 1);
    parts->month = (int32_t)(month < 10 ? month + 3 : month - 9);
    parts->year = (int32_t)(year_of_era + era * 400 + (parts->month <= 2));
}

Value time_at_offset(Value datetime, int16_t offset_minutes) {
    int shift = offset_minutes - datetime.offset;
    datetime.offset = offset_minutes;
    if (shift == 0 || time_precision(datetime) < PRECISION_HOUR) return datetime;
    TimeParts parts = time_parts(datetime);
    int minute = parts.hour * 60 + parts.minute + shift;
    int days = (minute + 2 * MINUTES_A_DAY) / MINUTES_A_DAY - 2;
    minute -= days * MINUTES_A_DAY;
    if (days != 0)
        time_civil_from_days(days + time_days_from_civil(parts.year, parts.month, parts.day),
                             &parts);
    parts.hour = minute / 60;
    parts.minute = minute % 60;
    return make(TAG_DATETIME, &parts, time_precision(datetime), offset_minutes);
}

Value time_low_boundary(Value value, Precision precision) {
    Precision given = time_precision(value);
    TimeParts parts = time_parts(value);
    if (value.tag != TAG_TIME) {
        if (given < PRECISION_MONTH) parts.month = LOWEST.month;
        if (given < PRECISION_DAY) parts.day = LOWEST.day;
    }
    return make(value.tag, &parts, precision, value.offset);
}

Value time_high_boundary(Value value, Precision precision) {
    Precision given = time_precision(value);
    TimeParts parts = time_parts(value);
    if (value.tag != TAG_TIME) {
        if (given < PRECISION_MONTH) parts.month = 12;
        if (given < PRECISION_DAY) parts.day = time_days_in_month(parts.year, parts.month);
    }
    if (given < PRECISION_HOUR) parts.hour = 23;
    if (given < PRECISION_MINUTE) parts.minute = 59;
    if (given < PRECISION_SECOND) parts.second = 59;
    if (given < PRECISION_MILLISECOND) parts.millisecond = 999;
    return make(value.tag, &parts, precision, value.offset);
}

Value time_minimum(Tag tag, int16_t offset_minutes) {
    TimeParts parts = LOWEST;
    if (tag == TAG_TIME) return time_make_time(parts, PRECISION_MILLISECOND);
    return make(tag, &parts, time_finest(tag), offset_minutes);
}

Value time_maximum(Tag tag, int16_t offset_minutes) {
    TimeParts parts = { 9999, 12, 31, 23, 59, 59, 999 };
    if (tag == TAG_TIME) return time_make_time(parts, PRECISION_MILLISECOND);
    return make(tag, &parts, time_finest(tag), offset_minutes);
}
