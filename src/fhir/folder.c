/* folder.c - see folder.h.  Names that start with a point are left out, as ls does. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"

bool folder_is(const char *path) {
    struct stat about;
    return path[0] != '\0' && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool ends_with(Str name, const char *end, Str *rest) {
    Str suffix = str_from(end);
    if (name.length <= suffix.length) return false;
    size_t from = name.length - suffix.length;
    *rest = str_slice(name, 0, from);
    return str_equal(str_slice(name, from, name.length), suffix);
}

static bool holds_data(const char *path) {
    Str name = str_from(path), rest;
    if (name.data[0] == '.') return false;
    if (ends_with(name, ".gz", &rest) || ends_with(name, ".zst", &rest)) name = rest;
    return ends_with(name, ".json", &rest) || ends_with(name, ".ndjson", &rest) ||
           ends_with(name, ".jsonl", &rest);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void close_folder(void *folder) { closedir(folder); }

bool folder_list(Arena *arena, const char *path, FilePaths *files) {
    size_t before = files->count;
    DIR *folder = opendir(path);
    if (folder == NULL) return false;
    Kept *open = arena_keep(arena, folder, close_folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!holds_data(entry->d_name)) continue;
        const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
        Str full = str_format(arena, "%s%s%s", path, slash, entry->d_name);
        vec_push(arena, files, str_to_c(arena, full));
    }
    arena_release(open);
    if (files->count > before)
        qsort(files->items + before, files->count - before, sizeof *files->items, compare_names);
    return true;
}
