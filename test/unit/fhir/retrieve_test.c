/* retrieve_test.c - finding resources by type and code. */
#include "fixture.h"

#define OBSERVATION(id, system, code)                                                      \
    ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"" id "\",\"code\":{\"coding\":["  \
    "{\"system\":\"s0\",\"code\":\"other\"},{\"system\":\"" system "\",\"code\":\"" code "\"}]}}}"

static const char resources[] =
    OBSERVATION("a", "s1", "x") OBSERVATION("b", "s1", "y") OBSERVATION("c", "s2", "x")
    ",{\"resource\":{\"resourceType\":\"Condition\",\"id\":\"d\"}}"
    OBSERVATION("e", "s1", "x")
    ",{\"resource\":{\"resourceType\":\"MedicationStatement\",\"id\":\"m\","
    "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"atc\",\"code\":\"H01CB02\"}]}}}"
    ",{\"resource\":{\"resourceType\":\"MedicationStatement\",\"id\":\"n\","
    "\"medicationReference\":{\"reference\":\"#m\"}}}"
    ",{\"resource\":{\"resourceType\":\"Encounter\",\"id\":\"t\","
    "\"type\":[{\"coding\":[{\"system\":\"s1\",\"code\":\"q\"}]},"
    "{\"coding\":[{\"system\":\"s1\",\"code\":\"z\"}]}]}}";

/* The ids of a list, one after the other. */
static Str ids(Value list) {
    Buffer out = buffer_new(arena);
    for (uint32_t i = 0; list.tag == TAG_LIST && i < list.list->count; i++)
        buffer_add(&out, value_str(get_path(list.list->items[i], "id.value")));
    return buffer_str(&out);
}

static Value code(const char *system, const char *text) {
    return value_code(arena, (Code){ .system = str_from(system), .code = str_from(text) });
}

static Value list_of(Value a, Value b) {
    return value_list(arena, (Value[]){ a, b }, 2);
}

static void by_type_in_order(void) {
    Record *record = read_resources(resources);
    CHECK_STR(ids(retrieve_all(record, "Observation")), "abce");
    CHECK_STR(ids(retrieve_all(record, "Condition")), "d");
    CHECK_STR(ids(retrieve_all(record, "Patient")), "p1");
    CHECK_STR(ids(retrieve_all(record, "Procedure")), "");
    CHECK_STR(ids(retrieve_all(record, "Resource")), "p1abcdemnt");
    CHECK_STR(ids(retrieve_all(record, "DomainResource")), "p1abcdemnt");
    CHECK(retrieve_all(record, "Procedure").tag == TAG_LIST);
}

static void by_code_and_system(void) {
    Record *record = read_resources(resources);
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s1", "x"), true)), "ae");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s2", "x"), true)), "c");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s2", "y"), true)), "");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("", "x"), true)), "");
    Value both = list_of(code("s1", "y"), code("s2", "x"));
    CHECK_STR(ids(retrieve_codes(record, "Observation", both, true)), "bc");
    CHECK_STR(ids(retrieve_codes(record, "Observation", value_null(), true)), "");
}

static void once_though_a_code_stands_twice(void) {
    Record *record = read_resources(OBSERVATION("a", "s0", "other") OBSERVATION("b", "s1", "x")
                                    ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"c\","
                                    "\"code\":{\"text\":\"x\"}}}");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s0", "other"), true)), "ab");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s0", "other"), true)), "ab");
    CHECK_STR(ids(retrieve_codes(record, "Observation", code("s1", "x"), true)), "b");
}

static void by_concept(void) {
    Record *record = read_resources(resources);
    Code codes[] = { { .system = STR("s1"), .code = STR("y") },
                     { .system = STR("s2"), .code = STR("x") } };
    Value concept = value_concept(arena, (Concept){ .count = 2, .codes = codes });
    CHECK_STR(ids(retrieve_codes(record, "Observation", concept, true)), "bc");
    CHECK_STR(ids(retrieve_codes(record, "Observation", list_of(concept, concept), true)), "bc");
}

static void by_choice_and_list_elements(void) {
    Record *record = read_resources(resources);
    CHECK_STR(ids(retrieve_codes(record, "MedicationStatement", code("atc", "H01CB02"), true)), "m");
    CHECK_STR(ids(retrieve_codes(record, "Encounter", code("s1", "z"), true)), "t");
    CHECK_STR(ids(retrieve_codes(record, "Encounter", code("s1", "x"), true)), "");
}

static bool only_y(void *self, const Code *wanted, const Reference *value_set, bool *known) {
    (void)self;
    *known = str_is(value_set->id, "known");
    return str_is(wanted->code, "y");
}

static Value value_set(const char *id) {
    Reference *reference = arena_alloc_zeroed(arena, sizeof *reference);
    reference->id = str_from(id);
    return (Value){ .tag = TAG_VALUESET, .reference = reference };
}

static void by_value_set(void) {
    Record *record = read_resources(resources);
    Terminology terms = { .in_value_set = only_y };
    eval.terms = &terms;
    CHECK_STR(ids(retrieve_codes(record, "Observation", value_set("known"), true)), "b");
    CHECK(value_is_null(retrieve_codes(record, "Observation", value_set("other"), true)));
    CHECK(value_is_null(retrieve_codes(record, "Immunization", value_set("other"), true)));
    CHECK(strcmp(eval.error_code, "unknown-value-set") == 0);
    CHECK(eval.error_hint.length != 0);
    CHECK_STR(ids(retrieve_codes(record, "Immunization", value_set("known"), true)), "");
    CHECK(eval.error_code != NULL && strcmp(eval.error_code, "unknown-value-set") == 0);
}

static void the_context_is_the_patient(void) {
    Record *record = read_resources(resources);
    const Source *source = record_source(record);
    CHECK_STR(value_str(get_path(source->context(source->self, &eval), "id.value")), "p1");
}

int main(void) {
    fixture_open();
    RUN(by_type_in_order);
    RUN(by_code_and_system);
    RUN(once_though_a_code_stands_twice);
    RUN(by_concept);
    RUN(by_choice_and_list_elements);
    RUN(by_value_set);
    RUN(the_context_is_the_patient);
    return fixture_close();
}
