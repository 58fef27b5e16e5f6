/* json.cc - JSON text to a tree, in one walk over the structure that simdjson finds.
 *
 * The first stage of simdjson's parser checks UTF-8 and control characters and lists where
 * every bracket, colon, comma and value stands.  The walk over that list checks all else:
 * grammar, literals, numbers, escapes, depth, duplicate keys.  It works on a copy of the text
 * in the arena, into which keys, strings and numbers of the tree point; a string ends right
 * before the next thing in the list, so its bytes are looked at only where an escape stands.
 * The children of an open array or object wait on the reader's stack, which has room for
 * every value there can be, and are copied to the arena when it closes.  Nothing here
 * throws, and control never leaves sideways: the arena is asked by arena_try_alloc only. */
#ifndef NDEBUG
#define NDEBUG 1
#endif
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#define _Noreturn [[noreturn]] /* the headers of the C layers say it in C's way */
extern "C" {
#include "json/json_walk.h"
}

/* A key met lately and its symbol; keys of up to 24 bytes, the rest zero. */
struct KnownKey {
    uint64_t words[3];
    uint32_t length;
    uint16_t symbol;
};

constexpr size_t KNOWN_KEYS = 2048; /* many, so that keys in use do not share a place */
constexpr unsigned KNOWN_SHIFT = 64 - 11; /* of a hash, to a number below KNOWN_KEYS */

using Scanner = simdjson::internal::dom_parser_implementation;

struct JsonReader {
    std::unique_ptr<Scanner> scanner;
    KnownKey known[KNOWN_KEYS] = {};
    JsonSymbols symbols = nullptr; /* to which the known keys belong */
    Json *stack = nullptr;
    size_t stack_capacity = 0;
    const Json **sorted = nullptr; /* members of a large object, by key */
    size_t sorted_capacity = 0;
};

namespace {

constexpr size_t SMALL_OBJECT = 16; /* members compared each with each */

struct Walk {
    JsonReader *reader;
    Arena *arena;
    char *text;             /* the copy, followed by PADDING */
    const char *backslash;  /* the first at or after the last string's start, or the end */
    const char *end;
    Json *top;              /* of the stack */
    JsonSymbols symbols;
    JsonStatus status;      /* why it failed */
    size_t fault;
};

/* A place in the list; nullptr where the walk has failed. */
using Place = const uint32_t *;

template <typename Item> bool make_room(Item *&items, size_t &capacity, size_t needed) {
    if (needed <= capacity) return true;
    size_t larger = std::max<size_t>({ needed, capacity * 2, 256 });
    if (larger > SIZE_MAX / 2 / sizeof(Item)) return false;
    void *moved = std::realloc(static_cast<void *>(items), larger * sizeof(Item));
    if (moved == nullptr) return false;
    items = static_cast<Item *>(moved);
    capacity = larger;
    return true;
}

Place fail(Walk &walk, JsonStatus status, size_t offset) {
    walk.status = status;
    walk.fault = offset;
    return nullptr;
}

Place fail_syntax(Walk &walk) { return fail(walk, JSON_INVALID, 0); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Can a literal or number end before this character? */
bool ends_token(char c) { return is_space(c) || c == ',' || c == '}' || c == ']' || c == ':'; }

/* ---- strings, numbers, literals ---- */

/* Is there an escape?  Moves the reader's next backslash up to the string. */
[[gnu::noinline]] bool has_backslash(Walk &walk, const char *start, const char *end) {
    if (walk.backslash < start) {
        size_t left = static_cast<size_t>(walk.end - start);
        const void *found = std::memchr(start, '\\', left);
        walk.backslash = found == nullptr ? walk.end : static_cast<const char *>(found);
    }
    return walk.backslash < end;
}

/* The string that starts at a place: up to the quote before the next place, between which
 * there is only white space. */
[[gnu::always_inline]] inline Place read_string(Walk &walk, Place at, const char **text,
                                                uint32_t *length) {
    char *start = walk.text + at[0] + 1, *end = walk.text + at[1] - 1;
    while (*end != '"' && is_space(*end)) end--;
    if (end < start || *end != '"') return fail_syntax(walk);
    *text = start;
    *length = static_cast<uint32_t>(end - start);
    bool escaped = walk.backslash < end && has_backslash(walk, start, end);
    if (escaped && !json_unescape(start, length)) return fail_syntax(walk);
    return at + 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char *skip_digits(const char *at) {
    while (is_digit(*at)) at++;
    return at;
}

/* number = [ "-" ] ( "0" / digit19 *digit ) [ "." 1*digit ] [ e [ sign ] 1*digit ] */
Place read_number(Walk &walk, Place place, Json &out) {
    const char *start = walk.text + *place, *whole = start + (*start == '-');
    const char *at = skip_digits(whole);
    if (at == whole || (*whole == '0' && at != whole + 1)) return fail_syntax(walk);
    if (*at == '.') {
        const char *fraction = at + 1;
        at = skip_digits(fraction);
        if (at == fraction) return fail_syntax(walk);
    }
    if (*at == 'e' || *at == 'E') {
        const char *digits = at + 1 + (at[1] == '+' || at[1] == '-');
        at = skip_digits(digits);
        if (at == digits) return fail_syntax(walk);
    }
    out.kind = JSON_NUMBER;
    out.text = start;
    out.count = static_cast<uint32_t>(at - start);
    return ends_token(*at) ? place + 1 : fail_syntax(walk);
}

Place read_literal(Walk &walk, Place place, const char *word, size_t length, JsonKind kind,
                   Json &out) {
    const char *start = walk.text + *place;
    out.kind = static_cast<uint8_t>(kind);
    bool valid = std::memcmp(start, word, length) == 0 && ends_token(start[length]);
    return valid ? place + 1 : fail_syntax(walk);
}

/* ---- keys ---- */

/* Which bytes of three words belong to a key of that length. */
struct KeyMasks {
    uint64_t words[25][3];
    constexpr KeyMasks() : words{} {
        for (size_t length = 0; length <= 24; length++)
            for (size_t i = 0; i < length; i++)
                words[length][i / 8] |= uint64_t(0xFF) << i % 8 * 8;
    }
};

constexpr KeyMasks KEY_MASKS;
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte is the lowest");

KnownKey &place_of(Walk &walk, uint64_t words) {
    return walk.reader->known[words * 0x9E3779B97F4A7C15u >> KNOWN_SHIFT];
}

uint16_t symbol_of_long(Walk &walk, Str key) {
    if (key.length > 24) return walk.symbols(key);
    const uint64_t *masks = KEY_MASKS.words[key.length];
    uint64_t words[3];
    std::memcpy(words, key.data, sizeof words);
    for (size_t i = 0; i < 3; i++) words[i] &= masks[i];
    KnownKey &known = place_of(walk, words[0] ^ words[1] << 1 ^ words[2] << 2);
    if (known.length != key.length || known.words[0] != words[0] ||
        known.words[1] != words[1] || known.words[2] != words[2])
        known = { { words[0], words[1], words[2] }, static_cast<uint32_t>(key.length),
                  walk.symbols(key) };
    return known.symbol;
}

/* Keys repeat: most are found among those known, in one line of the cache, and most fit a
 * word.  Of the key, 24 bytes may be read whatever its length. */
uint16_t symbol_of(Walk &walk, Str key) {
    if (key.length > 8) return symbol_of_long(walk, key);
    uint64_t word;
    std::memcpy(&word, key.data, sizeof word);
    word &= KEY_MASKS.words[key.length][0];
    KnownKey &known = place_of(walk, word);
    if (known.length != key.length || known.words[0] != word)
        known = { { word, 0, 0 }, static_cast<uint32_t>(key.length), walk.symbols(key) };
    return known.symbol;
}

bool same_key(const Json &a, const Json &b) {
    if (a.symbol != b.symbol || a.key_length != b.key_length) return false;
    return a.symbol != 0 || std::memcmp(a.key, b.key, a.key_length) == 0;
}

/* One bit of 64 for a key; only keys of the same bit need comparing. */
uint64_t key_bit(const Json &item) {
    unsigned mixed = item.symbol != 0 || item.key_length == 0
                         ? item.symbol
                         : item.key_length * 7u + static_cast<unsigned char>(item.key[0]) +
                               static_cast<unsigned char>(item.key[item.key_length - 1]) * 3u;
    return uint64_t(1) << (mixed & 63);
}

const Json *find_duplicate_small(const Json *items, size_t count) {
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (same_key(items[i], items[j])) return &items[i];
    return nullptr;
}

bool key_before(const Json *a, const Json *b) {
    if (a->key_length != b->key_length) return a->key_length < b->key_length;
    int order = std::memcmp(a->key, b->key, a->key_length);
    return order != 0 ? order < 0 : a < b;
}

/* Sorting bounds the cost whatever the keys are.  False: no memory. */
bool find_duplicate_large(JsonReader &reader, const Json *items, size_t count,
                          const Json **found) {
    if (!make_room(reader.sorted, reader.sorted_capacity, count)) return false;
    for (size_t i = 0; i < count; i++) reader.sorted[i] = &items[i];
    std::sort(reader.sorted, reader.sorted + count, key_before);
    for (size_t i = 1; i < count; i++) {
        const Json *item = reader.sorted[i];
        if (same_key(*item, *reader.sorted[i - 1]) && (*found == nullptr || item < *found))
            *found = item;
    }
    return true;
}

bool check_keys(Walk &walk, const Json *items, size_t count) {
    const Json *found = nullptr;
    if (count <= SMALL_OBJECT) found = find_duplicate_small(items, count);
    else if (!find_duplicate_large(*walk.reader, items, count, &found))
        fail(walk, JSON_TOO_LARGE, 0);
    if (found != nullptr) fail(walk, JSON_DUPLICATE, found->offset);
    return found == nullptr && walk.status == JSON_OK;
}

/* ---- the walk ---- */

/* The children of what has none. */
const Json NO_CHILDREN{};

/* Moves the children on top of the stack to the arena; `at` is behind them. */
[[gnu::always_inline]] inline Place close_children(Walk &walk, Place at, Json *children,
                                                   JsonKind kind, Json &out) {
    size_t count = static_cast<size_t>(walk.top - children);
    out.kind = static_cast<uint8_t>(kind);
    out.count = static_cast<uint32_t>(count);
    out.items = &NO_CHILDREN;
    walk.top = children;
    if (count == 0) return at;
    void *memory = arena_try_alloc(walk.arena, count * sizeof(Json));
    if (memory == nullptr) return fail(walk, JSON_TOO_LARGE, 0);
    Json *items = static_cast<Json *>(memory);
    out.items = items;
    for (const Json *child = children, *end = children + count; child < end; child++)
        *items++ = *child; /* few: less than a call of memcpy costs */
    return at;
}

Place walk_other(Walk &walk, Place at, unsigned depth, Json &out);

/* Most values are strings. */
[[gnu::always_inline]] inline Place walk_value(Walk &walk, Place at, unsigned depth, Json &out) {
    out.offset = *at;
    if (walk.text[*at] != '"') return walk_other(walk, at, depth, out);
    out.kind = JSON_STRING;
    return read_string(walk, at, &out.text, &out.count);
}

Place walk_array(Walk &walk, Place at, unsigned depth, Json &out) {
    Json *children = walk.top;
    const char *text = walk.text;
    char c = text[*at] == ']' ? text[*at++] : ',';
    while (c == ',') {
        Json *child = walk.top++;
        *child = Json{};
        at = walk_value(walk, at, depth, *child);
        if (at == nullptr) return nullptr;
        c = text[*at++];
    }
    if (c != ']') return fail_syntax(walk);
    return close_children(walk, at, children, JSON_ARRAY, out);
}

/* A key and its colon; the place of the value. */
Place read_key(Walk &walk, Place at, Json &out) {
    if (walk.text[*at] != '"') return fail_syntax(walk);
    at = read_string(walk, at, &out.key, &out.key_length);
    if (at == nullptr || walk.text[*at] != ':') return fail_syntax(walk);
    if (walk.symbols != nullptr) out.symbol = symbol_of(walk, { out.key, out.key_length });
    return at + 1;
}

Place walk_object(Walk &walk, Place at, unsigned depth, Json &out) {
    Json *children = walk.top;
    const char *text = walk.text;
    uint64_t seen = 0, repeated = 0;
    char c = text[*at] == '}' ? text[*at++] : ',';
    while (c == ',') {
        Json *child = walk.top++;
        *child = Json{};
        at = read_key(walk, at, *child);
        if (at == nullptr) return nullptr;
        out.paired |= child->key[0] == '_'; /* of an empty key, its quote */
        uint64_t bit = key_bit(*child);
        repeated |= seen & bit;
        seen |= bit;
        at = walk_value(walk, at, depth, *child);
        if (at == nullptr) return nullptr;
        c = text[*at++];
    }
    if (c != '}') return fail_syntax(walk);
    if (repeated != 0 && !check_keys(walk, children, static_cast<size_t>(walk.top - children)))
        return nullptr;
    return close_children(walk, at, children, JSON_OBJECT, out);
}

Place walk_other(Walk &walk, Place at, unsigned depth, Json &out) {
    char c = walk.text[*at];
    switch (c) {
        case '{':
        case '[':
            if (depth == JSON_DEPTH) return fail(walk, JSON_TOO_DEEP, *at);
            return c == '[' ? walk_array(walk, at + 1, depth + 1, out)
                            : walk_object(walk, at + 1, depth + 1, out);
        case 't': return read_literal(walk, at, "true", 4, JSON_TRUE, out);
        case 'f': return read_literal(walk, at, "false", 5, JSON_FALSE, out);
        case 'n': return read_literal(walk, at, "null", 4, JSON_NULL, out);
        default: return read_number(walk, at, out);
    }
}

/* ---- the text ---- */

/* After the text stand zeros: keys are read by words, a little past their end. */
constexpr size_t PADDING = 64;

char *copy_text(Arena *arena, Str text) {
    void *memory = arena_try_alloc(arena, text.length + PADDING);
    if (memory == nullptr) return nullptr;
    char *copy = static_cast<char *>(memory);
    std::memcpy(copy, text.data, text.length);
    std::memset(copy + text.length, 0, PADDING);
    return copy;
}

/* Finds the structure; a list that grows with the longest text. */
JsonStatus scan(JsonReader &reader, const char *text, size_t length) {
    constexpr size_t LEAST = 64 * 1024;
    Scanner &scanner = *reader.scanner;
    if (scanner.capacity() < length &&
        scanner.set_capacity(std::max(LEAST, length + length / 2)) != simdjson::SUCCESS)
        return JSON_TOO_LARGE;
    auto bytes = reinterpret_cast<const uint8_t *>(text);
    if (scanner.stage1(bytes, length, simdjson::stage1_mode::regular) != simdjson::SUCCESS)
        return JSON_INVALID;
    bool room = make_room(reader.stack, reader.stack_capacity,
                          size_t(scanner.n_structural_indexes) + 1);
    return room ? JSON_OK : JSON_TOO_LARGE;
}

} // namespace

extern "C" JsonReader *json_reader_new(void) {
    std::unique_ptr<JsonReader> reader(new (std::nothrow) JsonReader);
    if (reader == nullptr) return nullptr;
    auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        0, 1, reader->scanner);
    return error == simdjson::SUCCESS ? reader.release() : nullptr;
}

extern "C" void json_reader_free(JsonReader *reader) {
    if (reader == nullptr) return;
    std::free(reader->stack);
    std::free(static_cast<void *>(reader->sorted));
    delete reader;
}

extern "C" JsonStatus json_walk(JsonReader *reader, Arena *arena, Str text,
                                JsonSymbols symbols, Json *root, size_t *offset) {
    *offset = 0;
    char *copy = copy_text(arena, text);
    JsonStatus status = copy == nullptr ? JSON_TOO_LARGE : scan(*reader, copy, text.length);
    if (status != JSON_OK) return status;
    if (reader->symbols != symbols) std::fill_n(reader->known, KNOWN_KEYS, KnownKey{});
    reader->symbols = symbols;
    Place list = reader->scanner->structural_indexes.get();
    Walk walk = { reader, arena, copy, copy, copy + text.length, reader->stack, symbols, JSON_OK,
                  0 };
    *root = Json{};
    Place behind = walk_value(walk, list, 0, *root);
    *offset = walk.fault;
    if (behind == nullptr) return walk.status;
    return behind == list + reader->scanner->n_structural_indexes ? JSON_OK : JSON_INVALID;
}
