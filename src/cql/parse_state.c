/* parse_state.c - see parse_state.h.  Which bracket belongs to which is found once, before
 * parsing: a bracket is never closed behind the next declaration, so that what is left
 * open in one definition does not swallow the next. */
#include "cql/parse_state.h"

#include <string.h>

enum {
    MOST_NESTING = 500,
    MOST_HEIGHT = 1000, /* of a tree */
    MOST_CHAIN = 50000  /* of operators in a row, which are not counted as height */
};

typedef struct Node {
    Ast ast;
    uint32_t height, chain;
} Node;

/* ---- tokens ---- */

const Token *parser_token(const Parser *p) { return &p->tokens.items[p->at]; }

TokenKind parser_kind_at(const Parser *p, uint32_t index) {
    uint32_t last = p->tokens.count - 1;
    return p->tokens.items[index < last ? index : last].kind;
}

TokenKind parser_kind(const Parser *p, uint32_t ahead) { return parser_kind_at(p, p->at + ahead); }

const Token *parser_advance(Parser *p) {
    const Token *token = parser_token(p);
    if (p->at + 1 < p->tokens.count) p->at++;
    return token;
}

bool parser_at(const Parser *p, TokenKind kind) {
    return !p->lost && parser_token(p)->kind == kind;
}

bool parser_accept(Parser *p, TokenKind kind) {
    if (!parser_at(p, kind)) return false;
    parser_advance(p);
    return true;
}

bool parser_expect(Parser *p, TokenKind kind, const char *hint) {
    if (parser_accept(p, kind)) return true;
    if (!p->lost) {
        Str what = str_format(p->arena, "'%s'", token_kind_name(kind));
        parser_fail_expected(p, "expected-token", str_to_c(p->arena, what), str_from(hint));
    }
    return false;
}

static bool is_access(TokenKind kind) { return kind == TOKEN_PUBLIC || kind == TOKEN_PRIVATE; }

static bool define_at(const Parser *p, uint32_t next) {
    TokenKind kind = parser_kind_at(p, next);
    if (is_access(kind) || kind == TOKEN_FLUENT || kind == TOKEN_FUNCTION) return true;
    return name_at(p, next) && (parser_kind_at(p, next + 1) == TOKEN_COLON ||
                                p->tokens.items[next - 1].line_start);
}

bool parser_declaration_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    if (kind == TOKEN_DEFINE) return define_at(p, index + 1);
    if (index >= p->tokens.count || !p->tokens.items[index].line_start) return false;
    if (is_access(kind)) kind = parser_kind_at(p, ++index);
    switch (kind) {
        case TOKEN_LIBRARY: case TOKEN_USING: case TOKEN_INCLUDE: case TOKEN_CONTEXT:
        case TOKEN_PARAMETER: return name_at(p, index + 1);
        case TOKEN_CODESYSTEM: case TOKEN_VALUESET: case TOKEN_CODE: case TOKEN_CONCEPT:
            return name_at(p, index + 1) && parser_kind_at(p, index + 2) == TOKEN_COLON;
        default: return false;
    }
}

/* ---- errors ---- */

static void report(Parser *p, Severity severity, Span span, const char *code, Str message,
                   Str hint) {
    bool again = severity == SEVERITY_ERROR && p->complained == span.offset + 1;
    if (p->lost || again) return;
    if (severity == SEVERITY_ERROR) p->complained = span.offset + 1;
    if (span.length == 0) span.length = 1; /* the end of the text */
    diagnostics_add(p->diagnostics, (Diagnostic){ .severity = severity, .code = code,
                                                  .message = message, .hint = hint,
                                                  .file = p->tokens.file, .span = span });
}

void parser_complain(Parser *p, const Token *token, const char *code, Str message, Str hint) {
    report(p, SEVERITY_ERROR, token->span, code, message, hint);
}

void parser_warn(Parser *p, Span span, const char *code, Str message, Str hint) {
    report(p, SEVERITY_WARNING, span, code, message, hint);
}

void parser_fail(Parser *p, const Token *token, const char *code, Str message, Str hint) {
    if (!token->broken) parser_complain(p, token, code, message, hint); /* else the lexer did */
    p->lost = true;
}

Str parser_describe(Parser *p, const Token *token) {
    if (token->kind == TOKEN_END) return str_from(token_kind_name(TOKEN_END));
    Str text = token_text(&p->tokens, token);
    if (text.length > 40) return str_from(token_kind_name(token->kind));
    if (text.data[0] == '\'' || text.data[0] == '"' || text.data[0] == '`') return text;
    return str_format(p->arena, "'%.*s'", STR_ARGS(text));
}

/* For a keyword written with other capitals ("AND"). */
static Str hint_capitals(Parser *p, uint32_t index) {
    const Token *token = &p->tokens.items[index];
    Str text = token_text(&p->tokens, token);
    const char *word = token->kind == TOKEN_NAME ? token_keyword_like(text) : NULL;
    if (word == NULL) return (Str){ "", 0 };
    return str_format(p->arena, "capitals matter in CQL: perhaps '%s' is meant, not '%.*s'", word,
                      STR_ARGS(text));
}

static bool is_clause(TokenKind kind) {
    return kind == TOKEN_LET || kind == TOKEN_WITH || kind == TOKEN_WITHOUT ||
           kind == TOKEN_WHERE || kind == TOKEN_RETURN || kind == TOKEN_AGGREGATE ||
           kind == TOKEN_SORT;
}

/* What is often meant where the next token makes no sense. */
static Str hint_guess(Parser *p) {
    if (name_at(p, p->at) && is_clause(parser_kind(p, 1)))
        return STR("the source of a query that is no retrieve and no name stands in parentheses");
    Str hint = p->at == 0 ? (Str){ "", 0 } : hint_capitals(p, p->at - 1);
    return hint.length == 0 ? hint_capitals(p, p->at) : hint;
}

Token parser_place(const Parser *p) {
    Token here = *parser_token(p);
    bool behind = p->at != 0 && (here.line_start || here.kind == TOKEN_END);
    if (!behind) return here;
    const Token *before = &p->tokens.items[p->at - 1];
    Str text = token_text(&p->tokens, before);
    here.span = before->span;
    here.span.length = 1;
    for (size_t i = 0; i < text.length; i++) {
        here.span.offset++;
        here.span.column = text.data[i] == '\n' ? 1 : here.span.column + 1;
        here.span.line += text.data[i] == '\n';
    }
    return here;
}

void parser_fail_expected(Parser *p, const char *code, const char *what, Str hint) {
    if (p->lost) return;
    Token place = parser_place(p);
    parser_fail(p, &place, code,
                str_format(p->arena, "expected %s, found %.*s", what,
                           STR_ARGS(parser_describe(p, parser_token(p)))),
                hint.length == 0 ? hint_guess(p) : hint);
}

bool parser_enter(Parser *p) {
    if (++p->depth <= MOST_NESTING) return true;
    parser_fail(p, parser_token(p), "nested-too-deeply", STR("this is nested too deeply"),
                str_format(p->arena,
                           "at most %d levels are read; give the inner part its own define",
                           MOST_NESTING));
    return false;
}

void parser_leave(Parser *p) { p->depth--; }

/* ---- brackets ---- */

typedef struct Open {
    uint32_t token;
    TokenKind kind; /* TOKEN_INTERVAL: of an interval, which either bracket may close */
} Open;

typedef VEC(Open) OpenVec;

static bool closes(TokenKind open, TokenKind close) {
    if (close == TOKEN_RIGHT_BRACE) return open == TOKEN_LEFT_BRACE;
    if (open == TOKEN_INTERVAL) return true;
    return open ==
           (close == TOKEN_RIGHT_BRACKET ? TOKEN_LEFT_BRACKET : TOKEN_LEFT_PARENTHESIS);
}

static bool is_opening(TokenKind kind) {
    return kind == TOKEN_LEFT_PARENTHESIS || kind == TOKEN_LEFT_BRACKET || kind == TOKEN_LEFT_BRACE;
}

static bool is_closing(TokenKind kind) {
    return kind == TOKEN_RIGHT_PARENTHESIS || kind == TOKEN_RIGHT_BRACKET ||
           kind == TOKEN_RIGHT_BRACE;
}

/* How many of the open brackets could be closed. */
static uint32_t closable(const uint32_t *open, TokenKind close) {
    if (close == TOKEN_RIGHT_BRACE) return open[TOKEN_LEFT_BRACE];
    bool square = close == TOKEN_RIGHT_BRACKET;
    return open[square ? TOKEN_LEFT_BRACKET : TOKEN_LEFT_PARENTHESIS] + open[TOKEN_INTERVAL];
}

/* Pairs a closing bracket with the nearest that it closes; those between stay open.  `open`
 * counts what is stacked of each kind, so that a search is made only where it succeeds. */
static void pair(OpenVec *stack, uint32_t *open, uint32_t *partners, uint32_t token,
                 TokenKind close) {
    bool done = closable(open, close) == 0;
    while (!done) {
        Open top = stack->items[--stack->count];
        open[top.kind]--;
        done = closes(top.kind, close);
        if (!done) continue;
        partners[top.token] = token;
        partners[token] = top.token;
    }
}

static void find_partners(Parser *p) {
    uint32_t *partners = arena_array(p->arena, p->tokens.count, sizeof *partners);
    uint32_t open[TOKEN_KIND_COUNT] = { 0 };
    OpenVec stack = { 0 };
    for (uint32_t i = 0; i < p->tokens.count; i++) {
        TokenKind kind = parser_kind_at(p, i);
        if (parser_declaration_at(p, i)) {
            stack.count = 0;
            memset(open, 0, sizeof open);
        } else if (is_opening(kind)) {
            if (i > 0 && parser_kind_at(p, i - 1) == TOKEN_INTERVAL) kind = TOKEN_INTERVAL;
            vec_push(p->arena, &stack, ((Open){ i, kind }));
            open[kind]++;
        } else if (is_closing(kind)) {
            pair(&stack, open, partners, i, kind);
        }
    }
    p->partners = partners;
}

Bracket bracket_open(Parser *p) {
    Bracket bracket = { p->at, p->leave_as, p->leave_colon };
    p->leave_as = p->leave_colon = false;
    parser_advance(p);
    return bracket;
}

/* Goes on to the next comma of the bracket or to its end. */
static void skip_item(Parser *p, uint32_t end) {
    while (p->at < end && parser_kind(p, 0) != TOKEN_COMMA) {
        uint32_t partner = p->partners[p->at];
        p->at = partner > p->at ? partner + 1 : p->at + 1;
    }
    if (p->at > end) p->at = end;
    p->lost = false;
}

bool bracket_more(Parser *p, const Bracket *bracket) {
    uint32_t end = p->partners[bracket->open];
    if (p->lost && end >= p->at && end != 0) skip_item(p, end);
    return parser_accept(p, TOKEN_COMMA);
}

static void fail_unclosed(Parser *p, const Bracket *bracket, TokenKind kind) {
    const Token *open = &p->tokens.items[bracket->open];
    const char *mark = token_kind_name(kind);
    Token place = parser_place(p);
    parser_fail(p, &place, "unclosed-bracket",
                str_format(p->arena, "expected '%s', found %.*s", mark,
                           STR_ARGS(parser_describe(p, parser_token(p)))),
                str_format(p->arena, "the '%s' of line %u, column %u is not closed: write '%s'",
                           token_kind_name(open->kind), open->span.line, open->span.column, mark));
}

void bracket_close(Parser *p, const Bracket *bracket, TokenKind kind) {
    uint32_t end = p->partners[bracket->open];
    p->leave_as = bracket->leave_as;
    p->leave_colon = bracket->leave_colon;
    if (parser_accept(p, kind)) return;
    if (end == 0 || end < p->at) {
        if (!p->lost) fail_unclosed(p, bracket, kind);
        return;
    }
    Str what = str_format(p->arena, "an operator, a comma or '%s'", token_kind_name(kind));
    parser_fail_expected(p, "unexpected-token", str_to_c(p->arena, what),
                         bracket->open == 0 ? (Str){ "", 0 } : hint_capitals(p, bracket->open - 1));
    p->at = end;
    p->lost = false;
    parser_advance(p);
}

/* ---- nodes ---- */

Span span_from(const Parser *p, Span first) {
    const Span *last = &p->tokens.items[p->at == 0 ? 0 : p->at - 1].span;
    uint32_t end = last->offset + last->length;
    if (end > first.offset) first.length = end - first.offset;
    return first;
}

Ast *node_new(Parser *p, AstKind kind, const Token *first) {
    Node *node = arena_alloc_zeroed(p->arena, sizeof *node);
    node->ast.kind = (uint8_t)kind;
    node->ast.span = first->span;
    node->height = 1;
    return &node->ast;
}

void node_hold(Ast *node, const Ast *part) {
    uint32_t height = ((const Node *)part)->height + 1;
    if (((Node *)node)->height < height) ((Node *)node)->height = height;
}

/* An operator whose first child is an operator goes on with its chain. */
static void hold_first(Ast *node, const Ast *child) {
    if (node->kind != AST_OPERATOR || child->kind != AST_OPERATOR) {
        node_hold(node, child);
        return;
    }
    ((Node *)node)->height = ((const Node *)child)->height;
    ((Node *)node)->chain = ((const Node *)child)->chain + 1;
}

void node_add(Parser *p, Ast *node, Ast *child) {
    if ((node->count & (node->count - 1)) == 0) { /* 0 or a power of 2: full */
        Ast **grown = arena_array(p->arena, node->count == 0 ? 1 : node->count * 2, sizeof *grown);
        for (uint32_t i = 0; i < node->count; i++) grown[i] = node->child[i];
        node->child = grown;
    }
    node->child[node->count++] = child;
    if (child == NULL) return;
    if (node->count == 1) hold_first(node, child);
    else node_hold(node, child);
}

void node_set_children(Ast *node, const AstVec *children) {
    node->child = children->items;
    node->count = (uint32_t)children->count;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL) node_hold(node, node->child[i]);
}

Ast *node_around(Parser *p, AstKind kind, Ast *left) {
    Ast *node = node_new(p, kind, parser_token(p));
    node->span = left->span;
    node_add(p, node, left);
    return node;
}

Ast *node_finish(Parser *p, Ast *node) {
    node->span = span_from(p, node->span);
    if (((Node *)node)->height <= MOST_HEIGHT && ((Node *)node)->chain <= MOST_CHAIN) return node;
    Token here = { .span = node->span };
    parser_fail(p, &here, "nested-too-deeply", STR("this expression is too long to be one"),
                str_format(p->arena, "more than %d operators in a row, or %d inside each other, "
                                     "are not read; use a list, or several defines",
                           MOST_CHAIN, MOST_HEIGHT));
    return node_error(p);
}

Ast *node_error(Parser *p) { return node_new(p, AST_ERROR, parser_token(p)); }

Ast *node_operator(Parser *p, const char *name, const Token *first) {
    Ast *node = node_new(p, AST_OPERATOR, first);
    node->name = str_from(name);
    return node;
}

Parser parser_new(Arena *arena, Str file, Str text, Diagnostics *diagnostics) {
    Parser p = { .arena = arena, .diagnostics = diagnostics };
    p.tokens = lex(arena, file, text, diagnostics);
    find_partners(&p);
    return p;
}
