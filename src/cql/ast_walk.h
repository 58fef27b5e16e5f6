/* ast_walk.h - trees as the parser made them, node by node.
 *
 * Nothing here recurses: a chain of operators may be thousands of nodes high. */
#ifndef ISLET_CQL_AST_WALK_H
#define ISLET_CQL_AST_WALK_H

#include "base/vec.h"
#include "cql/ast.h"

typedef VEC(Ast **) AstPlaces;

/* Adds the places where expressions hang directly below the node, in the source's order. */
void ast_parts(Arena *arena, Ast *node, AstPlaces *out);

/* The tree again, so that it may be checked once more.  Not checked yet. */
Ast *ast_copy(Arena *arena, const Ast *tree);

/* Operators in a row, as in a + b + c, are a chain of nodes, each the first child of the
 * next.  Adds the places of `*place` and of those of its chain that are not checked yet, the
 * outermost first. */
void ast_chain(Arena *arena, Ast **place, AstPlaces *out);

#endif
