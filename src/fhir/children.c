/* children.c - the values of all elements of an instance, those of its base classes first. */
#include "base/vec.h"
#include "fhir/fhir.h"
#include "fhir/model.h"

enum { MOST_BASES = 8 };

typedef VEC(Value) Values;

static bool add_element(Eval *eval, Value node, uint16_t element, Values *out) {
    Value value;
    if (!fhir_get(eval, node, element, &value)) return false;
    if (value.tag == TAG_LIST) {
        for (uint32_t i = 0; i < value.list->count; i++)
            vec_push(eval->arena, out, value.list->items[i]);
    } else if (!value_is_null(value)) {
        vec_push(eval->arena, out, value);
    }
    return true;
}

bool fhir_children(Eval *eval, Value node, Value *result) {
    ModelType chain[MOST_BASES];
    uint32_t depth = 0;
    Values out = { 0 };
    for (ModelType type = (ModelType)node.aux; type < fhir_class_count && depth < MOST_BASES;
         type = fhir_classes[type].base)
        chain[depth++] = type;
    while (depth > 0) {
        const FhirClass *class = &fhir_classes[chain[--depth]];
        for (uint16_t i = 0; i < class->element_count; i++)
            if (!add_element(eval, node, (uint16_t)(class->first_element + i), &out)) return false;
    }
    *result = value_list(eval->arena, out.items, (uint32_t)out.count);
    return true;
}
