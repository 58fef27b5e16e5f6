/* Lists: nulls equal each other as elements; what cannot be told is null. */
#include "literal.h"

static void finds_elements(void) {
    CALL(exists_list, "{null, 1}", "true");
    CALL(exists_list, "{null}", "false");
    CALL(exists_list, "{}", "false");
    CALL(exists_list, "null", "false");
    CALL(in_list, "2, {1, 2}", "true");
    CALL(in_list, "3, {1, null}", "false");
    CALL(in_list, "null, {1, null}", "true");
    CALL(in_list, "null, {1}", "false");
    CALL(in_list, "1, null", "false");
    CALL(in_list, "@2012-01, {@2012-01-01}", "null");
    CALL(in_list, "@2012-01, {@2012-01-01, @2012-01}", "true");
    CALL(contains_element, "{'a'}, 'a'", "true");
    CALL(contains_element, "null, 'a'", "false");
    CALL(index_of_element, "{1, 3, 3}, 3", "1");
    CALL(index_of_element, "{1}, 3", "-1");
    CALL(index_of_element, "{}, null", "null");
    CALL(index_of_element, "null, 1", "null");
}

static void includes(void) {
    CALL(includes_list, "{1, 2, 3}, {3, 1}", "true");
    CALL(includes_list, "{1, 2}, {3}", "false");
    CALL(includes_list, "{1}, {}", "true");
    CALL(includes_list, "{null}, {null}", "true");
    CALL(includes_list, "{1, null}, {2}", "false");
    CALL(includes_list, "null, {2}", "null");
    CALL(includes_list, "{@2012-01-01}, {@2012-01}", "null");
    CALL(included_in_list, "{1}, {1, 2}", "true");
    CALL(included_in_list, "{}, {}", "true");
    CALL(properly_includes_list, "{1, 2}, {2}", "true");
    CALL(properly_includes_list, "{1, 2}, {2, 1}", "false");
    CALL(properly_includes_list, "{1}, {}", "true");
    CALL(properly_included_in_list, "{}, {}", "false");
    CALL(properly_included_in_list, "{2}, null", "null");
}

static void holds_properly(void) {
    CALL(properly_contains_element, "{'a', 'b'}, 'a'", "true");
    CALL(properly_contains_element, "{'a', 'a'}, 'a'", "false");
    CALL(properly_contains_element, "{'a', null}, 'a'", "null");
    CALL(properly_contains_element, "{'a', 'b', null}, 'a'", "true");
    CALL(properly_contains_element, "{'a', null}, null", "true");
    CALL(properly_contains_element, "{null, null}, null", "false");
    CALL(properly_contains_element, "null, 'a'", "false");
    CALL(properly_in_list, "'c', {'a', 'b'}", "false");
    CALL(properly_in_list, "null, {'a'}", "false");
    CALL(properly_in_list, "@T15:59, {@T15:59:59, @T20}", "null");
}

static void works_as_a_set(void) {
    CALL(union_lists, "{1, 2, 2}, {2, 3}", "{1, 2, 3}");
    CALL(union_lists, "null, {1}", "{1}");
    CALL(union_lists, "{1}, null", "{1}");
    CALL(union_lists, "null, null", "{}");
    CALL(union_lists, "{null, 'a'}, {null}", "{null, 'a'}");
    CALL(intersect_lists, "{1, 2, 2, null}, {null, 2}", "{2, null}");
    CALL(intersect_lists, "{1}, null", "null");
    CALL(intersect_lists, "{}, {}", "{}");
    CALL(except_lists, "{1, 2, 2, 3, null}, {1, null}", "{2, 3}");
    CALL(except_lists, "{1, 4}, null", "{1, 4}");
    CALL(except_lists, "null, {1}", "null");
    CALL(distinct_list, "{1, 2, 1, null, null}", "{1, 2, null}");
    CALL(distinct_list, "{1, 1.0, 1L, 2.5, 2.5}", "{1, 2.5}");
    CALL(distinct_list, "{@2012, @2012-01, @2012}", "{@2012, @2012-01}");
    CALL(distinct_list, "{{1}, {1}, {2}}", "{{1}, {2}}");
    CALL(distinct_list, "{'a', 'A', true, true}", "{'a', 'A', true}");
    CALL(distinct_list, "null", "null");
}

static void many_values_stay_distinct(void) {
    enum { COUNT = 20000 };
    Value *items = arena_array(eval.arena, COUNT, sizeof *items), result;
    for (int i = 0; i < COUNT; i++) items[i] = value_integer(i / 2 * 65536 % 2000003);
    Value list = value_list(eval.arena, items, COUNT);
    CHECK(distinct_list(&eval, &list, &result));
    CHECK(result.list->count == COUNT / 2);
    CHECK(result.list->items[1].integer == 65536);
}

static void flattens(void) {
    CALL(flatten_list, "{{1, 2}, {3}, {}}", "{1, 2, 3}");
    CALL(flatten_list, "{{1, null}, null}", "{1, null}");
    CALL(flatten_list, "{1, {2}}", "{1, 2}");
    CALL(flatten_list, "{{}, {}}", "{}");
    CALL(flatten_list, "null", "null");
}

static void takes_parts(void) {
    CALL(first_of_list, "{1, 2}", "1");
    CALL(first_of_list, "{}", "null");
    CALL(last_of_list, "{1, 2}", "2");
    CALL(last_of_list, "{}", "null");
    CALL(last_of_list, "null", "null");
    CALL(element_at, "{1, 2}, 1", "2");
    CALL(element_at, "{1, 2}, 2", "null");
    CALL(element_at, "{1, 2}, -1", "null");
    CALL(element_at, "{1, 2}, null", "null");
    CALL(singleton_from, "{1}", "1");
    CALL(singleton_from, "{}", "null");
    CALL(singleton_from, "null", "null");
    FAILS(singleton_from, "{1, 2}");
    CALL(skip_list, "{1, 2, 3}, 2", "{3}");
    CALL(skip_list, "{1, 2, 3}, 9", "{}");
    CALL(skip_list, "{1, 2, 3}, -1", "{}");
    CALL(skip_list, "{1, 2, 3}, null", "{1, 2, 3}");
    CALL(take_list, "{1, 2, 3}, 2", "{1, 2}");
    CALL(take_list, "{1, 2, 3}, 9", "{1, 2, 3}");
    CALL(take_list, "{1, 2, 3}, -1", "{}");
    CALL(take_list, "{1, 2, 3}, null", "{}");
    CALL(take_list, "null, 1", "null");
    CALL(tail_list, "{1, 2, 3}", "{2, 3}");
    CALL(tail_list, "{}", "{}");
    CALL(length_list, "{null, 1}", "2");
    CALL(length_list, "null", "0");
}

static void slices(void) {
    CALL(slice_all, "{1, 2}", "{1, 2}");
    CALL(slice_all, "null", "null");
    CALL(slice_from, "{1, 2, 3}, 1", "{2, 3}");
    CALL(slice_from, "{1, 2, 3}, -2", "{2, 3}");
    CALL(slice_from, "{1, 2, 3}, -9", "{1, 2, 3}");
    CALL(slice_from, "{1, 2, 3}, 3", "{}");
    CALL(slice_between, "{1, 2, 3, 4}, 1, -1", "{2, 3}");
    CALL(slice_between, "{1, 2, 3, 4}, null, 2", "{1, 2}");
    CALL(slice_between, "{1, 2, 3, 4}, 2, 1", "{}");
    CALL(slice_between, "{1, 2, 3, 4}, 0, -9", "{}");
}

int main(void) {
    literal_begin();
    RUN(finds_elements);
    RUN(includes);
    RUN(holds_properly);
    RUN(works_as_a_set);
    RUN(many_values_stay_distinct);
    RUN(flattens);
    RUN(takes_parts);
    RUN(slices);
    return literal_end();
}
