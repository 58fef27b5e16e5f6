/* json_write.c - compact JSON text, value by value; commas are put here. */
#include <string.h>

#include "json/json.h"

JsonWriter json_writer(Buffer *out) { return (JsonWriter){ .out = out, .comma = false }; }

static void begin_value(JsonWriter *w) {
    if (w->comma) buffer_add_char(w->out, ',');
    w->comma = true;
}

static void open_bracket(JsonWriter *w, char bracket) {
    begin_value(w);
    buffer_add_char(w->out, bracket);
    w->comma = false;
}

static void close_bracket(JsonWriter *w, char bracket) {
    buffer_add_char(w->out, bracket);
    w->comma = true;
}

void json_begin_object(JsonWriter *w) { open_bracket(w, '{'); }
void json_end_object(JsonWriter *w) { close_bracket(w, '}'); }
void json_begin_array(JsonWriter *w) { open_bracket(w, '['); }
void json_end_array(JsonWriter *w) { close_bracket(w, ']'); }

static void add_escape(Buffer *out, unsigned char c) {
    switch (c) {
        case '"': buffer_add_text(out, "\\\""); break;
        case '\\': buffer_add_text(out, "\\\\"); break;
        case '\n': buffer_add_text(out, "\\n"); break;
        case '\r': buffer_add_text(out, "\\r"); break;
        case '\t': buffer_add_text(out, "\\t"); break;
        default: buffer_format(out, "\\u%04x", c); break;
    }
}

/* The length of the UTF-8 character at `from`; 0 when the bytes are none. */
static size_t character_length(Str s, size_t from) {
    unsigned char lead = (unsigned char)s.data[from];
    size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3
                    : lead < 0xF5 ? 4 : 0;
    if (length == 0 || from + length > s.length) return 0;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)s.data[from + i] & 0xC0) != 0x80) return 0;
    unsigned char next = length > 1 ? (unsigned char)s.data[from + 1] : 0;
    bool overlong = (lead == 0xE0 && next < 0xA0) || (lead == 0xF0 && next < 0x90);
    bool outside = (lead == 0xED && next > 0x9F) || (lead == 0xF4 && next > 0x8F);
    return overlong || outside ? 0 : length;
}

/* In each byte the high bit is set where the byte of the word is what the name says, up to the
 * first that is; what lies above that bit means nothing. */
#define EACH(byte) (0x0101010101010101u * (byte))
static uint64_t less_than_space(uint64_t word) {
    return (word - EACH(0x20)) & ~word & EACH(0x80);
}
static uint64_t equal_to(uint64_t word, unsigned char c) {
    uint64_t differ = word ^ EACH(c);
    return (differ - EACH(1)) & ~differ & EACH(0x80);
}

/* Where the plain characters from `at` on end: ASCII that stands for itself.  Eight at a time. */
static size_t skip_plain(Str s, size_t at) {
    for (uint64_t word; s.length - at >= 8; at += 8) {
        memcpy(&word, s.data + at, 8);
        if (((word & EACH(0x80)) | less_than_space(word) | equal_to(word, '"') |
             equal_to(word, '\\')) != 0)
            break;
    }
    while (at < s.length && s.data[at] >= 0x20 && s.data[at] != '"' && s.data[at] != '\\') at++;
    return at;
}

/* Bytes that are no UTF-8 become the replacement character: the output is always valid. */
static void add_escaped(Buffer *out, Str s, size_t i) {
    size_t done = 0;
    buffer_add_char(out, '"');
    for (; (i = skip_plain(s, i)) < s.length;) {
        unsigned char c = (unsigned char)s.data[i];
        size_t length = character_length(s, i);
        if (length > 1) {
            i += length;
            continue;
        }
        buffer_add(out, str_slice(s, done, i));
        if (length == 0) buffer_add_text(out, "\xEF\xBF\xBD");
        else add_escape(out, c);
        done = ++i;
    }
    buffer_add(out, str_slice(s, done, s.length));
    buffer_add_char(out, '"');
}

static void add_quoted(Buffer *out, Str s) {
    size_t plain = skip_plain(s, 0);
    if (plain < s.length) {
        add_escaped(out, s, plain);
        return;
    }
    buffer_reserve(out, s.length + 2);
    char *to = out->data + out->length;
    to[0] = '"';
    if (s.length != 0) memcpy(to + 1, s.data, s.length);
    to[s.length + 1] = '"';
    out->length += s.length + 2;
}

void json_write_key_str(JsonWriter *w, Str key) {
    begin_value(w);
    add_quoted(w->out, key);
    buffer_add_char(w->out, ':');
    w->comma = false;
}

void json_write_key(JsonWriter *w, const char *key) { json_write_key_str(w, str_from(key)); }

void json_write_str(JsonWriter *w, Str value) {
    begin_value(w);
    add_quoted(w->out, value);
}

void json_write_text(JsonWriter *w, const char *value) {
    if (value == NULL) json_write_null(w);
    else json_write_str(w, str_from(value));
}

void json_write_integer(JsonWriter *w, int64_t value) {
    begin_value(w);
    buffer_add_integer(w->out, value);
}

void json_write_number(JsonWriter *w, Str digits) {
    begin_value(w);
    buffer_add(w->out, digits);
}

void json_write_boolean(JsonWriter *w, bool value) {
    begin_value(w);
    buffer_add_text(w->out, value ? "true" : "false");
}

void json_write_null(JsonWriter *w) {
    begin_value(w);
    buffer_add_text(w->out, "null");
}

void json_write_member(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    json_write_str(w, value);
}

void json_write_member_or_null(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    if (value.length == 0) json_write_null(w);
    else json_write_str(w, value);
}

void json_write_member_integer(JsonWriter *w, const char *key, int64_t value) {
    json_write_key(w, key);
    json_write_integer(w, value);
}

void json_write_member_boolean(JsonWriter *w, const char *key, bool value) {
    json_write_key(w, key);
    json_write_boolean(w, value);
}
