/* check_node.c - the nodes that the checker adds to the tree. */
#include <string.h>

#include "cql/check_state.h"

Ast *node_make(Check *c, AstKind kind, Span span, uint32_t count) {
    Ast *node = arena_alloc_zeroed(c->arena, sizeof *node);
    node->kind = (uint8_t)kind;
    node->span = span;
    node->count = count;
    node->child = count == 0 ? NULL : arena_array(c->arena, count, sizeof *node->child);
    return node;
}

Ast *node_unary(Check *c, const char *name, Span span, Ast *operand) {
    Ast *node = node_make(c, AST_OPERATOR, span, 1);
    node->name = str_from(name);
    node->child[0] = operand;
    return node;
}

Ast *node_binary(Check *c, const char *name, Span span, Ast *left, Ast *right) {
    Ast *node = node_make(c, AST_OPERATOR, span, 2);
    node->name = str_from(name);
    node->child[0] = left;
    node->child[1] = right;
    return node;
}

Ast *node_integer(Check *c, Span span, int64_t value) {
    Ast *node = node_make(c, AST_LITERAL, span, 0);
    node->value = value_integer(value);
    node->type = type_system(c->types, TAG_INTEGER);
    return node;
}

Ast *node_boolean(Check *c, Span span, bool value) {
    Ast *node = node_make(c, AST_LITERAL, span, 0);
    node->value = value_boolean(value);
    node->type = type_system(c->types, TAG_BOOLEAN);
    return node;
}

Ast *node_local(Check *c, Span span, const Local *local) {
    Ast *node = node_make(c, AST_LOCAL, span, 0);
    node->name = local->name;
    node->slot = local->slot;
    node->type = local->type;
    return node;
}

Ast *node_null(Check *c, Span span) {
    Ast *node = node_make(c, AST_NULL, span, 0);
    node->type = type_any(c->types);
    return node;
}

/* ---- one value at several places ---- */

/* Is it a local, a literal, a definition, or properties, conversions and bounds of one? */
static bool is_cheap(const Ast *node) {
    for (uint32_t steps = 0; steps < 8; steps++) {
        switch ((AstKind)node->kind) {
        case AST_LOCAL: case AST_LITERAL: case AST_NULL: case AST_DEFINITION: case AST_CONTEXT:
            return true;
        case AST_PROPERTY: case AST_CONVERSION: break;
        case AST_OPERATOR:
            if (!str_is(node->name, "Start") && !str_is(node->name, "End")) return false;
            break;
        default: return false;
        }
        if (node->count != 1) return false;
        node = node->child[0];
    }
    return false;
}

/* A second node for the same cheap expression. */
static Ast *repeat(Check *c, const Ast *node) {
    Ast *first = arena_copy(c->arena, node, sizeof *node);
    for (Ast *copy = first; copy->count == 1; copy = copy->child[0]) {
        copy->child = arena_copy(c->arena, copy->child, sizeof *copy->child);
        copy->child[0] = arena_copy(c->arena, copy->child[0], sizeof *copy->child[0]);
    }
    return first;
}

Ast *node_over(Check *c, Ast *source, Local *element) {
    *element = (Local){ .name = STR(""), .slot = c->slot_count++, .type = source->type };
    if (source->type->kind == TYPE_LIST) element->type = source->type->element;
    QuerySource only = { .alias = STR(""), .expression = source, .span = source->span,
                         .slot = element->slot };
    Ast *node = node_make(c, AST_QUERY, source->span, 0);
    node->query = arena_alloc_zeroed(c->arena, sizeof *node->query);
    node->query->source_count = 1;
    node->query->sources = arena_copy(c->arena, &only, sizeof only);
    return node;
}

/* A query over `true` alone, with the value as its let. */
static Ast *bind(Check *c, Ast *value, Local *local) {
    Local row;
    Ast *node = node_over(c, node_boolean(c, value->span, true), &row);
    *local = (Local){ .name = STR(""), .slot = c->slot_count++, .type = value->type };
    QueryLet let = { .name = STR(""), .expression = value, .span = value->span,
                     .slot = local->slot };
    node->query->lets = arena_copy(c->arena, &let, sizeof let);
    node->query->let_count = 1;
    return node;
}

Shared share(Check *c, Ast *value) {
    Shared shared = { .value = value };
    if (!is_cheap(value)) shared.query = bind(c, value, &shared.local);
    return shared;
}

Ast *share_use(Check *c, const Shared *shared) {
    return shared->query != NULL ? node_local(c, shared->value->span, &shared->local)
                                 : repeat(c, shared->value);
}

Ast *share_end(Shared *shared, Ast *result) {
    if (shared->query == NULL) return result;
    shared->query->query->result = result;
    shared->query->type = result->type;
    return shared->query;
}
