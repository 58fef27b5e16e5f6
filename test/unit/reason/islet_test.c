/* islet_test.c - what include/islet.h promises of libraries and values. */
#include "reason/islet_fixture.h"

static void tells_what_a_library_declares(void) {
    islet_library *library = compiled("library Test version '1.2'\n"
                                      "parameter \"Limit\" Decimal default 1.5\n"
                                      "define \"A\": 1\n"
                                      "define private \"B\": 2\n"
                                      "define function F(x Integer): x\n"
                                      "define \"C\": { \"B\" }\n");
    CHECK(strcmp(islet_library_name(library), "Test") == 0);
    CHECK(strcmp(islet_library_version(library), "1.2") == 0);
    CHECK(islet_library_define_count(library) == 2);
    CHECK(strcmp(islet_library_define_name(library, 0), "A") == 0);
    CHECK(strcmp(islet_library_define_type(library, 1), "List<Integer>") == 0);
    CHECK(islet_library_define_name(library, 2) == NULL);
    CHECK(islet_library_parameter_count(library) == 1);
    CHECK(strcmp(islet_library_parameter_name(library, 0), "Limit") == 0);
    CHECK(strcmp(islet_library_parameter_type(library, 0), "Decimal") == 0);
    islet_library_free(library);
}

static void reports_all_mistakes_of_a_library(void) {
    islet_library *library;
    CHECK(compile("define A: Missing\ndefine B: 1 + 'x'\n", NULL, &library) == ISLET_INVALID);
    CHECK(islet_library_error_count(library) == 2);
    const islet_error *error = islet_library_error(library, 0);
    CHECK(error->status == ISLET_INVALID && !error->warning);
    CHECK(strcmp(error->file, "Test.cql") == 0 && error->line == 1 && error->column == 11);
    CHECK(error->length == 7 && error->message[0] != '\0' && error->code[0] != '\0');
    CHECK(islet_library_error(library, 1)->line == 2);
    CHECK(islet_library_error(library, 2) == NULL);
    CHECK(islet_library_define_count(library) == 0);
    islet_evaluator *evaluator;
    CHECK(islet_evaluator_new(library, NULL, NULL, &evaluator) == ISLET_INVALID);
    CHECK(evaluator == NULL);
    islet_library_free(library);
}

static int asked;

static bool find_shared(void *self, const char *name, const char *version, islet_input *found) {
    asked++;
    if (strcmp(name, "Shared") != 0 || strcmp(version, "2") != 0) return false;
    *found = input_of(self, "elsewhere/Shared.cql");
    return true;
}

static void asks_the_finder_for_included_libraries(void) {
    islet_library *library;
    char shared[] = "library Shared version '2' define \"Seven\": 7";
    islet_finder finder = { find_shared, shared };
    const char *text = "library T include Shared version '2' called S define \"A\": S.\"Seven\"";
    CHECK_OK(compile(text, &finder, &library));
    CHECK(asked == 1);
    islet_library_free(library);
    CHECK(compile(text, NULL, &library) == ISLET_INVALID);
    islet_library_free(library);
    strcpy(shared, "define \"Seven\": oops");
    CHECK(compile(text, &finder, &library) == ISLET_INVALID);
    CHECK(strcmp(islet_library_error(library, 0)->file, "elsewhere/Shared.cql") == 0);
    islet_library_free(library);
}

static void finds_the_libraries_inside(void) {
    islet_library *library = compiled("library T using FHIR version '4.0.1'\n"
                                      "include FHIRHelpers version '4.0.1' called H\n"
                                      "include NetConcepts\n"
                                      "define \"A\": 1");
    islet_library_free(library);
}

/* ---- values ---- */

static const char values[] =
    "library Values using FHIR version '4.0.1'\n"
    "codesystem \"S\": 'urn:s'\n"
    "code \"K\": 'k' from \"S\" display 'Kay'\n"
    "define \"Null\": null\n"
    "define \"True\": true\n"
    "define \"Integer\": -7\n"
    "define \"Long\": 5000000000L\n"
    "define \"Decimal\": 0.10\n"
    "define \"String\": 'it\\'s\\u0000x'\n"
    "define \"Date\": @2026-03\n"
    "define \"DateTime\": @2026-03-10T08:30:00.000+01:00\n"
    "define \"Day\": @2026T\n"
    "define \"Time\": @T08:30\n"
    "define \"Quantity\": 4.5 'mg'\n"
    "define \"Ratio\": 1 'mg' : 2 'mL'\n"
    "define \"Code\": \"K\"\n"
    "define \"Concept\": Concept { codes: { \"K\" }, display: 'C' }\n"
    "define \"Interval\": Interval[1, 5)\n"
    "define \"List\": { 1, null, 3 }\n"
    "define \"Tuple\": Tuple { b: 1, a: 'x' }\n";

static bool writes_json(islet_evaluator *evaluator, const char *name, const char *expected) {
    islet_text text = { "", 0 };
    CHECK_OK(islet_value_json(define(evaluator, name), &text));
    return is_text(name, text, expected);
}

static void tells_kinds_apart(void) {
    static const struct { const char *name; islet_kind kind; } all[] = {
        { "Null", ISLET_KIND_NULL }, { "True", ISLET_KIND_BOOLEAN },
        { "Integer", ISLET_KIND_INTEGER }, { "Long", ISLET_KIND_LONG },
        { "Decimal", ISLET_KIND_DECIMAL }, { "String", ISLET_KIND_STRING },
        { "Date", ISLET_KIND_DATE }, { "DateTime", ISLET_KIND_DATETIME },
        { "Time", ISLET_KIND_TIME }, { "Quantity", ISLET_KIND_QUANTITY },
        { "Ratio", ISLET_KIND_RATIO }, { "Code", ISLET_KIND_CODE },
        { "Concept", ISLET_KIND_CONCEPT }, { "Interval", ISLET_KIND_INTERVAL },
        { "List", ISLET_KIND_LIST }, { "Tuple", ISLET_KIND_TUPLE } };
    islet_library *library = compiled(values);
    islet_evaluator *evaluator = evaluator_of(library);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK(islet_value_kind(define(evaluator, all[i].name)) == all[i].kind);
    islet_evaluator_free(evaluator);
    islet_library_free(library);
}

static void reads_simple_values(void) {
    islet_library *library = compiled(values);
    islet_evaluator *e = evaluator_of(library);
    bool truth = false;
    int64_t integer;
    islet_text text, unit;
    CHECK(islet_value_boolean(define(e, "True"), &truth) == ISLET_OK && truth);
    CHECK(islet_value_integer(define(e, "Integer"), &integer) == ISLET_OK && integer == -7);
    CHECK(islet_value_integer(define(e, "Long"), &integer) == ISLET_OK && integer == 5000000000);
    CHECK_OK(islet_value_decimal(define(e, "Decimal"), &text));
    CHECK_TEXT(text, "0.1");
    CHECK_OK(islet_value_decimal(define(e, "Integer"), &text));
    CHECK_TEXT(text, "-7");
    CHECK_OK(islet_value_string(define(e, "String"), &text));
    CHECK(text.length == 6 && memcmp(text.data, "it's\0x", 7) == 0);
    CHECK_OK(islet_value_date(define(e, "Date"), &text));
    CHECK_TEXT(text, "2026-03");
    CHECK_OK(islet_value_date(define(e, "DateTime"), &text));
    CHECK_TEXT(text, "2026-03-10T08:30:00.000+01:00");
    CHECK_OK(islet_value_date(define(e, "Day"), &text));
    CHECK_TEXT(text, "2026");
    CHECK_OK(islet_value_date(define(e, "Time"), &text));
    CHECK(strstr(text.data, "08:30") != NULL);
    CHECK_OK(islet_value_quantity(define(e, "Quantity"), &text, &unit));
    CHECK_TEXT(text, "4.5");
    CHECK_TEXT(unit, "mg");
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void reads_values_with_parts(void) {
    islet_library *library = compiled(values);
    islet_evaluator *e = evaluator_of(library);
    islet_value low, high, item;
    bool low_closed, high_closed;
    int64_t integer;
    size_t count;
    islet_text text;
    islet_code code;
    CHECK_OK(islet_value_interval(define(e, "Interval"), &low, &high, &low_closed, &high_closed));
    CHECK(islet_value_integer(high, &integer) == ISLET_OK && integer == 5);
    CHECK(low_closed && !high_closed);
    CHECK_OK(islet_value_ratio(define(e, "Ratio"), &low, &high));
    CHECK(islet_value_kind(low) == ISLET_KIND_QUANTITY);
    CHECK_OK(islet_value_code(define(e, "Code"), &code));
    CHECK_TEXT(code.system, "urn:s");
    CHECK_TEXT(code.display, "Kay");
    CHECK_TEXT(code.version, "");
    CHECK(islet_value_count(define(e, "Concept"), &count) == ISLET_OK && count == 1);
    CHECK_OK(islet_value_item(define(e, "Concept"), 0, &item));
    CHECK(islet_value_kind(item) == ISLET_KIND_CODE);
    CHECK(islet_value_count(define(e, "List"), &count) == ISLET_OK && count == 3);
    CHECK_OK(islet_value_item(define(e, "List"), 1, &item));
    CHECK(islet_value_kind(item) == ISLET_KIND_NULL);
    CHECK(islet_value_item(define(e, "List"), 3, &item) == ISLET_NOT_FOUND);
    CHECK_OK(islet_value_element_name(define(e, "Tuple"), 0, &text));
    CHECK_TEXT(text, "a");
    CHECK_OK(islet_value_element(define(e, "Tuple"), "b", &item));
    CHECK(islet_value_integer(item, &integer) == ISLET_OK && integer == 1);
    CHECK(islet_value_element(define(e, "Tuple"), "c", &item) == ISLET_NOT_FOUND);
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void writes_any_value(void) {
    islet_library *library = compiled(values);
    islet_evaluator *e = evaluator_of(library);
    CHECK(writes(e, "Null", "null"));
    CHECK(writes(e, "Decimal", "0.1"));
    CHECK(writes(e, "Tuple", "Tuple { a: 'x', b: 1 }"));
    CHECK(writes_json(e, "Null", "null"));
    CHECK(writes_json(e, "List", "[1,null,3]"));
    CHECK(writes_json(e, "Tuple", "{\"a\":\"x\",\"b\":1}"));
    CHECK(writes_json(e, "Quantity", "{\"value\":4.5,\"unit\":\"mg\"}"));
    CHECK(writes_json(e, "Interval",
                      "{\"low\":1,\"high\":5,\"lowClosed\":true,\"highClosed\":false}"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void refuses_values_of_another_kind(void) {
    islet_library *library = compiled(values);
    islet_evaluator *e = evaluator_of(library);
    bool truth = true;
    size_t count;
    CHECK(islet_value_boolean(define(e, "Null"), &truth) == ISLET_WRONG_KIND && truth);
    CHECK(islet_value_count(define(e, "String"), &count) == ISLET_WRONG_KIND);
    CHECK(islet_evaluator_error(e)->status == ISLET_WRONG_KIND);
    CHECK(strstr(islet_evaluator_error(e)->message, "a String") != NULL);
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void refuses_what_is_no_define(void) {
    islet_library *library = compiled("define private A: 1\ndefine B: A\n"
                                      "define C: singleton from { 1, 2 }");
    islet_evaluator *e = evaluator_of(library);
    islet_value value = { 0 };
    CHECK(islet_evaluator_define(e, "A", &value) == ISLET_NOT_FOUND);
    CHECK(islet_evaluator_define(e, "D", &value) == ISLET_NOT_FOUND);
    CHECK(islet_evaluator_define(e, "C", &value) == ISLET_FAILED);
    CHECK(islet_evaluator_error(e)->line == 3 && islet_evaluator_error(e)->column == 11);
    CHECK(writes(e, "B", "1"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

int main(void) {
    RUN(tells_what_a_library_declares);
    RUN(reports_all_mistakes_of_a_library);
    RUN(asks_the_finder_for_included_libraries);
    RUN(finds_the_libraries_inside);
    RUN(tells_kinds_apart);
    RUN(reads_simple_values);
    RUN(reads_values_with_parts);
    RUN(writes_any_value);
    RUN(refuses_values_of_another_kind);
    RUN(refuses_what_is_no_define);
    return check_report();
}
