/* cql_fuzz.c - any text as CQL: read as a library and as an expression, printed.  Nothing
 * may crash or hang; whatever is reported has its place in the text. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cql/lex.h"
#include "cql/parse.h"

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "cql: %s\n", what);
    abort();
}

static void check_diagnostics(const Diagnostics *diagnostics, Str text) {
    for (size_t i = 0; i < diagnostics->count; i++) {
        const Diagnostic *d = &diagnostics->items[i];
        require(d->span.line > 0 && d->span.column > 0 && d->span.length > 0,
                "a diagnostic without a place");
        require(d->span.offset <= text.length, "a diagnostic behind the text");
        require(d->code[0] != '\0' && d->message.length > 0, "a diagnostic that says nothing");
    }
}

/* Does a line of the printed tree say nothing but "error"? */
static bool prints_error(Str printed) {
    for (size_t at = 0, from = 0; at < printed.length; at++) {
        if (printed.data[at] == ' ' && at == from) from++;
        if (printed.data[at] != '\n') continue;
        if (str_equal(str_slice(printed, from, at), STR("error"))) return true;
        from = at + 1;
    }
    return false;
}

/* Every AST_ERROR comes of an error that was reported. */
static void check_expression(Arena *arena, Str text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer out = buffer_new(arena);
    Definition definition = { .body = parse_expression(arena, STR("fuzz"), text, &diagnostics) };
    Definition *definitions[] = { &definition };
    Library library = { .count = 1, .definitions = definitions };
    check_diagnostics(&diagnostics, text);
    ast_print(&library, &out);
    require(diagnostics.errors > 0 || !prints_error(buffer_str(&out)), "an error without a word");
}

static void check_library(Arena *arena, Str text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer out = buffer_new(arena);
    ast_print(parse_library(arena, STR("fuzz"), text, &diagnostics), &out);
    check_diagnostics(&diagnostics, text);
    lex_print(text, &out);
    for (size_t i = 0; i < diagnostics.count; i++)
        diagnostic_render(&diagnostics.items[i], text, false, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(256 << 20);
    Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) {
        check_library(arena, text);
        check_expression(arena, text);
    }
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
