/* clinic_model.h - a small data model for the tests of the checker: a Person, Results and
 * Stays, with wrapped primitives that convert to System types. */
#ifndef ISLET_TEST_CLINIC_MODEL_H
#define ISLET_TEST_CLINIC_MODEL_H

#include <string.h>

#include "cql/model.h"

enum { CLINIC_ELEMENT, CLINIC_PERSON, CLINIC_NAME, CLINIC_RESULT, CLINIC_STAY, CLINIC_text,
       CLINIC_token, CLINIC_day, CLINIC_moment, CLINIC_flag, CLINIC_number, CLINIC_AMOUNT,
       CLINIC_CODED, CLINIC_SPAN, CLINIC_CLASS_COUNT };

static const struct { const char *name; ModelType base; bool resource; } clinic_classes[] = {
    { "Element", MODEL_NO_TYPE, false },
    { "Person", MODEL_NO_TYPE, true },
    { "Name", CLINIC_ELEMENT, false },
    { "Result", MODEL_NO_TYPE, true },
    { "Stay", MODEL_NO_TYPE, true },
    { "text", CLINIC_ELEMENT, false },
    { "token", CLINIC_text, false },
    { "day", CLINIC_ELEMENT, false },
    { "moment", CLINIC_ELEMENT, false },
    { "flag", CLINIC_ELEMENT, false },
    { "number", CLINIC_ELEMENT, false },
    { "Amount", CLINIC_ELEMENT, false },
    { "Coded", CLINIC_ELEMENT, false },
    { "Span", CLINIC_ELEMENT, false },
};

static const struct { ModelType owner; const char *name; bool list; ModelType types[3]; }
    clinic_properties[] = {
        { CLINIC_ELEMENT, "id", false, { MODEL_SYSTEM + TAG_STRING } },
        { CLINIC_PERSON, "birth", false, { CLINIC_day } },
        { CLINIC_PERSON, "name", true, { CLINIC_NAME } },
        { CLINIC_PERSON, "dead", false, { CLINIC_flag, CLINIC_moment } },
        { CLINIC_NAME, "family", false, { CLINIC_text } },
        { CLINIC_NAME, "given", true, { CLINIC_text } },
        { CLINIC_RESULT, "code", false, { CLINIC_CODED } },
        { CLINIC_RESULT, "status", false, { CLINIC_token } },
        { CLINIC_RESULT, "value", false, { CLINIC_AMOUNT, CLINIC_text, CLINIC_number } },
        { CLINIC_RESULT, "taken", false, { CLINIC_moment, CLINIC_SPAN } },
        { CLINIC_RESULT, "issued", false, { CLINIC_moment } },
        { CLINIC_STAY, "period", false, { CLINIC_SPAN } },
        { CLINIC_STAY, "kind", false, { CLINIC_CODED } },
        { CLINIC_text, "value", false, { MODEL_SYSTEM + TAG_STRING } },
        { CLINIC_day, "value", false, { MODEL_SYSTEM + TAG_DATE } },
        { CLINIC_AMOUNT, "value", false, { MODEL_SYSTEM + TAG_DECIMAL } },
        { CLINIC_AMOUNT, "unit", false, { CLINIC_text } },
};
enum { CLINIC_PROPERTY_COUNT = sizeof clinic_properties / sizeof *clinic_properties };

static bool clinic_find_class(Str name, ModelType *out) {
    for (*out = 0; *out < CLINIC_CLASS_COUNT; ++*out)
        if (str_is(name, clinic_classes[*out].name)) return true;
    return false;
}

static const char *clinic_class_name(ModelType type) {
    return type < CLINIC_CLASS_COUNT ? clinic_classes[type].name : "";
}

static ModelType clinic_base(ModelType type) {
    return type < CLINIC_CLASS_COUNT ? clinic_classes[type].base : MODEL_NO_TYPE;
}

static bool clinic_is_resource(ModelType type) {
    return type < CLINIC_CLASS_COUNT && clinic_classes[type].resource;
}

static ModelProperty clinic_property(uint32_t row) {
    ModelProperty property = { .id = row, .list = clinic_properties[row].list, .type_count = 1,
                               .types = clinic_properties[row].types };
    while (property.type_count < 3 && property.types[property.type_count] != 0)
        property.type_count++;
    return property;
}

static bool clinic_find_property(ModelType type, Str name, ModelProperty *out) {
    for (; type != MODEL_NO_TYPE; type = clinic_base(type))
        for (uint32_t i = 0; i < CLINIC_PROPERTY_COUNT; i++)
            if (clinic_properties[i].owner == type && str_is(name, clinic_properties[i].name)) {
                *out = clinic_property(i);
                return true;
            }
    return false;
}

static const char *clinic_property_name(ModelType type, uint32_t index) {
    for (; type != MODEL_NO_TYPE; type = clinic_base(type))
        for (uint32_t i = 0; i < CLINIC_PROPERTY_COUNT; i++)
            if (clinic_properties[i].owner == type && index-- == 0)
                return clinic_properties[i].name;
    return NULL;
}

/* Results are filtered by their code; Stays say nothing. */
static bool clinic_primary_code(ModelType type, ModelProperty *out) {
    return type == CLINIC_RESULT && clinic_find_property(type, STR("code"), out);
}

static bool clinic_convert(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = arguments[0];
    return true;
}

static const ModelConversion clinic_conversions[] = {
    { CLINIC_text, "System.String", "ToString", clinic_convert, false },
    { CLINIC_day, "System.Date", "ToDate", clinic_convert, false },
    { CLINIC_moment, "System.DateTime", "ToDateTime", clinic_convert, false },
    { CLINIC_flag, "System.Boolean", "ToBoolean", clinic_convert, false },
    { CLINIC_number, "System.Integer", "ToInteger", clinic_convert, false },
    { CLINIC_AMOUNT, "System.Quantity", "ToQuantity", clinic_convert, false },
    { CLINIC_AMOUNT, "Interval<System.Quantity>", "ToInterval", clinic_convert, true },
    { CLINIC_CODED, "System.Concept", "ToConcept", clinic_convert, false },
    { CLINIC_SPAN, "Interval<System.DateTime>", "ToInterval", clinic_convert, false },
};

static const Model clinic_model = {
    .name = "Clinic",
    .version = "1",
    .helpers = "ClinicHelpers",
    .patient_class = CLINIC_PERSON,
    .birth_date = 1,
    .find_class = clinic_find_class,
    .class_name = clinic_class_name,
    .base = clinic_base,
    .is_resource = clinic_is_resource,
    .find_property = clinic_find_property,
    .property_name = clinic_property_name,
    .primary_code = clinic_primary_code,
    .conversions = clinic_conversions,
    .conversion_count = sizeof clinic_conversions / sizeof *clinic_conversions,
};

#endif
