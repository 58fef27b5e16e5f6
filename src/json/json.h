/* json.h - JSON text to a tree, strictly and exactly.
 *
 * The text is checked whole: UTF-8, every literal, nesting (JSON_DEPTH), duplicate keys
 * (an error), trailing text.  Numbers keep their text, so that decimals are exact.  A
 * leading byte-order mark is skipped.  RFC 8259. */
#ifndef ISLET_JSON_JSON_H
#define ISLET_JSON_JSON_H

#include "base/diagnostic.h"
#include "base/str.h"

enum { JSON_DEPTH = 512 };

typedef enum JsonKind {
    JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT
} JsonKind;

/* A node.  Children of an array or object are `items[0..count)`, never NULL; an object's members
 * carry their key.  All in the arena given to json_parse. */
typedef struct Json {
    uint8_t kind;      /* JsonKind */
    bool paired;       /* object: some member's name begins with "_" */
    uint16_t symbol;   /* of the key, from the reader's symbol table; 0: none */
    uint32_t count;    /* array, object: children; string, number: bytes of text */
    uint32_t offset;   /* of the value in the text */
    uint32_t key_length;
    const char *key;
    union {
        const char *text;         /* string: unescaped UTF-8; number: as written */
        const struct Json *items;
    };
} Json;

/* Gives the number of a key; 0 when it has none.  NULL for no symbols. */
typedef uint16_t (*JsonSymbols)(Str key);

typedef struct JsonReader JsonReader; /* reused buffers; one per thread */
JsonReader *json_reader_new(void);    /* NULL when out of memory */
void json_reader_free(JsonReader *reader);

/* Parses `text`.  NULL on an error, which is in *error: code, message, hint, and the
 * span (line and column within `text`, byte offset).  The tree's keys and strings may
 * point into `arena` only: `text` need not outlive the call. */
const Json *json_parse(JsonReader *reader, Arena *arena, Str text, JsonSymbols symbols,
                       Diagnostic *error);

/* The member of an object; NULL when absent, or `json` is NULL or no object. */
const Json *json_get(const Json *json, const char *key);
/* The text of a string or number; empty for NULL and other kinds. */
static inline Str json_text(const Json *json) {
    if (json == NULL || (json->kind != JSON_STRING && json->kind != JSON_NUMBER))
        return (Str){ "", 0 };
    return (Str){ json->text, json->count };
}
static inline Str json_key(const Json *json) { return (Str){ json->key, json->key_length }; }

/* A writer of JSON text, compact, that cannot produce invalid JSON. */
typedef struct JsonWriter {
    Buffer *out;
    bool comma; /* a value stands before at this level */
} JsonWriter;
JsonWriter json_writer(Buffer *out);
void json_begin_object(JsonWriter *w);
void json_end_object(JsonWriter *w);
void json_begin_array(JsonWriter *w);
void json_end_array(JsonWriter *w);
void json_write_key(JsonWriter *w, const char *key);
void json_write_key_str(JsonWriter *w, Str key);
void json_write_str(JsonWriter *w, Str value);
void json_write_text(JsonWriter *w, const char *value); /* NULL: null */
void json_write_integer(JsonWriter *w, int64_t value);
void json_write_number(JsonWriter *w, Str digits); /* a number's text, as it is */
void json_write_boolean(JsonWriter *w, bool value);
void json_write_null(JsonWriter *w);
/* A key with its value. */
void json_write_member(JsonWriter *w, const char *key, Str value);
void json_write_member_or_null(JsonWriter *w, const char *key, Str value); /* null: empty */
void json_write_member_integer(JsonWriter *w, const char *key, int64_t value);
void json_write_member_boolean(JsonWriter *w, const char *key, bool value);

#endif
