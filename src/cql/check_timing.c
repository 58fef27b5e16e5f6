/* check_timing.c - interval phrases as operators, as the CQL reference translates them.
 *
 *   A starts 3 days or more before B   start of A same or before start of B - 3 days
 *   A starts less than 3 days before B start of A in (start of B - 3 days, start of B)
 *   A starts within 3 days of start B  start of A in [start of B - 3 days, start of B + 3 days]
 *
 * Where the interval may hold B itself, B must not be null: "and B is not null". */
#include "cql/check_state.h"
#include "value/time.h"

static Ast *checked(Check *c, Ast *node) {
    check_ast(c, &node);
    return node;
}

static bool is_interval(Check *c, const Type *type) {
    if (type->kind == TYPE_INTERVAL) return true;
    ImplicitConversions steps = conversion_implicit(c, type);
    return steps.count > 0 && steps.items[0].to->kind == TYPE_INTERVAL;
}

static Ast *edge_of(Check *c, Ast *operand, bool start) {
    return checked(c, node_unary(c, start ? "Start" : "End", operand->span, operand));
}

static void apply_edges(Check *c, Ast *node) {
    const Timing *timing = node->timing;
    if (timing->left_edge != EDGE_NONE)
        node->child[0] = edge_of(c, node->child[0], timing->left_edge == EDGE_START);
    if (timing->right_edge != EDGE_NONE)
        node->child[1] = edge_of(c, node->child[1], timing->right_edge == EDGE_START);
}

static const char *operator_of(const Timing *timing) {
    bool before = timing->relative == RELATIVE_BEFORE, after = timing->relative == RELATIVE_AFTER;
    switch (timing->kind) {
    case TIMING_SAME: return before ? "SameOrBefore" : after ? "SameOrAfter" : "SameAs";
    case TIMING_INCLUDES: return timing->properly ? "ProperIncludes" : "Includes";
    case TIMING_INCLUDED_IN: return timing->properly ? "ProperIncludedIn" : "IncludedIn";
    case TIMING_BEFORE: return timing->or_equal ? "SameOrBefore" : "Before";
    case TIMING_AFTER: return timing->or_equal ? "SameOrAfter" : "After";
    case TIMING_MEETS: return before ? "MeetsBefore" : after ? "MeetsAfter" : "Meets";
    case TIMING_OVERLAPS: return before ? "OverlapsBefore" : after ? "OverlapsAfter" : "Overlaps";
    case TIMING_STARTS: return "Starts";
    case TIMING_ENDS: return "Ends";
    case TIMING_WITHIN: break;
    }
    return "In";
}

static Ast *operate(Check *c, const char *name, Precision precision, const Ast *phrase, Ast *left,
                    Ast *right) {
    Ast *node = node_binary(c, name, phrase->span, left, right);
    node->precision = (uint8_t)precision;
    return checked(c, node);
}

/* ---- offsets ---- */

static Ast *quantity_of(Check *c, const Ast *phrase) {
    Ast *node = node_make(c, AST_LITERAL, phrase->span, 0);
    node->value = phrase->timing->quantity;
    node->type = type_system(c->types, TAG_QUANTITY);
    return node;
}

/* The offset's unit as a precision: 3 days is compared by day. */
static Precision unit_of(const Timing *timing) {
    if (timing->quantity.tag != TAG_QUANTITY) return PRECISION_NONE;
    const Quantity *quantity = timing->quantity.quantity;
    Precision unit = time_unit(quantity->unit, quantity->calendar);
    return unit == PRECISION_WEEK ? PRECISION_DAY : unit;
}

static Ast *shifted(Check *c, const Ast *phrase, Ast *point, bool back) {
    return checked(c, node_binary(c, back ? "Subtract" : "Add", phrase->span, point,
                                  quantity_of(c, phrase)));
}

static Ast *interval_of(Check *c, const Ast *phrase, Ast *low, bool low_closed, Ast *high,
                        bool high_closed) {
    Ast *node = node_make(c, AST_INTERVAL, phrase->span, 2);
    node->child[0] = low;
    node->child[1] = high;
    node->closed_low = low_closed;
    node->closed_high = high_closed;
    return checked(c, node);
}

/* `inside` and the point is not null. */
static Ast *and_known(Check *c, const Ast *phrase, Ast *inside, Ast *point) {
    Ast *null = node_unary(c, "IsNull", phrase->span, point);
    Ast *known = node_unary(c, "Not", phrase->span, null);
    return checked(c, node_binary(c, "And", phrase->span, inside, known));
}

/* left in the interval between the point and the point moved by the offset. */
static Ast *in_reach(Check *c, const Ast *phrase, Ast *left, Ast *right) {
    const Timing *timing = phrase->timing;
    bool back = timing->kind == TIMING_BEFORE, offset_closed = timing->offset == OFFSET_OR_LESS;
    Shared point = share(c, right);
    Ast *near = share_use(c, &point), *far = shifted(c, phrase, share_use(c, &point), back);
    Ast *interval = back ? interval_of(c, phrase, far, offset_closed, near, timing->or_equal)
                         : interval_of(c, phrase, near, timing->or_equal, far, offset_closed);
    Ast *inside = operate(c, "In", timing->precision, phrase, left, interval);
    if (offset_closed || timing->or_equal)
        inside = and_known(c, phrase, inside, share_use(c, &point));
    return share_end(&point, inside);
}

/* Of an interval before or after something, the nearer end counts. */
static void apply_nearer_ends(Check *c, Ast *node) {
    bool before = node->timing->kind == TIMING_BEFORE;
    if (is_interval(c, node->child[0]->type)) node->child[0] = edge_of(c, node->child[0], !before);
    if (is_interval(c, node->child[1]->type)) node->child[1] = edge_of(c, node->child[1], before);
}

static Ast *offset_phrase(Check *c, Ast *node) {
    const Timing *timing = node->timing;
    bool before = timing->kind == TIMING_BEFORE;
    Precision precision = timing->precision;
    const char *name = before ? "Before" : "After";
    apply_nearer_ends(c, node);
    Ast *left = node->child[0], *right = node->child[1];
    if (timing->offset == OFFSET_OR_LESS || timing->offset == OFFSET_LESS_THAN)
        return in_reach(c, node, left, right);
    if (timing->offset == OFFSET_EXACT) {
        name = "SameAs";
        if (precision == PRECISION_NONE) precision = unit_of(timing);
    } else if (timing->offset == OFFSET_OR_MORE || timing->or_equal) {
        name = before ? "SameOrBefore" : "SameOrAfter";
    }
    return operate(c, name, precision, node, left, shifted(c, node, right, before));
}

/* ---- within ---- */

static Ast *within_phrase(Check *c, Ast *node) {
    const Timing *timing = node->timing;
    bool closed = !timing->properly, interval = is_interval(c, node->child[1]->type);
    Shared right = share(c, node->child[1]);
    Ast *low = share_use(c, &right), *high = share_use(c, &right);
    if (interval) {
        low = edge_of(c, low, true);
        high = edge_of(c, high, false);
    }
    Ast *reach = interval_of(c, node, shifted(c, node, low, true), closed,
                             shifted(c, node, high, false), closed);
    const char *name = is_interval(c, node->child[0]->type) ? "IncludedIn" : "In";
    Ast *inside = operate(c, name, timing->precision, node, node->child[0], reach);
    if (closed && !interval) inside = and_known(c, node, inside, share_use(c, &right));
    return share_end(&right, inside);
}

const Type *check_timing(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    apply_edges(c, node);
    const Timing *timing = node->timing;
    if (timing->kind == TIMING_WITHIN) *place = within_phrase(c, node);
    else if (timing->offset != OFFSET_NONE) *place = offset_phrase(c, node);
    else
        *place = operate(c, operator_of(timing), timing->precision, node, node->child[0],
                         node->child[1]);
    return (*place)->type;
}
