/* value_form.h - a CQL value as JSON, as words and as list of strings. */
#ifndef ISLET_REASON_VALUE_FORM_H
#define ISLET_REASON_VALUE_FORM_H

#include "json/json.h"
#include "reason/guideline.h"

/* Tuples are objects, element by element, nulls included; lists are arrays; codes are their
 * code, dates ISO text, quantities { value, unit }, resources "Type/id". */
void value_write_json(JsonWriter *w, Eval *eval, Value value);

/* For people: "4 %", "yes", "ileum", "2026-01-12", "a, b". */
void value_write_words(Eval *eval, Value value, Buffer *out);

/* A unit of UCUM for people: "{mitoses}/(2.mm2)" -> "per 2 mm2", "mL/min/{1.73_m2}" ->
 * "mL/min/1.73 m2". */
Str unit_in_words(Arena *arena, Str unit);

/* One string or code, or a list of them, as strings; null and nulls give none. */
StrList value_strings(Eval *eval, Value value);

/* The element of a tuple; null when it has none, or is no tuple. */
Value value_element(Value tuple, const char *name);

#endif
