/* locate.c - the line and column of a value, counted when something is said about it. */
#include "reason/locate.h"

#include <string.h>

static Span span_of(Str text, const Json *at) {
    Span span = { 1, 1, 0, 1 };
    if (at == NULL) return span;
    uint32_t mark = text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    span.offset = at->offset + mark;
    span.length = at->kind == JSON_STRING ? at->count + 2 : at->kind == JSON_NUMBER ? at->count : 1;
    for (uint32_t i = mark; i < span.offset && i < text.length; i++) {
        span.column++;
        if (text.data[i] != '\n') continue;
        span.line++;
        span.column = 1;
    }
    return span;
}

static void add(const JsonFile *file, Severity severity, const Json *at, const char *code,
                Str message, Str hint) {
    diagnostics_add(file->diagnostics,
                    (Diagnostic){ .severity = severity, .code = code, .message = message,
                                  .hint = hint, .file = file->name,
                                  .span = span_of(file->text, at) });
}

void json_file_report(const JsonFile *file, const Json *at, const char *code, Str message,
                      Str hint) {
    add(file, SEVERITY_ERROR, at, code, message, hint);
}

void json_file_warn(const JsonFile *file, const Json *at, const char *code, Str message,
                    Str hint) {
    add(file, SEVERITY_WARNING, at, code, message, hint);
}
