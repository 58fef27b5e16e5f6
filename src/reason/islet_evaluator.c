/* islet_evaluator.c - evaluating by islet.h: the record, its defines, the clock.
 *
 * One arena holds the present record and all that is worked out on it; it is reset before
 * the next record.  Past its limit the record is spent: what the run left half done is not
 * looked at again. */
#include <string.h>

#include "fhir/fhir.h"
#include "reason/islet_parts.h"
#include "reason/moment.h"

enum { RUN_MEMORY = 256 << 20 };

/* ---- making and freeing ---- */

static void free_parts(islet_evaluator *e) {
    size_t count = e->parameters != NULL ? islet_library_parameter_count(e->library) : 0;
    for (size_t i = 0; i < count; i++) arena_free(e->parameters[i]);
    json_reader_free(e->reader);
    last_error_close(&e->last);
    arena_free(e->arena);
}

static bool make_parts(islet_evaluator *e, const islet_limits *limits) {
    size_t memory = limits != NULL && limits->memory != 0 ? limits->memory : RECORD_MEMORY;
    e->limits.steps = limits != NULL ? limits->steps : 0;
    e->arena = arena_new(memory);
    e->reader = json_reader_new();
    if (!last_error_open(&e->last) || e->arena == NULL || e->reader == NULL) return false;
    if (setjmp(*arena_guard(e->own))) return false;
    e->parameters =
        arena_array(e->own, islet_library_parameter_count(e->library), sizeof(Arena *));
    e->run = run_new(e->own, e->library->program, e->limits);
    arena_unguard(e->own);
    return true;
}

static islet_evaluator *make(const islet_library *library, const islet_terms *terms,
                             const islet_limits *limits) {
    Arena *own = arena_new(RUN_MEMORY);
    islet_evaluator *e = own != NULL ? arena_try_alloc(own, sizeof *e) : NULL;
    if (e == NULL) return arena_free(own), NULL;
    *e = (islet_evaluator){ .own = own, .library = library, .has_terms = terms != NULL };
    if (terms != NULL) e->terms = terms_terminology(terms->terms);
    input_moment(NULL, 0, &e->as_of);
    if (!make_parts(e, limits)) {
        free_parts(e);
        arena_free(own);
        return NULL;
    }
    handle_restart(e);
    return e;
}

islet_status islet_evaluator_new(const islet_library *library, const islet_terms *terms,
                                 const islet_limits *limits, islet_evaluator **evaluator) {
    if (evaluator == NULL) return ISLET_MISUSE;
    *evaluator = NULL;
    if (library == NULL || (terms != NULL && (!terms->finished || terms->spoilt)))
        return ISLET_MISUSE;
    if (library->program == NULL) return ISLET_INVALID;
    *evaluator = make(library, terms, limits);
    return *evaluator != NULL ? ISLET_OK : ISLET_NO_MEMORY;
}

void islet_evaluator_free(islet_evaluator *evaluator) {
    if (evaluator == NULL) return;
    Arena *own = evaluator->own;
    free_parts(evaluator);
    arena_free(own);
}

const islet_error *islet_evaluator_error(const islet_evaluator *evaluator) {
    return evaluator != NULL ? &evaluator->last.error : error_of_no_handle();
}

/* ---- the clock ---- */

Eval handle_eval(const islet_evaluator *evaluator, Arena *arena) {
    return (Eval){ .arena = arena, .now = moment_begin(evaluator->as_of, evaluator->offset),
                   .offset = evaluator->offset,
                   .nodes = fhir_r4.nodes,
                   .terms = evaluator->has_terms ? &evaluator->terms : NULL };
}

islet_status islet_evaluator_set_as_of(islet_evaluator *evaluator, const char *as_of,
                                       int offset_minutes) {
    Value moment;
    if (evaluator == NULL) return ISLET_MISUSE;
    if (!input_moment(as_of, offset_minutes, &moment))
        return refuse_moment(&evaluator->last, as_of, offset_minutes);
    evaluator->as_of = moment;
    evaluator->offset = (int16_t)offset_minutes;
    handle_restart(evaluator);
    return ISLET_OK;
}

/* ---- records ---- */

void handle_restart(islet_evaluator *evaluator) {
    evaluator->record++;
    if (evaluator->source == NULL) {
        arena_reset(evaluator->arena);
        evaluator->spent = false;
    }
    evaluator->eval = handle_eval(evaluator, evaluator->arena);
    run_begin(evaluator->run, &evaluator->eval, evaluator->source);
}

static islet_status fail_for_memory(islet_evaluator *e) {
    e->eval.depth = 0;
    return last_error_say(&e->last, ISLET_LIMIT, "record-too-large",
                          "Split the record, or allow more",
                          "the record needs more memory than a record may have");
}

static islet_status read(islet_evaluator *e, const islet_input *input) {
    Diagnostic error = { .code = "" };
    Str resource = STR("");
    const Record *record = record_read(e->reader, e->arena, str_from(input->file),
                                       input_line(input), input_text(input), &error, &resource);
    if (record == NULL)
        return last_error_set(&e->last, status_of_failure(&error, ISLET_INVALID), &error,
                              resource);
    e->source = record_source(record);
    handle_restart(e);
    return ISLET_OK;
}

islet_status islet_evaluator_read_record(islet_evaluator *evaluator, const islet_input *record) {
    islet_status cleared = islet_evaluator_clear_record(evaluator);
    if (cleared != ISLET_OK || record == NULL || record->text == NULL) return ISLET_MISUSE;
    if (!input_is_sound(record) || setjmp(*arena_guard(evaluator->arena)))
        return fail_for_memory(evaluator);
    islet_status status = read(evaluator, record);
    arena_unguard(evaluator->arena);
    return status;
}

islet_status islet_evaluator_clear_record(islet_evaluator *evaluator) {
    if (evaluator == NULL) return ISLET_MISUSE;
    evaluator->source = NULL;
    handle_restart(evaluator);
    return ISLET_OK;
}

/* ---- defines ---- */

islet_value handle_value(islet_evaluator *evaluator, Value value) {
    islet_value out = { .evaluator_ = evaluator, .record_ = evaluator->record };
    _Static_assert(sizeof out.bits_ == sizeof value, "a value fits");
    memcpy(out.bits_, &value, sizeof value);
    return out;
}

static islet_status refuse_name(islet_evaluator *e, const char *name) {
    return last_error_say(&e->last, ISLET_NOT_FOUND, "unknown-define",
                          "islet_library_define_name lists them",
                          "the library has no public define %s", name);
}

static islet_status refuse_without_record(islet_evaluator *e, const char *name) {
    return last_error_say(&e->last, ISLET_MISUSE, "no-record", "Read a record first",
                          "the define %s needs a record", name);
}

static islet_status define(islet_evaluator *e, uint32_t index, islet_value *out) {
    Diagnostic error;
    Value value;
    if (!run_define(e->run, index, &value, &error))
        return last_error_set(&e->last, status_of_failure(&error, ISLET_FAILED), &error, STR(""));
    *out = handle_value(e, value);
    return ISLET_OK;
}

/* The place of a define among the public ones, or their count: it is none. */
static size_t find_define(const islet_library *library, uint32_t index) {
    size_t at = 0;
    while (at < library->define_count && library->defines[at] != index) at++;
    return at;
}

islet_status islet_evaluator_define(islet_evaluator *evaluator, const char *name,
                                    islet_value *value) {
    if (evaluator == NULL || name == NULL || value == NULL) return ISLET_MISUSE;
    const islet_library *library = evaluator->library;
    uint32_t index = program_find(library->program, STR(""), str_from(name));
    size_t at = find_define(library, index);
    if (at == library->define_count) return refuse_name(evaluator, name);
    if (evaluator->source == NULL && library->need_record[at])
        return refuse_without_record(evaluator, name);
    if (evaluator->spent) return fail_for_memory(evaluator);
    if (setjmp(*arena_guard(evaluator->arena))) {
        evaluator->spent = true;
        return fail_for_memory(evaluator);
    }
    islet_status status = define(evaluator, index, value);
    arena_unguard(evaluator->arena);
    return status;
}
