/* islet_value.c - reading values by islet.h.  Texts are copied into the arena of the record,
 * with a NUL behind them. */
#include <string.h>

#include "fhir/fhir.h"
#include "reason/islet_parts.h"
#include "reason/value_plain.h"
#include "value/decimal.h"
#include "value/print.h"
#include "value/time.h"

/* ---- kinds ---- */

typedef struct Kind {
    islet_kind kind;
    const char *name;
} Kind;

static const Kind kinds[TAG_COUNT] = {
    [TAG_NULL] = { ISLET_KIND_NULL, "null" },
    [TAG_BOOLEAN] = { ISLET_KIND_BOOLEAN, "a Boolean" },
    [TAG_INTEGER] = { ISLET_KIND_INTEGER, "an Integer" },
    [TAG_LONG] = { ISLET_KIND_LONG, "a Long" },
    [TAG_DECIMAL] = { ISLET_KIND_DECIMAL, "a Decimal" },
    [TAG_STRING] = { ISLET_KIND_STRING, "a String" },
    [TAG_DATE] = { ISLET_KIND_DATE, "a Date" },
    [TAG_DATETIME] = { ISLET_KIND_DATETIME, "a DateTime" },
    [TAG_TIME] = { ISLET_KIND_TIME, "a Time" },
    [TAG_QUANTITY] = { ISLET_KIND_QUANTITY, "a Quantity" },
    [TAG_RATIO] = { ISLET_KIND_RATIO, "a Ratio" },
    [TAG_CODE] = { ISLET_KIND_CODE, "a Code" },
    [TAG_CONCEPT] = { ISLET_KIND_CONCEPT, "a Concept" },
    [TAG_VALUESET] = { ISLET_KIND_VALUE_SET, "a ValueSet" },
    [TAG_CODESYSTEM] = { ISLET_KIND_CODE_SYSTEM, "a CodeSystem" },
    [TAG_INTERVAL] = { ISLET_KIND_INTERVAL, "an Interval" },
    [TAG_LIST] = { ISLET_KIND_LIST, "a List" },
    [TAG_TUPLE] = { ISLET_KIND_TUPLE, "a Tuple" },
    [TAG_NODE] = { ISLET_KIND_INSTANCE, "an instance" },
    [TAG_UNCERTAINTY] = { ISLET_KIND_INTERVAL, "an Interval" },
};

static bool is_current(islet_value value) {
    return value.evaluator_ != NULL && value.record_ == value.evaluator_->record;
}

/* The value within; null for one that has ended. */
static Value within(islet_value value) {
    Value out = value_null();
    if (is_current(value)) memcpy(&out, value.bits_, sizeof out);
    return out;
}

islet_kind islet_value_kind(islet_value value) { return kinds[within(value).tag].kind; }

/* What is said of a value that is not `wanted`, or that has ended. */
static islet_status refuse(islet_value value, const char *wanted) {
    if (value.evaluator_ == NULL) return ISLET_MISUSE;
    LastError *last = &value.evaluator_->last;
    if (!is_current(value))
        return last_error_say(last, ISLET_MISUSE, "value-ended",
                              "Ask for it again on the present record",
                              "the value is of an earlier record");
    return last_error_say(last, ISLET_WRONG_KIND, "wrong-kind", "", "the value is %s, not %s",
                          kinds[within(value).tag].name, wanted);
}

static islet_status refuse_number(islet_value value, const char *what, size_t index) {
    return last_error_say(&value.evaluator_->last, ISLET_NOT_FOUND, "no-such-item", "",
                          "there is no %s %zu", what, index);
}

/* ---- texts ---- */

static islet_status fail_for_memory(islet_evaluator *e) {
    e->eval.depth = 0;
    return last_error_say(&e->last, ISLET_LIMIT, "record-too-large", "Allow more",
                          "the record needs more memory than a record may have");
}

static islet_status give_text(islet_value value, Str text, islet_text *out) {
    islet_evaluator *e = value.evaluator_;
    if (setjmp(*arena_guard(e->arena))) return fail_for_memory(e);
    *out = (islet_text){ str_to_c(e->arena, text), text.length };
    arena_unguard(e->arena);
    return ISLET_OK;
}

typedef void (*Writer)(Eval *eval, Value value, Buffer *out);

static islet_status give_written(islet_value value, Value what, Writer write, islet_text *out) {
    islet_evaluator *e = value.evaluator_;
    if (setjmp(*arena_guard(e->arena))) return fail_for_memory(e);
    Buffer text = buffer_new(e->arena);
    write(&e->eval, what, &text);
    buffer_add_char(&text, '\0');
    *out = (islet_text){ text.data, text.length - 1 };
    arena_unguard(e->arena);
    return ISLET_OK;
}

/* ---- simple values ---- */

islet_status islet_value_boolean(islet_value value, bool *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_BOOLEAN) return refuse(value, "a Boolean");
    *out = v.boolean;
    return ISLET_OK;
}

islet_status islet_value_integer(islet_value value, int64_t *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_INTEGER && v.tag != TAG_LONG) return refuse(value, "an Integer");
    *out = v.integer;
    return ISLET_OK;
}

static void write_number(Eval *eval, Value value, Buffer *out) {
    (void)eval;
    if (value.tag == TAG_DECIMAL) decimal_print(value, out);
    else if (!value_is_null(value)) buffer_format(out, "%lld", (long long)value.integer);
}

islet_status islet_value_decimal(islet_value value, islet_text *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_DECIMAL && v.tag != TAG_INTEGER && v.tag != TAG_LONG)
        return refuse(value, "a Decimal");
    return give_written(value, v, write_number, out);
}

islet_status islet_value_string(islet_value value, islet_text *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_STRING) return refuse(value, "a String");
    return give_text(value, value_str(v), out);
}

/* CQL's T behind a DateTime without hours is no part of ISO 8601; offsets are all of one form. */
static void write_date(Eval *eval, Value value, Buffer *out) {
    (void)eval;
    time_print(value, out);
    char last = out->data[out->length - 1];
    if (last == 'T' || last == 'Z') out->length--;
    if (last == 'Z') buffer_add_text(out, "+00:00");
}

islet_status islet_value_date(islet_value value, islet_text *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_DATE && v.tag != TAG_DATETIME && v.tag != TAG_TIME)
        return refuse(value, "a Date, DateTime or Time");
    return give_written(value, v, write_date, out);
}

/* ---- values with parts ---- */

islet_status islet_value_quantity(islet_value value, islet_text *number, islet_text *unit) {
    Value v = within(value);
    if (number == NULL || unit == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_QUANTITY) return refuse(value, "a Quantity");
    islet_text digits;
    islet_status status = give_written(value, v.quantity->value, write_number, &digits);
    if (status == ISLET_OK) status = give_text(value, v.quantity->unit, unit);
    if (status == ISLET_OK) *number = digits;
    return status;
}

islet_status islet_value_ratio(islet_value value, islet_value *numerator,
                               islet_value *denominator) {
    Value v = within(value);
    if (numerator == NULL || denominator == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_RATIO) return refuse(value, "a Ratio");
    *numerator = handle_value(value.evaluator_, v.ratio->numerator);
    *denominator = handle_value(value.evaluator_, v.ratio->denominator);
    return ISLET_OK;
}

islet_status islet_value_interval(islet_value value, islet_value *low, islet_value *high,
                                  bool *low_closed, bool *high_closed) {
    Value v = within(value);
    if (low == NULL || high == NULL || low_closed == NULL || high_closed == NULL)
        return ISLET_MISUSE;
    if (v.tag != TAG_INTERVAL && v.tag != TAG_UNCERTAINTY) return refuse(value, "an Interval");
    Interval interval = { .low_closed = true, .high_closed = true };
    if (v.tag == TAG_INTERVAL) {
        interval = *v.interval;
    } else {
        interval.low = v.uncertainty->low;
        interval.high = v.uncertainty->high;
    }
    *low = handle_value(value.evaluator_, interval.low);
    *high = handle_value(value.evaluator_, interval.high);
    *low_closed = interval.low_closed;
    *high_closed = interval.high_closed;
    return ISLET_OK;
}

/* A reference to a value set or code system is shown as a code. */
static Code code_of(Value v) {
    if (v.tag == TAG_CODE) return *v.code;
    return (Code){ .code = v.reference->id, .version = v.reference->version,
                   .display = v.reference->name };
}

islet_status islet_value_code(islet_value value, islet_code *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_CODE && v.tag != TAG_VALUESET && v.tag != TAG_CODESYSTEM)
        return refuse(value, "a Code");
    Code code = code_of(v);
    islet_code made;
    islet_status status = give_text(value, code.code, &made.code);
    if (status == ISLET_OK) status = give_text(value, code.system, &made.system);
    if (status == ISLET_OK) status = give_text(value, code.version, &made.version);
    if (status == ISLET_OK) status = give_text(value, code.display, &made.display);
    if (status == ISLET_OK) *out = made;
    return status;
}

/* ---- items and elements ---- */

/* The number of items; false: it has none. */
static bool count_of(Value v, size_t *count) {
    switch (v.tag) {
        case TAG_LIST: return *count = v.list->count, true;
        case TAG_CONCEPT: return *count = v.concept->count, true;
        case TAG_TUPLE: return *count = v.tuple->shape->count, true;
        default: return false;
    }
}

static Value item_of(Value v, size_t index) {
    switch (v.tag) {
        case TAG_LIST: return v.list->items[index];
        case TAG_CONCEPT: return (Value){ .tag = TAG_CODE, .code = &v.concept->codes[index] };
        default: return v.tuple->items[index];
    }
}

islet_status islet_value_count(islet_value value, size_t *out) {
    size_t count;
    if (out == NULL) return ISLET_MISUSE;
    if (!count_of(within(value), &count)) return refuse(value, "a List, Concept or Tuple");
    *out = count;
    return ISLET_OK;
}

islet_status islet_value_item(islet_value value, size_t index, islet_value *out) {
    Value v = within(value);
    size_t count;
    if (out == NULL) return ISLET_MISUSE;
    if (!count_of(v, &count)) return refuse(value, "a List, Concept or Tuple");
    if (index >= count) return refuse_number(value, "item", index);
    *out = handle_value(value.evaluator_, item_of(v, index));
    return ISLET_OK;
}

islet_status islet_value_element_name(islet_value value, size_t index, islet_text *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_TUPLE) return refuse(value, "a Tuple");
    if (index >= v.tuple->shape->count) return refuse_number(value, "element", index);
    return give_text(value, v.tuple->shape->names[index], out);
}

static islet_status refuse_element(islet_value value, const char *name) {
    return last_error_say(&value.evaluator_->last, ISLET_NOT_FOUND, "unknown-element", "",
                          "there is no element %s", name);
}

static islet_status tuple_element(islet_value value, Value v, const char *name, islet_value *out) {
    const TupleShape *shape = v.tuple->shape;
    for (uint32_t i = 0; i < shape->count; i++) {
        if (!str_is(shape->names[i], name)) continue;
        *out = handle_value(value.evaluator_, v.tuple->items[i]);
        return ISLET_OK;
    }
    return refuse_element(value, name);
}

static islet_status get_guarded(islet_evaluator *e, Value instance, uint32_t property,
                                islet_value *out) {
    Value element;
    if (setjmp(*arena_guard(e->arena))) return fail_for_memory(e);
    bool sound = fhir_r4.get(&e->eval, instance, property, &element);
    arena_unguard(e->arena);
    if (sound) *out = handle_value(e, element);
    return sound ? ISLET_OK : ISLET_FAILED;
}

static islet_status instance_element(islet_value value, Value v, const char *name,
                                     islet_value *out) {
    islet_evaluator *e = value.evaluator_;
    ModelProperty property;
    if (!fhir_r4.find_property((ModelType)v.aux, str_from(name), &property))
        return refuse_element(value, name);
    e->eval.error_code = NULL;
    e->eval.error_message = e->eval.error_hint = STR("");
    islet_status status = get_guarded(e, v, property.id, out);
    if (status != ISLET_FAILED) return status;
    Diagnostic error = { .severity = SEVERITY_ERROR, .code = e->eval.error_code,
                         .message = e->eval.error_message, .hint = e->eval.error_hint };
    return last_error_set(&e->last, ISLET_FAILED, &error, STR(""));
}

islet_status islet_value_element(islet_value value, const char *name, islet_value *out) {
    Value v = within(value);
    if (name == NULL || out == NULL) return ISLET_MISUSE;
    if (v.tag == TAG_TUPLE) return tuple_element(value, v, name, out);
    if (v.tag == TAG_NODE) return instance_element(value, v, name, out);
    return refuse(value, "a Tuple or an instance");
}

islet_status islet_value_class(islet_value value, islet_text *out) {
    Value v = within(value);
    if (out == NULL) return ISLET_MISUSE;
    if (v.tag != TAG_NODE) return refuse(value, "an instance");
    return give_text(value, str_from(fhir_r4.class_name((ModelType)v.aux)), out);
}

/* ---- any value ---- */

static void write_cql(Eval *eval, Value value, Buffer *out) {
    value_print(eval, value_unwrap(eval, value), out);
}

static void write_json(Eval *eval, Value value, Buffer *out) {
    JsonWriter writer = json_writer(out);
    value_write_plain(&writer, eval, value);
}

islet_status islet_value_cql(islet_value value, islet_text *out) {
    if (out == NULL) return ISLET_MISUSE;
    if (!is_current(value)) return refuse(value, "");
    return give_written(value, within(value), write_cql, out);
}

islet_status islet_value_json(islet_value value, islet_text *out) {
    if (out == NULL) return ISLET_MISUSE;
    if (!is_current(value)) return refuse(value, "");
    return give_written(value, within(value), write_json, out);
}
