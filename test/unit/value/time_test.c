/* time_test.c - dates and times: text, order, arithmetic, durations. */
#include "value/time.h"

#include "check.h"

static Arena *arena;

static Str printed(Value value) {
    Buffer buffer = buffer_new(arena);
    time_print(value, &buffer);
    return buffer_str(&buffer);
}

static Value date(const char *text) {
    Value value = value_null();
    CHECK(time_parse_date(str_from(text), &value));
    return value;
}

static Value datetime(const char *text) {
    Value value = value_null();
    CHECK(time_parse_datetime(str_from(text), 0, &value));
    return value;
}

static Value time_at(const char *text) {
    Value value = value_null();
    CHECK(time_parse_time(str_from(text), &value));
    return value;
}

static bool refused_date(const char *text) {
    Value value;
    return !time_parse_date(str_from(text), &value);
}

static bool refused_datetime(const char *text) {
    Value value;
    return !time_parse_datetime(str_from(text), 0, &value);
}

static bool refused_time(const char *text) {
    Value value;
    return !time_parse_time(str_from(text), &value);
}

static void dates_keep_their_precision(void) {
    CHECK_STR(printed(date("2012")), "2012");
    CHECK_STR(printed(date("2012-03")), "2012-03");
    CHECK_STR(printed(date("2012-02-29")), "2012-02-29");
    CHECK_STR(printed(date("0001-01-01")), "0001-01-01");
    CHECK_STR(printed(date("9999-12-31")), "9999-12-31");
    CHECK(time_precision(date("2012-03")) == PRECISION_MONTH);
}

static void impossible_dates_are_refused(void) {
    CHECK(refused_date(""));
    CHECK(refused_date("0000"));
    CHECK(refused_date("2012-00"));
    CHECK(refused_date("2012-13"));
    CHECK(refused_date("2011-02-29"));
    CHECK(refused_date("1900-02-29"));
    CHECK(!refused_date("2000-02-29"));
    CHECK(refused_date("2012-04-31"));
    CHECK(refused_date("2012-4-1"));
    CHECK(refused_date("2012-"));
    CHECK(refused_date("20120401"));
    CHECK(refused_date("2012-04-01T"));
    CHECK(refused_date("12012"));
    CHECK(refused_date(" 2012"));
}

static void datetimes_keep_precision_and_offset(void) {
    CHECK_STR(printed(datetime("2012")), "2012T");
    CHECK_STR(printed(datetime("2012T")), "2012T");
    CHECK_STR(printed(datetime("2012-03-10T")), "2012-03-10T");
    CHECK_STR(printed(datetime("2012-03-10T10")), "2012-03-10T10Z");
    CHECK_STR(printed(datetime("2012-03-10T10:20+05:45")), "2012-03-10T10:20+05:45");
    CHECK_STR(printed(datetime("2012-03-10T10:20:30-07:00")), "2012-03-10T10:20:30-07:00");
    CHECK_STR(printed(datetime("2012-03-10T10:20:30.5Z")), "2012-03-10T10:20:30.500Z");
    CHECK_STR(printed(datetime("2012-03-10T10:20:30.123987+14:00")),
              "2012-03-10T10:20:30.123+14:00");
    Value value;
    CHECK(time_parse_datetime(STR("2012-03-10T10"), -90, &value) && value.offset == -90);
    CHECK(time_parse_datetime(STR("2012-03-10"), 60, &value) && value.offset == 60);
}

static void impossible_datetimes_are_refused(void) {
    CHECK(refused_datetime("2012-03T10"));
    CHECK(refused_datetime("2012-03-10T24"));
    CHECK(refused_datetime("2012-03-10T10:60"));
    CHECK(refused_datetime("2012-03-10T10:20:60"));
    CHECK(refused_datetime("2012-03-10T10:20:30."));
    CHECK(refused_datetime("2012-03-10T10:20:30+1:00"));
    CHECK(refused_datetime("2012-03-10T10:20:30+14:01"));
    CHECK(refused_datetime("2012-03-10T10:20:30+10:60"));
    CHECK(refused_datetime("2012-03-10T10:20:30Zx"));
    CHECK(refused_datetime("2012-03-10 10:20:30"));
    CHECK(refused_datetime("2012-03-10Z"));
}

static void times_are_read(void) {
    CHECK_STR(printed(time_at("T10")), "T10");
    CHECK_STR(printed(time_at("10:20")), "T10:20");
    CHECK_STR(printed(time_at("T10:20:30")), "T10:20:30");
    CHECK_STR(printed(time_at("23:59:59.999")), "T23:59:59.999");
    CHECK(refused_time(""));
    CHECK(refused_time("T"));
    CHECK(refused_time("24"));
    CHECK(refused_time("1:20"));
    CHECK(refused_time("10:20Z"));
}

enum { UNKNOWN = 9 };

static int64_t order(Value a, Value b, Precision precision) {
    Value result = time_compare(a, b, precision);
    return value_is_null(result) ? UNKNOWN : result.integer;
}

static void order_goes_as_far_as_both_are_known(void) {
    CHECK(order(date("2012"), date("2013-01-01"), PRECISION_NONE) == -1);
    CHECK(order(date("2012"), date("2012-01-01"), PRECISION_NONE) == UNKNOWN);
    CHECK(order(date("2012"), date("2012-01-01"), PRECISION_YEAR) == 0);
    CHECK(order(date("2012"), date("2012"), PRECISION_NONE) == 0);
    CHECK(order(date("2012"), date("2012"), PRECISION_MONTH) == UNKNOWN);
    CHECK(order(date("2012-02"), date("2012-01-31"), PRECISION_DAY) == 1);
    CHECK(order(time_at("10"), time_at("10:00"), PRECISION_NONE) == UNKNOWN);
    CHECK(order(time_at("10:00:00"), time_at("10:00:00.000"), PRECISION_NONE) == UNKNOWN);
    CHECK(order(time_at("10:00:01.001"), time_at("10:00:00"), PRECISION_NONE) == 1);
    CHECK(order(time_at("10:00:00.001"), time_at("10:00:00"), PRECISION_SECOND) == 0);
}

static void offsets_count_from_hours_on(void) {
    Value east = datetime("2012-03-10T01:00:00+05:00"), west = datetime("2012-03-09T20:00:00Z");
    CHECK(order(east, west, PRECISION_NONE) == 0);
    CHECK(order(east, west, PRECISION_HOUR) == 0);
    CHECK(order(east, west, PRECISION_DAY) == 1);
    Value day = datetime("2012-03-09");
    CHECK(order(day, east, PRECISION_NONE) == UNKNOWN);
    CHECK(order(day, datetime("2012-03-10T05:30+05:00"), PRECISION_NONE) == -1);
    CHECK(order(datetime("0001-01-01T00:00+14:00"), datetime("0001-01-01T00:00Z"),
                PRECISION_NONE) == -1);
    CHECK(order(datetime("9999-12-31T23:59-14:00"), datetime("9999-12-31T23:59Z"),
                PRECISION_NONE) == 1);
}

static void equivalence_is_never_unknown(void) {
    CHECK(!time_equivalent(date("2012"), date("2012-01")));
    CHECK(time_equivalent(date("2012"), date("2012")));
    CHECK(value_is_null(time_equal(date("2012"), date("2012-01"))));
    CHECK(value_is_false(time_equal(date("2012"), date("2013-01"))));
    CHECK(value_is_true(time_equal(date("2012-01-02"), date("2012-01-02"))));
}

static Str moved(Value value, int64_t count, Precision unit) {
    Value result;
    return time_add(value, count, unit, &result) ? printed(result) : STR("none");
}

static void months_end_where_they_end(void) {
    CHECK_STR(moved(date("2012-01-31"), 1, PRECISION_MONTH), "2012-02-29");
    CHECK_STR(moved(date("2011-01-31"), 1, PRECISION_MONTH), "2011-02-28");
    CHECK_STR(moved(date("2012-02-29"), 1, PRECISION_YEAR), "2013-02-28");
    CHECK_STR(moved(date("2012-03-31"), -1, PRECISION_MONTH), "2012-02-29");
    CHECK_STR(moved(date("2012-01-15"), -1, PRECISION_MONTH), "2011-12-15");
    CHECK_STR(moved(date("2012-12-31"), 1, PRECISION_DAY), "2013-01-01");
    CHECK_STR(moved(date("2012-03-01"), -1, PRECISION_DAY), "2012-02-29");
    CHECK_STR(moved(date("2012-01-01"), 2, PRECISION_WEEK), "2012-01-15");
}

static void finer_units_are_brought_to_the_precision(void) {
    CHECK_STR(moved(date("2014"), 24, PRECISION_MONTH), "2016");
    CHECK_STR(moved(date("2014"), 23, PRECISION_MONTH), "2015");
    CHECK_STR(moved(date("2014"), -25, PRECISION_MONTH), "2012");
    CHECK_STR(moved(date("2014"), 364, PRECISION_DAY), "2014");
    CHECK_STR(moved(date("2014"), 365, PRECISION_DAY), "2015");
    CHECK_STR(moved(date("2014-06"), 33, PRECISION_DAY), "2014-07");
    CHECK_STR(moved(date("2014-06"), -33, PRECISION_DAY), "2014-05");
    CHECK_STR(moved(date("2014-06"), 5, PRECISION_WEEK), "2014-07");
    CHECK_STR(moved(datetime("2014-06-10"), 25, PRECISION_HOUR), "2014-06-11T");
}

static void the_years_end(void) {
    CHECK_STR(moved(date("9999-12-31"), 1, PRECISION_DAY), "none");
    CHECK_STR(moved(date("0001-01-01"), -1, PRECISION_DAY), "none");
    CHECK_STR(moved(date("9999"), 1, PRECISION_YEAR), "none");
    CHECK_STR(moved(date("0001"), -1, PRECISION_YEAR), "none");
    CHECK_STR(moved(date("9998-12-31"), 1, PRECISION_YEAR), "9999-12-31");
    CHECK_STR(moved(date("2012-12-31"), INT64_MAX, PRECISION_YEAR), "none");
    CHECK_STR(moved(date("2012-12-31"), INT64_MIN, PRECISION_WEEK), "none");
    CHECK_STR(moved(datetime("2012-12-31T00Z"), INT64_MIN, PRECISION_MILLISECOND), "none");
    CHECK_STR(moved(date("2012"), INT64_MAX, PRECISION_MILLISECOND), "none");
}

static void times_go_round_midnight(void) {
    CHECK_STR(moved(time_at("23:30"), 1, PRECISION_HOUR), "T00:30");
    CHECK_STR(moved(time_at("00:30"), -1, PRECISION_HOUR), "T23:30");
    CHECK_STR(moved(time_at("00:30"), -49, PRECISION_HOUR), "T23:30");
    Value last = time_at("23:59:59.999"), next;
    CHECK(!time_successor(last, &next));
    CHECK(!time_predecessor(time_at("00"), &next));
    CHECK(time_successor(time_at("10:59"), &next));
    CHECK_STR(printed(next), "T11:00");
}

static Str duration(Value a, Value b, Precision unit,
                    Value (*of)(Arena *, Value, Value, Precision)) {
    Value result = of(arena, a, b, unit);
    if (result.tag == TAG_INTEGER) return str_format(arena, "%lld", (long long)result.integer);
    if (result.tag != TAG_UNCERTAINTY) return STR("null");
    return str_format(arena, "%lld..%lld", (long long)result.uncertainty->low.integer,
                      (long long)result.uncertainty->high.integer);
}

#define DURATION(a, b, unit) duration(a, b, unit, time_duration_between)
#define DIFFERENCE(a, b, unit) duration(a, b, unit, time_difference_between)

static void durations_count_whole_periods(void) {
    CHECK_STR(DURATION(date("2014-01-31"), date("2014-02-01"), PRECISION_MONTH), "0");
    CHECK_STR(DURATION(date("2014-01-31"), date("2014-03-01"), PRECISION_MONTH), "1");
    CHECK_STR(DURATION(date("1990-05-02"), date("2020-05-01"), PRECISION_YEAR), "29");
    CHECK_STR(DURATION(date("1990-05-01"), date("2020-05-01"), PRECISION_YEAR), "30");
    CHECK_STR(DURATION(date("2020-05-01"), date("1990-05-02"), PRECISION_YEAR), "-29");
    CHECK_STR(DURATION(date("2020-01-01"), date("2020-01-15"), PRECISION_WEEK), "2");
    CHECK_STR(DURATION(date("2020-01-01"), date("2020-01-14"), PRECISION_WEEK), "1");
    CHECK_STR(DURATION(date("2020-01-01"), date("2020-01-02"), PRECISION_HOUR), "null");
    CHECK_STR(DURATION(time_at("20:26:15.555"), time_at("23:25:15.555"), PRECISION_HOUR), "2");
    CHECK_STR(DURATION(datetime("2017-03-12T00:00:00.000-07:00"),
                       datetime("2017-03-13T00:00:00.000-06:00"), PRECISION_DAY), "0");
}

static void unknown_parts_make_durations_uncertain(void) {
    CHECK_STR(DURATION(date("2005"), date("2010"), PRECISION_YEAR), "4..5");
    CHECK_STR(DURATION(datetime("2005"), datetime("2010"), PRECISION_YEAR), "4..5");
    CHECK_STR(DURATION(date("2014-01-15"), date("2014-02"), PRECISION_DAY), "17..44");
    CHECK_STR(DURATION(date("2005"), date("2006-05"), PRECISION_MONTH), "4..16");
    CHECK_STR(DURATION(time_at("10"), time_at("10"), PRECISION_MINUTE), "-59..59");
    CHECK_STR(DURATION(datetime("0001"), datetime("9999"), PRECISION_MILLISECOND), "null");
}

static void differences_count_boundaries(void) {
    CHECK_STR(DIFFERENCE(date("2014-01-31"), date("2014-02-01"), PRECISION_MONTH), "1");
    CHECK_STR(DIFFERENCE(date("2000-10-15"), date("2000-10-28"), PRECISION_WEEK), "1");
    CHECK_STR(DIFFERENCE(date("2000-10-15"), date("2000-10-29"), PRECISION_WEEK), "2");
    CHECK_STR(DIFFERENCE(date("1960-01-02"), date("1960-01-03"), PRECISION_WEEK), "1");
    CHECK_STR(DIFFERENCE(datetime("2000-10-15T10:30Z"), datetime("2000-10-25T10:00Z"),
                         PRECISION_DAY), "10");
    CHECK_STR(DIFFERENCE(time_at("20"), time_at("23:25:15.555"), PRECISION_HOUR), "3");
    CHECK_STR(DIFFERENCE(date("2012-01-02"), date("2012"), PRECISION_MONTH), "0..11");
    CHECK_STR(DIFFERENCE(datetime("2017-03-12T00:00:00.000-07:00"),
                         datetime("2017-03-13T00:00:00.000-06:00"), PRECISION_DAY), "1");
    CHECK_STR(DIFFERENCE(datetime("2017-11-05T01:30:00.000-06:00"),
                         datetime("2017-11-05T01:15:00.000-07:00"), PRECISION_MINUTE), "45");
}

static void boundaries_fill_up(void) {
    CHECK_STR(printed(time_low_boundary(date("2014"), PRECISION_MONTH)), "2014-01");
    CHECK_STR(printed(time_high_boundary(date("2014"), PRECISION_MONTH)), "2014-12");
    CHECK_STR(printed(time_high_boundary(date("2012-02"), PRECISION_DAY)), "2012-02-29");
    CHECK_STR(printed(time_high_boundary(datetime("2014-01-01T08"), PRECISION_MILLISECOND)),
              "2014-01-01T08:59:59.999Z");
    CHECK_STR(printed(time_low_boundary(time_at("10:30"), PRECISION_MILLISECOND)), "T10:30:00.000");
}

static void units_of_time_have_names(void) {
    CHECK(time_unit(STR("years"), true) == PRECISION_YEAR);
    CHECK(time_unit(STR("millisecond"), true) == PRECISION_MILLISECOND);
    CHECK(time_unit(STR("wk"), false) == PRECISION_WEEK);
    CHECK(time_unit(STR("mo"), false) == PRECISION_MONTH);
    CHECK(time_unit(STR("years"), false) == PRECISION_NONE);
    CHECK(time_unit(STR("mg"), false) == PRECISION_NONE);
    CHECK(time_unit(STR(""), true) == PRECISION_NONE);
}

static void days_and_dates_agree(void) {
    for (int64_t days = -719162; days < 2932896; days += 97) {
        TimeParts parts = { 0 };
        time_civil_from_days(days, &parts);
        CHECK(time_days_from_civil(parts.year, parts.month, parts.day) == days);
    }
    CHECK(time_days_from_civil(1970, 1, 1) == 0);
    CHECK(time_days_from_civil(2000, 3, 1) == 11017);
}

int main(void) {
    arena = arena_new((size_t)1 << 24);
    RUN(dates_keep_their_precision);
    RUN(impossible_dates_are_refused);
    RUN(datetimes_keep_precision_and_offset);
    RUN(impossible_datetimes_are_refused);
    RUN(times_are_read);
    RUN(order_goes_as_far_as_both_are_known);
    RUN(offsets_count_from_hours_on);
    RUN(equivalence_is_never_unknown);
    RUN(months_end_where_they_end);
    RUN(finer_units_are_brought_to_the_precision);
    RUN(the_years_end);
    RUN(times_go_round_midnight);
    RUN(durations_count_whole_periods);
    RUN(unknown_parts_make_durations_uncertain);
    RUN(differences_count_boundaries);
    RUN(boundaries_fill_up);
    RUN(units_of_time_have_names);
    RUN(days_and_dates_agree);
    arena_free(arena);
    return check_report();
}
