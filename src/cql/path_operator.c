/* path_operator.c - the binary operators of FHIRPath, by those of CQL. */
#include "cql/path_tree.h"
#include "value/compare.h"
#include "value/operators.h"

/* ---- logic ---- */

static Value either(Value a, Value b) {
    if (value_is_true(a) || value_is_true(b)) return value_boolean(true);
    return value_is_false(a) && value_is_false(b) ? value_boolean(false) : value_null();
}

static Value negate(Value a) { return value_is_null(a) ? a : value_boolean(!a.boolean); }

static bool logic(PathRun *run, const PathNode *node, Items left, Items right, Items *out) {
    Value a, b, result;
    if (!path_truth(run, node->child[0], left, &a) || !path_truth(run, node->child[1], right, &b))
        return false;
    switch ((PathOperator)node->operator) {
    case PATH_AND: result = negate(either(negate(a), negate(b))); break;
    case PATH_OR: result = either(a, b); break;
    case PATH_IMPLIES: result = either(negate(a), b); break;
    default:
        result = value_is_null(a) || value_is_null(b) ? value_null()
                                                      : value_boolean(a.boolean != b.boolean);
    }
    *out = items_of(run, result);
    return true;
}

/* ---- equality ---- */

static bool same(PathRun *run, Items left, Items right, Value *result) {
    *result = value_null();
    if (left.count == 0 || right.count == 0) return true;
    *result = value_boolean(left.count == right.count);
    for (uint32_t i = 0; i < left.count && value_is_true(*result); i++)
        if (!path_equal(run, left.items[i], right.items[i], result)) return false;
    return true;
}

/* In any order. */
static bool alike(PathRun *run, Items left, Items right) {
    if (left.count != right.count) return false;
    bool *taken = arena_array(run->eval->arena, right.count, sizeof *taken);
    for (uint32_t i = 0; i < left.count; i++) {
        uint32_t k = 0;
        while (k < right.count &&
               (taken[k] || !path_equivalent(run, left.items[i], right.items[k])))
            k++;
        if (k == right.count) return false;
        taken[k] = true;
    }
    return true;
}

static bool equality(PathRun *run, const PathNode *node, Items left, Items right, Items *out) {
    Value result;
    switch ((PathOperator)node->operator) {
    case PATH_EQUIVALENT: result = value_boolean(alike(run, left, right)); break;
    case PATH_NOT_EQUIVALENT: result = value_boolean(!alike(run, left, right)); break;
    default:
        if (!same(run, left, right, &result)) return false;
        if (node->operator == PATH_NOT_EQUAL) result = negate(result);
    }
    *out = items_of(run, result);
    return run->eval->error_code == NULL;
}

/* ---- order ---- */

static bool fail_types(PathRun *run, const PathNode *node) {
    return eval_fail(run->eval, "wrong-type", "the operator in column %u does not work on these "
                     "values", node->span.column);
}

static bool is_number(Value v) {
    return v.tag == TAG_INTEGER || v.tag == TAG_LONG || v.tag == TAG_DECIMAL;
}

static bool is_time(Value v) {
    return v.tag == TAG_DATE || v.tag == TAG_DATETIME || v.tag == TAG_TIME;
}

/* A number beside a quantity is one without a unit. */
static bool bring_together(PathRun *run, Value *a, Value *b) {
    if (is_number(*a) && b->tag == TAG_QUANTITY) return to_quantity(run->eval, a, a);
    if (is_number(*b) && a->tag == TAG_QUANTITY) return to_quantity(run->eval, b, b);
    return true;
}

static bool compare(PathRun *run, const PathNode *node, Value a, Value b, Items *out) {
    bool ordered = a.tag == b.tag || (is_number(a) && is_number(b)) || (is_time(a) && is_time(b));
    if (!ordered || a.tag == TAG_BOOLEAN || a.tag == TAG_NODE) return fail_types(run, node);
    Value order = value_compare(run->eval, a, b);
    if (value_is_null(order)) return run->eval->error_code == NULL;
    int64_t o = order.integer;
    *out = items_boolean(run, node->operator == PATH_LESS            ? o < 0
                              : node->operator == PATH_LESS_OR_EQUAL ? o <= 0
                              : node->operator == PATH_GREATER       ? o > 0
                                                                     : o >= 0);
    return true;
}

/* ---- arithmetic ---- */

typedef struct Arithmetic {
    Operator numbers, quantities, strings, times;
} Arithmetic;

static const Arithmetic arithmetic[] = {
    [PATH_ADD] = { add_integers, add_quantities, add_strings, add_duration },
    [PATH_SUBTRACT] = { subtract_integers, subtract_quantities, NULL, subtract_duration },
    [PATH_MULTIPLY] = { multiply_integers, multiply_quantities, NULL, NULL },
    [PATH_DIVIDE] = { divide_decimals, divide_quantities, NULL, NULL },
    [PATH_DIV] = { truncated_divide_numbers, truncated_divide_quantities, NULL, NULL },
    [PATH_MOD] = { modulo_numbers, modulo_quantities, NULL, NULL },
};

static bool calculate(PathRun *run, const PathNode *node, Value a, Value b, Items *out) {
    const Arithmetic *row = &arithmetic[node->operator];
    Operator function = is_number(a) && is_number(b)                           ? row->numbers
                        : a.tag == TAG_QUANTITY && b.tag == TAG_QUANTITY       ? row->quantities
                        : a.tag == TAG_STRING && b.tag == TAG_STRING           ? row->strings
                        : is_time(a) && b.tag == TAG_QUANTITY                  ? row->times
                                                                               : NULL;
    Value operands[] = { a, b }, result = value_null();
    if (function == NULL) return fail_types(run, node);
    if (!function(run->eval, operands, &result)) return false;
    *out = items_of(run, result);
    return true;
}

/* Joins texts; nothing is the empty text. */
static bool join(PathRun *run, const PathNode *node, Value a, Value b, Items *out) {
    Value operands[] = { a, b }, result = value_null();
    bool texts = (value_is_null(a) || a.tag == TAG_STRING) &&
                 (value_is_null(b) || b.tag == TAG_STRING);
    if (!texts) return fail_types(run, node);
    if (!join_strings(run->eval, operands, &result)) return false;
    *out = items_of(run, result);
    return true;
}

static bool of_values(PathRun *run, const PathNode *node, Items left, Items right, Items *out) {
    Value a, b;
    if (!path_single(run, node->child[0], left, &a) || !path_single(run, node->child[1], right, &b))
        return false;
    if (node->operator == PATH_JOIN) return join(run, node, a, b, out);
    if (value_is_null(a) || value_is_null(b)) return true;
    if (!bring_together(run, &a, &b)) return false;
    return node->operator >= PATH_ADD ? calculate(run, node, a, b, out)
                                      : compare(run, node, a, b, out);
}

/* ---- membership and union ---- */

static bool membership(PathRun *run, const PathNode *node, Items item, Items list, Items *out) {
    bool has;
    if (item.count == 0) return true;
    if (item.count > 1)
        return eval_fail(run->eval, "not-a-singleton",
                         "the operator in column %u asks for one value", node->span.column);
    if (!path_has(run, list, item.items[0], &has)) return false;
    *out = items_boolean(run, has);
    return true;
}

static bool unite(PathRun *run, Items left, Items right, Items *out) {
    ItemList all = { 0 };
    items_add(run, &all, left);
    items_add(run, &all, right);
    return path_distinct(run, items_list(&all), out);
}

bool path_operate(PathRun *run, const PathNode *node, Items left, Items right, Items *out) {
    *out = items_none();
    switch ((PathOperator)node->operator) {
    case PATH_IMPLIES: case PATH_OR: case PATH_XOR: case PATH_AND:
        return logic(run, node, left, right, out);
    case PATH_EQUAL: case PATH_NOT_EQUAL: case PATH_EQUIVALENT: case PATH_NOT_EQUIVALENT:
        return equality(run, node, left, right, out);
    case PATH_IN: return membership(run, node, left, right, out);
    case PATH_CONTAINS: return membership(run, node, right, left, out);
    case PATH_UNION: return unite(run, left, right, out);
    default: return of_values(run, node, left, right, out);
    }
}
