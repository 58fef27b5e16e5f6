/* diagnostic.c - the list of diagnostics and its form for people. */
#include "base/diagnostic.h"

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

static Str line_at(Str text, uint32_t offset) {
    if (offset > text.length) return (Str){ "", 0 };
    size_t from = offset, to = offset;
    while (from > 0 && text.data[from - 1] != '\n') from--;
    while (to < text.length && text.data[to] != '\n' && text.data[to] != '\r') to++;
    return str_slice(text, from, to);
}

static void render_source(const Diagnostic *d, Str text, bool colour, Buffer *out) {
    Str line = line_at(text, d->span.offset);
    if (line.length == 0) return;
    buffer_format(out, "%5u | %.*s\n      | ", d->span.line, STR_ARGS(line));
    for (uint32_t i = 1; i < d->span.column && i <= line.length; i++) {
        unsigned char c = (unsigned char)line.data[i - 1];
        if (c == '\t') buffer_add_char(out, '\t');
        else if ((c & 0xC0) != 0x80) buffer_add_char(out, ' '); /* one per character */
    }
    size_t room = line.length + 1 > d->span.column ? line.length + 1 - d->span.column : 1;
    size_t carets = d->span.length < room ? d->span.length : room;
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
    buffer_format(out, "%s%s%s: %.*s [%s]\n", colour ? mark : "", error ? "error" : "warning",
                  colour ? "\x1b[0m" : "", STR_ARGS(d->message), d->code);
    if (d->span.line != 0) render_source(d, text, colour, out);
    if (d->hint.length != 0) buffer_format(out, "  hint: %.*s\n", STR_ARGS(d->hint));
}
