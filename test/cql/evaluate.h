/* evaluate.h - one expression of CQL, compiled and run without a model, for the tests. */
#ifndef ISLET_TEST_CQL_EVALUATE_H
#define ISLET_TEST_CQL_EVALUATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Outcome {
    bool sound;
    Str text; /* the value as CQL writes it, or the error */
} Outcome;

/* Now is 2026-01-15T12:00:00.000+00:00. */
Outcome evaluate(Arena *arena, Str file, Str expression);

#endif
