/* place.c - where in a record a piece of JSON stands, for messages.
 *
 * Instances do not know their parents; the place is searched only when something is to
 * be said about it. */
#include <stdarg.h>
#include <stdio.h>

#include "fhir/model.h"
#include "fhir/record.h"

typedef struct Step {
    const struct Step *parent;
    const Json *json;
    uint32_t index; /* in a list */
} Step;

static void add_steps(Buffer *out, const Step *step) {
    if (step->parent == NULL) return;
    add_steps(out, step->parent);
    if (step->parent->json->kind == JSON_ARRAY) {
        buffer_format(out, "[%u]", step->index);
        return;
    }
    if (step->parent->parent != NULL) buffer_add_char(out, '.');
    buffer_add(out, json_key(step->json));
}

static bool find_below(const Step *step, const Json *wanted, Buffer *out) {
    if (step->json == wanted) {
        add_steps(out, step);
        return true;
    }
    if (step->json->kind < JSON_ARRAY) return false;
    for (uint32_t i = 0; i < step->json->count; i++) {
        Step child = { step, &step->json->items[i], i };
        if (find_below(&child, wanted, out)) return true;
    }
    return false;
}

Str record_place(const Record *record, Arena *arena, const Json *json) {
    for (uint32_t i = 0; i < record_resource_count(record); i++) {
        const Json *resource = record_resource(record, i);
        Step top = { NULL, resource, 0 };
        Buffer out = buffer_new(arena);
        if (!find_below(&top, json, &out)) continue;
        Str reference = record_reference(arena, resource);
        return str_format(arena, "%.*s: %.*s", STR_ARGS(reference), STR_ARGS(buffer_str(&out)));
    }
    return (Str){ "", 0 };
}

bool fhir_fail(Eval *eval, const Json *json, const char *code, const char *format, ...) {
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    Str place = { "", 0 };
    if (eval->instances != NULL && json != NULL)
        place = record_place(eval->instances, eval->arena, json);
    if (place.length == 0 && json != NULL) place = json_key(json);
    if (place.length == 0) place = STR("a FHIR element");
    return eval_fail(eval, code, "%.*s %s", STR_ARGS(place), message);
}
