/* lex_test.c - CQL text to tokens. */
#include "check.h"
#include "cql/lex.h"

/* The tokens as "kind text", one a line, without their places. */
static Str kinds_of(Arena *arena, const char *text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Tokens tokens = lex(arena, STR("test"), str_from(text), &diagnostics);
    Buffer out = buffer_new(arena);
    for (uint32_t i = 0; i < tokens.count; i++) {
        if (i != 0) buffer_add_text(&out, ", ");
        buffer_add_text(&out, token_kind_name(tokens.items[i].kind));
        if (tokens.items[i].broken) buffer_add_text(&out, " (broken)");
    }
    return buffer_str(&out);
}

static Str errors_of(Arena *arena, Str text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    lex(arena, STR("test"), text, &diagnostics);
    Buffer out = buffer_new(arena);
    for (size_t i = 0; i < diagnostics.count; i++) {
        const Diagnostic *d = &diagnostics.items[i];
        if (i != 0) buffer_add_text(&out, ", ");
        buffer_format(&out, "%u:%u+%u %s", d->span.line, d->span.column, d->span.length, d->code);
    }
    return buffer_str(&out);
}

static void check_kinds(const char *text, const char *kinds) {
    Arena *arena = arena_new(1 << 20);
    CHECK_STR(kinds_of(arena, text), kinds);
    arena_free(arena);
}

static void check_errors(const char *text, const char *errors) {
    Arena *arena = arena_new(1 << 20);
    CHECK_STR(errors_of(arena, str_from(text)), errors);
    arena_free(arena);
}

static void reads_each_kind(void) {
    check_kinds("", "the end of the text");
    check_kinds("a \"b\" `c` 'd'",
                "a name, a quoted name, a quoted name, a string, the end of the text");
    check_kinds("1 1.5 2L", "a number, a number, a Long number, the end of the text");
    check_kinds("1.a 1 .5", "a number, ., a name, a number, ., a number, the end of the text");
    check_kinds("2Long", "a number, a name, the end of the text");
    check_kinds("@2026 @2026-01-31", "a date, a date, the end of the text");
    check_kinds("@2026T @2026-01T @2026-01-31T10:30:00.000-05:00 @2026-01-31T10Z",
                "a date and time, a date and time, a date and time, a date and time, "
                "the end of the text");
    check_kinds("@T10 @T10:30:01.5", "a time, a time, the end of the text");
    check_kinds("$this $index $total %x",
                "$this, $index, $total, %, a name, the end of the text");
}

static void reads_symbols_longest_first(void) {
    check_kinds("<=< >=!=!~->-~=", "<=, <, >=, !=, !~, ->, -, ~, =, the end of the text");
    check_kinds("()[]{}.,:|&^*/+",
                "(, ), [, ], {, }, ., ,, :, |, &, ^, *, /, +, the end of the text");
}

static void tells_keywords_from_names(void) {
    check_kinds("define Define defined", "define, a name, a name, the end of the text");
    check_kinds("code Code date Date", "code, Code, date, a name, the end of the text");
    CHECK(token_may_name(TOKEN_CODE) && token_may_name(TOKEN_END_WORD));
    CHECK(!token_may_name(TOKEN_DAY) && !token_may_name(TOKEN_NAME));
    CHECK(strcmp(token_keyword_like(STR("AND")), "and") == 0);
    CHECK(strcmp(token_keyword_like(STR("interval")), "Interval") == 0);
    CHECK(token_keyword_like(STR("andy")) == NULL && token_keyword_like(STR("an")) == NULL);
}

static void joins_pairs_of_words(void) {
    check_kinds("or before or  \n after or", "or before, or after, or, the end of the text");
    check_kinds("included in such that less than",
                "included in, such that, less than, the end of the text");
    check_kinds("included such less", "a name, a name, a name, the end of the text");
    check_kinds("or beforehand on ore", "or, a name, a name, a name, the end of the text");
}

static void counts_lines_and_bytes(void) {
    Arena *arena = arena_new(1 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text = STR("\xEF\xBB\xBF" "a\r\n  '\xC3\xA9' b");
    Tokens tokens = lex(arena, STR("test"), text, &diagnostics);
    CHECK(tokens.count == 4);
    CHECK(tokens.items[0].span.line == 1 && tokens.items[0].span.column == 1);
    CHECK(tokens.items[0].line_start);
    CHECK(tokens.items[1].span.line == 2 && tokens.items[1].span.column == 3);
    CHECK(tokens.items[1].line_start && tokens.items[1].span.length == 4);
    CHECK(tokens.items[2].span.column == 8 && !tokens.items[2].line_start);
    CHECK_STR(token_text(&tokens, &tokens.items[1]), "'\xC3\xA9'");
    arena_free(arena);
}

static void keeps_comments_apart(void) {
    Arena *arena = arena_new(1 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Tokens tokens = lex(arena, STR("test"), STR("// one\na /* two\n */ b"), &diagnostics);
    CHECK(tokens.count == 3 && tokens.comment_count == 2);
    CHECK(tokens.items[0].comments == 1 && tokens.items[1].comments == 2);
    CHECK_STR(tokens.comments[0].text, "// one");
    CHECK_STR(tokens.comments[1].text, "/* two\n */");
    CHECK(tokens.comments[1].line == 2 && tokens.comments[1].last_line == 3);
    arena_free(arena);
}

static void strings_may_hold_lines_and_escapes(void) {
    check_kinds("'a\nb' 'it\\'s' '\\\\' x",
                "a string, a string, a string, a name, the end of the text");
    check_kinds("\"a\\\"b\" `a\\`b`", "a quoted name, a quoted name, the end of the text");
}

static void reports_what_is_not_closed(void) {
    check_errors("x 'abc", "1:3+1 unclosed-string");
    check_errors("\"abc\n\"d\"", "1:1+1 unclosed-name");
    check_errors("a /* b", "1:3+2 unclosed-comment");
    check_kinds("'abc\nd", "a string (broken), a name, the end of the text");
    check_kinds("/* b", "the end of the text (broken)");
}

static void an_open_string_swallows_no_definition(void) {
    check_errors("define \"A\": 'abc\ndefine \"B\": 'x'\n", "1:13+1 unclosed-string");
    check_kinds("'abc\ndefine B: 'x'",
                "a string (broken), define, a name, :, a string, the end of the text");
    check_kinds("'abc\ndefine B: '", "a string, the end of the text"); /* whole, so it stays */
}

static void reports_what_has_no_meaning(void) {
    check_errors("a; b", "1:2+1 invalid-character");
    check_errors("a == b <> c && d || !e", "1:3+2 foreign-operator, 1:8+2 foreign-operator, "
                                           "1:13+2 foreign-operator, 1:18+2 foreign-operator, "
                                           "1:21+1 foreign-operator");
    check_kinds("a == b", "a name, =, a name, the end of the text");
    check_errors("\xE2\x80\x9C" "a", "1:1+3 invalid-character");
    check_errors("a\x01", "1:2+1 invalid-character");
}

static void reports_what_is_no_date(void) {
    check_errors("@20", "1:1+3 invalid-date");
    check_errors("@2026-1", "1:1+7 invalid-date");
    check_errors("@T1:30", "1:1+6 invalid-date");
    check_errors("@2026-01-31T10:30X", "1:1+18 invalid-date");
    check_errors("@T10Z", "1:1+5 invalid-date");
}

static void refuses_bytes_that_are_no_utf8(void) {
    Arena *arena = arena_new(1 << 20);
    CHECK_STR(errors_of(arena, STR("a\n \xFF")), "2:2+1 invalid-utf8");
    CHECK_STR(errors_of(arena, STR("'\xC0\x80'")), "1:2+1 invalid-utf8");
    CHECK_STR(errors_of(arena, STR("'\xED\xA0\x80'")), "1:2+1 invalid-utf8");
    CHECK_STR(errors_of(arena, STR("'\xC3")), "1:2+1 invalid-utf8");
    CHECK_STR(errors_of(arena, STR("'\xF0\x9F\x98\x80'")), "");
    arena_free(arena);
}

static void prints_one_token_a_line(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    lex_print(STR("define \"A\":\n  1"), &out);
    CHECK_STR(buffer_str(&out), "1:1\ta keyword\tdefine\n"
                                "1:8\ta quoted name\t\"A\"\n"
                                "1:11\ta symbol\t:\n"
                                "2:3\ta number\t1\n");
    arena_free(arena);
}

int main(void) {
    RUN(reads_each_kind);
    RUN(reads_symbols_longest_first);
    RUN(tells_keywords_from_names);
    RUN(joins_pairs_of_words);
    RUN(counts_lines_and_bytes);
    RUN(keeps_comments_apart);
    RUN(strings_may_hold_lines_and_escapes);
    RUN(reports_what_is_not_closed);
    RUN(an_open_string_swallows_no_definition);
    RUN(reports_what_has_no_meaning);
    RUN(reports_what_is_no_date);
    RUN(refuses_bytes_that_are_no_utf8);
    RUN(prints_one_token_a_line);
    return check_report();
}
