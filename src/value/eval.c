/* eval.c - see eval.h. */
#include "value/eval.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_LIMIT = 1024 };

bool eval_fail(Eval *eval, const char *code, const char *format, ...) {
    if (eval->error_code != NULL) return false;
    char message[MESSAGE_LIMIT];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    eval->error_code = code;
    eval->error_message = str_copy(eval->arena, str_from(message));
    return false;
}

bool eval_charge(Eval *eval, uint64_t steps) {
    if (eval->charge == NULL || eval->charge(eval->charger, steps)) return true;
    return eval_fail(eval, "step-limit", "the evaluation takes too many steps");
}
