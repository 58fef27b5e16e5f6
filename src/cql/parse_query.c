/* parse_query.c - queries: sources, let, with, where, return or aggregate, sort. */
#include "cql/parse_state.h"

typedef VEC(QuerySource) SourceVec;
typedef VEC(QueryLet) LetVec;
typedef VEC(QueryWith) WithVec;
typedef VEC(SortItem) SortVec;

/* ---- sources ---- */

/* The index after what may be a source at `index`; `index` when there is none. */
static uint32_t source_end(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    bool bracket = kind == TOKEN_LEFT_BRACKET || kind == TOKEN_LEFT_PARENTHESIS;
    if (!bracket) return name_chain_end(p, index);
    return p->partners[index] > index ? p->partners[index] + 1 : index;
}

static bool aliased_at(const Parser *p, uint32_t index) {
    if (parser_declaration_at(p, index)) return false;
    uint32_t end = source_end(p, index);
    return end > index && name_at(p, end);
}

bool query_at(const Parser *p) { return parser_kind(p, 0) == TOKEN_FROM || aliased_at(p, p->at); }

static Ast *parse_source_expression(Parser *p) {
    if (parser_at(p, TOKEN_LEFT_BRACKET)) return retrieve_parse(p);
    if (!parser_at(p, TOKEN_LEFT_PARENTHESIS))
        return qualified_name_parse(p, "a source: a retrieve, a name, or an expression in "
                                       "parentheses");
    const Token *open = parser_token(p);
    Bracket bracket = bracket_open(p);
    Ast *node = expression_parse(p);
    bracket_close(p, &bracket, TOKEN_RIGHT_PARENTHESIS);
    node->span = span_from(p, open->span);
    return node;
}

static QuerySource parse_source(Parser *p, Ast *query) {
    QuerySource source = { .expression = parse_source_expression(p) };
    node_hold(query, source.expression);
    source.span = parser_token(p)->span;
    if (p->lost || name_at(p, p->at) || token_is_keyword(parser_kind(p, 0)))
        source.alias = name_parse(p, "an alias for the source");
    else
        parser_fail_expected(p, "expected-name", "an alias for the source",
                             STR("give the source a name, as in [Observation] O; a source that is "
                                 "no retrieve and no name stands in parentheses"));
    return source;
}

static void parse_sources(Parser *p, Ast *node) {
    SourceVec sources = { 0 };
    parser_accept(p, TOKEN_FROM);
    do vec_push(p->arena, &sources, parse_source(p, node));
    while (parser_at(p, TOKEN_COMMA) && aliased_at(p, p->at + 1) && parser_accept(p, TOKEN_COMMA));
    node->query->sources = sources.items;
    node->query->source_count = (uint32_t)sources.count;
}

/* ---- clauses ---- */

static void parse_let(Parser *p, Ast *node) {
    LetVec lets = { 0 };
    do {
        QueryLet let = { .span = parser_token(p)->span };
        let.name = name_parse(p, "a name for the let");
        parser_expect(p, TOKEN_COLON, "as in let x: 1");
        let.expression = expression_parse(p);
        node_hold(node, let.expression);
        vec_push(p->arena, &lets, let);
    } while (parser_at(p, TOKEN_COMMA) &&
             (name_at(p, p->at + 1) || token_is_keyword(parser_kind(p, 1))) &&
             parser_kind(p, 2) == TOKEN_COLON && parser_accept(p, TOKEN_COMMA));
    node->query->lets = lets.items;
    node->query->let_count = (uint32_t)lets.count;
}

static void parse_withs(Parser *p, Ast *node) {
    WithVec withs = { 0 };
    while (parser_at(p, TOKEN_WITH) || parser_at(p, TOKEN_WITHOUT)) {
        QueryWith with = { .without = parser_advance(p)->kind == TOKEN_WITHOUT };
        with.source = parse_source(p, node);
        parser_expect(p, TOKEN_SUCH_THAT,
                      "as in with [Encounter] E such that E.status = 'finished'");
        with.such_that = expression_parse(p);
        node_hold(node, with.such_that);
        vec_push(p->arena, &withs, with);
    }
    node->query->withs = withs.items;
    node->query->with_count = (uint32_t)withs.count;
}

static void parse_return(Parser *p, Ast *node) {
    Query *query = node->query;
    query->result_all = parser_accept(p, TOKEN_ALL);
    query->result_distinct = !query->result_all && parser_accept(p, TOKEN_DISTINCT);
    query->result = expression_parse(p);
    node_hold(node, query->result);
}

/* A number, a text, or an expression in parentheses. */
static Ast *parse_starting(Parser *p) {
    bool before = p->leave_colon;
    TokenKind kind = parser_kind(p, 0);
    if (kind != TOKEN_NUMBER && kind != TOKEN_STRING && kind != TOKEN_LEFT_PARENTHESIS)
        parser_complain(p, parser_token(p), "needs-parentheses",
                        STR("starting takes a number, a text or an expression in parentheses"),
                        STR("write ( before it and ) behind it"));
    p->leave_colon = true;
    Ast *node = unary_parse(p);
    p->leave_colon = before;
    return node;
}

static void parse_aggregate(Parser *p, Ast *node) {
    Query *query = node->query;
    query->aggregate_all = parser_accept(p, TOKEN_ALL);
    query->aggregate_distinct = !query->aggregate_all && parser_accept(p, TOKEN_DISTINCT);
    query->aggregate_name = name_parse(p, "a name for what is gathered");
    if (parser_accept(p, TOKEN_STARTING)) {
        query->aggregate_start = parse_starting(p);
        node_hold(node, query->aggregate_start);
    }
    parser_expect(p, TOKEN_COLON, "as in aggregate Total starting 0: Total + X");
    query->aggregate = expression_parse(p);
    node_hold(node, query->aggregate);
}

/* True when a direction is written. */
static bool parse_direction(Parser *p, bool *descending) {
    *descending = parser_accept(p, TOKEN_DESC) || parser_accept(p, TOKEN_DESCENDING);
    return *descending || parser_accept(p, TOKEN_ASC) || parser_accept(p, TOKEN_ASCENDING);
}

static void parse_sort(Parser *p, Ast *node) {
    SortVec items = { 0 };
    SortItem item = { .span = parser_token(p)->span };
    if (parse_direction(p, &item.descending)) {
        vec_push(p->arena, &items, item);
    } else if (parser_expect(p, TOKEN_BY, "write sort by x, sort asc or sort desc")) {
        do {
            item = (SortItem){ .expression = term_parse(p) };
            item.span = item.expression->span;
            node_hold(node, item.expression);
            parse_direction(p, &item.descending);
            vec_push(p->arena, &items, item);
        } while (parser_accept(p, TOKEN_COMMA));
    }
    node->query->sort = items.items;
    node->query->sort_count = (uint32_t)items.count;
}

/* The place of a clause in a query; 0: the token begins none. */
static int clause_rank(TokenKind kind) {
    switch (kind) {
        case TOKEN_LET: return 1;
        case TOKEN_WITH: case TOKEN_WITHOUT: return 2;
        case TOKEN_WHERE: return 3;
        case TOKEN_RETURN: case TOKEN_AGGREGATE: return 4;
        case TOKEN_SORT: return 5;
        default: return 0;
    }
}

static void parse_clause(Parser *p, Ast *node) {
    if (parser_accept(p, TOKEN_LET)) parse_let(p, node);
    else if (parser_at(p, TOKEN_WITH) || parser_at(p, TOKEN_WITHOUT)) parse_withs(p, node);
    else if (parser_accept(p, TOKEN_RETURN)) parse_return(p, node);
    else if (parser_accept(p, TOKEN_AGGREGATE)) parse_aggregate(p, node);
    else if (parser_accept(p, TOKEN_SORT)) parse_sort(p, node);
    else if (parser_accept(p, TOKEN_WHERE)) {
        node->query->where = expression_parse(p);
        node_hold(node, node->query->where);
    }
}

static void parse_clauses(Parser *p, Ast *node) {
    int rank, last = 0;
    while (!p->lost && (rank = clause_rank(parser_kind(p, 0))) != 0) {
        if (rank <= last)
            parser_complain(p, parser_token(p), "clause-order",
                            str_format(p->arena, "%.*s stands here too late in its query",
                                       STR_ARGS(parser_describe(p, parser_token(p)))),
                            STR("the order is let, with and without, where, return or aggregate, "
                                "sort; each at most once"));
        parse_clause(p, node);
        last = rank;
    }
}

static Ast *begin(Parser *p, const Token *first) {
    Ast *node = node_new(p, AST_QUERY, first);
    node->query = arena_alloc_zeroed(p->arena, sizeof *node->query);
    return node;
}

Ast *query_parse(Parser *p) {
    Ast *node = begin(p, parser_token(p));
    parse_sources(p, node);
    parse_clauses(p, node);
    return node_finish(p, node);
}

/* ---- duration in days of X ---- */

static const Str interval_alias = { "the interval", 12 };

static Ast *edge_of_alias(Parser *p, const char *edge, const Token *first) {
    Ast *alias = node_new(p, AST_NAME, first);
    alias->name = interval_alias;
    Ast *node = node_operator(p, edge, first);
    node_add(p, node, alias);
    return node_finish(p, node);
}

Ast *query_of_interval(Parser *p, AstKind between, Precision precision, const Token *first,
                       Ast *interval) {
    Ast *node = begin(p, first), *result = node_new(p, between, first);
    node->query->sources = arena_array(p->arena, 1, sizeof(QuerySource));
    node->query->sources[0] = (QuerySource){ interval_alias, interval, interval->span, 0 };
    node->query->source_count = 1;
    result->precision = (uint8_t)precision;
    node_add(p, result, edge_of_alias(p, "Start", first));
    node_add(p, result, edge_of_alias(p, "End", first));
    node->query->result = node_finish(p, result);
    node_hold(node, interval);
    node_hold(node, result);
    return node_finish(p, node);
}
