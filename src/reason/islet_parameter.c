/* islet_parameter.c - giving parameters their values by islet.h.
 *
 * A value lives in an arena of the parameter's own, which is freed when it is set again. */
#include "reason/islet_parts.h"
#include "reason/parameter.h"
#include "value/print.h"

enum { PARAMETER_MEMORY = 64 << 20 };

static const Diagnostic *first_error(const Diagnostics *diagnostics) {
    const Diagnostic *d = diagnostics->items;
    while (d->severity != SEVERITY_ERROR) d++;
    return d;
}

/* The expression's value, in `arena`. */
static islet_status evaluate(islet_evaluator *e, Arena *arena, size_t number, Str expression,
                             Value *value) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Eval moment = handle_eval(e, arena);
    if (parameter_evaluate(arena, e->library->program, (uint32_t)number, expression, &moment,
                           value, &diagnostics))
        return ISLET_OK;
    const Diagnostic *error = first_error(&diagnostics);
    return last_error_set(&e->last, status_of_failure(error, ISLET_INVALID), error, STR(""));
}

static islet_status fail_for_memory(islet_evaluator *e) {
    return last_error_say(&e->last, ISLET_LIMIT, "parameter-too-large", "Make it smaller",
                          "the parameter's value needs more memory than it may have");
}

static islet_status evaluate_guarded(islet_evaluator *e, Arena *arena, size_t number,
                                     Str expression, Value *value) {
    if (setjmp(*arena_guard(arena))) return fail_for_memory(e);
    islet_status status = evaluate(e, arena, number, expression, value);
    arena_unguard(arena);
    return status;
}

static islet_status set(islet_evaluator *e, size_t number, Str expression) {
    Value value;
    Arena *arena = arena_new(PARAMETER_MEMORY);
    if (arena == NULL) return fail_for_memory(e);
    islet_status status = evaluate_guarded(e, arena, number, expression, &value);
    if (status != ISLET_OK) {
        arena_free(arena);
        return status;
    }
    arena_free(e->parameters[number]);
    e->parameters[number] = arena;
    run_set_parameter(e->run, (uint32_t)number, value);
    handle_restart(e);
    return ISLET_OK;
}

static bool find(const islet_library *library, const char *name, size_t *number) {
    for (*number = 0; *number < library->parameter_count; ++*number)
        if (str_is(str_from(name), library->parameter_names[*number])) return true;
    return false;
}

static islet_status refuse_name(islet_evaluator *e, const char *name) {
    return last_error_say(&e->last, ISLET_NOT_FOUND, "unknown-parameter",
                          "islet_library_parameter_name lists them",
                          "the library has no parameter %s", name);
}

islet_status islet_evaluator_set_parameter(islet_evaluator *evaluator, const char *name,
                                           const char *expression) {
    size_t number;
    if (evaluator == NULL || name == NULL || expression == NULL) return ISLET_MISUSE;
    if (!find(evaluator->library, name, &number)) return refuse_name(evaluator, name);
    return set(evaluator, number, str_from(expression));
}

static islet_status set_string(islet_evaluator *e, Arena *arena, size_t number, const char *text) {
    if (setjmp(*arena_guard(arena))) return fail_for_memory(e);
    Buffer literal = buffer_new(arena);
    value_print_quoted(str_from(text), &literal);
    islet_status status = set(e, number, buffer_str(&literal));
    arena_unguard(arena);
    return status;
}

islet_status islet_evaluator_set_parameter_string(islet_evaluator *evaluator, const char *name,
                                                  const char *text) {
    size_t number;
    if (evaluator == NULL || name == NULL || text == NULL) return ISLET_MISUSE;
    if (!find(evaluator->library, name, &number)) return refuse_name(evaluator, name);
    Arena *arena = arena_new(PARAMETER_MEMORY);
    islet_status status = arena != NULL ? set_string(evaluator, arena, number, text)
                                        : fail_for_memory(evaluator);
    arena_free(arena);
    return status;
}
