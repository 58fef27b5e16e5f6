/* diagnostic_test.c - what a person sees of a diagnostic. */
#include "base/diagnostic.h"

#include "check.h"

static Diagnostic example(void) {
    return (Diagnostic){ .severity = SEVERITY_ERROR, .code = "unknown-identifier",
                         .message = STR("'Ki67' is not defined"),
                         .hint = STR("did you mean \"Ki-67\"?"), .file = STR("a.cql"),
                         .span = { .line = 2, .column = 11, .offset = 12, .length = 4 } };
}

static void it_shows_the_line_a_caret_and_the_mend(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    Diagnostic d = example();
    diagnostic_render(&d, STR("x\ndefine A: Ki67 > 20\ny"), false, &out);
    CHECK_STR(buffer_str(&out), "a.cql:2:11: error: 'Ki67' is not defined [unknown-identifier]\n"
                                "    2 | define A: Ki67 > 20\n"
                                "      |           ^^^^\n"
                                "  hint: did you mean \"Ki-67\"?\n");
    arena_free(arena);
}

static void the_caret_counts_characters_not_bytes(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    Diagnostic d = example();
    d.span = (Span){ .line = 1, .column = 4, .offset = 3, .length = 1 };
    d.hint = (Str){ 0 };
    diagnostic_render(&d, STR("\xC3\xA9 x"), false, &out);
    CHECK(str_starts_with(buffer_str(&out), STR("a.cql:1:4: error")));
    CHECK(strstr(str_to_c(arena, buffer_str(&out)), "      |   ^\n") != NULL);
    arena_free(arena);
}

static void no_input_gives_orders_to_the_terminal(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    Diagnostic d = example();
    d.span = (Span){ .line = 1, .column = 3, .offset = 2, .length = 1 };
    d.message = STR("\x1b[2J");
    d.hint = STR("\xFF!");
    diagnostic_render(&d, STR("a\x07\xFF b"), false, &out);
    CHECK_STR(buffer_str(&out), "a.cql:1:3: error: ?[2J [unknown-identifier]\n"
                                "    1 | a?? b\n"
                                "      |   ^\n"
                                "  hint: ?!\n");
    arena_free(arena);
}

static void of_a_long_line_the_place_is_shown(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    static char text[5000];
    memset(text, 'x', sizeof text);
    Diagnostic d = example();
    d.span = (Span){ .line = 1, .column = 3001, .offset = 3000, .length = 3 };
    diagnostic_render(&d, (Str){ text, sizeof text }, false, &out);
    CHECK(out.length < 500);
    CHECK(strstr(str_to_c(arena, buffer_str(&out)), " ^^^\n") != NULL);
    arena_free(arena);
}

static void errors_are_counted_and_the_list_is_bounded(void) {
    Arena *arena = arena_new(1 << 20);
    Diagnostics list = diagnostics_new(arena);
    for (int i = 0; i < 1000; i++) diagnostics_add(&list, example());
    Diagnostic warning = example();
    warning.severity = SEVERITY_WARNING;
    diagnostics_add(&list, warning);
    CHECK(list.errors == 1000);
    CHECK(list.count == 200);
    arena_free(arena);
}

int main(void) {
    RUN(it_shows_the_line_a_caret_and_the_mend);
    RUN(the_caret_counts_characters_not_bytes);
    RUN(no_input_gives_orders_to_the_terminal);
    RUN(of_a_long_line_the_place_is_shown);
    RUN(errors_are_counted_and_the_list_is_bounded);
    return check_report();
}
