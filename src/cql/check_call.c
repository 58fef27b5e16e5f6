/* check_call.c - calls: functions of this library, of included ones, of the model's helpers,
 * and those that CQL has.
 *
 * All that have the name are tried together; this library's come first where the cost is
 * the same.  x.f(y) is f(x, y) of a fluent function, wherever it is defined. */
#include <string.h>

#include "cql/check_state.h"

typedef enum Origin { ORIGIN_ANY, ORIGIN_LIBRARY, ORIGIN_HELPERS, ORIGIN_SYSTEM } Origin;

typedef struct Call {
    Check *c;
    Ast *node;
    Origin origin;
    const Definition *include; /* of what stands before the dot, or NULL */
    Choice best;
    /* What has the name, for messages. */
    uint32_t found;
    const Signature *last;
} Call;

/* ---- candidates ---- */

static void try_signature(Call *call, const Signature *signature) {
    Signature alone = *signature;
    alone.next = NULL;
    call->found++;
    call->last = signature;
    const Signature *before = call->best.signature;
    overload_try(call->c, call->node, &alone, false, &call->best);
    if (call->best.signature != before) call->best.signature = signature;
}

static void try_library(Call *call, const Library *library, bool fluent_only) {
    if (library == NULL) return;
    const NameEntry *e = names_find(library->names, call->node->name);
    for (; e != NULL; e = e->next) {
        const Definition *d = e->definition;
        if (d->kind != DEFINITION_FUNCTION || (fluent_only && !d->fluent) ||
            (d->is_private && library != call->c->library))
            continue;
        try_signature(call, &e->signature);
    }
}

static bool is_helper(const Check *c, Str name) {
    for (uint32_t i = 0; c->model != NULL && i < c->model->conversion_count; i++)
        if (str_is(name, c->rules->helpers[i].overload->name)) return true;
    return false;
}

static void try_helpers(Call *call) {
    Check *c = call->c;
    for (uint32_t i = 0; i < c->model->conversion_count; i++)
        if (str_is(call->node->name, c->rules->helpers[i].overload->name))
            try_signature(call, &c->rules->helpers[i]);
}

static void try_system(Call *call) {
    const Signature *s = overloads_find(call->c->rules->overloads, call->node->name);
    for (; s != NULL; s = s->next)
        if (s->overload->callable) try_signature(call, s);
}

/* Fluent functions of the libraries that this one includes. */
static void try_included(Call *call) {
    Check *c = call->c;
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++) {
        const Definition *d = c->library->definitions[i];
        if (d->kind != DEFINITION_INCLUDE) continue;
        if (name_is_helpers(c, d)) try_helpers(call);
        else try_library(call, d->included, true);
    }
}

static void try_all(Call *call) {
    Check *c = call->c;
    switch (call->origin) {
    case ORIGIN_LIBRARY: try_library(call, call->include->included, false); break;
    case ORIGIN_HELPERS: try_helpers(call); break;
    case ORIGIN_SYSTEM: try_system(call); break;
    case ORIGIN_ANY:
        try_library(call, c->library, call->node->fluent);
        try_system(call);
        if (call->node->fluent) try_included(call);
        break;
    }
}

/* ---- messages ---- */

static void offer_functions(Guess *guess, const Library *library) {
    for (uint32_t i = 0; library != NULL && i < library->count; i++)
        if (library->definitions[i]->kind == DEFINITION_FUNCTION)
            guess_offer(guess, library->definitions[i]->name);
}

static const char *const age_units[] = { "Years", "Months", "Weeks", "Days", "Hours", "Minutes",
                                         "Seconds" };

static void offer_ages(Check *c, Guess *guess) {
    for (size_t i = 0; i < sizeof age_units / sizeof *age_units; i++) {
        guess_offer(guess, str_format(c->arena, "AgeIn%s", age_units[i]));
        guess_offer(guess, str_format(c->arena, "AgeIn%sAt", age_units[i]));
    }
}

static Str unknown_hint(Call *call) {
    Check *c = call->c;
    Guess guess = guess_new(call->node->name);
    const char *name;
    bool callable;
    if (call->origin == ORIGIN_ANY) offer_functions(&guess, c->library);
    if (call->origin == ORIGIN_ANY && call->node->fluent) method_offer(&guess);
    if (call->origin == ORIGIN_ANY && !call->node->fluent) offer_ages(c, &guess);
    if (call->origin == ORIGIN_LIBRARY) offer_functions(&guess, call->include->included);
    if (call->origin == ORIGIN_HELPERS)
        for (uint32_t i = 0; i < c->model->conversion_count; i++)
            guess_offer(&guess, str_from(c->rules->helpers[i].overload->name));
    for (uint32_t i = 0; call->origin == ORIGIN_ANY || call->origin == ORIGIN_SYSTEM; i++) {
        name = overloads_name(c->rules->overloads, i, &callable);
        if (name == NULL) break;
        if (callable) guess_offer(&guess, str_from(name));
    }
    return guess_hint(c, &guess);
}

/* Something else of this name that explains the mistake. */
static bool explain_unknown(Call *call, Str *hint) {
    Check *c = call->c;
    const NameEntry *e =
        c->library == NULL ? NULL : names_find(c->library->names, call->node->name);
    for (; e != NULL && call->origin == ORIGIN_ANY; e = e->next) {
        *hint = e->definition->kind != DEFINITION_FUNCTION
                    ? STR("it is a define: leave out the parentheses")
                    : STR("to call it behind a dot, define it as: define fluent function");
        return true;
    }
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++) {
        const Definition *d = c->library->definitions[i];
        if (call->origin != ORIGIN_ANY || d->kind != DEFINITION_INCLUDE || d->included == NULL ||
            names_find(d->included->names, call->node->name) == NULL)
            continue;
        *hint = str_format(c->arena, "write %.*s.\"%.*s\"(...)", STR_ARGS(d->alias),
                           STR_ARGS(call->node->name));
        return true;
    }
    return false;
}

/* Has the library that is named a function of the name, for itself alone? */
static bool is_private(const Call *call) {
    if (call->origin != ORIGIN_LIBRARY) return false;
    const NameEntry *e = names_find(name_library(call->c, call->include)->names, call->node->name);
    while (e != NULL && e->definition->kind != DEFINITION_FUNCTION) e = e->next;
    return e != NULL && e->definition->is_private;
}

static const Type *fail_private(Call *call) {
    return check_fail(call->c, call->node, "private",
                      str_format(call->c->arena, "\"%.*s\" is private to the library %.*s",
                                 STR_ARGS(call->node->name), STR_ARGS(call->include->library)),
                      STR("remove the word private at its definition"));
}

static const Type *fail_unknown(Call *call) {
    Check *c = call->c;
    Str hint;
    if (is_private(call)) return fail_private(call);
    if (!explain_unknown(call, &hint)) hint = unknown_hint(call);
    Str where = call->origin == ORIGIN_LIBRARY || call->origin == ORIGIN_HELPERS
                    ? str_format(c->arena, " in %.*s", STR_ARGS(call->include->alias))
                    : STR("");
    return check_fail(c, call->node, "unknown-function",
                      str_format(c->arena, "there is no function \"%.*s\"%.*s",
                                 STR_ARGS(call->node->name), STR_ARGS(where)), hint);
}

/* "x" of a function of CQL, "1" of the others. */
static Str operand_name(Check *c, const Signature *s, uint32_t index) {
    if (s->definition != NULL)
        return str_format(c->arena, "\"%.*s\"", STR_ARGS(s->definition->operands[index].name));
    return str_format(c->arena, "%u", index + 1);
}

/* There is one function of the name: what is wrong with its operands? */
static const Type *fail_single(Call *call) {
    Check *c = call->c;
    Ast *node = call->node;
    const Signature *s = call->last;
    if (s->count != node->count)
        return check_fail(c, node, "no-overload",
                          str_format(c->arena, "\"%.*s\" takes %u operand%s, not %u",
                                     STR_ARGS(node->name), s->count, s->count == 1 ? "" : "s",
                                     node->count), STR(""));
    for (uint32_t i = 0; i < s->count; i++) {
        if (conversion_plan(c, node->child[i]->type, s->operands[i]).cost < COST_NONE) continue;
        Str message = str_format(c->arena, "operand %.*s of \"%.*s\" must be %s, not %s",
                                 STR_ARGS(operand_name(c, s, i)), STR_ARGS(node->name),
                                 check_type_text(c, s->operands[i]),
                                 check_type_text(c, node->child[i]->type));
        check_fail(c, node->child[i], "type-mismatch", message, STR(""));
    }
    return type_error(c->types);
}

static void add_form(Check *c, Buffer *out, const Signature *s) {
    if (s->overload != NULL && s->overload->operands[0] != '\0') {
        buffer_format(out, "(%s)", s->overload->operands);
        return;
    }
    buffer_add_char(out, '(');
    for (uint32_t i = 0; i < s->count; i++)
        buffer_format(out, "%s%s", i == 0 ? "" : ", ", check_type_text(c, s->operands[i]));
    buffer_add_char(out, ')');
}

static Str forms_hint(Call *call) {
    enum { MOST_FORMS = 6 };
    if (str_is(call->node->name, "Coalesce"))
        return STR("it takes two values or more, or one list");
    Check *c = call->c;
    Buffer out = buffer_new(c->arena);
    const Signature *s = call->last->overload == NULL || call->origin == ORIGIN_HELPERS
                             ? NULL
                             : overloads_find(c->rules->overloads, call->node->name);
    for (uint32_t forms = 0; s != NULL; s = s->next) {
        if (!s->overload->callable) continue;
        buffer_add_text(&out, forms == 0 ? "it takes " : forms == MOST_FORMS ? " ..." : " ");
        if (forms++ == MOST_FORMS) break;
        add_form(c, &out, s);
    }
    return buffer_str(&out);
}

static const Type *fail_call(Call *call) {
    Check *c = call->c;
    Ast *node = call->node;
    if (call->found == 0) return fail_unknown(call);
    if (call->found == 1 && !call->last->generic) return fail_single(call);
    Buffer message = buffer_new(c->arena);
    buffer_format(&message, "\"%.*s\" does not take (", STR_ARGS(node->name));
    for (uint32_t i = 0; i < node->count; i++)
        buffer_format(&message, "%s%s", i == 0 ? "" : ", ",
                      check_type_text(c, node->child[i]->type));
    buffer_add_char(&message, ')');
    return check_fail(c, node, "no-overload", buffer_str(&message), forms_hint(call));
}

/* ---- functions that stand for others ---- */

static bool find_birth_date(Check *c, Str *name) {
    ModelProperty property;
    const char *candidate;
    ModelType class = c->model->patient_class;
    for (uint32_t i = 0; (candidate = c->model->property_name(class, i)) != NULL; i++) {
        *name = str_from(candidate);
        if (c->model->find_property(class, *name, &property) && property.id == c->model->birth_date)
            return true;
    }
    return false;
}

static bool is_age(Str name) {
    if (!str_starts_with(name, STR("AgeIn"))) return false;
    Str rest = str_slice(name, 5, name.length);
    for (size_t i = 0; i < sizeof age_units / sizeof *age_units; i++) {
        if (!str_starts_with(rest, str_from(age_units[i]))) continue;
        Str end = str_slice(rest, strlen(age_units[i]), rest.length);
        return end.length == 0 || str_is(end, "At");
    }
    return false;
}

/* AgeInYears() is CalculateAgeInYears of the patient's date of birth. */
static const Type *check_age(Check *c, Ast **place) {
    Ast *node = *place;
    Str name;
    bool at = node->name.data[node->name.length - 1] == 't';
    if (node->count != (at ? 1 : 0))
        return check_fail(c, node, "no-overload",
                          str_format(c->arena, "\"%.*s\" takes %s", STR_ARGS(node->name),
                                     at ? "the date at which the age is meant" : "no operand"),
                          at ? STR("") : STR("the age at a date is AgeInYearsAt(date)"));
    if (name_is_unfiltered(c->definition))
        return check_fail(c, node, "no-patient",
                          STR("there is no patient in the context Unfiltered"),
                          STR("write the age in a define behind: context Patient"));
    if (c->model == NULL || !find_birth_date(c, &name))
        return check_fail(c, node, "no-patient", STR("an age needs a patient"),
                          STR("say which data model is used: using FHIR version '4.0.1'"));
    Ast *patient = node_make(c, AST_CONTEXT, node->span, 0);
    patient->type = type_class(c->types, c->model->patient_class);
    Ast *made = node_make(c, AST_OPERATOR, node->span, node->count + 1);
    made->name = str_format(c->arena, "Calculate%.*s", STR_ARGS(node->name));
    made->child[0] = property_of(c, patient, name, node->span);
    for (uint32_t i = 0; i < node->count; i++) made->child[i + 1] = node->child[i];
    *place = made;
    return operator_resolve(c, place);
}

/* Coalesce of more operands than ops.def has: of a list of them. */
static void make_list(Check *c, Ast *node) {
    Ast *list = node_make(c, AST_LIST, node->span, 0);
    list->count = node->count;
    list->child = node->child;
    check_ast(c, &list);
    node->child = arena_copy(c->arena, &list, sizeof(Ast *));
    node->count = 1;
}

static bool is_defined(const Check *c, Str name) {
    return c->library != NULL && names_find(c->library->names, name) != NULL;
}

/* ---- calls ---- */

static void drop_qualifier(Ast *node) {
    node->child++;
    node->count--;
    node->fluent = false;
}

/* Library.f(x) reads like x.f(): what stands before the dot decides. */
static void read_qualifier(Call *call) {
    Check *c = call->c;
    Ast *node = call->node;
    if (!node->fluent || node->count == 0) return;
    const Ast *first = node->child[0];
    call->include = name_include(c, first);
    if (call->include != NULL) {
        call->origin = name_is_helpers(c, call->include) ? ORIGIN_HELPERS : ORIGIN_LIBRARY;
        drop_qualifier(node);
    } else if (first->kind == AST_NAME && str_is(first->name, "System") &&
               scope_find(c, first->name) == NULL && !is_defined(c, first->name)) {
        call->origin = ORIGIN_SYSTEM;
        drop_qualifier(node);
    }
}

/* Is a library missing, which may have had what is not found? */
static bool lacks_library(const Check *c) {
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++) {
        const Definition *d = c->library->definitions[i];
        if (d->kind == DEFINITION_INCLUDE && d->included == NULL && !name_is_helpers(c, d))
            return true;
    }
    return false;
}

/* Is there anything of the name that can be called behind a dot? */
static bool is_known_behind_dot(const Call *call) {
    const Check *c = call->c;
    const Signature *s = overloads_find(c->rules->overloads, call->node->name);
    if (is_defined(c, call->node->name) || (s != NULL && s->overload->callable)) return true;
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++) {
        const Definition *d = c->library->definitions[i];
        if (d->kind != DEFINITION_INCLUDE) continue;
        if (d->included != NULL ? names_find(d->included->names, call->node->name) != NULL
                                : is_helper(c, call->node->name))
            return true;
    }
    return false;
}

/* What cannot be called is said without a look at its arguments, which may stand for anything. */
static const Type *check_unknown(Call *call) {
    const Type *source = check_ast(call->c, &call->node->child[0]);
    if (source->kind == TYPE_ERROR) return source;
    return lacks_library(call->c) ? type_error(call->c->types) : fail_unknown(call);
}

const Type *check_call(Check *c, Ast **place) {
    Ast *node = *place;
    Call call = { .c = c, .node = node };
    read_qualifier(&call);
    if (call.origin == ORIGIN_ANY && method_applies(c, node)) return check_method(c, place);
    if (call.origin == ORIGIN_ANY && node->fluent && node->name.length > 0 &&
        !is_known_behind_dot(&call))
        return check_unknown(&call);
    bool sound = check_children(c, node);
    bool missing = call.origin == ORIGIN_LIBRARY && call.include->included == NULL;
    if (node->name.length == 0 || missing) return type_error(c->types);
    bool own = is_defined(c, node->name);
    if (sound && !own && is_age(node->name) && !node->fluent) return check_age(c, place);
    if (sound && !own && str_is(node->name, "Coalesce") && node->count > 5) make_list(c, node);
    try_all(&call);
    if (call.found == 0) return fail_call(&call);
    if (!sound) return type_error(c->types);
    if (call.best.signature == NULL) return fail_call(&call);
    if (call.best.signature->overload != NULL && call.origin != ORIGIN_HELPERS)
        overload_warn(c, node, overloads_find(c->rules->overloads, node->name), &call.best);
    return overload_take(c, node, &call.best);
}
