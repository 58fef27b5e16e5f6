/* islet_record_test.c - what include/islet.h promises of evaluation: records, parameters, the
 * clock, terminology, limits, threads. */
#define _POSIX_C_SOURCE 200809L
#include "reason/islet_fixture.h"

#include <pthread.h>
#include <stdlib.h>

static const char record[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
    "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"gender\":\"female\","
    "\"birthDate\":\"1960-02-03\"}},{\"resource\":{\"resourceType\":\"Observation\","
    "\"id\":\"o1\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"urn:s\","
    "\"code\":\"k\"}]},\"valueInteger\":4}}]}";

static const char text[] = "library Records using FHIR version '4.0.1'\n"
                           "codesystem \"S\": 'urn:s'\n"
                           "code \"K\": 'k' from \"S\"\n"
                           "valueset \"V\": 'urn:v'\n"
                           "parameter \"Limit\" Decimal default 1.5\n"
                           "parameter \"Period\" Interval<DateTime>\n"
                           "parameter \"Word\" String\n"
                           "context Patient\n"
                           "define \"Age\": AgeInYears()\n"
                           "define \"Gender\": Patient.gender\n"
                           "define \"Known\": [Observation: \"K\"]\n"
                           "define \"Member\": exists [Observation: \"V\"]\n"
                           "define \"Given\": \"Limit\"\n"
                           "define \"Start\": start of \"Period\"\n"
                           "define \"Said\": \"Word\"\n"
                           "define \"Now\": Now()\n"
                           "define \"Ones\": expand Interval[1, 2000000]\n"
                           "define \"Small\": 1\n";

static void read_record(islet_evaluator *evaluator) {
    islet_input input = input_of(record, "p1.json");
    CHECK_OK(islet_evaluator_read_record(evaluator, &input));
}

/* ---- records ---- */

static void evaluates_on_a_record(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    islet_value item, element;
    islet_text shown;
    CHECK_OK(islet_evaluator_set_as_of(e, "2026-02-02", 0));
    read_record(e);
    CHECK(writes(e, "Age", "65"));
    CHECK(writes(e, "Known", "{Observation/o1}"));
    CHECK(writes(e, "Gender", "'female'"));
    CHECK_OK(islet_value_item(define(e, "Known"), 0, &item));
    CHECK(islet_value_kind(item) == ISLET_KIND_INSTANCE);
    CHECK_OK(islet_value_class(item, &shown));
    CHECK_TEXT(shown, "Observation");
    CHECK_OK(islet_value_element(item, "issued", &element));
    CHECK(islet_value_kind(element) == ISLET_KIND_NULL);
    CHECK(islet_value_element(item, "colour", &element) == ISLET_NOT_FOUND);
    CHECK_OK(islet_value_element(item, "status", &element));
    CHECK_OK(islet_value_element(element, "value", &element));
    CHECK_OK(islet_value_string(element, &shown));
    CHECK_TEXT(shown, "final");
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void inputs_need_not_outlive_the_call(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    char *copy = strdup(record), *file = strdup("p1.json");
    islet_input input = input_of(copy, file);
    CHECK_OK(islet_evaluator_read_record(e, &input));
    memset(copy, 'x', sizeof record - 1);
    free(copy);
    free(file);
    CHECK(writes(e, "Known", "{Observation/o1}"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void evaluates_without_a_record(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    islet_value value = { 0 };
    CHECK(writes(e, "Given", "1.5"));
    CHECK(islet_evaluator_define(e, "Age", &value) == ISLET_MISUSE);
    CHECK(strcmp(islet_evaluator_error(e)->code, "no-record") == 0);
    read_record(e);
    CHECK(writes(e, "Known", "{Observation/o1}"));
    CHECK_OK(islet_evaluator_clear_record(e));
    CHECK(islet_evaluator_define(e, "Known", &value) == ISLET_MISUSE);
    CHECK(writes(e, "Given", "1.5"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void says_what_is_wrong_with_a_record(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    islet_input input = { "{\n \"a\": tru}", 12, "bad.json", 7 };
    CHECK(islet_evaluator_read_record(e, &input) == ISLET_INVALID);
    const islet_error *error = islet_evaluator_error(e);
    CHECK(strcmp(error->file, "bad.json") == 0 && error->line == 8 && error->column == 7);
    CHECK(error->message[0] != '\0');
    islet_value value;
    CHECK(islet_evaluator_define(e, "Known", &value) == ISLET_MISUSE);
    read_record(e);
    CHECK(writes(e, "Known", "{Observation/o1}"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void values_end_with_their_record(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    islet_text shown;
    read_record(e);
    islet_value known = define(e, "Known");
    read_record(e);
    CHECK(islet_value_kind(known) == ISLET_KIND_NULL);
    CHECK(islet_value_cql(known, &shown) == ISLET_MISUSE);
    islet_value early = define(e, "Known");
    CHECK_OK(islet_evaluator_set_parameter(e, "Limit", "2.0"));
    CHECK(islet_value_cql(early, &shown) == ISLET_MISUSE);
    islet_evaluator_free(e);
    islet_library_free(library);
}

/* ---- parameters and the clock ---- */

static void takes_parameters(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    read_record(e);
    CHECK(writes(e, "Given", "1.5"));
    CHECK_OK(islet_evaluator_set_parameter(e, "Limit", "1 +\n 2"));
    CHECK(writes(e, "Given", "3.0"));
    CHECK(writes(e, "Start", "null"));
    CHECK_OK(islet_evaluator_set_parameter(e, "Period",
                                           "Interval[@2026-01-01T00:00:00.0+01:00, null)"));
    CHECK(writes(e, "Start", "@2026-01-01T00:00:00.000+01:00"));
    CHECK_OK(islet_evaluator_set_parameter_string(e, "Word", "it's \"x\" \\ '"));
    CHECK(writes(e, "Said", "'it\\'s \"x\" \\\\ \\''"));
    read_record(e);
    CHECK(writes(e, "Given", "3.0"));
    CHECK(writes(e, "Known", "{Observation/o1}"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void refuses_parameters(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    CHECK_OK(islet_evaluator_set_parameter(e, "Limit", "2.5"));
    CHECK(islet_evaluator_set_parameter(e, "Limits", "2.5") == ISLET_NOT_FOUND);
    CHECK(islet_evaluator_set_parameter(e, "Limit", "'x'") == ISLET_INVALID);
    CHECK(islet_evaluator_set_parameter(e, "Limit", "") == ISLET_INVALID);
    CHECK(islet_evaluator_set_parameter(e, "Limit", "1.0 define \"X\": 2.0") == ISLET_INVALID);
    CHECK(islet_evaluator_set_parameter(e, "Limit", "1.0 +\n  missing") == ISLET_INVALID);
    CHECK(islet_evaluator_error(e)->line == 2 && islet_evaluator_error(e)->column == 3);
    CHECK(strcmp(islet_evaluator_error(e)->file, "parameter Limit") == 0);
    CHECK(islet_evaluator_set_parameter(e, "Limit", "singleton from { 1.0, 2.0 }") ==
          ISLET_INVALID);
    CHECK(islet_evaluator_error(e)->line == 1);
    CHECK(writes(e, "Given", "2.5"));
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void takes_the_moment_and_the_offset(void) {
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    CHECK_OK(islet_evaluator_set_as_of(e, "2026-06-01", 120));
    CHECK(writes(e, "Now", "@2026-06-01T00:00:00.000+02:00"));
    CHECK_OK(islet_evaluator_set_as_of(e, "2026-06-01T08:30:00", -60));
    CHECK(writes(e, "Now", "@2026-06-01T08:30:00.000-01:00"));
    CHECK_OK(islet_evaluator_set_as_of(e, "2026-06-01T08:30:00.5+02:00", 60));
    CHECK(islet_evaluator_set_as_of(e, "2026-06", 0) == ISLET_INVALID);
    CHECK(islet_evaluator_set_as_of(e, "2026-06-01", 841) == ISLET_INVALID);
    CHECK(strcmp(islet_evaluator_error(e)->code, "as-of") == 0);
    CHECK(islet_evaluator_set_as_of(e, "soon", 0) == ISLET_INVALID);
    CHECK(writes(e, "Now", "@2026-06-01T08:30:00.500+02:00"));
    CHECK_OK(islet_evaluator_set_as_of(e, NULL, 60));
    CHECK(islet_value_kind(define(e, "Now")) == ISLET_KIND_DATETIME);
    islet_evaluator_free(e);
    islet_library_free(library);
}

/* ---- terminology ---- */

static void looks_codes_up(void) {
    static const char set[] =
        "{\"resourceType\":\"ValueSet\",\"url\":\"urn:v\",\"compose\":{\"include\":[{\"system\":"
        "\"urn:s\",\"concept\":[{\"code\":\"k\"}]}]}}";
    islet_library *library = compiled(text);
    islet_evaluator *e = evaluator_of(library);
    islet_value value;
    islet_terms *terms;
    islet_input resource = input_of(set, "v.json");
    read_record(e);
    CHECK(islet_evaluator_define(e, "Member", &value) == ISLET_FAILED);
    CHECK(strstr(islet_evaluator_error(e)->message, "urn:v") != NULL);
    islet_evaluator_free(e);
    CHECK_OK(islet_terms_new(&terms));
    CHECK_OK(islet_terms_add(terms, &resource));
    CHECK(islet_evaluator_new(library, terms, NULL, &e) == ISLET_MISUSE && e == NULL);
    CHECK_OK(islet_terms_finish(terms));
    CHECK(islet_terms_add(terms, &resource) == ISLET_MISUSE);
    CHECK_OK(islet_evaluator_new(library, terms, NULL, &e));
    read_record(e);
    CHECK(writes(e, "Member", "true"));
    islet_evaluator_free(e);
    islet_terms_free(terms);
    islet_library_free(library);
}

static void says_what_is_wrong_with_terminology(void) {
    islet_terms *terms;
    islet_input broken = input_of("{\"resourceType\":\"ValueSet\"", "broken.json");
    islet_input patient = input_of("{\"resourceType\":\"Patient\"}", "patient.json");
    CHECK_OK(islet_terms_new(&terms));
    CHECK(islet_terms_add(terms, &broken) == ISLET_INVALID);
    CHECK(islet_terms_add(terms, &patient) == ISLET_INVALID);
    CHECK(islet_terms_error_count(terms) == 2);
    CHECK(strcmp(islet_terms_error(terms, 0)->file, "broken.json") == 0);
    CHECK(strcmp(islet_terms_error(terms, 1)->file, "patient.json") == 0);
    CHECK(islet_terms_error(terms, 2) == NULL);
    CHECK_OK(islet_terms_finish(terms));
    islet_terms_free(terms);
}

/* ---- limits ---- */

static void stops_at_the_limit_of_memory(void) {
    islet_library *library = compiled(text);
    islet_limits limits = { .memory = 200 << 10 };
    islet_evaluator *e;
    islet_value value;
    CHECK_OK(islet_evaluator_new(library, NULL, &limits, &e));
    read_record(e);
    CHECK(islet_evaluator_define(e, "Ones", &value) == ISLET_LIMIT);
    CHECK(islet_evaluator_error(e)->status == ISLET_LIMIT);
    CHECK(islet_evaluator_define(e, "Small", &value) == ISLET_LIMIT);
    read_record(e);
    CHECK(writes(e, "Small", "1"));
    islet_text shown;
    islet_status status = ISLET_OK;
    islet_value small = define(e, "Small");
    for (int i = 0; i < 100000 && status == ISLET_OK; i++)
        status = islet_value_cql(small, &shown);
    CHECK(status == ISLET_LIMIT);
    islet_evaluator_free(e);
    islet_library_free(library);
}

static void stops_at_any_limit(void) {
    islet_library *library = compiled(text);
    int refused = 0, fine = 0;
    for (size_t memory = 1; memory < 120000; memory += 997) {
        islet_limits limits = { .memory = memory };
        islet_evaluator *e;
        islet_value value;
        islet_input input = input_of(record, "p1.json");
        CHECK_OK(islet_evaluator_new(library, NULL, &limits, &e));
        islet_status status = islet_evaluator_read_record(e, &input);
        if (status == ISLET_OK) status = islet_evaluator_define(e, "Known", &value);
        CHECK(status == ISLET_OK || status == ISLET_LIMIT);
        if (status == ISLET_OK) fine++;
        else refused++;
        islet_evaluator_free(e);
    }
    CHECK(refused > 0 && fine > 0);
    islet_library_free(library);
}

static void stops_at_the_limit_of_steps(void) {
    islet_library *library = compiled("define \"Long\": from ({ 1, 2, 3, 4, 5, 6, 7, 8, 9 }) A, "
                                      "({ 1, 2, 3, 4, 5, 6, 7, 8, 9 }) B return A + B");
    islet_limits limits = { .steps = 50 };
    islet_evaluator *e;
    islet_value value;
    CHECK_OK(islet_evaluator_new(library, NULL, &limits, &e));
    CHECK(islet_evaluator_define(e, "Long", &value) == ISLET_LIMIT);
    CHECK(strcmp(islet_evaluator_error(e)->code, "step-limit") == 0);
    islet_evaluator_free(e);
    islet_library_free(library);
}

/* All records together would need many times the memory that one may have. */
static void memory_is_used_again(void) {
    islet_library *library = compiled(text);
    islet_limits limits = { .memory = 200 << 10 };
    islet_evaluator *e;
    CHECK_OK(islet_evaluator_new(library, NULL, &limits, &e));
    for (int i = 0; i < 1000; i++) {
        char limit[32];
        snprintf(limit, sizeof limit, "%d.5", i);
        CHECK_OK(islet_evaluator_set_parameter(e, "Limit", limit));
        read_record(e);
        CHECK(writes(e, "Known", "{Observation/o1}"));
        CHECK_OK(islet_evaluator_clear_record(e));
    }
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(islet_evaluator_set_as_of(e, "2026-06-01", i % 60));
        CHECK(writes(e, "Given", "999.5"));
    }
    islet_evaluator_free(e);
    islet_library_free(library);
}

/* ---- threads and misuse ---- */

static void *evaluate_many(void *library) {
    static const char *const fine = "fine";
    islet_evaluator *e;
    islet_text shown;
    islet_value value;
    islet_input input = input_of(record, "p1.json");
    const char *result = fine;
    if (islet_evaluator_new(library, NULL, NULL, &e) != ISLET_OK) return NULL;
    for (int i = 0; i < 200 && result != NULL; i++)
        if (islet_evaluator_read_record(e, &input) != ISLET_OK ||
            islet_evaluator_define(e, "Known", &value) != ISLET_OK ||
            islet_value_cql(value, &shown) != ISLET_OK ||
            strcmp(shown.data, "{Observation/o1}") != 0)
            result = NULL;
    islet_evaluator_free(e);
    return (void *)result;
}

static void threads_share_a_library(void) {
    islet_library *library = compiled(text);
    pthread_t threads[3];
    void *result;
    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&threads[i], NULL, evaluate_many, library) == 0);
    for (int i = 0; i < 3; i++)
        CHECK(pthread_join(threads[i], &result) == 0 && result != NULL);
    islet_library_free(library);
}

static void nothing_is_misuse(void) {
    islet_library *library = NULL;
    islet_evaluator *e = NULL;
    islet_terms *terms = NULL;
    islet_value value = { 0 };
    islet_text shown;
    islet_input nothing = { 0 };
    CHECK(islet_library_compile(NULL, NULL, &library) == ISLET_MISUSE && library == NULL);
    CHECK(islet_library_compile(&nothing, NULL, &library) == ISLET_MISUSE && library == NULL);
    CHECK(islet_library_compile(&nothing, NULL, NULL) == ISLET_MISUSE);
    CHECK(islet_library_error_count(NULL) == 0 && islet_library_error(NULL, 0) == NULL);
    CHECK(islet_evaluator_new(NULL, NULL, NULL, &e) == ISLET_MISUSE);
    CHECK(islet_evaluator_define(NULL, "A", &value) == ISLET_MISUSE);
    CHECK(islet_evaluator_read_record(NULL, &nothing) == ISLET_MISUSE);
    CHECK(islet_evaluator_error(NULL)->status == ISLET_MISUSE);
    CHECK(islet_terms_add(terms, &nothing) == ISLET_MISUSE);
    CHECK(islet_value_kind(value) == ISLET_KIND_NULL);
    CHECK(islet_value_cql(value, &shown) == ISLET_MISUSE);
    CHECK(islet_value_string(value, &shown) == ISLET_MISUSE);
    islet_library_free(NULL);
    islet_evaluator_free(NULL);
    islet_terms_free(NULL);
}

int main(void) {
    RUN(evaluates_on_a_record);
    RUN(inputs_need_not_outlive_the_call);
    RUN(evaluates_without_a_record);
    RUN(says_what_is_wrong_with_a_record);
    RUN(values_end_with_their_record);
    RUN(takes_parameters);
    RUN(refuses_parameters);
    RUN(takes_the_moment_and_the_offset);
    RUN(looks_codes_up);
    RUN(says_what_is_wrong_with_terminology);
    RUN(stops_at_the_limit_of_memory);
    RUN(stops_at_any_limit);
    RUN(stops_at_the_limit_of_steps);
    RUN(memory_is_used_again);
    RUN(threads_share_a_library);
    RUN(nothing_is_misuse);
    return check_report();
}
