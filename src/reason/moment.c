/* moment.c - see moment.h. */
#include "reason/moment.h"

#include "base/clock.h"
#include "value/time.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, LONGEST = 64 };

Value moment_now(int16_t offset) {
    int64_t now = clock_now_ms(), rest = now % DAY_MS;
    TimeParts parts = { 0 };
    time_civil_from_days(now / DAY_MS, &parts);
    parts.hour = (int32_t)(rest / 3600000);
    parts.minute = (int32_t)(rest / 60000 % 60);
    parts.second = (int32_t)(rest / 1000 % 60);
    parts.millisecond = (int32_t)(rest % 1000);
    return time_at_offset(time_make_datetime(parts, PRECISION_MILLISECOND, 0), offset);
}

bool moment_read(const char *text, int16_t offset, Value *out) {
    if (text == NULL) return *out = moment_now(offset), true;
    Str moment = str_from(text);
    if (moment.length > LONGEST) return false;
    if (time_parse_date(moment, out)) return time_precision(*out) == PRECISION_DAY;
    return time_parse_datetime(moment, offset, out) && time_precision(*out) >= PRECISION_MINUTE;
}

Value moment_begin(Value moment, int16_t offset) {
    if (moment.tag == TAG_DATE) moment = time_to_datetime(moment, offset);
    return time_low_boundary(moment, PRECISION_MILLISECOND);
}

Value moment_end(Value moment, int16_t offset) {
    if (moment.tag != TAG_DATE) return moment;
    return time_high_boundary(time_to_datetime(moment, offset), PRECISION_MILLISECOND);
}
