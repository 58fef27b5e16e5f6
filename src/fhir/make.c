/* make.c - an instance that a library makes, as JSON, like those that were read.
 *
 * The value of a primitive becomes the scalar itself, its id and extensions the object that
 * JSON has under the name with "_" before it. */
#include "fhir/make.h"

#include "base/vec.h"
#include "value/decimal.h"
#include "value/time.h"

typedef VEC(Json) Members;

/* ---- System values ---- */

static Json text_json(Str text) {
    return (Json){ .kind = JSON_STRING, .count = (uint32_t)text.length, .text = text.data };
}

static Json number_json(Arena *arena, Value number) {
    Buffer out = buffer_new(arena);
    if (number.tag == TAG_DECIMAL) decimal_print(number, &out);
    else buffer_format(&out, "%lld", (long long)number.integer);
    Json json = text_json(buffer_str(&out));
    json.kind = JSON_NUMBER;
    return json;
}

/* As FHIR writes it: a date without a time has no T, a time of day neither. */
static Json time_json(Arena *arena, Value value) {
    Buffer out = buffer_new(arena);
    time_print(value, &out);
    Str text = buffer_str(&out);
    if (text.length > 0 && text.data[text.length - 1] == 'T') text.length--;
    if (text.length > 0 && text.data[0] == 'T') text = str_slice(text, 1, text.length);
    return text_json(text);
}

static Json system_json(Arena *arena, Value value) {
    switch (value.tag) {
    case TAG_BOOLEAN: return (Json){ .kind = value.boolean ? JSON_TRUE : JSON_FALSE };
    case TAG_INTEGER:
    case TAG_LONG:
    case TAG_DECIMAL: return number_json(arena, value);
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME: return time_json(arena, value);
    case TAG_STRING: return text_json(value_str(value));
    default: return (Json){ .kind = JSON_NULL };
    }
}

/* ---- elements ---- */

/* What an item of an element is in JSON, and what stands beside a primitive. */
static Json value_json(Arena *arena, Value item) {
    if (item.tag != TAG_NODE) return system_json(arena, item);
    const Json *json = fhir_node_json(item);
    return json == NULL ? (Json){ .kind = JSON_NULL } : *json;
}

static Json sibling_json(Value item) {
    bool paired = item.tag == TAG_NODE && item.flags == NODE_PAIRED;
    const Json *json = paired ? fhir_node_extras(item) : NULL;
    return json == NULL ? (Json){ .kind = JSON_NULL } : *json;
}

static bool is_of(Value item, ModelType type) {
    if (type >= MODEL_SYSTEM) return item.tag == type - MODEL_SYSTEM;
    return item.tag == TAG_NODE && fhir_is_a((ModelType)item.aux, type);
}

/* The symbol under which an item stands: that of its type, where there are several. */
static uint16_t key_of(const FhirElement *element, Value item) {
    for (uint16_t i = 0; i < element->type_count; i++)
        if (is_of(item, fhir_element_types[element->first_type + i]))
            return fhir_element_keys[element->first_type + i];
    return fhir_element_keys[element->first_type];
}

static void add(Arena *arena, Members *members, uint16_t symbol, Json json) {
    Str key = fhir_symbols[symbol];
    json.symbol = symbol;
    json.key = key.data;
    json.key_length = (uint32_t)key.length;
    vec_push(arena, members, json);
}

static void add_single(Arena *arena, Members *members, const FhirElement *element, Value item) {
    uint16_t key = key_of(element, item);
    Json value = value_json(arena, item), sibling = sibling_json(item);
    if (value.kind != JSON_NULL) add(arena, members, key, value);
    if (sibling.kind != JSON_NULL && fhir_siblings[key] != 0)
        add(arena, members, fhir_siblings[key], sibling);
}

static Json array_json(uint32_t count, const Json *items) {
    return (Json){ .kind = JSON_ARRAY, .count = count, .items = items };
}

static void add_list(Arena *arena, Members *members, const FhirElement *element,
                     const List *list) {
    Json *values = arena_array(arena, list->count, sizeof *values);
    Json *siblings = arena_array(arena, list->count, sizeof *siblings);
    uint32_t count = 0;
    bool beside = false;
    for (uint32_t i = 0; i < list->count; i++) {
        if (value_is_null(list->items[i])) continue;
        siblings[count] = sibling_json(list->items[i]);
        beside = beside || siblings[count].kind != JSON_NULL;
        values[count++] = value_json(arena, list->items[i]);
    }
    if (count == 0) return;
    uint16_t key = fhir_element_keys[element->first_type];
    add(arena, members, key, array_json(count, values));
    if (beside && fhir_siblings[key] != 0)
        add(arena, members, fhir_siblings[key], array_json(count, siblings));
}

static void add_element(Arena *arena, Members *members, const FhirElement *element, Value value) {
    if (value_is_null(value)) return;
    if (value.tag == TAG_LIST) add_list(arena, members, element, value.list);
    else add_single(arena, members, element, value);
}

/* ---- instances ---- */

static Value object_node(Eval *eval, ModelType type, const Members *members) {
    Json object = { .kind = JSON_OBJECT, .paired = true, .count = (uint32_t)members->count,
                    .items = members->items };
    return fhir_node(type, arena_copy(eval->arena, &object, sizeof object));
}

/* A primitive: the element that all of its kind call `value`, and the others beside it. */
static Value primitive_node(Eval *eval, ModelType type, Value value, const Members *others) {
    Json scalar = system_json(eval->arena, value);
    const Json *json = arena_copy(eval->arena, &scalar, sizeof scalar);
    if (others->count == 0 && scalar.kind == JSON_NULL) return value_null();
    if (others->count == 0) return fhir_node(type, json);
    FhirPair pair = { .value = scalar.kind == JSON_NULL ? NULL : json,
                      .sibling = object_node(eval, type, others).node };
    return (Value){ .tag = TAG_NODE, .flags = NODE_PAIRED, .aux = type,
                    .node = arena_copy(eval->arena, &pair, sizeof pair) };
}

bool fhir_make(Eval *eval, ModelType type, uint32_t count, const uint32_t *properties,
               const Value *values, Value *result) {
    Members members = { 0 };
    Value own = value_null();
    bool primitive = fhir_classes[type].value_tag != TAG_NULL;
    if (fhir_classes[type].resource)
        add(eval->arena, &members, SYMBOL_RESOURCETYPE,
            text_json(str_from(fhir_classes[type].name)));
    for (uint32_t i = 0; i < count; i++) {
        const FhirElement *element = &fhir_elements[properties[i]];
        if (primitive && fhir_classes[element->owner].value_tag != TAG_NULL) own = values[i];
        else add_element(eval->arena, &members, element, values[i]);
    }
    *result = primitive ? primitive_node(eval, type, own, &members)
                        : object_node(eval, type, &members);
    return true;
}
