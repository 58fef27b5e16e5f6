/* check_record_test.c - what the guideline understood of a record, and what not. */
#include "fixture.h"

static const RecordCheck *check_of(const char *entries) {
    RecordInput input = input_of(entries);
    const RecordCheck *check = planner_check_record(planner, &input, &record_error);
    if (check == NULL)
        printf("no check: %.*s\n", STR_ARGS(record_error.diagnostic.message));
    return check;
}

static const CheckedResource *resource_of(const RecordCheck *check, const char *reference) {
    for (uint32_t i = 0; i < check->resource_count; i++)
        if (str_is(check->resources[i].reference, reference)) return &check->resources[i];
    return NULL;
}

static const RecordWarning *warning_of(const RecordCheck *check, const char *reference,
                                       const char *code) {
    for (uint32_t i = 0; i < check->warning_count; i++)
        if (str_is(check->warnings[i].resource, reference) &&
            strcmp(check->warnings[i].code, code) == 0)
            return &check->warnings[i];
    return NULL;
}

static void what_is_understood_stands_with_its_resource(void) {
    const RecordCheck *check = check_of(sized("4"));
    const CheckedResource *size = resource_of(check, "Observation/size");
    CHECK(size->used && size->fact_count == 1);
    CHECK_STR(size->facts[0].text, "Size 4 mm");
    CHECK_STR(size->facts[0].fact->code, "tiny#size");
    CHECK_STR(size->label, "https://example.org/codes#size");
    CHECK(resource_of(check, "Patient/p1")->used);
    CHECK(check->warning_count == 0);
}

static void a_code_that_no_rule_knows_is_told(void) {
    const RecordCheck *check = check_of(observed("tail-length", "\"valueInteger\":3"));
    CHECK(!resource_of(check, "Observation/tail-length")->used);
    CHECK(warning_of(check, "Observation/tail-length", "unknown-code") != NULL);
}

static void a_known_code_that_was_not_used_is_told_apart(void) {
    char entries[2000];
    snprintf(entries, sizeof entries,
             "%s,{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"newer\","
             "\"code\":{\"coding\":[{\"system\":\"https://example.org/codes\",\"code\":\"size\"}]},"
             "\"valueQuantity\":{\"value\":5,\"code\":\"mm\"}}}",
             sized("4"));
    const RecordCheck *check = check_of(entries);
    CHECK(warning_of(check, "Observation/size", "not-used") != NULL);
    CHECK(warning_of(check, "Observation/newer", "not-used") == NULL);
}

static void a_value_that_a_rule_could_not_use_is_told(void) {
    const RecordCheck *check = check_of(observed("for", "\"valueString\":\"yes\""));
    CHECK(resource_of(check, "Observation/for")->used);
    CHECK(warning_of(check, "Observation/for", "not-interpretable") != NULL);
}

#define OTHER(more)                                                                        \
    ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"other\","                      \
    "\"code\":{\"coding\":[{\"system\":\"https://example.org/codes\",\"code\":\"size\"}]}," more \
    ",\"valueQuantity\":{\"value\":5,\"code\":\"mm\"}}}"

/* Why that resource was not used, beside a newer one; "" where nothing is said. */
static const char *why_other(const char *other) {
    static char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", other, sized("4"));
    const RecordWarning *warning = warning_of(check_of(entries), "Observation/other", "not-used");
    return warning == NULL ? "" : str_to_c(printing, warning->message);
}

static void why_a_known_code_was_not_used_is_told(void) {
    CHECK(strstr(why_other(OTHER("\"status\":\"entered-in-error\"")), "status is entered-in-error"));
    CHECK(strstr(why_other(OTHER("\"effectiveDateTime\":\"2026-06-02\"")), "after the as-of date"));
    CHECK(strstr(why_other(OTHER("\"effectivePeriod\":{\"start\":\"2026-05-02\",\"end\":\"2026-07\"}")),
                 "after the as-of date"));
    CHECK(strstr(why_other(OTHER("\"effectiveDateTime\":\"2026-06-01T23:00:00Z\"")),
                 "Observation/size"));
    CHECK(strstr(why_other(OTHER("\"effectiveDateTime\":\"2026\"")), "Observation/size"));
}

static void a_text_without_a_code_is_told(void) {
    const RecordCheck *check =
        check_of(",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"t\","
                 "\"code\":{\"text\":\"Tail\"},\"valueInteger\":3}}"
                 ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"nothing\"}}");
    CHECK(warning_of(check, "Observation/t", "no-code") != NULL);
    CHECK(check->warning_count == 1);
}

static void who_and_where_is_not_told(void) {
    const RecordCheck *check =
        check_of(",{\"resource\":{\"resourceType\":\"Organization\",\"id\":\"o\","
                 "\"type\":[{\"coding\":[{\"system\":\"x\",\"code\":\"y\"}]}]}}");
    CHECK(check->warning_count == 0);
}

static void a_sample_of_what_was_used_is_not_told(void) {
    char entries[2000];
    snprintf(entries, sizeof entries,
             "%s,{\"resource\":{\"resourceType\":\"Specimen\",\"id\":\"s\","
             "\"type\":{\"coding\":[{\"system\":\"x\",\"code\":\"y\"}]}}}",
             observed("for", "\"specimen\":{\"reference\":\"Specimen/s\"},\"valueBoolean\":true"));
    CHECK(check_of(entries)->warning_count == 0);
}

static void a_value_by_an_unknown_code_is_told(void) {
    const RecordCheck *check = check_of(observed(
        "for", "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"https://example.org/codes\","
               "\"code\":\"sizes\"}]}"));
    CHECK(warning_of(check, "Observation/for", "unknown-code") != NULL);
    check = check_of(observed("for", "\"valueCodeableConcept\":{\"coding\":[{\"system\":"
                                     "\"https://example.org/unlisted\",\"code\":\"sizes\"}]}"));
    CHECK(warning_of(check, "Observation/for", "unknown-code") != NULL);
}

static void units_that_are_not_ucum_are_told(void) {
    const RecordCheck *check =
        check_of(observed("size", "\"valueQuantity\":{\"value\":4,\"unit\":\"furlongz\"}"));
    const RecordWarning *warning = warning_of(check, "Observation/size", "unknown-unit");
    CHECK(warning != NULL);
    if (warning != NULL) CHECK(contains(warning->message, "furlongz"));
    CHECK(warning_of(check_of(sized("4")), "Observation/size", "unknown-unit") == NULL);
}

static void rounded_numbers_and_unknown_elements_are_told(void) {
    const RecordCheck *check = check_of(sized("4.0000000001"));
    CHECK(check->warning_count != 0);
    check = check_of(observed("for", "\"valueBoolean\":true,\"valueTea\":1"));
    CHECK(warning_of(check, "Observation/for", "unknown-element") != NULL);
}

static void both_forms_are_written(void) {
    Diagnostic error;
    JsonReader *reader = json_reader_new();
    const RecordCheck *check = check_of(sized("4"));
    Buffer json = buffer_new(printing), text = buffer_new(printing);
    record_check_write_json(check, &json);
    const Json *parsed = json_parse(reader, printing, buffer_str(&json), NULL, &error);
    CHECK(parsed != NULL && json_get(parsed, "resources")->count == 2);
    CHECK(json_get(parsed, "warnings")->count == 0);
    record_check_write_text(check, 80, false, &text);
    CHECK(contains(buffer_str(&text), "Size 4 mm"));
    CHECK(contains(buffer_str(&text), "2 of 2 resources used, 0 warnings"));
    json_reader_free(reader);
}

int main(void) {
    fixture_open();
    RUN(what_is_understood_stands_with_its_resource);
    RUN(a_code_that_no_rule_knows_is_told);
    RUN(a_known_code_that_was_not_used_is_told_apart);
    RUN(a_value_that_a_rule_could_not_use_is_told);
    RUN(why_a_known_code_was_not_used_is_told);
    RUN(a_text_without_a_code_is_told);
    RUN(who_and_where_is_not_told);
    RUN(a_sample_of_what_was_used_is_not_told);
    RUN(a_value_by_an_unknown_code_is_told);
    RUN(units_that_are_not_ucum_are_told);
    RUN(rounded_numbers_and_unknown_elements_are_told);
    RUN(both_forms_are_written);
    return fixture_close();
}
