/* code_index.c - see code_index.h. */
#include "fhir/code_index.h"

#include <string.h>

#include "fhir/references.h"

static Str text_of(const Json *object, uint16_t symbol) {
    const Json *member = fhir_member(object, symbol);
    return member != NULL && member->kind == JSON_STRING ? json_text(member) : STR("");
}

/* Enough to tell codes apart: the length and the last eight bytes. */
static uint32_t code_hash(Str code) {
    uint64_t word = code.length;
    size_t from = code.length > 8 ? code.length - 8 : 0;
    for (size_t i = from; i < code.length; i++) word = word << 8 ^ word >> 56 ^ (unsigned char)code.data[i];
    return (uint32_t)((word * 0x9E3779B97F4A7C15u) >> 32);
}

/* Calls for each Coding of an element's value; false when the value is anything else. */
typedef void (*CodingVisitor)(CodeIndex *index, const Json *coding, uint32_t place);

static bool visit_concept(const Json *value, CodeIndex *index, uint32_t place, CodingVisitor visit) {
    if (value->kind != JSON_OBJECT) return false;
    const Json *list = fhir_member(value, SYMBOL_CODING);
    if (list == NULL) return fhir_member(value, SYMBOL_CODE) == NULL; /* a bare Coding is not indexed */
    if (list->kind != JSON_ARRAY) return false;
    for (uint32_t i = 0; i < list->count; i++) visit(index, &list->items[i], place);
    return true;
}

static bool visit_value(const Json *value, CodeIndex *index, uint32_t place, CodingVisitor visit) {
    if (value->kind != JSON_ARRAY) return visit_concept(value, index, place, visit);
    for (uint32_t i = 0; i < value->count; i++)
        if (!visit_concept(&value->items[i], index, place, visit)) return false;
    return true;
}

static bool is_key(const FhirElement *element, uint16_t symbol) {
    for (uint16_t i = 0; i < element->type_count; i++)
        if (fhir_element_keys[element->first_type + i] == symbol) return symbol != 0;
    return false;
}

static bool visit_class(const Record *record, ModelType type, const FhirElement *element,
                        CodeIndex *index, CodingVisitor visit) {
    const Instance *const *first = record->of_type + record->start[type];
    uint32_t count = record->start[type + 1] - record->start[type];
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < first[i]->json->count; k++) {
            const Json *item = &first[i]->json->items[k];
            if (!is_key(element, item->symbol)) continue;
            if (fhir_member(item, SYMBOL_REFERENCE) != NULL)
                item = record_referenced_code(record, first[i]->json, item);
            if (item != NULL && !visit_value(item, index, i, visit)) return false;
        }
    return true;
}

static void count_coding(CodeIndex *index, const Json *coding, uint32_t place) {
    (void)coding, (void)place;
    index->count++;
}

static void add_coding(CodeIndex *index, const Json *coding, uint32_t place) {
    index->hashes[index->count] = code_hash(text_of(coding, SYMBOL_CODE));
    index->codings[index->count] = coding;
    index->places[index->count++] = place;
}

const CodeIndex *code_index_of(const Record *record, Arena *arena, ModelType type,
                               const FhirElement *element) {
    if (type >= fhir_class_count) return NULL;
    CodeIndex *index = record->code_indexes[type];
    if (index != NULL) return index->hashes != NULL ? index : NULL;
    index = arena_alloc_zeroed(arena, sizeof *index);
    record->code_indexes[type] = index;
    if (!visit_class(record, type, element, index, count_coding)) return NULL;
    index->codings = arena_array(arena, index->count + 1u, sizeof *index->codings);
    index->places = arena_array(arena, index->count + 1u, sizeof *index->places);
    index->hashes = arena_array(arena, index->count + 1u, sizeof *index->hashes);
    index->count = 0;
    visit_class(record, type, element, index, add_coding);
    return index;
}

bool code_index_next(const CodeIndex *index, const Code *code, uint32_t *at) {
    uint32_t hash = code_hash(code->code);
    for (uint32_t i = *at; i < index->count; i++) {
        if (index->hashes[i] != hash) continue;
        if (!str_equal(text_of(index->codings[i], SYMBOL_CODE), code->code) ||
            !str_equal(text_of(index->codings[i], SYMBOL_SYSTEM), code->system))
            continue;
        *at = i;
        return true;
    }
    return false;
}
