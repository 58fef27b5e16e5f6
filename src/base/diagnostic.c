/* diagnostic.c - the list of diagnostics and its form for people. */
#include "base/diagnostic.h"

#include <stdlib.h>

#include "base/vec.h"

/* More than this helps nobody and could fill memory on a hostile input. */
enum { MOST_DIAGNOSTICS = 200 };

Diagnostics diagnostics_new(Arena *arena) { return (Diagnostics){ .arena = arena }; }

void diagnostics_add(Diagnostics *list, Diagnostic diagnostic) {
    if (diagnostic.severity == SEVERITY_ERROR) list->errors++;
    if (list->count >= MOST_DIAGNOSTICS) return;
    diagnostic.message = str_copy(list->arena, diagnostic.message);
    diagnostic.hint = str_copy(list->arena, diagnostic.hint);
    diagnostic.file = str_copy(list->arena, diagnostic.file);
    vec_push(list->arena, list, diagnostic);
}

/* ---- order ---- */

typedef struct Place {
    size_t file, number; /* the number of the first diagnostic of the file; of this one */
    uint32_t offset;
} Place;

static int compare_places(const void *a, const void *b) {
    const Place *x = a, *y = b;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    if (x->offset != y->offset) return x->offset < y->offset ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* That of the one before, mostly. */
static size_t first_of_file(const Diagnostics *list, const Place *places, size_t first,
                            size_t number) {
    Str file = list->items[number].file;
    if (number > first && str_equal(list->items[number - 1].file, file))
        return places[number - 1 - first].file;
    for (size_t i = first; i < number; i++)
        if (str_equal(list->items[i].file, file)) return i;
    return number;
}

void diagnostics_sort(Diagnostics *list, size_t first) {
    if (list->count <= first + 1) return;
    size_t count = list->count - first;
    Place *places = arena_array(list->arena, count, sizeof *places);
    for (size_t i = 0; i < count; i++)
        places[i] = (Place){ first_of_file(list, places, first, first + i), i,
                             list->items[first + i].span.offset };
    qsort(places, count, sizeof *places, compare_places);
    Diagnostic *sorted = arena_copy(list->arena, list->items + first, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) list->items[first + i] = sorted[places[i].number];
}

/* ---- text as a terminal may show it ---- */

/* The length of the UTF-8 character at `at`; 0 when the bytes are none. */
static size_t character_length(Str s, size_t at) {
    unsigned char first = (unsigned char)s.data[at];
    size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3
                  : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > s.length) return 0;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)s.data[at + i] & 0xC0) != 0x80) return 0;
    return length;
}

/* Control characters and bytes that are no UTF-8 are shown as '?', so that no input can give
 * orders to a terminal. */
static void add_shown(Buffer *out, Str s) {
    for (size_t at = 0; at < s.length;) {
        size_t length = character_length(s, at);
        bool control = (unsigned char)s.data[at] < ' ' || s.data[at] == 0x7F;
        bool shown = length != 0 && (!control || s.data[at] == '\t');
        if (shown) buffer_add(out, str_slice(s, at, at + length));
        else buffer_add_char(out, '?');
        at += length == 0 ? 1 : length;
    }
}

/* ---- the source line ---- */

/* Of a very long line only what stands around the place is shown. */
enum { SHOWN_BEFORE = 60, SHOWN_AFTER = 100 };

static size_t line_begin(Str text, size_t at) {
    size_t from = at;
    while (from > 0 && text.data[from - 1] != '\n' && at - from < SHOWN_BEFORE) from--;
    while (from < at && ((unsigned char)text.data[from] & 0xC0) == 0x80) from++;
    return from;
}

static size_t line_end(Str text, size_t at) {
    size_t to = at;
    while (to < text.length && text.data[to] != '\n' && text.data[to] != '\r' &&
           to - at < SHOWN_AFTER)
        to++;
    while (to > at && to < text.length && ((unsigned char)text.data[to] & 0xC0) == 0x80) to--;
    return to;
}

static void add_indent(Buffer *out, Str before) {
    for (size_t at = 0; at < before.length;) {
        size_t length = character_length(before, at);
        buffer_add_char(out, before.data[at] == '\t' ? '\t' : ' ');
        at += length == 0 ? 1 : length;
    }
}

static void render_source(const Diagnostic *d, Str text, bool colour, Buffer *out) {
    if (d->span.offset > text.length) return;
    size_t at = d->span.offset, from = line_begin(text, at), to = line_end(text, at);
    if (from == to) return;
    buffer_format(out, "%5u | ", d->span.line);
    add_shown(out, str_slice(text, from, to));
    buffer_add_text(out, "\n      | ");
    add_indent(out, str_slice(text, from, at));
    size_t carets = d->span.length < to - at ? d->span.length : to - at;
    if (colour) buffer_add_text(out, "\x1b[1;31m");
    for (size_t i = 0; i < (carets == 0 ? 1 : carets); i++) buffer_add_char(out, '^');
    if (colour) buffer_add_text(out, "\x1b[0m");
    buffer_add_char(out, '\n');
}

void diagnostic_render(const Diagnostic *d, Str text, bool colour, Buffer *out) {
    bool error = d->severity == SEVERITY_ERROR;
    const char *mark = error ? "\x1b[1;31m" : "\x1b[1;33m";
    if (d->file.length != 0) buffer_format(out, "%.*s:", STR_ARGS(d->file));
    if (d->span.line != 0) buffer_format(out, "%u:%u:", d->span.line, d->span.column);
    if (d->file.length != 0 || d->span.line != 0) buffer_add_char(out, ' ');
    buffer_format(out, "%s%s%s: ", colour ? mark : "", error ? "error" : "warning",
                  colour ? "\x1b[0m" : "");
    add_shown(out, d->message);
    buffer_format(out, " [%s]\n", d->code);
    if (d->span.line != 0) render_source(d, text, colour, out);
    if (d->hint.length == 0) return;
    buffer_add_text(out, "  hint: ");
    add_shown(out, d->hint);
    buffer_add_char(out, '\n');
}
