/* Equality, equivalence and order, of every kind of value. */
#include "value/compare.h"

#include "literal.h"

static Value code(const char *text, const char *system, const char *display) {
    return value_code(eval.arena, (Code){ str_from(text), str_from(system), STR(""),
                                          str_from(display) });
}

static Value concept(Value a, Value b) {
    Code codes[] = { *a.code, *b.code };
    return value_concept(eval.arena, (Concept){ STR(""), 2, codes });
}

static Value ratio(const char *numerator, const char *denominator) {
    Ratio parts = { literal(numerator), literal(denominator) };
    return (Value){ .tag = TAG_RATIO, .ratio = arena_copy(eval.arena, &parts, sizeof parts) };
}

static Value tuple(const char *a, const char *b) {
    static const Str names[] = { { "a", 1 }, { "b", 1 } };
    static const TupleShape shape = { 2, names };
    Value items[] = { literal(a), literal(b) };
    return value_tuple(eval.arena, &shape, items);
}

#define EQUAL(a, b, expected) CHECK_STR(literal_text(value_equal(&eval, (a), (b))), expected)
#define ALIKE(a, b, expected) CHECK_STR(literal_text(value_equivalent(&eval, (a), (b))), expected)

static void equals_simple_values(void) {
    CALL(equal_any, "1, 1", "true");
    CALL(equal_any, "1, 1.0", "true");
    CALL(equal_any, "1L, 2", "false");
    CALL(equal_any, "1, 'a'", "false");
    CALL(equal_any, "null, 1", "null");
    CALL(equal_any, "null, null", "null");
    CALL(equal_any, "true, false", "false");
    CALL(equal_string, "'a', 'A'", "false");
    CALL(equal_string, "'a', null", "null");
    CALL(equal_integer, "1, null", "null");
    CALL(equal_any, "@2012-01, @2012-01-01", "null");
    CALL(equal_any, "@2012, @2013-01-01", "false");
    CALL(equal_any, "@2012-01-01, @2012-01-01T", "true");
    CALL(equal_any, "@T10, @2012", "null");
}

static void equals_lists(void) {
    CALL(equal_any, "{1, 2}, {1, 2}", "true");
    CALL(equal_any, "{1, 2}, {2, 1}", "false");
    CALL(equal_any, "{1}, {1, 1}", "false");
    CALL(equal_any, "{null, 1}, {null, 1}", "true");
    CALL(equal_any, "{null, 1}, {2, 1}", "null");
    CALL(equal_any, "{null, 1}, {2, 2}", "false");
    CALL(equal_any, "{}, {}", "true");
    CALL(equal_any, "{{1}}, {{1}}", "true");
}

static void equals_structures(void) {
    EQUAL(tuple("1", "null"), tuple("1", "null"), "true");
    EQUAL(tuple("1", "'x'"), tuple("2", "null"), "false");
    EQUAL(tuple("1", "'x'"), tuple("1", "null"), "null");
    EQUAL(code("a", "s", "x"), code("a", "s", "x"), "true");
    EQUAL(code("a", "s", "x"), code("a", "s", "y"), "false");
    EQUAL(code("a", "s", "x"), code("a", "s", ""), "null");
    EQUAL(ratio("1'mg'", "2'mL'"), ratio("1'mg'", "2'mL'"), "true");
    EQUAL(ratio("1'mg'", "2'mL'"), ratio("2'mg'", "4'mL'"), "false");
    EQUAL(literal("1'cm'"), literal("0.01'm'"), "true");
}

static void finds_the_alike(void) {
    CALL(equivalent_any, "null, null", "true");
    CALL(equivalent_any, "null, 1", "false");
    CALL(equivalent_any, "1, 1.0", "true");
    CALL(equivalent_any, "1.24, 1.2", "true");
    CALL(equivalent_any, "1.26, 1.2", "false");
    CALL(equivalent_any, "1.25, 1.3", "true");
    CALL(equivalent_any, "1.001, 1.000", "true");
    CALL(equivalent_any, "'Abel Z', 'abel\tz'", "true");
    CALL(equivalent_any, "@2012-01, @2012-01-01", "false");
    CALL(equivalent_any, "{null, 'A'}, {null, 'a'}", "true");
    CALL(equivalent_any, "{1}, {1, 2}", "false");
    CALL(equivalent_any, "1, 'a'", "false");
    ALIKE(tuple("null", "'x'"), tuple("null", "'X'"), "true");
    ALIKE(ratio("1'mg'", "2'mL'"), ratio("2'mg'", "4'mL'"), "true");
    ALIKE(ratio("1'mg'", "2'mL'"), ratio("2'mg'", "5'mL'"), "false");
}

static void finds_codes_alike(void) {
    Value a = code("a", "s", "x"), b = code("b", "s", ""), other = code("a", "t", "");
    ALIKE(a, code("a", "s", "y"), "true");
    ALIKE(a, other, "false");
    ALIKE(concept(a, b), concept(b, other), "true");
    ALIKE(concept(a, b), other, "false");
    ALIKE(b, concept(a, b), "true");
}

static void orders(void) {
    CALL(less_integer, "1, 2", "true");
    CALL(less_integer, "2, 2", "false");
    CALL(less_or_equal_long, "2L, 2L", "true");
    CALL(greater_decimal, "2.5, 2.4", "true");
    CALL(greater_or_equal_decimal, "null, 2.4", "null");
    CALL(less_other, "'Jack', 'jack'", "true");
    CALL(greater_other, "'aa', 'a'", "true");
    CALL(less_other, "'z', '\u00e4'", "true");
    CALL(less_time, "@2012-01-01, @2012-01-02", "true");
    CALL(less_time, "@2012, @2012-01-02", "null");
    CALL(less_time, "@2011, @2012-01-02", "true");
    CALL(greater_or_equal_time, "@T10:30, @T10:30", "true");
    CALL(less_time, "@2012-01-01T10:00:00.000+02:00, @2012-01-01T09:00:00.000Z", "true");
    CALL(less_other, "1'cm', 1'm'", "true");
    CALL(less_other, "1'cm', 1'g'", "null");
    CHECK(value_is_null(value_compare(&eval, value_boolean(true), value_boolean(false))));
    CHECK(value_is_null(value_compare(&eval, literal("{1}"), literal("{2}"))));
}

static Value nested(int depth) {
    Value value = value_integer(1);
    for (int i = 0; i < depth; i++) value = value_list(eval.arena, &value, 1);
    return value;
}

static void limits_depth(void) {
    Value pair[] = { nested(100), nested(100) }, deep[] = { nested(100000), nested(100000) }, result;
    CHECK(equal_any(&eval, pair, &result) && value_is_true(result));
    CHECK(equivalent_any(&eval, pair, &result) && value_is_true(result));
    CHECK(!equal_any(&eval, deep, &result));
    eval.error_code = NULL;
    CHECK(!equivalent_any(&eval, deep, &result));
    eval.error_code = NULL;
    CHECK(eval.depth == 0);
}

int main(void) {
    literal_begin();
    RUN(equals_simple_values);
    RUN(equals_lists);
    RUN(equals_structures);
    RUN(finds_the_alike);
    RUN(finds_codes_alike);
    RUN(orders);
    RUN(limits_depth);
    return literal_end();
}
