/* value_plain.h - values for those who know JSON and not CQL. */
#ifndef ISLET_REASON_VALUE_PLAIN_H
#define ISLET_REASON_VALUE_PLAIN_H

#include "json/json.h"
#include "value/eval.h"

/* The value with each primitive of FHIR in it as the System value that it holds. */
Value value_unwrap(Eval *eval, Value value);

/* As JSON.  Numbers, strings, true and false are themselves, dates ISO text, lists arrays, tuples
 * objects; a quantity is { value, unit }, a code { code, system, ... }, an interval
 * { low, high, lowClosed, highClosed }; a resource is "Type/id", any other part of a record
 * its JSON. */
void value_write_plain(JsonWriter *w, Eval *eval, Value value);

#endif
