/* context.c - a retrieve from a related context: what was retrieved, where the context is the
 * record's own.
 *
 * A record holds the resources of one patient.  Those of anyone else are not there, and an empty
 * list would say that they have none. */
#include <string.h>

#include "value/operators.h"

/* "http://host/fhir/Patient/p1/_history/2" -> "http://host/fhir/Patient/p1" */
static Str without_version(Str reference) {
    Str history = STR("/_history/");
    for (size_t i = 0; i + history.length <= reference.length; i++)
        if (memcmp(reference.data + i, history.data, history.length) == 0)
            return str_slice(reference, 0, i);
    return reference;
}

/* Does the reference or the id name what `own`, "Patient/p1", is? */
static bool names(Str reference, Str own) {
    reference = without_version(reference);
    if (reference.length == 0 || own.length == 0) return false;
    Str longer = reference.length < own.length ? own : reference;
    Str shorter = reference.length < own.length ? reference : own;
    size_t start = longer.length - shorter.length;
    return str_equal(str_slice(longer, start, longer.length), shorter) &&
           (start == 0 || longer.data[start - 1] == '/');
}

static Str text_of(Eval *eval, Value value) {
    if (value.tag == TAG_STRING) return value_str(value);
    return value.tag == TAG_NODE && eval->nodes != NULL ? eval->nodes->to_text(eval, value) : STR("");
}

bool from_context(Eval *eval, const Value *arguments, Value *result) {
    Value named = arguments[1], own = arguments[2];
    *result = value_null();
    if (value_is_null(named)) return true;
    Str own_text = text_of(eval, own), text = text_of(eval, named);
    bool same = named.tag == TAG_NODE && own.tag == TAG_NODE && named.node == own.node;
    if (same || names(text, own_text)) return *result = arguments[0], true;
    eval->error_hint = STR("only what is of the record's own patient can be retrieved");
    return eval_fail(eval, "other-context", "the record is of %.*s and does not hold that of %.*s",
                     STR_ARGS(own_text), STR_ARGS(text));
}
