/* source.h - where a retrieve finds its resources. */
#ifndef ISLET_CQL_SOURCE_H
#define ISLET_CQL_SOURCE_H

#include "cql/model.h"

/* One retrieve.  codes: a list of Code, Concept, or a ValueSet reference; null when the
 * retrieve has no code filter.  by_value_set: `codes` is a ValueSet.  equivalent: the
 * comparator is ~ rather than in (both compare code and system). */
typedef struct Retrieve {
    ModelType type;
    ModelProperty path; /* the code path; type_count 0: none */
    Value codes;
} Retrieve;

typedef struct Source {
    void *self;
    /* The instances of r->type in the record's order, filtered: a List of Node. */
    bool (*retrieve)(void *self, Eval *eval, const Retrieve *r, Value *result);
    /* The instance of the context (the Patient); null when there is none. */
    Value (*context)(void *self, Eval *eval);
} Source;

#endif
