/* quantity_operators.c - the operators of quantity.def. */
#include "value/decimal.h"
#include "value/operators.h"
#include "value/quantity.h"

bool add_quantities(Eval *eval, const Value *arguments, Value *result) {
    *result = quantity_add(eval, arguments[0], arguments[1]);
    return true;
}

bool subtract_quantities(Eval *eval, const Value *arguments, Value *result) {
    *result = quantity_subtract(eval, arguments[0], arguments[1]);
    return true;
}

bool multiply_quantities(Eval *eval, const Value *arguments, Value *result) {
    *result = quantity_multiply(eval, arguments[0], arguments[1]);
    return true;
}

bool divide_quantities(Eval *eval, const Value *arguments, Value *result) {
    *result = quantity_divide(eval, arguments[0], arguments[1]);
    return true;
}

static Value with_value(Eval *eval, const Quantity *like, Value value) {
    if (value_is_null(value)) return value;
    return quantity_make(eval->arena, value, like->unit, like->calendar);
}

/* The quotient's unit where the two do not measure the same, the first one's where they do
 * or the second has none. */
static bool divide_whole(Eval *eval, const Value *arguments, Value *result,
                         Value (*whole)(Arena *, Value, Value)) {
    Value quotient = quantity_divide(eval, arguments[0], arguments[1]);
    *result = value_null();
    if (value_is_null(quotient)) return true;
    const Quantity *a = arguments[0].quantity, *b = arguments[1].quantity;
    Value divisor = quantity_value_in(eval, arguments[1], a);
    if (value_is_null(divisor)) divisor = b->value;
    Value value = whole(eval->arena, a->value, divisor);
    bool own_unit = str_is(quotient.quantity->unit, "1");
    *result = with_value(eval, own_unit ? a : quotient.quantity, value);
    return true;
}

bool truncated_divide_quantities(Eval *eval, const Value *arguments, Value *result) {
    return divide_whole(eval, arguments, result, decimal_truncated_divide);
}

bool modulo_quantities(Eval *eval, const Value *arguments, Value *result) {
    return divide_whole(eval, arguments, result, decimal_modulo);
}

static bool round_value(Eval *eval, Value quantity, int64_t places, Value *result) {
    *result = value_null();
    if (value_is_null(quantity) || value_is_null(quantity.quantity->value)) return true;
    Value rounded = decimal_round(eval->arena, quantity.quantity->value, places);
    *result = with_value(eval, quantity.quantity, rounded);
    return true;
}

bool round_quantity(Eval *eval, const Value *arguments, Value *result) {
    return round_value(eval, arguments[0], 0, result);
}

bool round_quantity_to(Eval *eval, const Value *arguments, Value *result) {
    int64_t places = value_is_null(arguments[1]) ? 0 : arguments[1].integer;
    return round_value(eval, arguments[0], places, result);
}

static bool change(Eval *eval, Value argument, Value (*how)(Arena *, Value), Value *result) {
    *result = value_null();
    if (value_is_null(argument) || value_is_null(argument.quantity->value)) return true;
    *result = with_value(eval, argument.quantity, how(eval->arena, argument.quantity->value));
    return true;
}

static Value absolute(Arena *arena, Value value) {
    return decimal_units(value) < 0 ? decimal_negate(arena, value) : value;
}

bool negate_quantity(Eval *eval, const Value *arguments, Value *result) {
    return change(eval, arguments[0], decimal_negate, result);
}

bool absolute_quantity(Eval *eval, const Value *arguments, Value *result) {
    return change(eval, arguments[0], absolute, result);
}

static bool move(Eval *eval, Value quantity, int direction, Value *result) {
    *result = value_null();
    if (value_is_null(quantity) || value_is_null(quantity.quantity->value)) return true;
    *result = quantity_step(eval->arena, quantity, direction);
    return !value_is_null(*result) ||
           eval_fail(eval, "quantity-range", "there is no quantity beyond the last one");
}

bool successor_quantity(Eval *eval, const Value *arguments, Value *result) {
    return move(eval, arguments[0], 1, result);
}

bool predecessor_quantity(Eval *eval, const Value *arguments, Value *result) {
    return move(eval, arguments[0], -1, result);
}

bool maximum_quantity(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    *result = quantity_make(eval->arena, decimal_from_units(eval->arena, DECIMAL_MAXIMUM, 8),
                            STR("1"), false);
    return true;
}

bool minimum_quantity(Eval *eval, const Value *arguments, Value *result) {
    (void)arguments;
    *result = quantity_make(eval->arena, decimal_from_units(eval->arena, -DECIMAL_MAXIMUM, 8),
                            STR("1"), false);
    return true;
}

bool convert_quantity(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    *result = quantity_convert(eval, arguments[0], value_str(arguments[1]));
    return true;
}

bool can_convert_quantity(Eval *eval, const Value *arguments, Value *result) {
    convert_quantity(eval, arguments, result);
    if (!value_is_null(arguments[0]) && !value_is_null(arguments[1]))
        *result = value_boolean(!value_is_null(*result));
    return true;
}
