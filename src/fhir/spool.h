/* spool.h - pieces of text in a temporary file, in chains; for src/fhir only.
 *
 * Each piece knows the one that was added to its chain before it; who adds keeps the place of a
 * chain's last piece. */
#ifndef ISLET_FHIR_SPOOL_H
#define ISLET_FHIR_SPOOL_H

#include "base/str.h"

typedef struct Spool Spool;

enum { SPOOL_NONE = 0 }; /* the place before the first piece */

Spool *spool_new(void); /* NULL: errno says why */
void spool_free(Spool *spool);

/* Adds a piece behind `*last` of its chain and sets `*last` to it.  False: errno. */
bool spool_add(Spool *spool, Str text, uint64_t *last);

/* The piece at `place`, into `arena`, and the place of the one before it.  False: errno. */
bool spool_read(Spool *spool, Arena *arena, uint64_t place, Str *text, uint64_t *before);

#endif
