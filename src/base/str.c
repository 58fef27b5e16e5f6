/* str.c - see str.h.  Hashing is FNV-1a: tables are built from our own vocabulary or
 * bounded by a record's size, and never grow with an attacker's input. */
#include "base/str.h"

#include <stdio.h>
#include <string.h>

int str_compare(Str a, Str b) {
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool str_starts_with(Str s, Str prefix) {
    return s.length >= prefix.length && str_equal(str_slice(s, 0, prefix.length), prefix);
}

uint32_t str_hash(Str s) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < s.length; i++) hash = (hash ^ (unsigned char)s.data[i]) * 16777619u;
    return hash;
}

Str str_copy(Arena *arena, Str s) {
    return (Str){ arena_copy(arena, s.data, s.length), s.length };
}

char *str_to_c(Arena *arena, Str s) {
    char *copy = arena_alloc(arena, s.length + 1);
    if (s.length != 0) memcpy(copy, s.data, s.length);
    copy[s.length] = '\0';
    return copy;
}

Str str_slice(Str s, size_t from, size_t to) {
    if (to > s.length) to = s.length;
    if (from > to) from = to;
    return (Str){ s.data + from, to - from };
}

Buffer buffer_new(Arena *arena) { return (Buffer){ .arena = arena }; }

void buffer_grow(Buffer *buffer, size_t more) {
    size_t capacity = buffer->capacity == 0 ? 64 : buffer->capacity;
    while (capacity - buffer->length < more) {
        if (capacity > SIZE_MAX / 4) arena_give_up(buffer->arena);
        capacity *= 2;
    }
    char *data = arena_alloc(buffer->arena, capacity);
    if (buffer->length != 0) memcpy(data, buffer->data, buffer->length);
    buffer->data = data;
    buffer->capacity = capacity;
}

/* Writes the digits backwards, down from `end`; where they begin. */
static char *write_digits(char *end, uint64_t value) {
    do *--end = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    return end;
}

void buffer_add_integer(Buffer *buffer, int64_t value) {
    enum { MOST = 20 };
    char text[MOST], *end = text + MOST;
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *start = write_digits(end, size);
    if (value < 0) *--start = '-';
    buffer_add(buffer, (Str){ start, (size_t)(end - start) });
}

void buffer_add_padded(Buffer *buffer, uint32_t value, uint32_t digits) {
    enum { MOST = 10 };
    char text[MOST], *end = text + MOST;
    char *start = write_digits(end, value);
    while (start > text && (size_t)(end - start) < digits) *--start = '0';
    buffer_add(buffer, (Str){ start, (size_t)(end - start) });
}

static void add_formatted(Buffer *buffer, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length > 0) {
        buffer_reserve(buffer, (size_t)length + 1);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_format(Buffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add_formatted(buffer, format, args);
    va_end(args);
}

Str buffer_str(const Buffer *buffer) {
    return (Str){ buffer->data == NULL ? "" : buffer->data, buffer->length };
}

Str str_format(Arena *arena, const char *format, ...) {
    Buffer buffer = buffer_new(arena);
    va_list args;
    va_start(args, format);
    add_formatted(&buffer, format, args);
    va_end(args);
    return buffer_str(&buffer);
}
