/* index.c - a record's instances by class.
 *
 * A record has few classes, so that a list of them is searched from its start; an instance is
 * most often of the same class as the one before it. */
#include "fhir/index.h"

bool record_in_compartment_by(ModelType type, uint16_t symbol) {
    for (uint32_t i = 0; i < fhir_patient_compartment_count; i++) {
        const FhirCompartment *row = &fhir_patient_compartment[i];
        if (row->type == type && row->path[0] == symbol && row->path[1] == 0) return true;
    }
    return false;
}

Group *record_group(const Record *record, ModelType type) {
    for (uint32_t i = 0; i < record->group_count; i++)
        if (record->groups[i].type == type) return &record->groups[i];
    return NULL;
}

static uint32_t count_classes(const Record *record) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < record->count; i++)
        count += i == 0 || record->instances[i].type != record->instances[i - 1].type;
    return count < fhir_class_count ? count : fhir_class_count;
}

static Group *group_of(Record *record, ModelType type, Group *last) {
    if (last != NULL && last->type == type) return last;
    Group *group = record_group(record, type);
    if (group != NULL) return group;
    group = &record->groups[record->group_count++];
    *group = (Group){ .type = type };
    return group;
}

/* Counts each class, then puts its instances side by side. */
static void make_groups(Record *record, Arena *arena) {
    Group *last = NULL;
    record->groups = arena_alloc(arena, count_classes(record) * sizeof *record->groups);
    for (uint32_t i = 0; i < record->count; i++)
        (last = group_of(record, record->instances[i].type, last))->count++;
    Value *place = record->nodes + record->count;
    for (uint32_t i = 0; i < record->group_count; i++) {
        record->groups[i].nodes = place;
        place += record->groups[i].count;
        record->groups[i].count = 0;
    }
    for (uint32_t i = 0; i < record->count; i++) {
        last = group_of(record, record->instances[i].type, last);
        last->nodes[last->count++] = record->nodes[i];
    }
}

void record_index(Record *record, Arena *arena) {
    record->patient_reference = record_reference(arena, record->patient->json);
    record->nodes = arena_alloc(arena, 2 * (size_t)record->count * sizeof *record->nodes);
    for (uint32_t i = 0; i < record->count; i++)
        record->nodes[i] = (Value){ .tag = TAG_NODE, .aux = record->instances[i].type,
                                    .node = record->instances[i].json };
    make_groups(record, arena);
    record->arena = arena;
    record->concepts = arena_array(arena, CONCEPT_SLOTS, sizeof *record->concepts);
    record->source = (Source){ .self = record, .retrieve = record_retrieve,
                               .context = record_context };
}

const Source *record_source(const Record *record) { return &record->source; }
