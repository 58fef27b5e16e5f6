/* diagnostic.h - what went wrong, where, and how to mend it.
 *
 * Every parser and checker adds to a Diagnostics list and goes on, so that one run
 * reports everything.  Lines and columns count from 1; columns count bytes of UTF-8. */
#ifndef ISLET_BASE_DIAGNOSTIC_H
#define ISLET_BASE_DIAGNOSTIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef enum { SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* A place in a text.  length is in bytes, at least 1. */
typedef struct Span {
    uint32_t line;
    uint32_t column;
    uint32_t offset; /* bytes from the start of the text */
    uint32_t length;
} Span;

typedef struct Diagnostic {
    Severity severity;
    const char *code; /* stable, for programs: "unknown-identifier" */
    Str message;      /* what is wrong, one sentence, no full stop */
    Str hint;         /* how to mend it; may be empty */
    Str file;
    Span span;
} Diagnostic;

typedef struct Diagnostics {
    Arena *arena;
    Diagnostic *items;
    size_t count, capacity;
    size_t errors; /* how many of them are errors */
} Diagnostics;

Diagnostics diagnostics_new(Arena *arena);

/* Adds one; strings are copied, `code` must be a literal. */
void diagnostics_add(Diagnostics *list, Diagnostic diagnostic);

/* Puts those from number `first` on into the order of their places, a file's together, the files
 * in the order in which they come up. */
void diagnostics_sort(Diagnostics *list, size_t first);

/* The diagnostic for people: file:line:column, message, the source line with a caret
 * under the span, the hint.  `text` is the file's content (empty: no source line);
 * colour is ANSI when `colour`. */
void diagnostic_render(const Diagnostic *diagnostic, Str text, bool colour, Buffer *out);

#endif
