/* check.c - islet check: compiles CQL libraries and reports every mistake. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/library.h"
#include "json/json.h"

enum { LIBRARY_BYTES = 512 << 20 };

/* The source line is shown where the file is on this machine. */
void print_diagnostics(const Diagnostics *diagnostics) {
    bool colour = use_colour(true);
    Diagnostics unheard = diagnostics_new(diagnostics->arena);
    Str file = STR(""), text = STR("");
    for (size_t i = 0; i < diagnostics->count; i++) {
        const Diagnostic *d = &diagnostics->items[i];
        if (!str_equal(d->file, file)) {
            file = d->file;
            const char *path = str_to_c(diagnostics->arena, file);
            if (!read_file(diagnostics->arena, path, &text, &unheard)) text = STR("");
        }
        Buffer out = buffer_new(diagnostics->arena);
        diagnostic_render(d, text, colour, &out);
        fprintf(stderr, "%.*s", STR_ARGS(buffer_str(&out)));
    }
}

static void write_diagnostic(JsonWriter *w, const Diagnostic *d) {
    json_begin_object(w);
    json_write_key(w, "severity");
    json_write_text(w, d->severity == SEVERITY_ERROR ? "error" : "warning");
    json_write_key(w, "code");
    json_write_text(w, d->code);
    json_write_key(w, "message");
    json_write_str(w, d->message);
    json_write_key(w, "file");
    json_write_str(w, d->file);
    json_write_key(w, "line");
    json_write_integer(w, d->span.line);
    json_write_key(w, "column");
    json_write_integer(w, d->span.column);
    json_write_key(w, "hint");
    json_write_str(w, d->hint);
    json_end_object(w);
}

void print_diagnostics_json(const Diagnostics *diagnostics) {
    Buffer out = buffer_new(diagnostics->arena);
    JsonWriter w = json_writer(&out);
    json_begin_object(&w);
    json_write_key(&w, "islet");
    json_write_text(&w, "1");
    json_write_key(&w, "diagnostics");
    json_begin_array(&w);
    for (size_t i = 0; i < diagnostics->count; i++) write_diagnostic(&w, &diagnostics->items[i]);
    json_end_array(&w);
    json_end_object(&w);
    printf("%.*s\n", STR_ARGS(buffer_str(&out)));
}

/* A mistake of a library that several files include is reported once. */
static void add_new(Diagnostics *all, const Diagnostics *found) {
    for (size_t i = 0; i < found->count; i++) {
        const Diagnostic *d = &found->items[i];
        bool known = false;
        for (size_t k = 0; k < all->count && !known; k++)
            known = str_equal(all->items[k].file, d->file) &&
                    str_equal(all->items[k].message, d->message) &&
                    all->items[k].span.offset == d->span.offset;
        if (!known) diagnostics_add(all, *d);
    }
}

static int check_files(Arena *arena, Arguments files, const Words *folders, bool json) {
    Diagnostics all = diagnostics_new(arena);
    for (int i = 0; i < files.count; i++) {
        Diagnostics found = diagnostics_new(arena);
        compile_file(arena, files.items[i], folders, false, &found);
        add_new(&all, &found);
    }
    if (json) print_diagnostics_json(&all);
    else print_diagnostics(&all);
    if (!json && all.count == 0) printf("%d of %d fine\n", files.count, files.count);
    return all.errors > 0 ? EXIT_FAILED : EXIT_FINE;
}

int command_check(Arguments arguments) {
    const char *format = NULL;
    Words folders = { 0 };
    const Option options[] = { { "--format", .value = &format },
                               { "--include", .words = &folders } };
    if (!take_options(&arguments, options, 2)) return EXIT_USAGE;
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return refuse_usage("check", "--format %s: write text or json", format);
    if (arguments.count == 0) return refuse_usage("check", "expected a file of CQL");
    Arena *volatile arena = arena_new(LIBRARY_BYTES);
    int status = EXIT_FAILED;
    if (arena == NULL || setjmp(*arena_guard(arena)))
        fputs("islet check: too large for this machine's memory limit\n", stderr);
    else
        status = check_files(arena, arguments, &folders,
                             format != NULL && strcmp(format, "json") == 0);
    arena_free(arena);
    return status;
}
