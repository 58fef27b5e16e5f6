/* trials_import.c - islet trials import: studies of a registry as ResearchStudy resources, on
 * standard output (one a line) or each in a file of its own. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/trials.h"
#include "fhir/input.h"
#include "trial/study.h"

enum { LONGEST_FILE = 256 << 20 };
static const size_t FILE_MEMORY = (size_t)4 << 30;

typedef struct Importing {
    Arena *arena; /* of one file */
    JsonReader *reader;
    const char *folder; /* NULL: standard output */
    bool failed;
    uint32_t studies, warnings;
} Importing;

static void report(Importing *importing, const Diagnostics *diagnostics) {
    for (size_t i = 0; i < diagnostics->count; i++) {
        const Diagnostic *d = &diagnostics->items[i];
        Buffer out = buffer_new(importing->arena);
        diagnostic_render(d, (Str){ "", 0 }, use_colour(true), &out);
        fwrite(out.data, 1, out.length, stderr);
        importing->warnings += d->severity == SEVERITY_WARNING ? 1 : 0;
    }
    importing->failed |= diagnostics->errors != 0;
}

static void fail_writing(Importing *importing, const char *path) {
    fprintf(stderr, "islet: cannot write %s: %s\n", path, strerror(errno));
    importing->failed = true;
}

static void write_study(Importing *importing, const Study *study, Str text) {
    if (importing->folder == NULL) {
        fwrite(text.data, 1, text.length, stdout);
        putchar('\n');
        return;
    }
    Str path = str_format(importing->arena, "%s/%.*s.json", importing->folder,
                          STR_ARGS(study->id));
    const char *name = str_to_c(importing->arena, path);
    FILE *file = fopen(name, "wb");
    if (file == NULL) {
        fail_writing(importing, name);
        return;
    }
    bool sound = fwrite(text.data, 1, text.length, file) == text.length && fputc('\n', file) != EOF;
    if (fclose(file) != 0 || !sound) fail_writing(importing, name);
}

static void import_study(Importing *importing, const StudyFile *file, uint32_t index) {
    Diagnostics diagnostics = diagnostics_new(importing->arena);
    Study study;
    if (study_read(file, index, &study, &diagnostics)) {
        Buffer out = buffer_new(importing->arena);
        study_write_fhir(file, index, &study, &out, &diagnostics);
        write_study(importing, &study, buffer_str(&out));
        importing->studies++;
    }
    report(importing, &diagnostics);
}

static void import_file(Importing *importing, const char *path) {
    Diagnostics diagnostics = diagnostics_new(importing->arena);
    StudyFile file;
    Str text;
    const char *reason;
    Str name = strcmp(path, "-") == 0 ? STR("standard input") : str_from(path);
    if (!input_read_file(importing->arena, path, LONGEST_FILE, &text, &reason)) {
        fprintf(stderr, "islet: cannot read %s: %s\n", path, reason);
        importing->failed = true;
        return;
    }
    bool sound = study_file_read(&file, importing->arena, importing->reader, name, text,
                                 &diagnostics);
    report(importing, &diagnostics);
    for (uint32_t i = 0; sound && i < file.count; i++) import_study(importing, &file, i);
}

static void import_guarded(Importing *importing, const char *path) {
    if (setjmp(*arena_guard(importing->arena))) {
        fprintf(stderr, "islet: %s needs more memory than a file may have\n    Split the file\n",
                path);
        importing->failed = true;
        return;
    }
    import_file(importing, path);
    arena_unguard(importing->arena);
}

static int import_all(Importing *importing, Arguments files) {
    importing->arena = arena_new(FILE_MEMORY);
    importing->reader = json_reader_new();
    if (importing->arena == NULL || importing->reader == NULL)
        return fputs("islet: out of memory\n", stderr), EXIT_FAILED;
    for (int i = 0; i < files.count; i++) {
        arena_reset(importing->arena);
        import_guarded(importing, files.items[i]);
    }
    if (fflush(stdout) != 0) fail_writing(importing, "standard output");
    fprintf(stderr, "%u %s imported, %u %s\n", importing->studies,
            importing->studies == 1 ? "study" : "studies", importing->warnings,
            importing->warnings == 1 ? "warning" : "warnings");
    return importing->failed ? EXIT_FAILED : EXIT_FINE;
}

int trials_import(Arguments arguments) {
    Importing importing = { 0 };
    const Option options[] = { { "--out", .value = &importing.folder } };
    if (!take_options(&arguments, options, 1)) return EXIT_USAGE;
    if (arguments.count == 0)
        return refuse_usage("trials", "expected a study: a file of ClinicalTrials.gov, or -");
    if (importing.folder != NULL && mkdir(importing.folder, 0777) != 0 && errno != EEXIST)
        return fail_writing(&importing, importing.folder), EXIT_FAILED;
    int status = import_all(&importing, arguments);
    json_reader_free(importing.reader);
    arena_free(importing.arena);
    return status;
}
