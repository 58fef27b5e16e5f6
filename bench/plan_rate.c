/* plan_rate.c - records a second of `islet plan --format json`, against the JSON parser alone.
 *
 * Usage: plan_rate ISLET RECORDS.ndjson
 *
 * The program as a whole, the planner alone (records in memory, plans into a buffer) and the
 * parser alone take turns, three rounds of each on one core; the best round of each counts. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "parser_rate.h"
#include "reason/apply.h"
#include "value/time.h"

enum { ROUNDS = 3, PADDING = 64 };

static void stay_on_one_core(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(sched_getcpu(), &set);
    sched_setaffinity(0, sizeof set, &set);
}

static char *read_records(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return NULL;
    long size = ftell(file);
    char *text = size < 0 ? NULL : calloc((size_t)size + PADDING, 1);
    rewind(file);
    *length = text == NULL ? 0 : fread(text, 1, (size_t)size, file);
    fclose(file);
    return text;
}

static double program_seconds(const char *islet, const char *path) {
    char command[4096];
    snprintf(command, sizeof command, "'%s' plan --format json --as-of 2026-06-01 '%s' > /dev/null",
             islet, path);
    int64_t begun = clock_monotonic_ns();
    int status = system(command);
    if (status != 0 && status != 3 << 8) return -1;
    return (double)(clock_monotonic_ns() - begun) / 1e9;
}

static double planner_seconds(Planner *planner, Arena *out_arena, const char *text, size_t length,
                              uint32_t *count, size_t *bytes) {
    int64_t begun = clock_monotonic_ns();
    *count = 0;
    *bytes = 0;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t line = end == NULL ? length - at : (size_t)(end - text) - at;
        RecordInput input = { STR("records"), { text + at, line }, *count + 1, *count + 1 };
        RecordError error;
        const Plan *plan = planner_plan(planner, &input, &error);
        if (plan == NULL) return -1;
        arena_reset(out_arena);
        Buffer out = buffer_new(out_arena);
        plan_write_json(plan, &out);
        *bytes += out.length;
        ++*count;
        at += line + 1;
    }
    return (double)(clock_monotonic_ns() - begun) / 1e9;
}

static double least(double a, double b) { return a == 0 || (b < a && b >= 0) ? b : a; }

static int measure(const char *islet, const char *path, Planner *planner, const char *text,
                   size_t length) {
    double program = 0, plan = 0, parse = 0;
    uint32_t count;
    size_t bytes;
    Arena *out = arena_new((size_t)256 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        program = least(program, program_seconds(islet, path));
        plan = least(plan, planner_seconds(planner, out, text, length, &count, &bytes));
        parse = least(parse, parser_seconds(text, length));
    }
    arena_free(out);
    if (program < 0 || plan < 0 || parse < 0) return fprintf(stderr, "a record failed\n"), 1;
    printf("%u records, %zu bytes each; plans of %zu bytes; one core, best of %d rounds\n", count,
           length / count, bytes / count, ROUNDS);
    printf("%-44s %10.0f records/s\n", "the JSON parser alone (simdjson DOM)", count / parse);
    printf("%-44s %10.0f records/s   %.3f of the parser\n", "plans from records in memory",
           count / plan, parse / plan);
    printf("%-44s %10.0f records/s   %.3f of the parser\n", "islet plan --format json, whole process",
           count / program, parse / program);
    return 0;
}

int main(int argc, char **argv) {
    size_t length = 0;
    char *text = argc == 3 ? read_records(argv[2], &length) : NULL;
    if (text == NULL || length == 0)
        return fprintf(stderr, "usage: plan_rate ISLET RECORDS.ndjson\n"), 2;
    stay_on_one_core();
    Arena *arena = arena_new((size_t)256 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Guideline *guideline = guideline_load_embedded(arena, STR("net"), &diagnostics);
    if (guideline == NULL) return fprintf(stderr, "the guideline does not load\n"), 1;
    Planner *planner = planner_new(guideline, (PlannerOptions){ .as_of = time_date(2026, 6, 1) });
    int status = measure(argv[1], argv[2], planner, text, length);
    planner_free(planner);
    arena_free(arena);
    free(text);
    return status;
}
