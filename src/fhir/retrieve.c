/* retrieve.c - finding a record's resources by type and code.
 *
 * The index groups instances by class.  A code filter compares codings as they stand in
 * the JSON, without making values: system and code must be equal.  One Code in the primary
 * code element is found through code_index.h; a value set is asked of the evaluation's
 * terminology, coding by coding. */
#include "fhir/code_index.h"

#include "fhir/fhir.h"
#include "fhir/references.h"

/* ---- codes ---- */

typedef struct Filter {
    Eval *eval;
    const Record *record;
    const Value *codes; /* Codes and Concepts */
    uint32_t count;
    const Reference *value_set; /* NULL: none */
} Filter;

static bool is_code(const Code *code, const Code *wanted) {
    return str_equal(code->code, wanted->code) && str_equal(code->system, wanted->system);
}

static bool in_codes(const Filter *filter, const Code *code) {
    for (uint32_t i = 0; i < filter->count; i++) {
        Value wanted = filter->codes[i];
        if (wanted.tag == TAG_CODE && is_code(code, wanted.code)) return true;
        if (wanted.tag == TAG_STRING && str_equal(code->code, value_str(wanted))) return true;
        if (wanted.tag != TAG_CONCEPT) continue;
        for (uint32_t j = 0; j < wanted.concept->count; j++)
            if (is_code(code, &wanted.concept->codes[j])) return true;
    }
    return false;
}

/* False only at a run-time error. */
static bool match_value_set(Eval *eval, const Reference *value_set, const Code *code,
                            bool *matched) {
    const Terminology *terms = eval->terms;
    bool known = false;
    if (terms != NULL && terms->in_value_set != NULL)
        *matched = terms->in_value_set(terms->self, code, value_set, &known);
    if (known) return true;
    eval->error_hint = STR("give a ValueSet of that url among the terms (--terms DIR)");
    return eval_fail(eval, "unknown-value-set", "the value set '%.*s'%s%.*s is not there",
                     STR_ARGS(value_set->id), value_set->version.length == 0 ? "" : " version ",
                     STR_ARGS(value_set->version));
}

static bool match_code(const Filter *filter, const Code *code, bool *matched) {
    if (code->code.length == 0) return true;
    if (filter->value_set != NULL)
        return match_value_set(filter->eval, filter->value_set, code, matched);
    *matched = in_codes(filter, code);
    return true;
}

static bool match_coding(const Filter *filter, const Json *coding, bool *matched) {
    Code code = { .code = fhir_member_text(coding, SYMBOL_CODE),
                  .system = fhir_member_text(coding, SYMBOL_SYSTEM),
                  .version = fhir_member_text(coding, SYMBOL_VERSION) };
    return match_code(filter, &code, matched);
}

/* A CodeableConcept, a Coding, a primitive code, or a list of one of these. */
static bool match_value(const Filter *filter, const Json *value, bool *matched) {
    if (value->kind == JSON_STRING) {
        Code code = { .code = json_text(value) };
        return match_code(filter, &code, matched);
    }
    const Json *list = value->kind == JSON_ARRAY ? value : fhir_member(value, SYMBOL_CODING);
    if (list == NULL)
        return value->kind != JSON_OBJECT || match_coding(filter, value, matched);
    if (list->kind != JSON_ARRAY) return true;
    for (uint32_t i = 0; i < list->count && !*matched; i++) {
        bool sound = value->kind == JSON_ARRAY ? match_value(filter, &list->items[i], matched)
                                               : match_coding(filter, &list->items[i], matched);
        if (!sound) return false;
    }
    return true;
}

/* A Reference stands for the code of what it names: a Medication. */
static bool match_member(const Filter *filter, const Json *resource, const Json *value,
                         bool *matched) {
    if (fhir_member(value, SYMBOL_REFERENCE) != NULL)
        value = record_referenced_code(filter->record, resource, value);
    return value == NULL || match_value(filter, value, matched);
}

static bool match_instance(const Filter *filter, const Json *resource,
                           const FhirElement *element, bool *matched) {
    for (uint32_t i = 0; i < resource->count && !*matched; i++) {
        uint16_t symbol = resource->items[i].symbol;
        for (uint16_t k = 0; k < element->type_count && symbol != 0; k++)
            if (fhir_element_keys[element->first_type + k] == symbol &&
                !match_member(filter, resource, &resource->items[i], matched))
                return false;
    }
    return true;
}

/* ---- retrieve ---- */

static bool prepare_filter(const Record *record, Eval *eval, const Retrieve *r, Filter *filter) {
    *filter = (Filter){ .eval = eval, .record = record };
    if (r->codes.tag == TAG_LIST) {
        filter->codes = r->codes.list->items;
        filter->count = r->codes.list->count;
    } else if (r->codes.tag == TAG_VALUESET) {
        filter->value_set = r->codes.reference;
    } else {
        filter->codes = &r->codes;
        filter->count = 1;
    }
    return true;
}

static bool keep_node(const Filter *filter, const Retrieve *r, Value node, bool *kept) {
    *kept = value_is_null(r->codes) && r->path.type_count == 0;
    if (*kept) return true;
    return match_instance(filter, node.node, &fhir_elements[r->path.id], kept);
}

static Value list_of(Arena *arena, uint32_t count, const Value *items) {
    List *list = arena_alloc(arena, sizeof *list);
    *list = (List){ count, items };
    return (Value){ .tag = TAG_LIST, .list = list };
}

/* All instances of a class, as they stand in the index; false when there is a filter. */
static bool retrieve_all(const Group *group, Eval *eval, const Retrieve *r, Value *result) {
    if (!value_is_null(r->codes) || r->path.type_count != 0) return false;
    return *result = list_of(eval->arena, group->count, group->nodes), true;
}

/* A retrieve by one Code through the index; false when it must be made by looking. */
static bool retrieve_indexed(const Record *record, Group *group, Eval *eval, const Retrieve *r,
                             Value *result) {
    if (r->codes.tag != TAG_CODE || r->path.type_count == 0 ||
        fhir_classes[r->type].primary_code != r->path.id)
        return false;
    const CodeIndex *index =
        code_index_of(record, group, &fhir_elements[r->path.id]);
    if (index == NULL) return false;
    CodeSearch search = code_search(r->codes.code);
    Value *items = NULL;
    uint32_t made = 0, place, last = UINT32_MAX;
    while (code_index_next(index, &search, &place)) {
        if (place == last) continue;
        if (items == NULL) items = arena_alloc(eval->arena, (group->count - place) * sizeof *items);
        items[made++] = group->nodes[place];
        last = place;
    }
    return *result = list_of(eval->arena, made, items), true;
}

static bool retrieve_looking(const Record *record, Eval *eval, const Retrieve *r,
                             const Value *nodes, uint32_t count, Value *result) {
    uint32_t made = 0;
    Filter filter;
    prepare_filter(record, eval, r, &filter);
    Value *items = arena_alloc(eval->arena, count * sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        bool kept = false;
        if (!fhir_is_a((ModelType)nodes[i].aux, r->type)) continue;
        if (!keep_node(&filter, r, nodes[i], &kept)) return false;
        if (kept) items[made++] = nodes[i];
    }
    *result = list_of(eval->arena, made, items);
    return true;
}

/* A value set that is not there is an error also where there is nothing to look at. */
static bool knows_codes(Eval *eval, Value codes) {
    const Code none = { .code = STR("") };
    bool matched;
    return codes.tag != TAG_VALUESET || match_value_set(eval, codes.reference, &none, &matched);
}

bool record_retrieve(void *self, Eval *eval, const Retrieve *r, Value *result) {
    const Record *record = self;
    eval->instances = record;
    if (!knows_codes(eval, r->codes)) return false;
    if (r->type == CLASS_Resource || r->type == CLASS_DomainResource)
        return retrieve_looking(record, eval, r, record->nodes, record->count, result);
    Group *group = record_group(record, r->type);
    if (group == NULL) return *result = list_of(eval->arena, 0, NULL), true;
    return retrieve_all(group, eval, r, result) ||
           retrieve_indexed(record, group, eval, r, result) ||
           retrieve_looking(record, eval, r, group->nodes, group->count, result);
}

Value record_context(void *self, Eval *eval) {
    const Record *record = self;
    eval->instances = record;
    return (Value){ .tag = TAG_NODE, .aux = CLASS_Patient, .node = record->patient->json };
}
