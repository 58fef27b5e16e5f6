/* parse_expression.c - the rule `expression` of the grammar: operators by precedence, from
 * the loosest to the tightest.  The tighter operators of `expressionTerm`, arithmetic and
 * above, are in parse_term.c.
 *
 * The grammar's order makes `not a = b` mean `(not a) = b`: not and exists bind tighter than
 * all but `is` and `as`. */
#include "cql/parse_state.h"

typedef enum Level {
    LEVEL_NONE,
    LEVEL_SET, /* union, intersect, except */
    LEVEL_IMPLIES,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_MEMBERSHIP,
    LEVEL_EQUALITY,
    LEVEL_TIMING,
    LEVEL_COMPARISON,
    LEVEL_BETWEEN,
    LEVEL_UNARY, /* not, exists */
    LEVEL_TYPE   /* is, as */
} Level;

static Ast *parse_level(Parser *p, Level least);

/* The plain binary operators; LEVEL_NONE for any other token. */
static Level binary_level(TokenKind kind, const char **name) {
    switch (kind) {
        case TOKEN_AND: *name = "And"; return LEVEL_AND;
        case TOKEN_OR: *name = "Or"; return LEVEL_OR;
        case TOKEN_XOR: *name = "Xor"; return LEVEL_OR;
        case TOKEN_IMPLIES: *name = "Implies"; return LEVEL_IMPLIES;
        case TOKEN_EQUAL: *name = "Equal"; return LEVEL_EQUALITY;
        case TOKEN_NOT_EQUAL: *name = "NotEqual"; return LEVEL_EQUALITY;
        case TOKEN_EQUIVALENT: *name = "Equivalent"; return LEVEL_EQUALITY;
        case TOKEN_NOT_EQUIVALENT: *name = "NotEquivalent"; return LEVEL_EQUALITY;
        case TOKEN_LESS: *name = "Less"; return LEVEL_COMPARISON;
        case TOKEN_LESS_OR_EQUAL: *name = "LessOrEqual"; return LEVEL_COMPARISON;
        case TOKEN_GREATER: *name = "Greater"; return LEVEL_COMPARISON;
        case TOKEN_GREATER_OR_EQUAL: *name = "GreaterOrEqual"; return LEVEL_COMPARISON;
        case TOKEN_UNION: case TOKEN_PIPE: *name = "Union"; return LEVEL_SET;
        case TOKEN_INTERSECT: *name = "Intersect"; return LEVEL_SET;
        case TOKEN_EXCEPT: *name = "Except"; return LEVEL_SET;
        case TOKEN_IN: *name = "In"; return LEVEL_MEMBERSHIP;
        case TOKEN_CONTAINS: *name = "Contains"; return LEVEL_MEMBERSHIP;
        default: return LEVEL_NONE;
    }
}

static bool between_at(const Parser *p) {
    uint32_t ahead = parser_kind(p, 0) == TOKEN_PROPERLY ? 1 : 0;
    return parser_kind(p, ahead) == TOKEN_BETWEEN;
}

static Ast *parse_binary(Parser *p, Ast *left, const char *name, Level level) {
    Ast *node = node_around(p, AST_OPERATOR, left);
    node->name = str_from(name);
    parser_advance(p);
    if (level == LEVEL_MEMBERSHIP) node->precision = (uint8_t)precision_of_parse(p);
    node_add(p, node, parse_level(p, level + 1));
    return node_finish(p, node);
}

static Ast *parse_between(Parser *p, Ast *left) {
    Ast *node = node_around(p, AST_BETWEEN, left);
    node->properly = parser_accept(p, TOKEN_PROPERLY);
    parser_advance(p);
    node_add(p, node, term_parse(p));
    parser_expect(p, TOKEN_AND, "as in between 1 and 10");
    node_add(p, node, term_parse(p));
    return node_finish(p, node);
}

static const char *test_name(TokenKind kind) {
    switch (kind) {
        case TOKEN_NULL: return "IsNull";
        case TOKEN_TRUE: return "IsTrue";
        case TOKEN_FALSE: return "IsFalse";
        default: return NULL;
    }
}

/* is [not] (null | true | false) */
static Ast *parse_test(Parser *p, Ast *left) {
    Ast *node = node_around(p, AST_OPERATOR, left);
    parser_advance(p);
    bool negated = parser_accept(p, TOKEN_NOT);
    const char *name = test_name(parser_kind(p, 0));
    if (name == NULL) {
        parser_fail_expected(p, "expected-token", "'null', 'true' or 'false'",
                             STR("for a type write not (x is T)"));
        return node_error(p);
    }
    node->name = str_from(name);
    parser_advance(p);
    node = node_finish(p, node);
    if (!negated) return node;
    node = node_around(p, AST_OPERATOR, node);
    node->name = STR("Not");
    return node_finish(p, node);
}

static Ast *parse_type_operator(Parser *p, Ast *left) {
    bool is = parser_at(p, TOKEN_IS);
    if (is && (parser_kind(p, 1) == TOKEN_NOT || test_name(parser_kind(p, 1)) != NULL))
        return parse_test(p, left);
    Ast *node = node_around(p, is ? AST_IS : AST_AS, left);
    parser_advance(p);
    node->type_name = type_parse(p);
    return node_finish(p, node);
}

static Ast *parse_timing_right(Parser *p) { return parse_level(p, LEVEL_TIMING + 1); }

/* `left` with the next operator and its right side; `left` itself where none of at least
 * the level follows. */
static Ast *parse_operation(Parser *p, Ast *left, Level least) {
    const char *name = NULL;
    TokenKind kind = parser_kind(p, 0);
    Level level = binary_level(kind, &name);
    if (level != LEVEL_NONE) return level < least ? left : parse_binary(p, left, name, level);
    if (kind == TOKEN_IS || (kind == TOKEN_AS && !p->leave_as)) return parse_type_operator(p, left);
    if (between_at(p)) return LEVEL_BETWEEN < least ? left : parse_between(p, left);
    if (LEVEL_TIMING >= least && timing_at(p)) return timing_parse(p, left, parse_timing_right);
    return left;
}

static Ast *parse_level(Parser *p, Level least) {
    Ast *left = operand_parse(p), *before = NULL;
    while (!p->lost && left != before) {
        before = left;
        left = parse_operation(p, left, least);
    }
    return left;
}

Ast *expression_parse(Parser *p) { return parse_level(p, LEVEL_NONE); }

/* ---- operands of expressions ---- */

static Ast *parse_prefix(Parser *p, const char *name) {
    Ast *node = node_operator(p, name, parser_advance(p));
    node_add(p, node, parse_level(p, LEVEL_UNARY));
    return node_finish(p, node);
}

/* cast x as T */
static Ast *parse_cast(Parser *p) {
    Ast *node = node_new(p, AST_AS, parser_advance(p));
    bool before = p->leave_as;
    node->strict = true;
    p->leave_as = true;
    node_add(p, node, expression_parse(p));
    p->leave_as = before;
    if (parser_expect(p, TOKEN_AS, "as in cast x as Integer")) node->type_name = type_parse(p);
    if (node->type_name == NULL) return node_error(p);
    return node_finish(p, node);
}

static bool term_operator_at(const Parser *p) {
    switch (parser_kind(p, 0)) {
        case TOKEN_DOT: case TOKEN_LEFT_BRACKET: case TOKEN_PLUS: case TOKEN_MINUS: case TOKEN_STAR:
        case TOKEN_SLASH: case TOKEN_CARET: case TOKEN_AMPERSAND: return !p->lost;
        default: return false;
    }
}

/* The grammar has no retrieve in a term; it is read as though it stood in parentheses. */
static Ast *parse_retrieve(Parser *p) {
    Ast *node = retrieve_parse(p);
    if (!term_operator_at(p)) return node;
    parser_complain(p, parser_token(p), "needs-parentheses",
                    str_format(p->arena, "a retrieve before %.*s must stand in parentheses",
                               STR_ARGS(parser_describe(p, parser_token(p)))),
                    STR("write ([Condition: \"Codes\"]).onset"));
    return term_parse_from(p, node);
}

/* [duration in] days between low and high, difference in ..., duration in days of interval */

static Precision parse_unit(Parser *p) {
    const Token *token = parser_token(p);
    Precision plural = precision_plural(token->kind), singular = precision_singular(token->kind);
    if (p->lost) return PRECISION_DAY;
    if (plural != PRECISION_NONE || singular != PRECISION_NONE) parser_advance(p);
    if (plural != PRECISION_NONE) return plural;
    if (singular == PRECISION_NONE) {
        parser_fail_expected(p, "expected-precision", "years, months, weeks, days, hours, minutes, "
                             "seconds or milliseconds", (Str){ "", 0 });
        return PRECISION_DAY;
    }
    parser_complain(p, token, "expected-precision",
                    str_format(p->arena, "here '%s' is written in the plural",
                               precision_word(singular, false)),
                    str_format(p->arena, "write %s", precision_word(singular, true)));
    return singular;
}

Ast *duration_parse(Parser *p) {
    const Token *first = parser_token(p);
    bool difference = parser_accept(p, TOKEN_DIFFERENCE);
    AstKind kind = difference ? AST_DIFFERENCE_BETWEEN : AST_DURATION_BETWEEN;
    if (difference || parser_accept(p, TOKEN_DURATION))
        parser_expect(p, TOKEN_IN, "as in difference in days between");
    Precision unit = parse_unit(p);
    if (parser_accept(p, TOKEN_OF))
        return query_of_interval(p, kind, unit, first, unary_parse_nested(p));
    Ast *node = node_new(p, kind, first);
    node->precision = (uint8_t)unit;
    parser_expect(p, TOKEN_BETWEEN, "as in days between a and b");
    node_add(p, node, term_parse(p));
    parser_expect(p, TOKEN_AND, "as in days between a and b");
    node_add(p, node, term_parse(p));
    return node_finish(p, node);
}

static bool duration_at(const Parser *p) {
    TokenKind kind = parser_kind(p, 0);
    if (kind == TOKEN_DURATION || kind == TOKEN_DIFFERENCE) return parser_kind(p, 3) != TOKEN_OF;
    bool unit = precision_plural(kind) || precision_singular(kind);
    return unit && parser_kind(p, 1) == TOKEN_BETWEEN;
}

static Ast *parse_operand(Parser *p) {
    TokenKind kind = parser_kind(p, 0);
    if (kind == TOKEN_NOT) return parse_prefix(p, "Not");
    if (kind == TOKEN_EXISTS) return parse_prefix(p, "Exists");
    if (kind == TOKEN_CAST) return parse_cast(p);
    if (duration_at(p)) return duration_parse(p);
    if (query_at(p)) return query_parse(p);
    if (kind == TOKEN_LEFT_BRACKET) return parse_retrieve(p);
    return term_parse(p);
}

Ast *operand_parse(Parser *p) {
    Ast *node = parser_enter(p) && !p->lost ? parse_operand(p) : node_error(p);
    parser_leave(p);
    return node;
}
