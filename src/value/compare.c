/* compare.c - see compare.h, and the operators = ~ < <= > >=.
 *
 * The operators of one type first try the form that most values have; all else goes
 * through value_compare.  An uncertainty is compared by its bounds: the answer is null
 * unless every value between them gives the same. */
#include "value/compare.h"

#include "value/decimal.h"
#include "value/interval.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/string.h"
#include "value/time.h"

enum { DEPTH_LIMIT = 600 };

typedef enum Relation { LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL } Relation;

typedef struct Bounds {
    Value low, high;
} Bounds;

static bool enter(Eval *eval) {
    if (eval->depth >= DEPTH_LIMIT)
        return eval_fail(eval, "too-deep", "values are nested more than %d deep", DEPTH_LIMIT);
    if (!eval_charge(eval, 1)) return false;
    eval->depth++;
    return true;
}

static bool is_number(Value value) {
    return value.tag == TAG_INTEGER || value.tag == TAG_LONG || value.tag == TAG_DECIMAL;
}

static bool is_time(Value value) {
    return value.tag == TAG_DATE || value.tag == TAG_DATETIME || value.tag == TAG_TIME;
}

static Value as_decimal(Eval *eval, Value number) {
    return number.tag == TAG_DECIMAL ? number : decimal_from_integer(eval->arena, number.integer);
}

static int compare_numbers(Eval *eval, Value a, Value b) {
    if (a.tag != TAG_DECIMAL && b.tag != TAG_DECIMAL)
        return (a.integer > b.integer) - (a.integer < b.integer);
    return decimal_compare(as_decimal(eval, a), as_decimal(eval, b));
}

static Bounds bounds(Value value) {
    if (value.tag != TAG_UNCERTAINTY) return (Bounds){ value, value };
    return (Bounds){ value.uncertainty->low, value.uncertainty->high };
}

static bool is_uncertain_number(Value value) {
    Bounds ends = bounds(value);
    return is_number(ends.low) && is_number(ends.high);
}

static Value compare_uncertain(Eval *eval, Value a, Value b) {
    if (!is_uncertain_number(a) || !is_uncertain_number(b)) return value_null();
    Bounds x = bounds(a), y = bounds(b);
    if (compare_numbers(eval, x.high, y.low) < 0) return value_integer(-1);
    if (compare_numbers(eval, x.low, y.high) > 0) return value_integer(1);
    bool points = compare_numbers(eval, x.low, x.high) == 0 &&
                  compare_numbers(eval, y.low, y.high) == 0;
    return points ? value_integer(0) : value_null();
}

/* A Date beside a DateTime is one without a time. */
static Value compare_times(Eval *eval, Value a, Value b) {
    if (a.tag == TAG_DATE && b.tag == TAG_DATETIME) a = time_to_datetime(a, eval->offset);
    if (b.tag == TAG_DATE && a.tag == TAG_DATETIME) b = time_to_datetime(b, eval->offset);
    return a.tag == b.tag ? time_compare(a, b, PRECISION_NONE) : value_null();
}

static Value sign(int order) { return value_integer((order > 0) - (order < 0)); }

Value value_compare(Eval *eval, Value a, Value b) {
    if (is_number(a) && is_number(b)) return value_integer(compare_numbers(eval, a, b));
    if (value_is_null(a) || value_is_null(b)) return value_null();
    if (a.tag == TAG_UNCERTAINTY || b.tag == TAG_UNCERTAINTY) return compare_uncertain(eval, a, b);
    if (is_time(a) && is_time(b)) return compare_times(eval, a, b);
    if (a.tag != b.tag) return value_null();
    if (a.tag == TAG_STRING) return sign(str_compare(value_str(a), value_str(b)));
    if (a.tag == TAG_QUANTITY) return quantity_compare(eval, a, b);
    return value_null();
}

/* Kleene's and. */
static Value both(Value a, Value b) {
    if (value_is_false(a) || value_is_false(b)) return value_boolean(false);
    return value_is_null(a) || value_is_null(b) ? value_null() : value_boolean(true);
}

static Value is_zero(Value order) {
    return value_is_null(order) ? order : value_boolean(order.integer == 0);
}

/* Elements that both lack are equal; where one lacks it, it cannot be said. */
static Value equal_optional(Str a, Str b) {
    if (a.length == 0 && b.length == 0) return value_boolean(true);
    return a.length == 0 || b.length == 0 ? value_null() : value_boolean(str_equal(a, b));
}

static Value equal_codes(const Code *a, const Code *b) {
    Value result = both(equal_optional(a->code, b->code), equal_optional(a->system, b->system));
    return both(result, both(equal_optional(a->version, b->version),
                             equal_optional(a->display, b->display)));
}

static Value equal_concepts(const Concept *a, const Concept *b) {
    if (a->count != b->count) return value_boolean(false);
    Value result = equal_optional(a->display, b->display);
    for (uint32_t i = 0; i < a->count; i++)
        result = both(result, equal_codes(&a->codes[i], &b->codes[i]));
    return result;
}

static Value equal_references(const Reference *a, const Reference *b) {
    return both(equal_optional(a->id, b->id), equal_optional(a->version, b->version));
}

static Value equal_elements(Eval *eval, Value a, Value b) {
    if (value_is_null(a) && value_is_null(b)) return value_boolean(true);
    return value_equal(eval, a, b);
}

static Value equal_lists(Eval *eval, const List *a, const List *b) {
    if (a->count != b->count) return value_boolean(false);
    Value result = value_boolean(true);
    uint32_t i = 0;
    for (; i < a->count && !value_is_false(result); i++)
        result = both(result, equal_elements(eval, a->items[i], b->items[i]));
    return eval_charge(eval, i) ? result : value_null();
}

static bool same_shape(const TupleShape *a, const TupleShape *b) {
    if (a == b) return true;
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!str_equal(a->names[i], b->names[i])) return false;
    return true;
}

/* Element by element in the order of their names; the first that is not equal decides. */
static Value equal_tuples(Eval *eval, const Tuple *a, const Tuple *b) {
    if (!same_shape(a->shape, b->shape)) return value_boolean(false);
    Value result = value_boolean(true);
    for (uint32_t i = 0; i < a->shape->count && value_is_true(result); i++)
        result = equal_elements(eval, a->items[i], b->items[i]);
    return result;
}

static Value equal_ratios(Eval *eval, const Ratio *a, const Ratio *b) {
    return both(quantity_equal(eval, a->numerator, b->numerator),
                quantity_equal(eval, a->denominator, b->denominator));
}

static Value equal_nodes(Eval *eval, Value a, Value b) {
    if (a.node == b.node) return value_boolean(true);
    return eval->nodes == NULL ? value_null() : eval->nodes->equal(eval, a, b);
}

/* Of one tag, and not null. */
static Value equal_structures(Eval *eval, Value a, Value b) {
    switch (a.tag) {
    case TAG_RATIO: return equal_ratios(eval, a.ratio, b.ratio);
    case TAG_CODE: return equal_codes(a.code, b.code);
    case TAG_CONCEPT: return equal_concepts(a.concept, b.concept);
    case TAG_VALUESET:
    case TAG_CODESYSTEM: return equal_references(a.reference, b.reference);
    case TAG_INTERVAL: return interval_equal(eval, a, b);
    case TAG_LIST: return equal_lists(eval, a.list, b.list);
    case TAG_TUPLE: return equal_tuples(eval, a.tuple, b.tuple);
    default: return equal_nodes(eval, a, b);
    }
}

Value value_equal(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_null();
    if (is_number(a) && is_number(b)) return value_boolean(compare_numbers(eval, a, b) == 0);
    if (a.tag == TAG_UNCERTAINTY || b.tag == TAG_UNCERTAINTY)
        return is_zero(compare_uncertain(eval, a, b));
    if (is_time(a) && is_time(b)) return is_zero(compare_times(eval, a, b));
    if (a.tag != b.tag) return value_boolean(false);
    if (a.tag == TAG_BOOLEAN) return value_boolean(a.boolean == b.boolean);
    if (a.tag == TAG_STRING) return value_boolean(str_equal(value_str(a), value_str(b)));
    if (a.tag == TAG_QUANTITY) return quantity_equal(eval, a, b);
    if (!enter(eval)) return value_null();
    Value result = equal_structures(eval, a, b);
    eval->depth--;
    return result;
}

/* To the places of the less precise; zeros at the end do not count. */
static bool equivalent_numbers(Eval *eval, Value a, Value b) {
    if (a.tag != TAG_DECIMAL && b.tag != TAG_DECIMAL) return a.integer == b.integer;
    Value x = as_decimal(eval, a), y = as_decimal(eval, b);
    uint32_t scale = decimal_scale(x), other = decimal_scale(y);
    if (other < scale) scale = other;
    return decimal_compare(decimal_round(eval->arena, x, scale),
                           decimal_round(eval->arena, y, scale)) == 0;
}

static bool equivalent_codes(const Code *a, const Code *b) {
    return str_equal(a->code, b->code) && str_equal(a->system, b->system);
}

static bool shares_code(const Concept *concept, const Code *codes, uint32_t count) {
    for (uint32_t i = 0; i < concept->count; i++)
        for (uint32_t j = 0; j < count; j++)
            if (equivalent_codes(&concept->codes[i], &codes[j])) return true;
    return false;
}

static bool equivalent_items(Eval *eval, const Value *a, const Value *b, uint32_t count) {
    uint32_t i = 0;
    while (i < count && value_is_true(value_equivalent(eval, a[i], b[i]))) i++;
    return eval_charge(eval, i) && i == count;
}

/* a : b is the same ratio as c : d when a * d is equivalent to c * b. */
static bool equivalent_ratios(Eval *eval, const Ratio *a, const Ratio *b) {
    Value left = quantity_multiply(eval, a->numerator, b->denominator);
    Value right = quantity_multiply(eval, b->numerator, a->denominator);
    if (value_is_null(left) || value_is_null(right)) return false;
    return value_is_true(quantity_equivalent(eval, left, right));
}

static bool equivalent_nodes(Eval *eval, Value a, Value b) {
    if (a.node == b.node) return true;
    return eval->nodes != NULL && value_is_true(eval->nodes->equivalent(eval, a, b));
}

static bool equivalent_structures(Eval *eval, Value a, Value b) {
    switch (a.tag) {
    case TAG_RATIO: return equivalent_ratios(eval, a.ratio, b.ratio);
    case TAG_CODE: return equivalent_codes(a.code, b.code);
    case TAG_CONCEPT: return shares_code(a.concept, b.concept->codes, b.concept->count);
    case TAG_VALUESET:
    case TAG_CODESYSTEM:
        return str_equal(a.reference->id, b.reference->id) &&
               str_equal(a.reference->version, b.reference->version);
    case TAG_INTERVAL: return value_is_true(interval_equivalent(eval, a, b));
    case TAG_LIST:
        return a.list->count == b.list->count &&
               equivalent_items(eval, a.list->items, b.list->items, a.list->count);
    case TAG_TUPLE:
        return same_shape(a.tuple->shape, b.tuple->shape) &&
               equivalent_items(eval, a.tuple->items, b.tuple->items, a.tuple->shape->count);
    default: return equivalent_nodes(eval, a, b);
    }
}

static bool equivalent_times(Eval *eval, Value a, Value b) {
    return a.tag == b.tag ? time_equivalent(a, b)
                          : value_is_true(is_zero(compare_times(eval, a, b)));
}

static bool equivalent(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_is_null(a) && value_is_null(b);
    if (is_number(a) && is_number(b)) return equivalent_numbers(eval, a, b);
    if (a.tag == TAG_UNCERTAINTY || b.tag == TAG_UNCERTAINTY)
        return value_is_true(is_zero(compare_uncertain(eval, a, b)));
    if (is_time(a) && is_time(b)) return equivalent_times(eval, a, b);
    if (a.tag == TAG_CONCEPT && b.tag == TAG_CODE) return shares_code(a.concept, b.code, 1);
    if (a.tag == TAG_CODE && b.tag == TAG_CONCEPT) return shares_code(b.concept, a.code, 1);
    if (a.tag != b.tag) return false;
    if (a.tag == TAG_BOOLEAN) return a.boolean == b.boolean;
    if (a.tag == TAG_STRING) return string_equivalent(value_str(a), value_str(b));
    if (a.tag == TAG_QUANTITY) return value_is_true(quantity_equivalent(eval, a, b));
    if (!enter(eval)) return false;
    bool result = equivalent_structures(eval, a, b);
    eval->depth--;
    return result;
}

Value value_equivalent(Eval *eval, Value a, Value b) {
    return value_boolean(equivalent(eval, a, b));
}

bool equal_integer(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0], b = arguments[1];
    *result = a.tag == TAG_INTEGER && b.tag == TAG_INTEGER ? value_boolean(a.integer == b.integer)
                                                           : value_equal(eval, a, b);
    return true;
}

bool equal_string(Eval *eval, const Value *arguments, Value *result) {
    Value a = arguments[0], b = arguments[1];
    (void)eval;
    *result = value_is_null(a) || value_is_null(b)
                  ? value_null()
                  : value_boolean(str_equal(value_str(a), value_str(b)));
    return true;
}

bool equal_any(Eval *eval, const Value *arguments, Value *result) {
    *result = value_equal(eval, arguments[0], arguments[1]);
    return eval->error_code == NULL;
}

bool equivalent_any(Eval *eval, const Value *arguments, Value *result) {
    *result = value_equivalent(eval, arguments[0], arguments[1]);
    return eval->error_code == NULL;
}

static bool holds(Relation relation, int order) {
    switch (relation) {
    case LESS: return order < 0;
    case LESS_OR_EQUAL: return order <= 0;
    case GREATER: return order > 0;
    default: return order >= 0;
    }
}

/* The relation of the two pairs of bounds that are furthest apart, each way: when both
 * say the same, so do all values between. */
static Value relate_uncertain(Eval *eval, Value a, Value b, Relation relation) {
    if (!is_uncertain_number(a) || !is_uncertain_number(b)) return value_null();
    Bounds x = bounds(a), y = bounds(b);
    bool lowest = holds(relation, compare_numbers(eval, x.low, y.high));
    bool highest = holds(relation, compare_numbers(eval, x.high, y.low));
    return lowest == highest ? value_boolean(lowest) : value_null();
}

static bool relate(Eval *eval, const Value *arguments, Relation relation, Value *result) {
    Value a = arguments[0], b = arguments[1];
    if (a.tag == TAG_UNCERTAINTY || b.tag == TAG_UNCERTAINTY) {
        *result = relate_uncertain(eval, a, b, relation);
        return true;
    }
    Value order = value_compare(eval, a, b);
    *result = value_is_null(order) ? order : value_boolean(holds(relation, (int)order.integer));
    return eval->error_code == NULL;
}

/* Integers, Longs, and dates and times of one precision and offset compare in one step. */
static bool relate_integers(Eval *eval, const Value *arguments, Relation relation, Tag tag,
                            Value *result) {
    int64_t a = arguments[0].integer, b = arguments[1].integer;
    if (arguments[0].tag != tag || arguments[1].tag != tag)
        return relate(eval, arguments, relation, result);
    *result = value_boolean(holds(relation, (a > b) - (a < b)));
    return true;
}

static bool relate_decimals(Eval *eval, const Value *arguments, Relation relation, Value *result) {
    if (arguments[0].tag != TAG_DECIMAL || arguments[1].tag != TAG_DECIMAL)
        return relate(eval, arguments, relation, result);
    *result = value_boolean(holds(relation, decimal_compare(arguments[0], arguments[1])));
    return true;
}

static bool relate_times(Eval *eval, const Value *arguments, Relation relation, Value *result) {
    Value a = arguments[0], b = arguments[1];
    if (a.tag != b.tag || a.flags != b.flags || a.offset != b.offset || value_is_null(a))
        return relate(eval, arguments, relation, result);
    *result = value_boolean(holds(relation, (a.packed > b.packed) - (a.packed < b.packed)));
    return true;
}

/* The operators of one relation, a function for each way to compare. */
#define RELATION(name, relation)                                                           \
    bool name##_integer(Eval *eval, const Value *arguments, Value *result) {               \
        return relate_integers(eval, arguments, relation, TAG_INTEGER, result);            \
    }                                                                                      \
    bool name##_long(Eval *eval, const Value *arguments, Value *result) {                  \
        return relate_integers(eval, arguments, relation, TAG_LONG, result);               \
    }                                                                                      \
    bool name##_decimal(Eval *eval, const Value *arguments, Value *result) {               \
        return relate_decimals(eval, arguments, relation, result);                         \
    }                                                                                      \
    bool name##_time(Eval *eval, const Value *arguments, Value *result) {                  \
        return relate_times(eval, arguments, relation, result);                            \
    }                                                                                      \
    bool name##_other(Eval *eval, const Value *arguments, Value *result) {                 \
        return relate(eval, arguments, relation, result);                                  \
    }

RELATION(less, LESS)
RELATION(less_or_equal, LESS_OR_EQUAL)
RELATION(greater, GREATER)
RELATION(greater_or_equal, GREATER_OR_EQUAL)
