/* islet_input.c - what goes in by islet.h: texts, and the moment of an evaluation. */
#include <string.h>

#include "base/clock.h"
#include "reason/islet_parts.h"
#include "value/time.h"

enum { FARTHEST_OFFSET = 14 * 60, DAY_MS = 24 * 60 * 60 * 1000, LONGEST_MOMENT = 64 };

bool input_is_sound(const islet_input *input) {
    return input != NULL && input->text != NULL && input->length <= LARGEST_INPUT;
}

static Value present_moment(int16_t offset_minutes) {
    int64_t now = clock_now_ms(), rest = now % DAY_MS;
    TimeParts parts = { 0 };
    time_civil_from_days(now / DAY_MS, &parts);
    parts.hour = (int32_t)(rest / 3600000);
    parts.minute = (int32_t)(rest / 60000 % 60);
    parts.second = (int32_t)(rest / 1000 % 60);
    parts.millisecond = (int32_t)(rest % 1000);
    return time_at_offset(time_make_datetime(parts, PRECISION_MILLISECOND, 0), offset_minutes);
}

bool moment_read(const char *text, int offset_minutes, Value *out) {
    if (offset_minutes < -FARTHEST_OFFSET || offset_minutes > FARTHEST_OFFSET) return false;
    int16_t offset = (int16_t)offset_minutes;
    if (text == NULL) return *out = present_moment(offset), true;
    Str moment = str_from(text);
    if (moment.length > LONGEST_MOMENT) return false;
    if (time_parse_date(moment, out)) return time_precision(*out) == PRECISION_DAY;
    return time_parse_datetime(moment, offset, out) && time_precision(*out) >= PRECISION_MINUTE;
}

islet_status refuse_moment(LastError *last, const char *text, int offset_minutes) {
    return last_error_say(last, ISLET_INVALID, "as-of",
                          "Write 2026-06-01 or 2026-06-01T08:30:00Z, and an offset of up to 840 "
                          "minutes",
                          "%s at an offset of %d minutes is no day or moment",
                          text != NULL ? text : "now", offset_minutes);
}
