/* arena.h - memory that lives and dies together.
 *
 * An Arena hands out memory that is freed all at once.  Every compiled library,
 * every record and every evaluation owns one; code that allocates never frees.
 * An arena has a byte limit.  Past it, arena_alloc() returns control to the
 * arena's guard (arena_guard), of which there is one per public entry point. */
#ifndef ISLET_BASE_ARENA_H
#define ISLET_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

enum { ARENA_ALIGNMENT = 16 };

/* The free room of the block in use; of these only this header and arena.c know. */
typedef struct Arena {
    unsigned char *next, *end;
} Arena;

/* A new arena that may hold at most `limit_bytes`.  NULL when out of memory. */
Arena *arena_new(size_t limit_bytes);

/* Frees the arena and all that it handed out.  NULL is allowed. */
void arena_free(Arena *arena);

/* Forgets all that was handed out; keeps the memory for use again. */
void arena_reset(Arena *arena);

/* What arena_try_alloc does where the block in use has not enough room. */
void *arena_try_alloc_anew(Arena *arena, size_t size);

/* Leaves to the guard at once (a recursion or step limit was reached). */
_Noreturn void arena_give_up(Arena *arena);

/* As arena_alloc, but NULL past the limit: for code that control must not leave
 * sideways (C++, callbacks of libraries). */
static inline void *arena_try_alloc(Arena *arena, size_t size) {
    size_t rounded = (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
    if (rounded - 1 >= (size_t)(arena->end - arena->next)) /* 0: no bytes, or too many */
        return arena_try_alloc_anew(arena, size);
    void *memory = arena->next;
    arena->next += rounded;
    return memory;
}

/* Memory of `size` bytes, aligned for any type, not zeroed.  Never NULL: past the
 * limit control goes to the guard (abort() when there is none). */
static inline void *arena_alloc(Arena *arena, size_t size) {
    void *memory = arena_try_alloc(arena, size);
    if (memory == NULL) arena_give_up(arena);
    return memory;
}

/* The same, zeroed. */
void *arena_alloc_zeroed(Arena *arena, size_t size);

/* `count` elements of `size` bytes, zeroed; an overflow counts as past the limit. */
void *arena_array(Arena *arena, size_t count, size_t size);

/* A copy of `size` bytes. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);

/* What is not the arena's own and would be lost when control goes to the guard: an open file, a
 * reader.  `release` is called with it by arena_release, or else when the arena is freed or
 * reset; at once when there is no room to note it. */
typedef struct Kept Kept;
Kept *arena_keep(Arena *arena, void *thing, void (*release)(void *thing));
void arena_release(Kept *kept);

/* Bytes handed out since arena_new or arena_reset. */
size_t arena_used(const Arena *arena);

/* The place to which arena_alloc returns past the limit.  Use:
 *     if (setjmp(*arena_guard(arena))) { ... limit reached ... }
 * and arena_unguard() before the function returns. */
jmp_buf *arena_guard(Arena *arena);
void arena_unguard(Arena *arena);

#endif
