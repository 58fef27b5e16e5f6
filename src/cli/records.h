/* records.h - the part that the commands over records share: the guideline, the as-of date, and
 * going through the records of files and standard input. */
#ifndef ISLET_CLI_RECORDS_H
#define ISLET_CLI_RECORDS_H

#include "cli/command.h"
#include "reason/apply.h"

typedef struct RecordRun {
    /* from the command line; NULL: the default */
    const char *command, *as_of, *guideline_folder, *max_record;
    bool all_rules, explain;
    /* the run */
    Arena *arena;
    Planner *planner;
    size_t max_record_bytes;
    uint32_t number; /* of the record at hand, from 1 */
    bool failed;     /* a record failed or a file could not be read */
} RecordRun;

/* What a command does with each record.  A failed record has been counted already. */
typedef struct RecordVisitor {
    void *self;
    void (*visit)(void *self, RecordRun *run, const RecordInput *input);
    void (*fail)(void *self, const RecordError *error);
} RecordVisitor;

/* Reads the options and loads the guideline.  EXIT_FINE, or the exit status after an error,
 * which has been reported. */
int record_run_open(RecordRun *run);
void record_run_close(RecordRun *run);

/* Goes through the records of `files` in order. */
void record_run_all(RecordRun *run, Arguments files, RecordVisitor visitor);

/* Reports a record's error for people, on standard error. */
void report_record_error(const RecordError *error);

#endif
