/* str.h - text as pointer and length, and a buffer that grows in an arena.
 *
 * A Str is UTF-8 and need not end in NUL.  It does not own its bytes: they live as
 * long as the arena or the literal they came from. */
#ifndef ISLET_BASE_STR_H
#define ISLET_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct Str {
    const char *data;
    size_t length;
} Str;

/* A Str of a literal. */
#define STR(literal) ((Str){ "" literal, sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define STR_ARGS(s) (int)(s).length, (s).data

/* Of a NUL-terminated string; NULL gives empty. */
static inline Str str_from(const char *c_string) {
    return (Str){ c_string == NULL ? "" : c_string, c_string == NULL ? 0 : strlen(c_string) };
}
static inline bool str_equal(Str a, Str b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
static inline bool str_is(Str a, const char *c_string) {
    return str_equal(a, str_from(c_string));
}
int str_compare(Str a, Str b); /* by bytes: negative, 0 or positive */
bool str_starts_with(Str s, Str prefix);
uint32_t str_hash(Str s);
Str str_copy(Arena *arena, Str s);
char *str_to_c(Arena *arena, Str s); /* NUL-terminated copy */
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_slice(Str s, size_t from, size_t to); /* clipped to the text */

/* A text that is being built.  Zero-initialise with buffer_new. */
typedef struct Buffer {
    Arena *arena;
    char *data;
    size_t length;
    size_t capacity;
} Buffer;

Buffer buffer_new(Arena *arena);

/* Makes room for that many bytes more, which are then at data + length. */
void buffer_grow(Buffer *buffer, size_t more);
static inline void buffer_reserve(Buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->length < more) buffer_grow(buffer, more);
}

static inline void buffer_add(Buffer *buffer, Str s) {
    if (s.length == 0) return;
    buffer_reserve(buffer, s.length);
    memcpy(buffer->data + buffer->length, s.data, s.length);
    buffer->length += s.length;
}
static inline void buffer_add_char(Buffer *buffer, char c) {
    buffer_reserve(buffer, 1);
    buffer->data[buffer->length++] = c;
}
static inline void buffer_add_text(Buffer *buffer, const char *c_string) {
    buffer_add(buffer, str_from(c_string));
}
/* In decimal: with its sign; with zeros in front, to at least that many digits (10 at most). */
void buffer_add_integer(Buffer *buffer, int64_t value);
void buffer_add_padded(Buffer *buffer, uint32_t value, uint32_t digits);
void buffer_format(Buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
Str buffer_str(const Buffer *buffer); /* what was built so far */

#endif
