/* eval.h - the parts of islet eval: its options, what is prepared from them, the work. */
#ifndef ISLET_CLI_EVAL_H
#define ISLET_CLI_EVAL_H

#include "cli/command.h"
#include "reason/evaluation.h"

typedef struct EvalCommand {
    /* the command line; NULL: not given */
    const char *library, *terms_path, *format, *threads_text, *as_of, *offset_text, *timeout,
        *max_record_text, *explained, *coverage_path;
    Words defines, parameters, folders, data;
    /* what it means */
    uint32_t threads;
    size_t max_record;
    Arena *arena; /* the program, the terminology, the values of parameters */
    Terminology terms;
    Evaluation evaluation;
} EvalCommand;

/* Compiles the library, finds the defines, evaluates the parameters and reads the terminology.
 * EXIT_FINE, or the exit status after mistakes, which have been reported. */
int eval_prepare(EvalCommand *command);

/* Evaluates on all records, or without one, and prints; gives the exit status. */
int eval_run(EvalCommand *command);

#endif
