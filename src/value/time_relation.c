/* time_relation.c - the operators before, after and same of two dates or times. */
#include "value/operators.h"
#include "value/time.h"

bool time_check_precision(Eval *eval, Tag tag, Precision precision) {
    if (precision == PRECISION_NONE ||
        (precision >= time_coarsest(tag) && precision <= time_finest(tag)))
        return true;
    return eval_fail(eval, "precision", "a %s is not compared at this precision", time_name(tag));
}

/* Is the order one of those in `wanted`, a set of bits: 1 before, 2 same, 4 after? */
static bool relate(Eval *eval, const Value *arguments, unsigned wanted, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    Precision precision = (Precision)arguments[2].integer;
    if (!time_check_precision(eval, (Tag)arguments[0].tag, precision)) return false;
    Value order = time_compare(arguments[0], arguments[1], precision);
    if (!value_is_null(order)) *result = value_boolean(wanted >> (order.integer + 1) & 1);
    return true;
}

bool before_time(Eval *eval, const Value *arguments, Value *result) {
    return relate(eval, arguments, 1, result);
}

bool same_as_time(Eval *eval, const Value *arguments, Value *result) {
    return relate(eval, arguments, 2, result);
}

bool same_or_before_time(Eval *eval, const Value *arguments, Value *result) {
    return relate(eval, arguments, 3, result);
}

bool after_time(Eval *eval, const Value *arguments, Value *result) {
    return relate(eval, arguments, 4, result);
}

bool same_or_after_time(Eval *eval, const Value *arguments, Value *result) {
    return relate(eval, arguments, 6, result);
}
