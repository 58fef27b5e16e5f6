/* fixture.h - the tiny guideline, and records for it, for the tests of src/reason. */
#ifndef ISLET_TEST_REASON_FIXTURE_H
#define ISLET_TEST_REASON_FIXTURE_H

#include <stdlib.h>

#include "reason/apply.h"
#include "value/time.h"

#include "check.h"

#ifndef TINY /* another guideline, where a test needs one */
#define TINY ISLET_SOURCE_DIR "/test/guideline/tiny"
#endif

static Arena *loading, *printing;
static Diagnostics mistakes;
static Guideline *tiny;
static Planner *planner;
static RecordError record_error;

static inline void show_mistakes(void) {
    for (size_t i = 0; i < mistakes.count; i++) {
        Buffer out = buffer_new(loading);
        diagnostic_render(&mistakes.items[i], (Str){ "", 0 }, false, &out);
        printf("%.*s", STR_ARGS(buffer_str(&out)));
    }
}

static inline PlannerOptions default_options(void) {
    return (PlannerOptions){ .as_of = time_date(2026, 6, 1) };
}

static inline void fixture_open(void) {
    loading = arena_new(64 << 20);
    printing = arena_new(64 << 20);
    mistakes = diagnostics_new(loading);
    tiny = guideline_load_folder(loading, STR(TINY), &mistakes);
    show_mistakes();
    if (tiny == NULL) exit(1);
    planner = planner_new(tiny, default_options());
}

static inline int fixture_close(void) {
    planner_free(planner);
    arena_free(printing);
    arena_free(loading);
    return check_report();
}

/* An Observation of the code; `value` is a member, such as "\"valueBoolean\":true". */
static inline const char *observed(const char *code, const char *value) {
    static char texts[8][600];
    static int next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0],
             ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\","
             "\"code\":{\"coding\":[{\"system\":\"https://example.org/codes\",\"code\":\"%s\"}]},"
             "%s}}",
             code, code, value);
    return text;
}

static inline const char *truth(const char *code, int value) {
    if (value < 0) return "";
    return observed(code, value ? "\"valueBoolean\":true" : "\"valueBoolean\":false");
}

static inline const char *sized(const char *amount) {
    static char value[200];
    snprintf(value, sizeof value,
             "\"valueQuantity\":{\"value\":%s,\"unit\":\"mm\",\"code\":\"mm\","
             "\"system\":\"http://unitsofmeasure.org\"}",
             amount);
    return observed("size", value);
}

/* The record of Patient p1 with these further entries. */
static inline RecordInput input_of(const char *entries) {
    static char text[64000];
    snprintf(text, sizeof text,
             "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
             "{\"resourceType\":\"Patient\",\"id\":\"p1\"}}%s]}",
             entries);
    return (RecordInput){ STR("test.json"), str_from(text), 1, 1 };
}

static inline const Plan *plan_with(Planner *with, const char *entries) {
    RecordInput input = input_of(entries);
    const Plan *plan = planner_plan(with, &input, &record_error);
    if (plan == NULL)
        printf("%s: no plan: %.*s\n", check_running, STR_ARGS(record_error.diagnostic.message));
    return plan;
}

static inline const Plan *plan_of(const char *entries) { return plan_with(planner, entries); }

static inline const PlanOption *option_of(const Plan *plan, const char *id, const char *purpose) {
    for (uint32_t i = 0; plan != NULL && i < plan->option_count; i++)
        if (str_is(plan->options[i].group->activity->id, id) &&
            str_is(plan->options[i].group->purpose, purpose))
            return &plan->options[i];
    return NULL;
}

static inline bool in_list(StrList list, const char *text) {
    for (uint32_t i = 0; i < list.count; i++)
        if (str_is(list.items[i], text)) return true;
    return false;
}

/* Does the text contain the other? */
static inline bool contains(Str text, const char *part) {
    Str wanted = str_from(part);
    for (size_t i = 0; i + wanted.length <= text.length; i++)
        if (str_equal(str_slice(text, i, i + wanted.length), wanted)) return true;
    return false;
}

#endif
