/* instance_test.c - properties of FHIR instances read from their JSON. */
#include "fixture.h"

#include "fhir/model.h"

static Value observation(const char *members) {
    static char text[4000];
    snprintf(text, sizeof text, ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",%s}}",
             members);
    eval.error_code = NULL;
    Record *record = read_resources(text);
    return record != NULL ? first_of(record, "Observation") : value_null();
}

static bool is_class(Value value, const char *name) {
    return value.tag == TAG_NODE && strcmp(fhir_r4.class_name((ModelType)value.aux), name) == 0;
}

static void reads_single_and_nested_elements(void) {
    Value o = observation("\"status\":\"final\",\"code\":{\"coding\":[{\"code\":\"29593-1\"}]}");
    CHECK(is_class(o, "Observation") && is_class(get_path(o, "code"), "CodeableConcept"));
    CHECK(is_class(get_path(o, "status"), "code"));
    CHECK_STR(value_str(get_path(o, "status.value")), "final");
    CHECK_STR(value_str(get_path(o, "code.coding.code.value")), "29593-1");
    CHECK_STR(value_str(get_path(o, "id.value")), "o");
    CHECK(value_is_null(get_path(o, "subject")) && value_is_null(get_path(o, "method")));
}

static void choice_elements_have_the_type_of_their_name(void) {
    CHECK(is_class(get_path(observation("\"valueQuantity\":{\"value\":2}"), "value"), "Quantity"));
    CHECK(is_class(get_path(observation("\"valueBoolean\":false"), "value"), "boolean"));
    CHECK(is_class(get_path(observation("\"effectiveDateTime\":\"2020\""), "effective"), "dateTime"));
    CHECK(is_class(get_path(observation("\"effectivePeriod\":{}"), "effective"), "Period"));
    CHECK(value_is_null(get_path(observation("\"status\":\"final\""), "value")));
}

static void lists_are_lists_also_when_absent(void) {
    Value o = observation("\"note\":[{\"text\":\"a\"},{\"text\":\"b\"}]");
    Value notes = get_path(o, "note"), categories = get_path(o, "category");
    CHECK(notes.tag == TAG_LIST && notes.list->count == 2);
    CHECK(categories.tag == TAG_LIST && categories.list->count == 0);
}

static void primitives_have_system_values(void) {
    Value o = observation("\"valueInteger\":-7");
    Value value = get_path(o, "value.value");
    CHECK(value.tag == TAG_INTEGER && value.integer == -7);
    value = get_path(observation("\"valueBoolean\":true"), "value.value");
    CHECK(value_is_true(value));
    value = get_path(observation("\"valueQuantity\":{\"value\":4.10}"), "value.value.value");
    CHECK(value.tag == TAG_DECIMAL && value.decimal == 410000000);
    value = get_path(observation("\"effectiveDateTime\":\"2020-05\""), "effective.value");
    CHECK(value.tag == TAG_DATETIME);
}

static void primitives_may_carry_extensions(void) {
    Value o = observation("\"_valueInteger\":{\"extension\":[{\"url\":\"u\",\"valueCode\":\"unknown\"}]}");
    CHECK(is_class(get_path(o, "value"), "integer"));
    CHECK(value_is_null(get_path(o, "value.value")));
    CHECK_STR(value_str(get_path(o, "value.extension.value.value")), "unknown");
    o = observation("\"status\":\"final\",\"_status\":{\"id\":\"s1\"}");
    CHECK_STR(value_str(get_path(o, "status.value")), "final");
    CHECK_STR(value_str(get_path(o, "status.id")), "s1");
    o = observation("\"status\":\"final\"");
    CHECK(value_is_null(get_path(o, "status.id")));
    Value extensions = get_path(o, "status.extension");
    CHECK(extensions.tag == TAG_LIST && extensions.list->count == 0);
}

static void lists_of_primitives_pair_with_their_siblings(void) {
    Record *record = read_record(
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"A\",null,\"C\"],"
        "\"_given\":[null,{\"id\":\"x\"}]}]}}]}");
    Value given = get_path(first_of(record, "Patient"), "name.given");
    CHECK(given.tag == TAG_LIST && given.list->count == 3);
    CHECK_STR(value_str(get_path(given.list->items[0], "value")), "A");
    CHECK(value_is_null(get_path(given.list->items[1], "value")));
    CHECK_STR(value_str(get_path(given.list->items[1], "id")), "x");
    CHECK_STR(value_str(get_path(given.list->items[2], "value")), "C");
}

static void contained_resources_have_their_own_class(void) {
    Value o = observation("\"contained\":[{\"resourceType\":\"Specimen\",\"id\":\"s\"}]");
    CHECK(is_class(get_path(o, "contained"), "") == false);
    Value contained = get_path(o, "contained");
    CHECK(contained.list->count == 1 && is_class(contained.list->items[0], "Specimen"));
}

static bool fails(const char *members, const char *path, const char *message) {
    Value value = get_path(observation(members), path);
    bool as_said = value_is_null(value) && eval.error_code != NULL &&
                   str_is(eval.error_message, message);
    if (!as_said) printf("%.*s\n", STR_ARGS(eval.error_message));
    return as_said;
}

static void what_cannot_be_read_names_its_element(void) {
    CHECK(fails("\"valueQuantity\":{\"value\":1e30}", "value.value.value",
                "Observation/o: valueQuantity.value is 1e30, outside what a Decimal (20 digits "
                "before the point) holds"));
    CHECK(fails("\"effectiveDateTime\":\"2020-13-45\"", "effective.value",
                "Observation/o: effectiveDateTime is \"2020-13-45\", which is no date-time"));
    CHECK(fails("\"valueBoolean\":\"true\"", "value.value",
                "Observation/o: valueBoolean must be true or false"));
    CHECK(fails("\"valueInteger\":1.5", "value.value",
                "Observation/o: valueInteger is 1.5, but must be a whole number"));
    CHECK(fails("\"valueInteger\":3000000000", "value.value",
                "Observation/o: valueInteger is 3000000000, outside what an Integer (32 bits) holds"));
    CHECK(fails("\"status\":5", "status.value", "Observation/o: status must be a string"));
    CHECK(fails("\"note\":{}", "note", "Observation/o: note must be a list"));
    CHECK(fails("\"code\":[]", "code", "Observation/o: code must be a single value, not a list"));
    CHECK(fails("\"code\":\"x\"", "code.text", "Observation/o: code must be an object"));
}

static void what_no_rule_reads_does_not_fail(void) {
    Value o = observation("\"effectiveDateTime\":\"2020-13-45\",\"status\":\"final\"");
    CHECK(is_class(get_path(o, "effective"), "dateTime"));
    CHECK_STR(value_str(get_path(o, "status.value")), "final");
    CHECK(eval.error_code == NULL);
}

static bool same(const char *a, const char *b) {
    static char text[2000];
    snprintf(text, sizeof text, "\"component\":[{\"code\":%s},{\"code\":%s}]", a, b);
    Value components = get_path(observation(text), "component");
    Value first = get_path(components.list->items[0], "code");
    Value second = get_path(components.list->items[1], "code");
    return value_is_true(fhir_r4.nodes->equal(&eval, first, second));
}

static void instances_are_equal_by_content(void) {
    CHECK(same("{\"text\":\"a\",\"id\":\"1\"}", "{\"id\":\"1\",\"text\":\"a\"}"));
    CHECK(!same("{\"text\":\"a\"}", "{\"text\":\"b\"}"));
    CHECK(!same("{\"text\":\"a\"}", "{\"text\":\"a\",\"id\":\"1\"}"));
    CHECK(!same("{\"coding\":[{\"code\":\"a\"},{\"code\":\"b\"}]}",
                "{\"coding\":[{\"code\":\"b\"},{\"code\":\"a\"}]}"));
}

static void instances_have_a_short_text(void) {
    Value o = observation("\"status\":\"final\",\"code\":{\"text\":\"a\\\"b\"}");
    CHECK_STR(fhir_r4.nodes->to_text(&eval, o), "Observation/o");
    CHECK_STR(fhir_r4.nodes->to_text(&eval, get_path(o, "status")), "final");
    CHECK_STR(fhir_r4.nodes->to_text(&eval, get_path(o, "code")), "{\"text\":\"a\\\"b\"}");
}

int main(void) {
    fixture_open();
    RUN(reads_single_and_nested_elements);
    RUN(choice_elements_have_the_type_of_their_name);
    RUN(lists_are_lists_also_when_absent);
    RUN(primitives_have_system_values);
    RUN(primitives_may_carry_extensions);
    RUN(lists_of_primitives_pair_with_their_siblings);
    RUN(contained_resources_have_their_own_class);
    RUN(what_cannot_be_read_names_its_element);
    RUN(what_no_rule_reads_does_not_fail);
    RUN(instances_are_equal_by_content);
    RUN(instances_have_a_short_text);
    return fixture_close();
}
