/* literal.h - values from CQL literals, and operators called with them, for tests.
 *
 *     CALL(add_integers, "1, 2", "3");
 *     FAILS(singleton_from, "{1, 2}");
 */
#ifndef ISLET_TEST_LITERAL_H
#define ISLET_TEST_LITERAL_H

#include <stdlib.h>

#include "base/vec.h"
#include "check.h"
#include "value/decimal.h"
#include "value/operators.h"
#include "value/print.h"
#include "value/quantity.h"
#include "value/time.h"

static Eval eval;

static inline void literal_begin(void) { eval = (Eval){ .arena = arena_new((size_t)64 << 20) }; }

static inline int literal_end(void) {
    arena_free(eval.arena);
    return check_report();
}

static inline Value literal_read(const char **at);

static inline void literal_space(const char **at) {
    while (**at == ' ' || **at == ',') ++*at;
}

static inline Value literal_list(const char **at) {
    VEC(Value) items = { 0 };
    ++*at;
    literal_space(at);
    while (**at != '}' && **at != '\0') {
        vec_push(eval.arena, &items, literal_read(at));
        literal_space(at);
    }
    if (**at == '}') ++*at;
    return value_list(eval.arena, items.items, (uint32_t)items.count);
}

static inline Value literal_string(const char **at) {
    Buffer text = buffer_new(eval.arena);
    for (++*at; **at != '\'' && **at != '\0'; ++*at) {
        if (**at == '\\' && (*at)[1] != '\0') ++*at;
        buffer_add_char(&text, **at);
    }
    if (**at == '\'') ++*at;
    return value_string(buffer_str(&text));
}

static inline Value literal_time(const char **at) {
    const char *start = ++*at;
    Value value = value_null();
    *at += strcspn(*at, " ,}");
    Str text = { start, (size_t)(*at - start) };
    bool read = *start == 'T'                          ? time_parse_time(text, &value)
                : memchr(start, 'T', text.length) != 0 ? time_parse_datetime(text, 0, &value)
                                                       : time_parse_date(text, &value);
    CHECK(read);
    return value;
}

static inline Value literal_number(const char **at) {
    const char *start = *at;
    Value decimal;
    *at += strcspn(*at, " ,}L'");
    Str text = { start, (size_t)(*at - start) };
    CHECK(decimal_from_text(eval.arena, text, &decimal));
    if (**at == 'L') return ++*at, value_long(strtoll(start, NULL, 10));
    if (**at == '\'')
        return quantity_make(eval.arena, decimal, value_str(literal_string(at)), false);
    return memchr(start, '.', text.length) != NULL ? decimal
                                                   : value_integer(strtoll(start, NULL, 10));
}

static inline bool literal_word(const char **at, const char *word) {
    if (strncmp(*at, word, strlen(word)) != 0) return false;
    *at += strlen(word);
    return true;
}

/* null, true, 1, 1L, 1.0, 'text', 1'mg', @2012, @2012T, @T10, {1, 2}. */
static inline Value literal_read(const char **at) {
    literal_space(at);
    if (**at == '{') return literal_list(at);
    if (**at == '\'') return literal_string(at);
    if (**at == '@') return literal_time(at);
    if (literal_word(at, "null")) return value_null();
    if (literal_word(at, "true")) return value_boolean(true);
    if (literal_word(at, "false")) return value_boolean(false);
    return literal_number(at);
}

static inline Value literal(const char *text) { return literal_read(&text); }

static inline bool literal_call(Operator function, const char *operands, Value *result) {
    VEC(Value) arguments = { 0 };
    vec_push(eval.arena, &arguments, value_null());
    arguments.count = 0;
    for (literal_space(&operands); *operands != '\0'; literal_space(&operands))
        vec_push(eval.arena, &arguments, literal_read(&operands));
    eval.error_code = NULL;
    return function(&eval, arguments.items, result);
}

static inline Str literal_text(Value value) {
    Buffer text = buffer_new(eval.arena);
    value_print(&eval, value, &text);
    return buffer_str(&text);
}

static inline void literal_check(const char *name, Operator function, const char *operands,
                                 const char *expected) {
    Value result = value_null();
    bool done = literal_call(function, operands, &result);
    Str text = done ? literal_text(result) : STR("error");
    bool right = text.length == strlen(expected) && memcmp(text.data, expected, text.length) == 0;
    if (right) check_passed++;
    else
        check_failed++, printf("%s: %s(%s): got %.*s, expected %s\n", check_running, name, operands,
                               STR_ARGS(text), expected);
}

#define CALL(function, operands, expected) literal_check(#function, function, operands, expected)
#define FAILS(function, operands) literal_check(#function, function, operands, "error")

#endif
