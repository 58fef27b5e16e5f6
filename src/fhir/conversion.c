/* conversion.c - FHIR's types to CQL's: the functions of the library FHIRHelpers 4.0.1.
 *
 * Those marked only_called are never applied implicitly.  Units follow ToCalendarUnit of
 * that library: a UCUM unit of time becomes the calendar's. */
#include <string.h>

#include "fhir/fhir.h"
#include "fhir/model.h"
#include "fhir/references.h"

static const Json *object_of(Value node) {
    const Json *json = node.tag == TAG_NODE ? fhir_node_json(node) : NULL;
    return json != NULL && json->kind == JSON_OBJECT ? json : NULL;
}

static bool text_of(Eval *eval, const Json *member, Str *out) {
    *out = (Str){ "", 0 };
    if (member == NULL || member->kind == JSON_NULL) return true;
    if (member->kind != JSON_STRING)
        return fhir_fail(eval, member, "fhir-value", "must be a string");
    *out = json_text(member);
    return true;
}

/* The text of a member; empty when absent. */
static bool member_text(Eval *eval, const Json *object, uint16_t symbol, Str *out) {
    return text_of(eval, fhir_member(object, symbol), out);
}

/* The System value of a primitive member; null when absent. */
static bool member_value(Eval *eval, const Json *object, uint16_t symbol, ModelType type,
                         Value *out) {
    const Json *member = fhir_member(object, symbol);
    *out = value_null();
    if (member == NULL || member->kind == JSON_NULL) return true;
    return fhir_primitive_value(eval, fhir_node(type, member), out);
}

static bool convert_primitive(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    return arguments[0].tag != TAG_NODE || fhir_primitive_value(eval, arguments[0], result);
}

/* ---- codes ---- */

static bool read_code(Eval *eval, const Json *coding, Code *out) {
    Str none = { "", 0 };
    *out = (Code){ none, none, none, none };
    for (uint32_t i = 0; coding->kind == JSON_OBJECT && i < coding->count; i++) {
        const Json *item = &coding->items[i];
        Str *part = item->symbol == SYMBOL_CODE      ? &out->code
                    : item->symbol == SYMBOL_SYSTEM  ? &out->system
                    : item->symbol == SYMBOL_VERSION ? &out->version
                    : item->symbol == SYMBOL_DISPLAY ? &out->display
                                                     : NULL;
        if (part != NULL && !text_of(eval, item, part)) return false;
    }
    return true;
}

static bool convert_code(Eval *eval, const Value *arguments, Value *result) {
    const Json *coding = object_of(arguments[0]);
    Code code;
    *result = value_null();
    if (coding == NULL) return true;
    if (!read_code(eval, coding, &code)) return false;
    *result = value_code(eval->arena, code);
    return true;
}

static bool read_concept(Eval *eval, Arena *arena, const Json *json, Concept *out) {
    const Json *list = fhir_member(json, SYMBOL_CODING);
    if (list != NULL && list->kind != JSON_ARRAY)
        return fhir_fail(eval, list, "fhir-list", "must be a list");
    uint32_t count = list != NULL ? list->count : 0;
    Code *codes = arena_alloc(arena, count * sizeof *codes);
    for (uint32_t i = 0; i < count; i++)
        if (!read_code(eval, &list->items[i], &codes[i])) return false;
    *out = (Concept){ .count = count, .codes = codes };
    return member_text(eval, json, SYMBOL_TEXT, &out->display);
}

static bool convert_concept(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    const Record *record = eval->instances;
    *result = value_null();
    if (json == NULL) return true;
    KnownConcept none = { 0 };
    KnownConcept *known =
        record == NULL ? &none : &record->concepts[(uintptr_t)json / sizeof *json % CONCEPT_SLOTS];
    if (known->json != json) {
        Arena *arena = record == NULL ? eval->arena : record->arena;
        Concept *concept = arena_alloc(arena, sizeof *concept);
        if (!read_concept(eval, arena, json, concept)) return false;
        *known = (KnownConcept){ json, concept };
    }
    *result = (Value){ .tag = TAG_CONCEPT, .concept = known->concept };
    return true;
}

/* ---- quantities ---- */

static const struct { const char *ucum; size_t length; const char *calendar; } calendar_units[] = {
    { "ms", 2, "millisecond" }, { "s", 1, "second" }, { "min", 3, "minute" }, { "h", 1, "hour" },
    { "d", 1, "day" },          { "wk", 2, "week" },  { "mo", 2, "month" },   { "a", 1, "year" },
};

static Str calendar_unit(Str unit, bool *calendar) {
    *calendar = false;
    for (size_t i = 0; i < sizeof calendar_units / sizeof *calendar_units; i++) {
        if (!str_equal(unit, (Str){ calendar_units[i].ucum, calendar_units[i].length })) continue;
        *calendar = true;
        return str_from(calendar_units[i].calendar);
    }
    return unit;
}

/* The members of a Quantity; NULL when absent. */
typedef struct QuantityParts {
    const Json *value, *comparator, *system, *code, *unit;
} QuantityParts;

static QuantityParts parts_of(const Json *json) {
    QuantityParts parts = { 0 };
    for (uint32_t i = 0; i < json->count; i++) {
        const Json *item = &json->items[i];
        switch (item->symbol) {
            case SYMBOL_VALUE: parts.value = item; break;
            case SYMBOL_COMPARATOR: parts.comparator = item; break;
            case SYMBOL_SYSTEM: parts.system = item; break;
            case SYMBOL_CODE: parts.code = item; break;
            case SYMBOL_UNIT: parts.unit = item; break;
            default: break;
        }
    }
    return parts;
}

/* A unit counts when it is UCUM's, or when no system is named. */
static bool read_unit(Eval *eval, const Json *json, const QuantityParts *parts, Str *out) {
    Str system, code, unit;
    if (!text_of(eval, parts->system, &system) || !text_of(eval, parts->code, &code) ||
        !text_of(eval, parts->unit, &unit))
        return false;
    if (system.length != 0 && !str_is(system, "http://unitsofmeasure.org") &&
        !str_is(system, "http://hl7.org/fhirpath/CodeSystem/calendar-units"))
        return fhir_fail(eval, json, "fhir-quantity-unit",
                         "has a unit of the system %.*s; write it in UCUM "
                         "(http://unitsofmeasure.org)",
                         STR_ARGS(system));
    *out = code.length != 0 ? code : unit.length != 0 ? unit : STR("1");
    return true;
}

static bool read_quantity(Eval *eval, const Json *json, const QuantityParts *parts,
                          Value *result) {
    Quantity quantity = { .value = value_null(), .unit_id = -1 };
    *result = value_null();
    if (parts->value == NULL || parts->value->kind == JSON_NULL) return true;
    if (!fhir_primitive_value(eval, fhir_node(CLASS_decimal, parts->value), &quantity.value))
        return false;
    Str unit;
    if (!read_unit(eval, json, parts, &unit)) return false;
    quantity.unit = calendar_unit(unit, &quantity.calendar);
    *result = value_quantity(eval->arena, quantity);
    return true;
}

static bool convert_quantity(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    *result = value_null();
    if (json == NULL) return true;
    QuantityParts parts = parts_of(json);
    if (parts.comparator != NULL && parts.comparator->kind != JSON_NULL)
        return fhir_fail(eval, json, "fhir-quantity-comparator",
                         "has a comparator (%.*s), so it is no single quantity; use "
                         "FHIRHelpers.ToInterval",
                         STR_ARGS(json_text(parts.comparator)));
    return read_quantity(eval, json, &parts, result);
}

static bool convert_ignoring_comparator(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    *result = value_null();
    if (json == NULL) return true;
    QuantityParts parts = parts_of(json);
    return read_quantity(eval, json, &parts, result);
}

static bool convert_member_quantity(Eval *eval, const Json *object, uint16_t symbol,
                                    Value *result) {
    const Json *member = fhir_member(object, symbol);
    *result = value_null();
    if (member == NULL || member->kind == JSON_NULL) return true;
    Value node = fhir_node(CLASS_Quantity, member);
    return convert_quantity(eval, &node, result);
}

static bool convert_ratio(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    Ratio ratio;
    *result = value_null();
    if (json == NULL) return true;
    if (!convert_member_quantity(eval, json, SYMBOL_NUMERATOR, &ratio.numerator) ||
        !convert_member_quantity(eval, json, SYMBOL_DENOMINATOR, &ratio.denominator))
        return false;
    *result = (Value){ .tag = TAG_RATIO,
                       .ratio = arena_copy(eval->arena, &ratio, sizeof ratio) };
    return true;
}

/* ---- intervals ---- */

/* A period that has no start began at a time unknown; one without end goes on. */
static bool convert_period(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    Interval interval = { .high_closed = true, .point = TAG_DATETIME };
    *result = value_null();
    if (json == NULL) return true;
    if (!member_value(eval, json, SYMBOL_START, CLASS_dateTime, &interval.low) ||
        !member_value(eval, json, SYMBOL_END, CLASS_dateTime, &interval.high))
        return false;
    interval.low_closed = !value_is_null(interval.low);
    *result = value_interval(eval->arena, interval);
    return true;
}

static bool convert_range(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    Interval interval = { .low_closed = true, .high_closed = true, .point = TAG_QUANTITY };
    *result = value_null();
    if (json == NULL) return true;
    if (!convert_member_quantity(eval, json, SYMBOL_LOW, &interval.low) ||
        !convert_member_quantity(eval, json, SYMBOL_HIGH, &interval.high))
        return false;
    *result = value_interval(eval->arena, interval);
    return true;
}

/* "< 5 mg" is the interval of all that is less than 5 mg. */
static bool convert_quantity_interval(Eval *eval, const Value *arguments, Value *result) {
    const Json *json = object_of(arguments[0]);
    Interval interval = { .low_closed = true, .high_closed = true, .point = TAG_QUANTITY };
    Str comparator;
    Value quantity;
    *result = value_null();
    if (json == NULL) return true;
    QuantityParts parts = parts_of(json);
    if (!text_of(eval, parts.comparator, &comparator) ||
        !read_quantity(eval, json, &parts, &quantity))
        return false;
    if (value_is_null(quantity)) return true;
    interval.low = interval.high = quantity;
    if (str_is(comparator, "<") || str_is(comparator, "<=")) interval.low = value_null();
    else if (str_is(comparator, ">") || str_is(comparator, ">=")) interval.high = value_null();
    else if (comparator.length != 0)
        return fhir_fail(eval, json, "fhir-quantity-comparator",
                         "has the comparator %.*s, which FHIR does not define",
                         STR_ARGS(comparator));
    interval.low_closed = !str_is(comparator, ">");
    interval.high_closed = !str_is(comparator, "<");
    *result = value_interval(eval->arena, interval);
    return true;
}

/* ---- of System types ---- */

static bool convert_value_set(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (arguments[0].tag != TAG_STRING) return true;
    Reference reference = { .id = value_str(arguments[0]) };
    *result = (Value){ .tag = TAG_VALUESET,
                       .reference = arena_copy(eval->arena, &reference, sizeof reference) };
    return true;
}

static bool convert_calendar_unit(Eval *eval, const Value *arguments, Value *result) {
    bool calendar;
    (void)eval;
    *result = arguments[0];
    if (arguments[0].tag == TAG_STRING)
        *result = value_string(calendar_unit(value_str(arguments[0]), &calendar));
    return true;
}

/* ---- references ---- */

/* A Reference by its text. */
static bool make_reference(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (arguments[0].tag != TAG_STRING) return true;
    Str text = value_str(arguments[0]), key = fhir_symbols[SYMBOL_REFERENCE];
    Json member = { .kind = JSON_STRING, .symbol = SYMBOL_REFERENCE, .key = key.data,
                    .key_length = (uint32_t)key.length, .count = (uint32_t)text.length,
                    .text = text.data };
    Json object = { .kind = JSON_OBJECT, .count = 1,
                    .items = arena_copy(eval->arena, &member, sizeof member) };
    *result = fhir_node(CLASS_Reference, arena_copy(eval->arena, &object, sizeof object));
    return true;
}

/* The resource of the record that a Reference, or its text, names; null when it is not there. */
static bool resolve_reference(Eval *eval, const Value *arguments, Value *result) {
    const Json *object = object_of(arguments[0]);
    Str text = { "", 0 };
    *result = value_null();
    if (arguments[0].tag == TAG_STRING) text = value_str(arguments[0]);
    else if (object != NULL && !member_text(eval, object, SYMBOL_REFERENCE, &text)) return false;
    if (text.length > 0 && eval->instances != NULL)
        *result = record_resolve(eval->instances, text);
    return true;
}

#define PRIMITIVE(type, to) { CLASS_##type, "System." to, "To" to, convert_primitive, false }
#define QUANTITY(type)                                                                     \
    { CLASS_##type, "System.Quantity", "ToQuantity", convert_quantity, false },            \
    { CLASS_##type, "System.Quantity", "ToQuantityIgnoringComparator",                     \
      convert_ignoring_comparator, true },                                                 \
    { CLASS_##type, "Interval<System.Quantity>", "ToInterval", convert_quantity_interval, true }

const ModelConversion fhir_conversions[] = {
    PRIMITIVE(string, "String"),
    PRIMITIVE(uri, "String"),
    PRIMITIVE(code, "String"),
    PRIMITIVE(id, "String"),
    PRIMITIVE(markdown, "String"),
    PRIMITIVE(canonical, "String"),
    PRIMITIVE(url, "String"),
    PRIMITIVE(oid, "String"),
    PRIMITIVE(uuid, "String"),
    PRIMITIVE(base64Binary, "String"),
    PRIMITIVE(xhtml, "String"),
    PRIMITIVE(boolean, "Boolean"),
    PRIMITIVE(integer, "Integer"),
    PRIMITIVE(positiveInt, "Integer"),
    PRIMITIVE(unsignedInt, "Integer"),
    PRIMITIVE(decimal, "Decimal"),
    PRIMITIVE(date, "Date"),
    PRIMITIVE(dateTime, "DateTime"),
    PRIMITIVE(instant, "DateTime"),
    PRIMITIVE(time, "Time"),
    { CLASS_Coding, "System.Code", "ToCode", convert_code, false },
    { CLASS_CodeableConcept, "System.Concept", "ToConcept", convert_concept, false },
    QUANTITY(Quantity),
    QUANTITY(SimpleQuantity),
    QUANTITY(Age),
    QUANTITY(Count),
    QUANTITY(Distance),
    QUANTITY(Duration),
    { CLASS_Period, "Interval<System.DateTime>", "ToInterval", convert_period, false },
    { CLASS_Range, "Interval<System.Quantity>", "ToInterval", convert_range, false },
    { CLASS_Ratio, "System.Ratio", "ToRatio", convert_ratio, false },
    { MODEL_SYSTEM + TAG_STRING, "System.ValueSet", "ToValueSet", convert_value_set, true },
    { MODEL_SYSTEM + TAG_STRING, "System.String", "ToCalendarUnit", convert_calendar_unit, true },
    { MODEL_SYSTEM + TAG_STRING, "FHIR.Reference", "reference", make_reference, true },
    { MODEL_SYSTEM + TAG_STRING, "FHIR.Resource", "resolve", resolve_reference, true },
    { CLASS_Reference, "FHIR.Resource", "resolve", resolve_reference, true },
};

_Static_assert(sizeof fhir_conversions / sizeof *fhir_conversions == FHIR_CONVERSION_COUNT,
               "the count of the header");
