/* islet_plan_test.c - what include/islet.h promises of guidelines and plans. */
#include "reason/islet_fixture.h"

#include <stdlib.h>

#define TINY ISLET_SOURCE_DIR "/test/guideline/tiny"

static const char record[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
    "{\"resourceType\":\"Patient\",\"id\":\"p1\"}}]}";

static islet_guideline *tiny(void) {
    islet_guideline *guideline;
    CHECK_OK(islet_guideline_load_folder(TINY, &guideline));
    for (size_t i = 0; i < islet_guideline_error_count(guideline); i++)
        printf("%s\n", islet_guideline_error(guideline, i)->message);
    return guideline;
}

static islet_planner *planner_of(const islet_guideline *guideline) {
    islet_planner *planner;
    CHECK_OK(islet_planner_new(guideline, NULL, &planner));
    CHECK_OK(islet_planner_set_as_of(planner, "2026-06-01", 0));
    return planner;
}

static islet_status make_plan(islet_planner *planner, const char *text) {
    islet_input input = input_of(text, "p1.json");
    return islet_planner_make_plan(planner, &input);
}

static bool holds(islet_text text, const char *part) {
    if (strlen(text.data) == text.length && strstr(text.data, part) != NULL) return true;
    printf("not in it: %s\n", part);
    return false;
}

static void loads_guidelines(void) {
    islet_guideline *guideline;
    CHECK_OK(islet_guideline_load("net", &guideline));
    CHECK(strcmp(islet_guideline_name(guideline), "net") == 0);
    CHECK(islet_guideline_version(guideline)[0] != '\0');
    islet_guideline_free(guideline);
    guideline = tiny();
    CHECK(islet_guideline_name(guideline)[0] != '\0');
    islet_guideline_free(guideline);
}

static void says_what_is_wrong_with_a_guideline(void) {
    islet_guideline *guideline;
    islet_planner *planner;
    CHECK(islet_guideline_load("nothing", &guideline) == ISLET_NOT_FOUND);
    CHECK(islet_guideline_error_count(guideline) == 1);
    CHECK(strstr(islet_guideline_error(guideline, 0)->message, "nothing") != NULL);
    CHECK(islet_planner_new(guideline, NULL, &planner) == ISLET_INVALID && planner == NULL);
    islet_guideline_free(guideline);
    CHECK(islet_guideline_load_folder(TINY "/cql", &guideline) == ISLET_NOT_FOUND);
    CHECK(strstr(islet_guideline_error(guideline, 0)->file, "guideline.json") != NULL);
    islet_guideline_free(guideline);
}

static void writes_a_plan_in_three_forms(void) {
    islet_guideline *guideline = tiny();
    islet_planner *planner = planner_of(guideline);
    islet_text json, fhir, text;
    bool lacks = false;
    CHECK_OK(make_plan(planner, record));
    CHECK_OK(islet_planner_json(planner, &json));
    CHECK_OK(islet_planner_fhir(planner, &fhir));
    CHECK_OK(islet_planner_text(planner, 0, &text));
    CHECK(holds(json, "\"asOf\":\"2026-06-01\"") && strchr(json.data, '\n') == NULL);
    CHECK(holds(json, "\"Patient/p1\""));
    CHECK(holds(fhir, "\"resourceType\":\"CarePlan\"") && strchr(fhir.data, '\n') == NULL);
    CHECK(holds(text, "Plan for Patient/p1"));
    CHECK(islet_planner_lacks_data(planner, &lacks) == ISLET_OK && lacks);
    islet_planner_free(planner);
    islet_guideline_free(guideline);
}

static void takes_options_between_plans(void) {
    islet_guideline *guideline = tiny();
    islet_planner *planner = planner_of(guideline);
    islet_text json;
    CHECK_OK(make_plan(planner, record));
    CHECK_OK(islet_planner_json(planner, &json));
    size_t brief = json.length;
    CHECK_OK(islet_planner_set_as_of(planner, "2027-01-02", 60));
    CHECK_OK(islet_planner_set_detail(planner, true, false));
    CHECK(islet_planner_json(planner, &json) == ISLET_MISUSE);
    CHECK_OK(make_plan(planner, record));
    CHECK_OK(islet_planner_json(planner, &json));
    CHECK(holds(json, "\"asOf\":\"2027-01-02\"") && json.length > brief);
    CHECK(islet_planner_set_as_of(planner, "never", 0) == ISLET_INVALID);
    CHECK(strcmp(islet_planner_error(planner)->code, "as-of") == 0);
    CHECK_OK(islet_planner_json(planner, &json));
    islet_planner_free(planner);
    islet_guideline_free(guideline);
}

static void says_what_is_wrong_with_a_record(void) {
    islet_guideline *guideline = tiny();
    islet_planner *planner = planner_of(guideline);
    islet_text text;
    bool lacks;
    CHECK(make_plan(planner, "{\"resourceType\":\"Patient\"}") == ISLET_INVALID);
    CHECK(strcmp(islet_planner_error(planner)->code, "not-a-bundle") == 0);
    CHECK(strcmp(islet_planner_error(planner)->file, "p1.json") == 0);
    CHECK_OK(islet_planner_json(planner, &text));
    CHECK(holds(text, "not-a-bundle"));
    CHECK_OK(islet_planner_fhir(planner, &text));
    CHECK(holds(text, "OperationOutcome"));
    CHECK(islet_planner_text(planner, 80, &text) == ISLET_MISUSE);
    CHECK(islet_planner_lacks_data(planner, &lacks) == ISLET_MISUSE);
    CHECK_OK(make_plan(planner, record));
    islet_planner_free(planner);
    islet_guideline_free(guideline);
}

static void stops_at_any_limit(void) {
    islet_guideline *guideline = tiny();
    int refused = 0, fine = 0;
    for (size_t memory = 1; memory < 400000; memory += 9973) {
        islet_limits limits = { .memory = memory };
        islet_planner *planner;
        CHECK_OK(islet_planner_new(guideline, &limits, &planner));
        islet_status status = make_plan(planner, record);
        CHECK(status == ISLET_OK || status == ISLET_LIMIT);
        if (status == ISLET_OK) fine++;
        else refused++;
        islet_planner_free(planner);
    }
    CHECK(refused > 0 && fine > 0);
    islet_guideline_free(guideline);
}

static void plans_many_records(void) {
    islet_guideline *guideline = tiny();
    islet_limits limits = { .memory = 1 << 20 };
    islet_planner *planner;
    islet_text text;
    CHECK_OK(islet_planner_new(guideline, &limits, &planner));
    for (int i = 0; i < 500; i++) {
        CHECK_OK(make_plan(planner, record));
        CHECK_OK(islet_planner_json(planner, &text));
        CHECK(make_plan(planner, "{") == ISLET_INVALID);
    }
    islet_planner_free(planner);
    islet_guideline_free(guideline);
}

int main(void) {
    RUN(loads_guidelines);
    RUN(says_what_is_wrong_with_a_guideline);
    RUN(writes_a_plan_in_three_forms);
    RUN(takes_options_between_plans);
    RUN(says_what_is_wrong_with_a_record);
    RUN(stops_at_any_limit);
    RUN(plans_many_records);
    return check_report();
}
