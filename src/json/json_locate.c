/* json_locate.c - a slow, strict reading of JSON that finds the first error and says
 * what was expected there.
 *
 * Recursive descent by the grammar of RFC 8259, bounded by JSON_DEPTH; UTF-8 is checked
 * byte by byte.  It runs only on texts that the fast reading refused, and in fuzzing,
 * where both must agree. */
#include <string.h>

#include "json/json_walk.h"

typedef struct Scan {
    Arena *arena;
    Str text;
    size_t at;
    unsigned depth;
    JsonFault *fault;
} Scan;

static bool scan_value(Scan *s, const char *expected);

static bool fail_with(Scan *s, size_t offset, const char *code, Str message, const char *hint) {
    *s->fault = (JsonFault){ code, offset, message, str_from(hint) };
    return false;
}

static bool at_end(const Scan *s) { return s->at >= s->text.length; }
static char peek(const Scan *s) { return at_end(s) ? '\0' : s->text.data[s->at]; }
static bool next_is(const Scan *s, char c) { return !at_end(s) && s->text.data[s->at] == c; }

static void skip_space(Scan *s) {
    while (next_is(s, ' ') || next_is(s, '\t') || next_is(s, '\n') || next_is(s, '\r')) s->at++;
}

/* What stands at the error, for people. */
static Str describe(Scan *s) {
    unsigned char c = (unsigned char)peek(s);
    if (at_end(s)) return STR("the text ends");
    if (c < 0x20 || c >= 0x7F) return str_format(s->arena, "byte 0x%02X stands", c);
    return str_format(s->arena, "'%c' stands", c);
}

static bool fail_expected(Scan *s, const char *expected) {
    Str found = describe(s);
    const char *hint = at_end(s) ? "the text is cut off: was the file written to its end?"
                                 : "mend the text here; JSON allows no comments and no comma "
                                   "after the last member";
    return fail_with(s, s->at, at_end(s) ? "json-truncated" : "json-syntax",
                     str_format(s->arena, "expected %s, but %.*s here", expected,
                                STR_ARGS(found)),
                     hint);
}

/* The length of the UTF-8 character at `at`; 0 when the bytes are none. */
static size_t utf8_length(Str text, size_t at) {
    const unsigned char *c = (const unsigned char *)text.data + at;
    size_t left = text.length - at, length;
    if (c[0] < 0x80) return 1;
    if (c[0] >= 0xC2 && c[0] < 0xE0) length = 2;
    else if (c[0] >= 0xE0 && c[0] < 0xF0) length = 3;
    else if (c[0] >= 0xF0 && c[0] < 0xF5) length = 4;
    else return 0;
    if (left < length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((c[i] & 0xC0) != 0x80) return 0;
    bool overlong = (c[0] == 0xE0 && c[1] < 0xA0) || (c[0] == 0xF0 && c[1] < 0x90);
    bool outside = (c[0] == 0xED && c[1] > 0x9F) || (c[0] == 0xF4 && c[1] > 0x8F);
    return overlong || outside ? 0 : length;
}

static bool check_utf8(Scan *s) {
    for (size_t i = 0; i < s->text.length;) {
        size_t length = utf8_length(s->text, i);
        if (length == 0)
            return fail_with(s, i, "json-not-utf8",
                             str_format(s->arena, "byte 0x%02X is not UTF-8 here",
                                        (unsigned char)s->text.data[i]),
                             "write the file as UTF-8, for example with iconv -t UTF-8");
        i += length;
    }
    return true;
}

static bool read_hex4(Scan *s, size_t at, unsigned *code) {
    *code = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s->text.length ? s->text.data[i] : '\0';
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit == 16) {
            s->at = i;
            return fail_expected(s, "four hexadecimal digits after \\u");
        }
        *code = *code * 16 + digit;
    }
    return true;
}

static bool fail_surrogate(Scan *s, size_t start) {
    return fail_with(s, start, "json-syntax", STR("\\u names half of a surrogate pair"),
                     "write both halves, or the character itself");
}

/* After "\u".  Characters past U+FFFF are written as a pair. */
static bool scan_unicode_escape(Scan *s, size_t start) {
    unsigned code, low;
    if (!read_hex4(s, s->at, &code)) return false;
    s->at += 4;
    if (code >= 0xDC00 && code < 0xE000) return fail_surrogate(s, start);
    if (code < 0xD800 || code >= 0xE000) return true;
    if (s->text.length - s->at < 2 || memcmp(s->text.data + s->at, "\\u", 2) != 0)
        return fail_surrogate(s, start);
    if (!read_hex4(s, s->at + 2, &low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return fail_surrogate(s, start);
    s->at += 6;
    return true;
}

static bool scan_escape(Scan *s) {
    size_t start = s->at++;
    if (at_end(s)) return fail_expected(s, "the rest of an escape");
    char c = peek(s);
    if (c == '\0' || strchr("\"\\/bfnrtu", c) == NULL)
        return fail_expected(s, "one of \" \\ / b f n r t u after a backslash");
    s->at++;
    return c != 'u' || scan_unicode_escape(s, start);
}

static bool scan_string(Scan *s) {
    s->at++;
    while (!at_end(s)) {
        unsigned char c = (unsigned char)peek(s);
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c == '\\') {
            if (!scan_escape(s)) return false;
        } else if (c < 0x20) {
            return fail_with(s, s->at, "json-syntax",
                             str_format(s->arena, "control character 0x%02X in a string", c),
                             "write it as an escape, such as \\n; or close the string before "
                             "it with '\"'");
        } else {
            s->at++;
        }
    }
    return fail_expected(s, "'\"' to close the string");
}

static size_t skip_digits(Str text, size_t at) {
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at;
}

static bool byte_is(Str text, size_t at, char a, char b) {
    return at < text.length && (text.data[at] == a || text.data[at] == b);
}

/* number = [ "-" ] ( "0" / digit19 *digit ) [ "." 1*digit ] [ e [ sign ] 1*digit ] */
size_t json_number_end(Str text, size_t from) {
    size_t whole = from + (byte_is(text, from, '-', '-') ? 1 : 0);
    size_t at = byte_is(text, whole, '0', '0') ? whole + 1 : skip_digits(text, whole);
    if (at == whole) return from;
    if (byte_is(text, at, '.', '.')) {
        size_t end = skip_digits(text, at + 1);
        if (end == at + 1) return from;
        at = end;
    }
    if (byte_is(text, at, 'e', 'E')) {
        size_t digits = at + 1 + (byte_is(text, at + 1, '+', '-') ? 1 : 0);
        size_t end = skip_digits(text, digits);
        if (end == digits) return from;
        at = end;
    }
    return at;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '.' || c == '+' || c == '-' || c == '_';
}

static bool scan_number(Scan *s) {
    size_t end = json_number_end(s->text, s->at);
    if (end == s->at || (end < s->text.length && is_word(s->text.data[end])))
        return fail_with(s, s->at, "json-number", STR("this is not a number of JSON"),
                         "write digits, with a point and an exponent if need be: 4.1, -3, "
                         "2e5; no leading zero, no leading +");
    s->at = end;
    return true;
}

static bool scan_literal(Scan *s, const char *expected) {
    static const char *const words[] = { "true", "false", "null" };
    size_t end = s->at;
    while (end < s->text.length && is_word(s->text.data[end])) end++;
    for (size_t i = 0; i < 3; i++) {
        if (str_is(str_slice(s->text, s->at, end), words[i])) {
            s->at = end;
            return true;
        }
    }
    return fail_expected(s, expected);
}

static bool scan_member(Scan *s) {
    skip_space(s);
    if (!next_is(s, '"')) return fail_expected(s, "'\"' and a member's name");
    if (!scan_string(s)) return false;
    skip_space(s);
    if (!next_is(s, ':')) return fail_expected(s, "':' after a member's name");
    s->at++;
    return scan_value(s, "a member's value");
}

static bool scan_members(Scan *s, char close) {
    for (;;) {
        bool valid = close == '}' ? scan_member(s) : scan_value(s, "an element");
        if (!valid) return false;
        skip_space(s);
        if (next_is(s, close)) {
            s->at++;
            return true;
        }
        if (!next_is(s, ','))
            return fail_expected(s, close == '}' ? "',' or '}' after a member"
                                                 : "',' or ']' after an element");
        s->at++;
    }
}

static bool scan_children(Scan *s, char close) {
    if (s->depth == JSON_DEPTH)
        return fail_with(s, s->at, "json-too-deep",
                         str_format(s->arena, "arrays and objects are nested more than %d deep",
                                    JSON_DEPTH),
                         "a record of FHIR never needs this; check what wrote it");
    s->at++;
    skip_space(s);
    if (next_is(s, close)) {
        s->at++;
        return true;
    }
    s->depth++;
    bool valid = scan_members(s, close);
    s->depth--;
    return valid;
}

static bool scan_value(Scan *s, const char *expected) {
    skip_space(s);
    char c = peek(s);
    if (c == '{') return scan_children(s, '}');
    if (c == '[') return scan_children(s, ']');
    if (c == '"') return scan_string(s);
    if (c == '-' || (c >= '0' && c <= '9')) return scan_number(s);
    return scan_literal(s, expected);
}

bool json_locate(Arena *arena, Str text, JsonFault *fault) {
    Scan scan = { .arena = arena, .text = text, .fault = fault };
    skip_space(&scan);
    if (at_end(&scan))
        return fail_with(&scan, 0, "json-empty", STR("the text is empty"),
                         "a record is a FHIR Bundle in JSON");
    if (!check_utf8(&scan)) return false;
    if (!scan_value(&scan, "a JSON value")) return false;
    skip_space(&scan);
    if (!at_end(&scan)) return fail_expected(&scan, "nothing more after the value");
    return true;
}
