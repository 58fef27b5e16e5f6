/* convert.c - see convert.h, and the operators ToX and ConvertsToX. */
#include "value/convert.h"

#include "value/decimal.h"
#include "value/operators.h"
#include "value/quantity.h"
#include "value/time.h"

static bool same_ignoring_case(Str text, const char *word) {
    Str other = str_from(word);
    if (text.length != other.length) return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != other.data[i]) return false;
    }
    return true;
}

static bool is_one_of(Str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (same_ignoring_case(text, words[i])) return true;
    return false;
}

static Value boolean_of_text(Str text) {
    static const char *const yes[] = { "true", "t", "yes", "y", "1" };
    static const char *const no[] = { "false", "f", "no", "n", "0" };
    if (is_one_of(text, yes, sizeof yes / sizeof *yes)) return value_boolean(true);
    if (is_one_of(text, no, sizeof no / sizeof *no)) return value_boolean(false);
    return value_null();
}

static Value boolean_of_number(__int128 number, __int128 one) {
    return number == one || number == 0 ? value_boolean(number == one) : value_null();
}

Value convert_to_boolean(Eval *eval, Value value) {
    (void)eval;
    switch (value.tag) {
    case TAG_BOOLEAN: return value;
    case TAG_INTEGER:
    case TAG_LONG: return boolean_of_number(value.integer, 1);
    case TAG_DECIMAL: return boolean_of_number(decimal_units(value), DECIMAL_UNIT);
    case TAG_STRING: return boolean_of_text(value_str(value));
    default: return value_null();
    }
}

/* A sign or none, then digits; false when the text is anything else or past 64 bits. */
static bool read_whole(Str text, int64_t *number) {
    size_t at = text.length > 0 && (text.data[0] == '+' || text.data[0] == '-') ? 1 : 0;
    bool negative = at == 1 && text.data[0] == '-';
    if (at == text.length) return false;
    *number = 0;
    for (; at < text.length; at++) {
        int digit = text.data[at] - '0';
        if (digit < 0 || digit > 9) return false;
        if (__builtin_mul_overflow(*number, 10, number)) return false;
        if (__builtin_add_overflow(*number, negative ? -digit : digit, number)) return false;
    }
    return true;
}

Value convert_to_long(Eval *eval, Value value) {
    int64_t number;
    (void)eval;
    switch (value.tag) {
    case TAG_BOOLEAN: return value_long(value.boolean);
    case TAG_INTEGER: return value_long(value.integer);
    case TAG_LONG:
    case TAG_UNCERTAINTY: return value;
    case TAG_STRING:
        return read_whole(value_str(value), &number) ? value_long(number) : value_null();
    default: return value_null();
    }
}

Value convert_to_integer(Eval *eval, Value value) {
    if (value.tag == TAG_INTEGER || value.tag == TAG_UNCERTAINTY) return value;
    Value number = convert_to_long(eval, value);
    if (number.tag != TAG_LONG || number.integer < INT32_MIN || number.integer > INT32_MAX)
        return value_null();
    return value_integer(number.integer);
}

static Value uncertain_decimal(Eval *eval, const Uncertainty *whole) {
    Uncertainty bounds = { convert_to_decimal(eval, whole->low),
                           convert_to_decimal(eval, whole->high) };
    return (Value){ .tag = TAG_UNCERTAINTY,
                    .uncertainty = arena_copy(eval->arena, &bounds, sizeof bounds) };
}

Value convert_to_decimal(Eval *eval, Value value) {
    Value decimal;
    switch (value.tag) {
    case TAG_BOOLEAN: return decimal_from_integer(eval->arena, value.boolean);
    case TAG_INTEGER:
    case TAG_LONG: return decimal_from_integer(eval->arena, value.integer);
    case TAG_DECIMAL: return value;
    case TAG_UNCERTAINTY: return uncertain_decimal(eval, value.uncertainty);
    case TAG_STRING:
        return decimal_from_text(eval->arena, value_str(value), &decimal) ? decimal : value_null();
    default: return value_null();
    }
}

/* The number without a point where it was written without one. */
static void print_number(Value decimal, Buffer *out) {
    decimal_print(decimal, out);
    if (decimal.aux == 0 && decimal_scale(decimal) == 0) out->length -= 2;
}

static void print_quantity(const Quantity *quantity, Buffer *out) {
    if (quantity->value.tag == TAG_DECIMAL) print_number(quantity->value, out);
    buffer_format(out, quantity->calendar ? " %.*s" : " '%.*s'", STR_ARGS(quantity->unit));
}

static bool ends_with_offset(Str text) {
    return text.length > 6 && text.data[text.length - 3] == ':' &&
           (text.data[text.length - 6] == '+' || text.data[text.length - 6] == '-');
}

/* The ISO text.  An offset that is the evaluation's goes without saying; a DateTime without
 * hours has no T, nor has a Time. */
static void print_time(Eval *eval, Value value, Buffer *out) {
    Buffer text = buffer_new(eval->arena);
    time_print(value, &text);
    Str iso = buffer_str(&text);
    bool local = value.tag == TAG_DATETIME && value.offset == eval->offset;
    if (value.tag == TAG_TIME && str_starts_with(iso, STR("T"))) iso = str_slice(iso, 1, iso.length);
    else if (iso.length > 0 && iso.data[iso.length - 1] == 'T') iso.length -= 1;
    else if (local && iso.length > 0 && iso.data[iso.length - 1] == 'Z') iso.length -= 1;
    else if (local && ends_with_offset(iso)) iso.length -= 6;
    buffer_add(out, iso);
}

static bool print(Eval *eval, Value value, Buffer *out) {
    switch (value.tag) {
    case TAG_BOOLEAN: buffer_add_text(out, value.boolean ? "true" : "false"); return true;
    case TAG_INTEGER:
    case TAG_LONG: buffer_format(out, "%lld", (long long)value.integer); return true;
    case TAG_DECIMAL: decimal_print(value, out); return true;
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME: print_time(eval, value, out); return true;
    case TAG_QUANTITY: print_quantity(value.quantity, out); return true;
    case TAG_RATIO:
        print_quantity(value.ratio->numerator.quantity, out);
        buffer_add_char(out, ':');
        print_quantity(value.ratio->denominator.quantity, out);
        return true;
    default: return false;
    }
}

Value convert_to_string(Eval *eval, Value value) {
    if (value.tag == TAG_STRING) return value;
    Buffer out = buffer_new(eval->arena);
    return print(eval, value, &out) ? value_string(buffer_str(&out)) : value_null();
}

/* Of a text with a time, the time is left out. */
Value convert_to_date(Eval *eval, Value value) {
    Value read;
    if (value.tag == TAG_DATE) return value;
    if (value.tag == TAG_DATETIME) return time_to_date(value);
    if (value.tag != TAG_STRING) return value_null();
    if (time_parse_date(value_str(value), &read)) return read;
    return time_parse_datetime(value_str(value), eval->offset, &read) ? time_to_date(read)
                                                                     : value_null();
}

Value convert_to_datetime(Eval *eval, Value value) {
    Value read;
    if (value.tag == TAG_DATETIME) return value;
    if (value.tag == TAG_DATE) return time_to_datetime(value, eval->offset);
    if (value.tag != TAG_STRING) return value_null();
    return time_parse_datetime(value_str(value), eval->offset, &read) ? read : value_null();
}

/* A time of day has no offset: one in the text is left out. */
Value convert_to_time(Eval *eval, Value value) {
    Value read;
    (void)eval;
    if (value.tag == TAG_TIME) return value;
    if (value.tag != TAG_STRING) return value_null();
    Str text = value_str(value);
    if (ends_with_offset(text)) text.length -= 6;
    else if (text.length > 0 && text.data[text.length - 1] == 'Z') text.length -= 1;
    return time_parse_time(text, &read) ? read : value_null();
}

Value convert_to_quantity(Eval *eval, Value value) {
    Value read;
    switch (value.tag) {
    case TAG_QUANTITY: return value;
    case TAG_INTEGER:
    case TAG_LONG:
    case TAG_DECIMAL:
        return quantity_make(eval->arena, convert_to_decimal(eval, value), STR("1"), false);
    case TAG_RATIO: return quantity_divide(eval, value.ratio->numerator, value.ratio->denominator);
    case TAG_STRING:
        return quantity_parse(eval->arena, value_str(value), &read) ? read : value_null();
    default: return value_null();
    }
}

/* The colon between the two quantities, not one within a unit. */
static bool find_colon(Str text, size_t *at) {
    bool quoted = false;
    for (*at = 0; *at < text.length; ++*at) {
        if (text.data[*at] == '\'') quoted = !quoted;
        if (text.data[*at] == ':' && !quoted) return true;
    }
    return false;
}

static Str without_spaces(Str text) {
    while (text.length > 0 && text.data[0] == ' ') text.data++, text.length--;
    while (text.length > 0 && text.data[text.length - 1] == ' ') text.length--;
    return text;
}

Value convert_to_ratio(Eval *eval, Value value) {
    if (value.tag == TAG_RATIO) return value;
    size_t colon;
    if (value.tag != TAG_STRING || !find_colon(value_str(value), &colon)) return value_null();
    Str text = value_str(value);
    Ratio ratio;
    if (!quantity_parse(eval->arena, without_spaces(str_slice(text, 0, colon)), &ratio.numerator) ||
        !quantity_parse(eval->arena, without_spaces(str_slice(text, colon + 1, text.length)),
                        &ratio.denominator))
        return value_null();
    return (Value){ .tag = TAG_RATIO, .ratio = arena_copy(eval->arena, &ratio, sizeof ratio) };
}

static Value concept_of_list(Eval *eval, const List *list) {
    Code *codes = arena_array(eval->arena, list->count, sizeof *codes);
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].tag == TAG_CODE) codes[count++] = *list->items[i].code;
    return value_concept(eval->arena, (Concept){ STR(""), count, codes });
}

Value convert_to_concept(Eval *eval, Value value) {
    switch (value.tag) {
    case TAG_CONCEPT: return value;
    case TAG_CODE:
        return value_concept(eval->arena, (Concept){ value.code->display, 1, value.code });
    case TAG_LIST: return concept_of_list(eval, value.list);
    default: return value_null();
    }
}

bool to_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_list(eval->arena, arguments, value_is_null(arguments[0]) ? 0 : 1);
    return true;
}

/* The operator to_X, which converts. */
#define TO(name)                                                              \
    bool to_##name(Eval *eval, const Value *arguments, Value *result) {       \
        *result = convert_to_##name(eval, arguments[0]);                      \
        return true;                                                          \
    }

static bool converts(Eval *eval, Value value, Converter convert, Value *result) {
    *result = value_is_null(value) ? value : value_boolean(!value_is_null(convert(eval, value)));
    return true;
}

/* The operators to_X and converts_to_X, which only asks. */
#define TO_AND_CONVERTS(name)                                                    \
    TO(name)                                                                     \
    bool converts_to_##name(Eval *eval, const Value *arguments, Value *result) { \
        return converts(eval, arguments[0], convert_to_##name, result);          \
    }

TO_AND_CONVERTS(boolean)
TO_AND_CONVERTS(integer)
TO_AND_CONVERTS(long)
TO_AND_CONVERTS(decimal)
TO_AND_CONVERTS(string)
TO_AND_CONVERTS(date)
TO_AND_CONVERTS(datetime)
TO_AND_CONVERTS(time)
TO_AND_CONVERTS(quantity)
TO_AND_CONVERTS(ratio)
TO(concept)
