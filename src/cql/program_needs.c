/* program_needs.c - which defines need a record: those whose code, or that of what they use,
 * retrieves or asks for the context. */
#include "cql/code.h"

typedef struct Search {
    const Program *program;
    Arena *arena;
    bool *defines, *parameters, *functions, *shared; /* met already */
    VEC(const Procedure *) waiting;
} Search;

static void meet(Search *search, bool *met, const Procedure *procedures, uint32_t index) {
    if (met[index]) return;
    met[index] = true;
    vec_push(search->arena, &search->waiting, &procedures[index]);
}

/* Meets all that the procedure uses; true when it needs the record itself. */
static bool look_through(Search *search, const Procedure *procedure) {
    const Program *program = search->program;
    for (uint32_t i = 0; i < procedure->count; i++) {
        const Instruction *at = &program->code[procedure->start + i];
        switch ((Opcode)at->opcode) {
        case CODE_CONTEXT:
        case CODE_RETRIEVE: return true;
        case CODE_DEFINE: meet(search, search->defines, program->define_code, at->index); break;
        case CODE_SHARED: meet(search, search->shared, program->shared_code, at->index); break;
        case CODE_CALL: meet(search, search->functions, program->function_code, at->index); break;
        case CODE_PARAMETER:
            meet(search, search->parameters, program->parameter_code, at->index);
            break;
        default: break;
        }
    }
    return false;
}

bool program_needs_record(const Program *program, Arena *arena, uint32_t define) {
    Search search = { .program = program, .arena = arena };
    search.defines = arena_array(arena, program->define_count, sizeof(bool));
    search.parameters = arena_array(arena, program->parameter_count, sizeof(bool));
    search.functions = arena_array(arena, program->function_count, sizeof(bool));
    search.shared = arena_array(arena, program->shared_count, sizeof(bool));
    meet(&search, search.defines, program->define_code, define);
    for (size_t i = 0; i < search.waiting.count; i++)
        if (look_through(&search, search.waiting.items[i])) return true;
    return false;
}
