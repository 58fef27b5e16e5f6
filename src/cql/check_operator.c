/* check_operator.c - operators: their overloads, those that stand for others, and what is
 * said when none fits. */
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

static void add_types(Check *c, Buffer *out, const Ast *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        const char *between = i == 0 ? "" : i + 1 == node->count ? " and " : ", ";
        buffer_format(out, "%s%s", between, check_type_text(c, node->child[i]->type));
    }
}

static Str forms_hint(Check *c, const Ast *node, const Signature *chain) {
    enum { MOST_FORMS = 6 };
    Buffer out = buffer_new(c->arena);
    uint32_t forms = 0;
    for (const Signature *s = chain; s != NULL; s = s->next) {
        if (s->count != node->count) continue;
        if (forms++ == MOST_FORMS) {
            buffer_add_text(&out, "; ...");
            break;
        }
        buffer_format(&out, "%s%s", forms == 1 ? "it takes " : "; ", s->overload->operands);
    }
    return buffer_str(&out);
}

/* A list where a single value was meant is the most frequent mistake. */
static Str mismatch_hint(Check *c, const Ast *node, const Signature *chain) {
    for (uint32_t i = 0; i < node->count; i++) {
        const Type *type = node->child[i]->type, *other = node->child[node->count - 1 - i]->type;
        if (type->kind == TYPE_LIST && node->count == 2 && other->kind == TYPE_SYSTEM &&
            conversion_plan(c, type->element, other).cost < COST_NONE)
            return STR("take one value of the list, with First, Last or singleton from, or ask "
                       "whether it exists");
    }
    return forms_hint(c, node, chain);
}

static const Type *fail_overload(Check *c, Ast *node, const Signature *chain) {
    Buffer message = buffer_new(c->arena);
    buffer_format(&message, "'%s' does not work on ", symbol_of(c, node->name));
    add_types(c, &message, node);
    if (node->precision != PRECISION_NONE) buffer_add_text(&message, " with a precision");
    return check_fail(c, node, "no-overload", buffer_str(&message), mismatch_hint(c, node, chain));
}

const Type *operator_resolve(Check *c, Ast **place) {
    Ast *node = *place;
    const Signature *chain = overloads_find(c->rules->overloads, node->name);
    Choice best = { 0 };
    node->type = NULL;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->child[i]->type->kind == TYPE_ERROR) return node->type = type_error(c->types);
    overload_try(c, node, chain, false, &best);
    if (best.signature == NULL) return fail_overload(c, node, chain);
    node->type = overload_take(c, node, &best);
    return node->type;
}

/* ---- operators that stand for others ---- */

/* a != b is not (a = b). */
static const Type *check_negated(Check *c, Ast **place, const char *name) {
    Ast *node = *place;
    node->name = str_from(name);
    if (operator_resolve(c, &node)->kind == TYPE_ERROR) return node->type;
    *place = node_unary(c, "Not", node->span, node);
    return operator_resolve(c, place);
}

/* Collapse and Expand without `per`. */
static void add_null(Check *c, Ast *node) {
    Ast **child = arena_array(c->arena, 2, sizeof *child);
    child[0] = node->child[0];
    child[1] = node_null(c, node->span);
    node->child = child;
    node->count = 2;
}

static bool takes(Check *c, const Ast *node) {
    const Signature *s = overloads_find(c->rules->overloads, node->name);
    while (s != NULL && s->count != node->count) s = s->next;
    return s != NULL;
}

const Type *check_operator(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    if (str_is(node->name, "NotEqual")) return check_negated(c, place, "Equal");
    if (str_is(node->name, "NotEquivalent")) return check_negated(c, place, "Equivalent");
    bool per = str_is(node->name, "Collapse") || str_is(node->name, "Expand");
    if (per && node->count == 1 && !takes(c, node)) add_null(c, node);
    if (str_is(node->name, "Flatten") && node->child[0]->type->kind == TYPE_LIST &&
        node->child[0]->type->element->kind == TYPE_SYSTEM) {
        *place = node->child[0];
        return (*place)->type;
    }
    return operator_resolve(c, place);
}

const Type *check_index(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    node->kind = AST_OPERATOR;
    node->name = STR("Indexer");
    return operator_resolve(c, place);
}

const Type *check_elapsed(Check *c, Ast **place) {
    Ast *node = *place;
    bool duration = node->kind == AST_DURATION_BETWEEN;
    if (!check_children(c, node)) return type_error(c->types);
    node->kind = AST_OPERATOR;
    node->name = str_from(duration ? "DurationBetween" : "DifferenceBetween");
    return operator_resolve(c, place);
}

const Type *check_extent(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = check_type_name(c, node->type_name);
    if (type->kind == TYPE_ERROR) return type;
    const Signature *s = overloads_find(c->rules->overloads, node->name);
    while (s != NULL && (s->count != 0 || s->result != type)) s = s->next;
    if (s == NULL)
        return check_fail(c, node, "type-mismatch",
                          str_format(c->arena, "%s has no least and greatest value",
                                     check_type_text(c, type)), STR(""));
    node->kind = AST_OPERATOR;
    node->overload = s->overload;
    return type;
}

/* ---- between ---- */

static Ast *both_bounds(Check *c, const Ast *node, Ast *first, Ast *second) {
    Ast *low = node_binary(c, node->properly ? "Greater" : "GreaterOrEqual", node->span, first,
                           node->child[1]);
    Ast *high = node_binary(c, node->properly ? "Less" : "LessOrEqual", node->span, second,
                            node->child[2]);
    return node_binary(c, "And", node->span, low, high);
}

/* x between a and b is x >= a and x <= b; of an interval it is included in. */
const Type *check_between(Check *c, Ast **place) {
    Ast *node = *place, *value = node->child[0];
    if (!check_children(c, node)) return type_error(c->types);
    value = node->child[0];
    if (value->type->kind == TYPE_INTERVAL) {
        Ast *interval = node_make(c, AST_INTERVAL, node->span, 2);
        interval->child[0] = node->child[1];
        interval->child[1] = node->child[2];
        interval->closed_low = interval->closed_high = true;
        *place = node_binary(c, node->properly ? "ProperIncludedIn" : "IncludedIn", node->span,
                             value, interval);
        return check_ast(c, place);
    }
    Shared shared = share(c, value);
    *place = both_bounds(c, node, share_use(c, &shared), share_use(c, &shared));
    check_ast(c, place);
    *place = share_end(&shared, *place);
    return (*place)->type;
}
