/* study_fuzz.c - any text as studies of a registry, XML or JSON: read, with every warning, and
 * written.  Nothing may crash or hang, and what is written is JSON. */
#include <stdint.h>
#include <stdlib.h>

#include "trial/study.h"

static void check_json(JsonReader *reader, Arena *arena, Str text) {
    Diagnostic error;
    if (json_parse(reader, arena, text, NULL, &error) == NULL) abort();
}

static void read_studies(JsonReader *reader, Arena *arena, Str text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    StudyFile file;
    if (!study_file_read(&file, arena, reader, STR("fuzz"), text, &diagnostics)) return;
    for (uint32_t i = 0; i < file.count && i < 20; i++) {
        Study study;
        Buffer out = buffer_new(arena);
        if (!study_read(&file, i, &study, &diagnostics)) continue;
        study_write_fhir(&file, i, &study, &out, &diagnostics);
        check_json(reader, arena, buffer_str(&out));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static JsonReader *reader;
    if (reader == NULL) reader = json_reader_new();
    Arena *arena = arena_new(128 << 20);
    const Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) read_studies(reader, arena, text);
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
