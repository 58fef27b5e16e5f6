/* Decimals: exact to eight places, rounding halves away from zero, null past the range. */
#include "value/decimal.h"

#include "check.h"

static Arena *arena;

static Value decimal(const char *text) {
    Value value = value_null();
    if (!decimal_from_text(arena, str_from(text), &value)) return value_null();
    return value;
}

static Str text_of(Value value) {
    if (value_is_null(value)) return STR("null");
    Buffer out = buffer_new(arena);
    decimal_print(value, &out);
    return buffer_str(&out);
}

static void reads_and_prints(void) {
    static const char *const pairs[][2] = {
        { "0", "0.0" }, { "-0.0", "0.0" }, { "+1", "1.0" }, { "1.50", "1.5" },
        { "-0.05", "-0.05" }, { "0.00000001", "0.00000001" }, { "0.000000005", "0.00000001" },
        { "-0.000000005", "-0.00000001" }, { "0.0000000049", "0.0" }, { "007.10", "7.1" },
        { "99999999999999999999.99999999", "99999999999999999999.99999999" },
        { "-99999999999999999999.99999999", "-99999999999999999999.99999999" },
        { "9999999999999999999999999999.99999999", "9999999999999999999999999999.99999999" },
        { "0000000000000000000000000000000000000001", "1.0" },
        { "92233720368.54775808", "92233720368.54775808" },
        { "-92233720368.54775808", "-92233720368.54775808" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK_STR(text_of(decimal(pairs[i][0])), pairs[i][1]);
}

static void refuses_other_text(void) {
    static const char *const wrong[] = { "", "+", "-", ".", ".5", "5.", "1.2.3", "1e5", " 1", "1 ",
                                         "+-1", "0x1", "1L",
                                         "10000000000000000000000000000" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Value value;
        CHECK(!decimal_from_text(arena, str_from(wrong[i]), &value));
    }
}

typedef Value (*Binary)(Arena *, Value, Value);

static void check_binary(Binary operation, const char *a, const char *b, const char *expected) {
    CHECK_STR(text_of(operation(arena, decimal(a), decimal(b))), expected);
}

static void adds_and_subtracts(void) {
    check_binary(decimal_add, "0.1", "0.2", "0.3");
    check_binary(decimal_add, "92233720368.54775807", "0.00000001", "92233720368.54775808");
    check_binary(decimal_add, "9999999999999999999999999999", "1", "10000000000000000000000000000.0");
    check_binary(decimal_add, "9999999999999999999999999999", "2", "null");
    check_binary(decimal_subtract, "1", "0.99999999", "0.00000001");
    check_binary(decimal_subtract, "-92233720368.54775808", "0.00000001", "-92233720368.54775809");
    check_binary(decimal_subtract, "-9999999999999999999999999999", "2", "null");
}

static void multiplies(void) {
    check_binary(decimal_multiply, "1.5", "-2", "-3.0");
    check_binary(decimal_multiply, "0.00005", "0.0001", "0.00000001");
    check_binary(decimal_multiply, "-0.00005", "0.0001", "-0.00000001");
    check_binary(decimal_multiply, "0.00004999", "0.0001", "0.0");
    check_binary(decimal_multiply, "99999999999999.99999999", "99999999999999.99999999",
                 "9999999999999999999998000000.0");
    check_binary(decimal_multiply, "123456789012.12345678", "987654321.87654321",
                 "121932631232824263611.2031701");
    check_binary(decimal_multiply, "100000000000000", "100000000000001", "null");
    check_binary(decimal_multiply, "9999999999999999999999999999.99999999",
                 "9999999999999999999999999999.99999999", "null");
    check_binary(decimal_multiply, "9999999999999999999999999999.99999999", "1",
                 "9999999999999999999999999999.99999999");
}

static void divides(void) {
    check_binary(decimal_divide, "1", "3", "0.33333333");
    check_binary(decimal_divide, "2", "3", "0.66666667");
    check_binary(decimal_divide, "-2", "3", "-0.66666667");
    check_binary(decimal_divide, "1", "0", "null");
    check_binary(decimal_divide, "0.00000001", "2", "0.00000001");
    check_binary(decimal_divide, "9999999999999999999999999999", "0.1", "null");
    check_binary(decimal_divide, "9999999999999999999999999999", "9999999999999999999999999999", "1.0");
    check_binary(decimal_truncated_divide, "10.1", "-3.1", "-3.0");
    check_binary(decimal_truncated_divide, "1", "0", "null");
    check_binary(decimal_truncated_divide, "9999999999999999999999999999", "0.00000001", "null");
    check_binary(decimal_modulo, "10.5", "3", "1.5");
    check_binary(decimal_modulo, "-10.5", "3", "-1.5");
    check_binary(decimal_modulo, "1", "0", "null");
}

static void rounds(void) {
    CHECK_STR(text_of(decimal_round(arena, decimal("0.5"), 0)), "1.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("-0.5"), 0)), "-1.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("0.49999999"), 0)), "0.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("3.14159"), 3)), "3.142");
    CHECK_STR(text_of(decimal_round(arena, decimal("1550"), -2)), "1600.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("9"), -28)), "0.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("9"), INT64_MIN)), "0.0");
    CHECK_STR(text_of(decimal_round(arena, decimal("9.5"), INT64_MAX)), "9.5");
    CHECK_STR(text_of(decimal_truncate(arena, decimal("-1.99"))), "-1.0");
}

static void compares(void) {
    CHECK(decimal_compare(decimal("1.0"), decimal("1.00")) == 0);
    CHECK(decimal_compare(decimal("-1"), decimal("1")) < 0);
    CHECK(decimal_compare(decimal("92233720368.54775808"), decimal("92233720368.54775807")) > 0);
    CHECK(decimal_compare(decimal("-92233720369"), decimal("0")) < 0);
}

static void keeps_the_places_written(void) {
    CHECK(decimal("1.5800").aux == 4);
    CHECK(decimal_scale(decimal("1.5800")) == 2);
    CHECK(decimal_from_units(arena, 150000000, 0).aux == 1);
    CHECK(decimal_divide(arena, decimal("1"), decimal("4")).aux == 2);
    CHECK(value_is_null(decimal_from_units(arena, DECIMAL_MAXIMUM * 100000000 + 200000000, 0)));
}

int main(void) {
    arena = arena_new((size_t)1 << 20);
    RUN(reads_and_prints);
    RUN(refuses_other_text);
    RUN(adds_and_subtracts);
    RUN(multiplies);
    RUN(divides);
    RUN(rounds);
    RUN(compares);
    RUN(keeps_the_places_written);
    arena_free(arena);
    return check_report();
}
