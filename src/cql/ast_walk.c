/* ast_walk.c - see ast_walk.h. */
#include "cql/ast_walk.h"

static void add(Arena *arena, AstPlaces *out, Ast **place) {
    if (*place != NULL) vec_push(arena, out, place);
}

static void add_query(Arena *arena, Query *query, AstPlaces *out) {
    for (uint32_t i = 0; i < query->source_count; i++)
        add(arena, out, &query->sources[i].expression);
    for (uint32_t i = 0; i < query->let_count; i++) add(arena, out, &query->lets[i].expression);
    for (uint32_t i = 0; i < query->with_count; i++) {
        add(arena, out, &query->withs[i].source.expression);
        add(arena, out, &query->withs[i].such_that);
    }
    add(arena, out, &query->where);
    add(arena, out, &query->result);
    add(arena, out, &query->aggregate_start);
    add(arena, out, &query->aggregate);
    for (uint32_t i = 0; i < query->sort_count; i++) add(arena, out, &query->sort[i].expression);
}

void ast_parts(Arena *arena, Ast *node, AstPlaces *out) {
    for (uint32_t i = 0; i < node->count; i++) add(arena, out, &node->child[i]);
    if (node->kind == AST_QUERY) add_query(arena, node->query, out);
}

/* ---- copies ---- */

static void *again(Arena *arena, const void *items, size_t count, size_t size) {
    return count == 0 ? NULL : arena_copy(arena, items, count * size);
}

static Query *copy_query(Arena *arena, const Query *query) {
    Query *copy = arena_copy(arena, query, sizeof *query);
    copy->sources = again(arena, query->sources, query->source_count, sizeof *query->sources);
    copy->lets = again(arena, query->lets, query->let_count, sizeof *query->lets);
    copy->withs = again(arena, query->withs, query->with_count, sizeof *query->withs);
    copy->sort = again(arena, query->sort, query->sort_count, sizeof *query->sort);
    return copy;
}

static Ast *copy_node(Arena *arena, const Ast *node) {
    Ast *copy = arena_copy(arena, node, sizeof *node);
    copy->child = again(arena, node->child, node->count, sizeof *node->child);
    if (node->kind == AST_QUERY) copy->query = copy_query(arena, node->query);
    return copy;
}

Ast *ast_copy(Arena *arena, const Ast *tree) {
    Ast *copy = copy_node(arena, tree);
    AstPlaces waiting = { 0 };
    ast_parts(arena, copy, &waiting);
    while (waiting.count > 0) {
        Ast **place = waiting.items[--waiting.count];
        *place = copy_node(arena, *place);
        ast_parts(arena, *place, &waiting);
    }
    return copy;
}

/* ---- chains ---- */

void ast_chain(Arena *arena, Ast **place, AstPlaces *out) {
    while (*place != NULL && (*place)->kind == AST_OPERATOR && (*place)->type == NULL) {
        vec_push(arena, out, place);
        if ((*place)->count == 0) break;
        place = &(*place)->child[0];
    }
}
