/* guideline_fuzz.c - any text as one of the files of a small guideline, which one the first byte
 * says: loaded, or refused with errors; where it is loaded, a record is planned by it. */
#define _XOPEN_SOURCE 700
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "reason/apply.h"
#include "value/time.h"

#define TINY ISLET_SOURCE_DIR "/test/guideline/tiny"

static const char record_text[] =
    "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\","
    "\"id\":\"p\"}},{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"s\",\"code\":"
    "{\"coding\":[{\"system\":\"https://example.org/codes\",\"code\":\"size\"}]},\"valueQuantity\""
    ":{\"value\":9,\"code\":\"mm\",\"system\":\"http://unitsofmeasure.org\"}}}]}";

static const char *const files[] = { "guideline.json", "plans/four.json", "plans/other.json",
                                     "activities/all.json", "terms/colours.json",
                                     "cql/Tiny.cql", "cql/TinyFacts.cql" };
enum { FILES = sizeof files / sizeof *files, LARGEST = 1 << 16 };
static char folder[] = "/tmp/islet-guideline-XXXXXX";

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "guideline: %s\n", what);
    abort();
}

static void remove_folder(void) {
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    if (system(command) != 0) fprintf(stderr, "%s is left\n", folder);
}

static void make_folder(void) {
    char command[4096];
    require(mkdtemp(folder) != NULL && atexit(remove_folder) == 0, "no temporary folder");
    snprintf(command, sizeof command, "cp -r %s/. %s", TINY, folder);
    require(system(command) == 0, "the guideline cannot be copied");
}

static void write_file(const char *name, const void *data, size_t size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    require(file != NULL && fwrite(data, 1, size, file) == size, "no room for the file");
    fclose(file);
}

static void restore_file(const char *name) {
    char path[4096], text[LARGEST];
    snprintf(path, sizeof path, "%s/%s", TINY, name);
    FILE *file = fopen(path, "rb");
    require(file != NULL, "the guideline is not there");
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    write_file(name, text, size);
}

static void plan(Arena *arena, const Guideline *guideline) {
    RecordInput input = { STR("fuzz"), str_from(record_text), 1, 1 };
    PlannerOptions options = { .as_of = time_date(2026, 6, 1), .all_rules = true, .explain = true };
    RecordError error;
    Buffer out = buffer_new(arena);
    Planner *planner = planner_new(guideline, options);
    require(planner != NULL, "no memory for a planner");
    const Plan *made = planner_plan(planner, &input, &error);
    require(made != NULL || error.diagnostic.message.length > 0, "refused without a word");
    if (made != NULL) {
        plan_write_json(made, &out);
        plan_write_fhir(made, &out);
        plan_write_text(made, (TextStyle){ .width = 80, .explain = true }, &out);
    }
    planner_free(planner);
}

static void load_and_plan(Arena *arena) {
    Diagnostics mistakes = diagnostics_new(arena);
    const Guideline *guideline = guideline_load_folder(arena, str_from(folder), &mistakes);
    require((guideline == NULL) == (mistakes.errors > 0), "refused without an error");
    if (guideline != NULL) plan(arena, guideline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool made;
    if (size == 0) return 0;
    if (!made) make_folder();
    made = true;
    const char *name = files[data[0] % FILES];
    write_file(name, data + 1, size - 1);
    Arena *arena = arena_new(256 << 20);
    if (setjmp(*arena_guard(arena)) == 0) load_and_plan(arena);
    arena_unguard(arena);
    arena_free(arena);
    restore_file(name);
    return 0;
}
