/* parameter.h - the value of a library's parameter, from an expression of the caller's. */
#ifndef ISLET_REASON_PARAMETER_H
#define ISLET_REASON_PARAMETER_H

#include "cql/program.h"

/* Evaluates the expression as the parameter's default would be: checked against its type and
 * converted to it.  The value lives in `arena`.  `moment` gives the clock and the default
 * offset.  False: the mistakes stand in `diagnostics`, their places within the expression. */
bool parameter_evaluate(Arena *arena, const Program *program, uint32_t parameter, Str expression,
                        const Eval *moment, Value *value, Diagnostics *diagnostics);

#endif
