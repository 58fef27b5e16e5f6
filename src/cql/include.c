/* include.c - depth first, with the chain of libraries being read for finding cycles. */
#include "cql/include.h"

enum { INCLUDE_DEPTH = 64 };

/* A library that was asked for, and what came of it. */
typedef struct Asked {
    Str name, version;
    Library *library; /* NULL: not found */
} Asked;

typedef struct Loader {
    Arena *arena;
    const Model *model;
    const LibraryFinder *finder;
    Diagnostics *diagnostics;
    Libraries *done;
    VEC(Asked) asked;
    VEC(Str) chain; /* names, from the main library on */
} Loader;

static void load_includes(Loader *loader, Library *library);

static void report(Loader *loader, const Library *library, const Definition *include,
                   const char *code, Str message, Str hint) {
    Diagnostic diagnostic = { .severity = SEVERITY_ERROR, .code = code, .message = message,
                              .hint = hint, .file = library->file, .span = include->span };
    diagnostics_add(loader->diagnostics, diagnostic);
}

/* "A includes B includes A" */
static Str describe_chain(const Loader *loader, Str last) {
    Buffer text = buffer_new(loader->arena);
    size_t from = 0;
    while (from < loader->chain.count && !str_equal(loader->chain.items[from], last)) from++;
    if (from == loader->chain.count) from = 0;
    for (; from < loader->chain.count; from++)
        buffer_format(&text, "%.*s includes ", STR_ARGS(loader->chain.items[from]));
    buffer_add(&text, last);
    return buffer_str(&text);
}

static void report_cycle(Loader *loader, const Library *library, const Definition *include) {
    Str message = str_format(loader->arena, "the library %.*s includes itself: %.*s",
                             STR_ARGS(include->library),
                             STR_ARGS(describe_chain(loader, include->library)));
    report(loader, library, include, "include-cycle", message,
           STR("Move what both need into a library of its own"));
}

static void report_missing(Loader *loader, const Library *library, const Definition *include) {
    Str version = include->version;
    Str message = version.length == 0
                      ? str_format(loader->arena, "there is no library %.*s",
                                   STR_ARGS(include->library))
                      : str_format(loader->arena, "there is no library %.*s of version %.*s",
                                   STR_ARGS(include->library), STR_ARGS(version));
    report(loader, library, include, "unknown-library", message,
           STR("A library stands beside the one that includes it, in a file of its name"));
}

bool model_is_helpers(const Model *model, Str library) {
    if (model == NULL || model->helpers == NULL) return false;
    Str helpers = str_from(model->helpers);
    if (library.length < helpers.length) return false;
    size_t before = library.length - helpers.length;
    return (before == 0 || library.data[before - 1] == '.') &&
           str_equal(str_slice(library, before, library.length), helpers);
}

static void report_version(Loader *loader, const Library *library, const Definition *include,
                           const Library *loaded) {
    Str message = str_format(loader->arena, "the library %.*s is there in version %.*s, not %.*s",
                             STR_ARGS(include->library), STR_ARGS(loaded->version),
                             STR_ARGS(include->version));
    report(loader, library, include, "library-version", message,
           STR("Include the version that is there, or put the other one in its place"));
}

static Asked *find_asked(Loader *loader, const Definition *include) {
    for (size_t i = 0; i < loader->asked.count; i++)
        if (str_equal(loader->asked.items[i].name, include->library) &&
            str_equal(loader->asked.items[i].version, include->version))
            return &loader->asked.items[i];
    return NULL;
}

/* A library may be asked for with and without its version. */
static Library *find_done(const Loader *loader, const Library *library) {
    for (size_t i = 0; i < loader->done->count; i++)
        if (str_equal(loader->done->items[i]->name, library->name) &&
            str_equal(loader->done->items[i]->version, library->version))
            return loader->done->items[i];
    return NULL;
}

static void report_other_name(Loader *loader, const Library *library, const Definition *include,
                              const Library *loaded) {
    Str message = str_format(loader->arena, "%.*s holds the library %.*s, not %.*s",
                             STR_ARGS(loaded->file), STR_ARGS(loaded->name),
                             STR_ARGS(include->library));
    report(loader, library, include, "library-name", message,
           STR("Name a library as its file is named"));
}

static Library *load(Loader *loader, const Library *library, const Definition *include) {
    Str file, text;
    const LibraryFinder *finder = loader->finder;
    if (finder == NULL ||
        !finder->find(finder->self, loader->arena, include->library, include->version, &file,
                      &text)) {
        report_missing(loader, library, include);
        return NULL;
    }
    Library *loaded = parse_library(loader->arena, file, text, loader->diagnostics);
    if (loaded->name.length > 0 && !str_equal(loaded->name, include->library))
        report_other_name(loader, library, include, loaded);
    if (include->version.length > 0 && loaded->version.length > 0 &&
        !str_equal(include->version, loaded->version))
        report_version(loader, library, include, loaded);
    Library *earlier = find_done(loader, loaded);
    if (earlier != NULL) return earlier;
    vec_push(loader->arena, &loader->chain, include->library);
    load_includes(loader, loaded);
    loader->chain.count--;
    vec_push(loader->arena, loader->done, loaded);
    return loaded;
}

static bool in_chain(const Loader *loader, Str name) {
    for (size_t i = 0; i < loader->chain.count; i++)
        if (str_equal(loader->chain.items[i], name)) return true;
    return false;
}

static void resolve(Loader *loader, const Library *library, Definition *include) {
    if (model_is_helpers(loader->model, include->library)) return;
    Asked *asked = find_asked(loader, include);
    if (in_chain(loader, include->library)) {
        report_cycle(loader, library, include);
    } else if (asked != NULL) {
        include->included = asked->library;
        if (asked->library == NULL) report_missing(loader, library, include);
    } else if (loader->chain.count >= INCLUDE_DEPTH) {
        report(loader, library, include, "too-deep", STR("libraries include each other too deeply"),
               STR(""));
    } else {
        include->included = load(loader, library, include);
        vec_push(loader->arena, &loader->asked,
                 ((Asked){ include->library, include->version, include->included }));
    }
}

static void load_includes(Loader *loader, Library *library) {
    for (uint32_t i = 0; i < library->count; i++)
        if (library->definitions[i]->kind == DEFINITION_INCLUDE)
            resolve(loader, library, library->definitions[i]);
}

Library *include_all(Arena *arena, const Model *model, const LibraryFinder *finder, Str file,
                     Str text, Libraries *libraries, Diagnostics *diagnostics) {
    Loader loader = { .arena = arena, .model = model, .finder = finder,
                      .diagnostics = diagnostics, .done = libraries };
    Library *main = parse_library(arena, file, text, diagnostics);
    vec_push(arena, &loader.chain, main->name);
    load_includes(&loader, main);
    vec_push(arena, libraries, main);
    return main;
}
