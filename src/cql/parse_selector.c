/* parse_selector.c - selectors: Interval, List, Tuple, instances, Code, Concept; and the
 * retrieve. */
#include "cql/parse_state.h"

typedef VEC(Str) NameVec;

/* ---- intervals and lists ---- */

/* Which bracket closes the interval: that at the next token, or where it is known to end. */
static TokenKind interval_end(const Parser *p, const Bracket *bracket) {
    uint32_t end = p->partners[bracket->open];
    TokenKind here = parser_kind(p, 0);
    if (!p->lost && (here == TOKEN_RIGHT_PARENTHESIS || here == TOKEN_RIGHT_BRACKET)) return here;
    return end != 0 ? parser_kind_at(p, end) : TOKEN_RIGHT_BRACKET;
}

static void parse_bounds(Parser *p, Ast *node, const Bracket *bracket) {
    node_add(p, node, expression_parse(p));
    bool failed = p->lost, more = bracket_more(p, bracket);
    if (!more && !failed)
        parser_expect(p, TOKEN_COMMA, "an interval has two bounds, as in Interval[1, 10]");
    node_add(p, node, more ? expression_parse(p) : node_error(p));
}

Ast *interval_parse(Parser *p) {
    Ast *node = node_new(p, AST_INTERVAL, parser_advance(p));
    if (!parser_at(p, TOKEN_LEFT_BRACKET) && !parser_at(p, TOKEN_LEFT_PARENTHESIS)) {
        parser_fail_expected(p, "expected-token", "'[' or '('",
                             STR("an interval is written Interval[low, high], with ( or ) where "
                                 "the bound is left out"));
        return node_error(p);
    }
    node->closed_low = parser_at(p, TOKEN_LEFT_BRACKET);
    Bracket bracket = bracket_open(p);
    parse_bounds(p, node, &bracket);
    TokenKind end = interval_end(p, &bracket);
    node->closed_high = end == TOKEN_RIGHT_BRACKET;
    bracket_close(p, &bracket, end);
    return node_finish(p, node);
}

Ast *list_parse(Parser *p) {
    Ast *node = node_new(p, AST_LIST, parser_token(p));
    AstVec items = { 0 };
    if (parser_accept(p, TOKEN_LIST) && parser_accept(p, TOKEN_LESS)) {
        node->type_name = type_parse(p);
        parser_expect(p, TOKEN_GREATER, "as in List<Integer> { 1, 2 }");
    }
    if (!parser_at(p, TOKEN_LEFT_BRACE)) {
        parser_expect(p, TOKEN_LEFT_BRACE, "write the elements, as in List { 1, 2 }");
        return node_error(p);
    }
    Bracket bracket = bracket_open(p);
    if (!parser_at(p, TOKEN_RIGHT_BRACE)) {
        do vec_push(p->arena, &items, expression_parse(p));
        while (bracket_more(p, &bracket));
    }
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACE);
    node_set_children(node, &items);
    return node_finish(p, node);
}

/* ---- tuples and instances ---- */

/* { name: value, ... } or { : } */
static void parse_elements(Parser *p, Ast *node) {
    AstVec values = { 0 };
    NameVec names = { 0 };
    if (!parser_at(p, TOKEN_LEFT_BRACE)) {
        parser_expect(p, TOKEN_LEFT_BRACE, "write the elements, as in Tuple { id: 1 }");
        return;
    }
    Bracket bracket = bracket_open(p);
    if (!parser_accept(p, TOKEN_COLON)) {
        do {
            vec_push(p->arena, &names, name_parse_referential(p, "the name of an element"));
            parser_expect(p, TOKEN_COLON, "an element is written name: value");
            vec_push(p->arena, &values, expression_parse(p));
        } while (bracket_more(p, &bracket));
    }
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACE);
    node_set_children(node, &values);
    node->names = names.items;
}

Ast *tuple_parse(Parser *p) {
    Ast *node = node_new(p, AST_TUPLE, parser_token(p));
    parser_accept(p, TOKEN_TUPLE);
    parse_elements(p, node);
    return node_finish(p, node);
}

Ast *instance_parse(Parser *p) {
    Ast *node = node_new(p, AST_INSTANCE, parser_token(p));
    node->type_name = type_parse_named(p);
    parse_elements(p, node);
    return node_finish(p, node);
}

/* ---- codes ---- */

static Str parse_display(Parser *p) {
    if (!parser_accept(p, TOKEN_DISPLAY)) return (Str){ "", 0 };
    if (parser_at(p, TOKEN_STRING)) return text_decode(p, parser_advance(p));
    parser_expect(p, TOKEN_STRING, "as in display 'Neuroendocrine tumour'");
    return (Str){ "", 0 };
}

/* Code '1' from "System" display 'text' */
Ast *code_selector_parse(Parser *p) {
    Ast *node = node_new(p, AST_CODE_LITERAL, parser_token(p));
    const char *hint = "a code is written Code '55937004' from \"SNOMED\"";
    parser_expect(p, TOKEN_CODE_TYPE, hint);
    if (parser_at(p, TOKEN_STRING)) node->value = value_string(text_decode(p, parser_advance(p)));
    else parser_expect(p, TOKEN_STRING, hint);
    parser_expect(p, TOKEN_FROM, hint);
    if (p->lost) return node_error(p);
    Ast *system = qualified_name_parse(p, "the name of a code system");
    node_add(p, node, system);
    node->name = system->name;
    node->text = parse_display(p);
    return node_finish(p, node);
}

/* Concept { Code ..., Code ... } display 'text'; with names in the braces it is an instance */
Ast *concept_selector_parse(Parser *p) {
    if (parser_kind(p, 1) == TOKEN_LEFT_BRACE && parser_kind(p, 2) != TOKEN_CODE_TYPE)
        return instance_parse(p);
    Ast *node = node_new(p, AST_CONCEPT_LITERAL, parser_advance(p));
    if (!parser_at(p, TOKEN_LEFT_BRACE)) {
        parser_expect(p, TOKEN_LEFT_BRACE, "as in Concept { Code '1' from \"System\" }");
        return node_error(p);
    }
    Bracket bracket = bracket_open(p);
    do node_add(p, node, code_selector_parse(p));
    while (bracket_more(p, &bracket));
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACE);
    node->text = parse_display(p);
    return node_finish(p, node);
}

/* ---- retrieves ---- */

/* The index after name, .name and [literal]; `index` when there is no path. */
static uint32_t path_end(const Parser *p, uint32_t index) {
    uint32_t end = name_chain_end(p, index);
    while (end > index && parser_kind_at(p, end) == TOKEN_LEFT_BRACKET &&
           parser_kind_at(p, end + 2) == TOKEN_RIGHT_BRACKET) {
        end += 3;
        if (parser_kind_at(p, end) == TOKEN_DOT && name_referential_at(p, end + 1))
            end = name_chain_end(p, end + 1);
    }
    return end;
}

static bool comparator_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    return kind == TOKEN_IN || kind == TOKEN_EQUAL || kind == TOKEN_EQUIVALENT;
}

static Str path_text(Parser *p, uint32_t end) {
    Buffer out = buffer_new(p->arena);
    while (p->at < end) {
        const Token *token = parser_advance(p);
        buffer_add(&out, token->kind == TOKEN_QUOTED ? text_decode(p, token)
                                                     : token_text(&p->tokens, token));
    }
    return buffer_str(&out);
}

/* [path comparator] codes, behind the colon */
static void parse_codes(Parser *p, Ast *node) {
    uint32_t end = path_end(p, p->at);
    if (!p->lost && end > p->at && comparator_at(p, end)) {
        node->name = path_text(p, end);
        node->text = token_text(&p->tokens, parser_advance(p));
    }
    node_add(p, node, expression_parse(p));
}

/* Name or Library.name before an arrow; NULL where there is none. */
static Ast *parse_context(Parser *p) {
    uint32_t end = name_chain_end(p, p->at);
    if (p->lost || end == p->at || parser_kind_at(p, end) != TOKEN_ARROW) return NULL;
    Ast *context = qualified_name_parse(p, "the name of the related context");
    parser_advance(p);
    return context;
}

static Ast *relate(Parser *p, Ast *context, Ast *retrieve) {
    Ast *node = node_new(p, AST_RELATED, parser_token(p));
    node->span = retrieve->span;
    node_add(p, node, context);
    node_add(p, node, retrieve);
    return node;
}

Ast *retrieve_parse(Parser *p) {
    Ast *node = node_new(p, AST_RETRIEVE, parser_token(p));
    Bracket bracket = bracket_open(p);
    Ast *context = parse_context(p);
    node->type_name = type_parse_named(p);
    if (parser_accept(p, TOKEN_COLON)) parse_codes(p, node);
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACKET);
    node = node_finish(p, node);
    return context == NULL ? node : relate(p, context, node);
}
