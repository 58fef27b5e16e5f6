/* number.h - the text of a JSON number as an exact Decimal or Integer. */
#ifndef ISLET_FHIR_NUMBER_H
#define ISLET_FHIR_NUMBER_H

#include "value/value.h"

typedef enum NumberStatus {
    NUMBER_EXACT,
    NUMBER_ROUNDED,   /* had more than 8 digits after the point */
    NUMBER_OUTSIDE,   /* past the type's range: 20 digits before the point, 32 bits */
    NUMBER_NOT_WHOLE  /* an Integer was wanted */
} NumberStatus;

/* `text` is valid by JSON's grammar, of any length.  The Decimal lives in `arena`. */
NumberStatus number_to_decimal(Arena *arena, Str text, Value *out);
NumberStatus number_to_integer(Str text, Value *out);

#endif
