/* json.cc - JSON text to a tree: a walk over every value that simdjson's On-Demand
 * parser gives.
 *
 * The parser finds the structure and checks UTF-8 and strings; what it leaves to the
 * caller is checked here: literals, numbers, depth, duplicate keys, trailing text.  The
 * children of an open array or object wait on the reader's stack and are copied to the
 * arena when it closes.  All strings and numbers of a text go to one block of the arena,
 * as long as the text, since unescaping only shortens.  Nothing here throws, and control
 * never leaves sideways: the arena is asked by arena_try_alloc only. */
#ifndef NDEBUG
#define NDEBUG 1
#endif
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#define _Noreturn [[noreturn]] /* the headers of the C layers say it in C's way */
extern "C" {
#include "json/json_walk.h"
}

namespace ondemand = simdjson::ondemand;

/* A key met lately and its symbol; keys of up to 24 bytes, the rest zero. */
struct KnownKey {
    uint64_t words[3];
    uint32_t length;
    uint16_t symbol;
};

constexpr size_t KNOWN_KEYS = 256;

struct JsonReader {
    ondemand::parser parser;
    KnownKey known[KNOWN_KEYS] = {};
    JsonSymbols symbols = nullptr; /* to which the known keys belong */
    char *padded = nullptr; /* the text, followed by the padding that the parser reads */
    size_t padded_capacity = 0;
    Json *stack = nullptr;
    size_t depth = 0, stack_capacity = 0;
    const Json **sorted = nullptr; /* members of a large object, by key */
    size_t sorted_capacity = 0;
};

namespace {

constexpr size_t SMALL_OBJECT = 16; /* members compared each with each */

struct Walk {
    JsonReader *reader;
    Arena *arena;
    const char *start;
    size_t length;
    uint8_t *strings; /* where the next string goes */
    JsonSymbols symbols;
    size_t fault;
};

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

JsonStatus fail(Walk &walk, const char *at, JsonStatus status) {
    walk.fault = static_cast<size_t>(at - walk.start);
    return status;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool all_space(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

/* \u escapes can spell half of a surrogate pair, which UTF-8 has no bytes for. */
bool has_lone_surrogate(const char *text, size_t length) {
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
    return false;
}

/* The bytes of a word that equal `c` have their high bit set in the result, up to the
 * first one that does; what lies above that bit means nothing. */
uint64_t bytes_equal(uint64_t word, unsigned char c) {
    uint64_t differ = word ^ 0x0101010101010101u * c;
    return (differ - 0x0101010101010101u) & ~differ & 0x8080808080808080u;
}

bool read_escaped(Walk &walk, ondemand::raw_json_string raw, const char **text,
                  uint32_t *length) {
    std::string_view view;
    if (walk.reader->parser.unescape(raw, walk.strings).get(view)) return false;
    *text = view.data();
    *length = static_cast<uint32_t>(view.size());
    return !has_lone_surrogate(view.data(), view.size());
}

/* Copies eight bytes at a time up to the closing quote, which the parser has seen;
 * most strings have no escape.  Reads and writes a little past the end: both blocks are
 * padded. */
bool read_string(Walk &walk, ondemand::raw_json_string raw, const char **text,
                 uint32_t *length) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte is the lowest");
    uint8_t *start = walk.strings, *to = start;
    for (const char *from = raw.raw();; from += 8, to += 8) {
        uint64_t word;
        std::memcpy(&word, from, 8);
        std::memcpy(to, &word, 8);
        uint64_t stops = bytes_equal(word, '"') | bytes_equal(word, '\\');
        if (stops == 0) continue;
        int stop = __builtin_ctzll(stops) / 8;
        if (from[stop] == '\\') return read_escaped(walk, raw, text, length);
        walk.strings = to + stop;
        *text = reinterpret_cast<const char *>(start);
        *length = static_cast<uint32_t>(walk.strings - start);
        return true;
    }
}

bool read_number(Walk &walk, std::string_view token, Json &out) {
    size_t end = json_number_end({ token.data(), token.size() }, 0);
    if (end == 0 || !all_space(token.substr(end))) return false;
    std::memcpy(walk.strings, token.data(), end);
    out.text = reinterpret_cast<const char *>(walk.strings);
    out.count = static_cast<uint32_t>(end);
    out.kind = JSON_NUMBER;
    walk.strings += end;
    return true;
}

bool read_literal(std::string_view token, const char *word, JsonKind kind, Json &out) {
    size_t length = std::strlen(word);
    if (token.size() < length || std::memcmp(token.data(), word, length) != 0) return false;
    out.kind = static_cast<uint8_t>(kind);
    return all_space(token.substr(length));
}

/* ---- duplicate keys ---- */

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
    uint64_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = key_bit(items[i]);
        for (size_t j = 0; (seen & bit) != 0 && j < i; j++)
            if (same_key(items[i], items[j])) return &items[i];
        seen |= bit;
    }
    return nullptr;
}

bool key_before(const Json *a, const Json *b) {
    if (a->key_length != b->key_length) return a->key_length < b->key_length;
    int order = std::memcmp(a->key, b->key, a->key_length);
    return order != 0 ? order < 0 : a < b;
}

/* Sorting bounds the cost whatever the keys are. */
JsonStatus find_duplicate_large(JsonReader &reader, const Json *items, size_t count,
                                const Json **found) {
    if (!make_room(reader.sorted, reader.sorted_capacity, count)) return JSON_TOO_LARGE;
    for (size_t i = 0; i < count; i++) reader.sorted[i] = &items[i];
    std::sort(reader.sorted, reader.sorted + count, key_before);
    for (size_t i = 1; i < count; i++) {
        const Json *item = reader.sorted[i];
        if (same_key(*item, *reader.sorted[i - 1]) && (*found == nullptr || item < *found))
            *found = item;
    }
    return JSON_OK;
}

JsonStatus check_keys(Walk &walk, const Json *items, size_t count) {
    const Json *found = nullptr;
    JsonStatus status = JSON_OK;
    if (count <= SMALL_OBJECT) found = find_duplicate_small(items, count);
    else status = find_duplicate_large(*walk.reader, items, count, &found);
    if (found == nullptr) return status;
    walk.fault = found->offset;
    return JSON_DUPLICATE;
}

/* ---- the walk ----
 *
 * A value is read into its slot of the stack.  Slots may move while its children are
 * read, so they are named by number. */

bool add_slot(JsonReader &reader) {
    if (reader.depth == reader.stack_capacity &&
        !make_room(reader.stack, reader.stack_capacity, reader.depth + 1))
        return false;
    reader.stack[reader.depth++] = Json{};
    return true;
}

/* Moves the children above `base` to the arena. */
JsonStatus close_children(Walk &walk, size_t base, size_t slot, JsonKind kind) {
    size_t count = walk.reader->depth - base;
    Json &out = walk.reader->stack[slot];
    walk.reader->depth = base;
    if (count > UINT32_MAX) return JSON_TOO_LARGE;
    out.kind = static_cast<uint8_t>(kind);
    out.count = static_cast<uint32_t>(count);
    out.items = nullptr;
    if (count == 0) return JSON_OK;
    void *memory = arena_try_alloc(walk.arena, count * sizeof(Json));
    if (memory == nullptr) return JSON_TOO_LARGE;
    std::memcpy(memory, walk.reader->stack + base, count * sizeof(Json));
    out.items = static_cast<const Json *>(memory);
    return JSON_OK;
}

JsonStatus walk_value(Walk &walk, ondemand::value &value, unsigned depth, size_t slot);

JsonStatus walk_array(Walk &walk, ondemand::array array, unsigned depth, size_t slot) {
    size_t base = walk.reader->depth;
    for (auto element : array) {
        if (element.error()) return JSON_INVALID;
        if (!add_slot(*walk.reader)) return JSON_TOO_LARGE;
        size_t child = walk.reader->depth - 1;
        JsonStatus status = walk_value(walk, element.value_unsafe(), depth, child);
        if (status != JSON_OK) return status;
    }
    return close_children(walk, base, slot, JSON_ARRAY);
}

bool has_backslash(const uint64_t words[3]) {
    return (bytes_equal(words[0], '\\') | bytes_equal(words[1], '\\') |
            bytes_equal(words[2], '\\')) != 0;
}

/* Keys repeat: most are found among those known, in one line of the cache.  `raw` is the
 * key as written, of which 24 bytes may be read whatever its length. */
uint16_t symbol_of(Walk &walk, const char *raw, Str key) {
    if (key.length > 24) return walk.symbols(key);
    uint64_t words[3];
    std::memcpy(words, raw, sizeof words);
    for (size_t i = 0; i < 3; i++) {
        size_t bytes = key.length > 8 * i ? key.length - 8 * i : 0;
        words[i] &= bytes >= 8 ? ~uint64_t(0) : (uint64_t(1) << 8 * bytes) - 1;
    }
    if (has_backslash(words)) return walk.symbols(key);
    uint64_t mixed = (words[0] ^ words[1] << 1 ^ words[2] << 2) * 0x9E3779B97F4A7C15u;
    KnownKey &known = walk.reader->known[mixed >> 56];
    if (known.length != key.length || known.words[0] != words[0] ||
        known.words[1] != words[1] || known.words[2] != words[2])
        known = { { words[0], words[1], words[2] }, static_cast<uint32_t>(key.length),
                  walk.symbols(key) };
    return known.symbol;
}

bool read_key(Walk &walk, ondemand::raw_json_string raw, Json &out) {
    if (!read_string(walk, raw, &out.key, &out.key_length)) return false;
    if (walk.symbols != nullptr)
        out.symbol = symbol_of(walk, raw.raw(), { out.key, out.key_length });
    return true;
}

JsonStatus walk_object(Walk &walk, ondemand::object object, unsigned depth, size_t slot) {
    JsonReader &reader = *walk.reader;
    size_t base = reader.depth;
    for (auto entry : object) {
        if (entry.error()) return JSON_INVALID;
        ondemand::field &field = entry.value_unsafe();
        if (!add_slot(reader)) return JSON_TOO_LARGE;
        size_t child = reader.depth - 1;
        if (!read_key(walk, field.key(), reader.stack[child])) return JSON_INVALID;
        JsonStatus status = walk_value(walk, field.value(), depth, child);
        if (status != JSON_OK) return status;
    }
    JsonStatus status = check_keys(walk, reader.stack + base, reader.depth - base);
    return status != JSON_OK ? status : close_children(walk, base, slot, JSON_OBJECT);
}

JsonStatus walk_string(Walk &walk, ondemand::value &value, Json &out) {
    ondemand::raw_json_string raw;
    if (value.get_raw_json_string().get(raw)) return JSON_INVALID;
    out.kind = JSON_STRING;
    return read_string(walk, raw, &out.text, &out.count) ? JSON_OK : JSON_INVALID;
}

JsonStatus walk_children(Walk &walk, ondemand::value &value, char bracket, unsigned depth,
                         size_t slot) {
    if (depth == JSON_DEPTH)
        return fail(walk, walk.start + walk.reader->stack[slot].offset, JSON_TOO_DEEP);
    if (bracket == '[') {
        ondemand::array array;
        if (value.get_array().get(array)) return JSON_INVALID;
        return walk_array(walk, array, depth + 1, slot);
    }
    ondemand::object object;
    if (value.get_object().get(object)) return JSON_INVALID;
    return walk_object(walk, object, depth + 1, slot);
}

/* Numbers and literals are read from their raw token and left for the parser to skip. */
JsonStatus walk_value(Walk &walk, ondemand::value &value, unsigned depth, size_t slot) {
    std::string_view token = value.raw_json_token();
    Json &out = walk.reader->stack[slot];
    out.offset = static_cast<uint32_t>(token.data() - walk.start);
    bool valid = false;
    switch (token.empty() ? '\0' : token[0]) {
        case '{': return walk_children(walk, value, '{', depth, slot);
        case '[': return walk_children(walk, value, '[', depth, slot);
        case '"': return walk_string(walk, value, out);
        case 't': valid = read_literal(token, "true", JSON_TRUE, out); break;
        case 'f': valid = read_literal(token, "false", JSON_FALSE, out); break;
        case 'n': valid = read_literal(token, "null", JSON_NULL, out); break;
        default: valid = read_number(walk, token, out); break;
    }
    return valid ? JSON_OK : JSON_INVALID;
}

JsonStatus walk_document(Walk &walk, simdjson::padded_string_view text, Json &root) {
    ondemand::document document;
    ondemand::value value;
    simdjson::error_code error = walk.reader->parser.iterate(text).get(document);
    if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY) return JSON_TOO_LARGE;
    if (error || document.get_value().get(value)) return JSON_INVALID;
    if (!add_slot(*walk.reader)) return JSON_TOO_LARGE;
    JsonStatus status = walk_value(walk, value, 0, 0);
    root = walk.reader->stack[0];
    const char *rest;
    if (status == JSON_OK && !document.current_location().get(rest)) return JSON_INVALID;
    return status;
}

} // namespace

extern "C" JsonReader *json_reader_new(void) { return new (std::nothrow) JsonReader; }

extern "C" void json_reader_free(JsonReader *reader) {
    if (reader == nullptr) return;
    std::free(reader->padded);
    std::free(reader->stack);
    std::free(static_cast<void *>(reader->sorted));
    delete reader;
}

extern "C" JsonStatus json_walk(JsonReader *reader, Arena *arena, Str text,
                                JsonSymbols symbols, Json *root, size_t *offset) {
    size_t padded = text.length + simdjson::SIMDJSON_PADDING;
    if (!make_room(reader->padded, reader->padded_capacity, padded)) return JSON_TOO_LARGE;
    std::memcpy(reader->padded, text.data, text.length);
    std::memset(reader->padded + text.length, ' ', simdjson::SIMDJSON_PADDING);
    void *strings = arena_try_alloc(arena, padded);
    if (strings == nullptr) return JSON_TOO_LARGE;
    Walk walk = { reader, arena, reader->padded, text.length,
                  static_cast<uint8_t *>(strings), symbols, 0 };
    reader->depth = 0;
    if (reader->symbols != symbols) std::fill_n(reader->known, KNOWN_KEYS, KnownKey{});
    reader->symbols = symbols;
    JsonStatus status = walk_document(
        walk, simdjson::padded_string_view(reader->padded, text.length, padded), *root);
    *offset = walk.fault;
    return status;
}
