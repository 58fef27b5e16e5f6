/* unit_fuzz.c - any two texts, of which the first line is one, as units: what is said of them
 * does not depend on their order, and a product of units is a unit. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/decimal.h"
#include "value/ucum.h"

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "unit: %s\n", what);
    abort();
}

static void check_order(Arena *arena, Str a, Str b) {
    Value one = decimal_from_integer(arena, 1), two = decimal_from_integer(arena, 2);
    int forth = 0, back = 0;
    bool comparable = ucum_compare(arena, one, a, two, b, &forth);
    require(ucum_compare(arena, two, b, one, a, &back) == comparable, "comparing one way only");
    require(!comparable || forth == -back, "both are greater than the other");
    require(ucum_commensurable(a, b) == ucum_commensurable(b, a), "commensurable one way only");
    require(!ucum_finer(a, b) || !ucum_finer(b, a), "each is finer than the other");
}

static void check_conversion(Arena *arena, Str a, Str b) {
    Value three = decimal_from_integer(arena, 3), there, back;
    if (ucum_convert(arena, three, a, a, &there))
        require(decimal_compare(three, there) == 0, "converted to itself it changes");
    if (!ucum_convert(arena, three, a, b, &there)) return;
    require(ucum_valid(a) && ucum_valid(b) && ucum_commensurable(a, b), "converted all the same");
    ucum_convert(arena, there, b, a, &back);
}

static void check_products(Arena *arena, Str a, Str b) {
    Str out;
    if (ucum_multiply(arena, a, b, &out)) require(ucum_valid(out), "a product is no unit");
    if (ucum_divide(arena, a, b, &out)) require(ucum_valid(out), "a quotient is no unit");
}

/* The text's two halves, at its first line's end, are two units. */
static void check_text(Arena *arena, Str text) {
    const char *end = text.length == 0 ? NULL : memchr(text.data, '\n', text.length);
    size_t middle = end == NULL ? text.length : (size_t)(end - text.data);
    Str a = str_slice(text, 0, middle);
    Str b = str_slice(text, end == NULL ? 0 : middle + 1, text.length);
    check_order(arena, a, b);
    check_conversion(arena, a, b);
    check_products(arena, a, b);
    ucum_proportional(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(16 << 20);
    const Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) check_text(arena, text);
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
