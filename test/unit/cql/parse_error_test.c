/* parse_error_test.c - every mistake is reported at its place, once, and what follows it is
 * still read. */
#include "check.h"
#include "cql/parse.h"

/* A wrong text and all that is said of it: line:column code. */
typedef struct Wrong {
    const char *text, *said;
} Wrong;

static const Wrong expressions[] = {
    { "1 +", "1:4 expected-expression" },
    { "(1 + 2", "1:7 unclosed-bracket" },
    { "f(1, 2", "1:7 unclosed-bracket" },
    { "{ 1, 2 + , 3, * 4 }", "1:10 expected-expression, 1:15 expected-expression" },
    { "Interval[1 2]", "1:12 expected-token" },
    { "Interval[1 +* 5)", "1:13 expected-expression" },
    { "Interval 5", "1:10 expected-token" },
    { "if a b else c", "1:8 expected-token" },
    { "if a then b", "1:12 missing-else" },
    { "case when a then b end", "1:20 missing-else" },
    { "case a end", "1:8 expected-token" },
    { "case when a then b else c", "1:26 expected-token" },
    { "a AND b", "1:7 unexpected-token" },
    { "a and and b", "1:7 expected-expression" },
    { "a = = b", "1:5 expected-expression" },
    { "First(x) y where y > 1", "1:10 unexpected-token" },
    { "x before day y", "1:14 expected-token" },
    { "a before days of b", "1:10 expected-precision" },
    { "day between a and b", "1:1 expected-precision" },
    { "a is not Integer", "1:10 expected-token" },
    { "a is", "1:5 expected-type" },
    { "a as List", "1:10 expected-token" },
    { "a as List<Integer", "1:18 expected-token" },
    { "cast a", "1:7 expected-token" },
    { "convert a", "1:10 expected-token" },
    { "[Mother -> ]", "1:12 expected-type" },
    { "[Condition].code", "1:12 needs-parentheses" },
    { "[Condition", "1:11 unclosed-bracket" },
    { "1 + exists y", "1:5 needs-parentheses" },
    { "a + not b", "1:5 needs-parentheses" },
    { "X.return", "1:3 reserved-word" },
    { "X.", "1:3 expected-name" },
    { "X.5", "1:3 expected-name" },
    { "'abc", "1:1 unclosed-string" },
    { "\"abc", "1:1 unclosed-name" },
    { "`abc", "1:1 unclosed-name" },
    { "'a\\qb'", "1:3 unknown-escape" },
    { "'a\\u12'", "1:3 invalid-escape" },
    { "'\\ud800'", "1:2 invalid-escape" },
    { "2147483648", "1:1 number-out-of-range" },
    { "9223372036854775808L", "1:1 number-out-of-range" },
    { "1.123456789", "1:1 number-out-of-range" },
    { "12345678901234567890123456789.0", "1:1 number-out-of-range" },
    { "@2026-13-01", "1:1 invalid-date" },
    { "@2026-02-30", "1:1 invalid-date" },
    { "@T25:00", "1:1 invalid-date" },
    { "@2026-1", "1:1 invalid-date" },
    { "interval[1,2]", "1:11 unexpected-token" },
    { "5 6", "1:3 unexpected-token" },
    { "a == b", "1:3 foreign-operator" },
    { "a <> b", "1:3 foreign-operator" },
    { "a && b", "1:3 foreign-operator" },
    { "!a", "1:1 foreign-operator" },
    { "a; b", "1:2 invalid-character" },
    { "“a”", "1:1 invalid-character, 1:5 invalid-character" },
    { "from First(x) y return y", "1:11 expected-name" },
    { "A a sort x", "1:10 expected-token" },
    { "A a sort by x where y", "1:15 clause-order" },
    { "A a where b where c", "1:13 clause-order" },
    { "A a aggregate R R + 1", "1:17 expected-token" },
    { "A a aggregate R starting -1: R", "1:26 needs-parentheses" },
    { "A a with B b where c", "1:14 expected-token" },
    { "A a let x 1", "1:11 expected-token" },
    { "Code '1' of \"S\"", "1:10 expected-token" },
    { "Concept { \"x\" }", "1:15 expected-token" },
    { "Tuple { a: 1, b 2, c: }", "1:17 expected-token, 1:23 expected-expression" },
    { "Tuple a", "1:7 expected-token" },
    { "day", "1:1 expected-expression" },
    { "a properly b", "1:12 expected-token" },
    { "a properly contains b", "1:12 expected-token" },
    { "a within days of b", "1:10 expected-quantity" },
    { "a starts", "1:9 expected-expression" },
    { "a 3 days", "1:3 unexpected-token" },
    { "a same day b", "1:12 expected-token" },
    { "difference in between a and b", "1:15 expected-precision" },
    { "a between 1 or 2", "1:13 expected-token" },
    { "expand a per days", "1:14 expected-precision" },
    { "%", "1:2 expected-name" },
    { "/* abc", "1:1 unclosed-comment" },
};

static const Wrong libraries[] = {
    { "foo bar", "1:1 expected-declaration" },
    { "define", "1:7 expected-name" },
    { "define \"A\"", "1:11 expected-token" },
    { "define \"A\":", "1:12 expected-expression" },
    { "define \"A\" 5", "1:12 expected-token" },
    { "define \"A\" = 5", "1:12 expected-token" },
    { "define day: 5", "1:8 reserved-word" },
    { "define \"A\": 1 2 define \"B\": 3 4", "1:15 unexpected-token, 1:31 unexpected-token" },
    { "define \"A\": (1 + 2\ndefine \"B\": {1, }\ndefine \"C\": 5",
      "1:19 unclosed-bracket, 2:17 expected-expression" },
    { "define 'A': 5", "1:8 expected-name" },
    { "code \"C\": '1' of \"X\"", "1:15 expected-token" },
    { "code \"C\" '1' from \"X\"", "1:10 expected-token" },
    { "codesystem \"X\": \"http://x\"", "1:17 expected-string" },
    { "valueset \"X\": 'x' codesystems \"A\"", "1:31 expected-token" },
    { "concept \"C\": \"a\"", "1:14 expected-token" },
    { "parameter \"P\" List<3> default 5", "1:20 expected-type" },
    { "include", "1:8 expected-name" },
    { "include A version 1", "1:19 expected-string" },
    { "library", "1:8 expected-name" },
    { "define \"A\": 1\nlibrary B", "2:1 declaration-order" },
    { "using FHIR\nusing QICore", "2:7 not-supported" },
    { "define \"A\": 1\nparameter \"P\" Integer", "2:1 declaration-order" },
    { "define function f(a Integer, b): a", "1:31 expected-type" },
    { "define function f a: 5", "1:19 expected-token" },
    { "define function f(a Integer) returns: 5", "1:37 expected-type" },
    { "define function f(a Integer) a", "1:30 expected-token" },
    { "define fluent f(a Integer): a", "1:15 expected-token" },
    { "context", "1:8 expected-name" },
    { "context 'x'", "1:9 expected-name" },
    { "define \"A\": 'abc\ndefine \"B\": 'x'\ndefine \"C\": 1 +",
      "1:13 unclosed-string, 3:16 expected-expression" },
    { "define \"A\": \"abc\ndefine \"B\": \"x\"", "1:13 unclosed-name" },
    { "define \"A\": [Condition: \"X\"\ndefine \"B\": [Condition: \"X\" C where\ndefine "
      "\"C\": 1",
      "1:28 unclosed-bracket, 2:36 expected-expression" },
    { "define \"A\": 1 )\ndefine \"B\": 1", "1:15 unexpected-token" },
    { "public define \"A\": 1", "1:1 declaration-order" },
    { "private 5", "1:9 expected-declaration" },
};

static Str said(Arena *arena, const Diagnostics *diagnostics) {
    Buffer out = buffer_new(arena);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const Diagnostic *d = &diagnostics->items[i];
        if (i != 0) buffer_add_text(&out, ", ");
        buffer_format(&out, "%u:%u %s", d->span.line, d->span.column, d->code);
    }
    return buffer_str(&out);
}

static void reports_mistakes_in_expressions(void) {
    Arena *arena = arena_new(1 << 24);
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        Diagnostics diagnostics = diagnostics_new(arena);
        parse_expression(arena, STR("test"), str_from(expressions[i].text), &diagnostics);
        CHECK_STR(said(arena, &diagnostics), expressions[i].said);
    }
    arena_free(arena);
}

static void reports_mistakes_in_libraries(void) {
    Arena *arena = arena_new(1 << 24);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        Diagnostics diagnostics = diagnostics_new(arena);
        parse_library(arena, STR("test"), str_from(libraries[i].text), &diagnostics);
        CHECK_STR(said(arena, &diagnostics), libraries[i].said);
    }
    arena_free(arena);
}

static Str hint_of(Arena *arena, const char *text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    parse_expression(arena, STR("test"), str_from(text), &diagnostics);
    return diagnostics.count == 0 ? STR("no error") : diagnostics.items[0].hint;
}

static void says_how_to_mend_them(void) {
    Arena *arena = arena_new(1 << 20);
    CHECK_STR(hint_of(arena, "a && b"), "write and");
    CHECK_STR(hint_of(arena, "a AND b"),
              "capitals matter in CQL: perhaps 'and' is meant, not 'AND'");
    CHECK_STR(hint_of(arena, "f(\n  (1 + 2"),
              "the '(' of line 2, column 3 is not closed: write ')'");
    CHECK_STR(hint_of(arena, "if a b"), "write then before what the condition leads to");
    CHECK_STR(hint_of(arena, "2147483648"),
              "write it with L at its end for a Long, or with .0 for a Decimal");
    CHECK_STR(hint_of(arena, "x.return"), "to use it as a name, write \"return\"");
    CHECK_STR(hint_of(arena, "First(x) y where y"),
              "the source of a query that is no retrieve and no name stands in parentheses");
    arena_free(arena);
}

static void reads_on_after_mistakes(void) {
    Arena *arena = arena_new(1 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text = STR("define \"A\": (1 +\n"
                   "define \"B\": 'x\n"
                   "define \"C\": [X: y\n"
                   "define \"D\": { 1, *, 3 }");
    Library *library = parse_library(arena, STR("test"), text, &diagnostics);
    CHECK_STR(said(arena, &diagnostics), "1:17 expected-expression, 2:13 unclosed-string, "
                                         "3:18 unclosed-bracket, 4:18 expected-expression");
    CHECK(library->count == 4);
    CHECK(library->definitions[3]->body->kind == AST_LIST);
    CHECK(library->definitions[3]->body->count == 3);
    CHECK(library->definitions[3]->body->child[1]->kind == AST_ERROR);
    arena_free(arena);
}

int main(void) {
    RUN(reports_mistakes_in_expressions);
    RUN(reports_mistakes_in_libraries);
    RUN(says_how_to_mend_them);
    RUN(reads_on_after_mistakes);
    return check_report();
}
