/* check_condition.c - if and case: conditions, and the type of the result. */
#include "cql/check_state.h"

/* The children at first, first + step, ... and the last one get a common type. */
static const Type *unify(Check *c, Ast *node, uint32_t first, uint32_t step) {
    const Type **types = arena_array(c->arena, node->count, sizeof *types);
    uint32_t count = 0;
    for (uint32_t i = first; i + 1 < node->count; i += step) types[count++] = node->child[i]->type;
    types[count++] = node->child[node->count - 1]->type;
    const Type *type = conversion_common(c, count, types, true);
    for (uint32_t i = first; i + 1 < node->count; i += step)
        conversion_apply(c, &node->child[i], type);
    conversion_apply(c, &node->child[node->count - 1], type);
    return type;
}

const Type *check_if(Check *c, Ast **place) {
    Ast *node = *place;
    bool sound = check_children(c, node);
    if (node->child[0]->type->kind != TYPE_ERROR)
        sound = check_expect_boolean(c, &node->child[0], "the condition of if") && sound;
    return sound ? unify(c, node, 1, 1) : type_error(c->types);
}

/* case x when a: x and all a of one type. */
static bool check_comparands(Check *c, Ast *node) {
    const Type **types = arena_array(c->arena, node->count, sizeof *types);
    uint32_t count = 0;
    types[count++] = node->child[0]->type;
    for (uint32_t i = 1; i + 1 < node->count; i += 2) types[count++] = node->child[i]->type;
    const Type *type = conversion_common(c, count, types, false);
    if (type == NULL) {
        for (uint32_t i = 1; i + 1 < node->count; i += 2)
            if (!check_expect(c, &node->child[i], types[0], "what stands after when")) return false;
        return true;
    }
    conversion_apply(c, &node->child[0], type);
    for (uint32_t i = 1; i + 1 < node->count; i += 2) conversion_apply(c, &node->child[i], type);
    return true;
}

static bool check_conditions(Check *c, Ast *node) {
    bool sound = true;
    for (uint32_t i = 1; i + 1 < node->count; i += 2)
        if (node->child[i]->type->kind != TYPE_ERROR &&
            !check_expect_boolean(c, &node->child[i], "what stands after when"))
            sound = false;
    return sound;
}

const Type *check_case(Check *c, Ast **place) {
    Ast *node = *place;
    bool sound = check_children(c, node);
    if (node->child[0] == NULL) sound = check_conditions(c, node) && sound;
    else if (sound) sound = check_comparands(c, node);
    return sound ? unify(c, node, 2, 2) : type_error(c->types);
}
