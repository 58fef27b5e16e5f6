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

/* The resource that the text of a reference names: one of the record, or one contained in some
 * resource of it ("#m1").  Null when there is none, or several. */
Value record_resolve(const Record *record, Str reference);

#endif
