/* value_form.c - see value_form.h.  Nesting is that of the program's types; a limit guards
 * against a type that nests without end. */
#include "reason/value_form.h"

#include "base/vec.h"
#include "value/compare.h"
#include "value/decimal.h"
#include "value/time.h"

enum { DEEPEST = 64 };

/* ---- simple values ---- */

static Str node_text(Eval *eval, Value value) {
    if (eval->nodes == NULL || eval->nodes->to_text == NULL) return (Str){ "", 0 };
    return eval->nodes->to_text(eval, value);
}

static Str code_text(const Code *code) { return code->code; }

static Str concept_text(const Concept *concept) {
    return concept->count != 0 ? concept->codes[0].code : concept->display;
}

/* "4", not "4.0". */
static Str decimal_text(Arena *arena, Value decimal) {
    Buffer text = buffer_new(arena);
    decimal_print(decimal, &text);
    Str s = buffer_str(&text);
    if (s.length > 2 && s.data[s.length - 1] == '0' && s.data[s.length - 2] == '.') s.length -= 2;
    return s;
}

/* "2026-01-12", without the T that marks a DateTime without hours. */
static Str time_text(Arena *arena, Value value) {
    Buffer text = buffer_new(arena);
    time_print(value, &text);
    Str s = buffer_str(&text);
    if (s.length != 0 && s.data[s.length - 1] == 'T') s.length--;
    return s;
}

/* The text of a value that has one in both forms; false: it has parts or is no text. */
static bool simple_text(Eval *eval, Value value, Str *out) {
    switch (value.tag) {
        case TAG_STRING: *out = value_str(value); return true;
        case TAG_DATE:
        case TAG_DATETIME:
        case TAG_TIME: *out = time_text(eval->arena, value); return true;
        case TAG_CODE: *out = code_text(value.code); return true;
        case TAG_CONCEPT: *out = concept_text(value.concept); return true;
        case TAG_VALUESET:
        case TAG_CODESYSTEM: *out = value.reference->id; return true;
        case TAG_NODE: *out = node_text(eval, value); return true;
        default: return false;
    }
}

/* ---- JSON ---- */

static void write_json(JsonWriter *w, Eval *eval, Value value, uint32_t depth);

static void write_member(JsonWriter *w, Eval *eval, const char *key, Value value,
                         uint32_t depth) {
    json_write_key(w, key);
    write_json(w, eval, value, depth);
}

static void write_pair(JsonWriter *w, Eval *eval, const char *first, Value a, const char *second,
                       Value b, uint32_t depth) {
    json_begin_object(w);
    write_member(w, eval, first, a, depth);
    write_member(w, eval, second, b, depth);
    json_end_object(w);
}

static void write_tuple(JsonWriter *w, Eval *eval, const Tuple *tuple, uint32_t depth) {
    json_begin_object(w);
    for (uint32_t i = 0; i < tuple->shape->count; i++) {
        json_write_key_str(w, tuple->shape->names[i]);
        write_json(w, eval, tuple->items[i], depth);
    }
    json_end_object(w);
}

static void write_list(JsonWriter *w, Eval *eval, const List *list, uint32_t depth) {
    json_begin_array(w);
    for (uint32_t i = 0; i < list->count; i++) write_json(w, eval, list->items[i], depth);
    json_end_array(w);
}

static void write_json(JsonWriter *w, Eval *eval, Value value, uint32_t depth) {
    Str text;
    if (++depth > DEEPEST) {
        json_write_null(w);
    } else if (simple_text(eval, value, &text)) {
        json_write_str(w, text);
    } else {
        switch (value.tag) {
            case TAG_BOOLEAN: json_write_boolean(w, value.boolean); break;
            case TAG_INTEGER:
            case TAG_LONG: json_write_integer(w, value.integer); break;
            case TAG_DECIMAL: json_write_number(w, decimal_text(eval->arena, value)); break;
            case TAG_QUANTITY:
                write_pair(w, eval, "value", value.quantity->value, "unit",
                           value_string(value.quantity->unit), depth);
                break;
            case TAG_RATIO:
                write_pair(w, eval, "numerator", value.ratio->numerator, "denominator",
                           value.ratio->denominator, depth);
                break;
            case TAG_INTERVAL:
                write_pair(w, eval, "low", value.interval->low, "high", value.interval->high,
                           depth);
                break;
            case TAG_LIST: write_list(w, eval, value.list, depth); break;
            case TAG_TUPLE: write_tuple(w, eval, value.tuple, depth); break;
            default: json_write_null(w); break;
        }
    }
}

void value_write_json(JsonWriter *w, Eval *eval, Value value) { write_json(w, eval, value, 0); }

/* ---- words ---- */

static void write_words(Eval *eval, Value value, Buffer *out, uint32_t depth);

/* The annotation from `at` on, "{mitoses}"; *end is past it. */
static Str annotation_at(Str unit, size_t at, size_t *end) {
    *end = at;
    while (*end < unit.length && unit.data[*end] != '}') (*end)++;
    Str inside = str_slice(unit, at + 1, *end);
    if (*end < unit.length) (*end)++;
    return inside;
}

static char plain_character(char c, bool *within) {
    if (c == '(' || c == ')') *within = c == '(';
    return *within && c == '.' ? ' ' : c == '_' ? ' ' : c;
}

/* What is counted is named by the fact: an annotation before a unit is left out. */
Str unit_in_words(Arena *arena, Str unit) {
    Buffer out = buffer_new(arena);
    bool within = false;
    for (size_t i = 0, end; i < unit.length; i = end) {
        end = i + 1;
        if (unit.data[i] == '{') {
            Str inside = annotation_at(unit, i, &end);
            if (i == 0 && end < unit.length) continue;
            for (size_t k = 0; k < inside.length; k++)
                buffer_add_char(&out, inside.data[k] == '_' ? ' ' : inside.data[k]);
            continue;
        }
        char c = plain_character(unit.data[i], &within);
        if (c == '/' && out.length == 0) buffer_add_text(&out, "per ");
        else if (c != '(' && c != ')') buffer_add_char(&out, c);
    }
    return buffer_str(&out);
}

static void write_quantity_words(Eval *eval, const Quantity *quantity, Buffer *out) {
    buffer_add(out, decimal_text(eval->arena, quantity->value));
    if (quantity->unit.length == 0 || str_is(quantity->unit, "1")) return;
    buffer_add_char(out, ' ');
    buffer_add(out, unit_in_words(eval->arena, quantity->unit));
}

static void write_interval_words(Eval *eval, const Interval *interval, Buffer *out,
                                 uint32_t depth) {
    bool low = !value_is_null(interval->low), high = !value_is_null(interval->high);
    if (low && high && value_is_true(value_equal(eval, interval->low, interval->high))) {
        write_words(eval, interval->low, out, depth);
        return;
    }
    if (low && !high) buffer_add_text(out, interval->low_closed ? "at least " : "over ");
    if (!low && high) buffer_add_text(out, interval->high_closed ? "at most " : "under ");
    if (low) write_words(eval, interval->low, out, depth);
    if (low && high) buffer_add_text(out, " to ");
    if (high) write_words(eval, interval->high, out, depth);
    if (!low && !high) buffer_add_text(out, "unknown");
}

static void write_tuple_words(Eval *eval, const Tuple *tuple, Buffer *out, uint32_t depth) {
    bool more = false;
    for (uint32_t i = 0; i < tuple->shape->count; i++) {
        if (value_is_null(tuple->items[i])) continue;
        buffer_format(out, "%s%.*s ", more ? ", " : "", STR_ARGS(tuple->shape->names[i]));
        write_words(eval, tuple->items[i], out, depth);
        more = true;
    }
}

static void write_words(Eval *eval, Value value, Buffer *out, uint32_t depth) {
    Str text;
    if (++depth > DEEPEST) return;
    if (value.tag == TAG_CODE && value.code->display.length != 0) {
        buffer_add(out, value.code->display);
    } else if (value.tag == TAG_CONCEPT && value.concept->display.length != 0) {
        buffer_add(out, value.concept->display);
    } else if (simple_text(eval, value, &text)) {
        buffer_add(out, text);
    } else {
        switch (value.tag) {
            case TAG_BOOLEAN: buffer_add_text(out, value.boolean ? "yes" : "no"); break;
            case TAG_INTEGER:
            case TAG_LONG: buffer_format(out, "%lld", (long long)value.integer); break;
            case TAG_DECIMAL: buffer_add(out, decimal_text(eval->arena, value)); break;
            case TAG_QUANTITY: write_quantity_words(eval, value.quantity, out); break;
            case TAG_INTERVAL: write_interval_words(eval, value.interval, out, depth); break;
            case TAG_TUPLE: write_tuple_words(eval, value.tuple, out, depth); break;
            case TAG_RATIO:
                write_words(eval, value.ratio->numerator, out, depth);
                buffer_add_text(out, " : ");
                write_words(eval, value.ratio->denominator, out, depth);
                break;
            case TAG_LIST:
                for (uint32_t i = 0; i < value.list->count; i++) {
                    bool parts = value.list->items[i].tag == TAG_TUPLE;
                    if (i != 0) buffer_add_text(out, parts ? "; " : ", ");
                    write_words(eval, value.list->items[i], out, depth);
                }
                if (value.list->count == 0) buffer_add_text(out, "none");
                break;
            default: buffer_add_text(out, "unknown"); break;
        }
    }
}

void value_write_words(Eval *eval, Value value, Buffer *out) { write_words(eval, value, out, 0); }

/* ---- strings ---- */

StrList value_strings(Eval *eval, Value value) {
    uint32_t count = value.tag == TAG_LIST ? value.list->count : 1;
    const Value *items = value.tag == TAG_LIST ? value.list->items : &value;
    Str *strings = arena_array(eval->arena, count, sizeof *strings);
    StrList list = { 0, strings };
    for (uint32_t i = 0; i < count; i++) {
        if (value_is_null(items[i])) continue;
        if (simple_text(eval, items[i], &strings[list.count])) {
            list.count++;
            continue;
        }
        Buffer words = buffer_new(eval->arena);
        value_write_words(eval, items[i], &words);
        strings[list.count++] = buffer_str(&words);
    }
    return list;
}

Value value_element(Value tuple, const char *name) {
    if (tuple.tag != TAG_TUPLE) return value_null();
    for (uint32_t i = 0; i < tuple.tuple->shape->count; i++)
        if (str_is(tuple.tuple->shape->names[i], name)) return tuple.tuple->items[i];
    return value_null();
}
