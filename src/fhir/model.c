/* model.c - the tables as the Model that the language asks.
 *
 * Names are found by open addressing in tables that tools/make-fhir-model fills by the
 * same hash: change one, change both. */
#include "fhir/model.h"

#include <string.h>

#include "fhir/fhir.h"
#include "fhir/make.h"

/* Length and five bytes spread over the name: no loop, no branch, few collisions among
 * the names of FHIR.  The name is not empty. */
static uint32_t name_hash(Str name) {
    const unsigned char *c = (const unsigned char *)name.data;
    size_t size = name.length;
    uint64_t word = (uint64_t)c[0] | (uint64_t)c[size / 4] << 8 | (uint64_t)c[size / 2] << 16 |
                    (uint64_t)c[size * 3 / 4] << 24 | (uint64_t)c[size - 1] << 32 |
                    (uint64_t)(size & 255) << 40;
    return (uint32_t)(word * 0x9E3779B97F4A7C15u >> 40);
}

uint16_t fhir_symbol(Str key) {
    if (key.length == 0) return 0;
    uint32_t slot = name_hash(key) & fhir_symbol_mask;
    for (uint16_t symbol; (symbol = fhir_symbol_slots[slot]) != 0;) {
        Str name = fhir_symbols[symbol];
        if (name.length == key.length && memcmp(name.data, key.data, key.length) == 0)
            return symbol;
        slot = (slot + 1) & fhir_symbol_mask;
    }
    return 0;
}

/* Is it FHIR's name for what codes an element may have, such as ObservationStatus? */
static bool names_codes(Str name) {
    uint32_t low = 0, high = fhir_code_name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(name, str_from(fhir_code_names[middle]));
        if (order == 0) return true;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return false;
}

bool fhir_find_class(Str name, ModelType *out) {
    if (name.length == 0) return false;
    uint32_t slot = name_hash(name) & fhir_class_mask;
    for (uint16_t number; (number = fhir_class_slots[slot]) != 0;) {
        *out = (ModelType)(number - 1);
        if (str_is(name, fhir_classes[*out].name)) return true;
        slot = (slot + 1) & fhir_class_mask;
    }
    *out = CLASS_code;
    return names_codes(name);
}

static bool is_class(ModelType type) { return type < fhir_class_count; }

static ModelType base_of(ModelType type) {
    return is_class(type) ? fhir_classes[type].base : MODEL_NO_TYPE;
}

bool fhir_is_a(ModelType type, ModelType base) {
    while (type != base && type != MODEL_NO_TYPE) type = base_of(type);
    return type == base;
}

static const char *class_name(ModelType type) {
    return is_class(type) ? fhir_classes[type].name : "";
}

static bool is_resource(ModelType type) { return is_class(type) && fhir_classes[type].resource; }

uint16_t fhir_find_element(ModelType type, Str name) {
    for (; is_class(type); type = fhir_classes[type].base) {
        uint32_t end = (uint32_t)fhir_classes[type].first_element + fhir_classes[type].element_count;
        for (uint32_t i = fhir_classes[type].first_element; i < end; i++)
            if (str_is(name, fhir_elements[i].name)) return (uint16_t)i;
    }
    return NO_ELEMENT;
}

ModelProperty fhir_property(uint16_t element) {
    const FhirElement *e = &fhir_elements[element];
    return (ModelProperty){ .id = element, .list = e->list, .type_count = e->type_count,
                            .types = fhir_element_types + e->first_type };
}

static bool find_property(ModelType type, Str name, ModelProperty *out) {
    uint16_t element = fhir_find_element(type, name);
    if (element == NO_ELEMENT) return false;
    *out = fhir_property(element);
    return true;
}

static const char *property_name(ModelType type, uint32_t index) {
    for (; is_class(type); type = fhir_classes[type].base) {
        if (index < fhir_classes[type].element_count)
            return fhir_elements[fhir_classes[type].first_element + index].name;
        index -= fhir_classes[type].element_count;
    }
    return NULL;
}

static bool primary_code(ModelType type, ModelProperty *out) {
    if (!is_class(type) || fhir_classes[type].primary_code == NO_ELEMENT) return false;
    *out = fhir_property(fhir_classes[type].primary_code);
    return true;
}

const Model fhir_r4 = {
    .name = "FHIR",
    .version = "4.0.1",
    .helpers = "FHIRHelpers",
    .patient_class = CLASS_Patient,
    .birth_date = ELEMENT_Patient_birthDate,
    .find_class = fhir_find_class,
    .class_name = class_name,
    .base = base_of,
    .is_resource = is_resource,
    .find_property = find_property,
    .property_name = property_name,
    .primary_code = primary_code,
    .conversions = fhir_conversions,
    .conversion_count = FHIR_CONVERSION_COUNT,
    .get = fhir_get,
    .memo_size = FHIR_ELEMENT_COUNT * sizeof(FhirPlace),
    .make = fhir_make,
    .nodes = &fhir_node_operators,
};
