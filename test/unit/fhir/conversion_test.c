/* conversion_test.c - FHIR's types as CQL's: the functions of FHIRHelpers. */
#include "fixture.h"

static Value element(const char *member, const char *path) {
    static char text[4000];
    snprintf(text, sizeof text, ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",%s}}",
             member);
    Record *record = read_resources(text);
    return record != NULL ? get_path(first_of(record, "Observation"), path) : value_null();
}

/* The value converted by the function of that name; *failed says how it went. */
static bool failed;

static Value convert(Value value, const char *function) {
    Value result = value_null();
    failed = true;
    eval.error_code = NULL;
    for (uint32_t i = 0; i < fhir_r4.conversion_count; i++) {
        const ModelConversion *c = &fhir_r4.conversions[i];
        if (c->from != value.aux || strcmp(c->function, function) != 0) continue;
        failed = !c->convert(&eval, &value, &result);
        return failed ? value_null() : result;
    }
    return result;
}

static Value quantity(const char *members, const char *function) {
    static char text[1000];
    snprintf(text, sizeof text, "\"valueQuantity\":{%s}", members);
    return convert(element(text, "value"), function);
}

static void codings_become_codes(void) {
    Value code = convert(element("\"code\":{\"coding\":[{\"system\":\"s\",\"code\":\"c\","
                                 "\"version\":\"1\",\"display\":\"d\"}]}", "code.coding").list->items[0],
                         "ToCode");
    CHECK(code.tag == TAG_CODE);
    CHECK_STR(code.code->system, "s");
    CHECK_STR(code.code->code, "c");
    CHECK_STR(code.code->version, "1");
    CHECK_STR(code.code->display, "d");
}

static void codeable_concepts_become_concepts(void) {
    Value concept = convert(element("\"code\":{\"coding\":[{\"system\":\"s\",\"code\":\"a\"},"
                                    "{\"code\":\"b\"}],\"text\":\"T\"}", "code"), "ToConcept");
    CHECK(concept.tag == TAG_CONCEPT && concept.concept->count == 2);
    CHECK_STR(concept.concept->display, "T");
    CHECK_STR(concept.concept->codes[1].code, "b");
    concept = convert(element("\"code\":{\"text\":\"T\"}", "code"), "ToConcept");
    CHECK(concept.tag == TAG_CONCEPT && concept.concept->count == 0);
}

static void quantities_take_code_before_unit(void) {
    Value q = quantity("\"value\":2.5,\"unit\":\"percent\",\"code\":\"%\","
                       "\"system\":\"http://unitsofmeasure.org\"", "ToQuantity");
    CHECK(q.tag == TAG_QUANTITY && q.quantity->value.decimal == 250000000);
    CHECK_STR(q.quantity->unit, "%");
    CHECK(!q.quantity->calendar && q.quantity->unit_id == -1);
    q = quantity("\"value\":2.5,\"unit\":\"mg\"", "ToQuantity");
    CHECK_STR(q.quantity->unit, "mg");
    q = quantity("\"value\":2.5", "ToQuantity");
    CHECK_STR(q.quantity->unit, "1");
    CHECK(value_is_null(quantity("\"unit\":\"mg\"", "ToQuantity")) && !failed);
}

static void units_of_time_become_calendar_units(void) {
    Value q = quantity("\"value\":3,\"code\":\"mo\",\"system\":\"http://unitsofmeasure.org\"",
                       "ToQuantity");
    CHECK_STR(q.quantity->unit, "month");
    CHECK(q.quantity->calendar);
}

static void other_unit_systems_are_errors(void) {
    quantity("\"value\":3,\"code\":\"x\",\"system\":\"http://units.example\"", "ToQuantity");
    CHECK(failed && strcmp(eval.error_code, "fhir-quantity-unit") == 0);
    CHECK(str_starts_with(eval.error_message, STR("Observation/o: valueQuantity has a unit")));
}

static void comparators_become_intervals(void) {
    quantity("\"value\":3,\"comparator\":\"<\"", "ToQuantity");
    CHECK(failed && strcmp(eval.error_code, "fhir-quantity-comparator") == 0);
    Value q = quantity("\"value\":3,\"comparator\":\"<\"", "ToQuantityIgnoringComparator");
    CHECK(q.tag == TAG_QUANTITY);
    Value i = quantity("\"value\":3,\"comparator\":\"<\"", "ToInterval");
    CHECK(i.tag == TAG_INTERVAL && i.interval->point == TAG_QUANTITY);
    CHECK(value_is_null(i.interval->low) && i.interval->low_closed && !i.interval->high_closed);
    i = quantity("\"value\":3,\"comparator\":\">=\"", "ToInterval");
    CHECK(value_is_null(i.interval->high) && i.interval->high_closed && i.interval->low_closed);
    i = quantity("\"value\":3,\"comparator\":\">\"", "ToInterval");
    CHECK(value_is_null(i.interval->high) && !i.interval->low_closed);
    i = quantity("\"value\":3", "ToInterval");
    CHECK(i.interval->low.tag == TAG_QUANTITY && i.interval->high.tag == TAG_QUANTITY);
    quantity("\"value\":3,\"comparator\":\"~\"", "ToInterval");
    CHECK(failed);
}

static void periods_become_intervals(void) {
    Value i = convert(element("\"effectivePeriod\":{\"start\":\"2020-01-01\"}", "effective"),
                      "ToInterval");
    CHECK(i.tag == TAG_INTERVAL && i.interval->point == TAG_DATETIME);
    CHECK(i.interval->low.tag == TAG_DATETIME && i.interval->low_closed);
    CHECK(value_is_null(i.interval->high) && i.interval->high_closed);
    i = convert(element("\"effectivePeriod\":{\"end\":\"2020-01-01\"}", "effective"), "ToInterval");
    CHECK(value_is_null(i.interval->low) && !i.interval->low_closed);
}

static void ranges_and_ratios_are_of_quantities(void) {
    Value i = convert(element("\"valueRange\":{\"low\":{\"value\":3,\"code\":\"%\"}}", "value"),
                      "ToInterval");
    CHECK(i.tag == TAG_INTERVAL && i.interval->low.tag == TAG_QUANTITY);
    CHECK(value_is_null(i.interval->high) && i.interval->high_closed);
    Value r = convert(element("\"valueRatio\":{\"numerator\":{\"value\":1}}", "value"), "ToRatio");
    CHECK(r.tag == TAG_RATIO && r.ratio->numerator.tag == TAG_QUANTITY);
    CHECK(value_is_null(r.ratio->denominator));
}

static void primitives_become_system_values(void) {
    CHECK_STR(value_str(convert(element("\"status\":\"final\"", "status"), "ToString")), "final");
    CHECK(convert(element("\"valueInteger\":3", "value"), "ToInteger").integer == 3);
    CHECK(value_is_true(convert(element("\"valueBoolean\":true", "value"), "ToBoolean")));
    CHECK(convert(element("\"issued\":\"2020-01-01T10:00:00Z\"", "issued"), "ToDateTime").tag ==
          TAG_DATETIME);
}

static void only_conversions_that_lose_nothing_are_implicit(void) {
    for (uint32_t i = 0; i < fhir_r4.conversion_count; i++) {
        const ModelConversion *c = &fhir_r4.conversions[i];
        bool quantity_interval = strcmp(c->to, "Interval<System.Quantity>") == 0 &&
                                 strcmp(fhir_r4.class_name(c->from), "Range") != 0;
        if (quantity_interval || c->from >= MODEL_SYSTEM) CHECK(c->only_called);
    }
}

int main(void) {
    fixture_open();
    RUN(codings_become_codes);
    RUN(codeable_concepts_become_concepts);
    RUN(quantities_take_code_before_unit);
    RUN(units_of_time_become_calendar_units);
    RUN(other_unit_systems_are_errors);
    RUN(comparators_become_intervals);
    RUN(periods_become_intervals);
    RUN(ranges_and_ratios_are_of_quantities);
    RUN(primitives_become_system_values);
    RUN(only_conversions_that_lose_nothing_are_implicit);
    return fixture_close();
}
