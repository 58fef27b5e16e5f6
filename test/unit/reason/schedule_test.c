/* schedule_test.c - when the next study is due; what the guideline's cases do not reach. */
#include "reason/schedule.h"

#include "check.h"
#include "value/time.h"

static void numbers_are_read_to_hundredths(void) {
    int32_t low, high;
    CHECK(months_read(STR("12"), &low, &high) && low == 1200 && high == 1200);
    CHECK(months_read(STR("0.5-1.25"), &low, &high) && low == 50 && high == 125);
    CHECK(months_read(STR("6-12"), &low, &high) && low == 600 && high == 1200);
    static const char *const wrong[] = { "", "x", "6-", "-6", "12-6", "6 12", "1.", "1.234", ".5",
                                         "999999999999999999999", "6-12-18", "1.2.3" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!months_read(str_from(wrong[i]), &low, &high));
}

static void values_of_many_types_are_numbers_of_months(void) {
    int32_t low, high;
    Value two[] = { value_integer(3), value_integer(6) };
    List list = { 2, two }, none = { 0, NULL }, falling = { 2, (Value[]){ two[1], two[0] } };
    CHECK(months_of_value(value_integer(7), &low, &high) && low == 700 && high == 700);
    CHECK(months_of_value((Value){ .tag = TAG_DECIMAL, .decimal = 150000000 }, &low, &high));
    CHECK(low == 150 && high == 150);
    CHECK(months_of_value(value_string(STR("3-6")), &low, &high) && low == 300 && high == 600);
    CHECK(months_of_value((Value){ .tag = TAG_LIST, .list = &list }, &low, &high));
    CHECK(low == 300 && high == 600);
    CHECK(!months_of_value((Value){ .tag = TAG_LIST, .list = &none }, &low, &high));
    CHECK(!months_of_value((Value){ .tag = TAG_LIST, .list = &falling }, &low, &high));
    CHECK(!months_of_value(value_integer(-1), &low, &high));
    CHECK(!months_of_value(value_integer(INT32_MAX), &low, &high));
    CHECK(!months_of_value(value_null(), &low, &high));
    CHECK(!months_of_value(value_boolean(true), &low, &high));
}

static Schedule every(int32_t months) {
    return (Schedule){ MONTHS_UNKNOWN, MONTHS_UNKNOWN, months, MONTHS_UNKNOWN, MONTHS_UNKNOWN,
                       MONTHS_UNKNOWN, 0, value_null(), value_null() };
}

static bool same_day(Value date, int year, int month, int day) {
    return value_is_true(time_equal(date, time_date(year, month, day)));
}

static void parts_of_months_are_days(void) {
    Schedule schedule = every(MONTHS_UNKNOWN);
    schedule.anchor = time_date(2026, 1, 1);
    schedule.first_low = 50;
    schedule.first_high = 150;
    NextStudy next = schedule_next(&schedule, time_date(2026, 1, 15));
    CHECK(next.state == SCHEDULE_PLANNED && same_day(next.due, 2026, 2, 16));
    CHECK(schedule_next(&schedule, time_date(2026, 1, 16)).state == SCHEDULE_DUE);
    CHECK(schedule_next(&schedule, time_date(2026, 2, 16)).state == SCHEDULE_DUE);
    next = schedule_next(&schedule, time_date(2026, 2, 17));
    CHECK(next.state == SCHEDULE_OVERDUE && next.overdue_days == 1);
}

static void without_a_range_it_is_due_on_its_day(void) {
    Schedule schedule = every(1200);
    schedule.last = time_date(2025, 2, 28);
    CHECK(schedule_next(&schedule, time_date(2026, 2, 27)).state == SCHEDULE_PLANNED);
    CHECK(schedule_next(&schedule, time_date(2026, 2, 28)).state == SCHEDULE_DUE);
    CHECK(schedule_next(&schedule, time_date(2026, 3, 1)).state == SCHEDULE_OVERDUE);
}

static void a_month_without_a_day_counts_to_its_end(void) {
    Schedule schedule = every(1200);
    CHECK(time_parse_date(STR("2025-02"), &schedule.last));
    NextStudy next = schedule_next(&schedule, time_date(2026, 2, 10));
    CHECK(next.state == SCHEDULE_DUE && same_day(next.due, 2026, 2, 28));
    CHECK(schedule_next(&schedule, time_date(2026, 1, 31)).state == SCHEDULE_PLANNED);
}

static void a_range_alone_has_both_bounds(void) {
    Schedule schedule = every(MONTHS_UNKNOWN);
    schedule.interval_low = 300;
    schedule.interval_high = 600;
    schedule.last = time_date(2026, 1, 1);
    CHECK(schedule_next(&schedule, time_date(2026, 3, 31)).state == SCHEDULE_PLANNED);
    CHECK(schedule_next(&schedule, time_date(2026, 4, 1)).state == SCHEDULE_DUE);
    CHECK(same_day(schedule_next(&schedule, time_date(2026, 4, 1)).due, 2026, 7, 1));
}

static void at_the_end_of_time_there_is_no_date(void) {
    Schedule schedule = every(1200);
    schedule.last = time_date(9999, 6, 1);
    NextStudy next = schedule_next(&schedule, time_date(9999, 12, 31));
    CHECK(next.state == SCHEDULE_PLANNED && value_is_null(next.due));
}

static void weekends_are_no_working_days(void) {
    CHECK(same_day(schedule_working_days(time_date(2026, 5, 29), 1), 2026, 6, 1)); /* a Friday */
    CHECK(same_day(schedule_working_days(time_date(2026, 5, 30), 1), 2026, 6, 1));
    CHECK(same_day(schedule_working_days(time_date(2026, 6, 1), 5), 2026, 6, 8));
    CHECK(same_day(schedule_working_days(time_date(1969, 12, 26), 1), 1969, 12, 29));
    CHECK(same_day(schedule_working_days(time_date(2026, 6, 1), 0), 2026, 6, 1));
}

int main(void) {
    RUN(numbers_are_read_to_hundredths);
    RUN(values_of_many_types_are_numbers_of_months);
    RUN(parts_of_months_are_days);
    RUN(without_a_range_it_is_due_on_its_day);
    RUN(a_month_without_a_day_counts_to_its_end);
    RUN(a_range_alone_has_both_bounds);
    RUN(at_the_end_of_time_there_is_no_date);
    RUN(weekends_are_no_working_days);
    return check_report();
}
