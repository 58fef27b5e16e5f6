/* path_value.c - the functions of FHIRPath on single values: conversions, texts, numbers, dates.
 *
 * Each is an operator of CQL.  What it takes is told by a letter for the input and one for each
 * argument: s text, i Integer, d Decimal, n any number, t date or time, a anything. */
#include "cql/path_function.h"
#include "value/convert.h"
#include "value/decimal.h"
#include "value/operators.h"

static bool is_number(Value v) {
    return v.tag == TAG_INTEGER || v.tag == TAG_LONG || v.tag == TAG_DECIMAL;
}

static bool is_time(Value v) {
    return v.tag == TAG_DATE || v.tag == TAG_DATETIME || v.tag == TAG_TIME;
}

/* Is the value what the letter says?  An Integer becomes a Decimal where one is wanted. */
static bool fits(PathRun *run, char letter, Value *value) {
    if (value_is_null(*value)) return true;
    switch (letter) {
    case 's': return value->tag == TAG_STRING;
    case 'i': return value->tag == TAG_INTEGER;
    case 'n': return is_number(*value);
    case 't': return is_time(*value);
    case 'd':
        if (!is_number(*value)) return false;
        if (value->tag != TAG_DECIMAL)
            *value = decimal_from_integer(run->eval->arena, value->integer);
        return true;
    default: return true;
    }
}

static bool fail_type(PathRun *run, const PathNode *node) {
    return eval_fail(run->eval, "wrong-type", "%.*s in column %u does not work on this value",
                     STR_ARGS(node->name), node->span.column);
}

/* The operator on the only item of the input and the arguments; nothing where one is missing. */
static bool apply(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                  const char *letters, Operator function, Items *out) {
    Value operands[4] = { 0 }, result = value_null();
    if (!path_single(run, node, input, &operands[0])) return false;
    if (value_is_null(operands[0])) return true;
    if (!fits(run, letters[0], &operands[0])) return fail_type(run, node);
    for (uint32_t i = 1; i < node->count; i++) {
        if (!path_argument_value(run, node, scope, i, &operands[i])) return false;
        if (value_is_null(operands[i])) return true;
        if (!fits(run, letters[i], &operands[i])) return fail_type(run, node);
    }
    if (!function(run->eval, operands, &result)) return false;
    *out = items_of(run, result);
    return true;
}

#define OPERATOR(name, letters, function) \
    FUNCTION(name) { return apply(run, node, scope, input, letters, function, out); }

/* ---- conversions ---- */

FUNCTION(not) {
    UNUSED;
    Value truth;
    if (!path_truth(run, node, input, &truth)) return false;
    if (!value_is_null(truth)) *out = items_boolean(run, !truth.boolean);
    return true;
}

static bool convert(PathRun *run, const PathNode *node, Items input, Converter converter, bool ask,
                    Items *out) {
    Value value;
    if (!path_single(run, node, input, &value)) return false;
    if (value_is_null(value)) return true;
    Value result = converter(run->eval, value);
    *out = ask ? items_boolean(run, !value_is_null(result)) : items_of(run, result);
    return run->eval->error_code == NULL;
}

#define CONVERT(to, converts, converter)                                          \
    FUNCTION(to) { UNUSED; return convert(run, node, input, converter, false, out); } \
    FUNCTION(converts) { UNUSED; return convert(run, node, input, converter, true, out); }

CONVERT(toBoolean, convertsToBoolean, convert_to_boolean)
CONVERT(toInteger, convertsToInteger, convert_to_integer)
CONVERT(toLong, convertsToLong, convert_to_long)
CONVERT(toDecimal, convertsToDecimal, convert_to_decimal)
CONVERT(toString, convertsToString, convert_to_string)
CONVERT(toDate, convertsToDate, convert_to_date)
CONVERT(toDateTime, convertsToDateTime, convert_to_datetime)
CONVERT(toTime, convertsToTime, convert_to_time)

/* toQuantity, in a unit where one is given. */
static bool quantity(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                     Value *result) {
    Value value, operands[2];
    *result = value_null();
    if (!path_single(run, node, input, &value) ||
        !path_argument_value(run, node, scope, 1, &operands[1]))
        return false;
    operands[0] = value_is_null(value) ? value : convert_to_quantity(run->eval, value);
    *result = operands[0];
    if (value_is_null(operands[0]) || operands[1].tag != TAG_STRING) return true;
    return convert_quantity(run->eval, operands, result);
}

FUNCTION(toQuantity) {
    Value result;
    if (!quantity(run, node, scope, input, &result)) return false;
    *out = items_of(run, result);
    return true;
}

FUNCTION(convertsToQuantity) {
    Value result;
    if (!quantity(run, node, scope, input, &result)) return false;
    if (input.count > 0) *out = items_boolean(run, !value_is_null(result));
    return true;
}

/* ---- texts ---- */

static bool index_of(Eval *eval, const Value *operands, Value *result) {
    Value swapped[] = { operands[1], operands[0] };
    return position_of(eval, swapped, result);
}

static bool last_index_of(Eval *eval, const Value *operands, Value *result) {
    Value swapped[] = { operands[1], operands[0] };
    return last_position_of(eval, swapped, result);
}

static bool holds_text(Eval *eval, const Value *operands, Value *result) {
    if (!index_of(eval, operands, result)) return false;
    *result = value_boolean(result->integer >= 0);
    return true;
}

static bool matches_whole(Eval *eval, const Value *operands, Value *result) {
    Str pattern = str_format(eval->arena, "^(?:%.*s)$", STR_ARGS(value_str(operands[1])));
    Value whole[] = { operands[0], value_string(pattern) };
    return matches_pattern(eval, whole, result);
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool trim_text(Eval *eval, const Value *operands, Value *result) {
    Str text = value_str(operands[0]);
    (void)eval;
    while (text.length > 0 && is_space(text.data[text.length - 1])) text.length--;
    while (text.length > 0 && is_space(text.data[0])) text = str_slice(text, 1, text.length);
    *result = value_string(text);
    return true;
}

FUNCTION(substring) {
    Operator function = node->count > 2 ? substring_of : substring_from;
    return apply(run, node, scope, input, "sii", function, out);
}

OPERATOR(indexOf, "ss", index_of)
OPERATOR(lastIndexOf, "ss", last_index_of)
OPERATOR(startsWith, "ss", starts_with)
OPERATOR(endsWith, "ss", ends_with)
OPERATOR(contains, "ss", holds_text)
OPERATOR(upper, "s", upper_string)
OPERATOR(lower, "s", lower_string)
OPERATOR(replace, "sss", replace_text)
OPERATOR(matches, "ss", matches_pattern)
OPERATOR(matchesFull, "ss", matches_whole)
OPERATOR(replaceMatches, "sss", replace_matches)
OPERATOR(length, "s", length_string)
OPERATOR(toChars, "s", characters_of)
OPERATOR(split, "ss", split_string)
OPERATOR(trim, "s", trim_text)

/* Of several texts. */
FUNCTION(join) {
    Value separator, operands[2], result;
    ItemList texts = { 0 };
    if (!path_argument_value(run, node, scope, 1, &separator)) return false;
    if (input.count == 0) return true;
    for (uint32_t i = 0; i < input.count; i++) {
        Value text;
        if (!path_system(run, input.items[i], &text)) return false;
        if (text.tag != TAG_STRING) return fail_type(run, node);
        vec_push(run->eval->arena, &texts, text);
    }
    operands[0] = value_list(run->eval->arena, texts.items, (uint32_t)texts.count);
    operands[1] = separator.tag == TAG_STRING ? separator : value_string(STR(""));
    if (!combine_strings_with(run->eval, operands, &result)) return false;
    *out = items_of(run, result);
    return true;
}

/* ---- numbers ---- */

OPERATOR(ceiling, "d", ceiling_decimal)
OPERATOR(floor, "d", floor_decimal)
OPERATOR(truncate, "d", truncate_decimal)
OPERATOR(exp, "d", exp_decimal)
OPERATOR(ln, "d", ln_decimal)
OPERATOR(log, "dd", log_decimals)

FUNCTION(round) {
    return apply(run, node, scope, input, "di", node->count > 1 ? round_decimal_to : round_decimal,
                 out);
}

static bool absolute(Eval *eval, const Value *operands, Value *result) {
    if (operands[0].tag == TAG_QUANTITY) return absolute_quantity(eval, operands, result);
    return is_number(operands[0]) ? abs_number(eval, operands, result)
                                  : eval_fail(eval, "wrong-type", "abs is of numbers");
}

OPERATOR(abs, "a", absolute)

static bool raise(Eval *eval, const Value *operands, Value *result) {
    bool whole = operands[0].tag == TAG_INTEGER && operands[1].tag == TAG_INTEGER;
    Value decimals[2];
    for (int i = 0; i < 2; i++)
        decimals[i] = operands[i].tag == TAG_DECIMAL
                          ? operands[i]
                          : decimal_from_integer(eval->arena, operands[i].integer);
    return whole ? power_integers(eval, operands, result) : power_decimals(eval, decimals, result);
}

OPERATOR(power, "nn", raise)

/* Nothing of a negative number. */
static bool root(Eval *eval, const Value *operands, Value *result) {
    Value half[] = { operands[0], decimal_from_units(eval->arena, DECIMAL_UNIT / 2, 1) };
    *result = value_null();
    return decimal_units(operands[0]) < 0 || power_decimals(eval, half, result);
}

OPERATOR(sqrt, "d", root)

/* ---- boundaries ---- */

static bool precision(Eval *eval, const Value *operands, Value *result) {
    if (is_time(operands[0])) return precision_of_time(eval, operands, result);
    return operands[0].tag == TAG_DECIMAL ? precision_decimal(eval, operands, result)
                                          : eval_fail(eval, "wrong-type",
                                                      "precision is of Decimals, dates and times");
}

OPERATOR(precision, "a", precision)

typedef struct Boundary {
    Operator decimal, decimal_to, time, time_to;
} Boundary;

static bool boundary(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                     const Boundary *of, Items *out) {
    Value value;
    bool to = node->count > 1;
    if (!path_single(run, node, input, &value)) return false;
    Operator of_time = to ? of->time_to : of->time;
    if (is_time(value)) return apply(run, node, scope, input, "ti", of_time, out);
    return apply(run, node, scope, input, "di", to ? of->decimal_to : of->decimal, out);
}

FUNCTION(lowBoundary) {
    static const Boundary low = { low_boundary_decimal, low_boundary_decimal_to,
                                  finest_low_boundary_of_time, low_boundary_of_time };
    return boundary(run, node, scope, input, &low, out);
}

FUNCTION(highBoundary) {
    static const Boundary high = { high_boundary_decimal, high_boundary_decimal_to,
                                   finest_high_boundary_of_time, high_boundary_of_time };
    return boundary(run, node, scope, input, &high, out);
}

/* ---- now ---- */

static bool moment(PathRun *run, Operator function, Items *out) {
    Value result;
    if (!function(run->eval, NULL, &result)) return false;
    *out = items_of(run, result);
    return true;
}

FUNCTION(now) { UNUSED; return moment(run, now_of_evaluation, out); }
FUNCTION(today) { UNUSED; return moment(run, today_of_evaluation, out); }
FUNCTION(timeOfDay) { UNUSED; return moment(run, time_of_evaluation, out); }
