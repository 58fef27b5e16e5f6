/* eval.c - islet eval: the defines of a CQL library, over records or by themselves. */
#define _POSIX_C_SOURCE 200809L
#include "cli/eval.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/option_values.h"
#include "reason/moment.h"

enum { MOST_THREADS = 256 };
static const size_t LIBRARY_BYTES = (size_t)8 << 30, LONGEST_RECORD = (size_t)64 << 20;

/* An explanation is for people, wherever it goes, unless a format is asked for. */
static bool parse_format(const char *text, bool explains, ResultForm *out) {
    static const char *const names[] = { "json", "ndjson", "csv", "table" };
    *out = explains || isatty(STDOUT_FILENO) == 1 ? RESULT_TABLE : RESULT_NDJSON;
    if (text == NULL) return true;
    for (int i = 0; i < 4; i++)
        if (strcmp(text, names[i]) == 0) return *out = (ResultForm)i, true;
    return false;
}

/* As many threads as there are processors. */
static uint32_t default_threads(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (uint32_t)count;
}

static int read_clock(EvalCommand *c) {
    Evaluation *e = &c->evaluation;
    Value moment;
    if (!parse_offset(c->offset_text, &e->offset))
        return refuse_usage("eval", "--offset %s is no offset: write +01:00", c->offset_text);
    if (!moment_read(c->as_of, e->offset, &moment))
        return refuse_usage("eval", "--as-of %s is no day or moment: write 2026-06-01 or "
                            "2026-06-01T08:30:00Z", c->as_of);
    e->now = moment_begin(moment, e->offset);
    return EXIT_FINE;
}

static int read_numbers(EvalCommand *c) {
    if (!parse_duration(c->timeout, &c->evaluation.limits.milliseconds))
        return refuse_usage("eval", "--timeout %s is no time: write 10s or 500ms", c->timeout);
    if (!parse_count(c->threads_text, default_threads(), MOST_THREADS, &c->threads))
        return refuse_usage("eval", "--threads %s is no number from 1 to %d", c->threads_text,
                            MOST_THREADS);
    if (!parse_size(c->max_record_text, LONGEST_RECORD, &c->max_record))
        return refuse_usage("eval", "--max-record %s is no size up to 1GB: write 64MB",
                            c->max_record_text);
    return EXIT_FINE;
}

static int read_values(EvalCommand *c, const Arguments *arguments) {
    Evaluation *e = &c->evaluation;
    e->explains = c->explained != NULL;
    if (!parse_format(c->format, e->explains, &e->form))
        return refuse_usage("eval", "--format %s: write json, ndjson, csv or table", c->format);
    if (e->explains && (c->defines.count != 0 || c->coverage_path != NULL || e->form == RESULT_CSV))
        return refuse_usage("eval", "--explain goes with neither --define, --coverage nor csv");
    if (arguments->count != 1) return refuse_usage("eval", "expected one file of CQL");
    c->library = arguments->items[0];
    int status = read_clock(c);
    return status == EXIT_FINE ? read_numbers(c) : status;
}

/* The guard stands here, around all that is prepared. */
static int prepare_and_run(EvalCommand *c) {
    if (c->arena == NULL || setjmp(*arena_guard(c->arena))) {
        fputs("islet eval: too large for this machine's memory limit\n", stderr);
        return EXIT_FAILED;
    }
    int status = eval_prepare(c);
    arena_unguard(c->arena);
    return status == EXIT_FINE ? eval_run(c) : status;
}

int command_eval(Arguments arguments) {
    EvalCommand c = { 0 };
    const Option options[] = {
        { "--define", .words = &c.defines },      { "--param", .words = &c.parameters },
        { "--include", .words = &c.folders },     { "--terms", .value = &c.terms_path },
        { "--data", .words = &c.data },           { "--format", .value = &c.format },
        { "--threads", .value = &c.threads_text }, { "--as-of", .value = &c.as_of },
        { "--offset", .value = &c.offset_text },  { "--timeout", .value = &c.timeout },
        { "--max-record", .value = &c.max_record_text },
        { "--explain", .value = &c.explained },   { "--coverage", .value = &c.coverage_path },
    };
    if (!take_options(&arguments, options, sizeof options / sizeof *options)) return EXIT_USAGE;
    int status = read_values(&c, &arguments);
    if (status != EXIT_FINE) return status;
    c.arena = arena_new(LIBRARY_BYTES);
    status = prepare_and_run(&c);
    arena_free(c.arena);
    return status;
}
