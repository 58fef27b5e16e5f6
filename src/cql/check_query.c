/* check_query.c - queries: scopes of aliases and lets, the clauses, the type of the result.
 *
 * Aliases are known in all clauses but the sources' own expressions and sort by, where the
 * elements of the result go by their own names. */
#include <string.h>

#include "cql/ast_walk.h"
#include "cql/check_state.h"

static const Type *element_of(const Type *type) {
    return type->kind == TYPE_LIST ? type->element : type;
}

/* ---- sources ---- */

static bool is_repeated(const Query *query, uint32_t index) {
    Str alias = query->sources[index].alias;
    for (uint32_t i = 0; i < index; i++)
        if (alias.length != 0 && str_equal(query->sources[i].alias, alias)) return true;
    return false;
}

static bool check_sources(Check *c, Query *query, bool *list) {
    bool sound = true;
    *list = false;
    for (uint32_t i = 0; i < query->source_count; i++) {
        const Type *type = check_ast(c, &query->sources[i].expression);
        if (type->kind == TYPE_ERROR) sound = false;
        if (type->kind == TYPE_LIST) *list = true;
    }
    for (uint32_t i = 0; i < query->source_count; i++) {
        QuerySource *source = &query->sources[i];
        if (is_repeated(query, i)) {
            sound = false;
            check_report(c, source->span, "duplicate-name",
                         str_format(c->arena, "the alias %.*s stands for two sources",
                                    STR_ARGS(source->alias)), STR(""));
        }
        source->slot = scope_add(c, source->alias, element_of(source->expression->type))->slot;
    }
    return sound;
}

/* ---- let, with, where ---- */

static bool check_lets(Check *c, Query *query) {
    bool sound = true;
    for (uint32_t i = 0; i < query->let_count; i++) {
        QueryLet *let = &query->lets[i];
        const Type *type = check_ast(c, &let->expression);
        if (type->kind == TYPE_ERROR) sound = false;
        let->slot = scope_add(c, let->name, type)->slot;
    }
    return sound;
}

static bool check_condition(Check *c, Ast **place, const char *what) {
    return check_ast(c, place)->kind != TYPE_ERROR && check_expect_boolean(c, place, what);
}

static bool check_withs(Check *c, Query *query) {
    bool sound = true;
    for (uint32_t i = 0; i < query->with_count; i++) {
        QueryWith *with = &query->withs[i];
        size_t scope = c->locals.count;
        const Type *type = check_ast(c, &with->source.expression);
        with->source.slot = scope_add(c, with->source.alias, element_of(type))->slot;
        if (!check_condition(c, &with->such_that, "the condition of such that") ||
            type->kind == TYPE_ERROR)
            sound = false;
        c->locals.count = scope;
    }
    return sound;
}

/* ---- the result ---- */

/* Several sources without return: a tuple of their aliases. */
static Ast *make_tuple(Check *c, const Query *query, Span span) {
    Ast *node = node_make(c, AST_TUPLE, span, query->source_count);
    node->names = arena_array(c->arena, node->count, sizeof *node->names);
    for (uint32_t i = 0; i < node->count; i++) {
        const QuerySource *source = &query->sources[i];
        Local local = { .name = source->alias, .slot = source->slot,
                        .type = element_of(source->expression->type) };
        node->names[i] = source->alias;
        node->child[i] = node_local(c, source->span, &local);
    }
    return node;
}

static const Type *check_result(Check *c, Query *query, Span span, bool list) {
    if (query->result == NULL && query->source_count == 1)
        return element_of(query->sources[0].expression->type);
    if (query->result == NULL) query->result = make_tuple(c, query, span);
    query->result_distinct = list && !query->result_all;
    return check_ast(c, &query->result);
}

/* The aggregate with its accumulator of the type. */
static const Type *check_gathered(Check *c, Query *query, const Type *accumulator) {
    size_t scope = c->locals.count;
    query->aggregate_slot = scope_add(c, query->aggregate_name, accumulator)->slot;
    const Type *type = check_ast(c, &query->aggregate);
    c->locals.count = scope;
    return type;
}

static const Type *fail_aggregate(Check *c, Query *query, const Type *start, const Type *type) {
    return check_fail(c, query->aggregate, "type-mismatch",
                      str_format(c->arena, "the aggregate starts as %s and goes on as %s",
                                 check_type_text(c, start), check_type_text(c, type)),
                      STR("let it start with a value of the type that it goes on with"));
}

/* The accumulator is of the type that the start and the aggregate have in common; where
 * that is another than the start's, the aggregate is checked once more with it. */
const Type *check_aggregate(Check *c, Query *query) {
    enum { MOST_NESTED = 4 };
    const Type *start = type_any(c->types);
    if (query->aggregate_start != NULL) start = check_ast(c, &query->aggregate_start);
    Ast *again = c->aggregates < MOST_NESTED ? ast_copy(c->arena, query->aggregate) : NULL;
    c->aggregates++;
    const Type *type = check_gathered(c, query, start);
    if (start->kind != TYPE_ERROR && type->kind != TYPE_ERROR && again != NULL && type != start &&
        conversion_plan(c, start, type).cost < COST_NONE) {
        bool quiet = c->quiet;
        if (query->aggregate_start != NULL) conversion_apply(c, &query->aggregate_start, type);
        query->aggregate = again;
        c->quiet = true;
        start = type;
        type = check_gathered(c, query, start);
        c->quiet = quiet;
    }
    c->aggregates--;
    if (start->kind == TYPE_ERROR || type->kind == TYPE_ERROR) return type_error(c->types);
    if (start->kind == TYPE_ANY) return type;
    return conversion_try(c, &query->aggregate, start) ? start
                                                       : fail_aggregate(c, query, start, type);
}

/* ---- sort ---- */

/* Converts a key to a type that has an order. */
static bool check_key(Check *c, Ast **place) {
    Ast *key = *place;
    if (key->type->kind == TYPE_ERROR) return false;
    Ast *pair = node_binary(c, "Less", key->span, key, key);
    Choice best = { 0 };
    overload_try(c, pair, overloads_find(c->rules->overloads, pair->name), false, &best);
    if (best.signature != NULL) {
        conversion_apply(c, place, best.operands[0]);
        return true;
    }
    check_report(c, key->span, "no-order",
                 str_format(c->arena, "there is no order of %s", check_type_text(c, key->type)),
                 STR("sort by a number, a quantity, a text, a date or a time"));
    return false;
}

static bool check_sort(Check *c, Query *query, const Type *element, size_t scope) {
    bool sound = true;
    const Query *around = c->sorted;
    c->sorted = query;
    c->locals.count = scope;
    Local *local = scope_add(c, STR("$this"), element);
    Local this = *local;
    local->implicit = true;
    query->sort_slot = this.slot;
    for (uint32_t i = 0; i < query->sort_count; i++) {
        SortItem *item = &query->sort[i];
        bool whole = item->expression == NULL;
        if (whole) item->expression = node_local(c, item->span, &this);
        check_ast(c, &item->expression);
        if (!check_key(c, &item->expression)) sound = false;
        if (whole && item->expression->kind == AST_LOCAL) item->expression = NULL;
    }
    c->sorted = around;
    return sound;
}

static bool check_sorted(Check *c, Ast *node, bool list, const Type *element, size_t scope) {
    Query *query = node->query;
    if (query->sort_count == 0 || element->kind == TYPE_ERROR) return true;
    if (list) return check_sort(c, query, element, scope);
    check_report(c, query->sort[0].span, "not-a-list",
                 STR("only a list can be sorted, and none of the sources is one"),
                 STR("leave out the sort clause"));
    return false;
}

const Type *check_query(Check *c, Ast **place) {
    Ast *node = *place;
    Query *query = node->query;
    size_t scope = c->locals.count;
    bool list;
    bool sound = check_sources(c, query, &list);
    sound = check_lets(c, query) && sound;
    sound = check_withs(c, query) && sound;
    if (query->where != NULL)
        sound = check_condition(c, &query->where, "the condition of where") && sound;
    const Type *type = type_error(c->types);
    if (query->aggregate != NULL) type = check_aggregate(c, query);
    else if (sound || query->result != NULL) type = check_result(c, query, node->span, list);
    sound = check_sorted(c, node, list, type, scope) && sound;
    c->locals.count = scope;
    if (!sound || type->kind == TYPE_ERROR) return type_error(c->types);
    return list && query->aggregate == NULL ? type_list(c->types, type) : type;
}
