/* Conversions: what has no meaning in the other type is null, and ConvertsTo says so. */
#include "literal.h"

static void reads_booleans(void) {
    CALL(to_boolean, "'Yes'", "true");
    CALL(to_boolean, "'T'", "true");
    CALL(to_boolean, "'0'", "false");
    CALL(to_boolean, "'falsetto'", "null");
    CALL(to_boolean, "1", "true");
    CALL(to_boolean, "2", "null");
    CALL(to_boolean, "0L", "false");
    CALL(to_boolean, "1.0", "true");
    CALL(to_boolean, "0.5", "null");
    CALL(to_boolean, "null", "null");
}

static void reads_numbers(void) {
    CALL(to_integer, "'-25'", "-25");
    CALL(to_integer, "'+25'", "25");
    CALL(to_integer, "'2147483648'", "null");
    CALL(to_integer, "'1.0'", "null");
    CALL(to_integer, "''", "null");
    CALL(to_integer, "'+'", "null");
    CALL(to_integer, "2147483648L", "null");
    CALL(to_integer, "true", "1");
    CALL(to_long, "'-9223372036854775808'", "-9223372036854775808L");
    CALL(to_long, "'9223372036854775808'", "null");
    CALL(to_long, "5", "5L");
    CALL(to_decimal, "'+25.5'", "25.5");
    CALL(to_decimal, "'.5'", "null");
    CALL(to_decimal, "'+-0.1'", "null");
    CALL(to_decimal, "9223372036854775807L", "9223372036854775807.0");
    CALL(to_decimal, "true", "1.0");
}

static void writes_strings(void) {
    CALL(to_string, "true", "'true'");
    CALL(to_string, "-5", "'-5'");
    CALL(to_string, "5L", "'5'");
    CALL(to_string, "18.550", "'18.55'");
    CALL(to_string, "2.0", "'2.0'");
    CALL(to_string, "125'cm'", "'125 \\'cm\\''");
    CALL(to_string, "@2012-01", "'2012-01'");
    CALL(to_string, "@2012-01T", "'2012-01'");
    CALL(to_string, "@2012-01-01T12:30", "'2012-01-01T12:30'");
    CALL(to_string, "@2012-01-01T12:30:00.000-05:00", "'2012-01-01T12:30:00.000-05:00'");
    CALL(to_string, "@T09:30:01.003", "'09:30:01.003'");
    CALL(to_string, "null", "null");
}

static void reads_times(void) {
    CALL(to_date, "'2014-01'", "@2014-01");
    CALL(to_date, "'2014-01-01T12:30:00'", "@2014-01-01");
    CALL(to_date, "'2014-13'", "null");
    CALL(to_date, "@2014-01-01T12:30", "@2014-01-01");
    CALL(to_datetime, "@2014-01-01", "@2014-01-01T");
    CALL(to_datetime, "'2014-01-01T12:05'", "@2014-01-01T12:05Z");
    CALL(to_datetime, "'2014-01-01T12:05:05.955-07:00'", "@2014-01-01T12:05:05.955-07:00");
    CALL(to_datetime, "'2014/01/01'", "null");
    CALL(to_time, "'T14:30:00.0'", "@T14:30:00.000");
    CALL(to_time, "'14:30:00.0+05:30'", "@T14:30:00.000");
    CALL(to_time, "'T14:30Z'", "@T14:30");
    CALL(to_time, "'25:00'", "null");
}

static void reads_quantities(void) {
    CALL(to_quantity, "5", "5.0 '1'");
    CALL(to_quantity, "0.5", "0.5 '1'");
    CALL(to_quantity, "'-0.1 \\'mg\\''", "-0.1 'mg'");
    CALL(to_quantity, "'3 days'", "3.0 days");
    CALL(to_quantity, "'444 \\'cm'", "null");
    CALL(to_ratio, "'1.0 \\'mg\\':2.0 \\'mL\\''", "1.0 'mg':2.0 'mL'");
    CALL(to_ratio, "'1:128'", "1.0 '1':128.0 '1'");
    CALL(to_ratio, "'1.0 \\'mg\\';2.0 \\'mg\\''", "null");
    CALL(to_ratio, "'1:'", "null");
}

static void makes_concepts(void) {
    Code code = { STR("c"), STR("s"), STR(""), STR("shown") };
    Value value = value_code(eval.arena, code), result;
    CHECK(to_concept(&eval, &value, &result));
    CHECK_STR(literal_text(result), "Concept { codes: {Code { code: 'c', system: 's', display: "
                                    "'shown' }}, display: 'shown' }");
    Value list = value_list(eval.arena, (Value[]){ value, value_null() }, 2);
    CHECK(to_concept(&eval, &list, &result));
    CHECK(result.concept->count == 1 && result.concept->display.length == 0);
    CALL(to_concept, "null", "null");
}

static void asks_first(void) {
    CALL(converts_to_boolean, "'y'", "true");
    CALL(converts_to_boolean, "'maybe'", "false");
    CALL(converts_to_boolean, "null", "null");
    CALL(converts_to_integer, "'5'", "true");
    CALL(converts_to_integer, "2147483648L", "false");
    CALL(converts_to_integer, "5.5", "false");
    CALL(converts_to_long, "'5'", "true");
    CALL(converts_to_decimal, "'5.5x'", "false");
    CALL(converts_to_string, "5", "true");
    CALL(converts_to_string, "{1}", "false");
    CALL(converts_to_date, "'2012'", "true");
    CALL(converts_to_datetime, "'x'", "false");
    CALL(converts_to_time, "'T10:30'", "true");
    CALL(converts_to_quantity, "'5 \\'mg\\''", "true");
    CALL(converts_to_ratio, "'1'", "false");
}

static void keeps_uncertainty(void) {
    Uncertainty bounds = { value_integer(1), value_integer(2) };
    Value value = { .tag = TAG_UNCERTAINTY, .uncertainty = &bounds }, result;
    CHECK(to_decimal(&eval, &value, &result));
    CHECK_STR(literal_text(result), "Interval[1.0, 2.0]");
    CHECK(to_string(&eval, &value, &result));
    CHECK(value_is_null(result));
}

int main(void) {
    literal_begin();
    RUN(reads_booleans);
    RUN(reads_numbers);
    RUN(writes_strings);
    RUN(reads_times);
    RUN(reads_quantities);
    RUN(makes_concepts);
    RUN(asks_first);
    RUN(keeps_uncertainty);
    return literal_end();
}
