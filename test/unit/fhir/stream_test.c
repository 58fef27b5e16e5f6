/* stream_test.c - records one after the other: NDJSON, one Bundle, and what is too long. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/record.h"

#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static Arena *arena;
static Diagnostic error;
static char path[64];

static RecordStream *open_text(const char *text, size_t length, size_t max_record) {
    strcpy(path, "/tmp/islet-stream-XXXXXX");
    int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "wb");
    fwrite(text, 1, length, file);
    fclose(file);
    return record_stream_open(arena, str_from(path), max_record, &error);
}

static void close_text(RecordStream *stream) {
    record_stream_close(stream);
    unlink(path);
}

/* The stream as "LINE:TEXT" for each record, "LINE!CODE" for each error. */
static Str all_of(const char *text, size_t max_record) {
    Buffer out = buffer_new(arena);
    RecordStream *stream = open_text(text, strlen(text), max_record);
    Str record;
    uint32_t line = 0;
    for (int i = 0; i < 20; i++) {
        int got = record_stream_next(stream, &record, &line, &error);
        if (got == 0) break;
        if (got < 0) buffer_format(&out, "-%s;", error.code);
        else if (record.data == NULL) buffer_format(&out, "%u!%s;", error.span.line, error.code);
        else buffer_format(&out, "%u:%.*s;", line, STR_ARGS(record));
    }
    close_text(stream);
    return buffer_str(&out);
}

static void a_record_a_line(void) {
    CHECK_STR(all_of("{\"a\":1}\n{\"b\":2}\n", 100), "1:{\"a\":1};2:{\"b\":2};");
    CHECK_STR(all_of("{\"a\":1}\n\n \n{\"b\":2}", 100), "1:{\"a\":1};4:{\"b\":2};");
    CHECK_STR(all_of("{\"a\":1}\r\n{\"b\":2}\r\n", 100), "1:{\"a\":1}\r;2:{\"b\":2}\r;");
}

static void one_record_over_many_lines(void) {
    CHECK_STR(all_of("\n{\n \"a\": 1\n}\n", 100), "2:{\n \"a\": 1\n}\n;");
    CHECK_STR(all_of("{\"entry\":[\n{\"a\":1},\n{\"b\":2}\n]}", 100),
              "1:{\"entry\":[\n{\"a\":1},\n{\"b\":2}\n]};");
    CHECK_STR(all_of("{\n\"a\":\n{\"b\":\n2}}", 100), "1:{\n\"a\":\n{\"b\":\n2}};");
}

static void a_first_line_cut_off_is_one_bad_record(void) {
    CHECK_STR(all_of("{\"a\":1,\"b\n{\"a\":2}\n", 100), "1:{\"a\":1,\"b;2:{\"a\":2};");
    CHECK_STR(all_of("{\"a\":[1,\n{\"resourceType\": \"Bundle\"}\n", 100),
              "1:{\"a\":[1,;2:{\"resourceType\": \"Bundle\"};");
    CHECK_STR(all_of("{\"a\":[1,", 100), "1:{\"a\":[1,;");
    CHECK_STR(all_of("nonsense\n{\"a\":1}\n", 100), "1:nonsense;2:{\"a\":1};");
}

static void a_bad_line_does_not_swallow_the_next(void) {
    CHECK_STR(all_of("{\"a\":1}\n{\"b\":\n{\"c\":3}\n", 100), "1:{\"a\":1};2:{\"b\":;3:{\"c\":3};");
}

static void too_long_a_record_is_skipped(void) {
    CHECK_STR(all_of("{\"a\":1}\n{\"b\":\"0123456789\"}\n{\"c\":3}\n", 10),
              "1:{\"a\":1};2!record-too-large;3:{\"c\":3};");
    CHECK_STR(all_of("{\"b\":\"0123456789\"}\n{\"c\":3}\n", 10), "1!record-too-large;2:{\"c\":3};");
    CHECK_STR(all_of("{\n\"b\":\n\"0123456789\"}\n", 10), "1!record-too-large;");
}

static void too_long_a_line_streams_past(void) {
    size_t length = 8 << 20;
    char *text = malloc(length + 8);
    memset(text, 'x', length);
    strcpy(text + length, "\n{}\n");
    RecordStream *stream = open_text(text, length + 4, 1 << 20);
    free(text);
    Str record;
    uint32_t line;
    CHECK(record_stream_next(stream, &record, &line, &error) == 1 && record.data == NULL);
    CHECK(record_stream_next(stream, &record, &line, &error) == 1 && line == 2);
    CHECK_STR(record, "{}");
    CHECK(record_stream_next(stream, &record, &line, &error) == 0);
    close_text(stream);
}

static void an_empty_file_is_an_error(void) {
    CHECK_STR(all_of("", 100), "-empty-file;");
    CHECK_STR(all_of(" \n\n", 100), "-empty-file;");
}

static void a_missing_file_and_a_folder_are_errors(void) {
    CHECK(record_stream_open(arena, STR("/nonexistent/x.json"), 100, &error) == NULL);
    CHECK(strcmp(error.code, "cannot-read") == 0);
    RecordStream *stream = record_stream_open(arena, STR("/tmp"), 100, &error);
    Str record;
    uint32_t line;
    if (stream == NULL) return;
    CHECK(record_stream_next(stream, &record, &line, &error) == -1);
    CHECK(strcmp(error.code, "cannot-read") == 0);
    record_stream_close(stream);
}

int main(void) {
    arena = arena_new(8 << 20);
    RUN(a_record_a_line);
    RUN(one_record_over_many_lines);
    RUN(a_first_line_cut_off_is_one_bad_record);
    RUN(a_bad_line_does_not_swallow_the_next);
    RUN(too_long_a_record_is_skipped);
    RUN(too_long_a_line_streams_past);
    RUN(an_empty_file_is_an_error);
    RUN(a_missing_file_and_a_folder_are_errors);
    arena_free(arena);
    return check_report();
}
