/* trace_support.c - what a node of a trace rests on, and what it lacked.
 *
 * A value that is resources rests on those.  Any other rests on what its parts rest on; of a
 * query, on the rows that it kept, or on all that it looked at when it kept none. */
#include "reason/trace.h"

#include "base/vec.h"
#include "fhir/model.h"

enum { DEEPEST = 4000 };

/* ---- resources ---- */

static bool is_resource(Value value) {
    return value.tag == TAG_NODE && fhir_classes[value.aux].resource;
}

static void add_resource(Arena *arena, TraceResources *list, Value resource) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].node == resource.node) return;
    size_t capacity = list->capacity;
    list->items = vec_grow(arena, list->items, list->count, &capacity, sizeof *list->items);
    list->capacity = (uint32_t)capacity;
    list->items[list->count++] = resource;
}

/* False when the value is no resources. */
static bool add_value(Arena *arena, TraceResources *list, Value value) {
    if (is_resource(value)) return add_resource(arena, list, value), true;
    if (value.tag != TAG_LIST || value.list->count == 0 || !is_resource(value.list->items[0]))
        return false;
    for (uint32_t i = 0; i < value.list->count; i++)
        if (is_resource(value.list->items[i])) add_resource(arena, list, value.list->items[i]);
    return true;
}

/* Where the body of the define was evaluated: here, or earlier. */
static const TraceNode *evaluated_at(const Trace *trace, const TraceNode *node) {
    if (node->define == NULL || node->first != NULL) return node;
    const TraceNode *earlier = trace->defines[node->define->definition->index];
    return earlier != NULL ? earlier : node;
}

static bool is_kept(const TraceNode *row) {
    const Ast *where = row->expression->ast->query->where;
    for (const TraceNode *child = row->first; child != NULL; child = child->next) {
        if (child->alias != NULL) {
            if (is_kept(child)) return true;
        } else if (child->expression->ast == where) {
            return value_is_true(child->value);
        }
    }
    return where == NULL;
}

static bool keeps_some(const TraceNode *node) {
    for (const TraceNode *child = node->first; child != NULL; child = child->next)
        if (child->alias != NULL && is_kept(child)) return true;
    return false;
}

static void add_resources(const Trace *trace, const TraceNode *node, uint32_t depth,
                          TraceResources *list) {
    bool with_value = node->has_value && node->ended;
    if (depth > DEEPEST || (with_value && add_value(trace->arena, list, node->value))) return;
    node = evaluated_at(trace, node);
    bool some = keeps_some(node);
    for (const TraceNode *child = node->first; child != NULL; child = child->next) {
        bool is_row = child->alias != NULL;
        if (some && (is_row ? !is_kept(child) : child->value.tag == TAG_LIST)) continue;
        add_resources(trace, child, depth + 1, list);
    }
}

TraceResources trace_resources(const Trace *trace, const TraceNode *node) {
    TraceResources list = { 0 };
    add_resources(trace, node, 0, &list);
    return list;
}

/* ---- what is missing ---- */

static bool is_null(const TraceNode *node) {
    return node->ended && node->has_value && value_is_null(node->value);
}

static bool is_empty(const TraceNode *node) {
    return node->ended && node->has_value && node->value.tag == TAG_LIST &&
           node->value.list->count == 0;
}

static void add_missing(Arena *arena, TraceMissing *list, const TraceNode *node) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i]->expression == node->expression) return;
    size_t capacity = list->capacity;
    list->items = vec_grow(arena, list->items, list->count, &capacity, sizeof *list->items);
    list->capacity = (uint32_t)capacity;
    list->items[list->count++] = node;
}

static void find_missing(const Trace *trace, const TraceNode *node, uint32_t depth,
                         TraceMissing *list);

/* Goes on below where `wanted` holds; false: nowhere. */
static bool find_below(const Trace *trace, const TraceNode *node,
                       bool (*wanted)(const TraceNode *node), uint32_t depth,
                       TraceMissing *list) {
    bool found = false;
    for (const TraceNode *child = node->first; child != NULL; child = child->next) {
        if (!wanted(child) || trace_is_constant(child)) continue;
        find_missing(trace, child, depth + 1, list);
        found = true;
    }
    return found;
}

/* A condition that chose null, as in `case when X is null then null`: what was null in it. */
static bool find_in_conditions(const Trace *trace, const TraceNode *node, uint32_t depth,
                               TraceMissing *list) {
    bool found = false;
    if (depth > DEEPEST) return false;
    for (const TraceNode *child = node->first; child != NULL; child = child->next) {
        if (trace_is_constant(child)) continue;
        if (is_null(child)) find_missing(trace, child, depth + 1, list);
        found |= is_null(child) || find_in_conditions(trace, child, depth + 1, list);
    }
    return found;
}

static bool is_kind(const TraceNode *node, AstKind kind) {
    return node->alias == NULL && node->expression->ast != NULL &&
           node->expression->ast->kind == kind;
}

/* An alias or operand is null because of what it stands for, which is found there. */
static void find_missing(const Trace *trace, const TraceNode *node, uint32_t depth,
                         TraceMissing *list) {
    const TraceNode *at = evaluated_at(trace, node);
    if (depth > DEEPEST || is_kind(node, AST_LOCAL)) return;
    if (is_null(node) && find_below(trace, at, is_null, depth, list)) return;
    if (find_below(trace, at, is_empty, depth, list)) return;
    bool chosen = is_kind(node, AST_CASE) || is_kind(node, AST_IF);
    if (chosen && find_in_conditions(trace, node, depth, list)) return;
    add_missing(trace->arena, list, node);
}

TraceMissing trace_missing(const Trace *trace, const TraceNode *node) {
    TraceMissing list = { 0 };
    if (is_null(node)) find_missing(trace, node, 0, &list);
    return list;
}
