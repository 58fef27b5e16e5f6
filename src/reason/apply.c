/* apply.c - one record at a time: read, evaluate, make the plan.
 *
 * All that belongs to a record lives in one arena, which is reset before the next, and which
 * is guarded here: past the memory limit the record fails, and the planner goes on. */
#include "reason/apply.h"

#include <string.h>

#include "fhir/fhir.h"
#include "reason/apply_parts.h"
#include "reason/check_parts.h"
#include "reason/moment.h"
#include "reason/workspace.h"
#include "value/time.h"

enum { DEFAULT_MEMORY = 384 << 20, RUN_MEMORY = 256 << 20 };

struct Planner {
    const Guideline *guideline;
    PlannerOptions options;
    Workspace work; /* its own memory: the planner and its run */
    Run *run;
    Value now;
};

/* ---- the planner ---- */

Planner *planner_new(const Guideline *guideline, PlannerOptions options) {
    size_t limit = options.memory_limit != 0 ? options.memory_limit : DEFAULT_MEMORY;
    Workspace work;
    if (!workspace_open(&work, RUN_MEMORY, limit)) return NULL;
    if (setjmp(*arena_guard(work.own))) {
        workspace_close(&work);
        return NULL;
    }
    Planner *planner = arena_alloc(work.own, sizeof *planner);
    *planner = (Planner){ guideline, options, work,
                          run_new(work.own, guideline->program, (RunLimits){ 0 }),
                          /* what is dated within the day has been */
                          moment_end(options.as_of, options.offset) };
    arena_unguard(work.own);
    return planner;
}

void planner_free(Planner *planner) {
    if (planner == NULL) return;
    Workspace work = planner->work; /* the planner lies in its own memory */
    workspace_close(&work);
}

/* ---- evaluation ---- */

Value applying_value(Applying *a, uint32_t define) {
    Value value = value_null();
    if (a->failed || run_peek(a->run, define, &value)) return value;
    if (run_define(a->run, define, &value, &a->failure)) return value;
    a->failed = true;
    return value_null();
}

static bool is_listed(Str word, const char *list) {
    Str words = str_from(list);
    size_t from = 0;
    for (size_t i = 0; i <= words.length; i++) {
        if (i != words.length && words.data[i] != ' ') continue;
        if (str_equal(str_slice(words, from, i), word)) return true;
        from = i + 1;
    }
    return false;
}

StrList applying_list(Applying *a, const Statement *statement, const char *path, StrList fixed) {
    for (uint32_t i = 0; i < statement->dynamic_count; i++) {
        if (!str_is(statement->dynamics[i].path, path)) continue;
        Value value = applying_value(a, statement->dynamics[i].define);
        StrList more = value_strings(&a->eval, value);
        Str *all = arena_alloc(a->arena, (fixed.count + more.count + 1) * sizeof *all);
        if (fixed.count != 0) memcpy(all, fixed.items, fixed.count * sizeof *all);
        if (more.count != 0) memcpy(all + fixed.count, more.items, more.count * sizeof *all);
        fixed = (StrList){ fixed.count + more.count, all };
    }
    return fixed;
}

Value applying_field(Applying *a, const Statement *statement, const char *path) {
    Value last = value_null();
    for (uint32_t i = 0; i < statement->dynamic_count; i++) {
        if (!str_is(statement->dynamics[i].path, path)) continue;
        Value value = applying_value(a, statement->dynamics[i].define);
        if (!value_is_null(value)) last = value;
    }
    return last;
}

const Field *applying_other_fields(Applying *a, const Statement *statement, const char *known,
                                   uint32_t *count) {
    Field *fields = arena_array(a->arena, statement->dynamic_count, sizeof *fields);
    *count = 0;
    for (uint32_t i = 0; i < statement->dynamic_count; i++) {
        Str path = statement->dynamics[i].path;
        Value value = value_null();
        if (is_listed(path, known)) continue;
        value = applying_value(a, statement->dynamics[i].define);
        if (!value_is_null(value)) fields[(*count)++] = (Field){ path, value };
    }
    return fields;
}

Str applying_text(Applying *a, const Statement *statement, const char *path, Str fixed) {
    StrList given = value_strings(&a->eval, applying_field(a, statement, path));
    return given.count != 0 ? given.items[given.count - 1] : fixed;
}

Value applying_date(Applying *a, const Statement *statement, const char *path) {
    Value value = applying_field(a, statement, path);
    if (value.tag == TAG_DATETIME) return time_to_date(value);
    return value.tag == TAG_DATE ? value : value_null();
}

Reasons applying_reasons(Applying *a, const Statement *statement) {
    return evidence_reasons(&a->evidence, evidence_of(&a->evidence, statement->define)->facts);
}

void applying_tell(Applying *a, const PlanParameter *parameter, Value value) {
    if (parameter->index != NO_INDEX) run_set_parameter(a->run, parameter->index, value);
}

/* ---- records ---- */

static Record *read_input(Planner *planner, const RecordInput *input, RecordError *error) {
    return record_read(planner->work.reader, planner->work.record, input->file, input->line,
                       input->text, &error->diagnostic, &error->resource);
}

static Lack *make_lacks(const Planner *planner) {
    uint32_t count = planner->guideline->fact_count;
    Lack *lacks = arena_array(planner->work.record, count, sizeof *lacks);
    for (uint32_t i = 0; i < count; i++) lacks[i].fact = NO_INDEX;
    return lacks;
}

/* Starts the evaluation of a record. */
static void begin(Planner *planner, const Record *record, Applying *a) {
    const Guideline *guideline = planner->guideline;
    *a = (Applying){ .arena = planner->work.record, .guideline = guideline,
                     .options = &planner->options, .run = planner->run };
    a->eval = (Eval){ .arena = planner->work.record, .now = planner->now,
                      .offset = planner->options.offset, .nodes = fhir_r4.nodes,
                      .terms = &guideline->terms };
    a->lacks = make_lacks(planner);
    a->marks = arena_array(planner->work.record, guideline->rule_count, sizeof *a->marks);
    run_begin(planner->run, &a->eval, record_source(record));
    applying_tell(a, &guideline->triage_parameter, value_null());
    applying_tell(a, &guideline->follow_up_parameter, value_null());
    a->evidence = evidence_new(planner->work.record, guideline, planner->run, &a->eval, record);
}

/* A failed define as an error of the record: the message may begin with a resource of the record
 * ("Observation/ki67: valueQuantity ..."), and the define's place follows. */
static void fail(const Planner *planner, const Applying *a, const RecordInput *input,
                 RecordError *error) {
    const Diagnostic *failure = &a->failure;
    Str message = failure->message;
    size_t colon = 0, slash = 0;
    while (colon < message.length && message.data[colon] != ':' && message.data[colon] != ' ')
        slash = message.data[colon++] == '/' ? colon : slash;
    bool placed = slash != 0 && colon < message.length && message.data[colon] == ':';
    error->resource = placed ? str_slice(message, 0, colon) : (Str){ "", 0 };
    error->diagnostic = (Diagnostic){ .severity = SEVERITY_ERROR, .code = failure->code,
                                      .hint = failure->hint, .file = input->file,
                                      .span = { input->line, 1, 0, 1 } };
    if (placed && failure->hint.length == 0)
        error->diagnostic.hint = STR("Mend the element in the record, or take the resource out");
    if (placed) message = str_slice(message, colon + 2, message.length);
    error->diagnostic.message =
        str_format(planner->work.record, "%.*s (at %.*s:%u:%u)", STR_ARGS(message),
                   STR_ARGS(failure->file), failure->span.line, failure->span.column);
}

/* In this order (apply_parts.h). */
static void (*const parts[])(Applying *a) = {
    apply_outputs, apply_triage, apply_follow_up, apply_options,  apply_alerts, apply_workup,
    apply_tasks,   apply_team,   apply_computed,  apply_measures, apply_rules,  apply_missing,
};

static const Plan *make_plan(Planner *planner, const RecordInput *input, RecordError *error) {
    Record *record = read_input(planner, input, error);
    if (record == NULL) return NULL;
    Applying *a = arena_alloc(planner->work.record, sizeof *a);
    begin(planner, record, a);
    a->plan = arena_alloc_zeroed(planner->work.record, sizeof *a->plan);
    *a->plan = (Plan){ .guideline = planner->guideline, .as_of = planner->options.as_of,
                       .patient = record_patient_reference(record), .eval = &a->eval };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) parts[i](a);
    if (!a->failed) return a->plan;
    fail(planner, a, input, error);
    return NULL;
}

static const RecordCheck *make_check(Planner *planner, const RecordInput *input,
                                     RecordError *error) {
    Record *record = read_input(planner, input, error);
    if (record == NULL) return NULL;
    Applying *a = arena_alloc(planner->work.record, sizeof *a);
    begin(planner, record, a);
    const RecordCheck *check = check_record(a, record, input->number);
    if (!a->failed) return check;
    fail(planner, a, input, error);
    return NULL;
}

static void fail_for_memory(const RecordInput *input, RecordError *error) {
    error->resource = (Str){ "", 0 };
    error->diagnostic =
        (Diagnostic){ .severity = SEVERITY_ERROR, .code = "record-too-large",
                      .message = STR("the record needs more memory than a record may have"),
                      .hint = STR("Split the record, or allow more"), .file = input->file,
                      .span = { input->line, 1, 0, 1 } };
}

const Plan *planner_plan(Planner *planner, const RecordInput *input, RecordError *error) {
    *error = (RecordError){ .number = input->number };
    arena_reset(planner->work.record);
    if (setjmp(*arena_guard(planner->work.record))) {
        fail_for_memory(input, error);
        return NULL;
    }
    const Plan *plan = make_plan(planner, input, error);
    arena_unguard(planner->work.record);
    return plan;
}

const RecordCheck *planner_check_record(Planner *planner, const RecordInput *input,
                                        RecordError *error) {
    *error = (RecordError){ .number = input->number };
    arena_reset(planner->work.record);
    if (setjmp(*arena_guard(planner->work.record))) {
        fail_for_memory(input, error);
        return NULL;
    }
    const RecordCheck *check = make_check(planner, input, error);
    arena_unguard(planner->work.record);
    return check;
}
