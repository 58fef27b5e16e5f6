/* plan.c - islet plan: a personalised plan for each record. */
#include <stdio.h>
#include <string.h>

#include "cli/plan_trials.h"

typedef enum Format { FORMAT_TEXT, FORMAT_JSON, FORMAT_FHIR } Format;

typedef struct Planning {
    Format format;
    TextStyle style;
    Arena *arena; /* of the output of one record */
    PlanTrials trials;
    bool lacking; /* some plan lacks data */
    bool no_trials;
    uint32_t shown;
} Planning;

static bool parse_format(const char *text, Format *out) {
    static const char *const names[] = { "text", "json", "fhir" };
    for (int i = 0; text != NULL && i < 3; i++)
        if (strcmp(text, names[i]) == 0) return *out = (Format)i, true;
    return text == NULL;
}

static void print(const Buffer *out, bool line_end) {
    fwrite(out->data, 1, out->length, stdout);
    if (line_end) putchar('\n');
}

static void fail_record(void *self, const RecordError *error) {
    Planning *planning = self;
    if (planning->format == FORMAT_TEXT) {
        report_record_error(error);
        return;
    }
    arena_reset(planning->arena);
    Buffer out = buffer_new(planning->arena);
    if (planning->format == FORMAT_FHIR) record_error_write_fhir(error, &out);
    else record_error_write_json(error, &out);
    print(&out, true);
}

static void write_plan(Planning *planning, const Plan *plan, Buffer *out) {
    switch (planning->format) {
        case FORMAT_JSON: plan_write_json(plan, out); break;
        case FORMAT_FHIR: plan_write_fhir(plan, out); break;
        default: plan_write_text(plan, planning->style, out); break;
    }
}

/* False: the error is in *error, or was reported. */
static bool make_plan(Planning *planning, RecordRun *run, const RecordInput *input, Plan *plan,
                      RecordError *error) {
    const Plan *made = planner_plan(run->planner, input, error);
    if (made == NULL) return false;
    *plan = *made;
    return planning->no_trials ||
           plan_trials_add(&planning->trials, input, plan, planning->arena, error);
}

static void plan_record(void *self, RecordRun *run, const RecordInput *input) {
    Planning *planning = self;
    RecordError error;
    Plan plan;
    arena_reset(planning->arena);
    if (!make_plan(planning, run, input, &plan, &error)) {
        run->failed = true;
        if (error.diagnostic.code != NULL) fail_record(self, &error);
        return;
    }
    planning->lacking |= plan.lacks_data;
    Buffer out = buffer_new(planning->arena);
    write_plan(planning, &plan, &out);
    if (planning->format == FORMAT_TEXT && planning->shown++ > 0) putchar('\n');
    print(&out, planning->format != FORMAT_TEXT);
}

static int plan_all(RecordRun *run, Planning *planning, Arguments files) {
    int status = record_run_open(run);
    planning->arena = arena_new((size_t)512 << 20);
    planning->trials.guideline_folder = run->guideline_folder;
    if (status == EXIT_FINE && planning->arena != NULL) {
        record_run_all(run, files, (RecordVisitor){ planning, plan_record, fail_record });
        status = run->failed ? EXIT_FAILED : planning->lacking ? EXIT_INSUFFICIENT : EXIT_FINE;
    }
    plan_trials_close(&planning->trials);
    arena_free(planning->arena);
    record_run_close(run);
    return status;
}

int command_plan(Arguments arguments) {
    RecordRun run = { .command = "plan" };
    Planning planning = { 0 };
    const char *format = NULL;
    const Option options[] = {
        { "--format", .value = &format },          { "--as-of", .value = &run.as_of },
        { "--guideline", .value = &run.guideline_folder },
        { "--max-record", .value = &run.max_record },
        { "--explain", .flag = &run.explain },    { "--all-rules", .flag = &run.all_rules },
        { "--acknowledged", .flag = &planning.style.acknowledged },
        { "--no-trials", .flag = &planning.no_trials },
    };
    if (!take_options(&arguments, options, sizeof options / sizeof *options)) return EXIT_USAGE;
    if (!parse_format(format, &planning.format))
        return refuse_usage("plan", "--format %s: write text, json or fhir", format);
    if (arguments.count == 0) return refuse_usage("plan", "expected a record: a file, or -");
    planning.style.width = (uint32_t)terminal_width();
    planning.style.colour = use_colour(false);
    planning.style.explain = run.explain;
    return plan_all(&run, &planning, arguments);
}
