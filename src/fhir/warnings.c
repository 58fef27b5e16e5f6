/* warnings.c - what a reader of a record should know: members that FHIR does not define,
 * values of the wrong kind, numbers that the rules see rounded.
 *
 * A walk over each resource beside its class in the table.  What is found here is an
 * error only for a rule that reads it. */
#include "fhir/fhir.h"
#include "fhir/index.h"
#include "fhir/number.h"

typedef struct Path {
    const struct Path *parent;
    Str name;
} Path;

typedef struct Walk {
    Arena *arena;
    const Json *resource;
    void (*visit)(void *self, const Json *resource, const char *code, Str message);
    void *self;
} Walk;

static void walk_object(const Walk *w, const Path *path, const Json *object, ModelType type);

static void add_path(Buffer *out, const Path *path) {
    if (path == NULL) return;
    add_path(out, path->parent);
    if (path->parent != NULL) buffer_add_char(out, '.');
    buffer_add(out, path->name);
}

static void warn(const Walk *w, const Path *path, const char *code, const char *problem) {
    Buffer out = buffer_new(w->arena);
    add_path(&out, path);
    buffer_add_char(&out, ' ');
    buffer_add_text(&out, problem);
    w->visit(w->self, w->resource, code, buffer_str(&out));
}

static void check_number(const Walk *w, const Path *path, const Json *json, bool decimal) {
    Value value;
    NumberStatus status = decimal ? number_to_decimal(w->arena, json_text(json), &value)
                                  : number_to_integer(json_text(json), &value);
    if (status == NUMBER_ROUNDED)
        warn(w, path, "number-rounded",
             "has more than 8 digits after the point; the rules read it rounded to 8");
    if (status == NUMBER_OUTSIDE)
        warn(w, path, "number-outside",
             decimal ? "is outside what a Decimal holds (20 digits before the point)"
                     : "is outside what an Integer holds (32 bits)");
    if (status == NUMBER_NOT_WHOLE) warn(w, path, "wrong-kind", "must be a whole number");
}

static void check_primitive(const Walk *w, const Path *path, const Json *json, Tag tag) {
    bool number = tag == TAG_DECIMAL || tag == TAG_INTEGER;
    if (json->kind == JSON_NULL) return;
    if (number && json->kind == JSON_NUMBER) check_number(w, path, json, tag == TAG_DECIMAL);
    else if (number) warn(w, path, "wrong-kind", "must be a number");
    else if (tag == TAG_BOOLEAN && json->kind != JSON_TRUE && json->kind != JSON_FALSE)
        warn(w, path, "wrong-kind", "must be true or false");
    else if (tag != TAG_BOOLEAN && json->kind != JSON_STRING)
        warn(w, path, "wrong-kind", "must be a string");
}

static void check_value(const Walk *w, const Path *path, const Json *json, ModelType type) {
    Tag tag = type >= MODEL_SYSTEM ? (Tag)(type - MODEL_SYSTEM)
                                   : (Tag)fhir_classes[type].value_tag;
    if (tag != TAG_NULL) check_primitive(w, path, json, tag);
    else if (json->kind == JSON_OBJECT) walk_object(w, path, json, (ModelType)fhir_node(type, json).aux);
    else if (json->kind != JSON_NULL) warn(w, path, "wrong-kind", "must be an object");
}

static void check_element(const Walk *w, const Path *path, const Json *json, ModelType type,
                          bool list) {
    if (list != (json->kind == JSON_ARRAY)) {
        warn(w, path, "wrong-kind", list ? "must be a list" : "must not be a list");
        return;
    }
    if (!list) check_value(w, path, json, type);
    for (uint32_t i = 0; list && i < json->count; i++) check_value(w, path, &json->items[i], type);
}

/* The element of a class that stands under a JSON name, and its type there. */
static const FhirElement *find_by_symbol(ModelType type, uint16_t symbol, ModelType *of,
                                         bool *sibling) {
    for (; type < fhir_class_count; type = fhir_classes[type].base) {
        const FhirElement *e = &fhir_elements[fhir_classes[type].first_element];
        for (const FhirElement *end = e + fhir_classes[type].element_count; e < end; e++) {
            for (uint16_t k = 0; k < e->type_count; k++) {
                uint16_t key = fhir_element_keys[e->first_type + k];
                *of = fhir_element_types[e->first_type + k];
                *sibling = symbol == fhir_siblings[key];
                if (symbol == key || *sibling) return e;
            }
        }
    }
    return NULL;
}

static void walk_object(const Walk *w, const Path *path, const Json *object, ModelType type) {
    bool resource = fhir_is_a(type, CLASS_Resource);
    for (uint32_t i = 0; i < object->count; i++) {
        const Json *member = &object->items[i];
        Path here = { path, json_key(member) };
        ModelType of;
        bool sibling;
        if (resource && member->symbol == SYMBOL_RESOURCETYPE) continue;
        const FhirElement *element =
            member->symbol != 0 ? find_by_symbol(type, member->symbol, &of, &sibling) : NULL;
        if (element == NULL) warn(w, &here, "unknown-element", "is not an element of FHIR R4 here");
        else if (!sibling) check_element(w, &here, member, of, element->list);
    }
}

void record_warnings(const Record *record, Arena *arena,
                     void (*visit)(void *self, const Json *resource, const char *code, Str message),
                     void *self) {
    for (uint32_t i = 0; i < record->count; i++) {
        Walk walk = { arena, record->instances[i].json, visit, self };
        walk_object(&walk, NULL, record->instances[i].json, record->instances[i].type);
    }
}
