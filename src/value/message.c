/* message.c - Message gives its source back.  Where the condition holds it is a run-time error
 * of severity Error, and said to eval->messages of any other. */
#include "value/operators.h"

static Str text_or(Value value, const char *otherwise) {
    return value_is_null(value) ? str_from(otherwise) : value_str(value);
}

bool message(Eval *eval, const Value *arguments, Value *result) {
    Str code = text_or(arguments[2], ""), severity = text_or(arguments[3], "Message");
    Str text = text_or(arguments[4], "");
    *result = arguments[0];
    if (!value_is_true(arguments[1])) return true;
    if (str_is(severity, "Error"))
        return eval_fail(eval, "message", "%.*s%s%.*s", STR_ARGS(code),
                         code.length == 0 ? "" : ": ", STR_ARGS(text));
    if (eval->messages != NULL) eval->messages->say(eval->messages->self, severity, code, text);
    return true;
}
