/* parse_state.h - what the files of the parser share: the place in the text, errors and
 * going on after them, brackets, and making nodes.
 *
 * After an error the parser is lost: it reports nothing and reads nothing until it finds
 * itself again, at the comma or the end of the bracket that it is in, or else at the next
 * declaration.  So every function may be called in that state and gives a place holder. */
#ifndef ISLET_CQL_PARSE_STATE_H
#define ISLET_CQL_PARSE_STATE_H

#include "base/vec.h"
#include "cql/lex.h"
#include "cql/parse.h"

typedef struct Parser {
    Arena *arena;
    Diagnostics *diagnostics;
    Tokens tokens;
    const uint32_t *partners; /* of each bracket the token that is its other end; 0: none */
    uint32_t at;              /* the token to be read next */
    uint32_t depth;           /* brackets, conditions, prefixes around it */
    bool lost;
    uint32_t complained; /* where the last error was, plus 1: one error a place is enough */
    bool leave_as;    /* in `cast x as T`: `as` ends x */
    bool leave_colon; /* in `starting 1: x`: 1 is no beginning of a ratio */
} Parser;

typedef VEC(Ast *) AstVec;

Parser parser_new(Arena *arena, Str file, Str text, Diagnostics *diagnostics);

/* ---- tokens ---- */

const Token *parser_token(const Parser *p);             /* the one to be read next */
TokenKind parser_kind(const Parser *p, uint32_t ahead); /* of the one `ahead` of it */
TokenKind parser_kind_at(const Parser *p, uint32_t index);
const Token *parser_advance(Parser *p);
bool parser_at(const Parser *p, TokenKind kind); /* false when lost */
bool parser_accept(Parser *p, TokenKind kind);   /* reads it where it is there */
/* Reads it or complains; `hint` may be NULL. */
bool parser_expect(Parser *p, TokenKind kind, const char *hint);
/* Does a declaration begin at the token? */
bool parser_declaration_at(const Parser *p, uint32_t index);

/* ---- errors ---- */

/* An error at a token; the parser is lost from here on. */
void parser_fail(Parser *p, const Token *token, const char *code, Str message, Str hint);
/* An error that the parser knows how to go on from. */
void parser_complain(Parser *p, const Token *token, const char *code, Str message, Str hint);
void parser_warn(Parser *p, Span span, const char *code, Str message, Str hint);
/* "expected WHAT, found ..." at the next token. */
void parser_fail_expected(Parser *p, const char *code, const char *what, Str hint);
/* Where something is missing: the next token, or right behind the last one when the next
 * stands on another line. */
Token parser_place(const Parser *p);
/* The token for messages: "'and'", "the end of the text". */
Str parser_describe(Parser *p, const Token *token);

/* One level of nesting more; false, and lost, when it is one too many.  parser_leave()
 * belongs to it in either case. */
bool parser_enter(Parser *p);
void parser_leave(Parser *p);

/* ---- brackets ---- */

typedef struct Bracket {
    uint32_t open; /* index of the token */
    bool leave_as, leave_colon;
} Bracket;

/* Reads the opening bracket at the next token. */
Bracket bracket_open(Parser *p);
/* True after a comma: another item follows.  Finds the parser again at a comma. */
bool bracket_more(Parser *p, const Bracket *bracket);
/* Reads the closing bracket `kind`.  Finds the parser again there. */
void bracket_close(Parser *p, const Bracket *bracket, TokenKind kind);

/* ---- names ---- */

/* A word or a quoted name.  `what` is for the message: "a name for the parameter". */
Str name_parse(Parser *p, const char *what);
/* The same, keywords that may name things included. */
Str name_parse_referential(Parser *p, const char *what);
bool name_at(const Parser *p, uint32_t index);             /* does one stand there? */
bool name_referential_at(const Parser *p, uint32_t index);
/* The index after name.name.name beginning at `index`, `index` itself when there is none. */
uint32_t name_chain_end(const Parser *p, uint32_t index);
/* The text of a string or name token, its escapes resolved. */
Str text_decode(Parser *p, const Token *token);

/* ---- nodes ---- */

Ast *node_new(Parser *p, AstKind kind, const Token *first);
/* A node that begins where `left` does, with it as first child. */
Ast *node_around(Parser *p, AstKind kind, Ast *left);
void node_add(Parser *p, Ast *node, Ast *child);
/* Children that were gathered in a vector. */
void node_set_children(Ast *node, const AstVec *children);
/* Counts `part` among what makes the node high, without making it a child. */
void node_hold(Ast *node, const Ast *part);
/* The node ends with the last token read.  A place holder where it is too high. */
Ast *node_finish(Parser *p, Ast *node);
Ast *node_error(Parser *p);
Ast *node_operator(Parser *p, const char *name, const Token *first);
Span span_from(const Parser *p, Span first); /* to the last token read */

/* ---- grammar ---- */

Ast *expression_parse(Parser *p);
Ast *operand_parse(Parser *p);          /* without operators of `expression` */
Ast *term_parse(Parser *p);             /* grammar: expressionTerm */
Ast *term_parse_from(Parser *p, Ast *left); /* goes on after a first part */
Ast *unary_parse(Parser *p);
Ast *unary_parse_nested(Parser *p); /* one level further in */
bool operand_starts(const Parser *p, uint32_t index);
Ast *duration_parse(Parser *p); /* duration in, difference in, days between */

Ast *literal_parse(Parser *p);
Ast *literal_parse_negative(Parser *p); /* `-` and the least Integer or Long */
bool literal_negative_at(const Parser *p);
Ast *quantity_parse_literal(Parser *p); /* NUMBER unit?, always a Quantity */
Ast *quantity_of_precision(Parser *p, Precision precision, const Token *token);
/* year ... millisecond, or plural; PRECISION_NONE when the kind is none of them. */
Precision precision_singular(TokenKind kind);
Precision precision_plural(TokenKind kind);
const char *precision_word(Precision precision, bool plural);

Ast *interval_parse(Parser *p);
Ast *list_parse(Parser *p);
Ast *tuple_parse(Parser *p);
Ast *instance_parse(Parser *p);
Ast *code_selector_parse(Parser *p);
Ast *concept_selector_parse(Parser *p);
Ast *retrieve_parse(Parser *p);
/* A name that may be qualified, as AST_NAME and AST_PROPERTY. */
Ast *qualified_name_parse(Parser *p, const char *what);

bool query_at(const Parser *p); /* a source and its alias, or `from` */
Ast *query_parse(Parser *p);
/* `FUNCTION in precision of child`, as a query. */
Ast *query_of_interval(Parser *p, AstKind between, Precision precision, const Token *first,
                       Ast *interval);

bool timing_at(const Parser *p);
Ast *timing_parse(Parser *p, Ast *left, Ast *(*right)(Parser *p));
Precision precision_of_parse(Parser *p); /* [precision of] */

TypeName *type_parse(Parser *p);
TypeName *type_parse_named(Parser *p);

/* The comment right above token `index`. */
void comment_attach(Parser *p, uint32_t index, Definition *definition);

#endif
