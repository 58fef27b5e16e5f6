/* overload.h - the operators of ops.def as signatures, found by name. */
#ifndef ISLET_CQL_OVERLOAD_H
#define ISLET_CQL_OVERLOAD_H

#include "cql/ast.h"
#include "cql/type.h"

/* What an operator, a built-in function, a function of CQL or a function of the model's
 * helpers takes and gives. */
typedef struct Signature {
    const Overload *overload;          /* NULL: a function of CQL */
    struct Definition *definition;     /* a function of CQL, else NULL */
    uint32_t count;                    /* operands; the last one, Precision, is not counted */
    const Type *const *operands;       /* variables stand for any type */
    const Type *result;                /* NULL: that of the definition */
    bool generic;                      /* has variables */
    bool precision;                    /* ends in Precision */
    const struct Signature *next;      /* of the same name, in the table's order */
} Signature;

typedef struct OverloadTable OverloadTable;

OverloadTable *overloads_new(Arena *arena, Types *types);

/* The first signature of that name; NULL when there is none. */
const Signature *overloads_find(const OverloadTable *table, Str name);

/* The signature with exactly this operand; NULL when there is none. */
const Signature *overloads_find_unary(const OverloadTable *table, Str name, const Type *operand);

/* The names, each once, for "did you mean"; NULL past the last.  *callable: by FN. */
const char *overloads_name(const OverloadTable *table, uint32_t index, bool *callable);

#endif
