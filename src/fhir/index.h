/* index.h - a record in memory and its index by type; for src/fhir only. */
#ifndef ISLET_FHIR_INDEX_H
#define ISLET_FHIR_INDEX_H

#include "fhir/model.h"
#include "fhir/record.h"

typedef struct Instance {
    const Json *json;
    ModelType type;
    Str full_url; /* of its entry; may be empty */
} Instance;

typedef struct CodeIndex CodeIndex;

/* The instances of one class, in the record's order. */
typedef struct Group {
    ModelType type;
    uint32_t count;
    Value *nodes;
    CodeIndex *codes; /* NULL: not asked for yet (code_index.h) */
} Group;

/* A CodeableConcept and what it was converted to; the same one is often asked for again. */
enum { CONCEPT_SLOTS = 64 };
typedef struct KnownConcept {
    const Json *json;
    const Concept *concept;
} KnownConcept;

struct Record {
    Arena *arena; /* where it lives, and what is found out about it later */
    const Json *root;
    Instance *instances; /* in the Bundle's order */
    uint32_t count;
    const Instance *patient;
    Str patient_reference;
    Group *groups; /* few: one for each class that is there */
    uint32_t group_count;
    Value *nodes; /* all instances, in order */
    KnownConcept *concepts; /* CONCEPT_SLOTS, by the address of their JSON */
    Source source;
};

/* Fills in what reading leaves: reference, groups, source. */
void record_index(Record *record, Arena *arena);

/* The instances of a class; NULL when there are none. */
Group *record_group(const Record *record, ModelType type);

/* Source.retrieve and Source.context (retrieve.c). */
bool record_retrieve(void *self, Eval *eval, const Retrieve *r, Value *result);
Value record_context(void *self, Eval *eval);

/* May a resource of that type name its patient by the element with that symbol? */
bool record_in_compartment_by(ModelType type, uint16_t symbol);

/* The id of the patient that a reference names; empty when it names none. */
Str record_patient_id(Str reference);

#endif
