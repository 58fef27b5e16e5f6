/* parse_literal.c - literals: their values, and the text of strings and quoted names. */
#include "cql/parse_state.h"
#include "value/decimal.h"
#include "value/quantity.h"
#include "value/time.h"

/* ---- text ---- */

static bool hexadecimal(Str text, size_t at, uint32_t *out) {
    *out = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= text.length) return false;
        char c = text.data[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16) return false;
        *out = *out * 16 + digit;
    }
    return true;
}

static void add_character(Buffer *out, uint32_t c) {
    if (c < 0x80) {
        buffer_add_char(out, (char)c);
        return;
    }
    unsigned count = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3; /* bytes that follow the first */
    unsigned mark = count == 1 ? 0xC0 : count == 2 ? 0xE0 : 0xF0;
    buffer_add_char(out, (char)(mark | c >> (6 * count)));
    while (count-- > 0) buffer_add_char(out, (char)(0x80 | ((c >> (6 * count)) & 0x3F)));
}

/* The place of a byte of the token's text; strings may go over several lines. */
static Span span_within(const Parser *p, const Token *token, size_t at, uint32_t length) {
    Str text = token_text(&p->tokens, token);
    Span span = { token->span.line, token->span.column + (uint32_t)at,
                  token->span.offset + (uint32_t)at, length };
    for (size_t i = 0; i < at; i++) {
        if (text.data[i] != '\n') continue;
        span.line++;
        span.column = (uint32_t)(at - i);
    }
    return span;
}

/* A string or name whose escapes are being resolved. */
typedef struct Decoder {
    Parser *parser;
    const Token *token;
    Str text;
    Buffer out;
    bool told; /* of an escape that is none; one message a string is enough */
} Decoder;

static void complain_escape(Decoder *d, size_t at) {
    Token here = { .span = span_within(d->parser, d->token, at, 2) };
    parser_complain(d->parser, &here, "invalid-escape", STR("this is no character"),
                    STR("write \\u and four hexadecimal digits, as in \\u00B5; a character past "
                        "\\uFFFF as its two surrogates"));
}

static void warn_escape(Decoder *d, size_t at, char c) {
    bool printable = (unsigned char)c < 0x80 && c >= ' ';
    parser_warn(d->parser, span_within(d->parser, d->token, at, 2), "unknown-escape",
                STR("this is no escape of CQL; the backslash stands for itself"),
                printable ? str_format(d->parser->arena, "write \\\\%c", c) : STR("write \\\\"));
}

/* \uXXXX at `at`, or two of them that are one character: their length. */
static size_t decode_unicode(Decoder *d, size_t at) {
    Str text = d->text;
    uint32_t c = 0, low = 0;
    bool valid = hexadecimal(text, at + 2, &c);
    bool whole = valid && c >= 0xD800 && c < 0xDC00 && at + 7 < text.length &&
                 text.data[at + 6] == '\\' && text.data[at + 7] == 'u' &&
                 hexadecimal(text, at + 8, &low) && low >= 0xDC00 && low < 0xE000;
    if (whole) c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    if (valid && (whole || c < 0xD800 || c >= 0xE000)) add_character(&d->out, c);
    else if (!d->told) complain_escape(d, at), d->told = true;
    return whole ? 12 : valid ? 6 : 2;
}

/* The escape at `at`, a backslash with a character behind it: its length. */
static size_t decode_escape(Decoder *d, size_t at) {
    char c = d->text.data[at + 1];
    switch (c) {
        case 'n': buffer_add_char(&d->out, '\n'); return 2;
        case 'r': buffer_add_char(&d->out, '\r'); return 2;
        case 't': buffer_add_char(&d->out, '\t'); return 2;
        case 'f': buffer_add_char(&d->out, '\f'); return 2;
        case '\'': case '"': case '`': case '\\': case '/': buffer_add_char(&d->out, c); return 2;
        case 'u': return decode_unicode(d, at);
        default: break;
    }
    if (!d->told) warn_escape(d, at, c), d->told = true;
    buffer_add_char(&d->out, '\\');
    return 1;
}

Str text_decode(Parser *p, const Token *token) {
    Decoder d = { .parser = p, .token = token, .text = token_text(&p->tokens, token),
                  .out = buffer_new(p->arena) };
    size_t at = 1, plain = 1;
    if (!token->broken) d.text.length--; /* the closing mark */
    while (at < d.text.length) {
        if (d.text.data[at] != '\\' || at + 1 >= d.text.length) {
            at++;
            continue;
        }
        buffer_add(&d.out, str_slice(d.text, plain, at));
        at += decode_escape(&d, at);
        plain = at;
    }
    if (plain == 1) return str_slice(d.text, 1, d.text.length);
    buffer_add(&d.out, str_slice(d.text, plain, d.text.length));
    return buffer_str(&d.out);
}

/* ---- precisions ---- */

Precision precision_singular(TokenKind kind) {
    switch (kind) {
        case TOKEN_YEAR: return PRECISION_YEAR;
        case TOKEN_MONTH: return PRECISION_MONTH;
        case TOKEN_WEEK: return PRECISION_WEEK;
        case TOKEN_DAY: return PRECISION_DAY;
        case TOKEN_HOUR: return PRECISION_HOUR;
        case TOKEN_MINUTE: return PRECISION_MINUTE;
        case TOKEN_SECOND: return PRECISION_SECOND;
        case TOKEN_MILLISECOND: return PRECISION_MILLISECOND;
        default: return PRECISION_NONE;
    }
}

Precision precision_plural(TokenKind kind) {
    switch (kind) {
        case TOKEN_YEARS: return PRECISION_YEAR;
        case TOKEN_MONTHS: return PRECISION_MONTH;
        case TOKEN_WEEKS: return PRECISION_WEEK;
        case TOKEN_DAYS: return PRECISION_DAY;
        case TOKEN_HOURS: return PRECISION_HOUR;
        case TOKEN_MINUTES: return PRECISION_MINUTE;
        case TOKEN_SECONDS: return PRECISION_SECOND;
        case TOKEN_MILLISECONDS: return PRECISION_MILLISECOND;
        default: return PRECISION_NONE;
    }
}

const char *precision_word(Precision precision, bool plural) {
    static const char *const words[][2] = {
        [PRECISION_NONE] = { "", "" },
        [PRECISION_YEAR] = { "year", "years" },
        [PRECISION_MONTH] = { "month", "months" },
        [PRECISION_DAY] = { "day", "days" },
        [PRECISION_HOUR] = { "hour", "hours" },
        [PRECISION_MINUTE] = { "minute", "minutes" },
        [PRECISION_SECOND] = { "second", "seconds" },
        [PRECISION_MILLISECOND] = { "millisecond", "milliseconds" },
        [PRECISION_WEEK] = { "week", "weeks" },
    };
    return words[precision][plural];
}

/* ---- numbers ---- */

static void complain_range(Parser *p, const Token *token, const char *type, const char *hint) {
    parser_complain(p, token, "number-out-of-range",
                    str_format(p->arena, "this number is too large for %s", type), str_from(hint));
}

/* The digits as a number, at most `most`. */
static bool read_integer(Str digits, uint64_t most, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < digits.length; i++) {
        uint64_t digit = (uint64_t)(digits.data[i] - '0');
        if (*out > (most - digit) / 10) return false;
        *out = *out * 10 + digit;
    }
    return true;
}

static Value read_decimal(Parser *p, const Token *token) {
    Str text = token_text(&p->tokens, token);
    Value value = value_null();
    size_t point = 0;
    while (point < text.length && text.data[point] != '.') point++;
    size_t places = point < text.length ? text.length - point - 1 : 0;
    if (!decimal_from_text(p->arena, text, &value)) {
        complain_range(p, token, "a Decimal", "a Decimal has at most 28 digits before the point");
        return decimal_from_integer(p->arena, 0);
    }
    if (places > DECIMAL_PLACES)
        parser_complain(p, token, "number-out-of-range",
                        STR("this number has too many digits for a Decimal"),
                        STR("a Decimal has at most 8 digits after the point"));
    return value;
}

static bool has_point(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '.') return true;
    return false;
}

static Value read_number(Parser *p, const Token *token) {
    Str text = token_text(&p->tokens, token);
    uint64_t integer;
    if (has_point(text)) return read_decimal(p, token);
    if (!read_integer(text, INT32_MAX, &integer)) {
        complain_range(p, token, "an Integer",
                       "write it with L at its end for a Long, or with .0 for a Decimal");
        integer = 0;
    }
    return value_integer((int64_t)integer);
}

static Value read_long(Parser *p, const Token *token) {
    Str text = token_text(&p->tokens, token);
    uint64_t integer;
    if (!read_integer(str_slice(text, 0, text.length - 1), INT64_MAX, &integer)) {
        complain_range(p, token, "a Long", "write it with .0 for a Decimal");
        integer = 0;
    }
    return value_long((int64_t)integer);
}

/* 2147483648 and 9223372036854775808L are no numbers by themselves, but with `-` they are. */
static bool is_least(const Parser *p, const Token *token) {
    Str text = token_text(&p->tokens, token);
    if (token->kind == TOKEN_NUMBER) return str_is(text, "2147483648");
    return token->kind == TOKEN_LONG && str_is(text, "9223372036854775808L");
}

static bool unit_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    return kind == TOKEN_STRING || precision_singular(kind) || precision_plural(kind);
}

bool literal_negative_at(const Parser *p) {
    return parser_at(p, TOKEN_MINUS) && is_least(p, &p->tokens.items[p->at + 1]) &&
           !unit_at(p, p->at + 2);
}

Ast *literal_parse_negative(Parser *p) {
    Ast *node = node_new(p, AST_LITERAL, parser_advance(p));
    bool integer = parser_advance(p)->kind == TOKEN_NUMBER;
    node->value = integer ? value_integer(INT32_MIN) : value_long(INT64_MIN);
    return node_finish(p, node);
}

/* ---- quantities ---- */

Ast *quantity_of_precision(Parser *p, Precision precision, const Token *token) {
    Ast *node = node_new(p, AST_LITERAL, token);
    node->value = quantity_make(p->arena, decimal_from_integer(p->arena, 1),
                                str_from(precision_word(precision, false)), true);
    return node;
}

Ast *quantity_parse_literal(Parser *p) {
    if (!parser_at(p, TOKEN_NUMBER)) {
        parser_fail_expected(p, "expected-quantity", "a quantity",
                             STR("write a number and a unit, such as 3 days or 5 'mg'"));
        return node_error(p);
    }
    const Token *number = parser_advance(p);
    Ast *node = node_new(p, AST_LITERAL, number);
    Value value = read_decimal(p, number);
    const Token *unit = parser_token(p);
    bool named = unit_at(p, p->at);
    if (named) parser_advance(p);
    Str text = !named ? (Str){ "", 0 }
               : unit->kind == TOKEN_STRING ? text_decode(p, unit)
                                            : token_text(&p->tokens, unit);
    node->value = quantity_make(p->arena, value, text, named && unit->kind != TOKEN_STRING);
    return node_finish(p, node);
}

/* 1:128, 5 'mg':10 'mL' - the colon is the next token. */
static Ast *parse_ratio(Parser *p, Ast *numerator) {
    Ast *node = node_around(p, AST_RATIO, numerator);
    parser_advance(p);
    node_add(p, node, quantity_parse_literal(p));
    return node_finish(p, node);
}

static Ast *parse_number(Parser *p) {
    uint32_t next = p->at + (unit_at(p, p->at + 1) ? 2 : 1);
    bool ratio = !p->leave_colon && parser_kind_at(p, next) == TOKEN_COLON &&
                 parser_kind_at(p, next + 1) == TOKEN_NUMBER;
    if (ratio) return parse_ratio(p, quantity_parse_literal(p));
    if (next == p->at + 2) return quantity_parse_literal(p);
    Ast *node = node_new(p, AST_LITERAL, parser_token(p));
    node->value = read_number(p, parser_advance(p));
    return node_finish(p, node);
}

/* ---- dates ---- */

static bool has_offset(Str text) {
    for (size_t i = text.length; i > 0 && text.data[i - 1] != 'T'; i--) {
        char c = text.data[i - 1];
        if (c == 'Z' || c == '+' || c == '-') return true;
    }
    return false;
}

static bool read_moment(Parser *p, const Token *token, Ast *node) {
    Str text = token_text(&p->tokens, token);
    text = str_slice(text, 1, text.length); /* without '@' */
    if (token->kind == TOKEN_DATE) return time_parse_date(text, &node->value);
    if (token->kind == TOKEN_TIME) return time_parse_time(text, &node->value);
    if (!has_offset(text)) node->text = STR("local");
    return time_parse_datetime(text, 0, &node->value);
}

static Ast *parse_moment(Parser *p) {
    const Token *token = parser_advance(p);
    Ast *node = node_new(p, AST_LITERAL, token);
    if (token->broken) return node_error(p);
    if (read_moment(p, token, node)) return node;
    parser_complain(p, token, "invalid-date",
                    str_format(p->arena, "there is no %s",
                               token->kind == TOKEN_TIME ? "such time" : "such date"),
                    STR("years are 0001 to 9999, months 01 to 12, days as the month has, "
                        "hours 00 to 23, offsets -14:00 to +14:00"));
    return node_error(p);
}

/* ---- all ---- */

static Ast *parse_word(Parser *p, Value value) {
    Ast *node = node_new(p, value_is_null(value) ? AST_NULL : AST_LITERAL, parser_advance(p));
    node->value = value;
    return node;
}

static Ast *parse_text(Parser *p) {
    Ast *node = node_new(p, AST_LITERAL, parser_token(p));
    node->value = value_string(text_decode(p, parser_advance(p)));
    return node;
}

static Ast *parse_long(Parser *p) {
    Ast *node = node_new(p, AST_LITERAL, parser_token(p));
    node->value = read_long(p, parser_advance(p));
    return node;
}

Ast *literal_parse(Parser *p) {
    switch (parser_kind(p, 0)) {
        case TOKEN_NULL: return parse_word(p, value_null());
        case TOKEN_TRUE: return parse_word(p, value_boolean(true));
        case TOKEN_FALSE: return parse_word(p, value_boolean(false));
        case TOKEN_STRING: return parse_text(p);
        case TOKEN_NUMBER: return parse_number(p);
        case TOKEN_LONG: return parse_long(p);
        default: return parse_moment(p);
    }
}
