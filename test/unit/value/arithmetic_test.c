/* Arithmetic of Integer, Long and Decimal: overflow is null, halves round away from 0,
 * uncertainties reach as far as their bounds. */
#include "literal.h"

static void adds(void) {
    CALL(add_integers, "1, 2", "3");
    CALL(add_integers, "2147483647, 1", "null");
    CALL(add_integers, "-2147483648, -1", "null");
    CALL(add_integers, "null, 1", "null");
    CALL(add_longs, "9223372036854775807L, 1L", "null");
    CALL(add_longs, "9223372036854775806L, 1L", "9223372036854775807L");
    CALL(add_decimals, "0.1, 0.2", "0.3");
    CALL(subtract_integers, "-2147483648, 1", "null");
    CALL(subtract_longs, "1L, 2L", "-1L");
    CALL(subtract_decimals, "1.0, null", "null");
    CALL(multiply_integers, "65536, 32768", "null");
    CALL(multiply_integers, "65536, -32768", "-2147483648");
    CALL(multiply_longs, "4294967296L, 2147483648L", "null");
    CALL(multiply_decimals, "0.3, 0.3", "0.09");
}

static void divides(void) {
    CALL(divide_decimals, "1.0, 3.0", "0.33333333");
    CALL(divide_decimals, "1.0, 0.0", "null");
    CALL(truncated_divide_numbers, "-7, 2", "-3");
    CALL(truncated_divide_numbers, "7, 0", "null");
    CALL(truncated_divide_numbers, "-2147483648, -1", "null");
    CALL(truncated_divide_numbers, "-9223372036854775808L, -1L", "null");
    CALL(truncated_divide_numbers, "10.1, -3.1", "-3.0");
    CALL(modulo_numbers, "-7, 2", "-1");
    CALL(modulo_numbers, "7, 0", "null");
    CALL(modulo_numbers, "-9223372036854775808L, -1L", "0L");
    CALL(modulo_numbers, "3.5, 3.0", "0.5");
    CALL(modulo_numbers, "3.5, 0.0", "null");
}

static void negates(void) {
    CALL(negate_number, "1", "-1");
    CALL(negate_number, "-2147483648", "null");
    CALL(negate_number, "-9223372036854775808L", "null");
    CALL(negate_number, "0.0", "0.0");
    CALL(abs_number, "-2147483648", "null");
    CALL(abs_number, "-1.5", "1.5");
    CALL(abs_number, "null", "null");
}

static void rounds(void) {
    CALL(ceiling_decimal, "1.1", "2");
    CALL(ceiling_decimal, "-1.1", "-1");
    CALL(ceiling_decimal, "-0.1", "0");
    CALL(ceiling_decimal, "2147483647.1", "null");
    CALL(floor_decimal, "1.9", "1");
    CALL(floor_decimal, "-1.1", "-2");
    CALL(floor_decimal, "-2147483648.2", "null");
    CALL(floor_decimal, "-2147483648.0", "-2147483648");
    CALL(truncate_decimal, "-1.9", "-1");
    CALL(truncate_decimal, "1.9", "1");
    CALL(round_decimal, "0.5", "1.0");
    CALL(round_decimal, "-0.5", "-1.0");
    CALL(round_decimal, "null", "null");
    CALL(round_decimal_to, "3.14159, 3", "3.142");
    CALL(round_decimal_to, "3.5, null", "4.0");
    CALL(round_decimal_to, "1234.5, -2", "1200.0");
}

static void raises(void) {
    CALL(power_integers, "2, 3", "8");
    CALL(power_integers, "2, 31", "null");
    CALL(power_integers, "-2, 31", "-2147483648");
    CALL(power_integers, "0, 0", "1");
    CALL(power_integers, "1, 2147483647", "1");
    CALL(power_integers, "-1, 2147483647", "-1");
    CALL(power_integers, "10, -8", "0.00000001");
    CALL(power_integers, "0, -1", "null");
    CALL(power_longs, "2L, 62L", "4611686018427387904L");
    CALL(power_longs, "2L, 63L", "null");
    CALL(power_longs, "-2L, 63L", "-9223372036854775808L");
    CALL(power_decimals, "2.5, 2.0", "6.25");
    CALL(power_decimals, "4.0, 0.5", "2.0");
    CALL(power_decimals, "-4.0, 0.5", "null");
    CALL(power_decimals, "null, 0.5", "null");
}

static void takes_a_decimal_for_an_integer(void) {
    CALL(negate_number, "0.00000001", "-0.00000001");
    CALL(multiply_integers, "2, 0.5", "1.0");
    CALL(add_integers, "2, 0.5", "2.5");
}

static void analyses(void) {
    CALL(ln_decimal, "1.0", "0.0");
    FAILS(ln_decimal, "0.0");
    FAILS(ln_decimal, "-1.0");
    CALL(exp_decimal, "1.0", "2.71828183");
    FAILS(exp_decimal, "1000.0");
    CALL(exp_decimal, "-1000.0", "0.0");
    CALL(log_decimals, "16.0, 2.0", "4.0");
    CALL(log_decimals, "0.125, 2.0", "-3.0");
    CALL(log_decimals, "2.0, 1.0", "null");
    CALL(log_decimals, "0.0, 2.0", "null");
    CALL(log_decimals, "null, 2.0", "null");
}

static void steps(void) {
    CALL(successor_number, "1", "2");
    CALL(successor_number, "1L", "2L");
    CALL(successor_number, "1.0", "1.00000001");
    CALL(predecessor_number, "1.01", "1.00999999");
    CALL(predecessor_number, "null", "null");
    FAILS(successor_number, "2147483647");
    FAILS(successor_number, "9223372036854775807L");
    FAILS(successor_number, "99999999999999999999.99999999");
    FAILS(predecessor_number, "-2147483648");
    FAILS(predecessor_number, "-99999999999999999999.99999999");
}

static void knows_the_extremes(void) {
    CALL(minimum_integer, "", "-2147483648");
    CALL(maximum_integer, "", "2147483647");
    CALL(minimum_long, "", "-9223372036854775808L");
    CALL(maximum_long, "", "9223372036854775807L");
    CALL(minimum_decimal, "", "-99999999999999999999.99999999");
    CALL(maximum_decimal, "", "99999999999999999999.99999999");
}

static void knows_precision_and_boundaries(void) {
    CALL(precision_decimal, "1.58700", "5");
    CALL(precision_decimal, "null", "null");
    CALL(low_boundary_decimal_to, "1.587, 8", "1.587");
    CALL(high_boundary_decimal_to, "1.587, 8", "1.58799999");
    CALL(high_boundary_decimal_to, "1.587, 4", "1.5879");
    CALL(low_boundary_decimal_to, "1.587, 2", "1.58");
    CALL(high_boundary_decimal_to, "1.587, 2", "1.59");
    CALL(low_boundary_decimal_to, "-1.587, 8", "-1.58799999");
    CALL(high_boundary_decimal_to, "-1.587, 8", "-1.587");
    CALL(low_boundary_decimal_to, "-1.587, 2", "-1.59");
    CALL(high_boundary_decimal, "1.58888", "1.58888999");
    CALL(low_boundary_decimal, "1.58888", "1.58888");
    CALL(high_boundary_decimal_to, "1.5, 9", "null");
    CALL(high_boundary_decimal_to, "1.5, -1", "null");
    CALL(high_boundary_decimal_to, "null, 1", "null");
}

static Value between(int64_t low, int64_t high) {
    static Uncertainty bounds[8];
    static int next;
    Uncertainty *reach = &bounds[next++ % 8];
    *reach = (Uncertainty){ value_integer(low), value_integer(high) };
    return (Value){ .tag = TAG_UNCERTAINTY, .uncertainty = reach };
}

static void check_uncertain(Operator function, Value a, Value b, const char *expected) {
    Value pair[] = { a, b }, result = value_null();
    CHECK(function(&eval, pair, &result));
    CHECK_STR(literal_text(result), expected);
}

static void keeps_uncertainty(void) {
    Value three = value_integer(3);
    check_uncertain(add_integers, between(1, 5), three, "Interval[4, 8]");
    check_uncertain(subtract_integers, three, between(1, 5), "Interval[-2, 2]");
    check_uncertain(multiply_integers, between(-1, 5), between(-2, 3), "Interval[-10, 15]");
    check_uncertain(truncated_divide_numbers, between(10, 20), three, "Interval[3, 6]");
    check_uncertain(truncated_divide_numbers, between(10, 20), between(-1, 1), "null");
    check_uncertain(modulo_numbers, between(10, 20), three, "null");
    check_uncertain(multiply_integers, between(1, 5), value_integer(0), "0");
    check_uncertain(negate_number, between(1, 5), three, "Interval[-5, -1]");
    check_uncertain(abs_number, between(-3, 2), three, "Interval[0, 3]");
    check_uncertain(abs_number, between(-5, -2), three, "Interval[2, 5]");
    check_uncertain(add_integers, between(1, 5), value_null(), "null");
    check_uncertain(add_integers, between(1, INT32_MAX), three, "null");
}

static void compares_uncertainty(void) {
    Value three = value_integer(3);
    check_uncertain(less_integer, between(1, 2), three, "true");
    check_uncertain(less_integer, between(1, 3), three, "null");
    check_uncertain(less_integer, between(3, 5), three, "false");
    check_uncertain(less_or_equal_integer, between(1, 3), three, "true");
    check_uncertain(greater_integer, between(4, 5), three, "true");
    check_uncertain(greater_or_equal_integer, between(3, 5), three, "true");
    check_uncertain(greater_or_equal_integer, between(2, 5), three, "null");
    check_uncertain(equal_integer, between(1, 5), three, "null");
    check_uncertain(equal_integer, between(4, 5), three, "false");
    check_uncertain(equal_integer, between(3, 3), three, "true");
    check_uncertain(equivalent_any, between(1, 5), three, "false");
}

int main(void) {
    literal_begin();
    RUN(adds);
    RUN(divides);
    RUN(negates);
    RUN(rounds);
    RUN(raises);
    RUN(takes_a_decimal_for_an_integer);
    RUN(analyses);
    RUN(steps);
    RUN(knows_the_extremes);
    RUN(knows_precision_and_boundaries);
    RUN(keeps_uncertainty);
    RUN(compares_uncertainty);
    return literal_end();
}
