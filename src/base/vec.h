/* vec.h - typed arrays that grow in an arena.
 *
 *     VEC(int) numbers = { 0 };
 *     vec_push(arena, &numbers, 42);
 *     for (size_t i = 0; i < numbers.count; i++) use(numbers.items[i]);
 */
#ifndef ISLET_BASE_VEC_H
#define ISLET_BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(type)          \
    struct {               \
        type *items;       \
        size_t count;      \
        size_t capacity;   \
    }

/* Makes room for one more element of `size` bytes; returns the items' new place. */
void *vec_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#define vec_push(arena, vec, value)                                                       \
    ((vec)->items = vec_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity,       \
                             sizeof *(vec)->items),                                       \
     (void)((vec)->items[(vec)->count++] = (value)))

#endif
