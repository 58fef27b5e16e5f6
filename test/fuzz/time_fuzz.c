/* time_fuzz.c - any text as a date, a date and time, and a time: what is read and written again
 * is the same, lies between its first and its last moment, and comes back from one step on. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/time.h"

static Arena *arena;

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "time: %s\n", what);
    abort();
}

static bool parse(Tag tag, Str text, Value *value) {
    switch (tag) {
    case TAG_DATE: return time_parse_date(text, value);
    case TAG_DATETIME: return time_parse_datetime(text, 120, value);
    default: return time_parse_time(text, value);
    }
}

static Str printed(Value value) {
    Buffer out = buffer_new(arena);
    time_print(value, &out);
    return buffer_str(&out);
}

static bool is_order(Value order, int wanted) {
    return value_is_null(order) || order.integer * wanted >= 0;
}

static void check_bounds(Value value) {
    Value low = time_low_boundary(value, time_finest((Tag)value.tag));
    Value high = time_high_boundary(value, time_finest((Tag)value.tag));
    require(is_order(time_compare(low, value, PRECISION_NONE), -1), "it begins before itself");
    require(is_order(time_compare(value, high, PRECISION_NONE), -1), "it ends before itself");
    require(time_equivalent(value, value), "it is not equivalent to itself");
    require(!value_is_false(time_equal(value, value)), "it is not equal to itself");
}

static void check_steps(Value value) {
    Value next, back;
    if (time_successor(value, &next)) {
        require(is_order(time_compare(value, next, PRECISION_NONE), -1), "a step on leads back");
        require(time_predecessor(next, &back), "no way back");
        require(str_equal(printed(back), printed(value)), "the way back leads elsewhere");
    }
    for (int unit = PRECISION_YEAR; unit <= PRECISION_MILLISECOND; unit++) {
        Value moved;
        time_add(value, 1000003, (Precision)unit, &moved);
        time_add(value, INT64_MIN, (Precision)unit, &moved);
        if (time_add(value, -1, (Precision)unit, &moved)) {
            time_duration_between(arena, moved, value, (Precision)unit);
            time_difference_between(arena, value, moved, (Precision)unit);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const Tag tags[] = { TAG_DATE, TAG_DATETIME, TAG_TIME };
    Str text = { (const char *)data, size };
    arena = arena_new(16 << 20);
    for (int i = 0; i < 3; i++) {
        Value value, again;
        if (!parse(tags[i], text, &value)) continue;
        require(value.tag == tags[i], "of another type");
        require(parse(tags[i], printed(value), &again), "what was written cannot be read");
        require(str_equal(printed(value), printed(again)), "writing twice differs");
        check_bounds(value);
        check_steps(value);
    }
    arena_free(arena);
    return 0;
}
