/* evaluation.c - one record at a time: read, evaluate each define, write.
 *
 * All that belongs to a record lives in one arena, which is reset before the next, and which
 * is guarded here: past the memory limit the record fails, and the evaluator goes on.
 * Without a record, a define that needs one is an error of that define. */
#include "reason/evaluation.h"
#include "reason/workspace.h"

#include <string.h>

#include "base/vec.h"
#include "cql/code.h"
#include "fhir/fhir.h"
#include "fhir/record.h"

static const size_t DEFAULT_MEMORY = (size_t)384 << 20, OWN_MEMORY = (size_t)1 << 32;

struct Evaluator {
    const Evaluation *evaluation;
    Workspace work;     /* its own memory: the evaluator and its run */
    Run *run;
    Counting *counting; /* NULL: nothing is counted */
    uint32_t evaluating; /* the define, or UINT32_MAX */
};

const uint32_t *evaluation_public_defines(Arena *arena, const Program *program, uint32_t *count) {
    VEC(uint32_t) list = { 0 };
    for (uint32_t i = 0; i < program_define_count(program); i++) {
        const Definition *definition = program_define(program, i)->definition;
        if (definition->owner == program->main && !definition->is_private)
            vec_push(arena, &list, i);
    }
    *count = (uint32_t)list.count;
    return list.items;
}

/* ---- the evaluator ---- */

static void give_parameters(Evaluator *evaluator) {
    const Evaluation *evaluation = evaluator->evaluation;
    for (uint32_t i = 0; i < program_parameter_count(evaluation->program); i++)
        if (evaluation->given[i])
            run_set_parameter(evaluator->run, i, evaluation->parameters[i]);
}

Evaluator *evaluator_new(const Evaluation *evaluation) {
    size_t limit = evaluation->memory_limit != 0 ? evaluation->memory_limit : DEFAULT_MEMORY;
    Workspace work;
    if (!workspace_open(&work, OWN_MEMORY, limit)) return NULL;
    if (setjmp(*arena_guard(work.own))) {
        workspace_close(&work);
        return NULL;
    }
    Evaluator *evaluator = arena_alloc(work.own, sizeof *evaluator);
    *evaluator = (Evaluator){ .evaluation = evaluation, .work = work };
    evaluator->run = run_new(work.own, evaluation->program, evaluation->limits);
    give_parameters(evaluator);
    if (evaluation->coverage != NULL) {
        evaluator->counting = counting_new(work.own, evaluation->program);
        run_set_tracer(evaluator->run, &evaluator->counting->tracer);
    }
    arena_unguard(work.own);
    return evaluator;
}

void evaluator_free(Evaluator *evaluator) {
    if (evaluator == NULL) return;
    if (evaluator->counting != NULL)
        coverage_add(evaluator->evaluation->coverage, evaluator->counting);
    Workspace work = evaluator->work; /* the evaluator lies in its own memory */
    workspace_close(&work);
}

/* ---- evaluation ---- */

static void refuse_record(const Define *define, Diagnostic *error) {
    *error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = "no-record",
                           .message = STR("the define needs a patient's record"),
                           .hint = STR("give records with --data"), .file = define->file,
                           .span = define->span };
}

static void evaluate_define(Evaluator *evaluator, RecordResult *result, uint32_t define,
                            DefineResult *one) {
    const Evaluation *evaluation = evaluator->evaluation;
    if (!evaluation->explains) {
        one->sound = run_define(evaluator->run, define, &one->value, &one->error);
        return;
    }
    Trace *trace = arena_alloc(evaluator->work.record, sizeof *trace);
    one->sound = trace_define(trace, evaluator->work.record, evaluation->program, evaluator->run,
                              define, &one->value, &one->error);
    result->trace = trace;
}

static void evaluate_defines(Evaluator *evaluator, RecordResult *result) {
    const Evaluation *evaluation = evaluator->evaluation;
    const Program *program = evaluation->program;
    result->results =
        arena_array(evaluator->work.record, evaluation->define_count, sizeof *result->results);
    for (uint32_t i = 0; i < evaluation->define_count; i++) {
        DefineResult *one = &result->results[i];
        uint32_t define = evaluator->evaluating = evaluation->defines[i];
        if (result->item == NULL && program_needs_record(program, evaluator->work.record, define))
            refuse_record(program_define(program, define), &one->error);
        else evaluate_define(evaluator, result, define, one);
    }
}

static void begin(Evaluator *evaluator, RecordResult *result, const Source *source) {
    const Evaluation *evaluation = evaluator->evaluation;
    result->eval = arena_alloc_zeroed(evaluator->work.record, sizeof *result->eval);
    *result->eval = (Eval){ .arena = evaluator->work.record, .now = evaluation->now,
                            .offset = evaluation->offset, .nodes = fhir_r4.nodes,
                            .terms = evaluation->terms };
    run_begin(evaluator->run, result->eval, source);
}

static void read_and_evaluate(Evaluator *evaluator, RecordResult *result) {
    const FeedItem *item = result->item;
    if (item->text.data == NULL) {
        result->failed = true;
        result->failure = item->error;
        return;
    }
    const Record *record =
        record_read(evaluator->work.reader, evaluator->work.record, item->file, item->line,
                    item->text, &result->failure, &result->resource);
    if (record == NULL) {
        result->failed = true;
        return;
    }
    result->record = record_patient_reference(record);
    begin(evaluator, result, record_source(record));
    evaluate_defines(evaluator, result);
}

static bool is_sound(const RecordResult *result) {
    if (result->failed) return false;
    for (uint32_t i = 0; i < result->evaluation->define_count; i++)
        if (!result->results[i].sound) return false;
    return true;
}

typedef struct Written {
    bool sound;
    Str out, errors; /* in the record's arena */
} Written;

static Written write_result(Evaluator *evaluator, const RecordResult *result) {
    Buffer out = buffer_new(evaluator->work.record), errors = buffer_new(evaluator->work.record);
    bool sound = is_sound(result);
    result_write(result, &out);
    if (!sound) result_write_errors(result, &errors);
    return (Written){ sound, buffer_str(&out), buffer_str(&errors) };
}

static Written take(Evaluator *evaluator, const FeedItem *item) {
    RecordResult result = { .evaluation = evaluator->evaluation, .item = item };
    if (item != NULL) {
        read_and_evaluate(evaluator, &result);
    } else {
        begin(evaluator, &result, NULL);
        evaluate_defines(evaluator, &result);
    }
    return write_result(evaluator, &result);
}

/* Its place is that of the record, or without one of the define that was being evaluated. */
static Diagnostic memory_error(const Evaluator *evaluator, const FeedItem *item, Arena *arena) {
    Diagnostic error = {
        .severity = SEVERITY_ERROR, .code = "memory-limit",
        .message = STR("the evaluation needs more memory than a record may have"),
        .hint = STR("look for a query whose list grows with each row, or split the record") };
    if (evaluator->evaluating != UINT32_MAX) {
        const Define *define =
            program_define(evaluator->evaluation->program, evaluator->evaluating);
        error.message = str_format(arena, "evaluating \"%.*s\" needs more memory than a record "
                                   "may have", STR_ARGS(define->name));
        error.file = define->file;
        error.span = define->span;
    }
    if (item != NULL) {
        error.file = item->file;
        error.span = (Span){ item->line, 1, 0, 1 };
    }
    return error;
}

/* Written where the results go, since the record's own memory is used up. */
static void fail_for_memory(const Evaluator *evaluator, const FeedItem *item, Buffer *out,
                            Buffer *errors) {
    RecordResult result = { .evaluation = evaluator->evaluation, .item = item, .failed = true };
    result.failure = memory_error(evaluator, item, out->arena);
    result_write(&result, out);
    result_write_errors(&result, errors);
}

bool evaluator_take(Evaluator *evaluator, const FeedItem *item, Buffer *out, Buffer *errors) {
    evaluator->evaluating = UINT32_MAX;
    arena_reset(evaluator->work.record);
    if (setjmp(*arena_guard(evaluator->work.record))) {
        fail_for_memory(evaluator, item, out, errors);
        return false;
    }
    Written written = take(evaluator, item);
    arena_unguard(evaluator->work.record);
    buffer_add(out, written.out);
    buffer_add(errors, written.errors);
    return written.sound;
}
