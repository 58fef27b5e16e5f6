/* guideline_test.c - a guideline is loaded whole, or every mistake in it is told with its
 * place, all in one run. */
#include "fixture.h"

static void what_stands_in_the_guideline_is_there(void) {
    CHECK_STR(tiny->name, "tiny");
    CHECK_STR(tiny->version, "1.2");
    CHECK(tiny->citation_count == 2);
    CHECK(tiny->activity_count == 3);
    CHECK(tiny->rule_count == 7);
    CHECK(tiny->fact_count == 6);
    CHECK(tiny->option_count == 4); /* cut.small for two purposes */
    CHECK(tiny->alert_count == 3 && tiny->workup_count == 2);
    CHECK(tiny->diagnosis != NO_INDEX && tiny->boundaries != NO_INDEX);
    CHECK(mistakes.count == 0);
}

static void a_category_is_the_topic_or_begins_the_id(void) {
    for (uint32_t i = 0; i < tiny->activity_count; i++) {
        if (str_is(tiny->activities[i].id, "cut.small"))
            CHECK_STR(tiny->activities[i].category, "surgery");
        if (str_is(tiny->activities[i].id, "drug.plain"))
            CHECK_STR(tiny->activities[i].category, "drug");
    }
}

static void a_define_that_gives_resources_is_known_by_its_type(void) {
    uint32_t one = program_find(tiny->program, STR("TinyFacts"), STR("Size observation"));
    uint32_t many = program_find(tiny->program, STR("TinyFacts"), STR("Drugs"));
    uint32_t value = program_find(tiny->program, STR("TinyFacts"), STR("Size"));
    CHECK(tiny->gives_resources[one] && tiny->gives_resources[many]);
    CHECK(!tiny->gives_resources[value]);
}

static void a_file_is_found_by_its_name(void) {
    CHECK(contains(guideline_text(tiny, STR(TINY "/cql/Tiny.cql")), "library Tiny"));
    CHECK(guideline_text(tiny, STR("nowhere")).length == 0);
}

/* ---- mistakes ---- */

static Diagnostics broken;

static bool is_reported(const char *file, uint32_t line, const char *code) {
    Str end = str_from(file);
    for (size_t i = 0; i < broken.count; i++) {
        const Diagnostic *d = &broken.items[i];
        size_t from = d->file.length < end.length ? 0 : d->file.length - end.length;
        if (str_equal(str_slice(d->file, from, d->file.length), end) && d->span.line == line &&
            strcmp(d->code, code) == 0)
            return true;
    }
    printf("  not reported: %s:%u %s\n", file, line, code);
    return false;
}

static void every_mistake_is_told_with_its_place(void) {
    static const struct { const char *file; uint32_t line; const char *code; } expected[] = {
        { "guideline.json", 8, "duplicate-source" },
        { "guideline.json", 9, "citation" },
        { "cut.json", 2, "json-truncated" },
        { "t.json", 6, "duplicate-value-set" },
        { "t.json", 7, "no-url" },
        { "t.json", 5, "value-set-circle" },
        { "t.json", 3, "unknown-value-set" },
        { "t.json", 9, "unknown-code-system" },
        { "Broken.cql", 4, "parameter-type" },
        { "Broken.cql", 12, "rule-not-boolean" },
        { "Broken.cql", 16, "unknown-define" },
        { "Broken.cql", 9, "duplicate-rule" },
        { "a.json", 3, "duplicate-activity" },
        { "a.json", 4, "activity" },
        { "wrong.json", 1, "wrong-resource-type" },
        { "p.json", 7, "unknown-define" },
        { "p.json", 8, "unknown-activity" },
        { "p.json", 9, "unknown-source" },
        { "p.json", 10, "not-read" },
        { "p.json", 12, "unknown-status" },
        { "p.json", 13, "unknown-extension" },
        { "p.json", 14, "line" },
        { "p.json", 18, "unknown-rule" },
        { "p.json", 19, "unknown-define" },
        { "p.json", 24, "condition-not-boolean" },
        { "p.json", 22, "no-text" },
        { "p.json", 22, "unknown-word" },
        { "p.json", 30, "condition" },
        { "p.json", 30, "no-item" },
        { "q.json", 1, "duplicate-plan" },
        { "Broken.cql", 23, "unknown-define" },
        { "Broken.cql", 23, "unknown-rule" },
        { "Broken.cql", 26, "duplicate-computed" },
        { "r.json", 3, "unknown-entry" },
        { "r.json", 4, "no-field" },
        { "r.json", 4, "unknown-word" },
        { "r.json", 4, "not-a-number" },
        { "r.json", 10, "no-field" },
        { "r.json", 10, "not-a-number" },
        { "r.json", 13, "no-field" },
        { "r.json", 15, "unknown-word" },
        { "r.json", 18, "unknown-level" },
        { "r.json", 19, "not-true" },
        { "r.json", 20, "unknown-word" },
        { "r.json", 21, "no-field" },
        { "r.json", 23, "unknown-extension" },
        { "m.json", 5, "no-reason" },
        { "m.json", 6, "condition-not-boolean" },
        { "m.json", 7, "unknown-population" },
        { "m.json", 8, "measure" },
        { "m.json", 8, "duplicate-measure" },
        { "m.json", 8, "no-population" },
    };
    broken = diagnostics_new(loading);
    CHECK(guideline_load_folder(loading, STR(ISLET_SOURCE_DIR "/test/guideline/broken"),
                                &broken) == NULL);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        CHECK(is_reported(expected[i].file, expected[i].line, expected[i].code));
}

static Str hint_of(const char *code) {
    for (size_t i = 0; i < broken.count; i++)
        if (strcmp(broken.items[i].code, code) == 0) return broken.items[i].hint;
    return (Str){ "", 0 };
}

static void a_name_nearly_right_is_offered(void) {
    CHECK_STR(hint_of("unknown-source"), "Did you mean \"ONE\"?");
    CHECK_STR(hint_of("unknown-rule"), "Did you mean R-1?");
    CHECK_STR(hint_of("unknown-activity"), "Did you mean https://example.org/a.b?");
}

static void a_folder_that_is_none_is_told(void) {
    broken = diagnostics_new(loading);
    CHECK(guideline_load_folder(loading, STR("/nowhere/at/all"), &broken) == NULL);
    CHECK(broken.count == 1 && strcmp(broken.items[0].code, "cannot-read") == 0);
}

static void a_guideline_that_is_not_inside_is_told(void) {
    broken = diagnostics_new(loading);
    CHECK(guideline_load_embedded(loading, STR("no-such-guideline"), &broken) == NULL);
    CHECK(broken.count == 1 && strcmp(broken.items[0].code, "unknown-guideline") == 0);
}

int main(void) {
    fixture_open();
    RUN(what_stands_in_the_guideline_is_there);
    RUN(a_category_is_the_topic_or_begins_the_id);
    RUN(a_define_that_gives_resources_is_known_by_its_type);
    RUN(a_file_is_found_by_its_name);
    RUN(every_mistake_is_told_with_its_place);
    RUN(a_name_nearly_right_is_offered);
    RUN(a_folder_that_is_none_is_told);
    RUN(a_guideline_that_is_not_inside_is_told);
    return fixture_close();
}
