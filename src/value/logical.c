/* logical.c - three-valued logic, and what asks about null. */
#include "value/operators.h"

bool logical_and(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value a = arguments[0], b = arguments[1];
    *result = value_is_false(a) || value_is_false(b) ? value_boolean(false)
              : value_is_true(a) && value_is_true(b) ? value_boolean(true)
                                                     : value_null();
    return true;
}

bool logical_or(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value a = arguments[0], b = arguments[1];
    *result = value_is_true(a) || value_is_true(b)     ? value_boolean(true)
              : value_is_false(a) && value_is_false(b) ? value_boolean(false)
                                                       : value_null();
    return true;
}

bool logical_xor(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value a = arguments[0], b = arguments[1];
    *result = value_is_null(a) || value_is_null(b) ? value_null()
                                                   : value_boolean(a.boolean != b.boolean);
    return true;
}

bool logical_implies(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value a = arguments[0], b = arguments[1];
    *result = value_is_false(a) || value_is_true(b)   ? value_boolean(true)
              : value_is_true(a) && value_is_false(b) ? value_boolean(false)
                                                      : value_null();
    return true;
}

bool logical_not(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_is_null(arguments[0]) ? value_null() : value_boolean(!arguments[0].boolean);
    return true;
}

bool logical_is_null(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_boolean(value_is_null(arguments[0]));
    return true;
}

bool logical_is_true(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_boolean(value_is_true(arguments[0]));
    return true;
}

bool logical_is_false(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_boolean(value_is_false(arguments[0]));
    return true;
}

static bool first_value(const Value *values, uint32_t count, Value *result) {
    *result = value_null();
    for (uint32_t i = 0; i < count && value_is_null(*result); i++) *result = values[i];
    return true;
}

bool coalesce_two(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    return first_value(arguments, 2, result);
}

bool coalesce_three(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    return first_value(arguments, 3, result);
}

bool coalesce_four(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    return first_value(arguments, 4, result);
}

bool coalesce_five(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    return first_value(arguments, 5, result);
}

bool coalesce_list(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    return first_value(arguments[0].list->items, arguments[0].list->count, result);
}
