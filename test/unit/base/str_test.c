/* str_test.c - what str.h promises. */
#include "base/str.h"

#include "check.h"

static void comparison_is_by_bytes_and_length(void) {
    CHECK(str_equal(STR("a"), STR("a")));
    CHECK(!str_equal(STR("a"), STR("ab")));
    CHECK(str_equal(STR(""), str_from(NULL)));
    CHECK(str_compare(STR("a"), STR("b")) < 0);
    CHECK(str_compare(STR("ab"), STR("a")) > 0);
    CHECK(str_compare(STR(""), STR("")) == 0);
    CHECK(str_equal((Str){ "a\0b", 3 }, (Str){ "a\0b", 3 }));
    CHECK(!str_equal((Str){ "a\0b", 3 }, (Str){ "a\0c", 3 }));
}

static void a_slice_is_clipped(void) {
    CHECK_STR(str_slice(STR("hello"), 1, 3), "el");
    CHECK_STR(str_slice(STR("hello"), 3, 99), "lo");
    CHECK_STR(str_slice(STR("hello"), 9, 99), "");
    CHECK(str_starts_with(STR("hello"), STR("he")));
    CHECK(!str_starts_with(STR("h"), STR("he")));
}

static void a_buffer_grows(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer buffer = buffer_new(arena);
    CHECK_STR(buffer_str(&buffer), "");
    for (int i = 0; i < 1000; i++) buffer_format(&buffer, "%d,", i);
    CHECK(buffer.length == 10 * 2 + 90 * 3 + 900 * 4);
    CHECK(str_starts_with(buffer_str(&buffer), STR("0,1,2,")));
    CHECK_STR(str_format(arena, "%s-%d", "x", 7), "x-7");
    CHECK(strcmp(str_to_c(arena, STR("abc")), "abc") == 0);
    arena_free(arena);
}

int main(void) {
    RUN(comparison_is_by_bytes_and_length);
    RUN(a_slice_is_clipped);
    RUN(a_buffer_grows);
    return check_report();
}
