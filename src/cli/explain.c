/* explain.c - islet explain: a library as tokens, tree, types and code. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/library.h"
#include "cql/lex.h"
#include "cql/parse.h"

enum { LIBRARY_BYTES = 512 << 20 };

static const char *const parts[] = { "tokens", "tree", "types", "code" };

static bool wanted(const char *only, int part) {
    return only == NULL || strcmp(only, parts[part]) == 0;
}

static void print_heading(const char *only, const char *name) {
    if (only == NULL) printf("== %s ==\n", name);
}

static void print_types(const Program *program, Str file) {
    for (uint32_t i = 0; i < program_define_count(program); i++) {
        const Define *define = program_define(program, i);
        if (str_equal(define->file, file))
            printf("%.*s: %.*s\n", STR_ARGS(define->name), STR_ARGS(define->type));
    }
}

static void print_parts(Arena *arena, const char *path, Str text, const Program *program,
                        const char *only) {
    Buffer out = buffer_new(arena);
    Diagnostics unheard = diagnostics_new(arena);
    for (int part = 0; part < 4; part++) {
        if (!wanted(only, part)) continue;
        print_heading(only, parts[part]);
        out.length = 0;
        if (part == 0) lex_print(text, &out);
        if (part == 1) ast_print(parse_library(arena, str_from(path), text, &unheard), &out);
        if (part == 2) print_types(program, str_from(path));
        if (part == 3) program_print(program, &out);
        printf("%.*s", STR_ARGS(buffer_str(&out)));
    }
}

static int explain_file(Arena *arena, const char *path, const Words *folders, const char *only) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text;
    Program *program = compile_file(arena, path, folders, false, &diagnostics);
    print_diagnostics(&diagnostics);
    if (program == NULL || !read_file(arena, path, &text, &diagnostics)) return EXIT_FAILED;
    print_parts(arena, path, text, program, only);
    return EXIT_FINE;
}

int command_explain(Arguments arguments) {
    const char *only = NULL;
    Words folders = { 0 };
    const Option options[] = { { "--only", .value = &only }, { "--include", .words = &folders } };
    if (!take_options(&arguments, options, 2)) return EXIT_USAGE;
    bool known = wanted(only, 0) || wanted(only, 1) || wanted(only, 2) || wanted(only, 3);
    if (!known)
        return refuse_usage("explain", "--only %s: write tokens, tree, types or code", only);
    if (arguments.count != 1) return refuse_usage("explain", "expected one file of CQL");
    Arena *volatile arena = arena_new(LIBRARY_BYTES);
    int status = EXIT_FAILED;
    if (arena == NULL || setjmp(*arena_guard(arena)))
        fputs("islet explain: too large for this machine's memory limit\n", stderr);
    else
        status = explain_file(arena, arguments.items[0], &folders, only);
    arena_free(arena);
    return status;
}
