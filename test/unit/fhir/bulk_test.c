/* bulk_test.c - resources of many patients, gathered into a record for each. */
#include "fhir/bulk.h"

#include "check.h"

static Arena *arena;
static Diagnostic error;

static bool add(Bulk *bulk, const char *text) {
    return bulk_add(bulk, STR("file"), 7, str_from(text), &error);
}

#define PATIENT(id) "{\"resourceType\":\"Patient\",\"id\":\"" id "\"}"
#define CONDITION(id, patient)                                                                     \
    "{\"resourceType\":\"Condition\",\"id\":\"" id "\",\"subject\":{\"reference\":\"" patient "\"}}"
#define RECORD(entries) "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" entries "]}"
#define ENTRY(resource) "{\"resource\":" resource "}"

/* The next record's text, or the error's code. */
static Str next(Bulk *bulk) {
    Str text, file;
    uint32_t line;
    int got = bulk_next(bulk, &text, &file, &line, &error);
    return got == 0 ? STR("end") : got < 0 ? str_from(error.code) : str_copy(arena, text);
}

static void a_record_for_each_patient_in_their_order(void) {
    Bulk *bulk = bulk_new(10000);
    CHECK(add(bulk, CONDITION("c1", "Patient/b")));
    CHECK(add(bulk, PATIENT("a")) && add(bulk, PATIENT("b")));
    CHECK(add(bulk, CONDITION("c2", "http://host/fhir/Patient/a/_history/3")));
    CHECK(add(bulk, CONDITION("c3", "Patient/b")));
    CHECK(bulk_patient_count(bulk) == 2);
    CHECK_STR(next(bulk), RECORD(ENTRY(PATIENT("a")) "," ENTRY(
                              CONDITION("c2", "http://host/fhir/Patient/a/_history/3"))));
    CHECK_STR(next(bulk), RECORD(ENTRY(CONDITION("c1", "Patient/b")) "," ENTRY(PATIENT(
                              "b")) "," ENTRY(CONDITION("c3", "Patient/b"))));
    CHECK_STR(next(bulk), "end");
    CHECK_STR(next(bulk), "end");
    CHECK(bulk_left_out_count(bulk) == 0);
    bulk_free(bulk);
}

static void what_is_of_no_patient_is_counted(void) {
    Bulk *bulk = bulk_new(10000);
    CHECK(add(bulk, CONDITION("c1", "Patient/x")) && add(bulk, CONDITION("c2", "Patient/x")));
    CHECK(add(bulk, CONDITION("c3", "Group/g")));
    CHECK_STR(next(bulk), "end");
    CHECK(bulk_left_out_count(bulk) == 3);
    CHECK(add(bulk, PATIENT("x")));
    CHECK(bulk_left_out_count(bulk) == 1);
    bulk_free(bulk);
}

#define ORDER                                                                                      \
    "{\"resourceType\":\"MedicationRequest\",\"subject\":{\"reference\":\"Patient/a\"},"             \
    "\"medicationReference\": { \"reference\" : \"Medication/m\"}}"
#define DRUG                                                                                       \
    "{\"resourceType\":\"Medication\",\"id\":\"m\",\"manufacturer\":{\"reference\":"                  \
    "\"Organization/o\"}}"
#define MAKER "{\"resourceType\":\"Organization\",\"id\":\"o\"}"
#define OTHER "{\"resourceType\":\"Organization\",\"id\":\"other\"}"

static void shared_resources_go_where_they_are_referred_to(void) {
    Bulk *bulk = bulk_new(10000);
    CHECK(add(bulk, OTHER) && add(bulk, MAKER) && add(bulk, DRUG));
    CHECK(add(bulk, PATIENT("a")) && add(bulk, PATIENT("b")) && add(bulk, ORDER));
    CHECK_STR(next(bulk), RECORD(ENTRY(PATIENT("a")) "," ENTRY(ORDER) "," ENTRY(DRUG) "," ENTRY(
                              MAKER)));
    CHECK_STR(next(bulk), RECORD(ENTRY(PATIENT("b"))));
    CHECK(bulk_left_out_count(bulk) == 0);
    bulk_free(bulk);
}

static void what_names_several_patients_goes_to_each(void) {
    static const char appointment[] =
        "{\"resourceType\":\"Appointment\",\"participant\":[{\"actor\":{\"reference\":\"Patient/a\"}},"
        "{\"actor\":{\"reference\":\"Practitioner/d\"}},{\"actor\":{\"reference\":\"Patient/b\"}}]}";
    Bulk *bulk = bulk_new(10000);
    CHECK(add(bulk, PATIENT("a")) && add(bulk, PATIENT("b")) && add(bulk, appointment));
    Str first = next(bulk), second = next(bulk);
    Str expected = str_format(arena, RECORD(ENTRY(PATIENT("b")) "," ENTRY("%s")), appointment);
    CHECK(first.length == second.length && str_equal(second, expected));
    bulk_free(bulk);
}

static void bad_lines_are_refused_with_their_place(void) {
    Bulk *bulk = bulk_new(10000);
    CHECK(!add(bulk, "{\"resourceType\":") && error.span.line == 7 && str_is(error.file, "file"));
    CHECK(!add(bulk, "[]") && strcmp(error.code, "not-a-resource") == 0);
    CHECK(!add(bulk, "{\"resourceType\":\"Nothing\"}") && error.span.line == 7);
    bulk_free(bulk);
}

static void a_record_that_is_too_long_is_skipped(void) {
    Bulk *bulk = bulk_new(300);
    CHECK(add(bulk, PATIENT("a")) && add(bulk, PATIENT("b")));
    for (int i = 0; i < 5; i++) CHECK(add(bulk, CONDITION("c", "Patient/a")));
    CHECK_STR(next(bulk), "record-too-large");
    CHECK_STR(next(bulk), RECORD(ENTRY(PATIENT("b"))));
    bulk_free(bulk);
}

static void many_patients(void) {
    enum { COUNT = 20000 };
    Bulk *bulk = bulk_new(10000);
    for (int i = 0; i < COUNT; i++) {
        Str text = str_format(arena, PATIENT("p%d"), i);
        CHECK(bulk_add(bulk, STR("file"), (uint32_t)i + 1, text, &error));
    }
    for (int i = COUNT - 1; i >= 0; i--) {
        Str text = str_format(arena, CONDITION("c", "Patient/p%d"), i);
        CHECK(bulk_add(bulk, STR("file"), 1, text, &error));
    }
    for (int i = 0; i < COUNT; i++) {
        Str expected = str_format(
            arena, RECORD(ENTRY(PATIENT("p%d")) "," ENTRY(CONDITION("c", "Patient/p%d"))), i, i);
        CHECK(str_equal(next(bulk), expected));
    }
    bulk_free(bulk);
}

int main(void) {
    arena = arena_new((size_t)1 << 30);
    RUN(a_record_for_each_patient_in_their_order);
    RUN(what_is_of_no_patient_is_counted);
    RUN(shared_resources_go_where_they_are_referred_to);
    RUN(what_names_several_patients_goes_to_each);
    RUN(bad_lines_are_refused_with_their_place);
    RUN(a_record_that_is_too_long_is_skipped);
    RUN(many_patients);
    arena_free(arena);
    return check_report();
}
