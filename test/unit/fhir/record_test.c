/* record_test.c - what makes a text one patient's record, and what refuses it. */
#include "fixture.h"

#define PATIENT "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\"}}"
#define BUNDLE(type, entries)                                                              \
    "{\"resourceType\":\"Bundle\",\"type\":\"" type "\",\"entry\":[" entries "]}"

static bool refuses(const char *text, const char *code) {
    if (read_record(text) != NULL) return false;
    bool as_said = strcmp(error.code, code) == 0 && error.hint.length > 0 &&
                   str_is(error.file, "test.json");
    if (!as_said)
        printf("%s: %s, %.*s\n", text, error.code, STR_ARGS(error.message));
    return as_said;
}

static void reads_bundles_of_four_types(void) {
    CHECK(read_record(BUNDLE("collection", PATIENT)) != NULL);
    CHECK(read_record(BUNDLE("transaction", PATIENT)) != NULL);
    CHECK(read_record(BUNDLE("searchset", PATIENT)) != NULL);
    CHECK(read_record(BUNDLE("batch", PATIENT)) != NULL);
    CHECK(refuses(BUNDLE("history", PATIENT), "bundle-type"));
    CHECK(refuses("{\"resourceType\":\"Bundle\",\"entry\":[" PATIENT "]}", "bundle-type"));
}

static void gives_patient_and_resources_in_order(void) {
    Record *record = read_resources(",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"a\"}}"
                                    ",{\"resource\":{\"resourceType\":\"Condition\"}}");
    CHECK_STR(record_patient_reference(record), "Patient/p1");
    CHECK(record_resource_count(record) == 3);
    CHECK(record_resource(record, 0) == record_patient(record));
    CHECK_STR(record_reference(arena, record_resource(record, 1)), "Observation/a");
    CHECK_STR(record_reference(arena, record_resource(record, 2)), "Condition");
}

static void refuses_what_is_no_bundle(void) {
    CHECK(refuses("[]", "not-a-bundle"));
    CHECK(refuses("5", "not-a-bundle"));
    CHECK(refuses("{}", "no-resource-type"));
    CHECK(refuses("{\"resourceType\":5}", "no-resource-type"));
    CHECK(refuses("{\"resourceType\":\"Patient\",\"id\":\"p1\"}", "not-a-bundle"));
    CHECK(refuses("", "json-empty"));
    CHECK(refuses("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":",
                  "json-truncated"));
}

static void refuses_bad_entries(void) {
    CHECK(refuses(BUNDLE("collection", PATIENT ",{}"), "no-resource"));
    CHECK(refuses(BUNDLE("collection", PATIENT ",5"), "no-resource"));
    CHECK(refuses(BUNDLE("collection", PATIENT ",{\"resource\":{\"id\":\"x\"}}"), "no-resource-type"));
    CHECK(refuses(BUNDLE("collection", PATIENT ",{\"resource\":{\"resourceType\":\"Observashun\"}}"),
                  "unknown-resource-type"));
    CHECK(refuses(BUNDLE("collection", PATIENT ",{\"resource\":{\"resourceType\":\"Quantity\"}}"),
                  "unknown-resource-type"));
    CHECK(refuses("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":{}}", "bundle-entry"));
}

static void a_record_has_one_patient(void) {
    CHECK(refuses(BUNDLE("collection", ""), "no-patient"));
    CHECK(refuses("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", "no-patient"));
    CHECK(refuses(BUNDLE("collection", PATIENT
                         ",{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p2\"}}"),
                  "two-patients"));
    CHECK_STR(error.message, "the record has two patients: Patient/p1 and Patient/p2");
    CHECK_STR(error_resource, "Patient/p2");
}

#define SUBJECT(reference)                                                                 \
    ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",\"subject\":{\"reference\":\"" \
    reference "\"}}}"

static void resources_are_of_that_patient(void) {
    CHECK(read_resources(SUBJECT("Patient/p1")) != NULL);
    CHECK(read_resources(SUBJECT("https://host/fhir/Patient/p1")) != NULL);
    CHECK(read_resources(SUBJECT("Patient/p1/_history/2")) != NULL);
    CHECK(read_resources(SUBJECT("#contained")) != NULL);
    CHECK(read_resources(SUBJECT("Group/g1")) != NULL);
    CHECK(refuses(BUNDLE("collection", PATIENT SUBJECT("Patient/p2")), "other-patient"));
    CHECK_STR(error_resource, "Observation/o");
    CHECK(refuses(BUNDLE("collection", PATIENT SUBJECT("https://host/fhir/Patient/p11")),
                  "other-patient"));
    CHECK(refuses(BUNDLE("collection", PATIENT
                         ",{\"resource\":{\"resourceType\":\"AllergyIntolerance\",\"patient\":"
                         "{\"reference\":\"Patient/p2\"}}}"),
                  "other-patient"));
}

static void a_patient_is_known_by_its_full_url(void) {
    const char *text =
        BUNDLE("transaction", "{\"fullUrl\":\"urn:uuid:1\",\"resource\":{\"resourceType\":"
                              "\"Patient\",\"id\":\"p1\"}}" SUBJECT("urn:uuid:1"));
    CHECK(read_record(text) != NULL);
}

static void errors_have_line_and_column(void) {
    CHECK(refuses("{\"resourceType\": \"Bundle\",\n \"type\": \"collection\",\n"
                  " \"entry\": [\n  {\"resource\": 7}\n ]}",
                  "no-resource"));
    CHECK(error.span.line == 4 && error.span.column == 16);
    CHECK(record_read(reader, arena, STR("x.ndjson"), 7, STR("{\"a\":1,}"), &error,
                      &error_resource) == NULL);
    CHECK(error.span.line == 7 && error.span.column == 8 && str_is(error.file, "x.ndjson"));
}

static void places_are_named(void) {
    Record *record = read_resources(",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"ki67\","
                                    "\"valueQuantity\":{\"value\":1},\"category\":[{},{\"text\":\"x\"}]}}");
    const Json *observation = record_resource(record, 1);
    CHECK_STR(record_place(record, arena, json_get(json_get(observation, "valueQuantity"), "value")),
              "Observation/ki67: valueQuantity.value");
    CHECK_STR(record_place(record, arena,
                           json_get(&json_get(observation, "category")->items[1], "text")),
              "Observation/ki67: category[1].text");
    Json stranger = { 0 };
    CHECK(record_place(record, arena, &stranger).length == 0);
}

static Str warned;

static void collect(void *self, const Json *resource, const char *code, Str message) {
    (void)self;
    Str reference = record_reference(arena, resource);
    warned = str_format(arena, "%.*s%.*s %s %.*s;", STR_ARGS(warned), STR_ARGS(reference), code,
                        STR_ARGS(message));
}

static Str warnings_of(const char *members) {
    static char text[2000];
    snprintf(text, sizeof text, ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",%s}}",
             members);
    Record *record = read_resources(text);
    warned = STR("");
    record_warnings(record, arena, collect, NULL);
    return warned;
}

static void warns_of_what_is_not_fhir(void) {
    CHECK_STR(warnings_of("\"status\":\"final\",\"_status\":{\"id\":\"1\"},\"valueQuantity\":"
                          "{\"value\":1.50000000,\"unit\":\"mg\"},\"note\":[{\"text\":\"n\"}]"),
              "");
    CHECK_STR(warnings_of("\"colour\":1"),
              "Observation/o unknown-element colour is not an element of FHIR R4 here;");
    CHECK_STR(warnings_of("\"valueQuantity\":{\"valve\":1}"),
              "Observation/o unknown-element valueQuantity.valve is not an element of FHIR R4 here;");
    CHECK_STR(warnings_of("\"code\":[]"), "Observation/o wrong-kind code must not be a list;");
    CHECK_STR(warnings_of("\"note\":{}"), "Observation/o wrong-kind note must be a list;");
    CHECK_STR(warnings_of("\"valueBoolean\":\"true\""),
              "Observation/o wrong-kind valueBoolean must be true or false;");
}

static void warns_of_numbers_that_are_rounded(void) {
    CHECK_STR(warnings_of("\"valueQuantity\":{\"value\":1.123456789}"),
              "Observation/o number-rounded valueQuantity.value has more than 8 digits after the "
              "point; the rules read it rounded to 8;");
    CHECK_STR(warnings_of("\"valueQuantity\":{\"value\":1e30}"),
              "Observation/o number-outside valueQuantity.value is outside what a Decimal holds "
              "(20 digits before the point);");
}

int main(void) {
    fixture_open();
    RUN(reads_bundles_of_four_types);
    RUN(gives_patient_and_resources_in_order);
    RUN(refuses_what_is_no_bundle);
    RUN(refuses_bad_entries);
    RUN(a_record_has_one_patient);
    RUN(resources_are_of_that_patient);
    RUN(a_patient_is_known_by_its_full_url);
    RUN(errors_have_line_and_column);
    RUN(places_are_named);
    RUN(warns_of_what_is_not_fhir);
    RUN(warns_of_numbers_that_are_rounded);
    return fixture_close();
}
