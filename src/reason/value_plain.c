/* value_plain.c - see value_plain.h.  Nesting beyond a limit, which no type of a program has, is
 * written as null. */
#include "reason/value_plain.h"

#include "fhir/model.h"
#include "value/decimal.h"
#include "value/time.h"

enum { DEEPEST = 128 };

/* ---- unwrapping ---- */

static Value unwrap(Eval *eval, Value value, uint32_t depth);

static const Value *unwrap_all(Eval *eval, const Value *items, uint32_t count, uint32_t depth) {
    Value *made = arena_array(eval->arena, count, sizeof *made);
    for (uint32_t i = 0; i < count; i++) made[i] = unwrap(eval, items[i], depth);
    return made;
}

static Value unwrap_node(Eval *eval, Value node) {
    Value inner;
    bool primitive = fhir_classes[node.aux].value_tag != TAG_NULL;
    const char *error = eval->error_code;
    if (!primitive) return node;
    if (fhir_primitive_value(eval, node, &inner)) return inner;
    eval->error_code = error;
    return node;
}

static Value unwrap(Eval *eval, Value value, uint32_t depth) {
    if (depth > DEEPEST) return value;
    if (value.tag == TAG_NODE) return unwrap_node(eval, value);
    if (value.tag == TAG_LIST) {
        const List *list = value.list;
        return value_list(eval->arena, unwrap_all(eval, list->items, list->count, depth + 1),
                          list->count);
    }
    if (value.tag != TAG_TUPLE) return value;
    const Tuple *tuple = value.tuple;
    return value_tuple(eval->arena, tuple->shape,
                       unwrap_all(eval, tuple->items, tuple->shape->count, depth + 1));
}

Value value_unwrap(Eval *eval, Value value) { return unwrap(eval, value, 0); }

/* ---- JSON ---- */

static void write(JsonWriter *w, Eval *eval, Value value, uint32_t depth);

static void write_member(JsonWriter *w, Eval *eval, const char *key, Value value, uint32_t depth) {
    json_write_key(w, key);
    write(w, eval, value, depth);
}

static void write_text_member(JsonWriter *w, const char *key, Str text) {
    if (text.length == 0) return;
    json_write_key(w, key);
    json_write_str(w, text);
}

static void write_code(JsonWriter *w, const Code *code) {
    json_begin_object(w);
    write_text_member(w, "code", code->code);
    write_text_member(w, "system", code->system);
    write_text_member(w, "version", code->version);
    write_text_member(w, "display", code->display);
    json_end_object(w);
}

static void write_concept(JsonWriter *w, const Concept *concept) {
    json_begin_object(w);
    json_write_key(w, "codes");
    json_begin_array(w);
    for (uint32_t i = 0; i < concept->count; i++) write_code(w, &concept->codes[i]);
    json_end_array(w);
    write_text_member(w, "display", concept->display);
    json_end_object(w);
}

static void write_interval(JsonWriter *w, Eval *eval, Value low, Value high, bool low_closed,
                           bool high_closed, uint32_t depth) {
    json_begin_object(w);
    write_member(w, eval, "low", low, depth);
    write_member(w, eval, "high", high, depth);
    write_member(w, eval, "lowClosed", value_boolean(low_closed), depth);
    write_member(w, eval, "highClosed", value_boolean(high_closed), depth);
    json_end_object(w);
}

static void write_tuple(JsonWriter *w, Eval *eval, const Tuple *tuple, uint32_t depth) {
    json_begin_object(w);
    for (uint32_t i = 0; i < tuple->shape->count; i++) {
        json_write_key_str(w, tuple->shape->names[i]);
        write(w, eval, tuple->items[i], depth);
    }
    json_end_object(w);
}

static void write_list(JsonWriter *w, Eval *eval, const List *list, uint32_t depth) {
    json_begin_array(w);
    for (uint32_t i = 0; i < list->count; i++) write(w, eval, list->items[i], depth);
    json_end_array(w);
}

/* "4", not "4.0". */
static void write_decimal(JsonWriter *w, Arena *arena, Value decimal) {
    Buffer text = buffer_new(arena);
    decimal_print(decimal, &text);
    Str s = buffer_str(&text);
    if (s.length > 2 && s.data[s.length - 1] == '0' && s.data[s.length - 2] == '.') s.length -= 2;
    json_write_number(w, s);
}

/* UTC is "+00:00", as offsets stand in records; a DateTime without hours has no "T". */
static void write_time(JsonWriter *w, Arena *arena, Value value) {
    Buffer text = buffer_new(arena);
    time_print(value, &text);
    Str s = buffer_str(&text);
    char last = s.data[s.length - 1];
    if (last == 'Z') s = str_format(arena, "%.*s+00:00", (int)s.length - 1, s.data);
    else if (last == 'T') s.length--;
    json_write_str(w, s);
}

static void write_node(JsonWriter *w, Eval *eval, Value node) {
    const Json *json = fhir_node_json(node);
    bool text = json != NULL && (json->kind == JSON_STRING || fhir_classes[node.aux].resource);
    Str written = eval->nodes->to_text(eval, node);
    if (text) json_write_str(w, written);
    else json_write_number(w, written); /* is JSON already */
}

static void write_parts(JsonWriter *w, Eval *eval, Value value, uint32_t depth) {
    switch (value.tag) {
        case TAG_QUANTITY:
            json_begin_object(w);
            write_member(w, eval, "value", value.quantity->value, depth);
            write_text_member(w, "unit", value.quantity->unit);
            json_end_object(w);
            break;
        case TAG_RATIO:
            json_begin_object(w);
            write_member(w, eval, "numerator", value.ratio->numerator, depth);
            write_member(w, eval, "denominator", value.ratio->denominator, depth);
            json_end_object(w);
            break;
        case TAG_VALUESET:
        case TAG_CODESYSTEM:
            json_begin_object(w);
            write_text_member(w, "id", value.reference->id);
            write_text_member(w, "version", value.reference->version);
            json_end_object(w);
            break;
        case TAG_INTERVAL:
            write_interval(w, eval, value.interval->low, value.interval->high,
                           value.interval->low_closed, value.interval->high_closed, depth);
            break;
        case TAG_UNCERTAINTY:
            write_interval(w, eval, value.uncertainty->low, value.uncertainty->high, true, true,
                           depth);
            break;
        default: json_write_null(w); break;
    }
}

static void write(JsonWriter *w, Eval *eval, Value value, uint32_t depth) {
    if (++depth > DEEPEST) {
        json_write_null(w);
        return;
    }
    switch (value.tag) {
        case TAG_BOOLEAN: json_write_boolean(w, value.boolean); break;
        case TAG_INTEGER:
        case TAG_LONG: json_write_integer(w, value.integer); break;
        case TAG_DECIMAL: write_decimal(w, eval->arena, value); break;
        case TAG_STRING: json_write_str(w, value_str(value)); break;
        case TAG_DATE:
        case TAG_DATETIME:
        case TAG_TIME: write_time(w, eval->arena, value); break;
        case TAG_CODE: write_code(w, value.code); break;
        case TAG_CONCEPT: write_concept(w, value.concept); break;
        case TAG_LIST: write_list(w, eval, value.list, depth); break;
        case TAG_TUPLE: write_tuple(w, eval, value.tuple, depth); break;
        case TAG_NODE: write_node(w, eval, value); break;
        default: write_parts(w, eval, value, depth); break;
    }
}

void value_write_plain(JsonWriter *w, Eval *eval, Value value) {
    write(w, eval, value_unwrap(eval, value), 0);
}
