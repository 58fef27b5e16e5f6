/* json_write_test.c - writing JSON: commas, escapes, and bytes that are no text. */
#include "json/json.h"

#include "check.h"

static Arena *arena;

static void puts_commas_between_values(void) {
    Buffer out = buffer_new(arena);
    JsonWriter w = json_writer(&out);
    json_begin_object(&w);
    json_write_key(&w, "a");
    json_begin_array(&w);
    json_write_integer(&w, -7);
    json_write_number(&w, STR("4.10"));
    json_begin_object(&w);
    json_end_object(&w);
    json_end_array(&w);
    json_write_key(&w, "b");
    json_write_boolean(&w, true);
    json_write_key(&w, "c");
    json_write_null(&w);
    json_write_key(&w, "d");
    json_write_text(&w, NULL);
    json_end_object(&w);
    CHECK_STR(buffer_str(&out), "{\"a\":[-7,4.10,{}],\"b\":true,\"c\":null,\"d\":null}");
}

static Str written(Str text) {
    Buffer out = buffer_new(arena);
    JsonWriter w = json_writer(&out);
    json_write_str(&w, text);
    return buffer_str(&out);
}

static void escapes_what_json_must_not_hold(void) {
    CHECK_STR(written(STR("a\"b\\c\n\r\t\x01\x7F")), "\"a\\\"b\\\\c\\n\\r\\t\\u0001\x7F\"");
    CHECK_STR(written(STR("\0")), "\"\\u0000\"");
    CHECK_STR(written(STR("\xC3\xA9\xF0\x9F\x98\x80")), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

static void replaces_bytes_that_are_no_utf8(void) {
    CHECK_STR(written(STR("a\xFFz")), "\"a\xEF\xBF\xBDz\"");
    CHECK_STR(written(STR("\xC3")), "\"\xEF\xBF\xBD\"");
}

static void reads_back_what_it_wrote(void) {
    JsonReader *reader = json_reader_new();
    Diagnostic error;
    char all[256];
    for (int i = 0; i < 128; i++) all[i] = (char)i;
    const Json *json = json_parse(reader, arena, written((Str){ all, 128 }), NULL, &error);
    CHECK(json != NULL && json->count == 128 && memcmp(json->text, all, 128) == 0);
    json_reader_free(reader);
}

int main(void) {
    arena = arena_new(1 << 20);
    RUN(puts_commas_between_values);
    RUN(escapes_what_json_must_not_hold);
    RUN(replaces_bytes_that_are_no_utf8);
    RUN(reads_back_what_it_wrote);
    arena_free(arena);
    return check_report();
}
