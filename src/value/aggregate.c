/* aggregate.c - one value of a list, its nulls left out.
 *
 * Quantities are aggregated as numbers in the unit of the first; null where one of them
 * has no such number.  What is rounded is rounded once, at the end. */
#include "value/compare.h"
#include "value/decimal.h"
#include "value/members.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/real.h"

/* What the logarithm of a Decimal takes, beside an instruction. */
enum { LOGARITHM_STEPS = 100 };

/* The values of a list that are not null. */
typedef struct Sample {
    Value *items;
    uint32_t count;
} Sample;

static Sample take_sample(Eval *eval, Value list) {
    Sample sample = { NULL, 0 };
    if (value_is_null(list)) return sample;
    sample.items = arena_array(eval->arena, list.list->count, sizeof *sample.items);
    for (uint32_t i = 0; i < list.list->count; i++)
        if (!value_is_null(list.list->items[i])) sample.items[sample.count++] = list.list->items[i];
    return sample;
}

/* The sample as Decimals, of the unit *unit when they are quantities (else it is NULL).
 * False when it is empty or not all are numbers in one unit. */
static bool take_numbers(Eval *eval, Value list, Sample *sample, const Quantity **unit) {
    *sample = take_sample(eval, list);
    *unit = NULL;
    if (sample->count == 0) return false;
    if (sample->items[0].tag == TAG_QUANTITY) *unit = sample->items[0].quantity;
    for (uint32_t i = 0; i < sample->count; i++) {
        Value item = sample->items[i];
        if (*unit != NULL) item = quantity_value_in(eval, item, *unit);
        else if (item.tag != TAG_DECIMAL) item = decimal_from_integer(eval->arena, item.integer);
        if (item.tag != TAG_DECIMAL) return false;
        sample->items[i] = item;
    }
    return true;
}

/* The number in the unit that take_numbers found. */
static Value with_unit(Eval *eval, Value number, const Quantity *unit) {
    if (unit == NULL || value_is_null(number)) return number;
    return quantity_make(eval->arena, number, unit->unit, unit->calendar);
}

bool all_true(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    *result = value_boolean(true);
    for (uint32_t i = 0; i < sample.count; i++)
        if (value_is_false(sample.items[i])) *result = value_boolean(false);
    return true;
}

bool any_true(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    *result = value_boolean(false);
    for (uint32_t i = 0; i < sample.count; i++)
        if (value_is_true(sample.items[i])) *result = value_boolean(true);
    return true;
}

bool count_values(Eval *eval, const Value *arguments, Value *result) {
    uint32_t count = 0;
    (void)eval;
    if (!value_is_null(arguments[0]))
        for (uint32_t i = 0; i < arguments[0].list->count; i++)
            count += !value_is_null(arguments[0].list->items[i]);
    *result = value_integer(count);
    return true;
}

typedef Value (*Combine)(Eval *eval, Value a, Value b);

static Value plus(Eval *eval, Value a, Value b) {
    Value sum = value_null(), pair[] = { a, b };
    if (a.tag == TAG_QUANTITY) return quantity_add(eval, a, b);
    if (a.tag == TAG_DECIMAL) add_decimals(eval, pair, &sum);
    else if (a.tag == TAG_LONG) add_longs(eval, pair, &sum);
    else add_integers(eval, pair, &sum);
    return sum;
}

static Value times(Eval *eval, Value a, Value b) {
    Value product = value_null(), pair[] = { a, b };
    if (a.tag == TAG_DECIMAL) multiply_decimals(eval, pair, &product);
    else if (a.tag == TAG_LONG) multiply_longs(eval, pair, &product);
    else multiply_integers(eval, pair, &product);
    return product;
}

static bool fold(Eval *eval, const Sample *sample, Combine combine, Value *result) {
    *result = sample->count == 0 ? value_null() : sample->items[0];
    for (uint32_t i = 1; i < sample->count && !value_is_null(*result); i++)
        *result = combine(eval, *result, sample->items[i]);
    return eval->error_code == NULL;
}

bool sum_values(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    return fold(eval, &sample, plus, result);
}

/* The reference keeps the unit of the quantities. */
bool product_of_values(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    const Quantity *unit = NULL;
    *result = value_null();
    if (sample.count != 0 && sample.items[0].tag == TAG_QUANTITY &&
        !take_numbers(eval, arguments[0], &sample, &unit))
        return true;
    bool done = fold(eval, &sample, times, result);
    *result = with_unit(eval, *result, unit);
    return done;
}

/* Of values that cannot be told apart the first stays. */
static Value smaller(Eval *eval, Value a, Value b) {
    Value order = value_compare(eval, b, a);
    return !value_is_null(order) && order.integer < 0 ? b : a;
}

static Value larger(Eval *eval, Value a, Value b) {
    Value order = value_compare(eval, b, a);
    return !value_is_null(order) && order.integer > 0 ? b : a;
}

bool least_value(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    return fold(eval, &sample, smaller, result);
}

bool greatest_value(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    return fold(eval, &sample, larger, result);
}

static Value sum_of(Eval *eval, const Sample *numbers) {
    Value sum = numbers->items[0];
    for (uint32_t i = 1; i < numbers->count && !value_is_null(sum); i++)
        sum = decimal_add(eval->arena, sum, numbers->items[i]);
    return sum;
}

static Value mean_of(Eval *eval, const Sample *numbers) {
    Value sum = sum_of(eval, numbers);
    if (value_is_null(sum)) return sum;
    return decimal_divide(eval->arena, sum, decimal_from_integer(eval->arena, numbers->count));
}

bool average(Eval *eval, const Value *arguments, Value *result) {
    Sample numbers;
    const Quantity *unit;
    *result = value_null();
    if (take_numbers(eval, arguments[0], &numbers, &unit))
        *result = with_unit(eval, mean_of(eval, &numbers), unit);
    return true;
}

/* Sorts by merging, from `from` to `room` and back. */
static void sort(Value *items, Value *room, uint32_t count) {
    if (count < 2) return;
    uint32_t half = count / 2, i = 0, j = half;
    sort(items, room, half);
    sort(items + half, room + half, count - half);
    for (uint32_t k = 0; k < count; k++) {
        bool left = j == count || (i < half && decimal_compare(items[i], items[j]) <= 0);
        room[k] = left ? items[i++] : items[j++];
    }
    for (uint32_t k = 0; k < count; k++) items[k] = room[k];
}

static Value median_of(Eval *eval, const Sample *numbers) {
    Value *items = numbers->items;
    sort(items, arena_array(eval->arena, numbers->count, sizeof *items), numbers->count);
    Value middle = items[numbers->count / 2];
    if (numbers->count % 2 == 1) return middle;
    Value sum = decimal_add(eval->arena, items[numbers->count / 2 - 1], middle);
    return decimal_divide(eval->arena, sum, decimal_from_integer(eval->arena, 2));
}

bool median(Eval *eval, const Value *arguments, Value *result) {
    Sample numbers;
    const Quantity *unit;
    *result = value_null();
    if (take_numbers(eval, arguments[0], &numbers, &unit))
        *result = with_unit(eval, median_of(eval, &numbers), unit);
    return true;
}

/* Of several values that are equally frequent, the least where they have an order, else the
 * first. */
bool mode(Eval *eval, const Value *arguments, Value *result) {
    Sample sample = take_sample(eval, arguments[0]);
    Members values = members_new(eval, sample.count);
    uint32_t *counts = arena_array(eval->arena, sample.count, sizeof *counts), most = 0;
    for (uint32_t i = 0; i < sample.count; i++) counts[members_add(&values, sample.items[i])]++;
    *result = value_null();
    for (uint32_t i = 0; i < values.count; i++) {
        if (counts[i] > most) *result = values.items[i];
        else if (counts[i] == most) *result = smaller(eval, *result, values.items[i]);
        if (counts[i] > most) most = counts[i];
    }
    return eval->error_code == NULL;
}

/* The mean square distance from the mean, over n or n - 1. */
static Real variance_of(const Sample *numbers, bool population) {
    Real sum = real_from_integer(0), squares = sum;
    for (uint32_t i = 0; i < numbers->count; i++)
        sum = real_add(sum, real_from_decimal(numbers->items[i]));
    Real mean = real_divide(sum, real_from_integer(numbers->count));
    for (uint32_t i = 0; i < numbers->count; i++) {
        Real distance = real_subtract(real_from_decimal(numbers->items[i]), mean);
        squares = real_add(squares, real_multiply(distance, distance));
    }
    return real_divide(squares, real_from_integer((int64_t)numbers->count - !population));
}

static bool spread(Eval *eval, Value list, bool population, bool root, Value *result) {
    Sample numbers;
    const Quantity *unit;
    *result = value_null();
    if (!take_numbers(eval, list, &numbers, &unit)) return true;
    Real variance = variance_of(&numbers, population);
    Value number = real_to_decimal(eval->arena, root ? real_root(variance) : variance);
    *result = with_unit(eval, number, unit);
    return true;
}

bool variance(Eval *eval, const Value *arguments, Value *result) {
    return spread(eval, arguments[0], false, false, result);
}

bool population_variance(Eval *eval, const Value *arguments, Value *result) {
    return spread(eval, arguments[0], true, false, result);
}

bool standard_deviation(Eval *eval, const Value *arguments, Value *result) {
    return spread(eval, arguments[0], false, true, result);
}

bool population_standard_deviation(Eval *eval, const Value *arguments, Value *result) {
    return spread(eval, arguments[0], true, true, result);
}

/* The product may be too large where the mean is not: the mean of the logarithms. */
static Real mean_logarithm(const Sample *numbers) {
    Real sum = real_from_integer(0);
    for (uint32_t i = 0; i < numbers->count; i++)
        sum = real_add(sum, real_ln(real_from_decimal(numbers->items[i])));
    return real_divide(sum, real_from_integer(numbers->count));
}

static bool has_zero(const Sample *numbers) {
    for (uint32_t i = 0; i < numbers->count; i++)
        if (decimal_units(numbers->items[i]) == 0) return true;
    return false;
}

/* Null where one of the numbers is negative. */
bool geometric_mean(Eval *eval, const Value *arguments, Value *result) {
    Sample numbers;
    const Quantity *unit;
    *result = value_null();
    if (!take_numbers(eval, arguments[0], &numbers, &unit)) return true;
    if (!eval_charge(eval, (uint64_t)numbers.count * LOGARITHM_STEPS)) return false;
    *result = has_zero(&numbers)
                  ? decimal_from_integer(eval->arena, 0)
                  : real_to_decimal(eval->arena, real_exp(mean_logarithm(&numbers)));
    return true;
}
