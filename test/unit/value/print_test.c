/* Values as CQL literals. */
#include "literal.h"

static void check(const char *text) { CHECK_STR(literal_text(literal(text)), text); }

static void prints_simple_values(void) {
    check("null");
    check("true");
    check("-2147483648");
    check("9223372036854775807L");
    check("1.5");
    check("'it\\'s \\\\'");
    check("@2012-01");
    check("@2012T");
    check("@2012-01-01T10:30:00.000+01:00");
    check("@T10:30");
    check("{1, {}, {null, 'a'}}");
    CHECK_STR(literal_text(value_string(STR("a\n\t\r\f\x01\x7f\u00e4"))),
              "'a\\n\\t\\r\\f\\u0001\\u007f\u00e4'");
    CHECK_STR(literal_text(literal("4.50'mg'")), "4.5 'mg'");
    CHECK_STR(literal_text(quantity_make(eval.arena, literal("3.0"), STR("days"), true)),
              "3.0 days");
}

static void prints_structures(void) {
    Interval interval = { value_integer(1), value_null(), true, false, TAG_INTEGER };
    static const Str names[] = { { "a", 1 }, { "b c", 3 } };
    static const TupleShape shape = { 2, names }, empty = { 0, names };
    Value items[] = { value_integer(1), value_null() };
    CHECK_STR(literal_text(value_interval(eval.arena, interval)), "Interval[1, null)");
    CHECK_STR(literal_text(value_tuple(eval.arena, &shape, items)), "Tuple { a: 1, \"b c\": null }");
    CHECK_STR(literal_text(value_tuple(eval.arena, &empty, items)), "Tuple { : }");
    Reference set = { .id = STR("http://x"), .version = STR("1") };
    CHECK_STR(literal_text((Value){ .tag = TAG_VALUESET, .reference = &set }),
              "ValueSet { id: 'http://x', version: '1' }");
    CHECK_STR(literal_text((Value){ .tag = TAG_CODESYSTEM, .reference = &set }),
              "CodeSystem { id: 'http://x', version: '1' }");
}

static void prints_for_people(void) {
    Buffer out = buffer_new(eval.arena);
    value_print_plain(&eval, literal("'it is'"), &out);
    buffer_add_char(&out, ';');
    value_print_plain(&eval, literal("@2012-01"), &out);
    buffer_add_char(&out, ';');
    value_print_plain(&eval, literal("{'a'}"), &out);
    CHECK_STR(buffer_str(&out), "it is;2012-01;{'a'}");
}

static void ends_at_a_depth(void) {
    Value value = value_integer(1);
    for (int i = 0; i < 100000; i++) value = value_list(eval.arena, &value, 1);
    CHECK(literal_text(value).length < 2000);
    CHECK(eval.depth == 0);
}

int main(void) {
    literal_begin();
    RUN(prints_simple_values);
    RUN(prints_structures);
    RUN(prints_for_people);
    RUN(ends_at_a_depth);
    return literal_end();
}
