/* code_index.h - the codings of a record's resources, found by code; for src/fhir only.
 *
 * Most retrieves of a guideline ask for one code of one class.  The codings of a class in its
 * primary code element are listed once a record, when the class is first asked for by code; a
 * retrieve then looks through their hashes. */
#ifndef ISLET_FHIR_CODE_INDEX_H
#define ISLET_FHIR_CODE_INDEX_H

#include "fhir/index.h"

typedef struct CodeEntry {
    const Json *coding;
    uint32_t hash;  /* of its code */
    uint32_t place; /* of its resource among those of the class, ascending */
} CodeEntry;

struct CodeIndex {
    bool whole; /* every code of the class stands in it */
    uint32_t count;
    CodeEntry *entries;
};

/* The index of a class, made when it is not there yet; `element` is its primary code.  NULL
 * when some code of the class stands there in another way than as a Coding. */
const CodeIndex *code_index_of(const Record *record, Group *group, const FhirElement *element);

/* The codings whose code and system are these, one after the other: the place of the resource
 * of each; false: no more. */
typedef struct CodeSearch {
    const Code *code;
    uint32_t hash, at;
} CodeSearch;
CodeSearch code_search(const Code *code);
bool code_index_next(const CodeIndex *index, CodeSearch *search, uint32_t *place);

#endif
