/* islet_terms.c - terminology by islet.h. */
#include "reason/islet_parts.h"

/* Half a million codes with their texts take about 100 MB. */
enum { TERMS_MEMORY = 1 << 30 };

islet_status islet_terms_new(islet_terms **terms) {
    if (terms == NULL) return ISLET_MISUSE;
    *terms = NULL;
    Arena *arena = arena_new(TERMS_MEMORY);
    JsonReader *reader = json_reader_new();
    if (arena == NULL || reader == NULL || setjmp(*arena_guard(arena))) {
        arena_free(arena);
        json_reader_free(reader);
        return ISLET_NO_MEMORY;
    }
    islet_terms *made = arena_alloc(arena, sizeof *made);
    *made = (islet_terms){ .arena = arena, .reader = reader, .terms = terms_new(arena),
                           .diagnostics = diagnostics_new(arena) };
    arena_unguard(arena);
    *terms = made;
    return ISLET_OK;
}

void islet_terms_free(islet_terms *terms) {
    if (terms == NULL) return;
    json_reader_free(terms->reader);
    arena_free(terms->arena);
}

/* Half of an addition may be there: the terms are not to be used. */
static islet_status spoil(islet_terms *terms) {
    terms->spoilt = true;
    error_list_set_too_large(&terms->errors);
    return ISLET_LIMIT;
}

static islet_status close(islet_terms *terms, size_t errors_before) {
    error_list_add(terms->arena, &terms->errors, &terms->diagnostics);
    return terms->diagnostics.errors == errors_before ? ISLET_OK : ISLET_INVALID;
}

static islet_status add(islet_terms *terms, const islet_input *resource) {
    Arena *arena = terms->arena;
    size_t errors = terms->diagnostics.errors;
    Str file = str_copy(arena, str_from(resource->file));
    Str text = str_copy(arena, input_text(resource));
    Diagnostic error;
    const Json *json = json_parse(terms->reader, arena, text, NULL, &error);
    if (json != NULL) {
        terms_add(terms->terms, file, text, json, &terms->diagnostics);
    } else if (status_of_failure(&error, ISLET_INVALID) == ISLET_LIMIT) {
        return spoil(terms);
    } else {
        error.file = file;
        diagnostics_add(&terms->diagnostics, error);
    }
    return close(terms, errors);
}

islet_status islet_terms_add(islet_terms *terms, const islet_input *resource) {
    if (terms == NULL || resource == NULL || resource->text == NULL || terms->finished)
        return ISLET_MISUSE;
    if (terms->spoilt) return ISLET_LIMIT;
    if (!input_is_sound(resource) || setjmp(*arena_guard(terms->arena))) return spoil(terms);
    islet_status status = add(terms, resource);
    arena_unguard(terms->arena);
    return status;
}

islet_status islet_terms_finish(islet_terms *terms) {
    if (terms == NULL || terms->finished) return ISLET_MISUSE;
    if (terms->spoilt) return ISLET_LIMIT;
    if (setjmp(*arena_guard(terms->arena))) return spoil(terms);
    size_t errors = terms->diagnostics.errors;
    terms_finish(terms->terms);
    terms->finished = true;
    islet_status status = close(terms, errors);
    arena_unguard(terms->arena);
    return status;
}

size_t islet_terms_error_count(const islet_terms *terms) {
    return terms != NULL ? terms->errors.count : 0;
}

const islet_error *islet_terms_error(const islet_terms *terms, size_t index) {
    return terms != NULL ? error_list_at(&terms->errors, index) : NULL;
}
