/* islet_parts.h - what the files behind islet.h share; for them only.
 *
 * A handle lives in an arena of its own, so that freeing the arena frees it.  Every entry
 * point that allocates guards its arena: past the limit it returns ISLET_LIMIT. */
#ifndef ISLET_REASON_ISLET_PARTS_H
#define ISLET_REASON_ISLET_PARTS_H

#include "islet.h"

#include "base/vec.h"
#include "cql/program.h"
#include "fhir/record.h"
#include "reason/terminology.h"

enum { RECORD_MEMORY = 384 << 20, LARGEST_INPUT = 1 << 30 };

/* ---- errors (islet_error.c) ---- */

/* The last error of a handle; its texts live in `arena`, which holds nothing else. */
typedef struct LastError {
    Arena *arena;
    islet_error error;
} LastError;

/* False when out of memory. */
bool last_error_open(LastError *last);
void last_error_close(LastError *last);
/* Keeps the error and returns its status.  Longer texts are cut; never leaves sideways. */
islet_status last_error_set(LastError *last, islet_status status, const Diagnostic *diagnostic,
                            Str resource);
/* The same of an error without a place; `code` and `hint` are constants. */
islet_status last_error_say(LastError *last, islet_status status, const char *code,
                            const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* For who asks for the error of NULL: a constant. */
const islet_error *error_of_no_handle(void);

/* All mistakes and warnings of something that was compiled or read. */
typedef VEC(islet_error) ErrorList;

/* Adds those diagnostics that came since the last time. */
void error_list_add(Arena *arena, ErrorList *list, const Diagnostics *diagnostics);
/* Makes it the one error of what became too large; takes no memory. */
void error_list_set_too_large(ErrorList *list);
const islet_error *error_list_at(const ErrorList *list, size_t index);

/* ISLET_LIMIT where the diagnostic says that a limit was reached. */
islet_status status_of_failure(const Diagnostic *failure, islet_status otherwise);

/* ---- inputs (islet_input.c) ---- */

bool input_is_sound(const islet_input *input); /* there, and of a size that can be */
static inline Str input_text(const islet_input *input) {
    return (Str){ input->text, input->length };
}
static inline uint32_t input_line(const islet_input *input) {
    return input->line != 0 ? input->line : 1;
}

/* A day or a moment to the minute or finer as in islet_evaluator_set_as_of; NULL: the present
 * moment.  False: neither, or no such offset. */
bool input_moment(const char *text, int offset_minutes, Value *out);
/* The error where that is false. */
islet_status refuse_moment(LastError *last, const char *text, int offset_minutes);

/* ---- handles ---- */

struct islet_library {
    Arena *arena;
    const Program *program; /* NULL: it has mistakes */
    ErrorList errors;
    const char *name, *version;
    size_t define_count, parameter_count;
    const uint32_t *defines; /* the public ones of the main library, as the program counts */
    const bool *need_record; /* of each of those */
    const char **define_names, **define_types;
    const char **parameter_names, **parameter_types;
};

struct islet_terms {
    Arena *arena;
    Terms *terms;
    JsonReader *reader;
    Diagnostics diagnostics;
    ErrorList errors;
    bool finished, spoilt;
};

/* `record` counts the records, and all else that ends the values given before. */
struct islet_evaluator {
    Arena *own;   /* this, and the run */
    Arena *arena; /* of the present record and its values */
    Arena **parameters; /* of the value of each parameter; NULL: not set */
    JsonReader *reader;
    const islet_library *library;
    Terminology terms;
    bool has_terms;
    Value as_of;
    int16_t offset;
    RunLimits limits;
    Run *run;
    Eval eval;
    const Source *source; /* NULL: no record */
    uint64_t record;
    bool spent; /* the record's memory was used up */
    LastError last;
};

/* An Eval with the evaluator's clock and terminology whose results go to `arena`. */
Eval handle_eval(const islet_evaluator *evaluator, Arena *arena);
/* Forgets what was worked out for the present record. */
void handle_restart(islet_evaluator *evaluator);
islet_value handle_value(islet_evaluator *evaluator, Value value);

#endif
