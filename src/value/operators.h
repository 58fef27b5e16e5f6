/* operators.h - the functions of ops.def, declared from the table itself. */
#ifndef ISLET_VALUE_OPERATORS_H
#define ISLET_VALUE_OPERATORS_H

#include "value/eval.h"

#define OP(name, operands, result, function) \
    bool function(Eval *eval, const Value *arguments, Value *result_);
#define FN OP
#include "value/ops.def"
#undef FN
#undef OP

#endif
