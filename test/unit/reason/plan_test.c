/* plan_test.c - what a plan holds beside the status of options: evidence and missing facts
 * from the graph of defines, computed fields, alerts, work-up, rules, and its memory. */
#include "fixture.h"

/* ---- evidence ---- */

static void reasons_name_the_fact_and_its_resource(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", sized("4.0"), truth("never", 0));
    const PlanOption *option = option_of(plan_of(entries), "cut.small", "antitumour");
    CHECK(option->status == STATUS_RECOMMENDED);
    CHECK(option->because.count == 2);
    CHECK_STR(option->because.items[0].text, "Size 4 mm");
    CHECK(option->because.items[0].evidence.count == 1);
    CHECK_STR(option->because.items[0].evidence.items[0], "Observation/size");
    CHECK_STR(option->because.items[1].text, "Never: no");
}

static void evidence_is_the_resource_that_a_define_gives_not_where_it_was_found(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s%s", sized("30"),
             observed("size", "\"valueQuantity\":{\"value\":4,\"code\":\"mm\"}"),
             truth("never", 0));
    const PlanOption *option = option_of(plan_of(entries), "cut.small", "antitumour");
    CHECK(option->because.items[0].evidence.count == 1); /* the last of two */
}

/* ---- missing ---- */

static const PlanMissing *missing_of(const Plan *plan, const char *code) {
    for (uint32_t i = 0; plan != NULL && i < plan->missing_count; i++)
        if (str_is(plan->missing[i].fact->code, code)) return &plan->missing[i];
    return NULL;
}

static void a_null_fact_is_missing_for_the_option_that_reads_it(void) {
    const Plan *plan = plan_of(truth("never", 0));
    const PlanOption *option = option_of(plan, "cut.small", "antitumour");
    CHECK(option->status == STATUS_INSUFFICIENT_DATA);
    CHECK(option->missing.count == 1);
    CHECK_STR(option->missing.items[0], "tiny#size");
    const PlanMissing *missing = missing_of(plan, "tiny#size");
    CHECK_STR(missing->reason, "absent");
    CHECK(value_is_null(missing->last_date));
    CHECK(in_list(missing->wanted_for, "cut.small"));
    CHECK(in_list(missing->wanted_for, "diagnosis.grade"));
    CHECK_STR(missing->rule, "T-SMALL");
    CHECK(missing_of(plan, "tiny#never") == NULL);
    CHECK(plan->lacks_data);
}

static void an_option_stands_once_in_what_a_fact_is_wanted_for(void) {
    const PlanMissing *missing = missing_of(plan_of(truth("never", 0)), "tiny#size");
    uint32_t times = 0;
    for (uint32_t i = 0; i < missing->wanted_for.count; i++)
        times += str_is(missing->wanted_for.items[i], "cut.small");
    CHECK(times == 1); /* though two purposes lack it */
}

static void the_reason_comes_from_the_define_that_knows_why(void) {
    const Plan *plan = plan_of(observed("old-size", "\"valueInteger\":1"));
    const PlanMissing *missing = missing_of(plan, "tiny#size");
    CHECK_STR(missing->reason, "stale");
    CHECK(missing->last_date.tag == TAG_DATE);
}

static void a_rule_without_an_option_is_named_itself(void) {
    const PlanMissing *missing = missing_of(plan_of(""), "tiny#colour");
    CHECK(in_list(missing->wanted_for, "T-WARM"));
    CHECK_STR(missing->rule, "T-WARM");
}

static void a_false_rule_lacks_nothing(void) {
    const Plan *plan = plan_of(truth("never", 1)); /* T-SMALL is false whatever the size */
    CHECK(option_of(plan, "cut.small", "antitumour") == NULL);
    CHECK(!in_list(missing_of(plan, "tiny#size")->wanted_for, "cut.small"));
}

static void whether_data_is_lacking(void) {
    char entries[3000];
    snprintf(entries, sizeof entries, "%s%s%s%s%s", sized("4"), truth("for", 1),
             truth("perhaps", 0), truth("against", 0), truth("never", 0));
    const Plan *plan = plan_of(entries);
    CHECK(!plan->lacks_data);
    CHECK(missing_of(plan, "tiny#colour") != NULL); /* a rule lacks it, no option does */
}

static void options_stand_by_status_then_id(void) {
    char entries[3000];
    snprintf(entries, sizeof entries, "%s%s%s", sized("4"), truth("never", 0), truth("against", 1));
    const Plan *plan = plan_of(entries);
    CHECK(plan->option_count == 3);
    CHECK_STR(plan->options[0].group->activity->id, "cut.small");
    CHECK_STR(plan->options[0].group->purpose, "antitumour");
    CHECK_STR(plan->options[1].group->purpose, "palliation");
    CHECK_STR(plan->options[1].group->action, "continue");
    CHECK(plan->options[2].status == STATUS_NOT_RECOMMENDED);
}

static void a_negative_statement_alone_makes_an_entry(void) {
    const PlanOption *option = option_of(plan_of(truth("never", 1)), "drug.plain", "antitumour");
    CHECK(option != NULL && option->status == STATUS_CONTRAINDICATED);
    CHECK(option_of(plan_of(""), "drug.plain", "antitumour") == NULL);
}

/* ---- computed fields ---- */

static void dynamic_values_add_and_replace(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", sized("4"), truth("never", 0));
    const PlanOption *option = option_of(plan_of(entries), "cut.small", "antitumour");
    CHECK(option->flags.count == 2);
    CHECK(in_list(option->flags, "caution") && in_list(option->flags, "stale"));
    CHECK(option->line == 2);
    CHECK_STR(option->target, "C17.2");
    CHECK(in_list(option->requires_first, "tiny#scan"));
    CHECK(option->field_count == 1);
    CHECK_STR(option->fields[0].name, "positions");
}

/* ---- alerts and work-up ---- */

static const PlanAlert *alert_of(const Plan *plan, const char *key) {
    for (uint32_t i = 0; i < plan->alert_count; i++)
        if (str_is(plan->alerts[i].key, key)) return &plan->alerts[i];
    return NULL;
}

static void each_subject_has_an_alert_of_its_own(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s%s", observed("drug", "\"valueString\":\"aspirin\""),
             observed("drug", "\"valueString\":\"warfarin\""),
             observed("drug", "\"valueString\":\"aspirin\""));
    const Plan *plan = plan_of(entries);
    CHECK(alert_of(plan, "T-DRUG/drug.fixed") != NULL);
    CHECK(alert_of(plan, "T-DRUG/warfarin") != NULL);
    CHECK_STR(alert_of(plan, "T-DRUG/aspirin")->subject, "aspirin");
    CHECK(alert_of(plan, "T-DRUG/aspirin/2") != NULL); /* keys are unique */
    CHECK(alert_of(plan, "T-DRUG/warfarin")->values.tag == TAG_TUPLE);
}

static void an_alert_of_no_rule_has_no_rule(void) {
    const PlanAlert *alert = alert_of(plan_of(""), "nothing-for-it");
    CHECK(alert != NULL && alert->statement->rule == NO_INDEX);
    CHECK(alert_of(plan_of(""), "T-DRUG/drug.fixed") == NULL);
}

static void hard_alerts_come_first(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", observed("drug", "\"valueString\":\"x\""),
             observed("colour", "\"valueCodeableConcept\":{\"coding\":[{\"system\":"
                                "\"https://example.org/colours\",\"code\":\"red\"}]}"));
    const Plan *plan = plan_of(entries);
    CHECK(plan->alert_count == 4);
    CHECK_STR(plan->alerts[0].key, "T-WARM");
    CHECK_STR(plan->alerts[0].because.items[0].text, "Colour: red");
}

static void work_up_stands_where_its_rule_is_true(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", truth("for", 1), truth("against", 1));
    const Plan *plan = plan_of(entries);
    CHECK(plan->workup_count == 2);
    CHECK_STR(plan->workup[0].statement->item, "tiny#test"); /* required before advised */
    CHECK(plan->workup[0].done.tag == TAG_DATE);
    CHECK(value_is_null(plan->workup[1].done));
    CHECK(in_list(plan->workup[1].preparation, "tiny#fast"));
    CHECK(plan_of("")->workup_count == 0);
}

/* ---- rules ---- */

static const PlanRule *rule_of(const Plan *plan, const char *id) {
    for (uint32_t i = 0; i < plan->rule_count; i++)
        if (str_is(plan->rules[i].rule->id, id)) return &plan->rules[i];
    return NULL;
}

static void true_and_null_rules_are_listed_false_ones_when_asked(void) {
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", truth("for", 1), truth("against", 0));
    const Plan *plan = plan_of(entries);
    CHECK(value_is_true(rule_of(plan, "T-FOR")->value));
    CHECK(in_list(rule_of(plan, "T-FOR")->evidence, "Observation/for"));
    CHECK(value_is_null(rule_of(plan, "T-PERHAPS")->value));
    CHECK(in_list(rule_of(plan, "T-PERHAPS")->missing, "tiny#perhaps"));
    CHECK(rule_of(plan, "T-PERHAPS")->rule->draft && !rule_of(plan, "T-FOR")->rule->draft);
    CHECK(rule_of(plan, "T-AGAINST") == NULL);
    PlannerOptions options = default_options();
    options.all_rules = true;
    Planner *all = planner_new(tiny, options);
    CHECK(value_is_false(rule_of(plan_with(all, entries), "T-AGAINST")->value));
    planner_free(all);
}

/* ---- traces ---- */

static void a_trace_goes_from_the_rule_to_the_resource(void) {
    PlannerOptions options = default_options();
    options.explain = true;
    Planner *explaining = planner_new(tiny, options);
    char entries[2000];
    snprintf(entries, sizeof entries, "%s%s", sized("4"), truth("never", 0));
    const Plan *plan = plan_with(explaining, entries);
    const Trace *trace = &option_of(plan, "cut.small", "antitumour")->trace;
    CHECK(trace->count >= 5);
    CHECK_STR(program_define(tiny->program, trace->items[0].define)->name, "T-SMALL");
    CHECK(trace->items[0].depth == 0 && trace->items[1].depth == 1);
    bool reached = false;
    for (uint32_t i = 0; i < trace->count; i++)
        reached |= in_list(trace->items[i].resources, "Observation/size") &&
                   str_is(program_define(tiny->program, trace->items[i].define)->name,
                          "Size observation");
    CHECK(reached);
    planner_free(explaining);
}

/* ---- failing records ---- */

static void a_broken_record_is_an_error_and_the_next_is_planned(void) {
    RecordInput broken = { STR("many.ndjson"), STR("{\"resourceType\":"), 7, 7 };
    CHECK(planner_plan(planner, &broken, &record_error) == NULL);
    CHECK(record_error.number == 7);
    CHECK_STR(record_error.diagnostic.file, "many.ndjson");
    CHECK(record_error.diagnostic.span.line == 7);
    CHECK(plan_of("") != NULL);
}

static void a_value_that_fails_a_rule_fails_the_record_and_is_named(void) {
    RecordInput input = input_of(sized("123456789012345678901234567890.5"));
    CHECK(planner_plan(planner, &input, &record_error) == NULL);
    CHECK_STR(record_error.resource, "Observation/size");
    CHECK(contains(record_error.diagnostic.message, "valueQuantity"));
}

static void a_record_past_its_memory_fails_alone(void) {
    PlannerOptions options = default_options();
    options.memory_limit = 64 * 1024;
    Planner *small = planner_new(tiny, options);
    static char entries[60000];
    size_t used = 0;
    for (int i = 0; i < 200; i++)
        used += (size_t)snprintf(entries + used, sizeof entries - used, "%s", truth("for", 1));
    RecordInput input = input_of(entries);
    CHECK(planner_plan(small, &input, &record_error) == NULL);
    CHECK(contains(str_from(record_error.diagnostic.code), "too-large"));
    CHECK(plan_with(small, "") != NULL);
    planner_free(small);
}

int main(void) {
    fixture_open();
    RUN(reasons_name_the_fact_and_its_resource);
    RUN(evidence_is_the_resource_that_a_define_gives_not_where_it_was_found);
    RUN(a_null_fact_is_missing_for_the_option_that_reads_it);
    RUN(an_option_stands_once_in_what_a_fact_is_wanted_for);
    RUN(the_reason_comes_from_the_define_that_knows_why);
    RUN(a_rule_without_an_option_is_named_itself);
    RUN(a_false_rule_lacks_nothing);
    RUN(whether_data_is_lacking);
    RUN(options_stand_by_status_then_id);
    RUN(a_negative_statement_alone_makes_an_entry);
    RUN(dynamic_values_add_and_replace);
    RUN(each_subject_has_an_alert_of_its_own);
    RUN(an_alert_of_no_rule_has_no_rule);
    RUN(hard_alerts_come_first);
    RUN(work_up_stands_where_its_rule_is_true);
    RUN(true_and_null_rules_are_listed_false_ones_when_asked);
    RUN(a_trace_goes_from_the_rule_to_the_resource);
    RUN(a_broken_record_is_an_error_and_the_next_is_planned);
    RUN(a_value_that_fails_a_rule_fails_the_record_and_is_named);
    RUN(a_record_past_its_memory_fails_alone);
    return fixture_close();
}
