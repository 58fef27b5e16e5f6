/* program_fuzz.c - any text as a library over FHIR: compiled and, where that is possible, run
 * on a small record.  Nothing may crash, hang or grow past its limits; a program that is
 * refused has an error, and an error at run time has a code, a message and a place. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cql/program.h"
#include "fhir/fhir.h"
#include "fhir/record.h"
#include "value/print.h"
#include "value/time.h"

enum { MEMORY = 64 << 20, STEPS = 200000, DEPTH = 60 };

static const char record_text[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1960-02\"}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"a\",\"status\":\"final\","
    "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"29593-1\"}]},"
    "\"subject\":{\"reference\":\"Patient/p\"},\"effectiveDateTime\":\"2024-05\","
    "\"valueQuantity\":{\"value\":2.9,\"unit\":\"%\","
    "\"system\":\"http://unitsofmeasure.org\",\"code\":\"%\"}}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"b\",\"status\":\"amended\","
    "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"29593-1\"}]},"
    "\"subject\":{\"reference\":\"Patient/p\"},\"effectiveDateTime\":\"2024-05-03T10:00:00Z\","
    "\"valueInteger\":7}}]}";

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "program: %s\n", what);
    abort();
}

static const Record *read_record(Arena *arena) {
    Diagnostic error;
    Str resource;
    JsonReader *reader = json_reader_new();
    require(reader != NULL, "no memory for a reader");
    const Record *record = record_read(reader, arena, STR("record"), 1, str_from(record_text),
                                       &error, &resource);
    json_reader_free(reader);
    require(record != NULL, "the record is refused");
    return record;
}

static void run_all(Arena *arena, const Program *program, const Record *record) {
    TimeParts parts = { 2026, 1, 15, 12, 0, 0, 0 };
    Eval eval = { .arena = arena, .nodes = fhir_r4.nodes,
                  .now = time_make_datetime(parts, PRECISION_MILLISECOND, 0) };
    Run *run = run_new(arena, program, (RunLimits){ .steps = STEPS, .depth = DEPTH });
    run_begin(run, &eval, record_source(record));
    for (uint32_t i = 0; i < program_define_count(program); i++) {
        Value value;
        Diagnostic error;
        Buffer out = buffer_new(arena);
        if (run_define(run, i, &value, &error))
            value_print(&eval, value, &out);
        else
            require(error.code[0] != '\0' && error.message.length > 0 && error.span.line > 0,
                    "an error that says nothing");
    }
}

static void check_program(Arena *arena, Str text, const Record *record) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer out = buffer_new(arena);
    const Program *program =
        program_compile(arena, &fhir_r4, NULL, STR("fuzz"), text, &diagnostics);
    require((program == NULL) == (diagnostics.errors > 0), "refused without an error");
    if (program == NULL) return;
    program_print(program, &out);
    run_all(arena, program, record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(MEMORY);
    Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) check_program(arena, text, read_record(arena));
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
