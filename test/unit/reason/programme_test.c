/* programme_test.c - the parts of a plan beside treatment in FHIR and on the page, and in an
 * emergency.  What stands in them: test/guideline/programme/programme.cases. */
#define TINY ISLET_SOURCE_DIR "/test/guideline/programme"
#include "fhir/fhir.h"
#include "fhir/record.h"
#include "fixture.h"

static JsonReader *reader;

static const char *found(const char *code, const char *value, const char *day) {
    static char texts[16][500];
    static int next;
    char *text = texts[next++ % 16];
    snprintf(text, sizeof texts[0],
             ",{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\","
             "\"effectiveDateTime\":\"%s\",\"code\":{\"coding\":[{\"system\":"
             "\"https://w3id.org/islet/CodeSystem/finding\",\"code\":\"%s\"}]},%s}}",
             code, day, code, value);
    return text;
}

static const char *yes(const char *code) {
    return found(code, "\"valueBoolean\":true", "2026-05-01");
}

/* A person of whom every part of the plan speaks; `more` may add a red flag. */
static const char *watched(const char *more) {
    static char entries[6000];
    snprintf(entries, sizeof entries, "%s%s%s%s%s%s", yes("watched"),
             found("cut", "\"valueBoolean\":true", "2024-03-01"), yes("flushing"),
             found("barrier", "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"BAR-FIN\"}]}",
                   "2026-05-29"),
             found("marker", "\"valueQuantity\":{\"value\":75,\"unit\":\"ng/mL\",\"system\":"
                             "\"http://unitsofmeasure.org\",\"code\":\"ng/mL\"}", "2026-05-01"),
             more);
    return entries;
}

/* ---- FHIR ---- */

static Str fhir_of(const char *entries) {
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_fhir(plan_of(entries), &out);
    return buffer_str(&out);
}

static const Json *care_plan(const char *entries) {
    Diagnostic error;
    const Json *json = json_parse(reader, printing, fhir_of(entries), fhir_symbol, &error);
    CHECK(json != NULL);
    return json;
}

static void count_warning(void *self, const Json *resource, const char *code, Str message) {
    (void)resource;
    ++*(int *)self;
    printf("  %s: %.*s\n", code, STR_ARGS(message));
}

static void the_care_plan_holds_only_elements_of_fhir(void) {
    static const char *const reds[] = { "", "pain", "bleeding" };
    for (int i = 0; i < 3; i++) {
        Str text = fhir_of(watched(reds[i][0] != 0 ? yes(reds[i]) : ""));
        Buffer bundle = buffer_new(printing);
        buffer_format(&bundle,
                      "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                      "{\"resource\":"
                      "{\"resourceType\":\"Patient\",\"id\":\"p1\"}},{\"resource\":%.*s}]}",
                      STR_ARGS(text));
        Diagnostic error;
        Str resource;
        int warnings = 0;
        Record *record = record_read(reader, printing, STR("plan"), 1, buffer_str(&bundle), &error,
                                     &resource);
        CHECK(record != NULL);
        if (record != NULL) record_warnings(record, printing, count_warning, &warnings);
        CHECK(warnings == 0);
        CHECK(!contains(text, ":\"\"") && !contains(text, "[]") && !contains(text, "{}"));
        CHECK(!contains(text, "null"));
    }
}

static const Json *find(const Json *list, const char *key, const char *value) {
    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        if (str_is(json_text(json_get(&list->items[i], key)), value)) return &list->items[i];
    return NULL;
}

static Str at(const Json *json, const char *key) { return json_text(json_get(json, key)); }

static void each_part_has_its_resource(void) {
    const Json *plan = care_plan(watched("")), *contained = json_get(plan, "contained");
    const Json *follow_up = find(contained, "id", "follow-up-1");
    CHECK_STR(at(follow_up, "resourceType"), "ServiceRequest");
    CHECK_STR(at(follow_up, "occurrenceDateTime"), "2024-09-01");
    const Json *not_routine = find(contained, "id", "follow-up-3");
    CHECK(json_get(not_routine, "doNotPerform")->kind == JSON_TRUE);
    const Json *task = find(contained, "id", "task-1");
    CHECK_STR(at(task, "resourceType"), "Task");
    CHECK_STR(at(json_get(json_get(task, "restriction"), "period"), "end"), "2026-06-05");
    CHECK_STR(at(find(contained, "id", "team"), "resourceType"), "CareTeam");
    CHECK_STR(at(&json_get(plan, "careTeam")->items[0], "reference"), "#team");
    CHECK_STR(at(find(contained, "resourceType", "MeasureReport"), "measure"),
              "https://example.org/Measure/P-M1");
    CHECK_STR(at(find(contained, "id", "triage"), "resourceType"), "Observation");
    CHECK_STR(at(find(contained, "id", "board"), "resourceType"), "Observation");
    const Json *ratio = find(contained, "id", "computed-3"); /* by name */
    CHECK_STR(at(json_get(ratio, "code"), "text"), "marker-ratio");
    CHECK_STR(at(&json_get(ratio, "derivedFrom")->items[0], "reference"), "Observation/marker");
}

static bool is_referred_to(Str text, Str id) {
    Buffer wanted = buffer_new(printing);
    buffer_format(&wanted, "\"reference\":\"#%.*s\"", STR_ARGS(id));
    buffer_add_char(&wanted, '\0');
    return contains(text, wanted.data);
}

static void what_is_contained_is_referred_to(void) {
    Str text = fhir_of(watched(""));
    Diagnostic error;
    const Json *plan = json_parse(reader, printing, text, fhir_symbol, &error);
    const Json *contained = json_get(plan, "contained");
    for (uint32_t i = 0; i < contained->count; i++)
        CHECK(is_referred_to(text, at(&contained->items[i], "id")));
    CHECK(contained->count > 12);
}

static void triage_is_the_priority_of_the_actions(void) {
    static const struct { const char *flag, *priority; } pairs[] = {
        { "", "urgent" }, { "bleeding", "asap" }, { "pain", "stat" } };
    for (size_t i = 0; i < 3; i++) {
        const char *more = pairs[i].flag[0] != 0 ? yes(pairs[i].flag) : "";
        const Json *group = find(json_get(care_plan(watched(more)), "contained"), "id", "actions");
        CHECK_STR(at(group, "priority"), pairs[i].priority);
    }
}

static void the_alert_of_an_emergency_is_the_first(void) {
    const Plan *plan = plan_of(watched(yes("bleeding")));
    CHECK(plan->alert_count == 3);
    CHECK_STR(plan->alerts[0].key, "P-BLEEDING"); /* in the file, P-REST is before it */
    CHECK_STR(plan->alerts[1].key, "P-REST");
}

/* ---- the page ---- */

static Str page_of(const char *entries, bool acknowledged) {
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_text(plan_of(entries), (TextStyle){ .width = 80, .acknowledged = acknowledged },
                    &out);
    return buffer_str(&out);
}

static void every_part_has_its_place_on_the_page(void) {
    static const char *const parts[] = {
        "\nTriage\n  Within 7 days: gastroenterology; cardiology; net clinic [P-FLUSHING]\n",
        "\n  ask for        Pain, Bleeding, Fast: a red flag may be hidden there\n",
        "\nFollow-up\n  ! Picture: overdue since 2024-09-01, 638 days\n",
        "\n      when           first after 3 to 6 months; every 12 (12 to 24) months; for\n",
        "\n  - Smear: not routine\n",
        "\n  - BAR-FIN: Barrier to care (navigator, by 2026-06-05) [P-BARRIER]\n",
        "\nTeam\n  - social work [P-BARRIER]\n",
        "\n  needs first    Marker [P-AFTER]\n",
        "\n  - marker amount: 75 ng/mL\n",
        "\n  - wished: not known: not-asked\n",
        "\n  - Smear taken: not known, due 2026-09-01; lacks ",
    };
    Str page = page_of(watched(""), false);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        CHECK(contains(page, parts[i]));
        if (!contains(page, parts[i])) printf("  not there: %s\n", parts[i]);
    }
    CHECK(!contains(page, "Withheld"));
}

static void an_emergency_is_all_that_its_page_shows(void) {
    Str page = page_of(watched(yes("pain")), false);
    CHECK(contains(page, "Emergency: now: emergency"));
    CHECK(contains(page, "Call an ambulance"));
    CHECK(contains(page, "required now"));
    CHECK(contains(page, "withheld until"));
    static const char *const rest[] = { "Options", "Follow-up", "Tasks", "Team", "board\n",
                                        "Computed", "Measures", "Rest [", "Diagnosis" };
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) CHECK(!contains(page, rest[i]));
    Str whole = page_of(watched(yes("pain")), true);
    CHECK(contains(whole, "Follow-up") && contains(whole, "Rest [") && contains(whole, "Tasks"));
    CHECK(!contains(whole, "Withheld"));
}

static void a_red_flag_withholds_what_waits_for_it(void) {
    Str page = page_of(watched(yes("bleeding")), false);
    CHECK(contains(page, "The same day"));
    CHECK(contains(page, "Rest [") && !contains(page, "Excision ["));
    CHECK(contains(page, "4 entries wait until the red flag has been seen to"));
    CHECK(contains(page_of(watched(yes("bleeding")), true), "Excision ["));
}

static void a_plan_about_nothing_has_none_of_these_headings(void) {
    Str page = page_of("", false);
    static const char *const headings[] = { "Follow-up", "Tasks", "Team", "Tumour board",
                                            "Trials", "Measures" };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        CHECK(!contains(page, headings[i]));
}

int main(void) {
    fixture_open();
    reader = json_reader_new();
    RUN(the_care_plan_holds_only_elements_of_fhir);
    RUN(each_part_has_its_resource);
    RUN(what_is_contained_is_referred_to);
    RUN(triage_is_the_priority_of_the_actions);
    RUN(the_alert_of_an_emergency_is_the_first);
    RUN(every_part_has_its_place_on_the_page);
    RUN(an_emergency_is_all_that_its_page_shows);
    RUN(a_red_flag_withholds_what_waits_for_it);
    RUN(a_plan_about_nothing_has_none_of_these_headings);
    json_reader_free(reader);
    return fixture_close();
}
