/* arena.c - a list of blocks, the newest first; allocation bumps a pointer.
 * Blocks double in size up to a cap, so that a large record costs few of them.
 * Under AddressSanitizer unused memory of a block is poisoned. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024 };

typedef struct Block {
    struct Block *next;
    size_t size; /* bytes of data */
    _Alignas(ALIGNMENT) unsigned char data[];
} Block;

struct Arena {
    Block *blocks; /* the first is the one in use */
    size_t at;     /* bytes used of it */
    size_t used;   /* bytes handed out */
    size_t limit;
    bool guarded;
    jmp_buf guard;
};

Arena *arena_new(size_t limit_bytes) {
    Arena *arena = calloc(1, sizeof *arena);
    if (arena != NULL) arena->limit = limit_bytes;
    return arena;
}

void arena_free(Arena *arena) {
    if (arena == NULL) return;
    Block *next;
    for (Block *block = arena->blocks; block != NULL; block = next) {
        next = block->next;
        UNPOISON(block->data, block->size);
        free(block);
    }
    free(arena);
}

void arena_reset(Arena *arena) {
    Block *keep = arena->blocks;
    if (keep != NULL) { /* the newest block is the largest: keep it, free the others */
        Block *next;
        for (Block *block = keep->next; block != NULL; block = next) {
            next = block->next;
            UNPOISON(block->data, block->size);
            free(block);
        }
        keep->next = NULL;
        POISON(keep->data, keep->size);
    }
    arena->at = 0;
    arena->used = 0;
}

static Block *add_block(Arena *arena, size_t needed) {
    size_t size = arena->blocks == NULL ? FIRST_BLOCK : arena->blocks->size * 2;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < needed) size = needed;
    Block *block = malloc(sizeof *block + size);
    if (block == NULL) return NULL;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->at = 0;
    POISON(block->data, size);
    return block;
}

void *arena_try_alloc(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) return NULL;
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded > arena->limit - arena->used) return NULL;
    Block *block = arena->blocks;
    if (block == NULL || rounded > block->size - arena->at) {
        block = add_block(arena, rounded);
        if (block == NULL) return NULL;
    }
    void *memory = block->data + arena->at;
    arena->at += rounded;
    arena->used += rounded;
    UNPOISON(memory, size);
    return memory;
}

void *arena_alloc(Arena *arena, size_t size) {
    void *memory = arena_try_alloc(arena, size);
    if (memory == NULL) arena_give_up(arena);
    return memory;
}

void *arena_alloc_zeroed(Arena *arena, size_t size) {
    return memset(arena_alloc(arena, size), 0, size);
}

void *arena_array(Arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size) arena_give_up(arena);
    return arena_alloc_zeroed(arena, count * size);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size) {
    void *copy = arena_alloc(arena, size);
    if (size != 0) memcpy(copy, bytes, size);
    return copy;
}

size_t arena_used(const Arena *arena) { return arena->used; }

jmp_buf *arena_guard(Arena *arena) {
    arena->guarded = true;
    return &arena->guard;
}

void arena_unguard(Arena *arena) { arena->guarded = false; }

void arena_give_up(Arena *arena) {
    if (!arena->guarded) abort();
    arena->guarded = false;
    longjmp(arena->guard, 1);
}
