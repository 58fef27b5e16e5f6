/* islet_error.c - errors as islet.h shows them: diagnostics with their texts as C strings. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "reason/islet_parts.h"

enum { LONGEST_TEXT = 8 << 10, ERROR_MEMORY = 256 << 10 };

const char *islet_status_text(islet_status status) {
    switch (status) {
        case ISLET_OK: return "fine";
        case ISLET_INVALID: return "invalid input";
        case ISLET_NOT_FOUND: return "not found";
        case ISLET_FAILED: return "the evaluation failed";
        case ISLET_LIMIT: return "a limit was reached";
        case ISLET_NO_MEMORY: return "out of memory";
        case ISLET_WRONG_KIND: return "a value of another kind";
        case ISLET_MISUSE: return "misuse of the library";
    }
    return "unknown status";
}

const char *islet_version(void) { return ISLET_VERSION; }

/* ---- from diagnostics ---- */

/* At most LONGEST_TEXT bytes, cut before a character; empty when there is no room. */
static const char *copy_text(Arena *arena, Str text) {
    size_t length = text.length < LONGEST_TEXT ? text.length : LONGEST_TEXT;
    while (length < text.length && length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
        length--;
    char *copy = arena_try_alloc(arena, length + 1);
    if (copy == NULL) return "";
    if (length != 0) memcpy(copy, text.data, length);
    copy[length] = '\0';
    return copy;
}

static islet_error make_error(Arena *arena, islet_status status, const Diagnostic *diagnostic,
                              Str resource) {
    const Span *span = &diagnostic->span;
    return (islet_error){ .status = status,
                          .warning = diagnostic->severity == SEVERITY_WARNING,
                          .code = diagnostic->code != NULL ? diagnostic->code : "",
                          .message = copy_text(arena, diagnostic->message),
                          .hint = copy_text(arena, diagnostic->hint),
                          .file = copy_text(arena, diagnostic->file),
                          .resource = copy_text(arena, resource),
                          .line = span->line, .column = span->column, .length = span->length };
}

islet_status status_of_failure(const Diagnostic *failure, islet_status otherwise) {
    static const char *const limits[] = { "step-limit", "too-deep", "pattern-limit",
                                          "json-too-large", "record-too-large" };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (strcmp(failure->code, limits[i]) == 0) return ISLET_LIMIT;
    return otherwise;
}

/* ---- the last error ---- */

static const islet_error no_error = { ISLET_OK, false, "", "", "", "", "", 0, 0, 0 };

const islet_error *error_of_no_handle(void) {
    static const islet_error error = { ISLET_MISUSE, false, "no-handle", "there is no handle",
                                       "Look at what made it", "", "", 0, 0, 0 };
    return &error;
}

bool last_error_open(LastError *last) {
    *last = (LastError){ arena_new(ERROR_MEMORY), no_error };
    return last->arena != NULL;
}

void last_error_close(LastError *last) { arena_free(last->arena); }

islet_status last_error_set(LastError *last, islet_status status, const Diagnostic *diagnostic,
                            Str resource) {
    arena_reset(last->arena);
    last->error = make_error(last->arena, status, diagnostic, resource);
    return status;
}

islet_status last_error_say(LastError *last, islet_status status, const char *code,
                            const char *hint, const char *format, ...) {
    char message[LONGEST_TEXT + 8]; /* more than is kept, so that the cut is before a character */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    Diagnostic diagnostic = { .severity = SEVERITY_ERROR, .code = code,
                              .message = str_from(message), .hint = str_from(hint) };
    return last_error_set(last, status, &diagnostic, STR(""));
}

/* ---- lists ---- */

void error_list_add(Arena *arena, ErrorList *list, const Diagnostics *diagnostics) {
    for (size_t i = list->count; i < diagnostics->count; i++) {
        islet_error error = make_error(arena, ISLET_INVALID, &diagnostics->items[i], STR(""));
        vec_push(arena, list, error);
    }
}

void error_list_set_too_large(ErrorList *list) {
    static islet_error error = { ISLET_LIMIT, false, "too-large",
                                 "it needs more memory than it may have", "Make it smaller", "",
                                 "", 0, 0, 0 };
    *list = (ErrorList){ &error, 1, 1 };
}

const islet_error *error_list_at(const ErrorList *list, size_t index) {
    return index < list->count ? &list->items[index] : NULL;
}
