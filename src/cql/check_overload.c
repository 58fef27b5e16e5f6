/* check_overload.c - which signature a call or operator means.
 *
 * The one whose operands cost the least to convert wins, the first of those that cost the
 * same.  A type variable is tried as each type that the operands offer for it and as each
 * that these convert to. */
#include <string.h>

#include "cql/check_state.h"
#include "value/time.h"

enum { MOST_OFFERS = 24 };

typedef struct Offers {
    uint32_t count;
    const Type *types[MOST_OFFERS];
} Offers;

static void offer(Offers *offers, const Type *type) {
    if (type->kind == TYPE_ANY || offers->count == MOST_OFFERS) return;
    for (uint32_t i = 0; i < offers->count; i++)
        if (offers->types[i] == type) return;
    offers->types[offers->count++] = type;
}

/* What `actual` offers for the variable in `pattern`. */
static void collect(Check *c, const Type *pattern, const Type *actual, Offers *offers) {
    if (pattern->kind == TYPE_VARIABLE) {
        offer(offers, actual);
        return;
    }
    if (pattern->kind != TYPE_LIST && pattern->kind != TYPE_INTERVAL) return;
    if (actual->kind == pattern->kind) {
        collect(c, pattern->element, actual->element, offers);
    } else if (actual->kind == TYPE_CHOICE) {
        for (uint32_t i = 0; i < actual->count; i++)
            collect(c, pattern, actual->parts[i], offers);
    } else {
        ImplicitConversions steps = conversion_implicit(c, actual);
        for (uint32_t i = 0; i < steps.count; i++)
            if (steps.items[i].to->kind == pattern->kind)
                collect(c, pattern->element, steps.items[i].to->element, offers);
    }
}

/* Adds what the offers so far convert to. */
static void widen(Check *c, Offers *offers) {
    uint32_t count = offers->count;
    for (uint32_t i = 0; i < count; i++) {
        const Type *type = offers->types[i];
        uint32_t parts = type->kind == TYPE_CHOICE ? type->count : 1;
        for (uint32_t k = 0; k < parts; k++) {
            const Type *part = type->kind == TYPE_CHOICE ? type->parts[k] : type;
            ImplicitConversions steps = conversion_implicit(c, part);
            if (type->kind == TYPE_CHOICE) offer(offers, part);
            for (uint32_t s = 0; s < steps.count; s++) offer(offers, steps.items[s].to);
        }
    }
}

static const Type *instantiate(Check *c, const Type *pattern, const Type *variable) {
    switch ((TypeKind)pattern->kind) {
    case TYPE_VARIABLE: return variable;
    case TYPE_LIST: return type_list(c->types, instantiate(c, pattern->element, variable));
    case TYPE_INTERVAL: return type_interval(c->types, instantiate(c, pattern->element, variable));
    default: return pattern;
    }
}

static bool has_interval(const Type *pattern) {
    while (pattern->kind == TYPE_LIST) pattern = pattern->element;
    return pattern->kind == TYPE_INTERVAL;
}

/* May the variable be of the type?  There are no intervals of lists, tuples or intervals. */
static bool may_bind(const Signature *s, const Type *variable) {
    bool structured = variable->kind == TYPE_LIST || variable->kind == TYPE_INTERVAL ||
                      variable->kind == TYPE_TUPLE;
    for (uint32_t i = 0; structured && i < s->count; i++)
        if (has_interval(s->operands[i])) return false;
    return true;
}

/* Twice the cost with the variable bound, so that a list or interval as a mere value loses
 * to one as itself at the same cost; COST_NONE when that is `limit` or more. */
static uint32_t cost_with(Check *c, const Ast *node, const Signature *s, const Type *variable,
                          uint32_t limit) {
    uint32_t cost = 0;
    for (uint32_t i = 0; i < s->count && cost < limit; i++) {
        const Type *wanted = s->operands[i];
        if (variable != NULL) wanted = instantiate(c, wanted, variable);
        cost += 2 * conversion_plan(c, node->child[i]->type, wanted).cost;
        if (s->operands[i]->kind == TYPE_VARIABLE &&
            (wanted->kind == TYPE_LIST || wanted->kind == TYPE_INTERVAL))
            cost++;
    }
    return cost < limit ? cost : COST_NONE;
}

static void keep(Check *c, const Signature *s, const Type *variable, uint32_t cost, Choice *best) {
    best->signature = s;
    best->cost = cost;
    best->result = s->result == NULL || variable == NULL ? s->result
                                                         : instantiate(c, s->result, variable);
    best->operands = arena_array(c->arena, s->count, sizeof *best->operands);
    for (uint32_t i = 0; i < s->count; i++)
        best->operands[i] = variable == NULL ? s->operands[i]
                                             : instantiate(c, s->operands[i], variable);
}

/* May operands of types that have nothing in common become a choice? */
static bool takes_choice(const Signature *s) {
    return s->overload != NULL &&
           (strcmp(s->overload->name, "Union") == 0 || strcmp(s->overload->name, "Coalesce") == 0);
}

static void try_generic(Check *c, const Ast *node, const Signature *s, Choice *best) {
    Offers offers = { 0 };
    for (uint32_t i = 0; i < s->count; i++)
        collect(c, s->operands[i], node->child[i]->type, &offers);
    const Type *choice = type_choice(c->types, offers.count, offers.types);
    if (offers.count == 0) offers.types[offers.count++] = type_any(c->types);
    widen(c, &offers);
    bool found = false;
    for (uint32_t i = 0; i < offers.count; i++) {
        if (!may_bind(s, offers.types[i])) continue;
        uint32_t cost = cost_with(c, node, s, offers.types[i], best->cost);
        if (cost >= COST_NONE) continue;
        keep(c, s, offers.types[i], cost, best);
        found = true;
    }
    if (found || !takes_choice(s)) return;
    uint32_t cost = cost_with(c, node, s, choice, best->cost);
    if (cost < COST_NONE) keep(c, s, choice, cost, best);
}

void overload_try(Check *c, const Ast *node, const Signature *chain, bool callable_only,
                  Choice *best) {
    if (best->signature == NULL) best->cost = COST_NONE;
    for (const Signature *s = chain; s != NULL; s = s->next) {
        if (s->count != node->count || (node->precision != PRECISION_NONE && !s->precision) ||
            (callable_only && s->overload != NULL && !s->overload->callable))
            continue;
        if (s->generic) {
            try_generic(c, node, s, best);
            continue;
        }
        uint32_t cost = cost_with(c, node, s, NULL, best->cost);
        if (cost < COST_NONE) keep(c, s, NULL, cost, best);
    }
}

/* ---- choices ---- */

static bool takes(Check *c, const Type *part, const Type *to) {
    Plan plan = conversion_plan(c, part, to);
    return plan.cost < COST_NONE && plan.second == NULL;
}

/* The alternative of operand `index` that `other` takes and `taken` does not. */
static const Type *left_out(Check *c, const Ast *node, uint32_t index, const Choice *taken,
                            const Choice *other) {
    const Type *choice = node->child[index]->type;
    for (uint32_t i = 0; choice->kind == TYPE_CHOICE && i < choice->count; i++)
        if (takes(c, choice->parts[i], other->operands[index]) &&
            !takes(c, choice->parts[i], taken->operands[index]))
            return choice->parts[i];
    return NULL;
}

static void warn_left_out(Check *c, const Ast *operand, const Type *taken, const Type *part) {
    check_warn(c, operand->span, "ambiguous-choice",
               str_format(c->arena, "this is read as %s: where it is %s, the result is null",
                          check_type_text(c, taken), check_type_text(c, part)),
               str_format(c->arena, "say which is meant, as in (... as %s)",
                          check_type_text(c, part)));
}

void overload_warn(Check *c, const Ast *node, const Signature *chain, const Choice *taken) {
    bool choice = false;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->child[i]->type->kind == TYPE_CHOICE) choice = true;
    for (const Signature *s = chain; choice && s != NULL; s = s->next) {
        Signature alone = *s;
        Choice other = { 0 };
        alone.next = NULL;
        if (s != taken->signature) overload_try(c, node, &alone, false, &other);
        for (uint32_t i = 0; other.signature != NULL && i < node->count; i++) {
            const Type *part = left_out(c, node, i, taken, &other);
            if (part == NULL) continue;
            warn_left_out(c, node->child[i], taken->operands[i], part);
            return;
        }
    }
}

/* The kind of date or time that the operand is, or holds; TAG_NULL: none. */
static Tag time_of(const Type *type) {
    while (type->kind == TYPE_INTERVAL || type->kind == TYPE_LIST) type = type->element;
    bool time = type->kind == TYPE_SYSTEM && (type->tag == TAG_DATE || type->tag == TAG_DATETIME ||
                                              type->tag == TAG_TIME);
    return time ? (Tag)type->tag : TAG_NULL;
}

/* Whether values of the type have what the phrase names is said before any is there. */
static void warn_precision(Check *c, const Ast *node) {
    static const char *const words[] = { "",     "year",   "month",  "day",        "hour",
                                         "minute", "second", "millisecond", "week" };
    Tag tag = time_of(node->child[0]->type);
    Precision precision = (Precision)node->precision;
    bool counted = str_is(node->name, "DurationBetween") || str_is(node->name, "DifferenceBetween");
    if (tag == TAG_NULL || precision == PRECISION_NONE) return;
    if (time_has(tag, precision) && (counted || precision != PRECISION_WEEK)) return;
    const char *parts = tag == TAG_DATE   ? "years, months and days"
                        : tag == TAG_TIME ? "hours, minutes, seconds and milliseconds"
                                          : "years, months, days and parts of a day";
    check_warn(c, node->span, "precision",
               str_format(c->arena, "a %s has no %s here", time_name(tag), words[precision]),
               str_format(c->arena, "it has %s; evaluated, this is an error", parts));
}

static void add_precision(Check *c, Ast *node) {
    Ast **child = arena_array(c->arena, node->count + 1, sizeof *child);
    if (node->count != 0) memcpy(child, node->child, node->count * sizeof *child);
    child[node->count++] = node_integer(c, node->span, node->precision);
    node->child = child;
}

const Type *overload_take(Check *c, Ast *node, const Choice *choice) {
    const Signature *s = choice->signature;
    if (s->definition != NULL && s->definition->external)
        return check_fail(c, node, "external-function",
                          str_format(c->arena,
                                     "\"%.*s\" is an external function: what it does is not said "
                                     "in CQL", STR_ARGS(s->definition->name)),
                          STR("write a function with a body and call that"));
    for (uint32_t i = 0; i < node->count; i++)
        conversion_apply(c, &node->child[i], choice->operands[i]);
    if (s->definition != NULL) {
        node->kind = AST_CALL;
        node->fluent = false;
        node->definition = s->definition;
        return check_definition(c, s->definition);
    }
    node->kind = AST_OPERATOR;
    node->name = str_from(s->overload->name);
    node->overload = s->overload;
    if (s->precision) {
        warn_precision(c, node);
        add_precision(c, node);
    }
    return choice->result;
}
