/* check_operator.c - operators: their overloads, and those that stand for others. */
#include <string.h>

#include "cql/check_state.h"

static bool is_of_tags(const Type *type, Tag first, Tag last) {
    return type->kind == TYPE_SYSTEM && type->tag >= first && type->tag <= last;
}

/* A number converts to a quantity without a unit, which moves no date. */
static void warn_of_numbers(Check *c, const Ast *node) {
    if (node->count != 2 || (!str_is(node->name, "Add") && !str_is(node->name, "Subtract"))) return;
    const Type *time = conversion_system(c, node->child[0]->type);
    if (!is_of_tags(time, TAG_DATE, TAG_TIME) ||
        !is_of_tags(node->child[1]->type, TAG_INTEGER, TAG_DECIMAL))
        return;
    check_warn(c, node->child[1]->span, "no-duration",
               str_format(c->arena, "a %s is moved by a length of time, not by a number",
                          check_type_text(c, time)), STR("write its unit, as in 1 day"));
}

const Type *operator_resolve(Check *c, Ast **place) {
    Ast *node = *place;
    const Signature *chain = overloads_find(c->rules->overloads, node->name);
    Choice best = { 0 };
    node->type = NULL;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->child[i]->type->kind == TYPE_ERROR) return node->type = type_error(c->types);
    overload_try(c, node, chain, false, &best);
    if (best.signature == NULL) return operator_fail(c, node, chain);
    overload_warn(c, node, chain, &best);
    warn_of_numbers(c, node);
    node->type = overload_take(c, node, &best);
    return node->type;
}

/* ---- operators that stand for others ---- */

/* a != b is not (a = b). */
static const Type *check_negated(Check *c, Ast **place, const char *name) {
    Ast *node = *place;
    node->name = str_from(name);
    if (operator_resolve(c, &node)->kind == TYPE_ERROR) return node->type;
    *place = node_unary(c, "Not", node->span, node);
    return operator_resolve(c, place);
}

/* x = null is null, whatever x is. */
static void check_null(Check *c, const Ast *node) {
    bool equal = str_is(node->name, "Equal");
    if (!equal && !str_is(node->name, "NotEqual")) return;
    if (node->child[0]->kind != AST_NULL && node->child[1]->kind != AST_NULL) return;
    check_warn(c, node->span, "null-comparison", STR("a comparison with null is always null"),
               equal ? STR("write: is null") : STR("write: is not null"));
}

/* Collapse and Expand without `per`. */
static void add_null(Check *c, Ast *node) {
    Ast **child = arena_array(c->arena, 2, sizeof *child);
    child[0] = node->child[0];
    child[1] = node_null(c, node->span);
    node->child = child;
    node->count = 2;
}

static bool takes(Check *c, const Ast *node) {
    const Signature *s = overloads_find(c->rules->overloads, node->name);
    while (s != NULL && s->count != node->count) s = s->next;
    return s != NULL;
}

const Type *check_operator(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    check_null(c, node);
    if (str_is(node->name, "NotEqual")) return check_negated(c, place, "Equal");
    if (str_is(node->name, "NotEquivalent")) return check_negated(c, place, "Equivalent");
    bool per = str_is(node->name, "Collapse") || str_is(node->name, "Expand");
    if (per && node->count == 1 && !takes(c, node)) add_null(c, node);
    if (str_is(node->name, "Flatten") && node->child[0]->type->kind == TYPE_LIST &&
        node->child[0]->type->element->kind == TYPE_SYSTEM) {
        *place = node->child[0];
        return (*place)->type;
    }
    return operator_resolve(c, place);
}

const Type *check_index(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    node->kind = AST_OPERATOR;
    node->name = STR("Indexer");
    return operator_resolve(c, place);
}

const Type *check_elapsed(Check *c, Ast **place) {
    Ast *node = *place;
    bool duration = node->kind == AST_DURATION_BETWEEN;
    if (!check_children(c, node)) return type_error(c->types);
    node->kind = AST_OPERATOR;
    node->name = str_from(duration ? "DurationBetween" : "DifferenceBetween");
    return operator_resolve(c, place);
}

const Type *check_extent(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = check_type_name(c, node->type_name);
    if (type->kind == TYPE_ERROR) return type;
    const Signature *s = overloads_find(c->rules->overloads, node->name);
    while (s != NULL && (s->count != 0 || s->result != type)) s = s->next;
    if (s == NULL)
        return check_fail(c, node, "type-mismatch",
                          str_format(c->arena, "%s has no least and greatest value",
                                     check_type_text(c, type)), STR(""));
    node->kind = AST_OPERATOR;
    node->overload = s->overload;
    return type;
}

/* ---- between ---- */

static Ast *both_bounds(Check *c, const Ast *node, Ast *first, Ast *second) {
    Ast *low = node_binary(c, node->properly ? "Greater" : "GreaterOrEqual", node->span, first,
                           node->child[1]);
    if (check_ast(c, &low)->kind == TYPE_ERROR) return low;
    Ast *high = node_binary(c, node->properly ? "Less" : "LessOrEqual", node->span, second,
                            node->child[2]);
    return node_binary(c, "And", node->span, low, high);
}

/* x between a and b is x >= a and x <= b; of an interval it is included in. */
const Type *check_between(Check *c, Ast **place) {
    Ast *node = *place, *value = node->child[0];
    if (!check_children(c, node)) return type_error(c->types);
    value = node->child[0];
    if (value->type->kind == TYPE_INTERVAL) {
        Ast *interval = node_make(c, AST_INTERVAL, node->span, 2);
        interval->child[0] = node->child[1];
        interval->child[1] = node->child[2];
        interval->closed_low = interval->closed_high = true;
        *place = node_binary(c, node->properly ? "ProperIncludedIn" : "IncludedIn", node->span,
                             value, interval);
        return check_ast(c, place);
    }
    Shared shared = share(c, value);
    *place = both_bounds(c, node, share_use(c, &shared), share_use(c, &shared));
    check_ast(c, place);
    *place = share_end(&shared, *place);
    return (*place)->type;
}
