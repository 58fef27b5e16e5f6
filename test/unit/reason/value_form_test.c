/* value_form_test.c - values as JSON, as words, as strings. */
#include "reason/value_form.h"

#include "check.h"
#include "value/decimal.h"
#include "value/time.h"

static Arena *arena;
static Eval eval;

static Str json_of(Value value) {
    Buffer out = buffer_new(arena);
    JsonWriter w = json_writer(&out);
    value_write_json(&w, &eval, value);
    return buffer_str(&out);
}

static Str words_of(Value value) {
    Buffer out = buffer_new(arena);
    value_write_words(&eval, value, &out);
    return buffer_str(&out);
}

static Value decimal(const char *text) {
    Value value = value_null();
    CHECK(decimal_from_text(arena, str_from(text), &value));
    return value;
}

static Value quantity(const char *number, const char *unit) {
    return value_quantity(arena, (Quantity){ decimal(number), str_from(unit), -1, false });
}

static Value datetime(const char *text) {
    Value value = value_null();
    CHECK(time_parse_datetime(str_from(text), 0, &value));
    return value;
}

static void simple_values(void) {
    CHECK_STR(json_of(value_null()), "null");
    CHECK_STR(json_of(value_boolean(false)), "false");
    CHECK_STR(json_of(value_integer(-4)), "-4");
    CHECK_STR(json_of(decimal("2.50")), "2.5");
    CHECK_STR(json_of(decimal("20.0")), "20");
    CHECK_STR(json_of(value_string(STR("a\"b"))), "\"a\\\"b\"");
    CHECK_STR(words_of(value_boolean(true)), "yes");
    CHECK_STR(words_of(value_boolean(false)), "no");
    CHECK_STR(words_of(value_null()), "unknown");
    CHECK_STR(words_of(decimal("-0.05")), "-0.05");
}

static void dates_are_iso_of_their_own_precision(void) {
    CHECK_STR(json_of(time_date(2026, 1, 12)), "\"2026-01-12\"");
    CHECK_STR(json_of(datetime("2026-01")), "\"2026-01\"");
    CHECK_STR(json_of(datetime("2026-01-12T10:30:00Z")), "\"2026-01-12T10:30:00Z\"");
}

static void quantities(void) {
    CHECK_STR(json_of(quantity("4.0", "%")), "{\"value\":4,\"unit\":\"%\"}");
    CHECK_STR(words_of(quantity("4.0", "%")), "4 %");
    CHECK_STR(words_of(quantity("3", "1")), "3");
}

static void codes_are_their_code_in_json_and_their_display_in_words(void) {
    Code code = { .code = STR("C17.2"), .system = STR("s"), .display = STR("Ileum") };
    Value value = value_code(arena, code);
    Value concept = value_concept(arena, (Concept){ STR("Text"), 1, &code });
    CHECK_STR(json_of(value), "\"C17.2\"");
    CHECK_STR(words_of(value), "Ileum");
    CHECK_STR(json_of(concept), "\"C17.2\"");
    CHECK_STR(words_of(concept), "Text");
    code.display = STR("");
    CHECK_STR(words_of(value_code(arena, code)), "C17.2");
}

static Value tuple_of(Value a, Value b) {
    static const Str names[] = { { "a", 1 }, { "b", 1 } };
    static const TupleShape shape = { 2, names };
    Value items[] = { a, b };
    return value_tuple(arena, &shape, items);
}

static void tuples_and_lists(void) {
    Value tuple = tuple_of(value_integer(1), value_null());
    Value items[] = { tuple, value_null(), tuple };
    CHECK_STR(json_of(tuple), "{\"a\":1,\"b\":null}");
    CHECK_STR(json_of(value_list(arena, items, 2)), "[{\"a\":1,\"b\":null},null]");
    CHECK_STR(words_of(tuple), "a 1");
    CHECK_STR(words_of(value_list(arena, items, 0)), "none");
    CHECK(value_element(tuple, "a").integer == 1);
    CHECK(value_is_null(value_element(tuple, "c")));
    CHECK(value_is_null(value_element(value_integer(1), "a")));
}

static void intervals_in_words(void) {
    Interval interval = { value_integer(2), value_integer(4), true, true, TAG_INTEGER };
    CHECK_STR(words_of(value_interval(arena, interval)), "2 to 4");
    CHECK_STR(json_of(value_interval(arena, interval)), "{\"low\":2,\"high\":4}");
    interval.low = value_null();
    CHECK_STR(words_of(value_interval(arena, interval)), "at most 4");
    interval.high_closed = false;
    CHECK_STR(words_of(value_interval(arena, interval)), "under 4");
    interval.low = value_integer(2);
    interval.high = value_null();
    CHECK_STR(words_of(value_interval(arena, interval)), "at least 2");
}

static void strings_of_one_value_or_a_list(void) {
    Value items[] = { value_string(STR("x")), value_null(),
                      value_code(arena, (Code){ .code = STR("y") }), value_integer(3) };
    StrList list = value_strings(&eval, value_list(arena, items, 4));
    CHECK(list.count == 3);
    CHECK_STR(list.items[0], "x");
    CHECK_STR(list.items[1], "y");
    CHECK_STR(list.items[2], "3");
    CHECK(value_strings(&eval, value_null()).count == 0);
    CHECK(value_strings(&eval, value_string(STR("one"))).count == 1);
}

static void units_in_words(void) {
    static const struct { const char *unit, *words; } all[] = {
        { "mm", "mm" },
        { "{mitoses}/(2.mm2)", "per 2 mm2" },
        { "/mm2", "per mm2" },
        { "{mitoses}/10.[HPF]", "per 10.[HPF]" },
        { "mL/min/{1.73_m2}", "mL/min/1.73 m2" },
        { "{nodes}", "nodes" },
        { "10*9/L", "10*9/L" },
        { "{open", "open" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK_STR(unit_in_words(arena, str_from(all[i].unit)), all[i].words);
    CHECK_STR(words_of(quantity("3", "{mitoses}/(2.mm2)")), "3 per 2 mm2");
}

static void an_interval_of_one_point_is_that_point(void) {
    Interval interval = { decimal("2"), decimal("2.0"), true, true, TAG_DECIMAL };
    CHECK_STR(words_of(value_interval(arena, interval)), "2");
}

static void nesting_without_end_is_cut(void) {
    Value value = value_integer(1);
    for (int i = 0; i < 5000; i++) value = value_list(arena, &value, 1);
    CHECK(json_of(value).length < 1000);
    CHECK(words_of(value).length < 1000);
}

int main(void) {
    arena = arena_new(16 << 20);
    eval = (Eval){ .arena = arena };
    RUN(simple_values);
    RUN(dates_are_iso_of_their_own_precision);
    RUN(quantities);
    RUN(codes_are_their_code_in_json_and_their_display_in_words);
    RUN(tuples_and_lists);
    RUN(intervals_in_words);
    RUN(strings_of_one_value_or_a_list);
    RUN(units_in_words);
    RUN(an_interval_of_one_point_is_that_point);
    RUN(nesting_without_end_is_cut);
    arena_free(arena);
    return check_report();
}
