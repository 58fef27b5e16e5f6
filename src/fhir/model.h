/* model.h - the tables behind fhir_r4, and instances as JSON; for src/fhir only.
 *
 * A class is a row of fhir_classes; its own elements are a run of fhir_elements; the
 * alternatives of a choice element are a run of fhir_element_types and, beside it, of
 * fhir_element_keys: the symbol of the JSON name under which that type stands.  A
 * property's id is its place in fhir_elements. */
#ifndef ISLET_FHIR_MODEL_H
#define ISLET_FHIR_MODEL_H

#include "cql/model.h"
#include "fhir/model_table.h"
#include "json/json.h"

enum { NO_ELEMENT = 0xFFFF };

typedef struct FhirClass {
    const char *name;
    ModelType base;
    uint16_t first_element, element_count;
    uint16_t primary_code; /* the element by which a retrieve filters, or NO_ELEMENT */
    uint8_t value_tag;     /* a primitive: the Tag of its value; else TAG_NULL */
    bool resource;
} FhirClass;

typedef struct FhirElement {
    const char *name;
    uint16_t first_type, type_count;
    ModelType owner;
    bool list;
    uint8_t stem; /* of a choice, what fhir_key_stems says of its keys; else 0 */
} FhirElement;

/* Where a resource may name a patient in whose compartment it then is: a path of
 * symbols, 0 after the last. */
typedef struct FhirCompartment {
    ModelType type;
    uint16_t path[3];
} FhirCompartment;

extern const FhirClass fhir_classes[];
extern const uint16_t fhir_class_count;
extern const FhirElement fhir_elements[];
extern const uint32_t fhir_element_count;
extern const ModelType fhir_element_types[];
extern const uint16_t fhir_element_keys[];
extern const Str fhir_symbols[];
extern const uint16_t fhir_symbol_count;
extern const uint16_t fhir_symbol_slots[];
extern const uint32_t fhir_symbol_mask;
extern const char *const fhir_code_names[]; /* value sets whose codes are of the class code */
extern const uint16_t fhir_code_name_count;
extern const uint16_t fhir_siblings[];
extern const uint8_t fhir_key_stems[]; /* by symbol: the number of "value" for "valueQuantity" */
extern const uint16_t fhir_class_slots[];
extern const uint32_t fhir_class_mask;
extern const FhirCompartment fhir_patient_compartment[];
extern const uint32_t fhir_patient_compartment_count;

/* The class of that name; false when FHIR has none. */
bool fhir_find_class(Str name, ModelType *out);
bool fhir_is_a(ModelType type, ModelType base);
/* The element of a class or its bases; NO_ELEMENT when it has none. */
uint16_t fhir_find_element(ModelType type, Str name);
ModelProperty fhir_property(uint16_t element);

/* The member of an object with that symbol; NULL when absent. */
static inline const Json *fhir_member(const Json *object, uint16_t symbol) {
    if (object == NULL || object->kind != JSON_OBJECT) return NULL;
    for (uint32_t i = 0; i < object->count; i++)
        if (object->items[i].symbol == symbol) return &object->items[i];
    return NULL;
}

/* Its text; empty when it is absent or no string. */
static inline Str fhir_member_text(const Json *object, uint16_t symbol) {
    const Json *member = fhir_member(object, symbol);
    if (member == NULL || member->kind != JSON_STRING) return (Str){ "", 0 };
    return (Str){ member->text, member->count };
}

/* A primitive with its sibling "_name", which carries id and extensions; flags of its
 * Value is NODE_PAIRED.  Other nodes point at their Json. */
enum { NODE_PLAIN = 0, NODE_PAIRED = 1 };
typedef struct FhirPair {
    const Json *value, *sibling; /* either may be NULL, not both */
} FhirPair;

/* Eval.memo: of each element the place among the members where it was found last.  Objects of one
 * class mostly have the same members in the same order. */
typedef uint16_t FhirPlace;

/* The class that a resource says it is; `type`, where it says none. */
ModelType fhir_actual_class(ModelType type, const Json *json);

static inline Value fhir_node(ModelType type, const Json *json) {
    if (type == CLASS_Resource || type == CLASS_DomainResource)
        type = fhir_actual_class(type, json);
    return (Value){ .tag = TAG_NODE, .aux = type, .node = json };
}
/* The JSON of a node; NULL for a primitive that has only a sibling. */
static inline const Json *fhir_node_json(Value node) {
    if (node.flags == NODE_PAIRED) return ((const FhirPair *)node.node)->value;
    return (const Json *)node.node;
}
/* The JSON that holds id and extension of a node; NULL: none. */
const Json *fhir_node_extras(Value node);

/* Model.get (instance.c). */
bool fhir_get(Eval *eval, Value node, uint32_t property, Value *result);
/* The System value of a primitive: its property `value` (primitive.c). */
bool fhir_primitive_value(Eval *eval, Value node, Value *result);
/* Records a run-time error that names the place of `json` in its resource:
 * "Observation/ki67: valueQuantity.value ..." (place.c). */
bool fhir_fail(Eval *eval, const Json *json, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* NodeOperators.children (children.c). */
bool fhir_children(Eval *eval, Value node, Value *result);
extern const NodeOperators fhir_node_operators;   /* compare.c */
enum { FHIR_CONVERSION_COUNT = 48 };
extern const ModelConversion fhir_conversions[]; /* conversion.c */

#endif
