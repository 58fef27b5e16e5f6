/* Aggregates leave nulls out; of nothing they are null, but for Count, AllTrue, AnyTrue. */
#include "literal.h"

static void counts(void) {
    CALL(count_values, "{1, null, 2}", "2");
    CALL(count_values, "{}", "0");
    CALL(count_values, "null", "0");
    CALL(all_true, "{true, null}", "true");
    CALL(all_true, "{true, false}", "false");
    CALL(all_true, "null", "true");
    CALL(any_true, "{false, null, true}", "true");
    CALL(any_true, "{null}", "false");
    CALL(any_true, "null", "false");
}

static void sums(void) {
    CALL(sum_values, "{1, null, 2}", "3");
    CALL(sum_values, "{1L, 2L}", "3L");
    CALL(sum_values, "{1.5, 2.5}", "4.0");
    CALL(sum_values, "{2147483647, 1}", "null");
    CALL(sum_values, "{null}", "null");
    CALL(sum_values, "null", "null");
    CALL(product_of_values, "{2, 3, 4}", "24");
    CALL(product_of_values, "{5L, 4L, 5L}", "100L");
    CALL(product_of_values, "{0.5, 0.5}", "0.25");
    CALL(product_of_values, "{}", "null");
}

static void finds_extremes(void) {
    CALL(least_value, "{3, 1, null, 2}", "1");
    CALL(least_value, "{'b', 'a'}", "'a'");
    CALL(least_value, "{@2012-02, @2012-01}", "@2012-01");
    CALL(greatest_value, "{3L, 5L}", "5L");
    CALL(greatest_value, "{1.5, -2.0}", "1.5");
    CALL(greatest_value, "{null}", "null");
    CALL(least_value, "null", "null");
}

static void averages(void) {
    CALL(average, "{1.0, 2.0, null, 6.0}", "3.0");
    CALL(average, "{1.0, 1.0, 0.0}", "0.66666667");
    CALL(average, "{}", "null");
    CALL(median, "{5.0, 1.0, 3.0}", "3.0");
    CALL(median, "{4.0, 1.0, 3.0, 2.0}", "2.5");
    CALL(median, "{null}", "null");
    CALL(mode, "{2, 1, 9, 9, null}", "9");
    CALL(mode, "{3, 1, 3, 1}", "1");
    CALL(mode, "{}", "null");
    CALL(geometric_mean, "{2.0, 8.0}", "4.0");
    CALL(geometric_mean, "{0.0, 8.0}", "0.0");
    CALL(geometric_mean, "{-2.0, 8.0}", "null");
    CALL(geometric_mean, "{90000000000000000000.0, 90000000000000000000.0}",
         "90000000000000000000.0");
    CALL(geometric_mean, "null", "null");
}

static void measures_spread(void) {
    CALL(variance, "{1.0, 2.0, 3.0, 4.0, 5.0}", "2.5");
    CALL(population_variance, "{1.0, 2.0, 3.0, 4.0, 5.0}", "2.0");
    CALL(standard_deviation, "{1.0, 2.0, 3.0, 4.0, 5.0}", "1.58113883");
    CALL(population_standard_deviation, "{1.0, 2.0, 3.0, 4.0, 5.0}", "1.41421356");
    CALL(variance, "{90000000000000000001.0, 90000000000000000003.0}", "2.0");
    CALL(variance, "{1.0}", "null");
    CALL(population_variance, "{1.0}", "0.0");
    CALL(standard_deviation, "{null}", "null");
    CALL(variance, "{-99999999999999999999.0, 99999999999999999999.0}", "null");
}

static void keeps_units(void) {
    CALL(sum_values, "{1'mg', 2'mg'}", "3.0 'mg'");
    CALL(average, "{1'mg', 2'mg'}", "1.5 'mg'");
    CALL(median, "{3'mg', 1'mg', 2'mg'}", "2.0 'mg'");
    CALL(product_of_values, "{2'mg', 3'mg'}", "6.0 'mg'");
    CALL(standard_deviation, "{1'mg', 2'mg', 3'mg', 4'mg', 5'mg'}", "1.58113883 'mg'");
    CALL(average, "{1'mg', 2'mm'}", "null");
    CALL(greatest_value, "{1'g', 2'mg'}", "1.0 'g'");
}

int main(void) {
    literal_begin();
    RUN(counts);
    RUN(sums);
    RUN(finds_extremes);
    RUN(averages);
    RUN(measures_spread);
    RUN(keeps_units);
    return literal_end();
}
