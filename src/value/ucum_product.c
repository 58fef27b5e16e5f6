/* ucum_product.c - the unit of a product or a quotient, as UCUM text.
 *
 * Both units are split into components; the same symbol's exponents add up, numbers multiply.
 * What remains is written in the order in which it came, first what is multiplied, then what
 * is divided by: "kg.m/s2".  Nothing is converted: cm and m stay two symbols. */
#include "value/ucum.h"
#include "value/ucum_unit.h"

typedef struct Product {
    UcumTerm term;             /* symbols, each once */
    uint64_t over, under;      /* numbers */
} Product;

static bool add_number(Product *product, uint64_t number, int32_t exponent) {
    uint64_t *side = exponent > 0 ? &product->over : &product->under;
    return !__builtin_mul_overflow(*side, number, side);
}

static bool add(Product *product, const UcumComponent *component, int32_t sign) {
    UcumTerm *term = &product->term;
    if (component->number != 0)
        return add_number(product, component->number, component->exponent * sign);
    for (uint32_t i = 0; i < term->count; i++) {
        if (!str_equal(term->items[i].symbol, component->symbol)) continue;
        term->items[i].exponent += component->exponent * sign;
        return true;
    }
    if (term->count == UCUM_COMPONENT_LIMIT) return false;
    term->items[term->count] = *component;
    term->items[term->count++].exponent *= sign;
    return true;
}

static bool add_unit(Product *product, Str unit, int32_t sign) {
    UcumTerm term;
    if (!ucum_valid(unit) || !ucum_split(unit, &term)) return false;
    for (uint32_t i = 0; i < term.count; i++)
        if (!add(product, &term.items[i], sign)) return false;
    return true;
}

static void cancel_numbers(Product *product) {
    uint64_t a = product->over, b = product->under;
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    product->over /= a;
    product->under /= a;
}

static void print_symbol(const UcumComponent *component, Buffer *out) {
    int32_t exponent = component->exponent < 0 ? -component->exponent : component->exponent;
    buffer_add(out, component->symbol);
    if (exponent != 1 && component->symbol.data[0] != '{') buffer_format(out, "%d", (int)exponent);
}

/* The components of one sign of exponent, each after its operator. */
static void print_side(const UcumTerm *term, int32_t sign, Buffer *out) {
    for (uint32_t i = 0; i < term->count; i++) {
        const UcumComponent *component = &term->items[i];
        if (component->exponent * sign <= 0) continue;
        if (sign < 0) buffer_add_char(out, '/');
        else if (out->length > 0) buffer_add_char(out, '.');
        print_symbol(component, out);
    }
}

static Str print(Arena *arena, const Product *product) {
    Buffer out = buffer_new(arena);
    if (product->over != 1) buffer_format(&out, "%llu", (unsigned long long)product->over);
    print_side(&product->term, 1, &out);
    if (out.length == 0) buffer_add_char(&out, '1');
    if (product->under != 1) buffer_format(&out, "/%llu", (unsigned long long)product->under);
    print_side(&product->term, -1, &out);
    return buffer_str(&out);
}

static bool combine(Arena *arena, Str a, Str b, int32_t sign, Str *out) {
    Product product = { .over = 1, .under = 1 };
    if (!add_unit(&product, a, 1) || !add_unit(&product, b, sign)) return false;
    cancel_numbers(&product);
    *out = print(arena, &product);
    return ucum_valid(*out);
}

bool ucum_multiply(Arena *arena, Str a, Str b, Str *out) { return combine(arena, a, b, 1, out); }
bool ucum_divide(Arena *arena, Str a, Str b, Str *out) { return combine(arena, a, b, -1, out); }
