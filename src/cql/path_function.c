/* path_function.c - the functions of FHIRPath on collections, and the table of all. */
#include "cql/path_function.h"
#include "value/operators.h"
#include "value/print.h"

enum { MOST_REPEATED = 100000 };

bool path_argument(PathRun *run, const PathNode *node, const PathScope *scope, uint32_t number,
                   Items *out) {
    *out = items_none();
    return number >= node->count || path_run(run, node->child[number], scope, out);
}

bool path_argument_value(PathRun *run, const PathNode *node, const PathScope *scope,
                         uint32_t number, Value *out) {
    Items items;
    *out = value_null();
    if (number >= node->count) return true;
    return path_argument(run, node, scope, number, &items) &&
           path_single(run, node->child[number], items, out);
}

/* Is the first argument true of the item at the place? */
static bool test(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                 uint32_t place, bool *holds) {
    Items result;
    Value truth;
    if (!path_run_item(run, node->child[1], scope, input, place, &result) ||
        !path_truth(run, node->child[1], result, &truth))
        return false;
    *holds = value_is_true(truth);
    return true;
}

/* ---- existence ---- */

FUNCTION(empty) {
    UNUSED;
    *out = items_boolean(run, input.count == 0);
    return true;
}

FUNCTION(exists) {
    bool found = node->count == 1 && input.count > 0;
    for (uint32_t i = 0; node->count > 1 && i < input.count && !found; i++)
        if (!test(run, node, scope, input, i, &found)) return false;
    *out = items_boolean(run, found);
    return true;
}

FUNCTION(all) {
    bool holds = true;
    for (uint32_t i = 0; i < input.count && holds; i++)
        if (!test(run, node, scope, input, i, &holds)) return false;
    *out = items_boolean(run, holds);
    return true;
}

/* Is any item the Boolean `wanted`?  With `all`: is none the other? */
static bool look_for(PathRun *run, Items input, bool wanted, bool all, Items *out) {
    bool found = false;
    for (uint32_t i = 0; i < input.count && !found; i++) {
        Value value;
        if (!path_system(run, input.items[i], &value)) return false;
        found = value.tag == TAG_BOOLEAN && value.boolean == (all ? !wanted : wanted);
    }
    *out = items_boolean(run, all ? !found : found);
    return true;
}

FUNCTION(allTrue) { UNUSED; return look_for(run, input, true, true, out); }
FUNCTION(anyTrue) { UNUSED; return look_for(run, input, true, false, out); }
FUNCTION(allFalse) { UNUSED; return look_for(run, input, false, true, out); }
FUNCTION(anyFalse) { UNUSED; return look_for(run, input, false, false, out); }

static bool is_subset(PathRun *run, Items part, Items whole, Items *out) {
    bool has = true;
    for (uint32_t i = 0; i < part.count && has; i++)
        if (!path_has(run, whole, part.items[i], &has)) return false;
    *out = items_boolean(run, has);
    return true;
}

FUNCTION(subsetOf) {
    Items other;
    return path_argument(run, node, scope, 1, &other) && is_subset(run, input, other, out);
}

FUNCTION(supersetOf) {
    Items other;
    return path_argument(run, node, scope, 1, &other) && is_subset(run, other, input, out);
}

FUNCTION(count) {
    UNUSED;
    *out = items_of(run, value_integer(input.count));
    return true;
}

FUNCTION(distinct) { UNUSED; return path_distinct(run, input, out); }

FUNCTION(isDistinct) {
    UNUSED;
    Items once;
    if (!path_distinct(run, input, &once)) return false;
    *out = items_boolean(run, once.count == input.count);
    return true;
}

/* ---- filters and projections ---- */

FUNCTION(where) {
    ItemList kept = { 0 };
    for (uint32_t i = 0; i < input.count; i++) {
        bool holds;
        if (!test(run, node, scope, input, i, &holds)) return false;
        if (holds) vec_push(run->eval->arena, &kept, input.items[i]);
    }
    *out = items_list(&kept);
    return true;
}

FUNCTION(select) {
    ItemList all = { 0 };
    for (uint32_t i = 0; i < input.count; i++) {
        Items found;
        if (!path_run_item(run, node->child[1], scope, input, i, &found)) return false;
        items_add(run, &all, found);
    }
    *out = items_list(&all);
    return true;
}

/* Adds those that are not there yet. */
static bool add_new(PathRun *run, ItemList *all, Items found) {
    for (uint32_t i = 0; i < found.count; i++) {
        bool has;
        if (!path_has(run, items_list(all), found.items[i], &has)) return false;
        if (!has) vec_push(run->eval->arena, all, found.items[i]);
    }
    if (all->count <= MOST_REPEATED) return true;
    return eval_fail(run->eval, "too-many", "repeat finds more than %d items", MOST_REPEATED);
}

FUNCTION(repeat) {
    ItemList all = { 0 };
    Items found;
    for (uint32_t i = 0; i < input.count; i++)
        if (!path_run_item(run, node->child[1], scope, input, i, &found) ||
            !add_new(run, &all, found))
            return false;
    for (uint32_t i = 0; i < all.count; i++)
        if (!path_run_item(run, node->child[1], scope, items_list(&all), i, &found) ||
            !add_new(run, &all, found))
            return false;
    *out = items_list(&all);
    return true;
}

FUNCTION(ofType) {
    UNUSED;
    ItemList kept = { 0 };
    for (uint32_t i = 0; i < input.count; i++)
        if (path_is(run, input.items[i], &node->type))
            vec_push(run->eval->arena, &kept, input.items[i]);
    *out = items_list(&kept);
    return true;
}

FUNCTION(is) {
    UNUSED;
    if (input.count > 1)
        return eval_fail(run->eval, "not-a-singleton",
                         "is asks for the type of one value in column %u, but there are %u",
                         node->span.column, input.count);
    if (input.count == 1) *out = items_boolean(run, path_is(run, input.items[0], &node->type));
    return true;
}

/* ---- subsets ---- */

static Items part(Items input, int64_t from, int64_t to) {
    if (from < 0) from = 0;
    if (to > input.count) to = input.count;
    return from >= to ? items_none() : (Items){ (uint32_t)(to - from), input.items + from };
}

FUNCTION(single) {
    UNUSED;
    *out = input;
    return input.count <= 1 ||
           eval_fail(run->eval, "not-a-singleton", "single: there are %u items", input.count);
}

FUNCTION(first) { UNUSED; return *out = part(input, 0, 1), true; }
FUNCTION(last) { UNUSED; return *out = part(input, (int64_t)input.count - 1, input.count), true; }
FUNCTION(tail) { UNUSED; return *out = part(input, 1, input.count), true; }

FUNCTION(skip) {
    Value number;
    if (!path_argument_value(run, node, scope, 1, &number)) return false;
    if (number.tag == TAG_INTEGER) *out = part(input, number.integer, input.count);
    return true;
}

FUNCTION(take) {
    Value number;
    if (!path_argument_value(run, node, scope, 1, &number)) return false;
    if (number.tag == TAG_INTEGER) *out = part(input, 0, number.integer);
    return true;
}

static bool choose(PathRun *run, Items input, Items other, bool wanted, Items *out) {
    ItemList kept = { 0 };
    for (uint32_t i = 0; i < input.count; i++) {
        bool has;
        if (!path_has(run, other, input.items[i], &has)) return false;
        if (has == wanted) vec_push(run->eval->arena, &kept, input.items[i]);
    }
    *out = items_list(&kept);
    return true;
}

FUNCTION(intersect) {
    Items other, both;
    return path_argument(run, node, scope, 1, &other) &&
           choose(run, input, other, true, &both) && path_distinct(run, both, out);
}

FUNCTION(exclude) {
    Items other;
    return path_argument(run, node, scope, 1, &other) && choose(run, input, other, false, out);
}

FUNCTION(combine) {
    ItemList all = { 0 };
    Items other;
    if (!path_argument(run, node, scope, 1, &other)) return false;
    items_add(run, &all, input);
    items_add(run, &all, other);
    *out = items_list(&all);
    return true;
}

FUNCTION(union) {
    Items all;
    return call_combine(run, node, scope, input, &all) && path_distinct(run, all, out);
}

/* ---- the rest ---- */

FUNCTION(iif) {
    PathScope inner = { .this = input, .place = -1, .total = scope->total };
    Items result;
    Value truth;
    if (node->child[0] == NULL) inner = *scope;
    if (!path_run(run, node->child[1], &inner, &result) ||
        !path_truth(run, node->child[1], result, &truth))
        return false;
    return path_argument(run, node, &inner, value_is_true(truth) ? 2 : 3, out);
}

FUNCTION(aggregate) {
    Items total;
    if (!path_argument(run, node, scope, 2, &total)) return false;
    for (uint32_t i = 0; i < input.count; i++) {
        PathScope inner = { .this = scope->this, .place = scope->place, .total = &total };
        Items next;
        if (!path_run_item(run, node->child[1], &inner, input, i, &next)) return false;
        total = next;
    }
    *out = total;
    return true;
}

FUNCTION(trace) {
    Value name;
    Items shown = input;
    const MessageSink *sink = run->eval->messages;
    *out = input;
    if (!path_argument_value(run, node, scope, 1, &name)) return false;
    if (sink == NULL) return true;
    const PathNode projection = { .child = { NULL, node->count > 2 ? node->child[2] : NULL } };
    if (node->count > 2 && !call_select(run, &projection, scope, input, &shown)) return false;
    Buffer text = buffer_new(run->eval->arena);
    value_print(run->eval, value_list(run->eval->arena, shown.items, shown.count), &text);
    sink->say(sink->self, STR("Trace"), name.tag == TAG_STRING ? value_str(name) : STR(""),
              buffer_str(&text));
    return true;
}

static bool of_tree(PathRun *run, Items input, Operator function, Items *out) {
    Value list = value_list(run->eval->arena, input.items, input.count), result;
    if (!function(run->eval, &list, &result)) return false;
    *out = items_of(run, result);
    return true;
}

FUNCTION(children) { UNUSED; return of_tree(run, input, children_of_value, out); }
FUNCTION(descendants) { UNUSED; return of_tree(run, input, descendants_of_value, out); }

/* ---- the table ---- */

static const PathFunction functions[] = {
#define PATH_FUNCTION(name, least, most) { #name, least, most, false, call_##name },
#define PATH_TYPE_FUNCTION(name, function) { #name, 1, 1, true, call_##function },
#include "cql/path_function.def"
};

const PathFunction *path_function(Str name) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (str_is(name, functions[i].name)) return &functions[i];
    return NULL;
}

const char *path_function_name(uint32_t index) {
    return index < sizeof functions / sizeof *functions ? functions[index].name : NULL;
}
