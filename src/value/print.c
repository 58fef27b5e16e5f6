/* print.c - see print.h. */
#include "value/print.h"

#include "value/decimal.h"
#include "value/time.h"

enum { DEPTH_LIMIT = 600 };

static void add_escaped(char c, Buffer *out) {
    switch (c) {
    case '\'': buffer_add_text(out, "\\'"); break;
    case '\\': buffer_add_text(out, "\\\\"); break;
    case '\n': buffer_add_text(out, "\\n"); break;
    case '\r': buffer_add_text(out, "\\r"); break;
    case '\t': buffer_add_text(out, "\\t"); break;
    case '\f': buffer_add_text(out, "\\f"); break;
    default: buffer_format(out, "\\u%04x", (unsigned char)c);
    }
}

void value_print_quoted(Str text, Buffer *out) {
    size_t plain = 0;
    buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c != '\'' && c != '\\' && ((unsigned char)c >= ' ') && c != 0x7F) continue;
        buffer_add(out, str_slice(text, plain, i));
        add_escaped(c, out);
        plain = i + 1;
    }
    buffer_add(out, str_slice(text, plain, text.length));
    buffer_add_char(out, '\'');
}

static bool is_identifier(Str name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return name.length > 0;
}

static void print_name(Str name, Buffer *out) {
    if (is_identifier(name)) {
        buffer_add(out, name);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, name.data[i]);
    }
    buffer_add_char(out, '"');
}

/* A list of "name: 'text'" of which those without a text are left out. */
typedef struct Elements {
    Buffer *out;
    bool any;
} Elements;

static void begin_element(Elements *elements, const char *name) {
    buffer_format(elements->out, "%s%s: ", elements->any ? ", " : " ", name);
    elements->any = true;
}

static void print_element(Elements *elements, const char *name, Str text) {
    if (text.length == 0) return;
    begin_element(elements, name);
    value_print_quoted(text, elements->out);
}

static void print_code(const Code *code, Buffer *out) {
    Elements elements = { out, false };
    buffer_add_text(out, "Code {");
    print_element(&elements, "code", code->code);
    print_element(&elements, "system", code->system);
    print_element(&elements, "version", code->version);
    print_element(&elements, "display", code->display);
    buffer_add_text(out, " }");
}

static void print_concept(const Concept *concept, Buffer *out) {
    Elements elements = { out, false };
    buffer_add_text(out, "Concept {");
    begin_element(&elements, "codes");
    buffer_add_char(out, '{');
    for (uint32_t i = 0; i < concept->count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        print_code(&concept->codes[i], out);
    }
    buffer_add_char(out, '}');
    print_element(&elements, "display", concept->display);
    buffer_add_text(out, " }");
}

static void print_reference(const char *type, const Reference *reference, Buffer *out) {
    Elements elements = { out, false };
    buffer_format(out, "%s {", type);
    print_element(&elements, "id", reference->id);
    print_element(&elements, "version", reference->version);
    print_element(&elements, "name", reference->name);
    buffer_add_text(out, " }");
}

static void print_quantity(const Quantity *quantity, Buffer *out) {
    if (quantity->value.tag == TAG_DECIMAL) decimal_print(quantity->value, out);
    else buffer_add_text(out, "null");
    buffer_add_char(out, ' ');
    if (quantity->calendar) buffer_add(out, quantity->unit);
    else value_print_quoted(quantity->unit, out);
}

static void print_interval(Eval *eval, const Interval *interval, Buffer *out) {
    buffer_add_text(out, interval->low_closed ? "Interval[" : "Interval(");
    value_print(eval, interval->low, out);
    buffer_add_text(out, ", ");
    value_print(eval, interval->high, out);
    buffer_add_char(out, interval->high_closed ? ']' : ')');
}

static void print_list(Eval *eval, const List *list, Buffer *out) {
    buffer_add_char(out, '{');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        value_print(eval, list->items[i], out);
    }
    buffer_add_char(out, '}');
}

static void print_tuple(Eval *eval, const Tuple *tuple, Buffer *out) {
    buffer_add_text(out, tuple->shape->count == 0 ? "Tuple { :" : "Tuple {");
    for (uint32_t i = 0; i < tuple->shape->count; i++) {
        buffer_add_text(out, i > 0 ? ", " : " ");
        print_name(tuple->shape->names[i], out);
        buffer_add_text(out, ": ");
        value_print(eval, tuple->items[i], out);
    }
    buffer_add_text(out, " }");
}

static void print_node(Eval *eval, Value node, Buffer *out) {
    if (eval->nodes == NULL) buffer_add_text(out, "null");
    else buffer_add(out, eval->nodes->to_text(eval, node));
}

static void print_structure(Eval *eval, Value value, Buffer *out) {
    switch (value.tag) {
    case TAG_RATIO:
        value_print(eval, value.ratio->numerator, out);
        buffer_add_char(out, ':');
        value_print(eval, value.ratio->denominator, out);
        break;
    case TAG_CODE: print_code(value.code, out); break;
    case TAG_CONCEPT: print_concept(value.concept, out); break;
    case TAG_VALUESET: print_reference("ValueSet", value.reference, out); break;
    case TAG_CODESYSTEM: print_reference("CodeSystem", value.reference, out); break;
    case TAG_INTERVAL: print_interval(eval, value.interval, out); break;
    case TAG_LIST: print_list(eval, value.list, out); break;
    case TAG_TUPLE: print_tuple(eval, value.tuple, out); break;
    case TAG_UNCERTAINTY: {
        Interval reach = { value.uncertainty->low, value.uncertainty->high, true, true, 0 };
        print_interval(eval, &reach, out);
        break;
    }
    default: print_node(eval, value, out);
    }
}

void value_print(Eval *eval, Value value, Buffer *out) {
    switch (value.tag) {
    case TAG_NULL: buffer_add_text(out, "null"); return;
    case TAG_BOOLEAN: buffer_add_text(out, value.boolean ? "true" : "false"); return;
    case TAG_INTEGER: buffer_add_integer(out, value.integer); return;
    case TAG_LONG:
        buffer_add_integer(out, value.integer);
        buffer_add_char(out, 'L');
        return;
    case TAG_DECIMAL: decimal_print(value, out); return;
    case TAG_STRING: value_print_quoted(value_str(value), out); return;
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME:
        buffer_add_char(out, '@');
        time_print(value, out);
        return;
    case TAG_QUANTITY: print_quantity(value.quantity, out); return;
    default: break;
    }
    if (eval->depth >= DEPTH_LIMIT) {
        buffer_add_text(out, "...");
        return;
    }
    eval->depth++;
    print_structure(eval, value, out);
    eval->depth--;
}

void value_print_plain(Eval *eval, Value value, Buffer *out) {
    if (value.tag == TAG_STRING) buffer_add(out, value_str(value));
    else if (value.tag == TAG_DATE || value.tag == TAG_DATETIME || value.tag == TAG_TIME)
        time_print(value, out);
    else value_print(eval, value, out);
}
