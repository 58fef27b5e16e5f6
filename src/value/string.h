/* string.h - text by Unicode code point. */
#ifndef ISLET_VALUE_STRING_H
#define ISLET_VALUE_STRING_H

#include "base/str.h"

/* CQL Equivalent of Strings: case is ignored, and all white space is alike. */
bool string_equivalent(Str a, Str b);

/* The bytes of the code point that starts at `at`, within the text. */
size_t string_character(Str text, size_t at);

#endif
