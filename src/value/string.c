/* string.c - the operators of strings but for regular expressions (string_pattern.c).
 *
 * Positions and lengths count code points; a byte that is not UTF-8 counts as one. */
#include "value/string.h"

#include <string.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "value/operators.h"

enum { FOLDED_LIMIT = 8 };

static bool continues(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

size_t string_character(Str text, size_t at) {
    size_t end = at + 1;
    while (end < text.length && continues(text.data[end])) end++;
    return end - at;
}

static int64_t count_characters(Str text) {
    int64_t count = 0;
    for (size_t at = 0; at < text.length; at += string_character(text, at)) count++;
    return count;
}

/* The byte where character `index` starts; false when there is none. */
static bool find_character(Str text, int64_t index, size_t *at) {
    if (index < 0) return false;
    for (*at = 0; *at < text.length && index > 0; index--) *at += string_character(text, *at);
    return *at < text.length;
}

/* A text of folded code points, read one at a time. */
typedef struct Folded {
    Str text;
    size_t at;
    int32_t points[FOLDED_LIMIT];
    int count, next;
} Folded;

static int32_t fold_white_space(int32_t point) {
    return point == '\t' || point == '\n' || point == '\r' ? ' ' : point;
}

/* The next code point, -1 at the end. */
static int32_t next_folded(Folded *folded) {
    if (folded->next < folded->count) return folded->points[folded->next++];
    if (folded->at >= folded->text.length) return -1;
    const uint8_t *bytes = (const uint8_t *)folded->text.data + folded->at;
    int32_t point = *bytes;
    utf8proc_ssize_t used = 1;
    if (point >= 0x80) {
        used = utf8proc_iterate(bytes, (utf8proc_ssize_t)(folded->text.length - folded->at), &point);
        if (used < 1) used = 1, point = *bytes;
    }
    folded->at += (size_t)used;
    if (point < 0x80)
        return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : fold_white_space(point);
    int last_class = 0;
    folded->next = 0;
    folded->count = (int)utf8proc_decompose_char(point, folded->points, FOLDED_LIMIT,
                                                 UTF8PROC_CASEFOLD, &last_class);
    if (folded->count < 1 || folded->count > FOLDED_LIMIT) return folded->count = 0, point;
    return folded->points[folded->next++];
}

bool string_equivalent(Str a, Str b) {
    Folded x = { .text = a }, y = { .text = b };
    for (;;) {
        int32_t p = next_folded(&x), q = next_folded(&y);
        if (p != q) return false;
        if (p < 0) return true;
    }
}

static bool any_null(const Value *arguments, int count) {
    for (int i = 0; i < count; i++)
        if (value_is_null(arguments[i])) return true;
    return false;
}

static Value join(Eval *eval, Str a, Str b) {
    if (a.length == 0) return value_string(b);
    if (b.length == 0) return value_string(a);
    char *text = arena_alloc(eval->arena, a.length + b.length);
    memcpy(text, a.data, a.length);
    memcpy(text + a.length, b.data, b.length);
    return value_string((Str){ text, a.length + b.length });
}

static Str text_or_empty(Value value) { return value_is_null(value) ? STR("") : value_str(value); }

bool characters_of(Eval *eval, const Value *arguments, Value *result) {
    VEC(Value) characters = { 0 };
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    Str text = value_str(arguments[0]);
    for (size_t at = 0, length; at < text.length; at += length) {
        length = string_character(text, at);
        vec_push(eval->arena, &characters, value_string(str_slice(text, at, at + length)));
    }
    *result = value_list(eval->arena, characters.items, (uint32_t)characters.count);
    return true;
}

bool add_strings(Eval *eval, const Value *arguments, Value *result) {
    *result = any_null(arguments, 2)
                  ? value_null()
                  : join(eval, value_str(arguments[0]), value_str(arguments[1]));
    return true;
}

bool join_strings(Eval *eval, const Value *arguments, Value *result) {
    *result = join(eval, text_or_empty(arguments[0]), text_or_empty(arguments[1]));
    return true;
}

/* Null when no string is there. */
static bool combine(Eval *eval, Value list, Str separator, Value *result) {
    Buffer out = buffer_new(eval->arena);
    bool any = false;
    *result = value_null();
    if (value_is_null(list)) return true;
    for (uint32_t i = 0; i < list.list->count; i++) {
        if (value_is_null(list.list->items[i])) continue;
        if (any) buffer_add(&out, separator);
        buffer_add(&out, value_str(list.list->items[i]));
        any = true;
    }
    if (any) *result = value_string(buffer_str(&out));
    return true;
}

bool combine_strings(Eval *eval, const Value *arguments, Value *result) {
    return combine(eval, arguments[0], STR(""), result);
}

bool combine_strings_with(Eval *eval, const Value *arguments, Value *result) {
    return combine(eval, arguments[0], text_or_empty(arguments[1]), result);
}

bool starts_with(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = any_null(arguments, 2) ? value_null()
                                     : value_boolean(str_starts_with(value_str(arguments[0]),
                                                                     value_str(arguments[1])));
    return true;
}

bool ends_with(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_null();
    if (any_null(arguments, 2)) return true;
    Str text = value_str(arguments[0]), end = value_str(arguments[1]);
    *result = value_boolean(
        end.length <= text.length &&
        str_equal(str_slice(text, text.length - end.length, text.length), end));
    return true;
}

bool length_string(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = any_null(arguments, 1) ? value_null()
                                     : value_integer(count_characters(value_str(arguments[0])));
    return true;
}

static bool is_at(Str text, Str pattern, size_t at) {
    return str_equal(str_slice(text, at, at + pattern.length), pattern);
}

/* Looks for the pattern at `at`.  Steps are counted where its first byte is, since what follows
 * may be long and nearly the same at every place. */
static bool try_at(Eval *eval, Str text, Str pattern, size_t at) {
    enum { BYTES_A_STEP = 64 };
    if (pattern.length == 0) return true;
    return text.data[at] == pattern.data[0] &&
           eval_charge(eval, 1 + pattern.length / BYTES_A_STEP) && is_at(text, pattern, at);
}

/* The byte of the first appearance from `from`; false when there is none. */
static bool find_text(Eval *eval, Str text, Str pattern, size_t from, size_t *at) {
    for (*at = from; *at + pattern.length <= text.length && eval->error_code == NULL; ++*at)
        if (try_at(eval, text, pattern, *at)) return true;
    return false;
}

static bool find_last_text(Eval *eval, Str text, Str pattern, size_t *at) {
    if (pattern.length > text.length) return false;
    for (*at = text.length - pattern.length + 1; *at > 0 && eval->error_code == NULL;)
        if (try_at(eval, text, pattern, --*at)) return true;
    return false;
}

static bool locate(Eval *eval, const Value *arguments, bool last, Value *result) {
    *result = value_null();
    if (any_null(arguments, 2)) return true;
    Str pattern = value_str(arguments[0]), text = value_str(arguments[1]);
    size_t at;
    bool found = last ? find_last_text(eval, text, pattern, &at)
                      : find_text(eval, text, pattern, 0, &at);
    *result = value_integer(found ? count_characters(str_slice(text, 0, at)) : -1);
    return eval->error_code == NULL;
}

bool position_of(Eval *eval, const Value *arguments, Value *result) {
    return locate(eval, arguments, false, result);
}

bool last_position_of(Eval *eval, const Value *arguments, Value *result) {
    return locate(eval, arguments, true, result);
}

/* `length` characters from character `start`; null when it is past the end. */
static Value substring(Str text, Value start, int64_t length) {
    size_t from, to;
    if (start.tag != TAG_INTEGER || !find_character(text, start.integer, &from))
        return value_null();
    Str rest = str_slice(text, from, text.length);
    if (length <= 0) return value_string(STR(""));
    if (!find_character(rest, length, &to)) to = rest.length;
    return value_string(str_slice(rest, 0, to));
}

bool substring_from(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = any_null(arguments, 1) ? value_null()
                                     : substring(value_str(arguments[0]), arguments[1], INT32_MAX);
    return true;
}

bool substring_of(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    int64_t length = arguments[2].tag == TAG_INTEGER ? arguments[2].integer : INT32_MAX;
    *result = any_null(arguments, 1) ? value_null()
                                     : substring(value_str(arguments[0]), arguments[1], length);
    return true;
}

bool character_at(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = any_null(arguments, 1) ? value_null()
                                     : substring(value_str(arguments[0]), arguments[1], 1);
    return true;
}

/* The text with each code point replaced; what is not UTF-8 stays. */
/* The one small letter in common use whose capital is two. */
static bool is_sharp_s(int32_t point, int32_t (*function)(int32_t)) {
    return point == 0xDF && function == utf8proc_toupper;
}

static Value map_characters(Eval *eval, Str text, int32_t (*function)(int32_t)) {
    Buffer out = buffer_new(eval->arena);
    for (size_t at = 0; at < text.length;) {
        size_t size = string_character(text, at);
        uint8_t bytes[4];
        int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const uint8_t *)text.data + at,
                                                 (utf8proc_ssize_t)(text.length - at), &point);
        if (used < 1) {
            buffer_add(&out, str_slice(text, at, at + size));
        } else if (is_sharp_s(point, function)) {
            size = (size_t)used;
            buffer_add(&out, STR("SS"));
        } else {
            size = (size_t)used;
            used = utf8proc_encode_char(function(point), bytes);
            buffer_add(&out, (Str){ (const char *)bytes, (size_t)used });
        }
        at += size;
    }
    return value_string(buffer_str(&out));
}

bool upper_string(Eval *eval, const Value *arguments, Value *result) {
    *result = any_null(arguments, 1)
                  ? value_null()
                  : map_characters(eval, value_str(arguments[0]), utf8proc_toupper);
    return true;
}

bool lower_string(Eval *eval, const Value *arguments, Value *result) {
    *result = any_null(arguments, 1)
                  ? value_null()
                  : map_characters(eval, value_str(arguments[0]), utf8proc_tolower);
    return true;
}

/* The length of the part of `text` at `at` that is to be replaced; SIZE_MAX: nothing there.  An
 * empty pattern stands before each character and behind the last one. */
static size_t match_at(Eval *eval, Str text, size_t at, Str pattern) {
    if (at + pattern.length > text.length) return SIZE_MAX;
    return try_at(eval, text, pattern, at) ? pattern.length : SIZE_MAX;
}

bool replace_text(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (any_null(arguments, 3)) return true;
    Str text = value_str(arguments[0]), pattern = value_str(arguments[1]);
    Buffer out = buffer_new(eval->arena);
    for (size_t at = 0, found; at <= text.length && eval->error_code == NULL;) {
        found = match_at(eval, text, at, pattern);
        if (found != SIZE_MAX) buffer_add(&out, value_str(arguments[2]));
        if (found != SIZE_MAX && found > 0) {
            at += found;
            continue;
        }
        if (at == text.length) break;
        size_t length = string_character(text, at);
        buffer_add(&out, str_slice(text, at, at + length));
        at += length;
    }
    *result = value_string(buffer_str(&out));
    return eval->error_code == NULL;
}

/* Without a separator, or with an empty one, the text is one part. */
bool split_string(Eval *eval, const Value *arguments, Value *result) {
    VEC(Value) parts = { 0 };
    *result = value_null();
    if (any_null(arguments, 1)) return true;
    Str text = value_str(arguments[0]), separator = text_or_empty(arguments[1]);
    size_t from = 0, at;
    while (separator.length != 0 && find_text(eval, text, separator, from, &at)) {
        vec_push(eval->arena, &parts, value_string(str_slice(text, from, at)));
        from = at + separator.length;
    }
    vec_push(eval->arena, &parts, value_string(str_slice(text, from, text.length)));
    *result = value_list(eval->arena, parts.items, (uint32_t)parts.count);
    return eval->error_code == NULL;
}
