/* expression_test.c - runs the triples of test/cql/NAME.cql-test.
 *
 *     # a comment
 *     1 + 1
 *     2
 *
 * A triple is an expression, what it must give, and an empty line.  What it must give is an
 * expression too, mostly a literal; the two values must be written alike, which tells 1, 1.0
 * and 1L apart.  `error` is expected of an expression that does not compile or fails.
 * Now is 2026-01-15T12:00:00.000+00:00.  Use: expression_test FILE... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate.h"

enum { ARENA_LIMIT = 64 * 1024 * 1024, FILE_LIMIT = 4 * 1024 * 1024 };

static int passed, failed;

static bool agree(Outcome got, Str expected, Outcome wanted) {
    if (str_is(expected, "error")) return !got.sound;
    return got.sound && wanted.sound && str_equal(got.text, wanted.text);
}

static void check(Arena *arena, Str file, int line, Str expression, Str expected) {
    Outcome got = evaluate(arena, file, expression), wanted = { 0 };
    if (!str_is(expected, "error")) wanted = evaluate(arena, file, expected);
    if (agree(got, expected, wanted)) {
        passed++;
        return;
    }
    failed++;
    printf("%.*s:%d: %.*s\n  got      %s%.*s\n  expected %.*s%s\n", STR_ARGS(file), line,
           STR_ARGS(expression), got.sound ? "" : "error: ", STR_ARGS(got.text),
           STR_ARGS(expected), wanted.sound || str_is(expected, "error") ? "" : " (an error)");
}

static void check_guarded(Str file, int line, Str expression, Str expected) {
    Arena *arena = arena_new(ARENA_LIMIT);
    if (setjmp(*arena_guard(arena))) {
        failed++;
        printf("%.*s:%d: out of memory\n", STR_ARGS(file), line);
    } else {
        check(arena, file, line, expression, expected);
    }
    arena_unguard(arena);
    arena_free(arena);
}

static Str take_line(Str *rest) {
    const char *end = rest->length == 0 ? NULL : memchr(rest->data, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->data);
    Str line = { rest->data, length };
    *rest = str_slice(*rest, end == NULL ? length : length + 1, rest->length);
    return line;
}

static void check_file(Str file, Str text) {
    Str expression = { 0 };
    for (int line = 1; text.length > 0; line++) {
        Str read = take_line(&text);
        if (read.length == 0 || read.data[0] == '#') {
            if (expression.length == 0) continue;
            failed++;
            printf("%.*s:%d: an expression without an expectation\n", STR_ARGS(file), line);
            expression = (Str){ 0 };
        } else if (expression.length == 0) {
            expression = read;
        } else {
            check_guarded(file, line - 1, expression, read);
            expression = (Str){ 0 };
        }
    }
}

static bool read_file(const char *path, char *text, size_t limit, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    *length = fread(text, 1, limit, file);
    bool whole = *length < limit && ferror(file) == 0;
    fclose(file);
    return whole;
}

int main(int count, char **paths) {
    char *text = malloc(FILE_LIMIT);
    for (int i = 1; i < count; i++) {
        size_t length;
        if (text == NULL || !read_file(paths[i], text, FILE_LIMIT, &length)) {
            printf("%s: cannot be read\n", paths[i]);
            failed++;
            continue;
        }
        check_file(str_from(paths[i]), (Str){ text, length });
    }
    free(text);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0 || passed == 0;
}
