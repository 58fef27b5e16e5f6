/* vec.c - growth of the typed arrays of vec.h: doubling, the old place is left to the arena. */
#include "base/vec.h"

#include <string.h>

void *vec_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return items;
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = arena_array(arena, larger, size);
    if (count != 0) memcpy(moved, items, count * size);
    *capacity = larger;
    return moved;
}
