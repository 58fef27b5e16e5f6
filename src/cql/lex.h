/* lex.h - CQL text to tokens. */
#ifndef ISLET_CQL_LEX_H
#define ISLET_CQL_LEX_H

#include "base/diagnostic.h"

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NAME,     /* a word that is no keyword */
    TOKEN_QUOTED,   /* "name" or `name` */
    TOKEN_STRING,   /* 'text' */
    TOKEN_NUMBER,   /* 12 or 1.5 */
    TOKEN_LONG,     /* 12L */
    TOKEN_DATE,     /* @2026-01 */
    TOKEN_DATETIME, /* @2026-01-01T or with a time */
    TOKEN_TIME,     /* @T12:30 */
#define SYMBOL(id, text) TOKEN_##id,
#define WRONG(id, text, mend)
#define PAIR(id, first, second) TOKEN_##id,
#define KEYWORD(id, word, use) TOKEN_##id,
#include "cql/tokens.def"
#undef SYMBOL
#undef WRONG
#undef PAIR
#undef KEYWORD
    TOKEN_KIND_COUNT
} TokenKind;

typedef struct Token {
    uint8_t kind;      /* TokenKind */
    bool line_start;   /* the first token of its line */
    bool broken;       /* a string or date that the lexer complained of */
    uint32_t comments; /* how many comments stand before it in the text */
    Span span;
} Token;

typedef struct Comment {
    Str text;                    /* with its marks */
    uint32_t line, last_line;
} Comment;

typedef struct Tokens {
    Str file, text;
    uint32_t count; /* the last one is TOKEN_END */
    const Token *items;
    uint32_t comment_count;
    const Comment *comments;
} Tokens;

/* All tokens of `text`, which must outlive them.  Lexical errors go to `diagnostics`
 * and lexing goes on, except where the text is no UTF-8. */
Tokens lex(Arena *arena, Str file, Str text, Diagnostics *diagnostics);

/* The text of a token as it stands in the source. */
Str token_text(const Tokens *tokens, const Token *token);

/* May the keyword name things where the grammar says referentialIdentifier? */
bool token_may_name(TokenKind kind);
bool token_is_keyword(TokenKind kind);

/* The keyword that the text is but for capitals, "and" for "AND"; NULL when it is none. */
const char *token_keyword_like(Str text);

/* What the kind is called in messages: "a string", "'and'". */
const char *token_kind_name(TokenKind kind);

/* The tokens in words, one a line: line:column, kind, text. */
void lex_print(Str text, Buffer *out);

#endif
