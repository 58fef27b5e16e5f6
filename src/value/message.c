/* message.c - Message gives its source back.  Of severity Error, where the condition holds,
 * it is a run-time error; nothing is logged of the others, which may speak of a person. */
#include "value/operators.h"

static Str text_or_empty(Value value) { return value_is_null(value) ? STR("") : value_str(value); }

bool message(Eval *eval, const Value *arguments, Value *result) {
    Str code = text_or_empty(arguments[2]), severity = text_or_empty(arguments[3]);
    Str text = text_or_empty(arguments[4]);
    *result = arguments[0];
    if (!value_is_true(arguments[1]) || !str_is(severity, "Error")) return true;
    return eval_fail(eval, "message", "%.*s%s%.*s", STR_ARGS(code), code.length == 0 ? "" : ": ",
                     STR_ARGS(text));
}
