/* json_fuzz.c - the fast and the slow reading of JSON agree on every text, and what was
 * read, written again and read again is the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json_walk.h"

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "json: %s\n", what);
    abort();
}

static void write_tree(JsonWriter *w, const Json *json) {
    bool object = json->kind == JSON_OBJECT;
    switch (json->kind) {
        case JSON_NULL: json_write_null(w); return;
        case JSON_FALSE: json_write_boolean(w, false); return;
        case JSON_TRUE: json_write_boolean(w, true); return;
        case JSON_NUMBER: json_write_number(w, json_text(json)); return;
        case JSON_STRING: json_write_str(w, json_text(json)); return;
        default: break;
    }
    if (object) json_begin_object(w);
    else json_begin_array(w);
    for (uint32_t i = 0; i < json->count; i++) {
        if (object) json_write_key_str(w, json_key(&json->items[i]));
        write_tree(w, &json->items[i]);
    }
    if (object) json_end_object(w);
    else json_end_array(w);
}

static Str written(Arena *arena, const Json *json) {
    Buffer out = buffer_new(arena);
    JsonWriter w = json_writer(&out);
    write_tree(&w, json);
    return buffer_str(&out);
}

static void check_agreement(Arena *arena, Str text, const Json *json, const Diagnostic *error) {
    JsonFault fault;
    bool marked = text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0;
    bool valid = json_locate(arena, marked ? str_slice(text, 3, text.length) : text, &fault);
    if (json != NULL) require(valid, "the fast reading takes what the slow one refuses");
    else if (strcmp(error->code, "json-duplicate-key") != 0)
        require(!valid, "the slow reading takes what the fast one refuses");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static JsonReader *reader;
    Diagnostic error;
    Str text = { (const char *)data, size };
    if (reader == NULL) reader = json_reader_new();
    Arena *arena = arena_new(256 << 20);
    const Json *json = json_parse(reader, arena, text, NULL, &error);
    check_agreement(arena, text, json, &error);
    if (json != NULL) {
        Str once = written(arena, json);
        const Json *again = json_parse(reader, arena, once, NULL, &error);
        require(again != NULL, "what was written cannot be read");
        require(str_equal(once, written(arena, again)), "writing twice differs");
    }
    arena_free(arena);
    return 0;
}
