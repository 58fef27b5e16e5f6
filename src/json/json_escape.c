/* json_escape.c - the escapes of a JSON string, resolved in place: what they stand for is
 * never longer than they are. */
#include <string.h>

#include "json/json_walk.h"

/* The characters that follow a backslash, and what they stand for. */
static const char escape_names[] = "\"\\/bfnrt";
static const char escape_bytes[] = "\"\\/\b\f\n\r\t";

typedef struct Escaped {
    const char *from, *end;
    char *to;
} Escaped;

static bool read_hex4(Escaped *e, unsigned *code) {
    if (e->end - e->from < 4) return false;
    *code = 0;
    for (int i = 0; i < 4; i++) {
        char c = *e->from++;
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit == 16) return false;
        *code = *code * 16 + digit;
    }
    return true;
}

/* What stands after "\u"; a character past U+FFFF is written as a pair of these. */
static bool read_character(Escaped *e, unsigned *code) {
    unsigned low;
    if (!read_hex4(e, code)) return false;
    if (*code < 0xD800 || *code >= 0xE000) return true;
    if (*code >= 0xDC00 || e->end - e->from < 2 || memcmp(e->from, "\\u", 2) != 0) return false;
    e->from += 2;
    if (!read_hex4(e, &low) || low < 0xDC00 || low >= 0xE000) return false;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

static void write_utf8(Escaped *e, unsigned code) {
    unsigned length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (unsigned i = length - 1; i > 0; i--, code >>= 6) e->to[i] = (char)(0x80 | (code & 0x3F));
    e->to[0] = (char)(leads[length] | code);
    e->to += length;
}

static bool read_escape(Escaped *e) {
    unsigned code;
    if (e->from == e->end) return false;
    char c = *e->from++;
    const char *name = memchr(escape_names, c, sizeof escape_names - 1);
    if (name != NULL) *e->to++ = escape_bytes[name - escape_names];
    if (name != NULL || c != 'u') return name != NULL;
    if (!read_character(e, &code)) return false;
    write_utf8(e, code);
    return true;
}

bool json_unescape(char *text, uint32_t *length) {
    Escaped e = { text, text + *length, text };
    while (e.from < e.end) {
        char c = *e.from++;
        if (c != '\\') *e.to++ = c;
        else if (!read_escape(&e)) return false;
    }
    *length = (uint32_t)(e.to - text);
    return true;
}
