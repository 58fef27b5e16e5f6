/* path_model.c - the functions that FHIR adds to FHIRPath. */
#include "cql/path_function.h"
#include "value/operators.h"

/* The texts of an element of one item. */
static bool element_text(PathRun *run, Value item, const char *name, Str *out) {
    Items found;
    Value value = value_null();
    *out = STR("");
    if (!path_element(run, item, str_from(name), &found)) return false;
    if (found.count > 0 && !path_system(run, found.items[0], &value)) return false;
    if (value.tag == TAG_STRING) *out = value_str(value);
    return true;
}

FUNCTION(extension) {
    Items all;
    Value url;
    ItemList kept = { 0 };
    if (!path_argument_value(run, node, scope, 1, &url) ||
        !path_elements(run, input, STR("extension"), &all))
        return false;
    for (uint32_t i = 0; i < all.count && url.tag == TAG_STRING; i++) {
        Str found;
        if (!element_text(run, all.items[i], "url", &found)) return false;
        if (str_equal(found, value_str(url))) vec_push(run->eval->arena, &kept, all.items[i]);
    }
    *out = items_list(&kept);
    return true;
}

/* The System value of one primitive; null for anything else. */
static bool primitive_value(PathRun *run, Items input, Value *out) {
    *out = value_null();
    if (input.count != 1) return true;
    if (!path_system(run, input.items[0], out)) return false;
    if (out->tag == TAG_NODE || out->tag == TAG_QUANTITY) *out = value_null();
    return true;
}

FUNCTION(hasValue) {
    UNUSED;
    Value value;
    if (!primitive_value(run, input, &value)) return false;
    *out = items_boolean(run, !value_is_null(value));
    return true;
}

FUNCTION(getValue) {
    UNUSED;
    Value value;
    if (!primitive_value(run, input, &value)) return false;
    *out = items_of(run, value);
    return true;
}

/* ---- references ---- */

/* What the resource contains under the id. */
static bool find_contained(PathRun *run, Str id, Value *out) {
    Items resource = value_is_null(run->world->resource) ? run->focus
                                                         : items_of(run, run->world->resource);
    Items contained;
    *out = value_null();
    if (!path_elements(run, resource, STR("contained"), &contained)) return false;
    for (uint32_t i = 0; i < contained.count; i++) {
        Str found;
        if (!element_text(run, contained.items[i], "id", &found)) return false;
        if (str_equal(found, id)) *out = contained.items[i];
    }
    return true;
}

static bool resolve_one(PathRun *run, Value item, Value *out) {
    const PathWorld *world = run->world;
    Value text;
    Str reference;
    *out = value_null();
    if (!element_text(run, item, "reference", &reference) || !path_system(run, item, &text))
        return false;
    if (text.tag == TAG_STRING) reference = value_str(text);
    if (reference.length == 0) return true;
    if (reference.data[0] == '#')
        return find_contained(run, str_slice(reference, 1, reference.length), out);
    if (world->resolve != NULL) *out = world->resolve(world->self, run->eval, reference);
    return run->eval->error_code == NULL;
}

FUNCTION(resolve) {
    UNUSED;
    ItemList found = { 0 };
    for (uint32_t i = 0; i < input.count; i++) {
        Value value;
        if (!resolve_one(run, input.items[i], &value)) return false;
        if (!value_is_null(value)) vec_push(run->eval->arena, &found, value);
    }
    *out = items_list(&found);
    return true;
}

/* ---- terminology and profiles ---- */

/* A coding or codeable concept as CQL's Code or Concept, a primitive as its text. */
static bool as_code(PathRun *run, Value item, Value *out) {
    if (!path_system(run, item, out)) return false;
    if (out->tag != TAG_NODE) return true;
    for (uint32_t i = 0; i < run->model->conversion_count; i++) {
        const ModelConversion *row = &run->model->conversions[i];
        PathType type = { .known = true, .class = row->from };
        bool code = str_is(str_from(row->to), "System.Code") ||
                    str_is(str_from(row->to), "System.Concept");
        if (code && row->from < MODEL_SYSTEM && path_is(run, item, &type))
            return row->convert(run->eval, &item, out);
    }
    return true;
}

FUNCTION(memberOf) {
    Value operands[2], url, result;
    if (!path_argument_value(run, node, scope, 1, &url)) return false;
    if (input.count != 1 || url.tag != TAG_STRING) return true;
    if (!as_code(run, input.items[0], &operands[0])) return false;
    Reference set = { .id = value_str(url) };
    operands[1] = (Value){ .tag = TAG_VALUESET, .reference = &set };
    if (!in_value_set(run->eval, operands, &result)) return false;
    *out = items_of(run, result);
    return true;
}

/* Only the definitions of the classes themselves are known, no profiles. */
FUNCTION(conformsTo) {
    static const char base[] = "http://hl7.org/fhir/StructureDefinition/";
    Value url;
    if (!path_argument_value(run, node, scope, 1, &url)) return false;
    if (input.count != 1 || url.tag != TAG_STRING) return true;
    PathType type = { .known = true };
    Str text = value_str(url), name = str_slice(text, sizeof base - 1, text.length);
    if (!str_starts_with(text, str_from(base)) || run->model == NULL ||
        !run->model->find_class(name, &type.class))
        return eval_fail(run->eval, "unknown-profile", "the profile %.*s is not known",
                         STR_ARGS(text));
    *out = items_boolean(run, path_is(run, input.items[0], &type));
    return true;
}
