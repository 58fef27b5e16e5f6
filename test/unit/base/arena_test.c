/* arena_test.c - what arena.h promises. */
#include "base/arena.h"

#include <stdint.h>

#include "base/vec.h"
#include "check.h"

static void memory_is_aligned_and_distinct(void) {
    Arena *arena = arena_new(1 << 20);
    char *last = NULL;
    for (size_t size = 0; size < 300; size++) {
        char *memory = arena_alloc(arena, size);
        CHECK((uintptr_t)memory % 16 == 0);
        memset(memory, 0xAB, size);
        CHECK(size <= 1 || memory != last);
        last = memory;
    }
    arena_free(arena);
}

static void zeroed_memory_is_zero_also_after_reset(void) {
    Arena *arena = arena_new(1 << 20);
    memset(arena_alloc(arena, 1000), 0xFF, 1000);
    arena_reset(arena);
    const unsigned char *memory = arena_alloc_zeroed(arena, 1000);
    int sum = 0;
    for (int i = 0; i < 1000; i++) sum |= memory[i];
    CHECK(sum == 0);
    arena_free(arena);
}

/* Allocates until the arena is full; returns how often it went well. */
static int fill(Arena *arena, size_t size) {
    volatile int count = 0;
    if (setjmp(*arena_guard(arena))) return count;
    for (;;) {
        arena_alloc(arena, size);
        count++;
    }
}

static void the_limit_returns_to_the_guard(void) {
    for (size_t limit = 0; limit < 4096; limit += 16) {
        Arena *arena = arena_new(limit);
        CHECK(fill(arena, 16) == (int)(limit / 16));
        CHECK(arena_used(arena) <= limit);
        arena_free(arena);
    }
}

static void count(void *thing) { ++*(int *)thing; }

static void what_is_kept_is_released_once(void) {
    int released[4] = { 0 };
    Arena *arena = arena_new(1 << 20);
    Kept *first = arena_keep(arena, &released[0], count);
    arena_keep(arena, &released[1], count);
    arena_release(first);
    CHECK(released[0] == 1 && released[1] == 0);
    arena_reset(arena);
    CHECK(released[0] == 1 && released[1] == 1);
    arena_keep(arena, &released[2], count);
    arena_free(arena);
    CHECK(released[1] == 1 && released[2] == 1);
    arena = arena_new(0);
    if (setjmp(*arena_guard(arena)) == 0) arena_keep(arena, &released[3], count);
    CHECK(released[3] == 1);
    arena_free(arena);
}

static void a_large_array_counts_as_past_the_limit(void) {
    Arena *arena = arena_new(1 << 20);
    CHECK(arena_try_alloc(arena, SIZE_MAX - 8) == NULL);
    volatile bool refused = false;
    if (setjmp(*arena_guard(arena))) refused = true;
    else arena_array(arena, SIZE_MAX / 4, 16);
    CHECK(refused);
    arena_free(arena);
}

static void reset_gives_the_memory_again(void) {
    Arena *arena = arena_new(1 << 16);
    for (int round = 0; round < 100; round++) {
        CHECK(arena_try_alloc(arena, 60000) != NULL);
        CHECK(arena_try_alloc(arena, 60000) == NULL);
        arena_reset(arena);
        CHECK(arena_used(arena) == 0);
    }
    arena_free(arena);
}

static void a_vec_keeps_what_was_pushed(void) {
    Arena *arena = arena_new(1 << 20);
    VEC(int) numbers = { 0 };
    for (int i = 0; i < 1000; i++) vec_push(arena, &numbers, i);
    CHECK(numbers.count == 1000);
    for (int i = 0; i < 1000; i++) CHECK(numbers.items[i] == i);
    arena_free(arena);
}

int main(void) {
    RUN(memory_is_aligned_and_distinct);
    RUN(zeroed_memory_is_zero_also_after_reset);
    RUN(the_limit_returns_to_the_guard);
    RUN(what_is_kept_is_released_once);
    RUN(a_large_array_counts_as_past_the_limit);
    RUN(reset_gives_the_memory_again);
    RUN(a_vec_keeps_what_was_pushed);
    return check_report();
}
