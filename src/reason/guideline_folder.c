/* guideline_folder.c - the files of a guideline that stands in a folder.
 *
 * Only the places that a guideline uses are looked into, in the order of their names, so
 * that the same folder gives the same guideline everywhere. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reason/guideline_load.h"

enum { LARGEST_FILE = 64 << 20 };

static bool fail(Arena *arena, Diagnostics *diagnostics, Str name, const char *what,
                 const char *hint) {
    Str message = str_format(arena, "cannot read %.*s: %s", STR_ARGS(name), what);
    diagnostics_add(diagnostics,
                    (Diagnostic){ .severity = SEVERITY_ERROR, .code = "cannot-read",
                                  .message = message, .hint = str_from(hint), .file = name });
    return false;
}

static bool read_stream(Arena *arena, FILE *stream, Str *text) {
    Buffer content = buffer_new(arena);
    char chunk[64 * 1024];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) != 0 && content.length <= LARGEST_FILE)
        buffer_add(&content, (Str){ chunk, got });
    *text = buffer_str(&content);
    return ferror(stream) == 0;
}

static void close_file(void *stream) { fclose(stream); }

static void close_folder(void *directory) { closedir(directory); }

static bool read_file(Arena *arena, Str name, Str path, GuidelineFiles *files,
                      Diagnostics *diagnostics) {
    GuidelineFile file = { .path = path, .name = name };
    FILE *stream = fopen(str_to_c(arena, name), "rb");
    if (stream == NULL)
        return fail(arena, diagnostics, name, strerror(errno),
                    "A guideline is a folder with guideline.json, cql/, plans/, activities/ and "
                    "terms/");
    Kept *open = arena_keep(arena, stream, close_file);
    bool sound = read_stream(arena, stream, &file.text);
    arena_release(open);
    if (!sound) return fail(arena, diagnostics, name, strerror(errno), "");
    if (file.text.length > LARGEST_FILE)
        return fail(arena, diagnostics, name, "it has more than 64 MB", "Split the file");
    vec_push(arena, files, file);
    return true;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool ends_in(Str name, Str suffix) {
    return name.length > suffix.length && name.data[0] != '.' &&
           str_equal(str_slice(name, name.length - suffix.length, name.length), suffix);
}

/* The files of one sub-folder; one that is not there has none. */
static bool read_folder(Arena *arena, Str folder, const char *part, Str suffix,
                        GuidelineFiles *files, Diagnostics *diagnostics) {
    VEC(Str) names = { 0 };
    Str path = str_format(arena, "%.*s/%s", STR_ARGS(folder), part);
    DIR *directory = opendir(str_to_c(arena, path));
    if (directory == NULL && errno == ENOENT) return true;
    if (directory == NULL) return fail(arena, diagnostics, path, strerror(errno), "");
    Kept *open = arena_keep(arena, directory, close_folder);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (ends_in(str_from(entry->d_name), suffix))
            vec_push(arena, &names, str_copy(arena, str_from(entry->d_name)));
    arena_release(open);
    if (names.count != 0) qsort(names.items, names.count, sizeof *names.items, compare_names);
    bool sound = true;
    for (size_t i = 0; i < names.count; i++) {
        Str inner = str_format(arena, "%s/%.*s", part, STR_ARGS(names.items[i]));
        Str name = str_format(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(inner));
        sound &= read_file(arena, name, inner, files, diagnostics);
    }
    return sound;
}

bool folder_read(Arena *arena, Str folder, GuidelineFiles *files, Diagnostics *diagnostics) {
    static const struct { const char *part, *suffix; } parts[] = {
        { "cql", ".cql" },    { "plans", ".json" },  { "activities", ".json" },
        { "terms", ".json" }, { "trials", ".cql" },  { "trials", ".json" },
        { "measures", ".json" } };
    while (folder.length > 1 && folder.data[folder.length - 1] == '/') folder.length--;
    Str main = str_format(arena, "%.*s/guideline.json", STR_ARGS(folder));
    if (!read_file(arena, main, STR("guideline.json"), files, diagnostics)) return false;
    bool sound = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sound &= read_folder(arena, folder, parts[i].part, str_from(parts[i].suffix), files,
                             diagnostics);
    return sound;
}
