/* time_text.c - Date, DateTime and Time read from text and written as text.
 *
 * One scanner reads "YYYY-MM-DD" and "hh:mm:ss.fff", each from the left as far as the text
 * goes; the digits of every component are counted, so "2012-3" is refused.  What records hold
 * most, "YYYY-MM-DD" alone or with "Thh:mm:ss" and an offset, is read at fixed places first. */
#include "value/time.h"

typedef struct Scanner {
    const char *at, *end;
    TimeParts parts;
    Precision precision;
} Scanner;

static inline bool digits(Scanner *scanner, int count, int32_t *out) {
    if (scanner->end - scanner->at < count) return false;
    uint32_t number = 0, worst = 0;
    for (int i = 0; i < count; i++) {
        uint32_t digit = (uint32_t)(unsigned char)scanner->at[i] - '0';
        if (digit > worst) worst = digit;
        number = number * 10 + digit;
    }
    scanner->at += count;
    *out = (int32_t)number;
    return worst <= 9;
}

static inline bool take(Scanner *scanner, char c) {
    if (scanner->at == scanner->end || *scanner->at != c) return false;
    scanner->at++;
    return true;
}

static inline bool scan_date(Scanner *scanner) {
    if (!digits(scanner, 4, &scanner->parts.year)) return false;
    scanner->precision = PRECISION_YEAR;
    if (!take(scanner, '-')) return true;
    if (!digits(scanner, 2, &scanner->parts.month)) return false;
    scanner->precision = PRECISION_MONTH;
    if (!take(scanner, '-')) return true;
    scanner->precision = PRECISION_DAY;
    return digits(scanner, 2, &scanner->parts.day);
}

/* One digit or more; those past the third are cut. */
static bool scan_fraction(Scanner *scanner) {
    int32_t scale = 100;
    const char *start = scanner->at;
    scanner->parts.millisecond = 0;
    while (scanner->at < scanner->end && *scanner->at >= '0' && *scanner->at <= '9') {
        scanner->parts.millisecond += (*scanner->at++ - '0') * scale;
        scale /= 10;
    }
    scanner->precision = PRECISION_MILLISECOND;
    return scanner->at > start;
}

static inline bool scan_time(Scanner *scanner) {
    if (!digits(scanner, 2, &scanner->parts.hour)) return false;
    scanner->precision = PRECISION_HOUR;
    if (!take(scanner, ':')) return true;
    if (!digits(scanner, 2, &scanner->parts.minute)) return false;
    scanner->precision = PRECISION_MINUTE;
    if (!take(scanner, ':')) return true;
    if (!digits(scanner, 2, &scanner->parts.second)) return false;
    scanner->precision = PRECISION_SECOND;
    return !take(scanner, '.') || scan_fraction(scanner);
}

/* "Z", "+hh:mm" or "-hh:mm", at most 14 hours; nothing leaves *minutes as it is. */
static inline bool scan_offset(Scanner *scanner, int16_t *minutes) {
    if (scanner->at == scanner->end) return true;
    if (take(scanner, 'Z')) {
        *minutes = 0;
        return true;
    }
    int sign = *scanner->at == '-' ? -1 : 1;
    int32_t hour, minute;
    if (!take(scanner, '+') && !take(scanner, '-')) return false;
    if (!digits(scanner, 2, &hour) || !take(scanner, ':') || !digits(scanner, 2, &minute))
        return false;
    if (minute > 59 || hour * 60 + minute > 14 * 60) return false;
    *minutes = (int16_t)(sign * (hour * 60 + minute));
    return true;
}

static Scanner scanner_of(Str text) {
    static const char nothing[1];
    const char *start = text.length == 0 ? nothing : text.data;
    return (Scanner){ .at = start, .end = start + text.length };
}

static bool finished(const Scanner *scanner, Tag tag) {
    return scanner->at == scanner->end && time_valid(tag, &scanner->parts, scanner->precision);
}

/* ---- at fixed places ---- */

/* Two digits; *worst grows past 9 where one is none. */
static inline int32_t pair(const char *at, uint32_t *worst) {
    uint32_t tens = (uint32_t)(unsigned char)at[0] - '0', ones = (uint32_t)(unsigned char)at[1] - '0';
    *worst |= (tens > 9) | (ones > 9);
    return (int32_t)(tens * 10 + ones);
}

/* "YYYY-MM-DD" */
static inline bool fixed_date(const char *at, TimeParts *parts) {
    uint32_t worst = 0;
    parts->year = pair(at, &worst) * 100 + pair(at + 2, &worst);
    parts->month = pair(at + 5, &worst);
    parts->day = pair(at + 8, &worst);
    return worst == 0 && at[4] == '-' && at[7] == '-';
}

/* "Thh:mm:ss" */
static inline bool fixed_time(const char *at, TimeParts *parts) {
    uint32_t worst = 0;
    parts->hour = pair(at + 1, &worst);
    parts->minute = pair(at + 4, &worst);
    parts->second = pair(at + 7, &worst);
    return worst == 0 && at[0] == 'T' && at[3] == ':' && at[6] == ':';
}

/* "Z", "+hh:mm" or "-hh:mm", at most 14 hours. */
static inline bool fixed_offset(const char *at, size_t length, int16_t *minutes) {
    uint32_t worst = 0;
    *minutes = 0;
    if (length == 1) return at[0] == 'Z';
    int32_t hour = pair(at + 1, &worst), minute = pair(at + 4, &worst), all = hour * 60 + minute;
    *minutes = (int16_t)(at[0] == '-' ? -all : all);
    return worst == 0 && minute <= 59 && all <= 14 * 60 && (at[0] == '+' || at[0] == '-') &&
           at[3] == ':';
}

static bool parse_fixed_datetime(Str text, Value *out) {
    enum { DATE_LENGTH = 10, MOMENT_LENGTH = 19 };
    TimeParts parts = { 0 };
    int16_t offset;
    if (text.length != MOMENT_LENGTH + 1 && text.length != MOMENT_LENGTH + 6) return false;
    if (!fixed_date(text.data, &parts) || !fixed_time(text.data + DATE_LENGTH, &parts) ||
        !fixed_offset(text.data + MOMENT_LENGTH, text.length - MOMENT_LENGTH, &offset) ||
        !time_valid(TAG_DATETIME, &parts, PRECISION_SECOND))
        return false;
    *out = time_make_datetime(parts, PRECISION_SECOND, offset);
    return true;
}

/* ---- any ---- */

bool time_parse_date(Str text, Value *out) {
    Scanner scanner = scanner_of(text);
    if (!scan_date(&scanner) || !finished(&scanner, TAG_DATE)) return false;
    *out = time_make_date(scanner.parts, scanner.precision);
    return true;
}

bool time_parse_datetime(Str text, int16_t default_offset_minutes, Value *out) {
    if (parse_fixed_datetime(text, out)) return true;
    Scanner scanner = scanner_of(text);
    int16_t offset = default_offset_minutes;
    if (!scan_date(&scanner)) return false;
    if (take(&scanner, 'T') && scanner.at < scanner.end) {
        if (scanner.precision != PRECISION_DAY) return false;
        if (!scan_time(&scanner) || !scan_offset(&scanner, &offset)) return false;
    }
    if (!finished(&scanner, TAG_DATETIME)) return false;
    *out = time_make_datetime(scanner.parts, scanner.precision, offset);
    return true;
}

bool time_parse_time(Str text, Value *out) {
    Scanner scanner = scanner_of(text);
    take(&scanner, 'T');
    if (!scan_time(&scanner) || !finished(&scanner, TAG_TIME)) return false;
    *out = time_make_time(scanner.parts, scanner.precision);
    return true;
}

static void add_part(Buffer *out, char before, int32_t part, uint32_t digits) {
    buffer_add_char(out, before);
    buffer_add_padded(out, (uint32_t)part, digits);
}

static void print_date(const TimeParts *parts, Precision precision, Buffer *out) {
    buffer_add_padded(out, (uint32_t)parts->year, 4);
    if (precision >= PRECISION_MONTH) add_part(out, '-', parts->month, 2);
    if (precision >= PRECISION_DAY) add_part(out, '-', parts->day, 2);
}

static void print_time(const TimeParts *parts, Precision precision, Buffer *out) {
    buffer_add_char(out, 'T');
    if (precision >= PRECISION_HOUR) buffer_add_padded(out, (uint32_t)parts->hour, 2);
    if (precision >= PRECISION_MINUTE) add_part(out, ':', parts->minute, 2);
    if (precision >= PRECISION_SECOND) add_part(out, ':', parts->second, 2);
    if (precision >= PRECISION_MILLISECOND) add_part(out, '.', parts->millisecond, 3);
}

static void print_offset(int offset, Buffer *out) {
    int minutes = offset < 0 ? -offset : offset;
    if (offset == 0) {
        buffer_add_char(out, 'Z');
        return;
    }
    add_part(out, offset < 0 ? '-' : '+', minutes / 60, 2);
    add_part(out, ':', minutes % 60, 2);
}

void time_print(Value value, Buffer *out) {
    TimeParts parts = time_parts(value);
    Precision precision = time_precision(value);
    if (value.tag != TAG_TIME) print_date(&parts, precision, out);
    if (value.tag != TAG_DATE) print_time(&parts, precision, out);
    if (value.tag == TAG_DATETIME && precision >= PRECISION_HOUR) print_offset(value.offset, out);
}
