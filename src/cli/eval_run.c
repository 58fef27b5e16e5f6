/* eval_run.c - the work of islet eval: results to standard output; errors, progress and at the end
 * the statistics to standard error.
 *
 * JSON holds each record's errors, so that standard error shows the first of them only; of the
 * other forms it shows all. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/eval.h"
#include "cli/progress.h"
#include "reason/evaluation_all.h"

enum { MOST_SHOWN = 20 };
static const size_t RESULT_BYTES = (size_t)1 << 32;

typedef struct Printing {
    Progress progress;
    bool all_errors;
    uint64_t shown; /* lines of errors */
    bool cut;
} Printing;

static void print(Str text, FILE *file) { fwrite(text.data, 1, text.length, file); }

static void print_errors(Printing *printing, Str errors) {
    size_t at = 0;
    while (at < errors.length && (printing->all_errors || printing->shown < MOST_SHOWN))
        printing->shown += errors.data[at++] == '\n';
    if (at != 0) progress_end(&printing->progress);
    print(str_slice(errors, 0, at), stderr);
    printing->cut |= at < errors.length;
}

static void take(void *self, Str out, Str errors, uint64_t records, double done) {
    Printing *printing = self;
    print(out, stdout);
    print_errors(printing, errors);
    progress_show(&printing->progress, records, done);
}

/* ---- without records ---- */

static int run_alone(const Evaluation *evaluation) {
    Evaluator *evaluator = evaluator_new(evaluation);
    Arena *arena = arena_new(RESULT_BYTES);
    int status = EXIT_FAILED;
    if (evaluator == NULL || arena == NULL || setjmp(*arena_guard(arena))) {
        fputs("islet eval: out of memory\n", stderr);
    } else {
        Buffer out = buffer_new(arena), errors = buffer_new(arena);
        evaluation_write_heading(evaluation, &out);
        if (evaluator_take(evaluator, NULL, &out, &errors)) status = EXIT_FINE;
        print(buffer_str(&out), stdout);
        print(buffer_str(&errors), stderr);
        arena_unguard(arena);
    }
    arena_free(arena);
    evaluator_free(evaluator);
    return status;
}

/* ---- over records ---- */

static void print_heading(EvalCommand *c) {
    Buffer out = buffer_new(c->arena);
    evaluation_write_heading(&c->evaluation, &out);
    print(buffer_str(&out), stdout);
}

static void print_statistics(const EvalCommand *c, const EvaluationTotals *totals,
                             const RecordFeed *feed, int64_t begun_ns) {
    int64_t passed = clock_monotonic_ns() - begun_ns;
    double seconds = (double)passed / 1e9;
    fprintf(stderr, "records      %" PRIu64 "\n", totals->records);
    fprintf(stderr, "with errors  %" PRIu64 "\n", totals->failed);
    fprintf(stderr, "seconds      %.3f\n", seconds);
    fprintf(stderr, "records/s    %.0f\n", (double)totals->records / seconds);
    fprintf(stderr, "threads      %" PRIu32 "\n", c->threads);
    if (record_feed_left_out(feed) != 0)
        fprintf(stderr, "left out     %" PRIu32 " resources of no patient of the files\n",
                record_feed_left_out(feed));
}

static int run_over(EvalCommand *c, RecordFeed *feed) {
    Printing printing = { .progress = progress_begin(),
                          .all_errors = c->evaluation.form == RESULT_CSV ||
                                        c->evaluation.form == RESULT_TABLE };
    EvaluationTotals totals;
    int64_t begun_ns = clock_monotonic_ns();
    print_heading(c);
    bool sound = evaluation_run_all(&c->evaluation, feed, c->threads,
                                    (ResultTaker){ &printing, take }, &totals);
    progress_end(&printing.progress);
    if (printing.cut) fputs("... further errors stand in the output\n", stderr);
    if (!sound) fputs("islet eval: out of memory\n", stderr);
    print_statistics(c, &totals, feed, begun_ns);
    return sound && totals.failed == 0 ? EXIT_FINE : EXIT_FAILED;
}

/* ---- coverage ---- */

static int write_coverage(EvalCommand *c, int status) {
    FILE *file = fopen(c->coverage_path, "wb");
    Buffer out = buffer_new(c->arena);
    coverage_write_lcov(c->evaluation.coverage, c->arena, &out);
    bool sound = file != NULL && fwrite(out.data, 1, out.length, file) == out.length;
    if (file != NULL) sound = fclose(file) == 0 && sound;
    if (sound) return status;
    fprintf(stderr, "islet eval: cannot write %s: %s\n", c->coverage_path, strerror(errno));
    return EXIT_FAILED;
}

/* ---- all ---- */

static int run_records(EvalCommand *c) {
    RecordFeed *feed =
        record_feed_new(c->data.items, (size_t)c->data.count, c->max_record);
    if (feed == NULL) return fputs("islet eval: out of memory\n", stderr), EXIT_FAILED;
    int status = run_over(c, feed);
    record_feed_free(feed);
    return status;
}

int eval_run(EvalCommand *c) {
    int status = c->data.count == 0 ? run_alone(&c->evaluation) : run_records(c);
    return c->coverage_path != NULL ? write_coverage(c, status) : status;
}
