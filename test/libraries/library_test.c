/* library_test.c - evaluates a library on records and compares every define with a text.
 *
 *     library_test FOLDER/NAME.cql
 *
 * reads FOLDER/NAME.ndjson (records), FOLDER/NAME.terms.json (value sets, may be absent) and
 * FOLDER/NAME.expected: for each record a line "Patient/id", then a line "define = value" for
 * every public define, in the source's order; the value as CQL writes it, or "error: " and
 * the message.  What differs is printed.  With --print instead of comparing, all is printed.
 * Now is 2026-01-15T12:00:00.000+00:00. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cql/program.h"
#include "fhir/fhir.h"
#include "fhir/record.h"
#include "reason/terminology.h"
#include "value/print.h"
#include "value/time.h"

enum { ARENA_LIMIT = 256 * 1024 * 1024, FILE_LIMIT = 16 * 1024 * 1024 };

typedef struct Test {
    Arena *arena;
    const char *stem; /* the path without ".cql" */
    JsonReader *reader;
    Program *program;
    Terms *terms;
    Buffer out;
} Test;

static bool read_text(Arena *arena, const char *path, Str *text) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char *data = arena_alloc(arena, FILE_LIMIT);
    *text = (Str){ data, fread(data, 1, FILE_LIMIT, file) };
    fclose(file);
    return text->length < FILE_LIMIT;
}

static const char *path_with(const Test *test, const char *ending) {
    return str_to_c(test->arena, str_format(test->arena, "%s%s", test->stem, ending));
}

/* Libraries stand beside each other. */
static bool find_library(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    const Test *test = self;
    const char *slash = strrchr(test->stem, '/');
    int folder = slash == NULL ? 0 : (int)(slash - test->stem) + 1;
    (void)version;
    *file = str_format(arena, "%.*s%.*s.cql", folder, test->stem, STR_ARGS(name));
    return read_text(arena, str_to_c(arena, *file), text);
}

static bool compile(Test *test) {
    Str text;
    const char *path = path_with(test, ".cql");
    Diagnostics diagnostics = diagnostics_new(test->arena);
    LibraryFinder finder = { test, find_library };
    if (!read_text(test->arena, path, &text)) return printf("%s: cannot be read\n", path), false;
    test->program = program_compile(test->arena, &fhir_r4, &finder, str_from(path), text,
                                    &diagnostics);
    for (size_t i = 0; i < diagnostics.count; i++) {
        const Diagnostic *d = &diagnostics.items[i];
        printf("%.*s:%u:%u: %.*s (%.*s)\n", STR_ARGS(d->file), d->span.line, d->span.column,
               STR_ARGS(d->message), STR_ARGS(d->hint));
    }
    return test->program != NULL && diagnostics.count == 0;
}

static void load_terms(Test *test) {
    Str text, file = str_from(path_with(test, ".terms.json"));
    Diagnostic error;
    Diagnostics diagnostics = diagnostics_new(test->arena);
    test->terms = terms_new(test->arena);
    if (read_text(test->arena, file.data, &text)) {
        const Json *json = json_parse(test->reader, test->arena, text, NULL, &error);
        if (json != NULL) terms_add(test->terms, file, text, json, &diagnostics);
    }
    terms_finish(test->terms);
}

static bool is_shown(const Program *program, const Define *define) {
    return program_find(program, STR(""), define->name) != UINT32_MAX &&
           str_equal(program_define(program, program_find(program, STR(""), define->name))->library,
                     define->library) &&
           !define->definition->is_private;
}

static void evaluate(Test *test, Run *run, Eval *eval, uint32_t index) {
    Value value;
    Diagnostic error;
    buffer_format(&test->out, "%.*s = ", STR_ARGS(program_define(test->program, index)->name));
    if (run_define(run, index, &value, &error)) value_print(eval, value, &test->out);
    else buffer_format(&test->out, "error: %.*s", STR_ARGS(error.message));
    buffer_add_char(&test->out, '\n');
}

static void evaluate_record(Test *test, Str text, uint32_t line) {
    Diagnostic error;
    Str resource;
    Record *record = record_read(test->reader, test->arena, STR("records"), line, text, &error,
                                 &resource);
    if (record == NULL) {
        buffer_format(&test->out, "record %u: %.*s\n", line, STR_ARGS(error.message));
        return;
    }
    Terminology terminology = terms_terminology(test->terms);
    TimeParts now = { 2026, 1, 15, 12, 0, 0, 0 };
    Eval eval = { .arena = test->arena, .nodes = fhir_r4.nodes, .terms = &terminology,
                  .now = time_make_datetime(now, PRECISION_MILLISECOND, 0) };
    Run *run = run_new(test->arena, test->program, (RunLimits){ 0 });
    run_begin(run, &eval, record_source(record));
    buffer_format(&test->out, "%.*s\n", STR_ARGS(record_patient_reference(record)));
    for (uint32_t i = 0; i < program_define_count(test->program); i++)
        if (is_shown(test->program, program_define(test->program, i)))
            evaluate(test, run, &eval, i);
}

static Str take_line(Str *rest) {
    const char *end = rest->length == 0 ? NULL : memchr(rest->data, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->data);
    Str line = { rest->data, length };
    *rest = str_slice(*rest, end == NULL ? length : length + 1, rest->length);
    return line;
}

static void evaluate_records(Test *test) {
    Str text;
    if (!read_text(test->arena, path_with(test, ".ndjson"), &text)) return;
    for (uint32_t line = 1; text.length > 0; line++) {
        Str record = take_line(&text);
        if (record.length > 0) evaluate_record(test, record, line);
    }
}

/* Prints each line that differs; the number of them. */
static int compare(Str got, Str expected) {
    int differ = 0;
    while (got.length > 0 || expected.length > 0) {
        Str a = take_line(&got), b = take_line(&expected);
        if (str_equal(a, b)) continue;
        printf("got      %.*s\nexpected %.*s\n", STR_ARGS(a), STR_ARGS(b));
        differ++;
    }
    return differ;
}

static int run_test(Test *test, bool print) {
    Str expected;
    if (!compile(test)) return 1;
    load_terms(test);
    evaluate_records(test);
    Str got = buffer_str(&test->out);
    if (print) return printf("%.*s", STR_ARGS(got)), 0;
    if (got.length == 0 || !read_text(test->arena, path_with(test, ".expected"), &expected))
        return printf("%s: nothing to compare\n", test->stem), 1;
    int differ = compare(got, expected);
    printf("%s: %d lines differ\n", test->stem, differ);
    return differ != 0;
}

static int run_guarded(Test *test, bool print) {
    if (setjmp(*arena_guard(test->arena)) != 0) return printf("%s: out of memory\n", test->stem), 1;
    test->out = buffer_new(test->arena);
    return run_test(test, print);
}

int main(int count, char **arguments) {
    bool print = count == 3 && strcmp(arguments[1], "--print") == 0;
    if (count != 2 && !print) return 2;
    char *path = arguments[count - 1];
    size_t length = strlen(path);
    if (length > 4 && strcmp(path + length - 4, ".cql") == 0) path[length - 4] = '\0';
    static Test test;
    test.arena = arena_new(ARENA_LIMIT);
    test.reader = json_reader_new();
    test.stem = path;
    int status = run_guarded(&test, print);
    arena_unguard(test.arena);
    json_reader_free(test.reader);
    arena_free(test.arena);
    return status;
}
