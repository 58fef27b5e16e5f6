/* quantity_test.c - quantities: reading, comparing, arithmetic, conversion. */
#include "value/quantity.h"

#include "check.h"
#include "value/decimal.h"

static Arena *arena;
static Eval eval;

static Value quantity(const char *text) {
    Value value = value_null();
    CHECK(quantity_parse(arena, str_from(text), &value));
    return value;
}

static Str shown(Value value) {
    if (value_is_null(value)) return STR("null");
    Buffer out = buffer_new(arena);
    decimal_print(value.quantity->value, &out);
    buffer_format(&out, value.quantity->calendar ? " %.*s" : " '%.*s'",
                  STR_ARGS(value.quantity->unit));
    return buffer_str(&out);
}

static bool refused(const char *text) {
    Value value;
    return !quantity_parse(arena, str_from(text), &value);
}

static void quantities_are_read(void) {
    CHECK_STR(shown(quantity("4.5 'mg'")), "4.5 'mg'");
    CHECK_STR(shown(quantity("-0.1'mg'")), "-0.1 'mg'");
    CHECK_STR(shown(quantity("+5")), "5.0 '1'");
    CHECK_STR(shown(quantity("3 days")), "3.0 days");
    CHECK_STR(shown(quantity(" 1 year ")), "1.0 year");
    CHECK_STR(shown(quantity("5 '[in_i'H2O]'")), "5.0 '[in_i'H2O]'");
    CHECK(refused(""));
    CHECK(refused("mg"));
    CHECK(refused("5 mg"));
    CHECK(refused("444 'cm"));
    CHECK(refused("5 'nothing'"));
    CHECK(refused("5 ''"));
    CHECK(refused("5. 'mg'"));
    CHECK(refused("1.2.3 'mg'"));
    CHECK(refused("99999999999999999999999999999999 'mg'"));
}

enum { NONE = 9 };

static int64_t order(const char *a, const char *b) {
    Value result = quantity_compare(&eval, quantity(a), quantity(b));
    return value_is_null(result) ? NONE : result.integer;
}

static void units_are_converted_to_compare(void) {
    CHECK(order("1 'cm'", "0.01 'm'") == 0);
    CHECK(order("1 'm'", "1 'cm'") == 1);
    CHECK(order("1 'mg'", "2 'mg'") == -1);
    CHECK(order("1 'mg'", "1 'mL'") == NONE);
    CHECK(order("3.6 'cm2'", "3.5 'cm'") == NONE);
    CHECK(order("1", "100 '%'") == 0);
    CHECK(order("1 'mg'", "1") == NONE);
}

static void calendar_durations_stand_apart(void) {
    CHECK(order("1 week", "7 days") == 0);
    CHECK(order("1 week", "1 'wk'") == 0);
    CHECK(order("1 day", "24 'h'") == 0);
    CHECK(order("1 second", "1000 milliseconds") == 0);
    CHECK(order("1 year", "12 months") == 0);
    CHECK(order("2 years", "12 months") == 1);
    CHECK(order("1 year", "1 'a'") == NONE);
    CHECK(order("1 month", "1 'mo'") == NONE);
    CHECK(order("1 year", "365 days") == NONE);
    CHECK(order("1 year", "1 year") == 0);
    CHECK(order("1 year", "2 years") == -1);
}

static bool equivalent(const char *a, const char *b) {
    return value_is_true(quantity_equivalent(&eval, quantity(a), quantity(b)));
}

static void equivalence_is_looser(void) {
    CHECK(equivalent("1 year", "1 'a'"));
    CHECK(equivalent("1 months", "1 'mo'"));
    CHECK(equivalent("1 year", "12 months"));
    CHECK(equivalent("1 year", "365 days"));
    CHECK(equivalent("1 month", "30 days"));
    CHECK(equivalent("1 year", "366 days"));
    CHECK(!equivalent("1 year", "548 days"));
    CHECK(equivalent("1 'cm'", "0.01 'm'"));
    CHECK(equivalent("1.004 'g'", "1.0 'g'"));
    CHECK(!equivalent("1.6 'g'", "1.0 'g'"));
    CHECK(!equivalent("1 'ng'", "0 'kg'"));
    CHECK(!equivalent("1 'g'", "1 'm'"));
    Value null = value_null();
    CHECK(value_is_true(quantity_equivalent(&eval, null, null)));
    CHECK(value_is_false(quantity_equivalent(&eval, null, quantity("1"))));
}

static Str sum(const char *a, const char *b) {
    return shown(quantity_add(&eval, quantity(a), quantity(b)));
}

static void sums_are_in_the_finer_unit(void) {
    CHECK_STR(sum("1 'm'", "1 'cm'"), "101.0 'cm'");
    CHECK_STR(sum("1 'cm'", "1 'm'"), "101.0 'cm'");
    CHECK_STR(sum("-5.5 'mg'", "2 'mg'"), "-3.5 'mg'");
    CHECK_STR(sum("1 year", "1 month"), "13.0 month");
    CHECK_STR(sum("1 day", "12 hours"), "36.0 hours");
    CHECK_STR(sum("1 year", "1 day"), "null");
    CHECK_STR(sum("1 'cm'", "1 'cm2'"), "null");
    CHECK_STR(sum("1 'Cel'", "1 'Cel'"), "null");
    CHECK_STR(shown(quantity_subtract(&eval, quantity("1 'g'"), quantity("1 'mg'"))), "999.0 'mg'");
    CHECK_STR(shown(quantity_add(&eval, quantity("1 'g'"), value_null())), "null");
}

static Str product(const char *a, const char *b) {
    return shown(quantity_multiply(&eval, quantity(a), quantity(b)));
}

static Str quotient(const char *a, const char *b) {
    return shown(quantity_divide(&eval, quantity(a), quantity(b)));
}

static void products_have_the_units_product(void) {
    CHECK_STR(product("12 'cm'", "3 'cm'"), "36.0 'cm2'");
    CHECK_STR(product("3 'cm'", "12 'cm2'"), "36.0 'cm3'");
    CHECK_STR(product("3 days", "2"), "6.0 days");
    CHECK_STR(product("2", "3 'mg'"), "6.0 'mg'");
    CHECK_STR(quotient("12 'cm2'", "3 'cm'"), "4.0 'cm'");
    CHECK_STR(quotient("1 'g/cm3'", "1 'g/cm3'"), "1.0 '1'");
    CHECK_STR(quotient("10 'g'", "5"), "2.0 'g'");
    CHECK_STR(quotient("1 'm'", "2 'cm'"), "50.0 '1'");
    CHECK_STR(quotient("10 'mg'", "2 days"), "5.0 'mg/d'");
    CHECK_STR(quotient("10 'mg'", "0 'mg'"), "null");
    CHECK_STR(quotient("2 'Cel'", "1"), "null");
}

static Str converted(const char *from, const char *unit) {
    return shown(quantity_convert(&eval, quantity(from), str_from(unit)));
}

static void quantities_convert(void) {
    CHECK_STR(converted("5 'mg'", "g"), "0.005 'g'");
    CHECK_STR(converted("28 days", "wk"), "4.0 'wk'");
    CHECK_STR(converted("28 days", "weeks"), "4.0 weeks");
    CHECK_STR(converted("2 years", "months"), "24.0 months");
    CHECK_STR(converted("1 year", "days"), "365.0 days");
    CHECK_STR(converted("1 year", "d"), "null");
    CHECK_STR(converted("37 'Cel'", "[degF]"), "98.6 '[degF]'");
    CHECK_STR(converted("5 'mg'", "mL"), "null");
    CHECK_STR(converted("5 'mg'", "nothing"), "null");
}

int main(void) {
    arena = arena_new((size_t)1 << 24);
    eval = (Eval){ .arena = arena };
    RUN(quantities_are_read);
    RUN(units_are_converted_to_compare);
    RUN(calendar_durations_stand_apart);
    RUN(equivalence_is_looser);
    RUN(sums_are_in_the_finer_unit);
    RUN(products_have_the_units_product);
    RUN(quantities_convert);
    arena_free(arena);
    return check_report();
}
