/* parse_term.c - the rule `expressionTerm` of the grammar: arithmetic, phrases such as
 * `start of` and `year from`, properties, calls and indexers, and what they begin with. */
#include "cql/parse_state.h"

enum { ADDITIVE = 1, MULTIPLICATIVE, POWER };

static int operator_level(TokenKind kind, const char **name) {
    switch (kind) {
        case TOKEN_PLUS: *name = "Add"; return ADDITIVE;
        case TOKEN_MINUS: *name = "Subtract"; return ADDITIVE;
        case TOKEN_AMPERSAND: *name = "Concatenate"; return ADDITIVE;
        case TOKEN_STAR: *name = "Multiply"; return MULTIPLICATIVE;
        case TOKEN_SLASH: *name = "Divide"; return MULTIPLICATIVE;
        case TOKEN_DIV: *name = "TruncatedDivide"; return MULTIPLICATIVE;
        case TOKEN_MOD: *name = "Modulo"; return MULTIPLICATIVE;
        case TOKEN_CARET: *name = "Power"; return POWER;
        default: return 0;
    }
}

/* Goes on after `left` with operators of at least the level. */
static Ast *parse_operators(Parser *p, Ast *left, int least) {
    while (!p->lost) {
        const char *name = NULL;
        int level = operator_level(parser_kind(p, 0), &name);
        if (level == 0 || level < least) break;
        Ast *node = node_around(p, AST_OPERATOR, left);
        node->name = str_from(name);
        parser_advance(p);
        node_add(p, node, parse_operators(p, unary_parse(p), level + 1));
        left = node_finish(p, node);
    }
    return left;
}

/* ---- after the dot and in brackets ---- */

static void parse_arguments(Parser *p, Ast *node) {
    Bracket bracket = bracket_open(p);
    if (!parser_at(p, TOKEN_RIGHT_PARENTHESIS)) {
        do node_add(p, node, expression_parse(p));
        while (bracket_more(p, &bracket));
    }
    bracket_close(p, &bracket, TOKEN_RIGHT_PARENTHESIS);
}

/* name(arguments) where any keyword may be the name */
static Ast *parse_method(Parser *p, Ast *left) {
    Ast *node = node_around(p, AST_CALL, left);
    const Token *name = parser_advance(p);
    node->fluent = true;
    node->name = name->kind == TOKEN_QUOTED ? text_decode(p, name) : token_text(&p->tokens, name);
    parse_arguments(p, node);
    return node_finish(p, node);
}

static bool method_at(const Parser *p) {
    TokenKind kind = parser_kind(p, 0);
    bool word = name_at(p, p->at) || token_is_keyword(kind);
    return word && parser_kind(p, 1) == TOKEN_LEFT_PARENTHESIS;
}

static Ast *parse_member(Parser *p, Ast *left) {
    parser_advance(p);
    if (method_at(p)) return parse_method(p, left);
    Ast *node = node_around(p, AST_PROPERTY, left);
    node->name = name_parse_referential(p, "the name of a property or function");
    return node_finish(p, node);
}

static Ast *parse_indexer(Parser *p, Ast *left) {
    Ast *node = node_around(p, AST_INDEX, left);
    Bracket bracket = bracket_open(p);
    node_add(p, node, expression_parse(p));
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACKET);
    return node_finish(p, node);
}

static Ast *parse_postfix(Parser *p, Ast *left) {
    while (!p->lost) {
        if (parser_at(p, TOKEN_DOT)) left = parse_member(p, left);
        else if (parser_at(p, TOKEN_LEFT_BRACKET)) left = parse_indexer(p, left);
        else break;
    }
    return left;
}

/* ---- conditions, conversions, lists ---- */

/* A word without which the text can still be read. */
static void expect_softly(Parser *p, TokenKind kind, const char *hint) {
    if (parser_accept(p, kind) || p->lost) return;
    if (!operand_starts(p, p->at)) {
        parser_expect(p, kind, hint);
        return;
    }
    const Token *token = parser_token(p);
    parser_complain(p, token, "expected-token",
                    str_format(p->arena, "expected '%s', found %.*s", token_kind_name(kind),
                               STR_ARGS(parser_describe(p, token))),
                    str_from(hint));
}

static Ast *parse_else(Parser *p, const char *what) {
    if (parser_accept(p, TOKEN_ELSE)) return expression_parse(p);
    if (p->lost) return node_error(p);
    Token place = parser_place(p);
    parser_complain(p, &place, "missing-else", str_format(p->arena, "%s needs an else", what),
                    STR("write else null where there is nothing to say"));
    return node_error(p);
}

static Ast *parse_if(Parser *p) {
    Ast *node = node_new(p, AST_IF, parser_advance(p));
    node_add(p, node, expression_parse(p));
    expect_softly(p, TOKEN_THEN, "write then before what the condition leads to");
    node_add(p, node, expression_parse(p));
    node_add(p, node, parse_else(p, "an if"));
    return node_finish(p, node);
}

static Ast *parse_case(Parser *p) {
    Ast *node = node_new(p, AST_CASE, parser_advance(p));
    node_add(p, node, parser_at(p, TOKEN_WHEN) ? NULL : expression_parse(p));
    if (!parser_at(p, TOKEN_WHEN)) parser_expect(p, TOKEN_WHEN, "a case has at least one when");
    while (parser_accept(p, TOKEN_WHEN)) {
        node_add(p, node, expression_parse(p));
        expect_softly(p, TOKEN_THEN, "write then before what the condition leads to");
        node_add(p, node, expression_parse(p));
    }
    node_add(p, node, parse_else(p, "a case"));
    parser_expect(p, TOKEN_END_WORD, "a case ends with end");
    return node_finish(p, node);
}

static void parse_target(Parser *p, Ast *node) {
    const Token *token = parser_token(p);
    Precision singular = precision_singular(token->kind), plural = precision_plural(token->kind);
    if (token->kind != TOKEN_STRING && singular == PRECISION_NONE && plural == PRECISION_NONE) {
        node->type_name = type_parse(p);
        return;
    }
    parser_advance(p);
    bool quoted = token->kind == TOKEN_STRING;
    node->text = quoted ? text_decode(p, token) : token_text(&p->tokens, token);
    node->precision = (uint8_t)(singular != PRECISION_NONE ? singular : plural);
}

static Ast *parse_convert(Parser *p) {
    Ast *node = node_new(p, AST_CONVERT, parser_advance(p));
    node_add(p, node, expression_parse(p));
    if (!parser_expect(p, TOKEN_TO, "as in convert x to Integer")) return node_error(p);
    parse_target(p, node);
    return node_finish(p, node);
}

static Ast *parse_extent(Parser *p) {
    const Token *token = parser_advance(p);
    Ast *node = node_new(p, AST_TYPE_EXTENT, token);
    node->name = token->kind == TOKEN_MINIMUM ? STR("MinValue") : STR("MaxValue");
    node->type_name = type_parse_named(p);
    return node_finish(p, node);
}

/* distinct, flatten: of a whole expression */
static Ast *parse_list_operator(Parser *p, const char *name) {
    Ast *node = node_operator(p, name, parser_advance(p));
    node_add(p, node, expression_parse(p));
    return node_finish(p, node);
}

/* per day, per 2 'mg' */
static Ast *parse_per(Parser *p) {
    const Token *token = parser_token(p);
    Precision precision = precision_singular(token->kind), plural = precision_plural(token->kind);
    TokenKind next = parser_kind(p, 1);
    if (plural != PRECISION_NONE && next != TOKEN_BETWEEN) {
        parser_complain(p, token, "expected-precision",
                        str_format(p->arena, "a precision is written '%s'",
                                   precision_word(plural, false)),
                        str_format(p->arena, "write per %s", precision_word(plural, false)));
        precision = plural;
    }
    if (precision == PRECISION_NONE || next == TOKEN_FROM) return expression_parse(p);
    return quantity_of_precision(p, precision, parser_advance(p));
}

/* collapse, expand */
static Ast *parse_interval_operator(Parser *p, const char *name) {
    Ast *node = node_operator(p, name, parser_advance(p));
    node_add(p, node, expression_parse(p));
    if (parser_accept(p, TOKEN_PER)) node_add(p, node, parse_per(p));
    return node_finish(p, node);
}

/* ---- what terms begin with ---- */

static Ast *parse_parentheses(Parser *p) {
    const Token *open = parser_token(p);
    Bracket bracket = bracket_open(p);
    Ast *node = expression_parse(p);
    bracket_close(p, &bracket, TOKEN_RIGHT_PARENTHESIS);
    node->span = span_from(p, open->span);
    return node;
}

/* %name */
static Ast *parse_external(Parser *p) {
    Ast *node = node_new(p, AST_EXTERNAL_CONSTANT, parser_advance(p));
    if (parser_at(p, TOKEN_STRING)) node->name = text_decode(p, parser_advance(p));
    else node->name = name_parse_referential(p, "a name after %");
    return node_finish(p, node);
}

static Ast *parse_name(Parser *p) {
    if (parser_kind_at(p, name_chain_end(p, p->at)) == TOKEN_LEFT_BRACE) return instance_parse(p);
    bool call = parser_kind(p, 1) == TOKEN_LEFT_PARENTHESIS;
    Ast *node = node_new(p, call ? AST_CALL : AST_NAME, parser_token(p));
    node->name = name_parse_referential(p, "a name");
    if (call) parse_arguments(p, node);
    return node_finish(p, node);
}

/* Operators of `expression` are no part of a term; they are read all the same. */
static Ast *parse_misplaced(Parser *p) {
    Str word = parser_describe(p, parser_token(p));
    parser_complain(p, parser_token(p), "needs-parentheses",
                    str_format(p->arena,
                               "an operand that begins with %.*s must stand in parentheses",
                               STR_ARGS(word)),
                    STR("write ( before it and ) behind it"));
    return operand_parse(p);
}

static Ast *fail_operand(Parser *p) {
    const Token *token = parser_token(p);
    bool unit = precision_singular(token->kind) || precision_plural(token->kind);
    Str word = token_text(&p->tokens, token);
    parser_fail_expected(p, "expected-expression", "an expression",
                         unit ? str_format(p->arena, "to use it as a name, write \"%.*s\"",
                                           STR_ARGS(word))
                              : (Str){ "", 0 });
    return node_error(p);
}

static Ast *parse_keyword(Parser *p) {
    switch (parser_kind(p, 0)) {
        case TOKEN_IF: return parse_if(p);
        case TOKEN_CASE: return parse_case(p);
        case TOKEN_CONVERT: return parse_convert(p);
        case TOKEN_MINIMUM: case TOKEN_MAXIMUM: return parse_extent(p);
        case TOKEN_DISTINCT: return parse_list_operator(p, "Distinct");
        case TOKEN_FLATTEN: return parse_list_operator(p, "Flatten");
        case TOKEN_COLLAPSE: return parse_interval_operator(p, "Collapse");
        case TOKEN_EXPAND: return parse_interval_operator(p, "Expand");
        case TOKEN_INTERVAL: return interval_parse(p);
        case TOKEN_LIST: return list_parse(p);
        case TOKEN_TUPLE: return tuple_parse(p);
        case TOKEN_CODE_TYPE:
            if (parser_kind(p, 1) == TOKEN_LEFT_BRACE) return instance_parse(p);
            return code_selector_parse(p);
        case TOKEN_CONCEPT_TYPE: return concept_selector_parse(p);
        case TOKEN_NOT: case TOKEN_EXISTS: case TOKEN_CAST: case TOKEN_FROM: case TOKEN_DURATION:
        case TOKEN_DIFFERENCE: return parse_misplaced(p);
        default: break;
    }
    if (parser_kind(p, 1) == TOKEN_BETWEEN && precision_plural(parser_kind(p, 0)))
        return parse_misplaced(p);
    if (name_referential_at(p, p->at) && !parser_declaration_at(p, p->at)) return parse_name(p);
    return fail_operand(p);
}

static Ast *parse_brace(Parser *p) {
    bool named = name_referential_at(p, p->at + 1) && parser_kind(p, 2) == TOKEN_COLON;
    return named || parser_kind(p, 1) == TOKEN_COLON ? tuple_parse(p) : list_parse(p);
}

static Ast *parse_primary(Parser *p) {
    if (p->lost) return node_error(p);
    switch (parser_kind(p, 0)) {
        case TOKEN_NULL: case TOKEN_TRUE: case TOKEN_FALSE: case TOKEN_STRING: case TOKEN_NUMBER:
        case TOKEN_LONG: case TOKEN_DATE: case TOKEN_DATETIME: case TOKEN_TIME:
            return literal_parse(p);
        case TOKEN_THIS: return node_new(p, AST_THIS, parser_advance(p));
        case TOKEN_INDEX: return node_new(p, AST_INDEX_VARIABLE, parser_advance(p));
        case TOKEN_TOTAL: return node_new(p, AST_TOTAL, parser_advance(p));
        case TOKEN_PERCENT: return parse_external(p);
        case TOKEN_LEFT_PARENTHESIS: return parse_parentheses(p);
        case TOKEN_LEFT_BRACE: return parse_brace(p);
        case TOKEN_LEFT_BRACKET: return parse_misplaced(p);
        default: return parse_keyword(p);
    }
}

/* ---- phrases before a term ---- */

/* `start of`, `date from`: the operator's name, NULL when the two words are none. */
static const char *phrase_name(TokenKind first, TokenKind second) {
    if (second == TOKEN_OF) {
        switch (first) {
            case TOKEN_START: return "Start";
            case TOKEN_END_WORD: return "End";
            case TOKEN_WIDTH: return "Width";
            case TOKEN_SUCCESSOR: return "Successor";
            case TOKEN_PREDECESSOR: return "Predecessor";
            default: return NULL;
        }
    }
    if (second != TOKEN_FROM) return NULL;
    switch (first) {
        case TOKEN_SINGLETON: return "SingletonFrom";
        case TOKEN_POINT: return "PointFrom";
        case TOKEN_DATE_WORD: return "DateFrom";
        case TOKEN_TIME_WORD: return "TimeFrom";
        case TOKEN_TIMEZONEOFFSET: return "TimezoneOffsetFrom";
        default: return precision_singular(first) ? "DateTimeComponentFrom" : NULL;
    }
}

static Ast *parse_phrase(Parser *p, const char *name) {
    Ast *node = node_operator(p, name, parser_token(p));
    node->precision = (uint8_t)precision_singular(parser_kind(p, 0));
    parser_advance(p);
    parser_advance(p);
    node_add(p, node, unary_parse_nested(p));
    return node_finish(p, node);
}

static Ast *parse_sign(Parser *p) {
    if (parser_accept(p, TOKEN_PLUS)) return unary_parse_nested(p);
    Ast *node = node_operator(p, "Negate", parser_advance(p));
    node_add(p, node, unary_parse_nested(p));
    return node_finish(p, node);
}

static Ast *parse_unary(Parser *p) {
    TokenKind kind = parser_kind(p, 0);
    const char *phrase = phrase_name(kind, parser_kind(p, 1));
    if (phrase != NULL) return parse_phrase(p, phrase);
    if (literal_negative_at(p)) return parse_postfix(p, literal_parse_negative(p));
    if (kind == TOKEN_PLUS || kind == TOKEN_MINUS) return parse_sign(p);
    bool duration = kind == TOKEN_DURATION || kind == TOKEN_DIFFERENCE;
    if (duration && parser_kind(p, 3) == TOKEN_OF) return duration_parse(p);
    return parse_postfix(p, parse_primary(p));
}

Ast *unary_parse(Parser *p) { return p->lost ? node_error(p) : parse_unary(p); }

Ast *unary_parse_nested(Parser *p) {
    Ast *node = parser_enter(p) ? unary_parse(p) : node_error(p);
    parser_leave(p);
    return node;
}

Ast *term_parse_from(Parser *p, Ast *left) {
    return parse_operators(p, parse_postfix(p, left), ADDITIVE);
}

Ast *term_parse(Parser *p) { return parse_operators(p, unary_parse(p), ADDITIVE); }

static bool is_infix(TokenKind kind) {
    switch (kind) {
        case TOKEN_UNION: case TOKEN_INTERSECT: case TOKEN_EXCEPT: case TOKEN_CONTAINS:
        case TOKEN_DIV: case TOKEN_MOD: case TOKEN_XOR: case TOKEN_IMPLIES: case TOKEN_WHERE:
        case TOKEN_INCLUDES: case TOKEN_MEETS: case TOKEN_OVERLAPS: case TOKEN_STARTS:
        case TOKEN_ENDS: return true;
        default: return false;
    }
}

bool operand_starts(const Parser *p, uint32_t index) {
    if (name_referential_at(p, index))
        return !is_infix(parser_kind_at(p, index)) && !parser_declaration_at(p, index);
    switch (parser_kind_at(p, index)) {
        case TOKEN_STRING: case TOKEN_NUMBER: case TOKEN_LONG: case TOKEN_DATE: case TOKEN_DATETIME:
        case TOKEN_TIME: case TOKEN_NULL: case TOKEN_TRUE: case TOKEN_FALSE: case TOKEN_THIS:
        case TOKEN_INDEX: case TOKEN_TOTAL: case TOKEN_PERCENT: case TOKEN_LEFT_PARENTHESIS:
        case TOKEN_LEFT_BRACKET: case TOKEN_LEFT_BRACE: case TOKEN_PLUS: case TOKEN_MINUS:
        case TOKEN_NOT: case TOKEN_EXISTS: case TOKEN_CAST: case TOKEN_IF: case TOKEN_CASE:
        case TOKEN_INTERVAL: case TOKEN_LIST: case TOKEN_TUPLE: case TOKEN_CODE_TYPE:
        case TOKEN_CONCEPT_TYPE: case TOKEN_CONVERT: case TOKEN_MINIMUM: case TOKEN_MAXIMUM:
        case TOKEN_DISTINCT: case TOKEN_FLATTEN: case TOKEN_COLLAPSE: case TOKEN_EXPAND:
        case TOKEN_SINGLETON: case TOKEN_POINT: case TOKEN_DURATION: case TOKEN_DIFFERENCE:
        case TOKEN_FROM: return true;
        default: break;
    }
    TokenKind kind = parser_kind_at(p, index), next = parser_kind_at(p, index + 1);
    return (precision_singular(kind) && next == TOKEN_FROM) ||
           (precision_plural(kind) && next == TOKEN_BETWEEN);
}
