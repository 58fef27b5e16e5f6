/* string.h - text by Unicode code point. */
#ifndef ISLET_VALUE_STRING_H
#define ISLET_VALUE_STRING_H

#include "base/str.h"

/* CQL Equivalent of Strings: case is ignored, and all white space is alike. */
bool string_equivalent(Str a, Str b);

/* Regular expressions that were compiled, for Eval.patterns; of one thread. */
typedef struct PatternCache PatternCache;
PatternCache *pattern_cache_new(Arena *arena);

/* The bytes of the code point that starts at `at`, within the text. */
size_t string_character(Str text, size_t at);

#endif
