/* convert.h - a value as one of another System type.
 *
 * CQL reference, "Type operators".  Each takes a value of any type and gives null where
 * the reference has no conversion or the text is not of the form. */
#ifndef ISLET_VALUE_CONVERT_H
#define ISLET_VALUE_CONVERT_H

#include "value/eval.h"

typedef Value (*Converter)(Eval *eval, Value value);

Value convert_to_boolean(Eval *eval, Value value);
Value convert_to_integer(Eval *eval, Value value);
Value convert_to_long(Eval *eval, Value value);
Value convert_to_decimal(Eval *eval, Value value);
Value convert_to_string(Eval *eval, Value value);
Value convert_to_date(Eval *eval, Value value);
Value convert_to_datetime(Eval *eval, Value value);
Value convert_to_time(Eval *eval, Value value);
Value convert_to_quantity(Eval *eval, Value value);
Value convert_to_ratio(Eval *eval, Value value);
Value convert_to_concept(Eval *eval, Value value);

#endif
