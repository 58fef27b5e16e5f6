/* ucum_unit.h - a unit of UCUM taken apart; for the files of ucum. */
#ifndef ISLET_VALUE_UCUM_UNIT_H
#define ISLET_VALUE_UCUM_UNIT_H

#include "value/ucum_table.h"
#include "value/value.h"

typedef unsigned __int128 UcumWide;

/* numerator / denominator * 10^tens * pi^pi, in lowest terms. */
typedef struct UcumScale {
    UcumWide numerator, denominator;
    int32_t tens, pi;
} UcumScale;

enum { UCUM_ARBITRARY_LIMIT = 4 };

typedef struct UcumUnit {
    UcumScale scale; /* to the base units, or to the reference of a special unit */
    int32_t dimension[UCUM_DIMENSIONS];
    struct {
        uint8_t unit; /* 0: free */
        int32_t exponent;
    } arbitrary[UCUM_ARBITRARY_LIMIT];
    UcumKind kind;
    int32_t prefix_tens; /* of a special unit: the prefix, which its function does not see */
} UcumUnit;

/* False when the text is no unit of UCUM, or its factor needs more than 128 bits. */
bool ucum_parse(Str text, UcumUnit *unit);

/* What a term is made of: symbols, annotations and all, to their exponents.  A number is a
 * component too, of exponent 1 or -1. */
typedef struct UcumComponent {
    Str symbol;     /* without exponent; may be only an annotation */
    uint64_t number; /* where the symbol is a number, else 0 */
    int32_t exponent;
} UcumComponent;

enum { UCUM_COMPONENT_LIMIT = 32 };

typedef struct UcumTerm {
    UcumComponent items[UCUM_COMPONENT_LIMIT];
    uint32_t count;
} UcumTerm;

/* False when the text has not the form of a unit; whether there are such symbols is not
 * looked at. */
bool ucum_split(Str text, UcumTerm *term);

/* Multiplies by factor^exponent; false past 128 bits. */
bool ucum_scale_by(UcumScale *scale, const UcumFactor *factor, int32_t exponent);

/* Is the unit a function that falls: more is a lower number ([pH])? */
bool ucum_falls(const UcumUnit *unit);

/* Conversion where one of the units is a function: logarithms, tangent, root. */
bool ucum_convert_function(Arena *arena, Value decimal, const UcumUnit *from, const UcumUnit *to,
                           Value *out);

#endif
