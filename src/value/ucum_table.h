/* ucum_table.h - what the generated table of UCUM's units holds. */
#ifndef ISLET_VALUE_UCUM_TABLE_H
#define ISLET_VALUE_UCUM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a number of the unit becomes one of its reference unit, which is `factor` and
 * `dimension`: by the factor alone, or by a function first. */
typedef enum UcumKind {
    UCUM_RATIO,
    UCUM_CELSIUS,
    UCUM_FAHRENHEIT,
    UCUM_REAUMUR,
    UCUM_TANGENT,       /* 100 times the tangent of an angle */
    UCUM_ROOT,          /* the square root */
    UCUM_LOG_E,
    UCUM_LOG2,
    UCUM_LOG10,
    UCUM_TWICE_LOG10,
    UCUM_MINUS_LOG10,
    UCUM_MINUS_LOG100,
    UCUM_MINUS_LOG1000,
    UCUM_MINUS_LOG50000,
    UCUM_IMPROPER       /* not in the table: a special unit within a product or power */
} UcumKind;

/* numerator / denominator * 10^tens * pi^pi */
typedef struct UcumFactor {
    uint64_t numerator, denominator;
    int16_t tens, pi;
} UcumFactor;

enum { UCUM_DIMENSIONS = 7 }; /* m, s, g, rad, K, C, cd */

typedef struct UcumAtom {
    const char *code;
    UcumFactor factor;
    int8_t dimension[UCUM_DIMENSIONS];
    uint8_t kind;      /* UcumKind */
    uint8_t arbitrary; /* 0, or the number of an arbitrary unit, which is like no other */
    bool metric;       /* takes prefixes */
} UcumAtom;

typedef struct UcumPrefix {
    const char *code;
    UcumFactor factor;
} UcumPrefix;

/* Sorted by code. */
extern const size_t ucum_atom_count;
extern const UcumAtom ucum_atoms[];
extern const size_t ucum_prefix_count;
extern const UcumPrefix ucum_prefixes[];

#endif
