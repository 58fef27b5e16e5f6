/* property.c - the elements of System types; an element that is not given is null. */
#include "value/convert.h"
#include "value/operators.h"
#include "value/quantity.h"

static Value text_or_null(Str text) {
    return text.length == 0 ? value_null() : value_string(text);
}

static Str text_or_empty(Value value) { return value_is_null(value) ? STR("") : value_str(value); }

/* An operator that reads an element; `value` is the instance, which is not null. */
#define ELEMENT(name, element)                                                          \
    bool name(Eval *eval, const Value *arguments, Value *result) {                      \
        Value value = arguments[0];                                                     \
        (void)eval;                                                                     \
        *result = value_is_null(value) ? value_null() : (element);                      \
        return true;                                                                    \
    }

ELEMENT(quantity_value, value.quantity->value)
ELEMENT(quantity_unit, text_or_null(value.quantity->unit))
ELEMENT(ratio_numerator, value.ratio->numerator)
ELEMENT(ratio_denominator, value.ratio->denominator)
ELEMENT(code_code, text_or_null(value.code->code))
ELEMENT(code_system, text_or_null(value.code->system))
ELEMENT(code_version, text_or_null(value.code->version))
ELEMENT(code_display, text_or_null(value.code->display))
ELEMENT(concept_display, text_or_null(value.concept->display))
ELEMENT(reference_id, text_or_null(value.reference->id))
ELEMENT(reference_version, text_or_null(value.reference->version))
ELEMENT(reference_name, text_or_null(value.reference->name))
ELEMENT(interval_low, value.interval->low)
ELEMENT(interval_high, value.interval->high)
ELEMENT(interval_low_closed, value_boolean(value.interval->low_closed))
ELEMENT(interval_high_closed, value_boolean(value.interval->high_closed))

bool concept_codes(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const Concept *concept = arguments[0].concept;
    Value *codes = arena_array(eval->arena, concept->count, sizeof *codes);
    for (uint32_t i = 0; i < concept->count; i++)
        codes[i] = (Value){ .tag = TAG_CODE, .code = &concept->codes[i] };
    *result = value_list(eval->arena, codes, concept->count);
    return true;
}

bool reference_systems(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const Reference *set = arguments[0].reference;
    Value *systems = arena_array(eval->arena, set->system_count, sizeof *systems);
    for (uint32_t i = 0; i < set->system_count; i++)
        systems[i] = (Value){ .tag = TAG_CODESYSTEM, .reference = &set->systems[i] };
    *result = value_list(eval->arena, systems, set->system_count);
    return true;
}

bool make_quantity(Eval *eval, const Value *arguments, Value *result) {
    Str unit = text_or_empty(arguments[1]);
    *result = quantity_make(eval->arena, arguments[0], unit, quantity_is_calendar_unit(unit));
    return true;
}

/* A ratio has both parts or is none. */
bool make_ratio(Eval *eval, const Value *arguments, Value *result) {
    Ratio ratio = { arguments[0], arguments[1] };
    *result = value_null();
    if (value_is_null(ratio.numerator) || value_is_null(ratio.denominator)) return true;
    *result = (Value){ .tag = TAG_RATIO, .ratio = arena_copy(eval->arena, &ratio, sizeof ratio) };
    return true;
}

bool make_code(Eval *eval, const Value *arguments, Value *result) {
    *result = value_code(eval->arena, (Code){ text_or_empty(arguments[0]), text_or_empty(arguments[1]),
                                              text_or_empty(arguments[2]), text_or_empty(arguments[3]) });
    return true;
}

bool make_concept(Eval *eval, const Value *arguments, Value *result) {
    static const List none = { 0, NULL };
    Value codes = arguments[0];
    if (value_is_null(codes)) codes = (Value){ .tag = TAG_LIST, .list = &none };
    Concept concept = *convert_to_concept(eval, codes).concept;
    concept.display = text_or_empty(arguments[1]);
    *result = value_concept(eval->arena, concept);
    return true;
}

static Reference read_reference(const Value *arguments) {
    return (Reference){ .id = text_or_empty(arguments[0]), .version = text_or_empty(arguments[1]),
                        .name = text_or_empty(arguments[2]) };
}

static Value reference_to(Eval *eval, Tag tag, Reference reference) {
    return (Value){ .tag = (uint8_t)tag,
                    .reference = arena_copy(eval->arena, &reference, sizeof reference) };
}

bool make_value_set(Eval *eval, const Value *arguments, Value *result) {
    Reference set = read_reference(arguments);
    const List *list = value_is_null(arguments[3]) ? NULL : arguments[3].list;
    Reference *systems = arena_array(eval->arena, list == NULL ? 0 : list->count, sizeof *systems);
    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].tag == TAG_CODESYSTEM)
            systems[set.system_count++] = *list->items[i].reference;
    set.systems = systems;
    *result = reference_to(eval, TAG_VALUESET, set);
    return true;
}

bool make_code_system(Eval *eval, const Value *arguments, Value *result) {
    *result = reference_to(eval, TAG_CODESYSTEM, read_reference(arguments));
    return true;
}
