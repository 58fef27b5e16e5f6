/* check.h - what names mean, what types expressions have, which conversions are needed.
 *
 * The checker rewrites the tree in place: ast.h says what a checked tree holds.  It reports
 * every mistake, each once; a tree with mistakes is not emitted. */
#ifndef ISLET_CQL_CHECK_H
#define ISLET_CQL_CHECK_H

#include "cql/ast.h"
#include "cql/type.h"

typedef struct Checker {
    Arena *arena;
    const Model *model; /* NULL: System only */
    Types *types;
    Diagnostics *diagnostics;
    /* Numbers given so far: defines and parameters, functions; over all libraries. */
    uint32_t define_count, parameter_count, function_count;
    struct Rules *rules; /* the checker's own: overloads and conversions; NULL at first */
} Checker;

/* Checks a library.  The definitions of kind DEFINITION_INCLUDE have `included` set
 * by the caller (NULL: could not be found, already reported). */
void check_library(Checker *checker, Library *library);

/* Checks a lone expression in the scope of `library` (NULL: none).  `target` is the type
 * that it must convert to; NULL: any.  False when there were errors.  *slot_count: locals
 * it needs. */
bool check_expression(Checker *checker, Library *library, Ast **expression, const Type *target,
                      uint32_t *slot_count);

#endif
