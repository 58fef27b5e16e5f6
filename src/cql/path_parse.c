/* path_parse.c - FHIRPath text to a tree, over the tokens of CQL.
 *
 * The words of CQL are names here, but for the operators, which are told by their place.
 * Two words that CQL reads as one, such as `or less`, are read as an operator and a name. */
#include <string.h>

#include "cql/parse_state.h"
#include "cql/path_tree.h"

typedef struct PathParser {
    Parser p;
    const Model *model;
    Str second; /* of two words read as one: the name that comes next */
    uint32_t depth;
} PathParser;

static PathNode *parse(PathParser *r, int least);

static PathNode *node_new_path(PathParser *r, PathKind kind, Span span) {
    PathNode *node = arena_alloc_zeroed(r->p.arena, sizeof *node);
    node->kind = (uint8_t)kind;
    node->span = span;
    return node;
}

static PathNode *around(PathParser *r, PathKind kind, PathNode *left) {
    PathNode *node = node_new_path(r, kind, left->span);
    node->child[0] = left;
    node->count = 1;
    return node;
}

static PathNode *done(PathParser *r, PathNode *node) {
    node->span = span_from(&r->p, node->span);
    return node;
}

static PathNode *nothing(PathParser *r) {
    return node_new_path(r, PATH_EMPTY, parser_token(&r->p)->span);
}

static bool accept(PathParser *r, TokenKind kind) {
    return r->second.length == 0 && parser_accept(&r->p, kind);
}

static void expect(PathParser *r, TokenKind kind) {
    if (r->second.length == 0) parser_expect(&r->p, kind, NULL);
}

/* ---- names ---- */

static bool is_word(TokenKind kind) {
    return kind == TOKEN_NAME || kind == TOKEN_QUOTED || token_is_keyword(kind);
}

static Str second_word(Str pair) {
    size_t at = pair.length;
    while (at > 0 && pair.data[at - 1] != ' ' && pair.data[at - 1] != '\n' &&
           pair.data[at - 1] != '\t' && pair.data[at - 1] != '\r')
        at--;
    return str_slice(pair, at, pair.length);
}

static bool name_here(const PathParser *r) {
    return r->second.length > 0 || is_word(parser_kind(&r->p, 0));
}

static Str take_name(PathParser *r) {
    Str name = r->second;
    if (name.length > 0) {
        r->second = STR("");
        return name;
    }
    if (!name_here(r)) {
        parser_fail_expected(&r->p, "expected-name", "the name of an element or function", STR(""));
        return name;
    }
    const Token *token = parser_advance(&r->p);
    return token->kind == TOKEN_QUOTED ? text_decode(&r->p, token)
                                       : token_text(&r->p.tokens, token);
}

/* ---- types ---- */

static const struct { const char *name; Tag tag; } system_types[] = {
    { "Any", TAG_NULL },         { "Boolean", TAG_BOOLEAN },   { "Integer", TAG_INTEGER },
    { "Long", TAG_LONG },        { "Decimal", TAG_DECIMAL },   { "String", TAG_STRING },
    { "Date", TAG_DATE },        { "DateTime", TAG_DATETIME }, { "Time", TAG_TIME },
    { "Quantity", TAG_QUANTITY },
};

static PathType find_type(const Model *model, Str qualifier, Str name) {
    PathType type = { .known = true };
    bool own = qualifier.length == 0 || (model != NULL && str_is(qualifier, model->name));
    if (own && model != NULL && model->find_class(name, &type.class)) return type;
    type.system = true;
    for (size_t i = 0; i < sizeof system_types / sizeof *system_types; i++) {
        type.tag = system_types[i].tag;
        if (str_is(name, system_types[i].name) &&
            (qualifier.length == 0 || str_is(qualifier, "System")))
            return type;
    }
    return (PathType){ .known = false };
}

static PathType read_type(PathParser *r, Span span, Str qualifier, Str name) {
    PathType type = find_type(r->model, qualifier, name);
    Token token = { .span = span };
    if (!type.known && !r->p.lost)
        parser_fail(&r->p, &token, "unknown-type",
                    str_format(r->p.arena, "there is no type %.*s", STR_ARGS(name)), STR(""));
    return type;
}

/* After is and as. */
static PathType parse_type(PathParser *r) {
    Span span = parser_token(&r->p)->span;
    Str qualifier = STR(""), name = take_name(r);
    if (accept(r, TOKEN_DOT)) {
        qualifier = name;
        name = take_name(r);
    }
    return read_type(r, span, qualifier, name);
}

/* The argument of ofType, is and as, which reads like a path. */
static PathType type_of_argument(PathParser *r, const PathNode *argument) {
    if (argument->kind == PATH_NAME) return read_type(r, argument->span, STR(""), argument->name);
    if (argument->kind == PATH_MEMBER && argument->child[0]->kind == PATH_NAME)
        return read_type(r, argument->span, argument->child[0]->name, argument->name);
    Token token = { .span = argument->span };
    if (!r->p.lost)
        parser_fail(&r->p, &token, "type-mismatch", STR("the name of a type is expected here"),
                    STR("as in ofType(Quantity)"));
    return (PathType){ .known = false };
}

/* ---- calls ---- */

static uint32_t distance(Str a, Str b) {
    uint32_t same = 0;
    while (same < a.length && same < b.length && a.data[same] == b.data[same]) same++;
    size_t rest = a.length > b.length ? a.length : b.length;
    return (uint32_t)rest - same;
}

/* The function that begins most alike. */
static Str nearest(PathParser *r, Str name) {
    const char *best = NULL, *candidate;
    uint32_t least = 4;
    for (uint32_t i = 0; (candidate = path_function_name(i)) != NULL; i++) {
        uint32_t found = distance(name, str_from(candidate));
        if (found >= least) continue;
        least = found;
        best = candidate;
    }
    return best == NULL ? STR("") : str_format(r->p.arena, "did you mean %s?", best);
}

static void check_call(PathParser *r, PathNode *node) {
    const PathFunction *f = node->function;
    Token token = { .span = node->span };
    uint32_t given = node->count - 1;
    if (r->p.lost) return;
    if (f == NULL) {
        parser_fail(&r->p, &token, "unknown-function",
                    str_format(r->p.arena, "there is no function %.*s", STR_ARGS(node->name)),
                    nearest(r, node->name));
    } else if (given < f->least || given > f->most) {
        parser_fail(&r->p, &token, "no-overload",
                    str_format(r->p.arena, "%s takes %s%u argument%s, not %u", f->name,
                               f->least == f->most ? "" : "at most ", f->most,
                               f->most == 1 ? "" : "s", given), STR(""));
    } else if (f->type) {
        node->type = type_of_argument(r, node->child[1]);
    }
}

static PathNode *parse_call(PathParser *r, PathNode *source, Str name, Span span) {
    PathNode *node = node_new_path(r, PATH_CALL, source == NULL ? span : source->span);
    node->name = name;
    node->function = path_function(name);
    node->child[0] = source;
    node->count = 1;
    Bracket bracket = bracket_open(&r->p);
    if (!parser_at(&r->p, TOKEN_RIGHT_PARENTHESIS)) {
        do {
            PathNode *argument = parse(r, 0);
            if (node->count < 4) node->child[node->count] = argument;
            node->count++;
        } while (bracket_more(&r->p, &bracket));
    }
    bracket_close(&r->p, &bracket, TOKEN_RIGHT_PARENTHESIS);
    done(r, node);
    check_call(r, node);
    return node;
}

static bool call_here(const PathParser *r) {
    return r->second.length == 0 && parser_at(&r->p, TOKEN_LEFT_PARENTHESIS);
}

/* ---- terms ---- */

static PathNode *parse_literal(PathParser *r) {
    Span span = parser_token(&r->p)->span;
    bool before = r->p.leave_colon;
    r->p.leave_colon = true;
    const Ast *literal = literal_parse(&r->p);
    r->p.leave_colon = before;
    PathNode *node = node_new_path(r, literal->kind == AST_NULL ? PATH_EMPTY : PATH_LITERAL, span);
    node->value = literal->value;
    node->local = str_is(literal->text, "local");
    return done(r, node);
}

static PathNode *parse_variable(PathParser *r) {
    PathNode *node = node_new_path(r, PATH_VARIABLE, parser_advance(&r->p)->span);
    bool text = parser_at(&r->p, TOKEN_STRING);
    node->name = text ? text_decode(&r->p, parser_advance(&r->p)) : take_name(r);
    while (accept(r, TOKEN_MINUS)) /* %vs-name, without quotes */
        node->name = str_format(r->p.arena, "%.*s-%.*s", STR_ARGS(node->name),
                                STR_ARGS(take_name(r)));
    return done(r, node);
}

static PathNode *parse_name(PathParser *r) {
    Span span = parser_token(&r->p)->span;
    Str name = take_name(r);
    if (call_here(r)) return parse_call(r, NULL, name, span);
    PathNode *node = node_new_path(r, PATH_NAME, span);
    node->name = name;
    return node;
}

static PathNode *parse_group(PathParser *r) {
    Bracket bracket = bracket_open(&r->p);
    PathNode *node = parse(r, 0);
    bracket_close(&r->p, &bracket, TOKEN_RIGHT_PARENTHESIS);
    return node;
}

static PathNode *parse_braces(PathParser *r) {
    PathNode *node = nothing(r);
    Bracket bracket = bracket_open(&r->p);
    bracket_close(&r->p, &bracket, TOKEN_RIGHT_BRACE);
    return node;
}

static PathNode *parse_special(PathParser *r, PathKind kind) {
    return node_new_path(r, kind, parser_advance(&r->p)->span);
}

static PathNode *parse_term(PathParser *r) {
    if (r->second.length > 0) return parse_name(r);
    switch (parser_kind(&r->p, 0)) {
    case TOKEN_STRING: case TOKEN_NUMBER: case TOKEN_LONG: case TOKEN_DATE: case TOKEN_DATETIME:
    case TOKEN_TIME: case TOKEN_TRUE: case TOKEN_FALSE:
        return parse_literal(r);
    case TOKEN_THIS: return parse_special(r, PATH_THIS);
    case TOKEN_INDEX: return parse_special(r, PATH_PLACE);
    case TOKEN_TOTAL: return parse_special(r, PATH_TOTAL);
    case TOKEN_PERCENT: return parse_variable(r);
    case TOKEN_LEFT_PARENTHESIS: return parse_group(r);
    case TOKEN_LEFT_BRACE: return parse_braces(r);
    default: break;
    }
    if (name_here(r)) return parse_name(r);
    parser_fail_expected(&r->p, "expected-expression", "an expression", STR(""));
    return nothing(r);
}

static PathNode *parse_member(PathParser *r, PathNode *left) {
    Span span = parser_token(&r->p)->span;
    Str name = take_name(r);
    if (call_here(r)) return parse_call(r, left, name, span);
    PathNode *node = around(r, PATH_MEMBER, left);
    node->name = name;
    return done(r, node);
}

static PathNode *parse_index(PathParser *r, PathNode *left) {
    PathNode *node = around(r, PATH_INDEX, left);
    Bracket bracket = bracket_open(&r->p);
    node->child[1] = parse(r, 0);
    node->count = 2;
    bracket_close(&r->p, &bracket, TOKEN_RIGHT_BRACKET);
    return done(r, node);
}

static PathNode *parse_postfix(PathParser *r) {
    PathNode *node = parse_term(r);
    while (!r->p.lost && r->second.length == 0) {
        if (parser_accept(&r->p, TOKEN_DOT)) node = parse_member(r, node);
        else if (parser_at(&r->p, TOKEN_LEFT_BRACKET)) node = parse_index(r, node);
        else break;
    }
    return node;
}

static PathNode *parse_unary(PathParser *r) {
    uint32_t signs = 0, negative = 0;
    Span span = parser_token(&r->p)->span;
    for (bool minus; !r->p.lost && r->second.length == 0; signs++, negative += minus) {
        minus = parser_at(&r->p, TOKEN_MINUS);
        if (!minus && !parser_at(&r->p, TOKEN_PLUS)) break;
        parser_advance(&r->p);
    }
    PathNode *node = parse_postfix(r);
    if (negative % 2 == 0) return node;
    node = around(r, PATH_NEGATIVE, node);
    node->span = span;
    return done(r, node);
}

/* ---- operators ---- */

typedef struct Binary {
    TokenKind token;
    int level; /* the greater, the tighter; 8 is that of is and as */
    PathOperator operator;
} Binary;

static const Binary binaries[] = {
    { TOKEN_IMPLIES, 1, PATH_IMPLIES },
    { TOKEN_OR, 2, PATH_OR },
    { TOKEN_OR_AFTER, 2, PATH_OR }, { TOKEN_OR_BEFORE, 2, PATH_OR }, { TOKEN_OR_LESS, 2, PATH_OR },
    { TOKEN_OR_MORE, 2, PATH_OR },  { TOKEN_OR_ON, 2, PATH_OR },
    { TOKEN_XOR, 2, PATH_XOR },
    { TOKEN_AND, 3, PATH_AND },
    { TOKEN_IN, 4, PATH_IN },
    { TOKEN_CONTAINS, 4, PATH_CONTAINS },
    { TOKEN_EQUAL, 5, PATH_EQUAL },
    { TOKEN_NOT_EQUAL, 5, PATH_NOT_EQUAL },
    { TOKEN_EQUIVALENT, 5, PATH_EQUIVALENT },
    { TOKEN_NOT_EQUIVALENT, 5, PATH_NOT_EQUIVALENT },
    { TOKEN_LESS, 6, PATH_LESS },
    { TOKEN_LESS_OR_EQUAL, 6, PATH_LESS_OR_EQUAL },
    { TOKEN_GREATER, 6, PATH_GREATER },
    { TOKEN_GREATER_OR_EQUAL, 6, PATH_GREATER_OR_EQUAL },
    { TOKEN_PIPE, 7, PATH_UNION },
    { TOKEN_PLUS, 9, PATH_ADD },
    { TOKEN_MINUS, 9, PATH_SUBTRACT },
    { TOKEN_AMPERSAND, 9, PATH_JOIN },
    { TOKEN_STAR, 10, PATH_MULTIPLY },
    { TOKEN_SLASH, 10, PATH_DIVIDE },
    { TOKEN_DIV, 10, PATH_DIV },
    { TOKEN_MOD, 10, PATH_MOD },
};

enum { TYPE_LEVEL = 8 };

static const Binary *binary_here(const PathParser *r) {
    TokenKind kind = parser_kind(&r->p, 0);
    if (r->p.lost || r->second.length > 0) return NULL;
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (binaries[i].token == kind) return &binaries[i];
    return NULL;
}

static PathNode *parse_binary(PathParser *r, PathNode *left, const Binary *binary) {
    PathNode *node = around(r, PATH_BINARY, left);
    Str word = token_text(&r->p.tokens, parser_advance(&r->p));
    if (binary->operator == PATH_OR && binary->token != TOKEN_OR) r->second = second_word(word);
    node->operator = (uint8_t)binary->operator;
    node->child[1] = parse(r, binary->level + 1);
    node->count = 2;
    return done(r, node);
}

static PathNode *parse_type_operator(PathParser *r, PathNode *left) {
    PathNode *node = around(r, parser_at(&r->p, TOKEN_IS) ? PATH_IS : PATH_AS, left);
    parser_advance(&r->p);
    node->type = parse_type(r);
    return done(r, node);
}

static PathNode *parse_operators(PathParser *r, PathNode *left, int least) {
    while (!r->p.lost) {
        const Binary *binary = binary_here(r);
        bool typed = binary == NULL && r->second.length == 0 &&
                     (parser_at(&r->p, TOKEN_IS) || parser_at(&r->p, TOKEN_AS));
        if (typed && TYPE_LEVEL >= least) left = parse_type_operator(r, left);
        else if (binary != NULL && binary->level >= least) left = parse_binary(r, left, binary);
        else break;
    }
    return left;
}

static PathNode *parse(PathParser *r, int least) {
    if (r->p.lost) return nothing(r);
    if (r->depth >= PATH_DEPTH) {
        parser_fail(&r->p, parser_token(&r->p), "nested-too-deeply",
                    STR("this expression is nested too deeply"), STR(""));
        return nothing(r);
    }
    r->depth++;
    PathNode *node = parse_operators(r, parse_unary(r), least);
    r->depth--;
    return node;
}

const PathNode *path_parse(Arena *arena, const Model *model, Str file, Str text,
                           Diagnostics *diagnostics) {
    size_t errors = diagnostics->errors;
    PathParser r = { .p = parser_new(arena, file, text, diagnostics), .model = model };
    PathNode *root = parse(&r, 0);
    if (!r.p.lost) expect(&r, TOKEN_END);
    return diagnostics->errors == errors ? root : NULL;
}
