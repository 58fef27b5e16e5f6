/* islet_library.c - compiling by islet.h, and what a library declares. */
#include "cql/code.h"
#include "fhir/fhir.h"
#include "reason/evaluation.h"
#include "reason/guideline.h"
#include "reason/islet_parts.h"

enum { LIBRARY_MEMORY = 512 << 20 };

/* ---- included libraries ---- */

typedef struct Finding {
    const islet_finder *finder; /* NULL: none */
    LibraryFinder embedded;
} Finding;

/* The finder has returned before anything is allocated for what it found. */
static bool find_library(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    const Finding *finding = self;
    islet_input found = { NULL, 0, NULL, 0 };
    const char *wanted = str_to_c(arena, name), *of_version = str_to_c(arena, version);
    if (finding->finder == NULL || finding->finder->find == NULL ||
        !finding->finder->find(finding->finder->self, wanted, of_version, &found))
        return finding->embedded.find(finding->embedded.self, arena, name, version, file, text);
    if (!input_is_sound(&found)) return false;
    *file = found.file != NULL ? str_copy(arena, str_from(found.file)) : name;
    *text = str_copy(arena, input_text(&found));
    return true;
}

/* ---- compiling ---- */

static void list_defines(islet_library *library) {
    const Program *program = library->program;
    Arena *arena = library->arena;
    uint32_t count;
    library->defines = evaluation_public_defines(arena, program, &count);
    library->define_count = count;
    library->define_names = arena_array(arena, count, sizeof(char *));
    library->define_types = arena_array(arena, count, sizeof(char *));
    bool *need_record = arena_array(arena, count, sizeof *need_record);
    library->need_record = need_record;
    for (uint32_t i = 0; i < count; i++) {
        const Define *define = program_define(program, library->defines[i]);
        library->define_names[i] = str_to_c(arena, define->name);
        library->define_types[i] = str_to_c(arena, define->type);
        need_record[i] = program_needs_record(program, arena, library->defines[i]);
    }
}

static void list_parameters(islet_library *library) {
    const Program *program = library->program;
    uint32_t count = program_parameter_count(program);
    library->parameter_count = count;
    library->parameter_names = arena_array(library->arena, count, sizeof(char *));
    library->parameter_types = arena_array(library->arena, count, sizeof(char *));
    for (uint32_t i = 0; i < count; i++) {
        const Definition *parameter = program->main_parameters[i];
        Str type = type_name(program->types, library->arena, parameter->type);
        library->parameter_names[i] = str_to_c(library->arena, parameter->name);
        library->parameter_types[i] = str_to_c(library->arena, type);
    }
}

static void describe(islet_library *library) {
    const Library *main = library->program->main;
    library->name = str_to_c(library->arena, main->name);
    library->version = str_to_c(library->arena, main->version);
    list_defines(library);
    list_parameters(library);
}

static islet_status compile(islet_library *library, const islet_input *source,
                            const islet_finder *finder) {
    Arena *arena = library->arena;
    Finding finding = { finder, guideline_embedded_libraries() };
    LibraryFinder libraries = { &finding, find_library };
    Diagnostics diagnostics = diagnostics_new(arena);
    Str file = str_copy(arena, str_from(source->file)), text = str_copy(arena, input_text(source));
    const Program *program =
        program_compile(arena, &fhir_r4, &libraries, file, text, &diagnostics);
    error_list_add(arena, &library->errors, &diagnostics);
    if (program == NULL) return ISLET_INVALID;
    library->program = program;
    describe(library);
    return ISLET_OK;
}

/* What there is of a library that became too large is forgotten. */
static islet_status give_up(islet_library *library) {
    *library = (islet_library){ .arena = library->arena, .name = "", .version = "" };
    error_list_set_too_large(&library->errors);
    return ISLET_LIMIT;
}

static islet_status compile_guarded(islet_library *library, const islet_input *source,
                                    const islet_finder *finder) {
    if (setjmp(*arena_guard(library->arena))) return give_up(library);
    islet_status status = compile(library, source, finder);
    arena_unguard(library->arena);
    return status;
}

islet_status islet_library_compile(const islet_input *source, const islet_finder *finder,
                                   islet_library **library) {
    if (library == NULL) return ISLET_MISUSE;
    *library = NULL;
    if (source == NULL || source->text == NULL) return ISLET_MISUSE;
    Arena *arena = arena_new(LIBRARY_MEMORY);
    islet_library *made = arena != NULL ? arena_try_alloc(arena, sizeof *made) : NULL;
    if (made == NULL) {
        arena_free(arena);
        return ISLET_NO_MEMORY;
    }
    *made = (islet_library){ .arena = arena, .name = "", .version = "" };
    *library = made;
    return input_is_sound(source) ? compile_guarded(made, source, finder) : give_up(made);
}

void islet_library_free(islet_library *library) {
    if (library != NULL) arena_free(library->arena);
}

/* ---- what it declares ---- */

size_t islet_library_error_count(const islet_library *library) {
    return library != NULL ? library->errors.count : 0;
}

const islet_error *islet_library_error(const islet_library *library, size_t index) {
    return library != NULL ? error_list_at(&library->errors, index) : NULL;
}

const char *islet_library_name(const islet_library *library) {
    return library != NULL ? library->name : "";
}

const char *islet_library_version(const islet_library *library) {
    return library != NULL ? library->version : "";
}

size_t islet_library_define_count(const islet_library *library) {
    return library != NULL ? library->define_count : 0;
}

const char *islet_library_define_name(const islet_library *library, size_t index) {
    return index < islet_library_define_count(library) ? library->define_names[index] : NULL;
}

const char *islet_library_define_type(const islet_library *library, size_t index) {
    return index < islet_library_define_count(library) ? library->define_types[index] : NULL;
}

size_t islet_library_parameter_count(const islet_library *library) {
    return library != NULL ? library->parameter_count : 0;
}

const char *islet_library_parameter_name(const islet_library *library, size_t index) {
    return index < islet_library_parameter_count(library) ? library->parameter_names[index] : NULL;
}

const char *islet_library_parameter_type(const islet_library *library, size_t index) {
    return index < islet_library_parameter_count(library) ? library->parameter_types[index] : NULL;
}
