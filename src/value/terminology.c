/* terminology.c - membership in value sets and code systems, asked of eval->terms.
 *
 * A set that is not there is an error that names it, never an empty set. */
#include "value/operators.h"

static bool fail_unknown(Eval *eval, const char *kind, const Reference *set) {
    bool values = str_is(str_from(kind), "value set");
    const char *code = values ? "unknown-value-set" : "unknown-terminology";
    eval->error_hint = values ? STR("give a ValueSet of that url among the terms (--terms DIR)")
                              : STR("give a CodeSystem of that url among the terms (--terms DIR)");
    return eval_fail(eval, code, "the %s '%.*s'%s%.*s is not there", kind,
                     STR_ARGS(set->id), set->version.length == 0 ? "" : " version ",
                     STR_ARGS(set->version));
}

/* Is the code in the set?  False in *known at a set that is not there. */
static bool holds_code(Eval *eval, const Code *code, Value set, bool *known) {
    const Terminology *terms = eval->terms;
    *known = terms != NULL;
    if (terms == NULL) return false;
    return set.tag == TAG_VALUESET
               ? terms->in_value_set(terms->self, code, set.reference, known)
               : terms->in_code_system(terms->self, code, set.reference, known);
}

/* A Code, Concept or String; a String is a code of any system. */
static bool holds(Eval *eval, Value value, Value set, bool *known) {
    *known = true;
    if (value.tag == TAG_CODE) return holds_code(eval, value.code, set, known);
    if (value.tag == TAG_STRING) {
        Code code = { value_str(value), STR(""), STR(""), STR("") };
        return holds_code(eval, &code, set, known);
    }
    if (value.tag != TAG_CONCEPT) return false;
    for (uint32_t i = 0; i < value.concept->count && *known; i++)
        if (holds_code(eval, &value.concept->codes[i], set, known)) return true;
    return false;
}

static bool holds_any(Eval *eval, Value value, Value set, bool *known) {
    if (value.tag != TAG_LIST) return holds(eval, value, set, known);
    *known = true;
    for (uint32_t i = 0; i < value.list->count && *known; i++)
        if (holds(eval, value.list->items[i], set, known)) return true;
    return false;
}

static bool find_in(Eval *eval, const Value *arguments, const char *kind, Value *result) {
    Value set = arguments[1];
    bool known;
    *result = value_boolean(false);
    if (value_is_null(set)) return true;
    *result = value_boolean(holds_any(eval, arguments[0], set, &known));
    return known || fail_unknown(eval, kind, set.reference);
}

bool in_value_set(Eval *eval, const Value *arguments, Value *result) {
    return find_in(eval, arguments, "value set", result);
}

bool in_code_system(Eval *eval, const Value *arguments, Value *result) {
    return find_in(eval, arguments, "code system", result);
}

bool expand_value_set(Eval *eval, const Value *arguments, Value *result) {
    Value set = arguments[0];
    *result = value_null();
    if (value_is_null(set)) return true;
    if (eval->terms != NULL) *result = eval->terms->expand(eval->terms->self, eval, set.reference);
    return !value_is_null(*result) || fail_unknown(eval, "value set", set.reference);
}

/* ---- subsumption ---- */

static bool subsumes_one(Eval *eval, const Code *general, const Code *special, bool *subsumes) {
    const Terminology *terms = eval->terms;
    bool known = false;
    *subsumes = str_equal(general->code, special->code) &&
                str_equal(general->system, special->system);
    if (*subsumes || !str_equal(general->system, special->system)) return true;
    if (terms != NULL && terms->subsumes != NULL)
        *subsumes = terms->subsumes(terms->self, general, special, &known);
    return known || eval_fail(eval, "unknown-terminology",
                              "the code system '%.*s' is not there, so that it cannot be said "
                              "which of its codes are above others",
                              STR_ARGS(general->system));
}

/* A Code stands for itself, a Concept for each of its codes: one pair is enough. */
static bool subsumes_any(Eval *eval, Value general, Value special, Value *result) {
    *result = value_null();
    if (value_is_null(general) || value_is_null(special)) return true;
    Concept a = { .count = 1, .codes = general.code }, b = { .count = 1, .codes = special.code };
    if (general.tag == TAG_CONCEPT) a = *general.concept;
    if (special.tag == TAG_CONCEPT) b = *special.concept;
    bool subsumes = false;
    for (uint32_t i = 0; i < a.count && !subsumes; i++)
        for (uint32_t k = 0; k < b.count && !subsumes; k++)
            if (!subsumes_one(eval, &a.codes[i], &b.codes[k], &subsumes)) return false;
    *result = value_boolean(subsumes);
    return true;
}

bool subsumes_code(Eval *eval, const Value *arguments, Value *result) {
    return subsumes_any(eval, arguments[0], arguments[1], result);
}

bool subsumed_by_code(Eval *eval, const Value *arguments, Value *result) {
    return subsumes_any(eval, arguments[1], arguments[0], result);
}
