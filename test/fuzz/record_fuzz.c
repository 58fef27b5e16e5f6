/* record_fuzz.c - any text as a record: every resource retrieved, every property read,
 * every conversion tried, every warning made.  Nothing may crash or hang. */
#include <stdint.h>
#include <string.h>

#include "fhir/fhir.h"
#include "fhir/record.h"

typedef struct Visit {
    Eval eval;
    uint32_t budget; /* properties still to read */
} Visit;

static void visit_value(Visit *v, Value value, unsigned depth);

static void convert(Visit *v, Value node) {
    for (uint32_t i = 0; i < fhir_r4.conversion_count; i++) {
        const ModelConversion *c = &fhir_r4.conversions[i];
        Value result = value_null();
        if (c->from != node.aux) continue;
        v->eval.error_code = NULL;
        c->convert(&v->eval, &node, &result);
    }
}

static void visit_node(Visit *v, Value node, unsigned depth) {
    const char *name;
    convert(v, node);
    fhir_r4.nodes->to_text(&v->eval, node);
    fhir_r4.nodes->equal(&v->eval, node, node);
    for (uint32_t i = 0; (name = fhir_r4.property_name((ModelType)node.aux, i)) != NULL; i++) {
        ModelProperty property;
        Value value = value_null();
        if (v->budget == 0) return;
        v->budget--;
        if (!fhir_r4.find_property((ModelType)node.aux, str_from(name), &property)) continue;
        v->eval.error_code = NULL;
        if (fhir_r4.get(&v->eval, node, property.id, &value)) visit_value(v, value, depth + 1);
    }
}

static void visit_value(Visit *v, Value value, unsigned depth) {
    if (depth > 20) return;
    if (value.tag == TAG_NODE) visit_node(v, value, depth);
    for (uint32_t i = 0; value.tag == TAG_LIST && i < value.list->count; i++)
        visit_value(v, value.list->items[i], depth);
}

static void ignore(void *self, const Json *resource, const char *code, Str message) {
    (void)self, (void)resource, (void)code, (void)message;
}

static void visit_record(Visit *v, const Record *record) {
    const Source *source = record_source(record);
    Retrieve all = { .codes = value_null() };
    Value result = value_null();
    visit_value(v, source->context(source->self, &v->eval), 0);
    fhir_r4.find_class(STR("Resource"), &all.type);
    if (source->retrieve(source->self, &v->eval, &all, &result)) visit_value(v, result, 0);
    Retrieve coded = { .codes = value_code(v->eval.arena, (Code){ .code = STR("x") }) };
    fhir_r4.find_class(STR("Observation"), &coded.type);
    fhir_r4.primary_code(coded.type, &coded.path);
    source->retrieve(source->self, &v->eval, &coded, &result);
    record_warnings(record, v->eval.arena, ignore, NULL);
}

static void read_record(JsonReader *reader, Arena *arena, Str text) {
    Diagnostic error;
    Str resource;
    Record *record = record_read(reader, arena, STR("fuzz"), 1, text, &error, &resource);
    Visit visit = { .eval = { .arena = arena, .nodes = fhir_r4.nodes }, .budget = 20000 };
    if (record != NULL) visit_record(&visit, record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static JsonReader *reader;
    if (reader == NULL) reader = json_reader_new();
    Arena *arena = arena_new(128 << 20);
    const Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) read_record(reader, arena, text);
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
