/* evaluate_lines.c - expressions from standard input, each ended by a NUL, to their values.
 *
 * For each: "= " and the value as CQL writes it, or "! " and the error; then a NUL. */
#include <stdio.h>
#include <stdlib.h>

#include "evaluate.h"

enum { ARENA_LIMIT = 64 * 1024 * 1024, TEXT_LIMIT = 16 * 1024 * 1024 };

static void answer(Arena *arena, Str expression) {
    Outcome outcome = evaluate(arena, STR("expression"), expression);
    printf("%c %.*s", outcome.sound ? '=' : '!', STR_ARGS(outcome.text));
}

static void answer_guarded(Str expression) {
    Arena *arena = arena_new(ARENA_LIMIT);
    if (setjmp(*arena_guard(arena)))
        fputs("! out of memory", stdout);
    else
        answer(arena, expression);
    putchar('\0');
    arena_unguard(arena);
    arena_free(arena);
}

int main(void) {
    char *text = malloc(TEXT_LIMIT);
    if (text == NULL) return 1;
    size_t length = fread(text, 1, TEXT_LIMIT, stdin), start = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '\0') continue;
        answer_guarded((Str){ text + start, i - start });
        start = i + 1;
    }
    free(text);
    return start != length;
}
