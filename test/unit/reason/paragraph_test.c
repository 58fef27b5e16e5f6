/* paragraph_test.c - wrapped lines, short codes, names looked up and guessed. */
#include "reason/paragraph.h"

#include "check.h"
#include "reason/name_table.h"
#include "reason/short_code.h"

static Arena *arena;

static Str wrapped(uint32_t width, bool colour, const char *text) {
    Buffer out = buffer_new(arena);
    Page page = { &out, width, colour };
    page_paragraph(&page, TONE_CARE, "- ", str_from(text));
    return buffer_str(&out);
}

static void lines_are_broken_at_blanks_and_indented(void) {
    CHECK_STR(wrapped(10, false, "one two three"), "- one two\n  three\n");
    CHECK_STR(wrapped(9, false, "one two three"), "- one two\n  three\n");
    CHECK_STR(wrapped(8, false, "one two three"), "- one\n  two\n  three\n");
    CHECK_STR(wrapped(80, false, ""), "- \n");
}

static void a_word_longer_than_the_line_stays_whole(void) {
    CHECK_STR(wrapped(8, false, "a https://doi.org/x b"), "- a\n  https://doi.org/x\n  b\n");
}

static void characters_count_not_bytes(void) {
    CHECK_STR(wrapped(9, false, "äöü äöü"), "- äöü äöü\n");
}

static void control_characters_are_blanks(void) {
    CHECK_STR(wrapped(80, false, "a\x1b[31m\nb\tc\x7f"), "- a [31m b c\n");
}

static void colour_only_where_wanted(void) {
    CHECK_STR(wrapped(80, true, "x"), "- \x1b[33mx\x1b[0m\n");
}

static void short_codes(void) {
    Str system, code;
    CHECK(short_code_split(STR("loinc#29593-1"), &system, &code));
    CHECK_STR(system, "http://loinc.org");
    CHECK_STR(code, "29593-1");
    CHECK(!short_code_split(STR("hormone.lanreotide"), &system, &code));
    CHECK(!short_code_split(STR("loinc#"), &system, &code));
    CHECK(!short_code_split(STR("unheard-of#1"), &system, &code));
    CHECK_STR(short_code_system_name(STR("http://www.whocc.no/atc")), "atc");
    CHECK_STR(short_code_system_name(STR("urn:x")), "urn:x");
}

static void names_are_found_and_guessed(void) {
    NameTable table = { 0 };
    uint32_t count;
    CHECK(name_table_find(&table, STR("x"), &count) == NULL && count == 0);
    name_table_add(arena, &table, STR("Ki-67"), 4);
    name_table_add(arena, &table, STR("Grade"), 1);
    name_table_add(arena, &table, STR("Grade"), 0);
    name_table_sort(&table);
    CHECK(name_table_find(&table, STR("Grade"), &count)->number == 0 && count == 2);
    CHECK(name_table_find(&table, STR("Ki-67"), &count)->number == 4 && count == 1);
    CHECK(name_table_find(&table, STR("Stage"), &count) == NULL);
    CHECK_STR(name_table_nearest(&table, STR("Garde")), "Grade");
    CHECK_STR(name_table_nearest(&table, STR("Something else")), "");
}

int main(void) {
    arena = arena_new(1 << 20);
    RUN(lines_are_broken_at_blanks_and_indented);
    RUN(a_word_longer_than_the_line_stays_whole);
    RUN(characters_count_not_bytes);
    RUN(control_characters_are_blanks);
    RUN(colour_only_where_wanted);
    RUN(short_codes);
    RUN(names_are_found_and_guessed);
    arena_free(arena);
    return check_report();
}
