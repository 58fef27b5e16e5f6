/* compare.h - equality, equivalence and order of any two values.
 *
 * CQL 1.5.3, appendix B, "Comparison operators".  Of different types, numbers are brought
 * to the wider type; other values are unequal and not equivalent, and have no order. */
#ifndef ISLET_VALUE_COMPARE_H
#define ISLET_VALUE_COMPARE_H

#include "value/eval.h"

/* Boolean, or null where CQL cannot say. */
Value value_equal(Eval *eval, Value a, Value b);

/* Boolean, never null. */
Value value_equivalent(Eval *eval, Value a, Value b);

/* Integer -1, 0 or 1, or null where there is no order. */
Value value_compare(Eval *eval, Value a, Value b);

#endif
