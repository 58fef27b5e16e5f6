/* code_index.c - see code_index.h. */
#include "fhir/code_index.h"

#include <string.h>

#include "fhir/references.h"

static uint64_t word_of(const char *bytes, size_t size) {
    uint64_t word = 0;
    memcpy(&word, bytes, size);
    return word;
}

/* Enough to tell codes apart: the length and the last eight bytes. */
static uint32_t code_hash(Str code) {
    const char *end = code.data + code.length;
    uint64_t word = 0;
    if (code.length >= 8) word = word_of(end - 8, 8);
    else if (code.length >= 4) word = word_of(end - 4, 4) << 32 | word_of(code.data, 4);
    else for (size_t i = 0; i < code.length; i++) word = word << 8 | (unsigned char)code.data[i];
    return (uint32_t)(((word ^ code.length) * 0x9E3779B97F4A7C15u) >> 32);
}

/* ---- making ---- */

typedef struct Listing {
    const Record *record;
    CodeIndex *index;
    uint32_t capacity;
    uint32_t place; /* of the resource that is being listed */
} Listing;

static void make_room(Listing *l) {
    uint32_t capacity = l->capacity * 2 + 8;
    CodeEntry *entries = arena_alloc(l->record->arena, capacity * sizeof *entries);
    if (l->index->count != 0)
        memcpy(entries, l->index->entries, l->index->count * sizeof *entries);
    l->index->entries = entries;
    l->capacity = capacity;
}

static void add_coding(Listing *l, const Json *coding) {
    if (l->index->count == l->capacity) make_room(l);
    uint32_t hash = code_hash(fhir_member_text(coding, SYMBOL_CODE));
    l->index->entries[l->index->count++] = (CodeEntry){ coding, hash, l->place };
}

/* False when the value is neither a concept of codings nor a reference to one. */
static bool add_concept(Listing *l, const Json *value) {
    if (value->kind != JSON_OBJECT) return false;
    const Json *list = fhir_member(value, SYMBOL_CODING);
    if (list == NULL) return fhir_member(value, SYMBOL_CODE) == NULL; /* no bare Coding */
    if (list->kind != JSON_ARRAY) return false;
    for (uint32_t i = 0; i < list->count; i++) add_coding(l, &list->items[i]);
    return true;
}

static bool add_value(Listing *l, const Json *value) {
    if (value->kind != JSON_ARRAY) return add_concept(l, value);
    for (uint32_t i = 0; i < value->count; i++)
        if (!add_concept(l, &value->items[i])) return false;
    return true;
}

static bool is_key(const FhirElement *element, uint16_t symbol) {
    if (element->stem != 0 && fhir_key_stems[symbol] != element->stem) return false;
    for (uint16_t i = 0; i < element->type_count; i++)
        if (fhir_element_keys[element->first_type + i] == symbol) return symbol != 0;
    return false;
}

static bool add_resource(Listing *l, const Json *resource, const FhirElement *element) {
    for (uint32_t k = 0; k < resource->count; k++) {
        const Json *item = &resource->items[k];
        if (!is_key(element, item->symbol)) continue;
        if (fhir_member(item, SYMBOL_REFERENCE) != NULL)
            item = record_referenced_code(l->record, resource, item);
        if (item != NULL && !add_value(l, item)) return false;
    }
    return true;
}

static bool add_group(Listing *l, const Group *group, const FhirElement *element) {
    for (l->place = 0; l->place < group->count; l->place++)
        if (!add_resource(l, group->nodes[l->place].node, element)) return false;
    return true;
}

const CodeIndex *code_index_of(const Record *record, Group *group, const FhirElement *element) {
    if (group->codes == NULL) {
        group->codes = arena_alloc_zeroed(record->arena, sizeof *group->codes);
        Listing listing = { .record = record, .index = group->codes };
        group->codes->whole = add_group(&listing, group, element);
    }
    return group->codes->whole ? group->codes : NULL;
}

/* ---- finding ---- */

CodeSearch code_search(const Code *code) { return (CodeSearch){ code, code_hash(code->code), 0 }; }

static bool is_of(const Json *coding, const Code *code) {
    return str_equal(fhir_member_text(coding, SYMBOL_CODE), code->code) &&
           str_equal(fhir_member_text(coding, SYMBOL_SYSTEM), code->system);
}

bool code_index_next(const CodeIndex *index, CodeSearch *search, uint32_t *place) {
    for (; search->at < index->count; search->at++) {
        const CodeEntry *entry = &index->entries[search->at];
        if (entry->hash != search->hash || !is_of(entry->coding, search->code)) continue;
        *place = entry->place;
        search->at++;
        return true;
    }
    return false;
}
