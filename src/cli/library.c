/* library.c - see library.h. */
#include "cli/library.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fhir/fhir.h"
#include "reason/guideline.h"

enum { MAX_BYTES = 64 << 20, CHUNK = 64 << 10 };

static bool refuse(Diagnostics *diagnostics, const char *path, const char *reason) {
    diagnostics_add(diagnostics, (Diagnostic){
        .severity = SEVERITY_ERROR, .code = "cannot-read", .file = str_from(path),
        .message = str_format(diagnostics->arena, "cannot read the file: %s", reason),
        .hint = STR("give the path of a CQL file"), .span = { 1, 1, 0, 1 } });
    return false;
}

static bool read_stream(Arena *arena, FILE *file, Str *text) {
    Buffer buffer = buffer_new(arena);
    char chunk[CHUNK];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;) {
        if (buffer.length + got > MAX_BYTES) return errno = EFBIG, false;
        buffer_add(&buffer, (Str){ chunk, got });
    }
    *text = buffer_str(&buffer);
    return ferror(file) == 0;
}

bool read_file(Arena *arena, const char *path, Str *text, Diagnostics *diagnostics) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return refuse(diagnostics, path, strerror(errno));
    bool sound = read_stream(arena, file, text);
    fclose(file);
    return sound || refuse(diagnostics, path, strerror(errno));
}

/* Where included libraries are looked for. */
typedef struct Places {
    Str beside; /* the folder of the file, with its slash; empty: here */
    const Words *folders;
    LibraryFinder embedded;
} Places;

static bool find_file(Arena *arena, Str path, Str *file, Str *text) {
    Diagnostics unheard = diagnostics_new(arena);
    *file = path;
    return read_file(arena, str_to_c(arena, path), text, &unheard);
}

static bool find_in(Arena *arena, Str folder, Str name, Str version, Str *file, Str *text) {
    const char *slash =
        folder.length == 0 || folder.data[folder.length - 1] == '/' ? "" : "/";
    Str stem = str_format(arena, "%.*s%s%.*s", STR_ARGS(folder), slash, STR_ARGS(name));
    if (find_file(arena, str_format(arena, "%.*s.cql", STR_ARGS(stem)), file, text)) return true;
    Str versioned = str_format(arena, "%.*s-%.*s.cql", STR_ARGS(stem), STR_ARGS(version));
    return version.length != 0 && find_file(arena, versioned, file, text);
}

static bool find_library(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    const Places *places = self;
    if (find_in(arena, places->beside, name, version, file, text)) return true;
    for (int i = 0; i < places->folders->count; i++)
        if (find_in(arena, str_from(places->folders->items[i]), name, version, file, text))
            return true;
    return places->embedded.find(places->embedded.self, arena, name, version, file, text);
}

static Str folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? STR("") : (Str){ path, (size_t)(slash - path) + 1 };
}

Program *compile_file(Arena *arena, const char *path, const Words *folders, bool traced,
                      Diagnostics *diagnostics) {
    Str text;
    if (!read_file(arena, path, &text, diagnostics)) return NULL;
    Places places = { folder_of(path), folders, guideline_embedded_libraries() };
    LibraryFinder finder = { &places, find_library };
    return (traced ? program_compile_traced : program_compile)(arena, &fhir_r4, &finder,
                                                               str_from(path), text, diagnostics);
}
