/* plan_rate.c - records a second of `islet plan --format json`, against the JSON parser alone.
 *
 * Usage: plan_rate ISLET RECORDS.ndjson
 *
 * The program as a whole, the planner alone (records in memory, plans into a buffer) and the
 * parser alone take turns, three rounds of each on one core; the best round of each counts. */
#include <stdio.h>

#include "measure.h"
#include "parser_rate.h"
#include "reason/apply.h"
#include "value/time.h"

enum { ROUNDS = 3, LACKS_DATA = 3 };

static double program_seconds(const char *islet, const char *path) {
    char command[4096];
    snprintf(command, sizeof command, "'%s' plan --format json --as-of 2026-06-01 '%s' > /dev/null",
             islet, path);
    return measure_command(command, LACKS_DATA);
}

static double planner_seconds(Planner *planner, Arena *out_arena, Str text, size_t *bytes) {
    double begun = measure_now();
    uint32_t number = 0;
    RecordInput input = { .file = STR("records") };
    *bytes = 0;
    for (size_t at = 0; measure_line(text, &at, &input.text);) {
        RecordError error;
        input.line = input.number = ++number;
        const Plan *plan = planner_plan(planner, &input, &error);
        if (plan == NULL) return -1;
        arena_reset(out_arena);
        Buffer out = buffer_new(out_arena);
        plan_write_json(plan, &out);
        *bytes += out.length;
    }
    return measure_now() - begun;
}

static int measure(const char *islet, const char *path, Planner *planner, Str text) {
    double program = 0, plan = 0, parse = 0;
    uint32_t count = measure_count_lines(text);
    size_t bytes;
    Arena *out = arena_new((size_t)256 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        program = measure_least(program, program_seconds(islet, path));
        plan = measure_least(plan, planner_seconds(planner, out, text, &bytes));
        parse = measure_least(parse, parser_seconds(text.data, text.length));
    }
    arena_free(out);
    if (program < 0 || plan < 0 || parse < 0) return fprintf(stderr, "a record failed\n"), 1;
    printf("Plans: %u records of %zu bytes, plans of %zu bytes; one core, best of %d rounds\n", count,
           text.length / count, bytes / count, ROUNDS);
    measure_print("the JSON parser alone (simdjson DOM)", count, parse, parse);
    measure_print("plans from records in memory", count, plan, parse);
    measure_print("islet plan --format json, whole process", count, program, parse);
    return 0;
}

int main(int argc, char **argv) {
    Str text = argc == 3 ? measure_file(argv[2]) : STR("");
    if (text.length == 0) return fprintf(stderr, "usage: plan_rate ISLET RECORDS.ndjson\n"), 2;
    measure_on_one_core();
    Arena *arena = arena_new((size_t)256 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Guideline *guideline = guideline_load_embedded(arena, STR("net"), &diagnostics);
    if (guideline == NULL) return fprintf(stderr, "the guideline does not load\n"), 1;
    Planner *planner = planner_new(guideline, (PlannerOptions){ .as_of = time_date(2026, 6, 1) });
    int status = measure(argv[1], argv[2], planner, text);
    planner_free(planner);
    arena_free(arena);
    return status;
}
