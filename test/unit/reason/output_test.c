/* output_test.c - the forms of a plan: JSON as the contract says, FHIR that our own reader
 * takes without a warning, a page within its width. */
#include "fhir/fhir.h"
#include "fhir/record.h"
#include "fixture.h"

static JsonReader *reader;

static const Json *parse(Str text) {
    Diagnostic error;
    const Json *json = json_parse(reader, printing, text, fhir_symbol, &error);
    if (json == NULL) printf("%.*s\n%.*s\n", STR_ARGS(error.message), STR_ARGS(text));
    return json;
}

static const char *full_record(void) {
    static char entries[6000];
    snprintf(entries, sizeof entries, "%s%s%s%s%s%s%s", sized("20.0"), truth("for", 1),
             truth("perhaps", 0), truth("against", 0), truth("never", 0),
             observed("drug", "\"valueString\":\"a \\\"drug\\\"\""),
             observed("colour", "\"valueCodeableConcept\":{\"coding\":[{\"system\":"
                                "\"https://example.org/colours\",\"code\":\"red\"}]}"));
    return entries;
}

static const Json *json_of(const char *entries) {
    arena_reset(printing);
    const Plan *plan = plan_of(entries);
    Buffer out = buffer_new(printing);
    if (plan == NULL) return NULL;
    plan_write_json(plan, &out);
    CHECK(!contains(buffer_str(&out), "\n"));
    return parse(buffer_str(&out));
}

static const Json *find(const Json *list, const char *key, const char *value) {
    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        if (str_is(json_text(json_get(&list->items[i], key)), value)) return &list->items[i];
    return NULL;
}

static Str at(const Json *json, const char *key) { return json_text(json_get(json, key)); }
static uint8_t kind(const Json *json, const char *key) {
    const Json *member = json_get(json, key);
    return member == NULL ? 255 : member->kind;
}

/* ---- JSON ---- */

static void the_head_says_which_guideline_whose_plan_and_when(void) {
    const Json *plan = json_of(full_record());
    CHECK_STR(at(plan, "islet"), "1");
    CHECK_STR(at(json_get(plan, "guideline"), "name"), "tiny");
    CHECK_STR(at(json_get(plan, "guideline"), "version"), "1.2");
    CHECK_STR(at(plan, "asOf"), "2026-06-01");
    CHECK_STR(at(plan, "patient"), "Patient/p1");
}

static void tuples_stand_element_by_element_nulls_too(void) {
    const Json *plan = json_of(full_record());
    const Json *diagnosis = json_get(plan, "diagnosis"), *stage = json_get(plan, "stage");
    CHECK_STR(at(diagnosis, "grade"), "G1");
    CHECK(kind(diagnosis, "nothing") == JSON_NULL);
    CHECK(json_get(diagnosis, "flags")->count == 1);
    CHECK_STR(at(stage, "since"), "2026-01-12");
    CHECK_STR(at(stage, "share"), "2.5");
    CHECK(kind(stage, "share") == JSON_NUMBER);
    CHECK_STR(at(json_get(stage, "amount"), "unit"), "mm");
    CHECK_STR(at(&json_get(plan, "boundaries")->items[0], "value"), "20");
}

static void an_option_has_every_member(void) {
    const Json *option = find(json_get(json_of(full_record()), "options"), "id", "all.four");
    static const char *const strings[] = { "title", "category", "purpose", "action", "status",
                                           "rule", "strength" };
    static const char *const lists[] = { "flags", "rules", "because", "against", "missing",
                                         "sources", "requires" };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        CHECK(kind(option, strings[i]) == JSON_STRING);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        CHECK(kind(option, lists[i]) == JSON_ARRAY);
    CHECK(kind(option, "line") == JSON_NUMBER && kind(option, "target") == JSON_NULL);
    CHECK_STR(at(option, "status"), "recommended");
    CHECK_STR(at(&json_get(option, "sources")->items[0], "doi"), "10.1000/one");
    const Json *because = &json_get(option, "because")->items[0];
    CHECK_STR(at(because, "text"), "Reason for: yes");
    CHECK_STR(json_text(&json_get(because, "evidence")->items[0]), "Observation/for");
}

static void every_array_is_there(void) {
    const Json *plan = json_of("");
    static const char *const lists[] = { "options", "workup", "missing", "alerts", "trials",
                                         "followUp", "supportive", "team", "rules", "boundaries",
                                         "measures", "tasks" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        CHECK(kind(plan, lists[i]) == JSON_ARRAY);
}

static void alerts_rules_and_missing_as_the_contract_says(void) {
    const Json *plan = json_of(full_record());
    const Json *alerts = json_get(plan, "alerts");
    const Json *drug = find(alerts, "subject", "a \"drug\"");
    CHECK_STR(at(drug, "key"), "T-DRUG/a \"drug\"");
    CHECK_STR(at(json_get(drug, "values"), "label"), "labelled");
    CHECK_STR(at(json_get(drug, "values"), "share"), "0.5");
    CHECK(json_get(drug, "rules")->count == 1);
    CHECK(json_get(find(alerts, "id", "nothing-for-it"), "rules")->count == 0);
    CHECK(kind(find(json_get(plan, "rules"), "id", "T-FOR"), "value") == JSON_TRUE);
    const Json *missing = find(json_get(json_of(""), "missing"), "fact", "tiny#size");
    CHECK_STR(at(missing, "reason"), "absent");
    CHECK(kind(missing, "lastDate") == JSON_NULL);
    CHECK(json_get(missing, "for")->count != 0);
}

static void a_trace_stands_with_its_option_when_asked(void) {
    PlannerOptions options = default_options();
    options.explain = true;
    Planner *explaining = planner_new(tiny, options);
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_json(plan_with(explaining, full_record()), &out);
    const Json *option = find(json_get(parse(buffer_str(&out)), "options"), "id", "all.four");
    const Json *step = &json_get(option, "trace")->items[0];
    CHECK_STR(at(step, "define"), "T-FOR");
    CHECK(kind(step, "line") == JSON_NUMBER && kind(step, "value") == JSON_TRUE);
    planner_free(explaining);
    CHECK(json_get(find(json_get(json_of(full_record()), "options"), "id", "all.four"),
                   "trace") == NULL);
}

static void an_error_stands_in_place_of_a_plan(void) {
    RecordInput input = { STR("r.ndjson"), STR("{}"), 7, 5 };
    arena_reset(printing);
    CHECK(planner_plan(planner, &input, &record_error) == NULL);
    Buffer out = buffer_new(printing);
    record_error_write_json(&record_error, &out);
    const Json *json = parse(buffer_str(&out)), *error = json_get(json, "error");
    CHECK_STR(at(json, "islet"), "1");
    CHECK_STR(at(json, "record"), "5");
    CHECK_STR(at(error, "file"), "r.ndjson");
    CHECK_STR(at(error, "line"), "7");
    CHECK(kind(error, "code") == JSON_STRING && kind(error, "message") == JSON_STRING);
    CHECK(kind(error, "resource") == JSON_NULL && kind(error, "hint") == JSON_STRING);
}

/* ---- FHIR ---- */

static void count_warning(void *self, const Json *resource, const char *code, Str message) {
    (void)resource;
    ++*(int *)self;
    printf("  %s: %.*s\n", code, STR_ARGS(message));
}

/* What our own reader says of a resource, given in JSON, as an entry of a record. */
static int count_warnings(Str resource_json) {
    Buffer bundle = buffer_new(printing);
    buffer_format(&bundle,
                  "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
                  "{\"resourceType\":\"Patient\",\"id\":\"p1\"}},{\"resource\":%.*s}]}",
                  STR_ARGS(resource_json));
    Diagnostic error;
    Str resource;
    Record *record = record_read(reader, printing, STR("plan"), 1, buffer_str(&bundle), &error,
                                 &resource);
    int warnings = record == NULL ? 1 : 0;
    if (record != NULL) record_warnings(record, printing, count_warning, &warnings);
    return warnings;
}

/* Is every element FHIR's, of the right kind, and none empty?  Contained resources are taken
 * as records of their own too. */
static void check_care_plan(const char *entries) {
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_fhir(plan_of(entries), &out);
    Str text = buffer_str(&out);
    CHECK(count_warnings(text) == 0);
    const Json *contained = json_get(parse(text), "contained");
    for (uint32_t i = 0; i < contained->count; i++) {
        uint32_t from = contained->items[i].offset;
        uint32_t to = i + 1 < contained->count ? contained->items[i + 1].offset - 1 : from;
        Str after = STR("],\"status\":\"draft\",\"intent\"");
        while (i + 1 == contained->count &&
               !str_starts_with(str_slice(text, to, text.length), after))
            to++;
        CHECK(count_warnings(str_slice(text, from, to)) == 0);
    }
    CHECK(!contains(text, ":\"\"") && !contains(text, "[]") && !contains(text, "{}"));
    CHECK(!contains(text, "null"));
}

static void the_care_plan_holds_only_elements_of_fhir(void) {
    check_care_plan(full_record());
    check_care_plan("");
    check_care_plan(truth("never", 1));
}

static const Json *care_plan(const char *entries) {
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_fhir(plan_of(entries), &out);
    return parse(buffer_str(&out));
}

static void the_request_group_names_what_it_proposes(void) {
    const Json *contained = json_get(care_plan(truth("never", 1)), "contained");
    const Json *group = find(contained, "resourceType", "RequestGroup");
    const Json *options = find(json_get(group, "action"), "title", "Options");
    const Json *action = &json_get(options, "action")->items[0];
    Str reference = at(json_get(action, "resource"), "reference");
    CHECK_STR(reference, "#option-1");
    const Json *request = find(contained, "id", "option-1");
    CHECK(kind(request, "doNotPerform") == JSON_TRUE); /* contraindicated */
    CHECK_STR(at(&json_get(request, "reasonCode")->items[0], "text"), "Never: yes");
    CHECK_STR(at(&json_get(request, "supportingInfo")->items[0], "reference"),
              "Observation/never");
    CHECK_STR(at(&json_get(action, "documentation")->items[0], "type"), "citation");
}

static void missing_facts_are_required_data(void) {
    const Json *contained = json_get(care_plan(""), "contained");
    const Json *response = find(contained, "resourceType", "GuidanceResponse");
    CHECK_STR(at(response, "status"), "data-required");
    CHECK(json_get(response, "dataRequirement")->count == 6);
    contained = json_get(care_plan(full_record()), "contained");
    CHECK(find(contained, "resourceType", "GuidanceResponse") == NULL);
}

/* ---- text ---- */

static Str page_of(const char *entries, TextStyle style) {
    arena_reset(printing);
    Buffer out = buffer_new(printing);
    plan_write_text(plan_of(entries), style, &out);
    return buffer_str(&out);
}

static void the_page_says_what_it_is_not(void) {
    Str page = page_of(full_record(), (TextStyle){ .width = 80 });
    CHECK(contains(page, "no substitute"));
    CHECK(contains(page, "Recommended"));
    CHECK(contains(page, "An option of which four rules speak"));
    CHECK(contains(page, "Reason for: yes"));
    CHECK(contains(page, "10.1000/one"));
}

static void lines_keep_within_the_width(void) {
    for (uint32_t width = 80; width <= 100; width += 20) {
        Str page = page_of("", (TextStyle){ .width = width });
        size_t column = 0, longest = 0;
        for (size_t i = 0; i < page.length; i++) {
            column = page.data[i] == '\n' ? 0 : column + 1;
            if (column > longest) longest = column;
        }
        CHECK(longest <= width);
        CHECK(longest > width / 2);
    }
}

static void missing_facts_say_what_they_would_decide(void) {
    Str page = page_of(truth("never", 0), (TextStyle){ .width = 80 });
    CHECK(contains(page, "  grade          not known: lacks Size\n"));
    CHECK(contains(page, "  - Size (not in the record): would decide the grade; "));
    CHECK(contains(page, "1 other fact is not known; none of them decides"));
}

static void colour_is_the_callers_choice(void) {
    CHECK(!contains(page_of("", (TextStyle){ .width = 80 }), "\x1b"));
    CHECK(contains(page_of("", (TextStyle){ .width = 80, .colour = true }), "\x1b[33m"));
}

static void a_record_cannot_write_control_characters(void) {
    const char *entries = observed("drug", "\"valueString\":\"a\\u001b[31mb\\u0007c\"");
    CHECK(!contains(page_of(entries, (TextStyle){ .width = 80 }), "\x1b"));
    CHECK(!contains(page_of(entries, (TextStyle){ .width = 80 }), "\x07"));
}

int main(void) {
    fixture_open();
    reader = json_reader_new();
    RUN(the_head_says_which_guideline_whose_plan_and_when);
    RUN(tuples_stand_element_by_element_nulls_too);
    RUN(an_option_has_every_member);
    RUN(every_array_is_there);
    RUN(alerts_rules_and_missing_as_the_contract_says);
    RUN(a_trace_stands_with_its_option_when_asked);
    RUN(an_error_stands_in_place_of_a_plan);
    RUN(the_care_plan_holds_only_elements_of_fhir);
    RUN(the_request_group_names_what_it_proposes);
    RUN(missing_facts_are_required_data);
    RUN(the_page_says_what_it_is_not);
    RUN(lines_keep_within_the_width);
    RUN(missing_facts_say_what_they_would_decide);
    RUN(colour_is_the_callers_choice);
    RUN(a_record_cannot_write_control_characters);
    json_reader_free(reader);
    return fixture_close();
}
