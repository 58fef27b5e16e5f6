/* path_fuzz.c - any text as a FHIRPath expression: compiled and, where that is possible, evaluated
 * on a small resource.  Nothing may crash, hang or grow past its limits; an expression that is
 * refused has an error, and an error at run time has a code and a message. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cql/path.h"
#include "fhir/fhir.h"
#include "value/print.h"
#include "value/time.h"

enum { MEMORY = 64 << 20 };

static const char resource_text[] =
    "{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1960-02\",\"active\":true,"
    "\"name\":[{\"given\":[\"A\",\"B\"],\"family\":\"C\"},{\"given\":[\"D\"]}],"
    "\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\"}],"
    "\"managingOrganization\":{\"reference\":\"#o\"},\"multipleBirthInteger\":2,"
    "\"extension\":[{\"url\":\"u\",\"valueQuantity\":{\"value\":1.5,\"code\":\"mg\"}}]}";

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "path: %s\n", what);
    abort();
}

static Value read_resource(Arena *arena) {
    Diagnostic error;
    JsonReader *reader = json_reader_new();
    require(reader != NULL, "no memory for a reader");
    const Json *json = json_parse(reader, arena, str_from(resource_text), fhir_symbol, &error);
    json_reader_free(reader);
    require(json != NULL, "the resource is refused");
    return fhir_resource(json);
}

static void check_path(Arena *arena, const char *type, Str text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    const Path *path = path_compile(arena, &fhir_r4, str_from(type), STR("fuzz"), text,
                                    &diagnostics);
    require((path == NULL) == (diagnostics.errors > 0), "refused without an error");
    if (path == NULL) return;
    TimeParts parts = { 2026, 1, 15, 12, 0, 0, 0 };
    Eval eval = { .arena = arena, .nodes = fhir_r4.nodes,
                  .now = time_make_datetime(parts, PRECISION_MILLISECOND, 0) };
    Value result;
    Buffer out = buffer_new(arena);
    if (path_evaluate(path, &eval, NULL, read_resource(arena), &result))
        value_print(&eval, result, &out);
    else
        require(eval.error_code != NULL && eval.error_message.length > 0,
                "an error that says nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(MEMORY);
    if (arena == NULL) return 0;
    Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) {
        check_path(arena, "Patient", text);
        check_path(arena, "", text);
    }
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
