/* overload.c - reads ops.def.  The strings of types are parsed once; signatures of one name
 * are a chain in the table's order, found by a hash of the name. */
#include "cql/overload.h"

#include <string.h>

#include "value/operators.h"

#define OP(name, operands, result, function) { name, operands, result, function, false },
#define FN(name, operands, result, function) { name, operands, result, function, true },
static const Overload overloads[] = {
#include "value/ops.def"
};
#undef OP
#undef FN

enum {
    OVERLOAD_COUNT = sizeof overloads / sizeof *overloads,
    SLOT_COUNT = 1024,
    MOST_OPERANDS = 16
};

typedef struct Chain {
    Signature *first, *last;
} Chain;

struct OverloadTable {
    Arena *arena;
    Types *types;
    uint32_t count; /* of names */
    Chain names[OVERLOAD_COUNT];
    uint16_t slots[SLOT_COUNT]; /* place in `names` + 1 */
};

_Static_assert(OVERLOAD_COUNT < SLOT_COUNT, "the hash table has room");

static bool has_variable(const Type *type) {
    while (type->kind == TYPE_LIST || type->kind == TYPE_INTERVAL) type = type->element;
    return type->kind == TYPE_VARIABLE;
}

/* The text up to the next comma outside of <>; moves *at past it. */
static Str next_operand(Str text, size_t *at) {
    size_t from = *at, to, depth = 0;
    while (from < text.length && text.data[from] == ' ') from++;
    for (to = from; to < text.length && (depth > 0 || text.data[to] != ','); to++) {
        if (text.data[to] == '<') depth++;
        if (text.data[to] == '>' && depth > 0) depth--;
    }
    *at = to + 1;
    return str_slice(text, from, to);
}

static const Type *read_type(Types *types, Str text) {
    const Type *type = type_from_text(types, text);
    return type != NULL ? type : type_error(types);
}

static void read_operands(OverloadTable *table, Signature *signature) {
    const Type *operands[MOST_OPERANDS];
    Str text = str_from(signature->overload->operands);
    for (size_t at = 0; at < text.length && signature->count < MOST_OPERANDS;) {
        Str operand = next_operand(text, &at);
        if (at >= text.length && str_is(operand, "Precision")) {
            signature->precision = true;
            break;
        }
        const Type *type = read_type(table->types, operand);
        signature->generic = signature->generic || has_variable(type);
        operands[signature->count++] = type;
    }
    signature->operands = arena_copy(table->arena, operands, signature->count * sizeof *operands);
}

static uint16_t *slot_of(const OverloadTable *table, Str name) {
    uint32_t at = str_hash(name) % SLOT_COUNT;
    while (table->slots[at] != 0) {
        const Signature *first = table->names[table->slots[at] - 1].first;
        if (str_is(name, first->overload->name)) break;
        at = (at + 1) % SLOT_COUNT;
    }
    return (uint16_t *)&table->slots[at];
}

static void add(OverloadTable *table, const Overload *overload) {
    Signature *signature = arena_alloc_zeroed(table->arena, sizeof *signature);
    signature->overload = overload;
    signature->result = read_type(table->types, str_from(overload->result));
    read_operands(table, signature);
    uint16_t *slot = slot_of(table, str_from(overload->name));
    if (*slot == 0) {
        table->names[table->count].first = signature;
        *slot = (uint16_t)++table->count;
    } else {
        table->names[*slot - 1].last->next = signature;
    }
    table->names[*slot - 1].last = signature;
}

OverloadTable *overloads_new(Arena *arena, Types *types) {
    OverloadTable *table = arena_alloc_zeroed(arena, sizeof *table);
    table->arena = arena;
    table->types = types;
    for (size_t i = 0; i < OVERLOAD_COUNT; i++) add(table, &overloads[i]);
    return table;
}

const Signature *overloads_find(const OverloadTable *table, Str name) {
    uint16_t slot = *slot_of(table, name);
    return slot == 0 ? NULL : table->names[slot - 1].first;
}

const Signature *overloads_find_unary(const OverloadTable *table, Str name, const Type *operand) {
    const Signature *s = overloads_find(table, name);
    while (s != NULL && (s->count != 1 || s->operands[0] != operand)) s = s->next;
    return s;
}

const char *overloads_name(const OverloadTable *table, uint32_t index, bool *callable) {
    if (index >= table->count) return NULL;
    const Overload *overload = table->names[index].first->overload;
    *callable = overload->callable;
    return overload->name;
}
