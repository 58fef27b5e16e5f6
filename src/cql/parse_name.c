/* parse_name.c - names, and names with a qualifier.
 *
 * The grammar lets some keywords be names, but only where something is referred to; where
 * a name is given (a define, an alias) they must be quoted. */
#include "cql/parse_state.h"

static bool is_name(TokenKind kind) { return kind == TOKEN_NAME || kind == TOKEN_QUOTED; }

bool name_at(const Parser *p, uint32_t index) { return is_name(parser_kind_at(p, index)); }

bool name_referential_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    return is_name(kind) || token_may_name(kind);
}

uint32_t name_chain_end(const Parser *p, uint32_t index) {
    if (!name_referential_at(p, index)) return index;
    index++;
    while (parser_kind_at(p, index) == TOKEN_DOT && name_referential_at(p, index + 1)) index += 2;
    return index;
}

static Str read_name(Parser *p) {
    const Token *token = parser_advance(p);
    return token->kind == TOKEN_QUOTED ? text_decode(p, token) : token_text(&p->tokens, token);
}

static void complain_reserved(Parser *p, const Token *token) {
    Str word = token_text(&p->tokens, token);
    parser_complain(p, token, "reserved-word",
                    str_format(p->arena, "'%.*s' is a word of the language", STR_ARGS(word)),
                    str_format(p->arena, "to use it as a name, write \"%.*s\"", STR_ARGS(word)));
}

static Str parse_name(Parser *p, bool referential, const char *what) {
    if (p->lost) return (Str){ "", 0 };
    if (name_at(p, p->at) || (referential && name_referential_at(p, p->at))) return read_name(p);
    const Token *token = parser_token(p);
    if (token_is_keyword(token->kind) && !parser_declaration_at(p, p->at)) {
        complain_reserved(p, token);
        return read_name(p);
    }
    bool string = token->kind == TOKEN_STRING;
    parser_fail_expected(p, "expected-name", what,
                         string ? STR("names are quoted with \", only text with '")
                                : (Str){ "", 0 });
    return (Str){ "", 0 };
}

Str name_parse(Parser *p, const char *what) { return parse_name(p, false, what); }

Str name_parse_referential(Parser *p, const char *what) { return parse_name(p, true, what); }

Ast *qualified_name_parse(Parser *p, const char *what) {
    Ast *node = node_new(p, AST_NAME, parser_token(p));
    node->name = name_parse_referential(p, what);
    node = node_finish(p, node);
    while (!p->lost && parser_accept(p, TOKEN_DOT)) {
        node = node_around(p, AST_PROPERTY, node);
        node->name = name_parse_referential(p, what);
        node = node_finish(p, node);
    }
    return node;
}
