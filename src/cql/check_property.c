/* check_property.c - elements of tuples, of the model's classes and of System types.
 *
 * An element of a list is the list of its elements' elements, without nulls and flat.  An
 * element of a choice is asked of those alternatives that have it. */
#include <string.h>

#include "cql/check_state.h"

/* "Quantity.value", "Interval.low" of ops.def. */
static const Signature *find_operator(Check *c, const Type *type, Str name) {
    const char *owner = type->kind == TYPE_INTERVAL ? "Interval" : check_type_text(c, type);
    Str full = str_format(c->arena, "%s.%.*s", owner, STR_ARGS(name));
    return overloads_find(c->rules->overloads, full);
}

static bool find_element(const Type *tuple, Str name, uint32_t *index) {
    for (*index = 0; *index < tuple->count; ++*index)
        if (str_equal(tuple->shape->names[*index], name)) return true;
    return false;
}

static bool has_property(Check *c, const Type *type, Str name) {
    ModelProperty property;
    uint32_t index;
    switch ((TypeKind)type->kind) {
    case TYPE_TUPLE: return find_element(type, name, &index);
    case TYPE_CLASS: return c->model->find_property(type->class, name, &property);
    case TYPE_SYSTEM: case TYPE_INTERVAL: return find_operator(c, type, name) != NULL;
    case TYPE_LIST: return has_property(c, type->element, name);
    case TYPE_CHOICE:
        for (uint32_t i = 0; i < type->count; i++)
            if (has_property(c, type->parts[i], name)) return true;
        return false;
    default: return false;
    }
}

static Ast *property_node(Check *c, Ast *owner, Str name, Span span) {
    Ast *node = node_make(c, AST_PROPERTY, span, 1);
    node->name = name;
    node->child[0] = owner;
    return node;
}

static Ast *of_tuple(Check *c, Ast *owner, Str name, Span span) {
    uint32_t index;
    if (!find_element(owner->type, name, &index)) return NULL;
    Ast *node = property_node(c, owner, name, span);
    node->slot = index;
    node->type = owner->type->parts[index];
    return node;
}

static Ast *of_class(Check *c, Ast *owner, ModelType class, Str name, Span span) {
    ModelProperty property;
    if (!c->model->find_property(class, name, &property)) return NULL;
    Ast *node = property_node(c, owner, name, span);
    node->property = property;
    node->type = type_of_property(c->types, &property);
    return node;
}

static Ast *of_operator(Check *c, Ast *owner, Str name, Span span) {
    const Signature *signature = find_operator(c, owner->type, name);
    if (signature == NULL) return NULL;
    Ast *node = node_unary(c, signature->overload->name, span, owner);
    return operator_resolve(c, &node)->kind == TYPE_ERROR ? NULL : node;
}

/* ---- choices ---- */

static Ast *as_type(Check *c, Ast *operand, const Type *type) {
    Ast *node = node_make(c, AST_AS, operand->span, 1);
    node->child[0] = operand;
    node->test_type = type;
    node->type = type;
    return node;
}

static Ast *is_type(Check *c, Ast *operand, const Type *type) {
    Ast *node = node_make(c, AST_IS, operand->span, 1);
    node->child[0] = operand;
    node->test_type = type;
    node->type = type_system(c->types, TAG_BOOLEAN);
    return node;
}

/* The one property that all alternatives have from a common base. */
static bool is_shared(Check *c, const Type *choice, Str name) {
    ModelProperty first, property;
    for (uint32_t i = 0; i < choice->count; i++) {
        if (choice->parts[i]->kind != TYPE_CLASS ||
            !c->model->find_property(choice->parts[i]->class, name, &property))
            return false;
        if (i == 0) first = property;
        if (property.id != first.id) return false;
    }
    return true;
}

static Ast *by_alternative(Check *c, Ast *owner, const Type *const *parts, uint32_t count,
                           Str name, Span span) {
    Shared shared = share(c, owner);
    Ast *node = node_make(c, AST_CASE, span, 2 * count + 2);
    const Type **types = arena_array(c->arena, count, sizeof *types);
    for (uint32_t i = 0; i < count; i++) {
        Ast *value = as_type(c, share_use(c, &shared), parts[i]);
        Ast *property = property_of(c, value, name, span);
        node->child[2 * i + 1] = is_type(c, share_use(c, &shared), parts[i]);
        node->child[2 * i + 2] = property != NULL ? property : node_null(c, span);
        types[i] = node->child[2 * i + 2]->type;
    }
    node->child[2 * count + 1] = node_null(c, span);
    node->type = conversion_common(c, count, types, true);
    for (uint32_t i = 0; i < count; i++) conversion_apply(c, &node->child[2 * i + 2], node->type);
    conversion_apply(c, &node->child[2 * count + 1], node->type);
    return share_end(&shared, node);
}

static Ast *of_choice(Check *c, Ast *owner, Str name, Span span) {
    const Type *choice = owner->type;
    const Type **parts = arena_array(c->arena, choice->count, sizeof *parts);
    uint32_t count = 0;
    if (is_shared(c, choice, name)) return of_class(c, owner, choice->parts[0]->class, name, span);
    for (uint32_t i = 0; i < choice->count; i++)
        if (has_property(c, choice->parts[i], name)) parts[count++] = choice->parts[i];
    if (count == 0) return NULL;
    if (count == 1) return property_of(c, as_type(c, owner, parts[0]), name, span);
    return by_alternative(c, owner, parts, count, name, span);
}

/* ---- lists ---- */

static Ast *of_list(Check *c, Ast *owner, Str name, Span span) {
    Local element, value;
    if (!has_property(c, owner->type->element, name)) return NULL;
    Ast *query = node_over(c, owner, &element);
    Ast *property = property_of(c, node_local(c, span, &element), name, span);
    if (property == NULL) return NULL;
    value = (Local){ .name = name, .slot = c->slot_count++, .type = property->type };
    QueryLet let = { .name = name, .expression = property, .span = span, .slot = value.slot };
    query->query->lets = arena_copy(c->arena, &let, sizeof let);
    query->query->let_count = 1;
    query->query->where = node_unary(c, "Not", span,
                                     node_unary(c, "IsNull", span, node_local(c, span, &value)));
    check_ast(c, &query->query->where);
    query->query->result = node_local(c, span, &value);
    query->query->result_all = true;
    query->type = type_list(c->types, value.type);
    if (value.type->kind != TYPE_LIST) return query;
    Ast *flat = node_unary(c, "Flatten", span, query);
    check_ast(c, &flat);
    return flat;
}

Ast *property_of(Check *c, Ast *owner, Str name, Span span) {
    switch ((TypeKind)owner->type->kind) {
    case TYPE_TUPLE: return of_tuple(c, owner, name, span);
    case TYPE_CLASS: return of_class(c, owner, owner->type->class, name, span);
    case TYPE_SYSTEM: case TYPE_INTERVAL: return of_operator(c, owner, name, span);
    case TYPE_CHOICE: return of_choice(c, owner, name, span);
    case TYPE_LIST: return of_list(c, owner, name, span);
    default: return NULL;
    }
}
