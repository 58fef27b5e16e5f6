/* number_test.c - JSON numbers become exact Decimals and Integers. */
#include "fhir/number.h"

#include "check.h"

static Arena *arena;

static bool is_decimal(const char *text, NumberStatus status, int64_t units, uint32_t places) {
    Value value = value_null();
    if (number_to_decimal(arena, str_from(text), &value) != status) return false;
    return value.tag == TAG_DECIMAL && value.flags == 0 && value.decimal == units &&
           value.aux == places;
}

static void keeps_decimals_exact(void) {
    CHECK(is_decimal("0", NUMBER_EXACT, 0, 0));
    CHECK(is_decimal("-0.0", NUMBER_EXACT, 0, 1));
    CHECK(is_decimal("1", NUMBER_EXACT, 100000000, 0));
    CHECK(is_decimal("4.10", NUMBER_EXACT, 410000000, 2));
    CHECK(is_decimal("0.1", NUMBER_EXACT, 10000000, 1));
    CHECK(is_decimal("-0.05", NUMBER_EXACT, -5000000, 2));
    CHECK(is_decimal("0.00000001", NUMBER_EXACT, 1, 8));
    CHECK(is_decimal("120", NUMBER_EXACT, 12000000000, 0));
}

static void reads_exponents(void) {
    CHECK(is_decimal("1e2", NUMBER_EXACT, 10000000000, 0));
    CHECK(is_decimal("1.50E+1", NUMBER_EXACT, 1500000000, 1));
    CHECK(is_decimal("25e-1", NUMBER_EXACT, 250000000, 1));
    CHECK(is_decimal("0e99999999999999999999", NUMBER_EXACT, 0, 0));
    CHECK(is_decimal("0.000000000000000000001e21", NUMBER_EXACT, 100000000, 0));
}

static void rounds_past_eight_places_half_up(void) {
    CHECK(is_decimal("0.000000014", NUMBER_ROUNDED, 1, 8));
    CHECK(is_decimal("0.000000015", NUMBER_ROUNDED, 2, 8));
    CHECK(is_decimal("-0.000000015", NUMBER_ROUNDED, -2, 8));
    CHECK(is_decimal("0.000000005", NUMBER_ROUNDED, 1, 8));
    CHECK(is_decimal("0.0000000005", NUMBER_ROUNDED, 0, 8));
    CHECK(is_decimal("1e-400", NUMBER_ROUNDED, 0, 8));
    CHECK(is_decimal("2.999999995", NUMBER_ROUNDED, 300000000, 8));
    CHECK(is_decimal("1.000000000000", NUMBER_EXACT, 100000000, 8));
}

static void wide_decimals_have_twenty_digits(void) {
    Value value;
    CHECK(number_to_decimal(arena, STR("99999999999999999999.99999999"), &value) == NUMBER_EXACT);
    __int128 limit = 1;
    for (int i = 0; i < 28; i++) limit *= 10;
    CHECK(value.flags == 1 && *value.wide == limit - 1);
    CHECK(number_to_decimal(arena, STR("-99999999999999999999"), &value) == NUMBER_EXACT);
    CHECK(value.flags == 1 && *value.wide < 0);
    CHECK(number_to_decimal(arena, STR("100000000000000000000"), &value) == NUMBER_OUTSIDE);
    CHECK(number_to_decimal(arena, STR("99999999999999999999.999999995"), &value) ==
          NUMBER_OUTSIDE);
    CHECK(number_to_decimal(arena, STR("1e400"), &value) == NUMBER_OUTSIDE);
    CHECK(number_to_decimal(arena, STR("1e99999999999999999999"), &value) == NUMBER_OUTSIDE);
}

static void four_hundred_digits_are_outside(void) {
    char digits[400];
    Value value;
    memset(digits, '7', sizeof digits);
    CHECK(number_to_decimal(arena, (Str){ digits, 400 }, &value) == NUMBER_OUTSIDE);
    digits[1] = '.';
    CHECK(number_to_decimal(arena, (Str){ digits, 400 }, &value) == NUMBER_ROUNDED);
    CHECK(value.decimal == 777777778);
}

static void integers_have_32_bits_and_no_point(void) {
    Value value;
    CHECK(number_to_integer(STR("-2147483648"), &value) == NUMBER_EXACT);
    CHECK(value.tag == TAG_INTEGER && value.integer == INT32_MIN);
    CHECK(number_to_integer(STR("2147483647"), &value) == NUMBER_EXACT);
    CHECK(number_to_integer(STR("2147483648"), &value) == NUMBER_OUTSIDE);
    CHECK(number_to_integer(STR("1e10"), &value) == NUMBER_OUTSIDE);
    CHECK(number_to_integer(STR("1e2"), &value) == NUMBER_EXACT && value.integer == 100);
    CHECK(number_to_integer(STR("1.0"), &value) == NUMBER_NOT_WHOLE);
    CHECK(number_to_integer(STR("5e-1"), &value) == NUMBER_NOT_WHOLE);
}

int main(void) {
    arena = arena_new(1 << 20);
    RUN(keeps_decimals_exact);
    RUN(reads_exponents);
    RUN(rounds_past_eight_places_half_up);
    RUN(wide_decimals_have_twenty_digits);
    RUN(four_hundred_digits_are_outside);
    RUN(integers_have_32_bits_and_no_point);
    arena_free(arena);
    return check_report();
}
