/* references_test.c - what the references between a record's resources name. */
#include "fixture.h"

#define BUNDLE(entries) "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" entries "]}"
#define ENTRY(url, resource) "{\"fullUrl\":\"" url "\",\"resource\":" resource "}"

static const char by_urn[] = BUNDLE(
    ENTRY("urn:uuid:0", "{\"resourceType\":\"Patient\"}") ","
    ENTRY("urn:uuid:1", "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"urn:uuid:0\"}}") ","
    ENTRY("urn:uuid:2", "{\"resourceType\":\"Condition\",\"id\":\"own\"}") ","
    ENTRY("urn:oid:1.2", "{\"resourceType\":\"Specimen\"}") ","
    ENTRY("http://h/Observation/o",
          "{\"resourceType\":\"Observation\",\"id\":\"o\",\"focus\":[{\"reference\":\"urn:uuid:1\"},"
          "{\"reference\":\"urn:uuid:2\"},{\"reference\":\"urn:uuid:9\"}],"
          "\"specimen\":{\"reference\":\"urn:oid:1.2\"}}"));

static Str focus_reference(const Record *record, uint32_t index) {
    const Json *focus = json_get(record_resource(record, 4), "focus");
    return json_text(json_get(&focus->items[index], "reference"));
}

static void an_urn_becomes_type_and_id(void) {
    Record *record = read_record(by_urn);
    CHECK_STR(focus_reference(record, 0), "Condition/1");
    CHECK_STR(focus_reference(record, 1), "Condition/own");
    CHECK_STR(focus_reference(record, 2), "urn:uuid:9");
}

static void an_urn_uuid_gives_the_id(void) {
    Record *record = read_record(by_urn);
    CHECK_STR(record_patient_reference(record), "Patient/0");
    CHECK_STR(record_reference(arena, record_resource(record, 1)), "Condition/1");
    CHECK_STR(record_reference(arena, record_resource(record, 2)), "Condition/own");
    CHECK_STR(record_reference(arena, record_resource(record, 3)), "Specimen");
    CHECK_STR(value_str(get_path(first_of(record, "Condition"), "id.value")), "1");
    CHECK_STR(value_str(get_path(first_of(record, "Condition"), "subject.reference.value")), "Patient/0");
}

/* Gives the id of the statement with that code; each statement is written out in full. */
static Str statement_with(const char *resources, const char *wanted) {
    Record *record = read_resources(resources);
    Value code = value_code(arena, (Code){ .system = STR("atc"), .code = str_from(wanted) });
    Value found = retrieve_codes(record, "MedicationStatement", code, true);
    return found.list->count == 0 ? STR("none") : value_str(get_path(found, "id.value"));
}

#define STATEMENT(more, reference)                                                         \
    ",{\"resource\":{\"resourceType\":\"MedicationStatement\",\"id\":\"s\"," more              \
    "\"medicationReference\":{\"reference\":\"" reference "\"}}}"
#define DRUG(id)                                                                           \
    "{\"resourceType\":\"Medication\",\"id\":\"" id "\",\"code\":{\"coding\":["                  \
    "{\"system\":\"atc\",\"code\":\"H01CB03\"}]}}"

static void a_contained_medication_has_the_code(void) {
    const char *text = STATEMENT("\"contained\":[" DRUG("x") "," DRUG("m") "],", "#m");
    CHECK_STR(statement_with(text, "H01CB03"), "s");
    CHECK_STR(statement_with(text, "H01CB02"), "none");
    CHECK_STR(statement_with(STATEMENT("\"contained\":[" DRUG("m") "],", "#n"), "H01CB03"), "none");
}

static void a_medication_of_the_record_has_the_code(void) {
    CHECK_STR(statement_with(STATEMENT("", "Medication/m") ",{\"resource\":" DRUG("m") "}", "H01CB03"), "s");
    CHECK_STR(statement_with(STATEMENT("", "http://h/fhir/Medication/m/_history/2")
                             ",{\"resource\":" DRUG("m") "}", "H01CB03"), "s");
    CHECK_STR(statement_with(STATEMENT("", "Medication/n") ",{\"resource\":" DRUG("m") "}", "H01CB03"), "none");
    CHECK_STR(statement_with(STATEMENT("", "Substance/m") ",{\"resource\":" DRUG("m") "}", "H01CB03"), "none");
    CHECK_STR(statement_with(STATEMENT("", "m") ",{\"resource\":" DRUG("m") "}", "H01CB03"), "none");
    CHECK_STR(statement_with(STATEMENT("", "") ",{\"resource\":" DRUG("m") "}", "H01CB03"), "none");
}

static void by_a_list_of_codes_too(void) {
    Record *record = read_resources(STATEMENT("", "Medication/m") ",{\"resource\":" DRUG("m") "}");
    Value codes = value_list(arena, (Value[]){ value_code(arena, (Code){ .system = STR("atc"),
                                                                          .code = STR("H01CB03") }) }, 1);
    CHECK(retrieve_codes(record, "MedicationStatement", codes, true).list->count == 1);
}

int main(void) {
    fixture_open();
    RUN(an_urn_becomes_type_and_id);
    RUN(an_urn_uuid_gives_the_id);
    RUN(a_contained_medication_has_the_code);
    RUN(a_medication_of_the_record_has_the_code);
    RUN(by_a_list_of_codes_too);
    return fixture_close();
}
