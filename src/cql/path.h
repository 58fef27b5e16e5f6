/* path.h - FHIRPath: expressions over an instance of the model, for search parameters,
 * invariants and whoever else names parts of a resource.
 *
 * Follows FHIRPath 2.0.0 and the functions that FHIR R4 adds to it.  Every value is a
 * collection: a List without nulls.  A compiled Path is immutable and may be shared. */
#ifndef ISLET_CQL_PATH_H
#define ISLET_CQL_PATH_H

#include "base/diagnostic.h"
#include "cql/model.h"

typedef struct Path Path;

/* Compiles an expression.  `type` names the class that it will be evaluated on, so that elements
 * that it does not have are errors; empty: any.  NULL when there were errors, all of which
 * stand in `diagnostics`.  Lives in `arena`; `text` must outlive it. */
Path *path_compile(Arena *arena, const Model *model, Str type, Str file, Str text,
                   Diagnostics *diagnostics);

typedef struct PathVariable {
    Str name; /* without % */
    Value value;
} PathVariable;

/* What an expression may look at besides its focus. */
typedef struct PathWorld {
    Value resource, root; /* %resource, %rootResource; null: the focus */
    const PathVariable *variables;
    uint32_t variable_count;
    /* The resource that a reference such as "Patient/p1" names, or null; NULL: none is found.
     * What it contains itself is found without this. */
    void *self;
    Value (*resolve)(void *self, Eval *eval, Str reference);
} PathWorld;

/* Evaluates on a focus (an instance, a System value, or a List of these): a List in *result.
 * `world` may be NULL.  False at a run-time error, which is in `eval`. */
bool path_evaluate(const Path *path, Eval *eval, const PathWorld *world, Value focus,
                   Value *result);

/* An invariant: does it hold?  An empty result does not. */
bool path_holds(const Path *path, Eval *eval, const PathWorld *world, Value focus, bool *holds);

#endif
