/* ucum.c - reading units of UCUM.
 *
 * A unit is first split into components by its operators (ucum_split), then each is looked
 * up: the whole symbol as an atom, else a prefix and a metric atom.  Exponents, dimensions
 * and exact factors add up.  Powers of ten and of pi are counted apart, so that nearly all
 * factors stay small whole numbers. */
#include "value/ucum.h"

#include <string.h>

#include "value/ucum_unit.h"

enum { NESTING_LIMIT = 16, EXPONENT_LIMIT = 99, TEXT_LIMIT = 400 };

/* ---- the form of a unit ---- */

typedef struct Splitter {
    const char *at, *end;
    UcumTerm *term;
    int depth;
} Splitter;

static bool more(const Splitter *s) { return s->at < s->end; }
static bool next_is(const Splitter *s, char c) { return more(s) && *s->at == c; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The end of "{...}" or "[...]" that begins at `at`; NULL: it does not end. */
static const char *closed(const Splitter *s, const char *at, char close) {
    for (at++; at < s->end; at++) {
        if (*at == close) return at + 1;
        if (*at == '{' || *at == '[' || *at <= ' ' || *at > '~') return NULL;
    }
    return NULL;
}

/* The end of a symbol with its exponent; NULL: it is no symbol. */
static const char *symbol_end(const Splitter *s) {
    const char *at = s->at;
    while (at != NULL && at < s->end && strchr("./(){}", *at) == NULL) {
        if (*at <= ' ' || *at > '~' || *at == ']') return NULL;
        at = *at == '[' ? closed(s, at, ']') : at + 1;
    }
    return at;
}

static bool read_number(Str text, uint64_t *number) {
    uint64_t value = 0;
    if (text.length == 0 || text.length > 18) return false;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i])) return false;
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = value;
    return value > 0;
}

/* Takes the exponent off the symbol's end. */
static bool read_exponent(Str *symbol, int32_t *exponent) {
    size_t start = symbol->length;
    while (start > 0 && is_digit(symbol->data[start - 1])) start--;
    *exponent = 1;
    if (start == symbol->length) return true;
    uint64_t number;
    if (!read_number(str_slice(*symbol, start, symbol->length), &number)) return false;
    if (number > EXPONENT_LIMIT) return false;
    *exponent = (int32_t)number;
    if (start > 0 && (symbol->data[start - 1] == '-' || symbol->data[start - 1] == '+'))
        if (symbol->data[--start] == '-') *exponent = -*exponent;
    *symbol = str_slice(*symbol, 0, start);
    return start > 0;
}

static bool add_component(Splitter *s, UcumComponent component) {
    if (s->term->count == UCUM_COMPONENT_LIMIT) return false;
    s->term->items[s->term->count++] = component;
    return true;
}

static bool split_symbol(Splitter *s, int sign) {
    const char *end = symbol_end(s);
    if (end == NULL) return false;
    UcumComponent component = { .symbol = { s->at, (size_t)(end - s->at) }, .exponent = 1 };
    s->at = end;
    if (!read_number(component.symbol, &component.number) &&
        component.symbol.length > 0 && !read_exponent(&component.symbol, &component.exponent))
        return false;
    component.exponent *= sign;
    if (next_is(s, '{')) {
        const char *annotation_end = closed(s, s->at, '}');
        if (annotation_end == NULL || component.number != 0) return false;
        if (component.symbol.length == 0)
            component.symbol = (Str){ s->at, (size_t)(annotation_end - s->at) };
        s->at = annotation_end;
    }
    return component.symbol.length > 0 && add_component(s, component);
}

static bool split_term(Splitter *s, int sign);

static bool split_component(Splitter *s, int sign) {
    if (!next_is(s, '(')) return split_symbol(s, sign);
    if (++s->depth > NESTING_LIMIT) return false;
    s->at++;
    if (!split_term(s, sign) || !next_is(s, ')')) return false;
    s->at++;
    s->depth--;
    return true;
}

static bool split_term(Splitter *s, int sign) {
    int direction = sign;
    if (next_is(s, '/')) {
        s->at++;
        direction = -sign;
    }
    if (!split_component(s, direction)) return false;
    while (next_is(s, '.') || next_is(s, '/')) {
        direction = *s->at++ == '/' ? -sign : sign;
        if (!split_component(s, direction)) return false;
    }
    return true;
}

bool ucum_split(Str text, UcumTerm *term) {
    term->count = 0;
    if (text.length == 0) return true;
    if (text.length > TEXT_LIMIT) return false;
    Splitter splitter = { text.data, text.data + text.length, term, 0 };
    return split_term(&splitter, 1) && !more(&splitter);
}

/* ---- factors ---- */

static UcumWide common_divisor(UcumWide a, UcumWide b) {
    while (b != 0 && a != 1) {
        UcumWide rest = b == 1 ? 0 : a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool multiply(UcumWide *product, UcumWide by) {
    return !__builtin_mul_overflow(*product, by, product);
}

/* scale * over / under */
static bool multiply_fraction(UcumScale *scale, UcumWide over, UcumWide under) {
    UcumWide a = common_divisor(scale->numerator, under);
    UcumWide b = common_divisor(scale->denominator, over);
    scale->numerator /= a;
    scale->denominator /= b;
    return multiply(&scale->numerator, over / b) && multiply(&scale->denominator, under / a);
}

bool ucum_scale_by(UcumScale *scale, const UcumFactor *factor, int32_t exponent) {
    scale->tens += factor->tens * exponent;
    scale->pi += factor->pi * exponent;
    if (factor->numerator == 1 && factor->denominator == 1) return true;
    for (int32_t i = 0; i < exponent; i++)
        if (!multiply_fraction(scale, factor->numerator, factor->denominator)) return false;
    for (int32_t i = 0; i > exponent; i--)
        if (!multiply_fraction(scale, factor->denominator, factor->numerator)) return false;
    return true;
}

/* ---- the meaning of a unit ---- */

static int compare_code(Str symbol, const char *code) {
    size_t i = 0;
    while (i < symbol.length && symbol.data[i] == code[i]) i++;
    if (i == symbol.length) return code[i] == '\0' ? 0 : -1;
    return (unsigned char)symbol.data[i] < (unsigned char)code[i] ? -1 : 1;
}

static const UcumAtom *find_atom(Str symbol) {
    size_t low = 0, high = ucum_atom_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_code(symbol, ucum_atoms[middle].code);
        if (order == 0) return &ucum_atoms[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

static const UcumPrefix *find_prefix(Str symbol) {
    for (size_t i = 0; i < ucum_prefix_count; i++)
        if (compare_code(symbol, ucum_prefixes[i].code) == 0) return &ucum_prefixes[i];
    return NULL;
}

/* The atom, after a prefix of one or two letters or none; NULL: there is no such unit. */
static const UcumAtom *find(Str symbol, const UcumPrefix **prefix) {
    *prefix = NULL;
    const UcumAtom *atom = find_atom(symbol);
    if (atom != NULL) return atom;
    for (size_t length = 1; length <= 2 && length < symbol.length; length++) {
        *prefix = find_prefix(str_slice(symbol, 0, length));
        atom = *prefix == NULL ? NULL : find_atom(str_slice(symbol, length, symbol.length));
        if (atom != NULL && atom->metric) return atom;
    }
    return NULL;
}

static bool add_arbitrary(UcumUnit *unit, uint8_t number, int32_t exponent) {
    for (int i = 0; i < UCUM_ARBITRARY_LIMIT; i++) {
        if (unit->arbitrary[i].unit != 0 && unit->arbitrary[i].unit != number) continue;
        unit->arbitrary[i].unit = number;
        unit->arbitrary[i].exponent += exponent;
        return true;
    }
    return false;
}

static bool add_atom(UcumUnit *unit, const UcumAtom *atom, const UcumPrefix *prefix,
                     int32_t exponent) {
    for (int i = 0; i < UCUM_DIMENSIONS; i++)
        unit->dimension[i] += atom->dimension[i] * exponent;
    if (atom->kind != UCUM_RATIO) {
        unit->kind = (UcumKind)atom->kind;
        unit->prefix_tens = prefix == NULL ? 0 : prefix->factor.tens;
    } else if (prefix != NULL && !ucum_scale_by(&unit->scale, &prefix->factor, exponent)) {
        return false;
    }
    if (!ucum_scale_by(&unit->scale, &atom->factor, exponent)) return false;
    return atom->arbitrary == 0 || add_arbitrary(unit, atom->arbitrary, exponent);
}

static bool add(UcumUnit *unit, const UcumComponent *component) {
    if (component->number != 0) {
        UcumFactor factor = { component->number, 1, 0, 0 };
        while (factor.numerator % 10 == 0) {
            factor.numerator /= 10;
            factor.tens++;
        }
        return ucum_scale_by(&unit->scale, &factor, component->exponent);
    }
    if (component->symbol.data[0] == '{') return true;
    const UcumPrefix *prefix;
    const UcumAtom *atom = find(component->symbol, &prefix);
    return atom != NULL && add_atom(unit, atom, prefix, component->exponent);
}

bool ucum_parse(Str text, UcumUnit *unit) {
    UcumTerm term;
    *unit = (UcumUnit){ .scale = { 1, 1, 0, 0 } };
    if (!ucum_split(text, &term)) return false;
    for (uint32_t i = 0; i < term.count; i++)
        if (!add(unit, &term.items[i])) return false;
    bool alone = term.count == 1 && term.items[0].exponent == 1;
    if (unit->kind != UCUM_RATIO && !alone) unit->kind = UCUM_IMPROPER;
    return true;
}

bool ucum_valid(Str unit) {
    UcumUnit parsed;
    return ucum_parse(unit, &parsed);
}
