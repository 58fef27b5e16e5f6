/* combination_test.c - how statements make an option's status: every combination of four
 * statements that are true, false or null, against the sentences of doc/guideline.md. */
#include "fixture.h"

/* -1: null. */
typedef struct Truths {
    int strong, weak, against, never;
} Truths;

static const char *expected_status(Truths t) {
    bool negative_open = t.against < 0 || t.never < 0;
    bool positive_open = t.weak < 0 || (t.strong < 0 && t.weak != 1); /* could change the status */
    if (t.never == 1) return "contraindicated";
    if (t.against == 1) return "not-recommended";
    if (positive_open || (negative_open && (t.strong == 1 || t.weak == 1)))
        return "insufficient-data";
    if (negative_open) return "";
    if (t.weak == 1) return "may-be-considered";
    if (t.strong == 1) return "recommended";
    return "";
}

static const Plan *plan_with_truths(Truths t) {
    char entries[4000];
    snprintf(entries, sizeof entries, "%s%s%s%s", truth("for", t.strong), truth("perhaps", t.weak),
             truth("against", t.against), truth("never", t.never));
    return plan_of(entries);
}

static void every_combination_has_its_status(void) {
    for (int n = 0; n < 81; n++) {
        Truths t = { n % 3 - 1, n / 3 % 3 - 1, n / 9 % 3 - 1, n / 27 - 1 };
        const char *wanted = expected_status(t);
        const PlanOption *option = option_of(plan_with_truths(t), "all.four", "antitumour");
        const char *got = option == NULL ? "" : status_names[option->status];
        CHECK(strcmp(got, wanted) == 0);
        if (strcmp(got, wanted) != 0)
            printf("  for %d perhaps %d against %d never %d: got '%s', expected '%s'\n", t.strong,
                   t.weak, t.against, t.never, got, wanted);
    }
}

static const PlanOption *all_four(int strong, int weak, int against, int never) {
    return option_of(plan_with_truths((Truths){ strong, weak, against, never }), "all.four",
                     "antitumour");
}

static void both_positive_rules_are_listed_the_weaker_decides(void) {
    const PlanOption *option = all_four(1, 1, 0, 0);
    CHECK_STR(option->deciding->id, "T-PERHAPS");
    CHECK(option->rules.count == 2);
    CHECK_STR(option->rules.items[0], "T-PERHAPS");
    CHECK_STR(option->rules.items[1], "T-FOR");
    CHECK_STR(option->strength, "C");
    CHECK(option->line == 0);
}

static void sources_are_of_all_rules_each_once(void) {
    const PlanOption *option = all_four(1, 1, 0, 0);
    CHECK(option->sources.count == 2);
    CHECK_STR(option->sources.items[0]->label, "TWO");
    CHECK_STR(option->sources.items[1]->label, "ONE");
    CHECK_STR(option->sources.items[1]->doi, "10.1000/one");
}

static void a_draft_rule_marks_the_option(void) {
    CHECK(in_list(all_four(1, 1, 0, 0)->flags, "draft-rule"));
    CHECK(in_list(all_four(1, 1, 0, 0)->flags, "caution"));
    CHECK(!in_list(all_four(1, 0, 0, 0)->flags, "draft-rule"));
    CHECK(in_list(all_four(1, 0, 0, 0)->flags, "mdt-required"));
}

static void what_was_overruled_speaks_against(void) {
    const PlanOption *option = all_four(1, 0, 0, 1);
    CHECK(option->status == STATUS_CONTRAINDICATED);
    CHECK(option->because.count == 1);
    CHECK_STR(option->because.items[0].text, "Never: yes");
    CHECK(option->against.count == 1);
    CHECK_STR(option->against.items[0].text, "T-FOR says recommended: Reason for: yes");
    CHECK_STR(option->against.items[0].evidence.items[0], "Observation/for");
    CHECK(all_four(1, 0, 0, 0)->against.count == 0);
}

static void the_null_rule_decides_on_insufficient_data(void) {
    const PlanOption *option = all_four(1, 0, 0, -1);
    CHECK_STR(option->deciding->id, "T-NEVER");
    CHECK(option->missing.count == 1);
    CHECK_STR(option->missing.items[0], "tiny#never");
    CHECK(in_list(option->rules, "T-FOR"));
    CHECK(!in_list(option->rules, "T-PERHAPS"));
}

static void a_null_rule_that_could_change_nothing_is_not_waited_for(void) {
    const PlanOption *option = all_four(-1, 1, 0, 0);
    CHECK(option->status == STATUS_MAY_BE_CONSIDERED);
    CHECK(option->missing.count == 0);
    CHECK(!in_list(option->rules, "T-FOR"));
}

int main(void) {
    fixture_open();
    RUN(every_combination_has_its_status);
    RUN(both_positive_rules_are_listed_the_weaker_decides);
    RUN(sources_are_of_all_rules_each_once);
    RUN(a_draft_rule_marks_the_option);
    RUN(what_was_overruled_speaks_against);
    RUN(the_null_rule_decides_on_insufficient_data);
    RUN(a_null_rule_that_could_change_nothing_is_not_waited_for);
    return fixture_close();
}
