/* program_codes.c - every code that a program mentions, each once.
 *
 * Code and concept definitions, and the codes in constants of the register code. */
#include "cql/code.h"

typedef struct Collection {
    Arena *arena;
    VEC(Code) codes;
    uint32_t *table; /* number + 1, or 0 */
    uint32_t size;
} Collection;

static uint32_t hash_of(const Code *code) { return str_hash(code->code) ^ str_hash(code->system) * 31; }

static void place(Collection *collection, uint32_t number) {
    uint32_t mask = collection->size - 1;
    uint32_t at = hash_of(&collection->codes.items[number]) & mask;
    while (collection->table[at] != 0) at = (at + 1) & mask;
    collection->table[at] = number + 1;
}

static void grow(Collection *collection) {
    collection->size = collection->size == 0 ? 64 : collection->size * 2;
    collection->table =
        arena_array(collection->arena, collection->size, sizeof *collection->table);
    for (uint32_t i = 0; i < collection->codes.count; i++) place(collection, i);
}

static bool is_there(const Collection *collection, const Code *code) {
    uint32_t at = hash_of(code) & (collection->size - 1);
    for (; collection->table[at] != 0; at = (at + 1) & (collection->size - 1)) {
        const Code *other = &collection->codes.items[collection->table[at] - 1];
        if (str_equal(other->code, code->code) && str_equal(other->system, code->system))
            return true;
    }
    return false;
}

static void add(Collection *collection, const Code *code) {
    if (collection->codes.count * 2 >= collection->size) grow(collection);
    if (is_there(collection, code)) return;
    vec_push(collection->arena, &collection->codes, *code);
    place(collection, (uint32_t)collection->codes.count - 1);
}

/* Lists of codes are one deep. */
static void add_value(Collection *collection, Value value, bool within) {
    if (value.tag == TAG_CODE) add(collection, value.code);
    if (value.tag == TAG_CONCEPT)
        for (uint32_t i = 0; i < value.concept->count; i++)
            add(collection, &value.concept->codes[i]);
    if (value.tag == TAG_LIST && !within)
        for (uint32_t i = 0; i < value.list->count; i++)
            add_value(collection, value.list->items[i], true);
}

static void add_instruction(Collection *collection, const Instruction *instruction) {
    if (instruction->opcode == CODE_CONSTANT) add_value(collection, *instruction->constant, false);
    if (instruction->opcode == CODE_RETRIEVE && instruction->site->steady)
        add_value(collection, instruction->site->retrieve.codes, false);
}

void program_list_codes(Program *program) {
    Collection collection = { .arena = program->arena };
    for (uint32_t i = 0; i < program->library_count; i++) {
        const Library *library = program->libraries[i];
        for (uint32_t j = 0; j < library->count; j++) {
            const Definition *definition = library->definitions[j];
            if (definition->kind == DEFINITION_CODE || definition->kind == DEFINITION_CONCEPT)
                add_value(&collection, definition->value, false);
        }
    }
    for (uint32_t i = 0; i < program->code_count; i++)
        add_instruction(&collection, &program->code[i]);
    program->codes = collection.codes.items;
    program->code_mention_count = (uint32_t)collection.codes.count;
}

uint32_t program_codes(const Program *program, const Code **codes) {
    *codes = program->codes;
    return program->code_mention_count;
}
