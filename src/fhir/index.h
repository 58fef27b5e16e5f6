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

struct Record {
    const Json *root;
    Instance *instances; /* in the Bundle's order */
    uint32_t count;
    const Instance *patient;
    Str patient_reference;
    /* of_type[start[t] .. start[t + 1]): the instances of class t, in order */
    uint32_t *start;
    const Instance **of_type;
    CodeIndex **code_indexes; /* of each class, or NULL: not asked for yet (code_index.h) */
    Source source;
};

/* Fills in what reading leaves: reference, index, source. */
void record_index(Record *record, Arena *arena);

/* May a resource of that type name its patient by the element with that symbol? */
bool record_in_compartment_by(ModelType type, uint16_t symbol);

/* The id of the patient that a reference names; empty when it names none. */
Str record_patient_id(Str reference);

#endif
