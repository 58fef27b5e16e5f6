/* moment_test.c - the moment for which something is asked. */
#include "base/clock.h"
#include "reason/moment.h"
#include "value/time.h"

#include "check.h"

static Arena *arena;

static Str shown(Value value) {
    Buffer out = buffer_new(arena);
    time_print(value, &out);
    return buffer_str(&out);
}

static Value read(const char *text, int16_t offset) {
    Value value = value_null();
    CHECK(moment_read(text, offset, &value));
    return value;
}

static void a_day_or_a_moment_to_the_minute(void) {
    Value value;
    CHECK_STR(shown(read("2026-06-01", 60)), "2026-06-01");
    CHECK_STR(shown(read("2026-06-01T08:30", 60)), "2026-06-01T08:30+01:00");
    CHECK_STR(shown(read("2026-06-01T08:30:00Z", 60)), "2026-06-01T08:30:00Z");
    CHECK(!moment_read("2026-06", 0, &value));
    CHECK(!moment_read("2026-02-30", 0, &value));
    CHECK(!moment_read("2026-06-01T08", 0, &value));
    CHECK(!moment_read("", 0, &value));
    CHECK(!moment_read("now", 0, &value));
}

static void a_day_begins_at_midnight_and_ends_before_the_next(void) {
    Value day = read("2026-06-01", 0), minute = read("2026-06-01T08:30", 0);
    CHECK_STR(shown(moment_begin(day, 60)), "2026-06-01T00:00:00.000+01:00");
    CHECK_STR(shown(moment_end(day, 60)), "2026-06-01T23:59:59.999+01:00");
    CHECK_STR(shown(moment_begin(minute, 0)), "2026-06-01T08:30:00.000Z");
    CHECK_STR(shown(moment_end(minute, 0)), "2026-06-01T08:30Z");
}

/* The day of the machine's own clock, at whatever offset. */
static void nothing_is_the_present(void) {
    TimeParts before, after, read_parts = time_parts(read(NULL, 0));
    int64_t day = clock_now_ms() / 86400000;
    time_civil_from_days(day - 1, &before);
    time_civil_from_days(day, &after);
    CHECK(read_parts.year == after.year || read_parts.year == before.year);
    CHECK(read_parts.day == after.day || read_parts.day == before.day);
    CHECK_STR(str_slice(shown(moment_now(-90)), 23, 29), "-01:30");
}

int main(void) {
    arena = arena_new(1 << 20);
    RUN(a_day_or_a_moment_to_the_minute);
    RUN(a_day_begins_at_midnight_and_ends_before_the_next);
    RUN(nothing_is_the_present);
    arena_free(arena);
    return check_report();
}
