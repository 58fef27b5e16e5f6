/* terminology_files.c - see terminology_files.h. */
#include "reason/terminology_files.h"

#include <errno.h>
#include <string.h>

#include "fhir/folder.h"
#include "fhir/input.h"

static const size_t LONGEST_FILE = (size_t)1 << 30;

typedef struct Reading {
    Arena *arena;
    JsonReader *reader;
    Terms *terms;
    Diagnostics *diagnostics;
} Reading;

static void report(Reading *r, Severity severity, const char *path, const char *code, Str message,
                   const char *hint) {
    diagnostics_add(r->diagnostics,
                    (Diagnostic){ .severity = severity, .code = code, .message = message,
                                  .hint = str_from(hint), .file = str_from(path),
                                  .span = { 1, 1, 0, 1 } });
}

static bool is_terminology(const Json *json) {
    Str type = json_text(json_get(json, "resourceType"));
    return str_is(type, "ValueSet") || str_is(type, "CodeSystem") || str_is(type, "Bundle");
}

static void read_file(Reading *r, const char *path) {
    Str text;
    const char *reason;
    Diagnostic error;
    if (!input_read_file(r->arena, path, LONGEST_FILE, &text, &reason)) {
        report(r, SEVERITY_ERROR, path, "cannot-read",
               str_format(r->arena, "cannot read the file: %s", reason),
               "give FHIR ValueSets and CodeSystems as JSON");
        return;
    }
    const Json *json = json_parse(r->reader, r->arena, text, NULL, &error);
    if (json == NULL) {
        error.file = str_from(path);
        diagnostics_add(r->diagnostics, error);
    } else if (!is_terminology(json)) {
        report(r, SEVERITY_WARNING, path, "not-terminology",
               STR("this is neither a ValueSet nor a CodeSystem, and is passed over"), "");
    } else {
        terms_add(r->terms, str_from(path), text, json, r->diagnostics);
    }
}

static void list_files(Reading *r, const char *path, FilePaths *files) {
    if (!folder_is(path)) vec_push(r->arena, files, path);
    else if (!folder_list(r->arena, path, files))
        report(r, SEVERITY_ERROR, path, "cannot-read",
               str_format(r->arena, "cannot read the folder: %s", strerror(errno)),
               "give a folder with FHIR ValueSets and CodeSystems as JSON");
}

static void free_reader(void *reader) { json_reader_free(reader); }

Terms *terms_read_files(Arena *arena, const char *path, Diagnostics *diagnostics) {
    size_t errors = diagnostics->errors;
    FilePaths files = { 0 };
    Reading reading = { .arena = arena, .terms = terms_new(arena), .diagnostics = diagnostics };
    reading.reader = json_reader_new();
    if (reading.reader == NULL) arena_give_up(arena);
    Kept *reader = arena_keep(arena, reading.reader, free_reader);
    list_files(&reading, path, &files);
    for (size_t i = 0; i < files.count; i++) read_file(&reading, files.items[i]);
    arena_release(reader);
    terms_finish(reading.terms);
    return diagnostics->errors == errors ? reading.terms : NULL;
}
