/* retrieve.c - finding a record's resources by type and code.
 *
 * The index groups instances by class.  A code filter compares codings as they stand in
 * the JSON, without making values: system and code must be equal.  One Code in the primary
 * code element is found through code_index.h; a value set is asked of the evaluation's
 * terminology, coding by coding. */
#include "fhir/code_index.h"

#include "fhir/fhir.h"
#include "fhir/references.h"

bool record_in_compartment_by(ModelType type, uint16_t symbol) {
    for (uint32_t i = 0; i < fhir_patient_compartment_count; i++) {
        const FhirCompartment *row = &fhir_patient_compartment[i];
        if (row->type == type && row->path[0] == symbol && row->path[1] == 0) return true;
    }
    return false;
}

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
static bool match_code(const Filter *filter, const Code *code, bool *matched) {
    if (code->code.length == 0) return true;
    if (filter->value_set == NULL) {
        *matched = in_codes(filter, code);
        return true;
    }
    const Terminology *terms = filter->eval->terms;
    bool known = false;
    if (terms != NULL && terms->in_value_set != NULL)
        *matched = terms->in_value_set(terms->self, code, filter->value_set, &known);
    if (known) return true;
    return eval_fail(filter->eval, "unknown-value-set", "the value set %.*s is not known",
                     STR_ARGS(filter->value_set->id));
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

static bool keep_instance(const Filter *filter, const Retrieve *r, const Instance *instance,
                          bool *kept) {
    *kept = value_is_null(r->codes) && r->path.type_count == 0;
    if (*kept) return true;
    return match_instance(filter, instance->json, &fhir_elements[r->path.id], kept);
}

/* All resources of abstract types, else those of one class. */
static void candidates(const Record *record, ModelType type, const Instance *const **first,
                       uint32_t *count) {
    if (type == CLASS_Resource || type == CLASS_DomainResource) {
        *first = record->of_type + record->start[fhir_class_count];
        *count = record->count;
        return;
    }
    *first = record->of_type + record->start[type];
    *count = record->start[type + 1] - record->start[type];
}

static Value instance_node(const Instance *instance) {
    return (Value){ .tag = TAG_NODE, .aux = instance->type, .node = instance->json };
}

static Value list_of(Arena *arena, uint32_t count, const Value *items) {
    List *list = arena_alloc(arena, sizeof *list);
    *list = (List){ count, items };
    return (Value){ .tag = TAG_LIST, .list = list };
}

/* A retrieve by one Code through the index; false when it must be made by looking. */
static bool retrieve_indexed(const Record *record, Eval *eval, const Retrieve *r, Value *result) {
    if (r->codes.tag != TAG_CODE || r->path.type_count == 0 || r->type >= fhir_class_count ||
        fhir_classes[r->type].primary_code != r->path.id)
        return false;
    const CodeIndex *index =
        code_index_of(record, eval->arena, r->type, &fhir_elements[r->path.id]);
    if (index == NULL) return false;
    const Instance *const *first = record->of_type + record->start[r->type];
    uint32_t most = record->start[r->type + 1] - record->start[r->type], made = 0, at = 0;
    if (!code_index_next(index, r->codes.code, &at))
        return *result = list_of(eval->arena, 0, NULL), true;
    Value *items = arena_alloc(eval->arena, (most - index->entries[at].place) * sizeof *items);
    for (uint32_t last = UINT32_MAX; code_index_next(index, r->codes.code, &at); at++) {
        if (index->entries[at].place == last) continue;
        last = index->entries[at].place;
        items[made++] = instance_node(first[last]);
    }
    return *result = list_of(eval->arena, made, items), true;
}

static bool retrieve_looking(const Record *record, Eval *eval, const Retrieve *r, Value *result) {
    const Instance *const *first;
    uint32_t count, made = 0;
    Filter filter;
    candidates(record, r->type, &first, &count);
    prepare_filter(record, eval, r, &filter);
    Value *items = arena_alloc(eval->arena, count * sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        bool kept = false;
        if (!fhir_is_a(first[i]->type, r->type)) continue;
        if (!keep_instance(&filter, r, first[i], &kept)) return false;
        if (kept) items[made++] = instance_node(first[i]);
    }
    *result = list_of(eval->arena, made, items);
    return true;
}

static bool retrieve(void *self, Eval *eval, const Retrieve *r, Value *result) {
    const Record *record = self;
    eval->instances = record;
    return retrieve_indexed(record, eval, r, result) || retrieve_looking(record, eval, r, result);
}

static Value context(void *self, Eval *eval) {
    const Record *record = self;
    eval->instances = record;
    return (Value){ .tag = TAG_NODE, .aux = CLASS_Patient, .node = record->patient->json };
}

/* ---- index ---- */

/* A counting sort by class, which keeps the order; then all in order, for abstract types. */
static void index_types(Record *record, Arena *arena) {
    uint32_t classes = fhir_class_count, *start;
    start = arena_array(arena, classes + 2, sizeof *start);
    record->of_type = arena_array(arena, 2 * (size_t)record->count, sizeof *record->of_type);
    for (uint32_t i = 0; i < record->count; i++) start[record->instances[i].type + 2]++;
    for (uint32_t t = 2; t < classes + 2; t++) start[t] += start[t - 1];
    for (uint32_t i = 0; i < record->count; i++) {
        const Instance *instance = &record->instances[i];
        record->of_type[start[instance->type + 1]++] = instance;
        record->of_type[record->count + i] = instance;
    }
    record->start = start;
}

void record_index(Record *record, Arena *arena) {
    record->patient_reference = record_reference(arena, record->patient->json);
    index_types(record, arena);
    record->code_indexes = arena_array(arena, fhir_class_count, sizeof *record->code_indexes);
    record->source = (Source){ .self = record, .retrieve = retrieve, .context = context };
}

const Source *record_source(const Record *record) { return &record->source; }
