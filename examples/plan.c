/* plan.c - the plan of a record by the guideline inside islet, by its C library.
 *
 *     cc plan.c $(pkg-config --cflags --libs islet) -o plan
 *     ./plan <RECORD.json
 *
 * A record is a FHIR Bundle of one patient. */
#include <islet.h>
#include <stdio.h>

static char record[16 << 20];

static void print_error(const islet_error *error) {
    fprintf(stderr, "%s:%u:%u: %s\n", error->file, error->line, error->column, error->message);
}

static int print_plan(islet_planner *planner, const islet_input *input) {
    islet_text plan;
    islet_status status = islet_planner_set_as_of(planner, "2026-06-01", 0);
    if (status == ISLET_OK) status = islet_planner_make_plan(planner, input);
    if (status == ISLET_OK) status = islet_planner_text(planner, 100, &plan);
    if (status == ISLET_OK) fwrite(plan.data, 1, plan.length, stdout);
    else print_error(islet_planner_error(planner));
    return status != ISLET_OK;
}

int main(void) {
    islet_guideline *guideline;
    islet_planner *planner = NULL;
    islet_input input = { record, fread(record, 1, sizeof record, stdin), "standard input", 1 };
    islet_status status = islet_guideline_load("net", &guideline);
    for (size_t i = 0; i < islet_guideline_error_count(guideline); i++)
        print_error(islet_guideline_error(guideline, i));
    if (status == ISLET_OK) status = islet_planner_new(guideline, NULL, &planner);
    int failed = status != ISLET_OK || print_plan(planner, &input);
    islet_planner_free(planner);
    islet_guideline_free(guideline);
    return failed;
}
