/* references.h - what the references between a record's resources name; for src/fhir only. */
#ifndef ISLET_FHIR_REFERENCES_H
#define ISLET_FHIR_REFERENCES_H

#include "fhir/index.h"

/* A reference by an entry's urn ("urn:uuid:0c31...") becomes "Type/id", and a resource without
 * an id takes the one of its urn: rules then compare ids alone. */
void record_link(Record *record, Arena *arena);

/* The code of the resource that a Reference names: one contained in `holder` ("#m1"), or one of
 * the record.  NULL when there is none. */
const Json *record_referenced_code(const Record *record, const Json *holder,
                                   const Json *reference);

#endif
