/* records.c - see records.h. */
#include "cli/records.h"

#include <stdio.h>

#include "cli/option_values.h"
#include "cli/progress.h"
#include "fhir/feed.h"
#include "reason/moment.h"

enum { PROGRAM_BYTES = 256 << 20, LONGEST_RECORD = 64 << 20 };

/* ---- the guideline ---- */

static Guideline *load_guideline(RecordRun *run) {
    Diagnostics diagnostics = diagnostics_new(run->arena);
    Guideline *guideline =
        run->guideline_folder != NULL
            ? guideline_load_folder(run->arena, str_from(run->guideline_folder), &diagnostics)
            : guideline_load_embedded(run->arena, STR("net"), &diagnostics);
    if (guideline == NULL) print_diagnostics(&diagnostics);
    return guideline;
}

static int open_planner(RecordRun *run, Value as_of) {
    run->arena = arena_new(PROGRAM_BYTES);
    if (run->arena == NULL) return fputs("islet: out of memory\n", stderr), EXIT_FAILED;
    if (setjmp(*arena_guard(run->arena)))
        return fputs("islet: the guideline is too large\n", stderr), EXIT_FAILED;
    Guideline *guideline = load_guideline(run);
    arena_unguard(run->arena);
    if (guideline == NULL) return EXIT_FAILED;
    run->planner = planner_new(guideline, (PlannerOptions){ .as_of = as_of,
                                                            .all_rules = run->all_rules,
                                                            .explain = run->explain });
    if (run->planner == NULL) return fputs("islet: out of memory\n", stderr), EXIT_FAILED;
    return EXIT_FINE;
}

int record_run_open(RecordRun *run) {
    Value as_of;
    if (!moment_read(run->as_of, 0, &as_of))
        return refuse_usage(run->command,
                            "--as-of %s is no day or moment: write 2026-06-01 or "
                            "2026-06-01T08:30:00Z", run->as_of);
    if (!parse_size(run->max_record, LONGEST_RECORD, &run->max_record_bytes))
        return refuse_usage(run->command, "--max-record %s is no size up to 1GB: write 64MB",
                            run->max_record);
    return open_planner(run, as_of);
}

void record_run_close(RecordRun *run) {
    planner_free(run->planner);
    arena_free(run->arena);
}

/* ---- records ---- */

static void fail_record(RecordRun *run, const RecordVisitor *visitor, Diagnostic diagnostic) {
    RecordError error = { .number = run->number, .diagnostic = diagnostic };
    run->failed = true;
    visitor->fail(visitor->self, &error);
}

static void visit_item(RecordRun *run, const FeedItem *item, const RecordVisitor *visitor) {
    run->number = item->number;
    if (item->text.data == NULL) fail_record(run, visitor, item->error);
    else
        visitor->visit(visitor->self, run,
                       &(RecordInput){ .file = item->file, .text = item->text,
                                       .line = item->line, .number = item->number });
}

/* What no record came of.  Resources without any patient are a failure, not an empty run. */
static void report_rest(RecordRun *run, const RecordFeed *feed) {
    uint32_t left_out = feed != NULL ? record_feed_left_out(feed) : 0;
    if (feed == NULL) fputs("islet: out of memory\n", stderr);
    else if (left_out != 0)
        fprintf(stderr, "islet: %u resource%s no patient of these files\n", left_out,
                left_out == 1 ? " belongs to" : "s belong to");
    run->failed |= feed == NULL || (left_out != 0 && run->number == 0);
}

void record_run_all(RecordRun *run, Arguments files, RecordVisitor visitor) {
    Progress progress = progress_begin();
    RecordFeed *feed = record_feed_new((const char *const *)files.items, (size_t)files.count,
                                       run->max_record_bytes);
    FeedItem item;
    while (feed != NULL && record_feed_next(feed, &item)) {
        visit_item(run, &item, &visitor);
        progress_show(&progress, run->number, record_feed_done(feed));
    }
    progress_end(&progress);
    report_rest(run, feed);
    record_feed_free(feed);
}

void report_record_error(const RecordError *error) {
    const Diagnostic *d = &error->diagnostic;
    fprintf(stderr, "%.*s:%u:%u: error: ", STR_ARGS(d->file), d->span.line, d->span.column);
    if (error->resource.length != 0) fprintf(stderr, "%.*s: ", STR_ARGS(error->resource));
    fprintf(stderr, "%.*s [%s]\n", STR_ARGS(d->message), d->code);
    if (d->hint.length != 0) fprintf(stderr, "    %.*s\n", STR_ARGS(d->hint));
}
