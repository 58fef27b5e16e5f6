/* parse_timing.c - timing phrases: "starts 3 days or more after start of", "same day or
 * before", "properly included in day of", "meets before". */
#include "cql/parse_state.h"

/* A quantity with what makes it the offset of before or after, from `index` on. */
static bool offset_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    if (kind == TOKEN_LESS_THAN || kind == TOKEN_MORE_THAN) return true;
    if (kind != TOKEN_NUMBER) return false;
    kind = parser_kind_at(p, ++index);
    if (kind == TOKEN_STRING || precision_singular(kind) || precision_plural(kind))
        kind = parser_kind_at(p, ++index);
    return kind == TOKEN_OR_LESS || kind == TOKEN_OR_MORE || kind == TOKEN_BEFORE ||
           kind == TOKEN_AFTER || kind == TOKEN_ON_OR;
}

/* What may follow starts, ends, occurs. */
static bool phrase_at(const Parser *p, uint32_t index) {
    TokenKind next = parser_kind_at(p, index + 1);
    switch (parser_kind_at(p, index)) {
        case TOKEN_SAME: case TOKEN_DURING: case TOKEN_INCLUDED_IN: case TOKEN_BEFORE:
        case TOKEN_AFTER: case TOKEN_ON_OR: case TOKEN_WITHIN: return true;
        case TOKEN_PROPERLY:
            return next == TOKEN_DURING || next == TOKEN_INCLUDED_IN || next == TOKEN_WITHIN;
        default: return offset_at(p, index);
    }
}

bool timing_at(const Parser *p) {
    if (p->lost) return false;
    switch (parser_kind(p, 0)) {
        case TOKEN_INCLUDES: case TOKEN_MEETS: case TOKEN_OVERLAPS: case TOKEN_STARTS:
        case TOKEN_ENDS: case TOKEN_OCCURS: return true;
        case TOKEN_PROPERLY: return parser_kind(p, 1) != TOKEN_BETWEEN;
        default: return phrase_at(p, p->at);
    }
}

Precision precision_of_parse(Parser *p) {
    const Token *token = parser_token(p);
    Precision precision = precision_singular(token->kind), plural = precision_plural(token->kind);
    if (p->lost || (precision == PRECISION_NONE && plural == PRECISION_NONE)) return PRECISION_NONE;
    TokenKind next = parser_kind(p, 1);
    if (next == TOKEN_FROM || next == TOKEN_BETWEEN) return PRECISION_NONE; /* an operand */
    parser_advance(p);
    if (plural != PRECISION_NONE)
        parser_fail(p, token, "expected-precision",
                    str_format(p->arena, "a precision is written '%s'",
                               precision_word(plural, false)),
                    str_format(p->arena, "write %s of", precision_word(plural, false)));
    parser_expect(p, TOKEN_OF, "a precision is followed by 'of', as in day of");
    return precision;
}

/* `start` or `end` where it is not `start of`, nor a name. */
static void parse_right_edge(Parser *p, Timing *timing) {
    bool start = parser_at(p, TOKEN_START), end = parser_at(p, TOKEN_END_WORD);
    if ((!start && !end) || parser_kind(p, 1) == TOKEN_OF || !operand_starts(p, p->at + 1)) return;
    parser_advance(p);
    timing->right_edge = start ? EDGE_START : EDGE_END;
}

static void parse_relative(Parser *p, Timing *timing, TokenKind before, TokenKind after) {
    if (parser_accept(p, before)) timing->relative = RELATIVE_BEFORE;
    else if (parser_accept(p, after)) timing->relative = RELATIVE_AFTER;
}

/* same [precision] (as | or before | or after) [start | end] */
static void parse_same(Parser *p, Timing *timing) {
    timing->kind = TIMING_SAME;
    timing->precision = precision_singular(parser_kind(p, 0));
    if (timing->precision != PRECISION_NONE) parser_advance(p);
    parse_relative(p, timing, TOKEN_OR_BEFORE, TOKEN_OR_AFTER);
    if (timing->relative == RELATIVE_NONE)
        parser_expect(p, TOKEN_AS, "write same as, same day as, same day or before, "
                                   "same day or after");
    parse_right_edge(p, timing);
}

static void hold_quantity(Parser *p, Timing *timing) {
    timing->quantity_ast = quantity_parse_literal(p);
    timing->quantity = timing->quantity_ast->value;
}

/* [properly] within QUANTITY of [start | end] */
static void parse_within(Parser *p, Timing *timing) {
    timing->kind = TIMING_WITHIN;
    hold_quantity(p, timing);
    parser_expect(p, TOKEN_OF, "as in within 3 days of");
    parse_right_edge(p, timing);
}

static void parse_offset(Parser *p, Timing *timing) {
    if (parser_accept(p, TOKEN_LESS_THAN)) timing->offset = OFFSET_LESS_THAN;
    else if (parser_accept(p, TOKEN_MORE_THAN)) timing->offset = OFFSET_MORE_THAN;
    else timing->offset = OFFSET_EXACT;
    hold_quantity(p, timing);
    if (timing->offset != OFFSET_EXACT) return;
    if (parser_accept(p, TOKEN_OR_LESS)) timing->offset = OFFSET_OR_LESS;
    else if (parser_accept(p, TOKEN_OR_MORE)) timing->offset = OFFSET_OR_MORE;
}

/* [QUANTITY [or more | or less]] [on or] (before | after) [or on] [precision of] [start | end] */
static void parse_before(Parser *p, Timing *timing) {
    if (offset_at(p, p->at)) parse_offset(p, timing);
    timing->or_equal = parser_accept(p, TOKEN_ON_OR);
    timing->kind = TIMING_BEFORE;
    if (parser_accept(p, TOKEN_AFTER)) timing->kind = TIMING_AFTER;
    else if (!parser_accept(p, TOKEN_BEFORE))
        parser_fail_expected(p, "expected-token", "'before' or 'after'", (Str){ "", 0 });
    if (parser_accept(p, TOKEN_OR_ON)) timing->or_equal = true;
    timing->precision = precision_of_parse(p);
    parse_right_edge(p, timing);
}

/* What follows starts, ends, occurs or nothing. */
static void parse_phrase(Parser *p, Timing *timing) {
    timing->properly = parser_accept(p, TOKEN_PROPERLY);
    if (parser_accept(p, TOKEN_SAME)) parse_same(p, timing);
    else if (parser_accept(p, TOKEN_WITHIN)) parse_within(p, timing);
    else if (parser_accept(p, TOKEN_DURING) || parser_accept(p, TOKEN_INCLUDED_IN)) {
        timing->kind = TIMING_INCLUDED_IN;
        timing->precision = precision_of_parse(p);
    } else if (timing->left_edge == EDGE_NONE && parser_accept(p, TOKEN_INCLUDES)) {
        timing->kind = TIMING_INCLUDES;
        timing->precision = precision_of_parse(p);
        parse_right_edge(p, timing);
    } else if (timing->properly) {
        parser_fail_expected(p, "expected-token", "'includes', 'included in', 'during' or 'within'",
                             STR("properly includes does for contains, properly included in "
                                 "for in"));
    } else {
        parse_before(p, timing);
    }
}

static void parse_two_intervals(Parser *p, Timing *timing, int kind, bool relative) {
    timing->kind = kind == TIMING_MEETS      ? TIMING_MEETS
                   : kind == TIMING_OVERLAPS ? TIMING_OVERLAPS
                   : kind == TIMING_STARTS   ? TIMING_STARTS
                                             : TIMING_ENDS;
    parser_advance(p);
    if (relative) parse_relative(p, timing, TOKEN_BEFORE, TOKEN_AFTER);
    timing->precision = precision_of_parse(p);
}

static void parse_any(Parser *p, Timing *timing) {
    TokenKind kind = parser_kind(p, 0);
    bool edge = kind == TOKEN_STARTS || kind == TOKEN_ENDS;
    if (kind == TOKEN_MEETS) parse_two_intervals(p, timing, TIMING_MEETS, true);
    else if (kind == TOKEN_OVERLAPS) parse_two_intervals(p, timing, TIMING_OVERLAPS, true);
    else if (edge && !phrase_at(p, p->at + 1))
        parse_two_intervals(p, timing, kind == TOKEN_STARTS ? TIMING_STARTS : TIMING_ENDS, false);
    else {
        if (edge) timing->left_edge = kind == TOKEN_STARTS ? EDGE_START : EDGE_END;
        if (edge || kind == TOKEN_OCCURS) parser_advance(p);
        parse_phrase(p, timing);
    }
}

Ast *timing_parse(Parser *p, Ast *left, Ast *(*right)(Parser *p)) {
    Ast *node = node_around(p, AST_TIMING, left);
    node->timing = arena_alloc_zeroed(p->arena, sizeof *node->timing);
    parse_any(p, node->timing);
    node->precision = (uint8_t)node->timing->precision;
    node_add(p, node, right(p));
    return node_finish(p, node);
}
