/* stream.c - records one after the other from a file or standard input.
 *
 * A file is NDJSON, a record a line, or a single Bundle over many lines.  The first
 * line tells: it is whole in itself, or else what follows shows whether it was cut off
 * (the next line is a record again) or goes on.  Only one record is in memory; a longer
 * one than allowed is skipped as it streams past. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fhir/input.h"
#include "fhir/record.h"

enum { CHUNK = 64 * 1024, MESSAGE_BYTES = 64 * 1024 };

struct RecordStream {
    Arena *arena;    /* the caller's */
    Arena *messages; /* about records that are too long, until the next call */
    Input *input;
    Str name;
    char *data; /* data[start .. end) is read and not yet given out */
    size_t start, end, capacity;
    size_t max_record;
    uint32_t line; /* number of the line at `start` */
    bool at_end;   /* nothing more to read from the file */
    bool begun;    /* the first record was given out */
    bool over;
};

static int fail(RecordStream *s, Diagnostic *error, const char *code, Str message,
                const char *hint, int outcome) {
    *error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = code, .message = message,
                           .hint = str_from(hint), .file = s->name,
                           .span = { s->line, 1, 0, 1 } };
    if (outcome < 0) s->over = true;
    return outcome;
}

static int fail_reason(RecordStream *s, const char *reason, Diagnostic *error) {
    return fail(s, error, "cannot-read",
                str_format(s->arena, "cannot read %.*s: %s", STR_ARGS(s->name), reason),
                "give a file with a FHIR Bundle, or NDJSON with a Bundle a line", -1);
}

static int fail_read(RecordStream *s, Diagnostic *error) {
    const char *reason = input_error(s->input);
    return fail_reason(s, reason != NULL ? reason : strerror(ENOMEM), error);
}

RecordStream *record_stream_open(Arena *arena, Str path, size_t max_record, Diagnostic *error) {
    RecordStream *s = arena_alloc_zeroed(arena, sizeof *s);
    *s = (RecordStream){ .arena = arena, .line = 1, .max_record = max_record };
    s->name = str_is(path, "-") ? STR("standard input") : str_copy(arena, path);
    s->messages = arena_new(MESSAGE_BYTES);
    s->input = s->messages != NULL ? input_open(str_to_c(arena, path)) : NULL;
    if (s->input != NULL) return s;
    fail_reason(s, strerror(errno), error);
    arena_free(s->messages);
    return NULL;
}

void record_stream_close(RecordStream *s) {
    if (s == NULL) return;
    input_close(s->input);
    arena_free(s->messages);
    free(s->data);
    s->data = NULL;
}

uint64_t record_stream_position(const RecordStream *s) { return input_position(s->input); }

/* Reads a chunk more behind `end`.  False: an error, or no memory. */
static bool fill(RecordStream *s) {
    if (s->start > 0 && (s->start == s->end || s->capacity - s->end < CHUNK)) {
        memmove(s->data, s->data + s->start, s->end - s->start);
        s->end -= s->start;
        s->start = 0;
    }
    if (s->capacity - s->end < CHUNK) {
        size_t larger = s->capacity + s->capacity / 2 + 2 * CHUNK;
        char *moved = realloc(s->data, larger);
        if (moved == NULL) return false;
        s->data = moved;
        s->capacity = larger;
    }
    size_t got;
    bool sound = input_read(s->input, s->data + s->end, CHUNK, &got);
    s->end += got;
    s->at_end = got < CHUNK;
    return sound;
}

static size_t available(const RecordStream *s) { return s->end - s->start; }

/* Looks for the end of the line at `start`.  *length: up to the newline, or what there
 * is when the line is longer than allowed (*whole false). */
static bool find_line(RecordStream *s, size_t *length, bool *whole) {
    size_t seen = 0;
    *whole = true;
    for (;;) {
        const char *from = s->data + s->start + seen;
        const char *newline = available(s) > seen ? memchr(from, '\n', available(s) - seen) : NULL;
        seen = newline != NULL ? (size_t)(newline - s->data) - s->start : available(s);
        *length = seen;
        *whole = seen <= s->max_record;
        if (newline != NULL || s->at_end || !*whole) return true;
        if (!fill(s)) return false;
    }
}

/* Drops the rest of the line, chunk by chunk. */
static bool skip_line(RecordStream *s) {
    for (;;) {
        const char *newline =
            available(s) > 0 ? memchr(s->data + s->start, '\n', available(s)) : NULL;
        s->start = newline != NULL ? (size_t)(newline - s->data) + 1 : s->end;
        if (newline != NULL) s->line++;
        if (newline != NULL || s->at_end) return true;
        if (!fill(s)) return false;
    }
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* Steps over blank lines; false at a read error. */
static bool skip_blank(RecordStream *s) {
    for (;;) {
        while (s->start < s->end && is_space(s->data[s->start]))
            if (s->data[s->start++] == '\n') s->line++;
        if (s->start < s->end || s->at_end) return true;
        if (!fill(s)) return false;
    }
}

/* Do the brackets of the line close?  A line that opens none is whole as well. */
static bool is_balanced(Str line) {
    long depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        if (quoted && c == '\\') i++;
        else if (c == '"') quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[')) depth++;
        else if (!quoted && (c == '}' || c == ']')) depth--;
    }
    return depth <= 0 && !quoted;
}

/* Within a JSON text, an object on a new line follows one of these. */
static bool expects_more(Str line) {
    while (line.length > 0 && is_space(line.data[line.length - 1])) line.length--;
    return line.length > 0 && strchr("{[,:", line.data[line.length - 1]) != NULL;
}

static bool starts_bundle(Str text) {
    static const char start[] = "{\"resourceType\":\"Bundle\"";
    size_t matched = 0;
    for (size_t i = 0; i < text.length && start[matched] != '\0'; i++) {
        if (text.data[i] == ' ') continue;
        if (text.data[i] != start[matched++]) return false;
    }
    return start[matched] == '\0';
}

/* Is the file one record over many lines?  Decided by its first line and the next. */
static bool goes_on(RecordStream *s, size_t first_length, bool *failed) {
    Str first = { s->data + s->start, first_length };
    if (is_balanced(first)) return false;
    while (!s->at_end && available(s) < first_length + CHUNK)
        if (!fill(s)) {
            *failed = true;
            return false;
        }
    first.data = s->data + s->start;
    Str rest = { first.data + first_length, available(s) - first_length };
    while (rest.length > 0 && is_space(rest.data[0])) rest = str_slice(rest, 1, rest.length);
    if (rest.length == 0) return false;
    if (starts_bundle(rest)) return false;
    return rest.data[0] != '{' || expects_more(first);
}

/* Takes all up to the end of the file as the record. */
static bool take_rest(RecordStream *s, size_t *length, bool *whole) {
    while (!s->at_end && available(s) <= s->max_record)
        if (!fill(s)) return false;
    *length = available(s);
    *whole = *length <= s->max_record;
    while (!*whole && !s->at_end) {
        s->start = s->end;
        if (!fill(s)) return false;
    }
    if (!*whole) s->start = s->end;
    return true;
}

static int give_too_long(RecordStream *s, uint32_t line, Str *text, Diagnostic *error) {
    *text = (Str){ NULL, 0 };
    uint32_t now = s->line;
    s->line = line;
    int outcome = fail(s, error, "record-too-large",
                       str_format(s->messages, "the record is longer than %zu bytes and is skipped",
                                  s->max_record),
                       "raise the limit with --max-record, or split the record", 1);
    s->line = now;
    return outcome;
}

static uint32_t count_lines(Str text) {
    uint32_t lines = 0;
    while (text.length != 0) {
        const char *end = memchr(text.data, '\n', text.length);
        if (end == NULL) break;
        lines++;
        text = str_slice(text, (size_t)(end - text.data) + 1, text.length);
    }
    return lines;
}

static int give(RecordStream *s, size_t length, Str *text, uint32_t *line) {
    *text = (Str){ s->data + s->start, length };
    *line = s->line;
    s->line += count_lines(*text);
    s->start += length;
    return 1;
}

int record_stream_next(RecordStream *s, Str *text, uint32_t *line, Diagnostic *error) {
    size_t length;
    bool whole, failed = false;
    if (s->over) return 0;
    arena_reset(s->messages);
    if (!skip_blank(s)) return fail_read(s, error);
    if (available(s) == 0) {
        s->over = true;
        if (s->begun) return 0;
        return fail(s, error, "empty-file",
                    str_format(s->arena, "%.*s holds no record", STR_ARGS(s->name)),
                    "give a file with a FHIR Bundle, or NDJSON with a Bundle a line", -1);
    }
    *line = s->line;
    if (!find_line(s, &length, &whole)) return fail_read(s, error);
    if (whole && !s->begun && goes_on(s, length, &failed))
        failed = !take_rest(s, &length, &whole);
    else if (!whole)
        failed = !skip_line(s);
    if (failed) return fail_read(s, error);
    s->begun = true;
    return whole ? give(s, length, text, line) : give_too_long(s, *line, text, error);
}
