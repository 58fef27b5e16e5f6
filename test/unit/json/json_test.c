/* json_test.c - reading JSON: what is kept, what is refused, and where. */
#include "json/json.h"

#include "check.h"

#include <stdlib.h>

static JsonReader *reader;
static Arena *arena;
static Diagnostic error;

static const Json *parse_str(Str text) {
    arena_reset(arena);
    return json_parse(reader, arena, text, NULL, &error);
}

static const Json *parse(const char *text) { return parse_str(str_from(text)); }

static bool refuses(const char *text, const char *code, uint32_t line, uint32_t column) {
    if (parse(text) != NULL) return false;
    bool as_said = strcmp(error.code, code) == 0 && error.span.line == line &&
                   error.span.column == column && error.message.length > 0;
    if (!as_said)
        printf("%s: %s at %u:%u: %.*s\n", text, error.code, error.span.line, error.span.column,
               STR_ARGS(error.message));
    return as_said;
}

static void keeps_every_value(void) {
    const Json *json = parse(" {\"a\": [1, true, false, null], \"b\": {\"c\": \"d\"}, \"e\": {}} ");
    CHECK(json != NULL && json->kind == JSON_OBJECT && json->count == 3);
    const Json *list = json_get(json, "a");
    CHECK(list->kind == JSON_ARRAY && list->count == 4);
    CHECK_STR(json_text(&list->items[0]), "1");
    CHECK(list->items[1].kind == JSON_TRUE && list->items[2].kind == JSON_FALSE &&
          list->items[3].kind == JSON_NULL);
    CHECK_STR(json_text(json_get(json_get(json, "b"), "c")), "d");
    CHECK(json_get(json, "e")->kind == JSON_OBJECT && json_get(json, "e")->count == 0);
    CHECK(json_get(json, "e")->items != NULL);
    CHECK(json_get(json, "x") == NULL && json_get(NULL, "x") == NULL);
}

static void offsets_are_of_the_values(void) {
    const Json *json = parse("{\"a\": [10, \"b\"]}");
    CHECK(json_get(json, "a")->offset == 6);
    CHECK(json_get(json, "a")->items[0].offset == 7 && json_get(json, "a")->items[1].offset == 11);
}

static void numbers_keep_their_text(void) {
    static const char *const numbers[] = { "0", "-0", "4.10", "1e5", "1E-5", "-12.50e+3",
                                           "123456789012345678901234567890.123456789", "1e400" };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[100];
        snprintf(text, sizeof text, "[%s ]", numbers[i]);
        const Json *json = parse(text);
        CHECK(json != NULL && json->items[0].kind == JSON_NUMBER);
        if (json != NULL) CHECK_STR(json_text(&json->items[0]), numbers[i]);
    }
    char digits[403] = "[";
    memset(digits + 1, '7', 400);
    digits[401] = ']';
    const Json *json = parse(digits);
    CHECK(json != NULL && json->items[0].count == 400);
}

static void refuses_what_is_no_number(void) {
    static const char *const numbers[] = { "01",  "1.",  ".5",   "+1",  "-",    "1e",  "1e+", "0x1",
                                           "1.e2", "--1", "1_0", "NaN", "Infinity", "1..2", "00",
                                           "-01", "1e1.5" };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[40];
        snprintf(text, sizeof text, "[%s]", numbers[i]);
        CHECK(parse(text) == NULL);
        CHECK(error.span.line == 1 && error.span.column == 2);
    }
}

static void unescapes_strings(void) {
    const Json *json = parse("[\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\\u00e9\\u20AC\\uD83D\\uDE00\", \"\\u0000\"]");
    CHECK(json != NULL);
    if (json == NULL) return;
    CHECK_STR(json_text(&json->items[0]),
              "a\n\t\"\\/\b\f\r\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(json->items[1].count == 1 && json->items[1].text[0] == '\0');
    json = parse("{\"\\u0061\": 1}");
    CHECK(json_get(json, "a") != NULL);
}

static void a_string_whose_escape_ends_it_is_whole(void) {
    const Json *json = parse("[\"ab\\\"\", \"\\\"\\\"\", \"\\\\\", \"\"]");
    CHECK(json != NULL && json->count == 4);
    if (json == NULL) return;
    CHECK_STR(json_text(&json->items[0]), "ab\"");
    CHECK_STR(json_text(&json->items[1]), "\"\"");
    CHECK_STR(json_text(&json->items[2]), "\\");
    CHECK_STR(json_text(&json->items[3]), "");
}

static void says_where_and_what_was_expected(void) {
    CHECK(refuses("[1,]", "json-syntax", 1, 4));
    CHECK(refuses("[1 2]", "json-syntax", 1, 4));
    CHECK(refuses("{\"a\": 1\n \"b\": 2}", "json-syntax", 2, 2));
    CHECK_STR(error.message, "expected ',' or '}' after a member, but '\"' stands here");
    CHECK(refuses("{\"a\" 1}", "json-syntax", 1, 6));
    CHECK(refuses("{a: 1}", "json-syntax", 1, 2));
    CHECK(refuses("{\"a\": 1,}", "json-syntax", 1, 9));
    CHECK(refuses("[truefalse]", "json-syntax", 1, 2));
    CHECK(refuses("[tru]", "json-syntax", 1, 2));
    CHECK(refuses("[\"a\nb\"]", "json-syntax", 1, 4));
    CHECK(refuses("[\"\\x\"]", "json-syntax", 1, 4));
    CHECK(refuses("[\"\\u12g4\"]", "json-syntax", 1, 7));
    CHECK(refuses("[\"\\uD800\"]", "json-syntax", 1, 3));
    CHECK(refuses("[\"\\uDC00\"]", "json-syntax", 1, 3));
    CHECK(refuses("[\"\\uD800\\u0041\"]", "json-syntax", 1, 3));
    CHECK(refuses("{\"\\uDC00\": 1}", "json-syntax", 1, 3));
    CHECK(refuses("[1] // comment", "json-syntax", 1, 5));
}

static void refuses_what_stands_after_the_value(void) {
    CHECK(refuses("{} {}", "json-syntax", 1, 4));
    CHECK(refuses("[1]]", "json-syntax", 1, 4));
    CHECK(refuses("{\"a\": 1}x", "json-syntax", 1, 9));
    CHECK(refuses("1 2", "json-syntax", 1, 3));
}

static void refuses_text_that_is_cut_off(void) {
    const char *whole = "{\"a\": [1, \"b\", {\"c\": null}], \"d\": 2.5}";
    for (size_t i = 1; i < strlen(whole); i++) {
        CHECK(parse_str((Str){ whole, i }) == NULL);
        CHECK(error.span.line == 1 && error.span.column <= i + 1);
    }
    CHECK(refuses("{\"a\": [1, 2", "json-truncated", 1, 12));
    CHECK(refuses("", "json-empty", 1, 1));
    CHECK(refuses(" \n ", "json-empty", 1, 1));
}

static void refuses_bytes_that_are_not_utf8(void) {
    CHECK(refuses("[\"a\xFF\"]", "json-not-utf8", 1, 4));
    CHECK(refuses("[\"\xC3\"]", "json-not-utf8", 1, 3));
    CHECK(refuses("[\"\xC0\x80\"]", "json-not-utf8", 1, 3));
    CHECK(refuses("[\"\xED\xA0\x80\"]", "json-not-utf8", 1, 3));
    CHECK(refuses("[\"\xF5\x80\x80\x80\"]", "json-not-utf8", 1, 3));
    CHECK(parse("[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]") != NULL);
}

static void a_byte_order_mark_is_skipped(void) {
    const Json *json = parse("\xEF\xBB\xBF[1]");
    CHECK(json != NULL && json->count == 1);
    CHECK(refuses("\xEF\xBB\xBF[1,]", "json-syntax", 1, 7));
}

static void refuses_duplicate_keys(void) {
    CHECK(refuses("{\"a\": 1,\n \"a\": 2}", "json-duplicate-key", 2, 7));
    CHECK_STR(error.message, "the object has \"a\" twice; its second value stands here");
    CHECK(refuses("[{\"x\": {\"b\": 1, \"\\u0062\": 2}}]", "json-duplicate-key", 1, 27));
    CHECK(parse("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}") != NULL);
}

static void refuses_duplicate_keys_of_large_objects(void) {
    char text[60000];
    for (int twin = -1; twin < 2000; twin += 667) {
        size_t length = (size_t)snprintf(text, sizeof text, "{");
        for (int i = 0; i < 2000; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "\"key%d\":%d,", i, i);
        length += (size_t)snprintf(text + length, sizeof text - length, "\"key%d\":0}",
                                   twin < 0 ? 2000 : twin);
        CHECK((parse(text) != NULL) == (twin < 0));
        if (twin >= 0) CHECK(strcmp(error.code, "json-duplicate-key") == 0);
    }
}

static char *nested(size_t depth, char open, char close) {
    char *text = malloc(2 * depth + 1);
    memset(text, open, depth);
    memset(text + depth, close, depth);
    text[2 * depth] = '\0';
    return text;
}

static void depth_is_bounded(void) {
    char *text = nested(JSON_DEPTH, '[', ']');
    CHECK(parse(text) != NULL);
    free(text);
    text = nested(JSON_DEPTH + 1, '[', ']');
    CHECK(refuses(text, "json-too-deep", 1, JSON_DEPTH + 1));
    free(text);
    text = nested(100000, '[', ']');
    CHECK(refuses(text, "json-too-deep", 1, JSON_DEPTH + 1));
    free(text);
    text = nested(100000, '[', '[');
    CHECK(parse(text) == NULL);
    free(text);
}

static void memory_is_bounded(void) {
    Arena *small = arena_new(64 * 1024);
    char text[39999];
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 2 == 1 ? '1' : ',';
    text[0] = '[';
    text[sizeof text - 1] = ']';
    CHECK(json_parse(reader, small, (Str){ text, sizeof text }, NULL, &error) == NULL);
    CHECK(strcmp(error.code, "json-too-large") == 0);
    arena_free(small);
}

static void a_text_may_be_one_scalar(void) {
    CHECK_STR(json_text(parse(" 4.50 ")), "4.50");
    CHECK_STR(json_text(parse("\"a\\u0062\"")), "ab");
    CHECK(parse("true")->kind == JSON_TRUE && parse("null")->kind == JSON_NULL);
    CHECK(parse("1,2") == NULL && parse("1]") == NULL && parse("nul") == NULL);
}

static uint16_t symbol_of(Str key) { return str_is(key, "a") ? 7 : 0; }

static void keys_carry_their_symbols(void) {
    const Json *json = json_parse(reader, arena, STR("{\"a\": 1, \"b\": 2}"), symbol_of, &error);
    CHECK(json != NULL && json->items[0].symbol == 7 && json->items[1].symbol == 0);
    CHECK_STR(json_key(&json->items[1]), "b");
}

int main(void) {
    reader = json_reader_new();
    arena = arena_new(64 << 20);
    RUN(keeps_every_value);
    RUN(offsets_are_of_the_values);
    RUN(numbers_keep_their_text);
    RUN(refuses_what_is_no_number);
    RUN(unescapes_strings);
    RUN(a_string_whose_escape_ends_it_is_whole);
    RUN(says_where_and_what_was_expected);
    RUN(refuses_what_stands_after_the_value);
    RUN(refuses_text_that_is_cut_off);
    RUN(refuses_bytes_that_are_not_utf8);
    RUN(a_byte_order_mark_is_skipped);
    RUN(refuses_duplicate_keys);
    RUN(refuses_duplicate_keys_of_large_objects);
    RUN(depth_is_bounded);
    RUN(memory_is_bounded);
    RUN(a_text_may_be_one_scalar);
    RUN(keys_carry_their_symbols);
    arena_free(arena);
    json_reader_free(reader);
    return check_report();
}
