/* model_test.c - FHIR R4 as the language sees it: classes, elements, codes. */
#include "fhir/fhir.h"
#include "fhir/model.h"

#include "check.h"

static ModelType class_of(const char *name) {
    ModelType type;
    return fhir_r4.find_class(str_from(name), &type) ? type : MODEL_NO_TYPE;
}

static ModelProperty property(const char *class_name, const char *name) {
    ModelProperty p = { 0 };
    if (!fhir_r4.find_property(class_of(class_name), str_from(name), &p)) p.type_count = 0;
    return p;
}

static void finds_classes_by_name(void) {
    CHECK(class_of("Observation") != MODEL_NO_TYPE && class_of("observation") == MODEL_NO_TYPE);
    CHECK(class_of("Observation.Component") != MODEL_NO_TYPE);
    CHECK(class_of("Timing.Repeat") != MODEL_NO_TYPE && class_of("code") != MODEL_NO_TYPE);
    CHECK(class_of("") == MODEL_NO_TYPE && class_of("Nothing") == MODEL_NO_TYPE);
    for (uint16_t i = 0; i < fhir_class_count; i++)
        CHECK(class_of(fhir_classes[i].name) == i);
}

static void classes_have_bases(void) {
    CHECK(fhir_r4.base(class_of("Observation")) == class_of("DomainResource"));
    CHECK(fhir_r4.base(class_of("DomainResource")) == class_of("Resource"));
    CHECK(fhir_r4.base(class_of("Resource")) == MODEL_NO_TYPE);
    CHECK(fhir_r4.base(class_of("code")) == class_of("string"));
    CHECK(fhir_r4.base(class_of("Observation.Component")) == class_of("BackboneElement"));
    CHECK(fhir_is_a(class_of("Age"), class_of("Quantity")));
    CHECK(!fhir_is_a(class_of("Quantity"), class_of("Age")));
}

static void only_resources_are_retrieved(void) {
    CHECK(fhir_r4.is_resource(class_of("Observation")));
    CHECK(!fhir_r4.is_resource(class_of("Quantity")));
    CHECK(!fhir_r4.is_resource(class_of("Observation.Component")));
}

static void elements_know_list_and_types(void) {
    CHECK(property("Observation", "category").list && !property("Observation", "code").list);
    CHECK(property("Observation", "value").type_count == 11);
    CHECK(property("Observation", "status").types[0] == class_of("code"));
    CHECK(property("Observation", "component").types[0] == class_of("Observation.Component"));
    CHECK(property("Observation.Component", "referenceRange").types[0] ==
          class_of("Observation.ReferenceRange"));
    CHECK(property("Extension", "value").type_count > 40);
    CHECK(property("Observation", "valueQuantity").type_count == 0);
}

static void elements_are_inherited(void) {
    CHECK(property("Observation", "id").types[0] == class_of("id"));
    CHECK(property("Observation", "contained").types[0] == class_of("Resource"));
    CHECK(property("Observation.Component", "modifierExtension").list);
    CHECK(property("code", "value").types[0] == MODEL_SYSTEM + TAG_STRING);
    CHECK(property("code", "extension").list);
    CHECK(property("positiveInt", "value").types[0] == MODEL_SYSTEM + TAG_INTEGER);
}

static void names_every_property_once(void) {
    uint32_t count = 0, codes = 0;
    for (const char *name; (name = fhir_r4.property_name(class_of("Observation"), count)); count++)
        codes += strcmp(name, "code") == 0;
    CHECK(count == 32 && codes == 1);
}

static void resources_have_primary_codes(void) {
    static const char *const expected[][2] = {
        { "Observation", "code" }, { "Condition", "code" }, { "Immunization", "vaccineCode" },
        { "MedicationRequest", "medication" }, { "Encounter", "type" }, { "CarePlan", "category" },
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        ModelProperty p;
        CHECK(fhir_r4.primary_code(class_of(expected[i][0]), &p));
        CHECK(strcmp(fhir_elements[p.id].name, expected[i][1]) == 0);
    }
    ModelProperty p;
    CHECK(!fhir_r4.primary_code(class_of("Patient"), &p));
}

static void every_symbol_is_found_again(void) {
    for (uint16_t i = 1; i <= fhir_symbol_count; i++) CHECK(fhir_symbol(fhir_symbols[i]) == i);
    CHECK(fhir_symbol(STR("")) == 0 && fhir_symbol(STR("notAnElement")) == 0);
    CHECK(fhir_symbol(STR("x")) == 0 && fhir_symbol(STR("valueQuantit")) == 0);
}

static void birth_date_is_the_patients(void) {
    ModelProperty p = property("Patient", "birthDate");
    CHECK(fhir_r4.patient_class == class_of("Patient") && fhir_r4.birth_date == p.id);
}

static void value_sets_of_codes_name_the_class_code(void) {
    ModelType code, found;
    CHECK(fhir_r4.find_class(STR("code"), &code));
    CHECK(fhir_r4.find_class(STR("ObservationStatus"), &found) && found == code);
    CHECK(fhir_r4.find_class(STR("AccountStatus"), &found) && found == code);
    CHECK(fhir_r4.find_class(STR("XPathUsageType"), &found) && found == code);
    CHECK(!fhir_r4.find_class(STR("observationstatus"), &found));
    CHECK(!fhir_r4.find_class(STR("ObservationStatu"), &found));
}

int main(void) {
    RUN(finds_classes_by_name);
    RUN(classes_have_bases);
    RUN(only_resources_are_retrieved);
    RUN(elements_know_list_and_types);
    RUN(elements_are_inherited);
    RUN(names_every_property_once);
    RUN(resources_have_primary_codes);
    RUN(every_symbol_is_found_again);
    RUN(birth_date_is_the_patients);
    RUN(value_sets_of_codes_name_the_class_code);
    return check_report();
}
