/* program.c - compiling: parse with all includes, check each library, emit, and look up. */
#include "cql/check.h"
#include "cql/code.h"
#include "cql/emit.h"
#include "cql/include.h"

/* Null, true and false stand in most expressions: one place for each. */
const Value *program_constant(Program *program, Value value) {
    static const Value null = { .tag = TAG_NULL };
    static const Value booleans[] = { { .tag = TAG_BOOLEAN, .boolean = false },
                                      { .tag = TAG_BOOLEAN, .boolean = true } };
    if (value_is_null(value)) return &null;
    if (value.tag == TAG_BOOLEAN) return &booleans[value.boolean];
    return arena_copy(program->arena, &value, sizeof value);
}

/* ---- definitions by number ---- */

static void count_definitions(Program *program) {
    for (uint32_t i = 0; i < program->library_count; i++) {
        const Library *library = program->libraries[i];
        for (uint32_t j = 0; j < library->count; j++) {
            const Definition *definition = library->definitions[j];
            uint32_t *count = definition->kind == DEFINITION_EXPRESSION  ? &program->define_count
                              : definition->kind == DEFINITION_PARAMETER ? &program->parameter_count
                              : definition->kind == DEFINITION_FUNCTION  ? &program->function_count
                                                                         : NULL;
            if (count != NULL && definition->index >= *count) *count = definition->index + 1;
        }
    }
}

static Define describe(const Program *program, const Library *library,
                       const Definition *definition) {
    const Type *type = definition->type;
    return (Define){ .library = library->name, .name = definition->name, .file = library->file,
                     .span = definition->span, .definition = definition,
                     .type = type_name(program->types, program->arena, type),
                     .boolean = type->kind == TYPE_SYSTEM && type->tag == TAG_BOOLEAN };
}

static void emit_definition(Emitter *emitter, const Library *library,
                            const Definition *definition) {
    Program *program = emitter->program;
    bool coded = definition->body != NULL;
    uint32_t index = definition->index;
    if (definition->kind == DEFINITION_EXPRESSION) {
        program->defines[index] = describe(program, library, definition);
        if (coded) program->define_code[index] = emit_procedure(emitter, library, definition);
    } else if (definition->kind == DEFINITION_FUNCTION && coded) {
        program->function_code[index] = emit_procedure(emitter, library, definition);
    } else if (definition->kind == DEFINITION_PARAMETER && coded) {
        program->parameter_code[index] = emit_procedure(emitter, library, definition);
    }
}

static void emit_libraries(Program *program, Diagnostics *diagnostics) {
    Arena *arena = program->arena;
    Emitter emitter = { .program = program, .diagnostics = diagnostics };
    emitter.voices = arena_array(arena, program->function_count, sizeof *emitter.voices);
    program->defines = arena_array(arena, program->define_count, sizeof(Define));
    program->define_code = arena_array(arena, program->define_count, sizeof(Procedure));
    program->parameter_code = arena_array(arena, program->parameter_count, sizeof(Procedure));
    program->function_code = arena_array(arena, program->function_count, sizeof(Procedure));
    for (uint32_t i = 0; i < program->library_count; i++) {
        const Library *library = program->libraries[i];
        for (uint32_t j = 0; j < library->count; j++)
            emit_definition(&emitter, library, library->definitions[j]);
    }
    emit_shared_procedures(&emitter);
    program->code = emitter.code.items;
    program->spans = emitter.spans.items;
    program->code_count = (uint32_t)emitter.code.count;
    program->expressions = emitter.expressions.items;
    program->expression_count = (uint32_t)emitter.expressions.count;
}

/* ---- names ---- */

static uint32_t hash_of(Str library, Str name) { return str_hash(name) ^ str_hash(library) * 31; }

static void index_names(Program *program) {
    uint32_t size = 16;
    while (size < program->define_count * 2) size *= 2;
    program->names = arena_array(program->arena, size, sizeof *program->names);
    program->name_mask = size - 1;
    for (uint32_t i = 0; i < program->define_count; i++) {
        const Define *define = &program->defines[i];
        uint32_t at = hash_of(define->library, define->name) & program->name_mask;
        while (program->names[at] != 0) at = (at + 1) & program->name_mask;
        program->names[at] = i + 1;
    }
}

uint32_t program_find(const Program *program, Str library, Str name) {
    if (library.length == 0) library = program->main->name;
    uint32_t at = hash_of(library, name) & program->name_mask;
    for (; program->names[at] != 0; at = (at + 1) & program->name_mask) {
        const Define *define = &program->defines[program->names[at] - 1];
        if (str_equal(define->name, name) && str_equal(define->library, library))
            return program->names[at] - 1;
    }
    return UINT32_MAX;
}

/* ---- parameters ---- */

static void list_parameters(Program *program) {
    const Library *main = program->main;
    program->main_parameters = arena_array(program->arena, main->count, sizeof(Definition *));
    for (uint32_t i = 0; i < main->count; i++)
        if (main->definitions[i]->kind == DEFINITION_PARAMETER)
            program->main_parameters[program->main_parameter_count++] = main->definitions[i];
}

uint32_t program_parameter_count(const Program *program) { return program->main_parameter_count; }

Str program_parameter_name(const Program *program, uint32_t index) {
    return program->main_parameters[index]->name;
}

/* ---- compiling ---- */

static void check_all(Program *program, Diagnostics *diagnostics) {
    Checker checker = { .arena = program->arena, .model = program->model,
                        .types = program->types, .diagnostics = diagnostics };
    for (uint32_t i = 0; i < program->library_count; i++)
        check_library(&checker, program->libraries[i]);
}

static Program *compile(Arena *arena, const Model *model, const LibraryFinder *finder, Str file,
                        Str text, bool traced, Diagnostics *diagnostics) {
    size_t errors = diagnostics->errors, before = diagnostics->count;
    Libraries libraries = { 0 };
    Program *program = arena_alloc_zeroed(arena, sizeof *program);
    program->arena = arena;
    program->model = model;
    program->traced = traced;
    program->types = types_new(arena, model);
    program->main = include_all(arena, model, finder, file, text, &libraries, diagnostics);
    program->libraries = libraries.items;
    program->library_count = (uint32_t)libraries.count;
    check_all(program, diagnostics);
    diagnostics_sort(diagnostics, before);
    if (diagnostics->errors > errors) return NULL;
    count_definitions(program);
    emit_libraries(program, diagnostics);
    if (diagnostics->errors > errors) return NULL;
    index_names(program);
    list_parameters(program);
    program_list_codes(program);
    return program;
}

Program *program_compile(Arena *arena, const Model *model, const LibraryFinder *finder, Str file,
                         Str text, Diagnostics *diagnostics) {
    return compile(arena, model, finder, file, text, false, diagnostics);
}

Program *program_compile_traced(Arena *arena, const Model *model, const LibraryFinder *finder,
                                Str file, Str text, Diagnostics *diagnostics) {
    return compile(arena, model, finder, file, text, true, diagnostics);
}

uint32_t program_expression_count(const Program *program) { return program->expression_count; }

const TracedExpression *program_expression(const Program *program, uint32_t index) {
    return &program->expressions[index];
}

/* ---- defines ---- */

uint32_t program_define_count(const Program *program) { return program->define_count; }

const Define *program_define(const Program *program, uint32_t index) {
    return &program->defines[index];
}

bool define_annotation(const Define *define, Str name, Str *value) {
    const Definition *definition = define->definition;
    for (uint32_t i = 0; i < definition->annotation_count; i++) {
        if (!str_equal(definition->annotations[i].name, name)) continue;
        *value = definition->annotations[i].value;
        return true;
    }
    return false;
}
