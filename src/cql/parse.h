/* parse.h - CQL text to syntax tree.  Follows the grammar of CQL 1.5.3.
 *
 * A tree is at most 1,000 nodes high, brackets nest at most 500 deep; more is an error, so
 * that whoever walks the tree may recurse.  Operators in a row, as in a + b + c, where each
 * is the first child of the next, do not count: a chain of them, of up to 50,000, must be
 * walked in a loop. */
#ifndef ISLET_CQL_PARSE_H
#define ISLET_CQL_PARSE_H

#include "cql/ast.h"

/* Parses a library.  Never NULL: after a syntax error the rest is still parsed, and
 * what could not be understood stands as AST_ERROR.  `file` and `text` must outlive the
 * result, which lives in `arena`. */
Library *parse_library(Arena *arena, Str file, Str text, Diagnostics *diagnostics);

/* Parses one expression, alone in its text (a parameter's value, a test). */
Ast *parse_expression(Arena *arena, Str file, Str text, Diagnostics *diagnostics);

/* The tree in words, one node a line, indented. */
void ast_print(const Library *library, Buffer *out);

#endif
