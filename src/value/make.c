/* make.c - the makers of value.h: each copies its structure into the arena. */
#include "value/value.h"

Value value_list(Arena *arena, const Value *items, uint32_t count) {
    List *list = arena_alloc(arena, sizeof *list);
    *list = (List){ count, arena_copy(arena, items, count * sizeof *items) };
    return (Value){ .tag = TAG_LIST, .list = list };
}

Value value_quantity(Arena *arena, Quantity quantity) {
    return (Value){ .tag = TAG_QUANTITY, .quantity = arena_copy(arena, &quantity, sizeof quantity) };
}

Value value_code(Arena *arena, Code code) {
    return (Value){ .tag = TAG_CODE, .code = arena_copy(arena, &code, sizeof code) };
}

Value value_concept(Arena *arena, Concept concept) {
    concept.codes = arena_copy(arena, concept.codes, concept.count * sizeof *concept.codes);
    return (Value){ .tag = TAG_CONCEPT, .concept = arena_copy(arena, &concept, sizeof concept) };
}

Value value_interval(Arena *arena, Interval interval) {
    return (Value){ .tag = TAG_INTERVAL, .interval = arena_copy(arena, &interval, sizeof interval) };
}

Value value_tuple(Arena *arena, const TupleShape *shape, const Value *items) {
    Tuple *tuple = arena_alloc(arena, sizeof *tuple);
    *tuple = (Tuple){ shape, arena_copy(arena, items, shape->count * sizeof *items) };
    return (Value){ .tag = TAG_TUPLE, .tuple = tuple };
}
