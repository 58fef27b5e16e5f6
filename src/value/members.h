/* members.h - which values a list holds, by CQL Equal with nulls equal.
 *
 * Booleans, Integers, Longs and Strings are found by hash, other values one by one. */
#ifndef ISLET_VALUE_MEMBERS_H
#define ISLET_VALUE_MEMBERS_H

#include "value/eval.h"

typedef struct Members {
    Eval *eval;
    Value *items; /* room for `capacity`, the rest hashed and others together */
    uint32_t count, capacity;
    uint32_t *table;   /* place in items plus 1, of those that hash; 0: free */
    uint32_t mask;     /* slots of the table less one */
    uint32_t *others;  /* places of those that do not hash */
    uint32_t other_count;
    bool has_null;
} Members;

/* An empty set with room for `capacity` values. */
Members members_new(Eval *eval, uint32_t capacity);

/* True when an equal value is there (unknown is not equal). */
bool members_has(const Members *members, Value value);

/* Adds the value unless it is there. */
void members_add(Members *members, Value value);

#endif
