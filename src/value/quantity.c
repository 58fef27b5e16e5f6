/* quantity.c - see quantity.h.
 *
 * Two quantities of one unit are compared as numbers, without a look at the unit.  Else both
 * become amounts: of months, when both are years or months of the calendar, or of a unit of
 * UCUM.  Weeks and finer of the calendar are those of UCUM; years and months are not, but for
 * equivalence, where a year is 12 months or 365 days and a month 30 days. */
#include "value/quantity.h"

#include "value/compare.h"
#include "value/decimal.h"
#include "value/time.h"
#include "value/ucum.h"

/* A quantity in terms that compare; `months`: of the calendar, without a unit. */
typedef struct Amount {
    Value value;
    Str unit;
    bool months;
} Amount;

static Str unit_text(const Quantity *quantity) {
    return quantity->unit.length == 0 ? STR("1") : quantity->unit;
}

Value quantity_make(Arena *arena, Value decimal, Str unit, bool calendar) {
    Quantity quantity = { .value = decimal, .unit = unit, .unit_id = -1, .calendar = calendar };
    quantity.unit = unit_text(&quantity);
    return value_quantity(arena, quantity);
}

bool quantity_is_calendar_unit(Str unit) { return time_unit(unit, true) != PRECISION_NONE; }

static bool same_unit(const Quantity *a, const Quantity *b) {
    if (a->calendar != b->calendar) return false;
    if (a->calendar) return time_unit(a->unit, true) == time_unit(b->unit, true);
    return str_equal(unit_text(a), unit_text(b));
}

/* A year or a month; where it is a unit of UCUM, only when `loose`. */
static bool is_long(const Quantity *quantity, bool loose) {
    if (!quantity->calendar && !loose) return false;
    Precision unit = time_unit(quantity->unit, quantity->calendar);
    return unit == PRECISION_YEAR || unit == PRECISION_MONTH;
}

static Str ucum_code(const Quantity *quantity) {
    static const char *const codes[] = { "1", "a", "mo", "d", "h", "min", "s", "ms", "wk" };
    return quantity->calendar ? str_from(codes[time_unit(quantity->unit, true)])
                              : unit_text(quantity);
}

static Value times(Arena *arena, Value value, int64_t factor) {
    return decimal_multiply(arena, value, decimal_from_integer(arena, factor));
}

static Amount amount(Arena *arena, const Quantity *quantity, bool months) {
    bool year = time_unit(quantity->unit, quantity->calendar) == PRECISION_YEAR;
    if (months) return (Amount){ year ? times(arena, quantity->value, 12) : quantity->value,
                                 STR("1"), true };
    if (quantity->calendar && is_long(quantity, false))
        return (Amount){ times(arena, quantity->value, year ? 365 : 30), STR("d"), false };
    return (Amount){ quantity->value, ucum_code(quantity), false };
}

/* Both as amounts that may compare; false when a year or month meets a definite duration. */
static bool amounts(Arena *arena, const Quantity *a, const Quantity *b, bool loose, Amount *x,
                    Amount *y) {
    bool months = is_long(a, loose) && is_long(b, loose);
    if (!loose && !months && (is_long(a, false) || is_long(b, false))) return false;
    *x = amount(arena, a, months);
    *y = amount(arena, b, months);
    return !value_is_null(x->value) && !value_is_null(y->value);
}

static bool order(Arena *arena, const Quantity *a, const Quantity *b, bool loose, int *result) {
    Amount x, y;
    if (value_is_null(a->value) || value_is_null(b->value)) return false;
    if (same_unit(a, b)) {
        *result = decimal_compare(a->value, b->value);
        return true;
    }
    if (!amounts(arena, a, b, loose, &x, &y)) return false;
    return ucum_compare(arena, x.value, x.unit, y.value, y.unit, result);
}

Value quantity_compare(Eval *eval, Value a, Value b) {
    int result;
    if (value_is_null(a) || value_is_null(b)) return value_null();
    if (!order(eval->arena, a.quantity, b.quantity, false, &result)) return value_null();
    return value_integer(result);
}

Value quantity_equal(Eval *eval, Value a, Value b) {
    Value result = quantity_compare(eval, a, b);
    return value_is_null(result) ? result : value_boolean(result.integer == 0);
}

/* The finer of the units of the two, by one of each. */
static bool is_finer(Arena *arena, const Quantity *a, const Quantity *b, bool loose) {
    Quantity one = *a, other = *b;
    one.value = other.value = decimal_from_integer(arena, 1);
    int result;
    return order(arena, &one, &other, loose, &result) && result < 0;
}

/* The number of `quantity` in the unit of `target`; null where there is no way. */
static Value value_in(Arena *arena, const Quantity *quantity, const Quantity *target, bool loose) {
    if (value_is_null(quantity->value) || same_unit(quantity, target)) return quantity->value;
    Quantity one = *target;
    one.value = decimal_from_integer(arena, 1);
    Amount x, step;
    Value result;
    if (!amounts(arena, quantity, &one, loose, &x, &step) ||
        !ucum_convert(arena, x.value, x.unit, step.unit, &result))
        return value_null();
    return decimal_divide(arena, result, step.value);
}

/* In the coarser unit, to the places of the less precise; what that unit is too coarse to
 * show at all is not equivalent to zero. */
static bool equivalent(Eval *eval, const Quantity *a, const Quantity *b) {
    Arena *arena = eval->arena;
    int exact;
    if (value_is_null(a->value) || value_is_null(b->value))
        return value_is_null(a->value) && value_is_null(b->value);
    if (same_unit(a, b)) return value_is_true(value_equivalent(eval, a->value, b->value));
    if (!order(arena, a, b, true, &exact)) return false;
    if (exact == 0) return true;
    if (is_finer(arena, b, a, true)) {
        const Quantity *swap = a;
        a = b;
        b = swap;
    }
    Value converted = value_in(arena, a, b, true);
    if (value_is_null(converted) || decimal_units(converted) == 0) return false;
    return value_is_true(value_equivalent(eval, converted, b->value));
}

Value quantity_equivalent(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b))
        return value_boolean(value_is_null(a) && value_is_null(b));
    return value_boolean(equivalent(eval, a.quantity, b.quantity));
}

Value quantity_value_in(Eval *eval, Value quantity, const Quantity *unit_of) {
    if (value_is_null(quantity)) return value_null();
    return value_in(eval->arena, quantity.quantity, unit_of, false);
}

static Value with_value(Arena *arena, const Quantity *like, Value value) {
    if (value_is_null(value)) return value;
    return quantity_make(arena, value, like->unit, like->calendar);
}

/* Units that cannot be told or that are functions take no part in arithmetic. */
static bool is_operand(Value quantity) {
    if (value_is_null(quantity) || value_is_null(quantity.quantity->value)) return false;
    return quantity.quantity->calendar || ucum_proportional(quantity.quantity->unit);
}

typedef Value Arithmetic(Arena *arena, Value a, Value b);

/* In the finer of the two units. */
static Value combine(Arena *arena, Value a, Value b, Arithmetic *arithmetic) {
    if (!is_operand(a) || !is_operand(b)) return value_null();
    const Quantity *unit = is_finer(arena, b.quantity, a.quantity, false) ? b.quantity : a.quantity;
    Value x = value_in(arena, a.quantity, unit, false);
    Value y = value_in(arena, b.quantity, unit, false);
    if (value_is_null(x) || value_is_null(y)) return value_null();
    return with_value(arena, unit, arithmetic(arena, x, y));
}

Value quantity_add(Eval *eval, Value a, Value b) {
    return combine(eval->arena, a, b, decimal_add);
}

Value quantity_subtract(Eval *eval, Value a, Value b) {
    return combine(eval->arena, a, b, decimal_subtract);
}

static bool is_plain(const Quantity *quantity) {
    return !quantity->calendar && str_is(unit_text(quantity), "1");
}

Value quantity_multiply(Eval *eval, Value a, Value b) {
    Arena *arena = eval->arena;
    if (!is_operand(a) || !is_operand(b)) return value_null();
    Value value = decimal_multiply(arena, a.quantity->value, b.quantity->value);
    if (is_plain(b.quantity)) return with_value(arena, a.quantity, value);
    if (is_plain(a.quantity)) return with_value(arena, b.quantity, value);
    Str unit;
    if (value_is_null(value) ||
        !ucum_multiply(arena, ucum_code(a.quantity), ucum_code(b.quantity), &unit))
        return value_null();
    return quantity_make(arena, value, unit, false);
}

/* Of what measures the same, a plain number; else the quotient's unit. */
Value quantity_divide(Eval *eval, Value a, Value b) {
    Arena *arena = eval->arena;
    if (!is_operand(a) || !is_operand(b)) return value_null();
    Value divisor = b.quantity->value;
    Str unit = STR("1");
    if (is_plain(b.quantity))
        return with_value(arena, a.quantity, decimal_divide(arena, a.quantity->value, divisor));
    Value same = value_in(arena, b.quantity, a.quantity, false);
    if (!value_is_null(same)) divisor = same;
    else if (!ucum_divide(arena, ucum_code(a.quantity), ucum_code(b.quantity), &unit))
        return value_null();
    Value value = decimal_divide(arena, a.quantity->value, divisor);
    return value_is_null(value) ? value : quantity_make(arena, value, unit, false);
}

Value quantity_step(Arena *arena, Value quantity, int direction) {
    if (value_is_null(quantity.quantity->value)) return value_null();
    __int128 units = decimal_units(quantity.quantity->value) + direction;
    if (units > DECIMAL_MAXIMUM || units < -DECIMAL_MAXIMUM) return value_null();
    return with_value(arena, quantity.quantity, decimal_from_units(arena, units, DECIMAL_PLACES));
}

Value quantity_convert(Eval *eval, Value quantity, Str unit) {
    if (value_is_null(quantity)) return value_null();
    const Quantity *from = quantity.quantity;
    bool calendar = quantity_is_calendar_unit(unit);
    if (!calendar && !ucum_valid(unit)) return value_null();
    Quantity to = { .unit = unit, .calendar = calendar };
    Value value = value_in(eval->arena, from, &to, calendar && from->calendar);
    return with_value(eval->arena, &to, value);
}

/* ---- from text ---- */

static size_t number_length(Str text) {
    size_t at = text.length > 0 && (text.data[0] == '+' || text.data[0] == '-'), digits = at;
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    if (at == digits) return 0;
    if (at + 1 >= text.length || text.data[at] != '.') return at;
    digits = ++at;
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at == digits ? 0 : at;
}

static Str without_spaces(Str text) {
    while (text.length > 0 && text.data[0] == ' ') text = str_slice(text, 1, text.length);
    while (text.length > 0 && text.data[text.length - 1] == ' ') text.length--;
    return text;
}

bool quantity_parse(Arena *arena, Str text, Value *out) {
    text = without_spaces(text);
    size_t length = number_length(text);
    Value value;
    if (length == 0 || !decimal_from_text(arena, str_slice(text, 0, length), &value)) return false;
    Str unit = without_spaces(str_slice(text, length, text.length));
    bool calendar = quantity_is_calendar_unit(unit);
    if (unit.length > 0 && !calendar) {
        if (unit.length < 3 || unit.data[0] != '\'' || unit.data[unit.length - 1] != '\'')
            return false;
        unit = str_slice(unit, 1, unit.length - 1);
        if (!ucum_valid(unit)) return false;
    }
    *out = quantity_make(arena, value, str_copy(arena, unit), calendar);
    return true;
}
