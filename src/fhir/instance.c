/* instance.c - a FHIR instance as JSON: reading its properties.
 *
 * An element stands under its JSON name; a choice element under one name for each type;
 * the id and extensions of a primitive under the name with "_" before it.  Lists come
 * out as Lists always.  What the text does not have is null. */
#include "fhir/fhir.h"
#include "fhir/model.h"

ModelType fhir_actual_class(ModelType type, const Json *json) {
    ModelType found;
    const Json *name = fhir_member(json, SYMBOL_RESOURCETYPE);
    if (name == NULL || name->kind != JSON_STRING) return type;
    return fhir_find_class(json_text(name), &found) && fhir_classes[found].resource ? found : type;
}

Value fhir_resource(const Json *resource) {
    ModelType type;
    const Json *name = fhir_member(resource, SYMBOL_RESOURCETYPE);
    if (name == NULL || name->kind != JSON_STRING) return value_null();
    if (!fhir_find_class(json_text(name), &type) || !fhir_classes[type].resource)
        return value_null();
    return (Value){ .tag = TAG_NODE, .aux = type, .node = resource };
}

const Json *fhir_node_extras(Value node) {
    if (node.flags == NODE_PAIRED) return ((const FhirPair *)node.node)->sibling;
    const Json *json = node.node;
    return json->kind == JSON_OBJECT ? json : NULL;
}

static bool is_present(const Json *json) { return json != NULL && json->kind != JSON_NULL; }

static Value paired_node(Arena *arena, ModelType type, const Json *value, const Json *sibling) {
    if (!is_present(sibling)) return fhir_node(type, value);
    FhirPair pair = { is_present(value) ? value : NULL, sibling };
    return (Value){ .tag = TAG_NODE, .flags = NODE_PAIRED, .aux = type,
                    .node = arena_copy(arena, &pair, sizeof pair) };
}

/* What an object has of one element: the value, its sibling, its type. */
typedef struct Found {
    const Json *value, *sibling;
    ModelType type;
} Found;

static void match_member(const FhirElement *element, const Json *item, Found *found) {
    for (uint16_t i = 0; i < element->type_count; i++) {
        uint16_t key = fhir_element_keys[element->first_type + i];
        if (item->symbol == key) found->value = item;
        else if (item->symbol == fhir_siblings[key]) found->sibling = item;
        else continue;
        found->type = fhir_element_types[element->first_type + i];
        return;
    }
}

static Found find_members(const FhirElement *element, const Json *object) {
    Found found = { NULL, NULL, MODEL_NO_TYPE };
    for (uint32_t i = 0; i < object->count; i++)
        if (object->items[i].symbol != 0) match_member(element, &object->items[i], &found);
    return found;
}

/* The member under a key, of which an object has one at most. */
static const Json *find_key(const Eval *eval, const FhirElement *element, const Json *object) {
    uint16_t key = fhir_element_keys[element->first_type];
    if (eval->memo == NULL) return fhir_member(object, key);
    FhirPlace *place = (FhirPlace *)eval->memo + (element - fhir_elements);
    if (*place < object->count && object->items[*place].symbol == key) return &object->items[*place];
    const Json *value = fhir_member(object, key);
    if (value != NULL) *place = (FhirPlace)(value - object->items);
    return value;
}

static const Json *find_choice(const FhirElement *element, const Json *object, ModelType *type) {
    const Json *value = NULL;
    for (uint32_t i = 0; i < object->count; i++) {
        uint16_t symbol = object->items[i].symbol;
        if (fhir_key_stems[symbol] != element->stem) continue;
        for (uint32_t k = element->first_type; k < element->first_type + element->type_count; k++) {
            if (fhir_element_keys[k] != symbol) continue;
            value = &object->items[i];
            *type = fhir_element_types[k];
            break;
        }
    }
    return value;
}

/* The value in an object without siblings. */
static const Json *find_value(const Eval *eval, const FhirElement *element, const Json *object,
                              ModelType *type) {
    *type = fhir_element_types[element->first_type];
    return element->stem == 0 ? find_key(eval, element, object)
                              : find_choice(element, object, type);
}

/* A System type stands bare: an element's id, an extension's url. */
static bool make_value(Eval *eval, ModelType type, const Json *value, const Json *sibling,
                       Value *result) {
    if (type < MODEL_SYSTEM) {
        *result = paired_node(eval->arena, type, value, sibling);
        return true;
    }
    if (value->kind != JSON_STRING)
        return fhir_fail(eval, value, "fhir-value", "must be a string");
    *result = value_string(json_text(value));
    return true;
}

static const Json *list_item(const Json *list, uint32_t index) {
    bool there = list != NULL && list->kind == JSON_ARRAY && index < list->count;
    return there ? &list->items[index] : NULL;
}

static bool make_list(Eval *eval, const Found *found, Value *result) {
    const Json *values = found->value, *siblings = found->sibling;
    if (is_present(values) && values->kind != JSON_ARRAY)
        return fhir_fail(eval, values, "fhir-list", "must be a list");
    uint32_t count = values != NULL ? values->count : 0;
    if (siblings != NULL && siblings->kind == JSON_ARRAY && siblings->count > count)
        count = siblings->count;
    Value *items = arena_alloc(eval->arena, count * sizeof *items);
    uint32_t made = 0;
    for (uint32_t i = 0; i < count; i++) {
        const Json *value = list_item(values, i), *sibling = list_item(siblings, i);
        if (!is_present(value) && !is_present(sibling)) continue;
        if (!make_value(eval, found->type, value, sibling, &items[made++])) return false;
    }
    List *list = arena_alloc(eval->arena, sizeof *list);
    *list = (List){ made, items };
    *result = (Value){ .tag = TAG_LIST, .list = list };
    return true;
}

static bool get_of_object(Eval *eval, const Json *object, const FhirElement *element,
                          Value *result) {
    Found found = { NULL, NULL, MODEL_NO_TYPE };
    if (object->paired) found = find_members(element, object);
    else found.value = find_value(eval, element, object, &found.type);
    if (element->list) return make_list(eval, &found, result);
    if (!is_present(found.value) && !is_present(found.sibling)) return true;
    if (found.value != NULL && found.value->kind == JSON_ARRAY)
        return fhir_fail(eval, found.value, "fhir-list", "must be a single value, not a list");
    return make_value(eval, found.type, found.value, found.sibling, result);
}

/* Of a primitive, its value or what its sibling has. */
static bool get_of_primitive(Eval *eval, Value node, const FhirElement *element, Value *result) {
    static const Json nothing = { .kind = JSON_OBJECT };
    if (fhir_classes[element->owner].value_tag != TAG_NULL)
        return fhir_primitive_value(eval, node, result);
    const Json *object = fhir_node_extras(node);
    bool there = object != NULL && object->kind == JSON_OBJECT;
    return get_of_object(eval, there ? object : &nothing, element, result);
}

bool fhir_get(Eval *eval, Value node, uint32_t property, Value *result) {
    *result = value_null();
    if (node.tag != TAG_NODE || property >= fhir_element_count) return true;
    const FhirElement *element = &fhir_elements[property];
    if (node.aux < fhir_class_count && fhir_classes[node.aux].value_tag != TAG_NULL)
        return get_of_primitive(eval, node, element, result);
    const Json *object = fhir_node_json(node);
    if (object == NULL || object->kind != JSON_OBJECT)
        return fhir_fail(eval, object, "fhir-object", "must be an object");
    return get_of_object(eval, object, element, result);
}
