/* arena.c - a list of blocks, the newest first; allocation bumps a pointer.
 *
 * Blocks double in size up to a cap, so that a large record costs few of them.  The room
 * that the header hands out from ends where the block does or where the limit is reached,
 * whichever is nearer.  Under AddressSanitizer unused memory of a block is poisoned and there
 * is no such room: every allocation comes here. */
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
enum { CHECKED = true };
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { CHECKED = false };
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024 };

typedef struct Block {
    struct Block *next;
    size_t size; /* bytes of data */
    _Alignas(ARENA_ALIGNMENT) unsigned char data[];
} Block;

struct Kept {
    struct Kept *next;
    void *thing; /* NULL: released */
    void (*release)(void *thing);
};

typedef struct Blocks {
    Arena room;         /* the first member: an Arena points here */
    unsigned char *end; /* where the room ends; room.end, but under AddressSanitizer */
    Block *blocks;      /* the first is the one in use */
    size_t before;      /* bytes handed out of the others */
    size_t limit;
    Kept *kept;
    bool guarded;
    jmp_buf guard;
} Blocks;

Arena *arena_new(size_t limit_bytes) {
    Blocks *arena = calloc(1, sizeof *arena);
    if (arena == NULL) return NULL;
    arena->limit = limit_bytes;
    return &arena->room;
}

static void free_blocks(Block *block) {
    Block *next;
    for (; block != NULL; block = next) {
        next = block->next;
        UNPOISON(block->data, block->size);
        free(block);
    }
}

static void release_all(Blocks *arena) {
    for (Kept *kept = arena->kept; kept != NULL; kept = kept->next) arena_release(kept);
    arena->kept = NULL;
}

void arena_free(Arena *room) {
    Blocks *arena = (Blocks *)room;
    if (arena == NULL) return;
    release_all(arena);
    free_blocks(arena->blocks);
    free(arena);
}

/* Bytes handed out of the block in use. */
static size_t used_of_block(const Blocks *arena) {
    return arena->blocks == NULL ? 0 : (size_t)(arena->room.next - arena->blocks->data);
}

/* The room is all of the block in use, as far as the limit goes. */
static void open_block(Blocks *arena) {
    Block *block = arena->blocks;
    size_t allowed = arena->limit - arena->before;
    arena->room.next = block->data;
    arena->end = block->data + (block->size < allowed ? block->size : allowed);
    arena->room.end = CHECKED ? arena->room.next : arena->end;
    POISON(block->data, block->size);
}

void arena_reset(Arena *room) {
    Blocks *arena = (Blocks *)room;
    release_all(arena);
    Block *keep = arena->blocks; /* the newest block is the largest: the others are freed */
    arena->before = 0;
    if (keep == NULL) return;
    free_blocks(keep->next);
    keep->next = NULL;
    open_block(arena);
}

static bool add_block(Blocks *arena, size_t needed) {
    size_t size = arena->blocks == NULL ? FIRST_BLOCK : arena->blocks->size * 2;
    size_t used = arena->before + used_of_block(arena);
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < needed) size = needed;
    if (needed > arena->limit - used) return false;
    Block *block = malloc(sizeof *block + size);
    if (block == NULL) return false;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->before = used;
    open_block(arena);
    return true;
}

void *arena_try_alloc_anew(Arena *room, size_t size) {
    Blocks *arena = (Blocks *)room;
    if (size > SIZE_MAX / 2) return NULL;
    size_t rounded = (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
    bool fits = arena->blocks != NULL && rounded <= (size_t)(arena->end - room->next);
    if (!fits && !add_block(arena, rounded)) return NULL;
    void *memory = room->next;
    room->next += rounded;
    if (CHECKED) room->end = room->next;
    UNPOISON(memory, size);
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

Kept *arena_keep(Arena *room, void *thing, void (*release)(void *thing)) {
    Blocks *arena = (Blocks *)room;
    Kept *kept = arena_try_alloc(room, sizeof *kept);
    if (kept == NULL) {
        release(thing);
        arena_give_up(room);
    }
    *kept = (Kept){ arena->kept, thing, release };
    arena->kept = kept;
    return kept;
}

void arena_release(Kept *kept) {
    if (kept->thing != NULL) kept->release(kept->thing);
    kept->thing = NULL;
}

size_t arena_used(const Arena *room) {
    const Blocks *arena = (const Blocks *)room;
    return arena->before + used_of_block(arena);
}

jmp_buf *arena_guard(Arena *room) {
    Blocks *arena = (Blocks *)room;
    arena->guarded = true;
    return &arena->guard;
}

void arena_unguard(Arena *arena) { ((Blocks *)arena)->guarded = false; }

void arena_give_up(Arena *room) {
    Blocks *arena = (Blocks *)room;
    if (!arena->guarded) abort();
    arena->guarded = false;
    longjmp(arena->guard, 1);
}
