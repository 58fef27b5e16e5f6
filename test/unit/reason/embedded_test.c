/* embedded_test.c - the guideline inside the program is the one in the folder, and sound. */
#include "reason/embedded.h"

#include <stdlib.h>

#include "check.h"
#include "reason/guideline.h"

static void every_file_is_inside_byte_by_byte(void) {
    CHECK(embedded_file_count != 0);
    for (uint32_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        char path[500];
        snprintf(path, sizeof path, "%s/guideline/%s", ISLET_SOURCE_DIR, file->path);
        FILE *stream = fopen(path, "rb");
        char *content = malloc(file->length + 2);
        size_t length = stream == NULL ? 0 : fread(content, 1, file->length + 1, stream);
        CHECK(stream != NULL && length == file->length);
        CHECK(length == file->length && memcmp(content, file->text, length) == 0);
        if (stream != NULL) fclose(stream);
        free(content);
    }
}

static void it_loads_without_a_mistake(void) {
    Arena *arena = arena_new(256 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Guideline *guideline = guideline_load_embedded(arena, STR("net"), &diagnostics);
    for (size_t i = 0; i < diagnostics.count; i++) {
        Buffer out = buffer_new(arena);
        diagnostic_render(&diagnostics.items[i], (Str){ "", 0 }, false, &out);
        printf("%.*s", STR_ARGS(buffer_str(&out)));
    }
    CHECK(guideline != NULL && diagnostics.count == 0);
    arena_free(arena);
}

static void its_libraries_can_be_included_by_others(void) {
    Arena *arena = arena_new(16 << 20);
    LibraryFinder finder = guideline_embedded_libraries();
    Str file, text;
    CHECK(finder.find(finder.self, arena, STR("Net"), STR(""), &file, &text));
    CHECK_STR(file, "net/cql/Net.cql");
    CHECK(!finder.find(finder.self, arena, STR("et"), STR(""), &file, &text));
    CHECK(!finder.find(finder.self, arena, STR("No such library"), STR(""), &file, &text));
    arena_free(arena);
}

int main(void) {
    RUN(every_file_is_inside_byte_by_byte);
    RUN(it_loads_without_a_mistake);
    RUN(its_libraries_can_be_included_by_others);
    return check_report();
}
