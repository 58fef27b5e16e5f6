/* compare.c - equality of instances, and how one is printed.
 *
 * Two instances are equal when they are of one class and have the same elements with the
 * same content, whatever their order in the text; numbers are compared as Decimals
 * where both are, so that 2.0 equals 2.  The id of an element does not count for
 * equivalence. */
#include <string.h>

#include "fhir/fhir.h"
#include "fhir/model.h"
#include "fhir/record.h"

static bool same_json(const Json *a, const Json *b);

static bool same_list(const Json *a, const Json *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_json(&a->items[i], &b->items[i])) return false;
    return true;
}

static const Json *find_same_key(const Json *object, const Json *member) {
    for (uint32_t i = 0; i < object->count; i++)
        if (str_equal(json_key(&object->items[i]), json_key(member))) return &object->items[i];
    return NULL;
}

static bool same_object(const Json *a, const Json *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const Json *other = find_same_key(b, &a->items[i]);
        if (other == NULL || !same_json(&a->items[i], other)) return false;
    }
    return true;
}

/* The digits of a number without what changes nothing: zeros after the point. */
static Str significant(Str number) {
    if (memchr(number.data, '.', number.length) == NULL ||
        memchr(number.data, 'e', number.length) != NULL ||
        memchr(number.data, 'E', number.length) != NULL)
        return number;
    while (number.data[number.length - 1] == '0') number.length--;
    if (number.data[number.length - 1] == '.') number.length--;
    return number;
}

static bool same_json(const Json *a, const Json *b) {
    if (a == b) return true;
    if (a == NULL || b == NULL || a->kind != b->kind) return false;
    switch (a->kind) {
        case JSON_STRING: return str_equal(json_text(a), json_text(b));
        case JSON_NUMBER: return str_equal(significant(json_text(a)), significant(json_text(b)));
        case JSON_ARRAY: return same_list(a, b);
        case JSON_OBJECT: return same_object(a, b);
        default: return true;
    }
}

static Value equal(Eval *eval, Value a, Value b) {
    (void)eval;
    if (a.aux != b.aux) return value_boolean(false);
    return value_boolean(same_json(fhir_node_json(a), fhir_node_json(b)) &&
                         same_json(fhir_node_extras(a), fhir_node_extras(b)));
}

static Value equivalent(Eval *eval, Value a, Value b) {
    if (a.aux == b.aux && fhir_classes[a.aux].value_tag != TAG_NULL)
        return value_boolean(same_json(fhir_node_json(a), fhir_node_json(b)));
    return equal(eval, a, b);
}

/* A resource is told apart by its id, a text by itself; of other objects the number of their
 * members must do. */
static uint32_t hash(Value node) {
    const Json *json = fhir_node_json(node);
    uint32_t result = node.aux * 31;
    if (json == NULL) return result;
    if (json->kind == JSON_STRING) return result + str_hash(json_text(json));
    if (json->kind != JSON_OBJECT) return result;
    return result + json->count + str_hash(fhir_member_text(json, SYMBOL_ID));
}

static void write_json(JsonWriter *w, const Json *json) {
    switch (json->kind) {
        case JSON_NULL: json_write_null(w); break;
        case JSON_FALSE: json_write_boolean(w, false); break;
        case JSON_TRUE: json_write_boolean(w, true); break;
        case JSON_NUMBER: json_write_number(w, json_text(json)); break;
        case JSON_STRING: json_write_str(w, json_text(json)); break;
        case JSON_ARRAY:
            json_begin_array(w);
            for (uint32_t i = 0; i < json->count; i++) write_json(w, &json->items[i]);
            json_end_array(w);
            break;
        default:
            json_begin_object(w);
            for (uint32_t i = 0; i < json->count; i++) {
                json_write_key_str(w, json_key(&json->items[i]));
                write_json(w, &json->items[i]);
            }
            json_end_object(w);
            break;
    }
}

static Str to_text(Eval *eval, Value node) {
    const Json *json = fhir_node_json(node);
    if (json == NULL) return STR("null");
    if (fhir_classes[node.aux].resource) return record_reference(eval->arena, json);
    if (json->kind == JSON_STRING) return json_text(json);
    Buffer out = buffer_new(eval->arena);
    JsonWriter writer = json_writer(&out);
    write_json(&writer, json);
    return buffer_str(&out);
}

const NodeOperators fhir_node_operators = { .equal = equal, .equivalent = equivalent, .hash = hash,
                                            .to_text = to_text, .children = fhir_children };
