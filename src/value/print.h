/* print.h - a value as text. */
#ifndef ISLET_VALUE_PRINT_H
#define ISLET_VALUE_PRINT_H

#include "value/eval.h"

/* As a CQL literal: strings quoted, a Decimal always with a point, dates with '@', an
 * interval with its bounds as constructed (an uncertainty as an interval), instances of the
 * model as eval->nodes says. */
void value_print(Eval *eval, Value value, Buffer *out);

/* For people and tables: a String as it is, dates in ISO form; else the literal. */
void value_print_plain(Eval *eval, Value value, Buffer *out);

/* The text in CQL's single quotes, with its escapes. */
void value_print_quoted(Str text, Buffer *out);

#endif
