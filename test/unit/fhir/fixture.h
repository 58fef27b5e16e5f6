/* fixture.h - a record and an evaluation for the tests of src/fhir. */
#ifndef ISLET_TEST_FHIR_FIXTURE_H
#define ISLET_TEST_FHIR_FIXTURE_H

#include "fhir/fhir.h"
#include "fhir/record.h"

#include "check.h"

static JsonReader *reader;
static Arena *arena;
static Diagnostic error;
static Str error_resource;
static Eval eval;

static inline void fixture_open(void) {
    reader = json_reader_new();
    arena = arena_new(64 << 20);
}

static inline int fixture_close(void) {
    arena_free(arena);
    json_reader_free(reader);
    return check_report();
}

static inline Record *read_record(const char *text) {
    arena_reset(arena);
    eval = (Eval){ .arena = arena, .nodes = fhir_r4.nodes };
    return record_read(reader, arena, STR("test.json"), 1, str_from(text), &error, &error_resource);
}

/* A record of Patient p1 and the resources written. */
static inline Record *read_resources(const char *resources) {
    static char text[20000];
    snprintf(text, sizeof text,
             "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
             "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"birthDate\":\"1960-02-03\"}}%s]}",
             resources);
    Record *record = read_record(text);
    if (record == NULL) printf("%.*s\n", STR_ARGS(error.message));
    return record;
}

/* "Observation.component.value" of the first Observation: steps of get, first of lists. */
static inline Value get_path(Value value, const char *path) {
    char step[64];
    while (*path != '\0') {
        size_t length = strcspn(path, ".");
        snprintf(step, sizeof step, "%.*s", (int)length, path);
        path += length + (path[length] == '.');
        ModelProperty property;
        if (value.tag == TAG_LIST)
            value = value.list->count > 0 ? value.list->items[0] : value_null();
        if (value.tag != TAG_NODE ||
            !fhir_r4.find_property((ModelType)value.aux, str_from(step), &property))
            return value_null();
        if (!fhir_r4.get(&eval, value, property.id, &value)) return value_null();
    }
    return value;
}

static inline Value retrieve_codes(const Record *record, const char *type, Value codes,
                                   bool filtered) {
    Retrieve r = { .codes = codes };
    Value result = value_null();
    if (!fhir_r4.find_class(str_from(type), &r.type)) return result;
    if (filtered) fhir_r4.primary_code(r.type, &r.path);
    const Source *source = record_source(record);
    if (!source->retrieve(source->self, &eval, &r, &result)) return value_null();
    return result;
}

static inline Value retrieve_all(const Record *record, const char *type) {
    return retrieve_codes(record, type, value_null(), false);
}

static inline Value first_of(const Record *record, const char *type) {
    Value list = retrieve_all(record, type);
    return list.tag == TAG_LIST && list.list->count > 0 ? list.list->items[0] : value_null();
}

#endif
