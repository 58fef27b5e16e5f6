/* members.h - which values a list holds, by CQL Equal with nulls equal.
 *
 * A hash table: of equal values one stays.  Where Equal gives null the values differ. */
#ifndef ISLET_VALUE_MEMBERS_H
#define ISLET_VALUE_MEMBERS_H

#include "value/eval.h"

typedef struct Members {
    Eval *eval;
    Value *items; /* in the order that they were added; room for the capacity given */
    uint32_t count;
    uint32_t *table; /* place in items plus 1; 0: free */
    uint32_t mask;   /* slots of the table less one */
} Members;

/* An empty set with room for `capacity` values. */
Members members_new(Eval *eval, uint32_t capacity);

bool members_has(const Members *members, Value value);

/* Adds the value unless it is there; the place of it or of its equal in items. */
uint32_t members_add(Members *members, Value value);

#endif
