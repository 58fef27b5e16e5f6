/* Strings by code point; regular expressions that explode are errors. */
#include "literal.h"
#include "value/string.h"

static void joins(void) {
    CALL(add_strings, "'a', 'b'", "'ab'");
    CALL(add_strings, "'a', null", "null");
    CALL(join_strings, "'a', null", "'a'");
    CALL(join_strings, "null, null", "''");
    CALL(combine_strings, "{'a', null, 'b'}", "'ab'");
    CALL(combine_strings, "{}", "null");
    CALL(combine_strings, "{null}", "null");
    CALL(combine_strings, "null", "null");
    CALL(combine_strings_with, "{'a', 'b'}, '-'", "'a-b'");
    CALL(combine_strings_with, "{'a', 'b'}, null", "'ab'");
}

static void splits(void) {
    CALL(split_string, "'a,b,,c', ','", "{'a', 'b', '', 'c'}");
    CALL(split_string, "'a--b', '--'", "{'a', 'b'}");
    CALL(split_string, "'a,b', null", "{'a,b'}");
    CALL(split_string, "'a,b', ''", "{'a,b'}");
    CALL(split_string, "'', ','", "{''}");
    CALL(split_string, "null, ','", "null");
    CALL(split_on_matches, "'a1b22c', '\\\\d+'", "{'a', 'b', 'c'}");
    CALL(split_on_matches, "'abc', 'x'", "{'abc'}");
    CALL(split_on_matches, "'abc', 'x*'", "{'a', 'b', 'c'}");
    CALL(split_on_matches, "null, 'x'", "null");
    CALL(split_on_matches, "'abc', null", "{'abc'}");
}

static void finds(void) {
    CALL(position_of, "'b', 'abcb'", "1");
    CALL(position_of, "'x', 'abcb'", "-1");
    CALL(position_of, "'', 'abc'", "0");
    CALL(position_of, "'longer', 'abc'", "-1");
    CALL(position_of, "null, 'a'", "null");
    CALL(last_position_of, "'b', 'abcb'", "3");
    CALL(last_position_of, "'', 'abc'", "3");
    CALL(last_position_of, "'x', ''", "-1");
    CALL(position_of, "'c', '\u00e4\u00df\U0001F600c'", "3");
    CALL(starts_with, "'abc', 'ab'", "true");
    CALL(starts_with, "'abc', ''", "true");
    CALL(starts_with, "'abc', 'bc'", "false");
    CALL(ends_with, "'abc', 'bc'", "true");
    CALL(ends_with, "'bc', 'abc'", "false");
    CALL(ends_with, "null, 'a'", "null");
}

static void takes_parts(void) {
    CALL(length_string, "'\u00e4\U0001F600'", "2");
    CALL(length_string, "''", "0");
    CALL(length_string, "null", "null");
    CALL(substring_from, "'\u00e4\U0001F600b', 1", "'\U0001F600b'");
    CALL(substring_from, "'ab', 2", "null");
    CALL(substring_from, "'ab', -1", "null");
    CALL(substring_from, "'ab', null", "null");
    CALL(substring_of, "'abc', 1, 1", "'b'");
    CALL(substring_of, "'abc', 1, 9", "'bc'");
    CALL(substring_of, "'abc', 1, 0", "''");
    CALL(substring_of, "'abc', 1, null", "'bc'");
    CALL(character_at, "'\u00e4\U0001F600b', 1", "'\U0001F600'");
    CALL(character_at, "'ab', 2", "null");
    CALL(character_at, "'ab', -1", "null");
    CALL(character_at, "null, 0", "null");
}

static void changes_case(void) {
    CALL(upper_string, "'a\u00e4z1'", "'A\u00c4Z1'");
    CALL(lower_string, "'A\u00c4\u0416'", "'a\u00e4\u0436'");
    CALL(lower_string, "null", "null");
    CHECK(string_equivalent(STR("Stra\u00dfe"), STR("STRASSE")));
    CHECK(string_equivalent(STR("a\tb c"), STR("A b\nC")));
    CHECK(string_equivalent(STR("\u00c4\u0416"), STR("\u00e4\u0436")));
    CHECK(!string_equivalent(STR("ab"), STR("a b")));
    CHECK(!string_equivalent(STR("ab"), STR("abc")));
    CHECK(!string_equivalent(STR("\xff"), STR("\xfe")));
    CHECK(string_equivalent(STR("\xff"), STR("\xff")));
}

static void matches(void) {
    CALL(matches_pattern, "'circa 2017', '\\\\d+'", "true");
    CALL(matches_pattern, "'circa 2017', '^\\\\d+$'", "false");
    CALL(matches_pattern, "'Abc', 'a'", "false");
    CALL(matches_pattern, "'', '.'", "false");
    CALL(matches_pattern, "'\u00e4', '^.$'", "true");
    CALL(matches_pattern, "'a', null", "null");
    FAILS(matches_pattern, "'a', '('");
    FAILS(matches_pattern, "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX', '^(a+)+$'");
}

static void replaces(void) {
    CALL(replace_matches, "'ABCDE', 'C', 'XYZ'", "'ABXYZDE'");
    CALL(replace_matches, "'a b', '\\\\s', '\\\\$'", "'a$b'");
    CALL(replace_matches, "'2012-03', '(\\\\d+)-(\\\\d+)', '$2/$1'", "'03/2012'");
    CALL(replace_matches, "'ab', '(?<x>a)', '${x}${x}'", "'aab'");
    CALL(replace_matches, "'ab', 'a', '$0!'", "'a!b'");
    CALL(replace_matches, "'ab', 'x*', '-'", "'-a-b-'");
    CALL(replace_matches, "'ab', '(a)|(c)', '[$2]'", "'[]b'");
    CALL(replace_matches, "'ab', 'a', '$$'", "'$b'");
    CALL(replace_matches, "'ab', 'a', 'x$'", "'x$b'");
    CALL(replace_matches, "'ab', 'a', null", "null");
    FAILS(replace_matches, "'ab', 'a', '$1'");
    FAILS(replace_matches, "'ab', 'a', '${no}'");
    FAILS(replace_matches, "'ab', 'a', '${no'");
}

int main(void) {
    literal_begin();
    RUN(joins);
    RUN(splits);
    RUN(finds);
    RUN(takes_parts);
    RUN(changes_case);
    RUN(matches);
    RUN(replaces);
    return literal_end();
}
