/* check_record.c - islet check-record: what the guideline understood of a record. */
#include <stdio.h>
#include <string.h>

#include "cli/records.h"

typedef struct Checking {
    bool json;
    Arena *arena; /* of the output of one record */
} Checking;

static void fail_record(void *self, const RecordError *error) {
    Checking *checking = self;
    if (!checking->json) {
        report_record_error(error);
        return;
    }
    arena_reset(checking->arena);
    Buffer out = buffer_new(checking->arena);
    record_error_write_json(error, &out);
    printf("%.*s\n", STR_ARGS(buffer_str(&out)));
}

static void check_one(void *self, RecordRun *run, const RecordInput *input) {
    Checking *checking = self;
    RecordError error;
    const RecordCheck *check = planner_check_record(run->planner, input, &error);
    if (check == NULL) {
        run->failed = true;
        fail_record(self, &error);
        return;
    }
    arena_reset(checking->arena);
    Buffer out = buffer_new(checking->arena);
    if (checking->json) record_check_write_json(check, &out);
    else record_check_write_text(check, (uint32_t)terminal_width(), use_colour(false), &out);
    printf(checking->json ? "%.*s\n" : "%.*s", STR_ARGS(buffer_str(&out)));
}

int command_check_record(Arguments arguments) {
    RecordRun run = { .command = "check-record" };
    const char *format = NULL;
    const Option options[] = { { "--format", .value = &format },
                               { "--as-of", .value = &run.as_of },
                               { "--guideline", .value = &run.guideline_folder },
                               { "--max-record", .value = &run.max_record } };
    if (!take_options(&arguments, options, sizeof options / sizeof *options)) return EXIT_USAGE;
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return refuse_usage("check-record", "--format %s: write text or json", format);
    if (arguments.count == 0) return refuse_usage("check-record", "expected a record: a file, or -");
    Checking checking = { .json = format != NULL && strcmp(format, "json") == 0,
                          .arena = arena_new((size_t)512 << 20) };
    int status = checking.arena == NULL ? EXIT_FAILED : record_run_open(&run);
    if (status == EXIT_FINE) {
        record_run_all(&run, arguments, (RecordVisitor){ &checking, check_one, fail_record });
        status = run.failed ? EXIT_FAILED : EXIT_FINE;
    }
    record_run_close(&run);
    arena_free(checking.arena);
    return status;
}
