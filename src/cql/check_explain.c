/* check_explain.c - what is said when an operator does not work on its operands. */
#include <string.h>

#include "cql/check_state.h"

/* How the source writes an operator. */
static const struct { const char *name, *symbol; } symbols[] = {
    { "Add", "+" },
    { "Subtract", "-" },
    { "Multiply", "*" },
    { "Divide", "/" },
    { "TruncatedDivide", "div" },
    { "Modulo", "mod" },
    { "Power", "^" },
    { "Concatenate", "&" },
    { "Equal", "=" },
    { "Equivalent", "~" },
    { "Less", "<" },
    { "LessOrEqual", "<=" },
    { "Greater", ">" },
    { "GreaterOrEqual", ">=" },
    { "And", "and" },
    { "Or", "or" },
    { "Xor", "xor" },
    { "Implies", "implies" },
    { "Not", "not" },
    { "Negate", "-" },
    { "In", "in" },
    { "Contains", "contains" },
    { "Union", "union" },
    { "Intersect", "intersect" },
    { "Except", "except" },
    { "Exists", "exists" },
    { "Start", "start of" },
    { "End", "end of" },
    { "Width", "width of" },
    { "PointFrom", "point from" },
    { "SingletonFrom", "singleton from" },
    { "Includes", "includes" },
    { "IncludedIn", "included in / during" },
    { "ProperIncludes", "properly includes" },
    { "ProperIncludedIn", "properly included in / properly during" },
    { "SameAs", "same as" },
    { "SameOrBefore", "on or before" },
    { "SameOrAfter", "on or after" },
    { "Before", "before" },
    { "After", "after" },
    { "Overlaps", "overlaps" },
    { "OverlapsBefore", "overlaps before" },
    { "OverlapsAfter", "overlaps after" },
    { "Meets", "meets" },
    { "MeetsBefore", "meets before" },
    { "MeetsAfter", "meets after" },
    { "Starts", "starts" },
    { "Ends", "ends" },
    { "DurationBetween", "duration between" },
    { "DifferenceBetween", "difference between" },
    { "DateFrom", "date from" },
    { "TimeFrom", "time from" },
    { "TimezoneOffsetFrom", "timezoneoffset from" },
    { "DateTimeComponentFrom", "... from" },
    { "Predecessor", "predecessor of" },
    { "Successor", "successor of" },
    { "Collapse", "collapse" },
    { "Expand", "expand" },
    { "Indexer", "[...]" },
};

static const char *symbol_of(Check *c, Str name) {
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (str_is(name, symbols[i].name)) return symbols[i].symbol;
    return str_to_c(c->arena, name);
}

/* ---- what it takes ---- */

static void add_operand(Check *c, Buffer *out, const Type *type) {
    if (type->kind == TYPE_VARIABLE) buffer_add_text(out, "a value");
    else if (type->kind == TYPE_LIST && type->element->kind == TYPE_VARIABLE)
        buffer_add_text(out, "a list");
    else if (type->kind == TYPE_INTERVAL && type->element->kind == TYPE_VARIABLE)
        buffer_add_text(out, "an interval");
    else
        buffer_add_text(out, check_type_text(c, type));
}

static void add_form(Check *c, Buffer *out, const Signature *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (i > 0) buffer_add_text(out, " and ");
        add_operand(c, out, s->operands[i]);
    }
}

/* Any two values that are of one type. */
static bool takes_two_alike(const Signature *s) {
    return s->count == 2 && s->operands[0]->kind == TYPE_VARIABLE &&
           s->operands[1] == s->operands[0];
}

static Str forms_hint(Check *c, const Ast *node, const Signature *chain) {
    enum { MOST_FORMS = 6 };
    Buffer out = buffer_new(c->arena);
    uint32_t forms = 0;
    for (const Signature *s = chain; s != NULL; s = s->next) {
        if (s->count != node->count) continue;
        if (takes_two_alike(s))
            return STR("both sides must be of one type, or one convert to that of the other");
        if (forms++ == MOST_FORMS) {
            buffer_add_text(&out, "; ...");
            break;
        }
        buffer_add_text(&out, forms == 1 ? "it takes " : "; ");
        add_form(c, &out, s);
    }
    return buffer_str(&out);
}

/* ---- frequent mistakes ---- */

/* A list where one value is meant. */
static bool is_list_for_value(Check *c, const Type *type, const Type *other) {
    return type->kind == TYPE_LIST && other->kind == TYPE_SYSTEM &&
           conversion_plan(c, type->element, other).cost < COST_NONE;
}

/* A code, or what converts to one, and a text. */
static bool is_code_and_text(Check *c, const Type *type, const Type *other) {
    const Type *system = conversion_system(c, type);
    return system->kind == TYPE_SYSTEM && (system->tag == TAG_CODE || system->tag == TAG_CONCEPT) &&
           other->kind == TYPE_SYSTEM && other->tag == TAG_STRING;
}

/* A text and something else that could be one. */
static bool is_text_and_value(const Type *type, const Type *other) {
    return type->kind == TYPE_SYSTEM && type->tag == TAG_STRING && other->kind == TYPE_SYSTEM &&
           other->tag != TAG_STRING && other->tag <= TAG_RATIO;
}

/* Two numbers, texts or quantities, of which only < and > say which is first. */
static bool is_order_of_values(const Ast *node) {
    const Type *left = node->child[0]->type, *right = node->child[1]->type;
    bool order = str_is(node->name, "Before") || str_is(node->name, "After");
    return order && left->kind == TYPE_SYSTEM && right == left;
}

static Str hint_for(Check *c, const Ast *node, const Signature *chain) {
    for (uint32_t i = 0; node->count == 2 && i < 2; i++) {
        const Type *type = node->child[i]->type, *other = node->child[1 - i]->type;
        if (is_list_for_value(c, type, other))
            return STR("take one value of the list, with First, Last or singleton from, or ask "
                       "whether it exists");
        if (is_text_and_value(type, other) &&
            (str_is(node->name, "Add") || str_is(node->name, "Concatenate")))
            return STR("make a text of the other with ToString");
        if (i == 0 && str_is(node->name, "In") && other->kind == TYPE_SYSTEM &&
            other->tag == TAG_STRING)
            return STR("name the value set, in double quotes");
        if (is_code_and_text(c, type, other))
            return STR("compare with a code, as in X ~ \"Name of the code\", or take the text "
                       "of X");
    }
    if (node->count == 2 && is_order_of_values(node))
        return STR("that is said of dates, times and intervals; compare such values with < or >");
    return forms_hint(c, node, chain);
}

const Type *operator_fail(Check *c, Ast *node, const Signature *chain) {
    Buffer message = buffer_new(c->arena);
    buffer_format(&message, "'%s' does not work on ", symbol_of(c, node->name));
    for (uint32_t i = 0; i < node->count; i++) {
        const char *between = i == 0 ? "" : i + 1 == node->count ? " and " : ", ";
        buffer_format(&message, "%s%s", between, check_type_text(c, node->child[i]->type));
    }
    if (node->precision != PRECISION_NONE) buffer_add_text(&message, " with a precision");
    return check_fail(c, node, "no-overload", buffer_str(&message), hint_for(c, node, chain));
}
