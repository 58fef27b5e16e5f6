/* plan_limits_test.c - whatever the limit of memory is, a plan and a guideline are there whole or
 * refused with an error that says so. */
#include "fixture.h"

/* The limits are tried in steps of a ninth, so that each kind of allocation is the one that
 * fails at some time. */
static size_t next_limit(size_t limit) { return limit + limit / 9 + 16; }

enum { LEAST = 64, MOST = 64 << 20 };

static PlannerOptions options_within(size_t limit) {
    PlannerOptions options = default_options();
    options.memory_limit = limit;
    options.all_rules = options.explain = true;
    return options;
}

static void check_refusal(void) {
    const Diagnostic *error = &record_error.diagnostic;
    CHECK(strcmp(error->code, "record-too-large") == 0 ||
          strcmp(error->code, "json-too-large") == 0);
    CHECK(error->message.length > 0 && error->span.line == 1);
    CHECK_STR(error->file, "test.json");
}

static bool plans_within(size_t limit) {
    Planner *limited = planner_new(tiny, options_within(limit));
    RecordInput input = input_of(sized("12"));
    bool made = planner_plan(limited, &input, &record_error) != NULL;
    if (!made) check_refusal();
    planner_free(limited);
    return made;
}

static bool checks_within(size_t limit) {
    Planner *limited = planner_new(tiny, options_within(limit));
    RecordInput input = input_of(sized("12"));
    bool made = planner_check_record(limited, &input, &record_error) != NULL;
    if (!made) check_refusal();
    planner_free(limited);
    return made;
}

static bool loads(Arena *arena) {
    Diagnostics diagnostics = diagnostics_new(arena);
    bool made = guideline_load_folder(arena, STR(TINY), &diagnostics) != NULL;
    CHECK(made || diagnostics.errors > 0);
    return made;
}

static bool loads_within(size_t limit) {
    Arena *arena = arena_new(limit);
    volatile bool made = false;
    if (setjmp(*arena_guard(arena)) == 0) made = loads(arena);
    arena_unguard(arena);
    arena_free(arena);
    return made;
}

/* The first limit that is enough; those below it were refused. */
static size_t least_limit(bool (*enough)(size_t limit)) {
    size_t limit = LEAST;
    while (limit < MOST && !enough(limit)) limit = next_limit(limit);
    return limit;
}

static void a_plan_is_made_or_refused(void) {
    size_t limit = least_limit(plans_within);
    CHECK(limit > 4000 && limit < MOST);
}

static void a_record_is_checked_or_refused(void) {
    size_t limit = least_limit(checks_within);
    CHECK(limit > 4000 && limit < MOST);
}

static void a_guideline_is_loaded_or_not(void) {
    size_t limit = least_limit(loads_within);
    CHECK(limit > 100000 && limit < MOST);
}

/* A planner that had to give up goes on with the next record. */
static void the_next_record_is_planned(void) {
    static char many[50000];
    Planner *limited = planner_new(tiny, options_within(least_limit(plans_within) * 2));
    for (int i = 0; i < 90; i++) strcat(many, sized("12"));
    RecordInput large = input_of(many);
    CHECK(planner_plan(limited, &large, &record_error) == NULL);
    check_refusal();
    CHECK(plan_with(limited, sized("12")) != NULL);
    planner_free(limited);
}

int main(void) {
    fixture_open();
    RUN(a_plan_is_made_or_refused);
    RUN(a_record_is_checked_or_refused);
    RUN(a_guideline_is_loaded_or_not);
    RUN(the_next_record_is_planned);
    return fixture_close();
}
