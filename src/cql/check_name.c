/* check_name.c - what a name stands for: a local, a definition here or in an included
 * library, the instance of the context. */
#include <string.h>

#include "cql/check_state.h"
#include "cql/include.h"

/* ---- the names of a library ---- */

static NameEntry **slot_of(const NameTable *names, Str name) {
    uint32_t at = str_hash(name) & names->mask;
    while (names->slots[at] != NULL && !str_equal(names->slots[at]->name, name))
        at = (at + 1) & names->mask;
    return &names->slots[at];
}

const NameEntry *names_find(const NameTable *names, Str name) {
    return names == NULL ? NULL : *slot_of(names, name);
}

static void set_signature(Check *c, NameEntry *entry) {
    Definition *d = entry->definition;
    const Type **operands = arena_array(c->arena, d->operand_count, sizeof *operands);
    for (uint32_t i = 0; i < d->operand_count; i++) {
        OperandDefinition *operand = &d->operands[i];
        operand->type = operand->type_name == NULL ? type_any(c->types)
                                                   : check_type_name(c, operand->type_name);
        operands[i] = operand->type;
    }
    entry->signature = (Signature){ .definition = d, .count = d->operand_count,
                                    .operands = operands };
}

static bool clash(const NameEntry *a, const NameEntry *b) {
    bool function = a->definition->kind == DEFINITION_FUNCTION;
    if (function != (b->definition->kind == DEFINITION_FUNCTION)) return false;
    if (!function) return true;
    if (a->signature.count != b->signature.count) return false;
    for (uint32_t i = 0; i < a->signature.count; i++)
        if (a->signature.operands[i] != b->signature.operands[i]) return false;
    return true;
}

static void enter(Check *c, NameTable *names, Definition *d) {
    NameEntry *entry = arena_alloc_zeroed(c->arena, sizeof *entry);
    entry->name = d->kind == DEFINITION_INCLUDE ? d->alias : d->name;
    entry->definition = d;
    if (d->kind == DEFINITION_FUNCTION) set_signature(c, entry);
    NameEntry **end = slot_of(names, entry->name);
    for (; *end != NULL; end = &(*end)->next) {
        if (entry->name.length == 0 || !clash(*end, entry)) continue;
        const char *what = d->kind == DEFINITION_FUNCTION ? " for the same operands" : "";
        check_report(c, d->span, "duplicate-name",
                     str_format(c->arena, "\"%.*s\" is defined a second time%s",
                                STR_ARGS(entry->name), what),
                     str_format(c->arena, "the first one is in line %u",
                                (*end)->definition->span.line));
    }
    *end = entry;
}

void names_enter(Check *c, Library *library) {
    NameTable *names = arena_alloc_zeroed(c->arena, sizeof *names);
    names->mask = 15;
    while (names->mask < library->count * 2) names->mask = names->mask * 2 + 1;
    names->slots = arena_array(c->arena, names->mask + 1, sizeof(NameEntry *));
    for (uint32_t i = 0; i < library->count; i++) enter(c, names, library->definitions[i]);
    library->names = names;
}

/* The definition of that name that is no function. */
static Definition *find_value(const Library *library, Str name) {
    if (library == NULL) return NULL;
    for (const NameEntry *e = names_find(library->names, name); e != NULL; e = e->next)
        if (e->definition->kind != DEFINITION_FUNCTION) return e->definition;
    return NULL;
}

static bool has_function(const Library *library, Str name) {
    if (library == NULL) return false;
    for (const NameEntry *e = names_find(library->names, name); e != NULL; e = e->next)
        if (e->definition->kind == DEFINITION_FUNCTION) return true;
    return false;
}

/* ---- included libraries ---- */

Definition *name_include(Check *c, const Ast *node) {
    if (node->kind != AST_NAME || scope_find(c, node->name) != NULL) return NULL;
    Definition *d = find_value(c->library, node->name);
    return d != NULL && d->kind == DEFINITION_INCLUDE ? d : NULL;
}

Library *name_library(const Check *c, const Definition *include) {
    (void)c;
    return include->included;
}

bool name_is_helpers(const Check *c, const Definition *include) {
    return include->included == NULL && model_is_helpers(c->model, include->library);
}

/* ---- references ---- */

static const Type *fail_unknown(Check *c, Ast *node, Str message, const Guess *guess) {
    return check_fail(c, node, "unknown-identifier", message, guess_hint(c, guess));
}

bool name_is_unfiltered(const Definition *d) {
    return d != NULL && (str_is(d->context, "Unfiltered") || str_is(d->context, "Population"));
}

/* What is defined for each patient is, in a definition for none, the list of all patients'
 * values: that of one, since a record is one patient's. */
static const Type *for_all(Check *c, Ast **place) {
    Ast *list = node_make(c, AST_LIST, (*place)->span, 1);
    list->child[0] = *place;
    list->type = type_list(c->types, (*place)->type);
    *place = list;
    return list->type;
}

static bool is_of_each(const Check *c, const Definition *d) {
    return d->kind == DEFINITION_EXPRESSION && name_is_unfiltered(c->definition) &&
           !name_is_unfiltered(d);
}

const Type *refer_to(Check *c, Ast **place, Library *library, Definition *d) {
    Ast *node = *place;
    if (d->is_private && library != c->library)
        return check_fail(c, node, "private",
                          str_format(c->arena, "\"%.*s\" is private to the library %.*s",
                                     STR_ARGS(d->name), STR_ARGS(library->name)),
                          STR("remove the word private at its definition"));
    if (d->kind == DEFINITION_INCLUDE)
        return check_fail(c, node, "library-as-value",
                          str_format(c->arena, "%.*s is a library, not a value",
                                     STR_ARGS(node->name)),
                          STR("write a dot and the name of what is meant in it"));
    node->kind = AST_DEFINITION;
    node->definition = d;
    node->count = 0;
    node->child = NULL;
    node->type = check_definition(c, d);
    return is_of_each(c, d) && node->type->kind != TYPE_ERROR ? for_all(c, place) : node->type;
}

static void offer_definitions(Guess *guess, const Library *library, bool all) {
    if (library == NULL) return;
    for (uint32_t i = 0; i < library->count; i++) {
        const Definition *d = library->definitions[i];
        if (d->kind == DEFINITION_FUNCTION || (!all && d->is_private)) continue;
        guess_offer(guess, d->kind == DEFINITION_INCLUDE ? d->alias : d->name);
    }
}

/* The library, reached by an include, that has a definition of the name. */
static const Definition *includer_of(const Check *c, Str name) {
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++) {
        const Definition *d = c->library->definitions[i];
        const Definition *found = d->kind != DEFINITION_INCLUDE ? NULL
                                                                : find_value(d->included, name);
        if (found != NULL && found->kind != DEFINITION_INCLUDE && !found->is_private) return d;
    }
    return NULL;
}

void guess_offer_properties(Check *c, Guess *guess, const Type *type) {
    const char *name;
    if (type->kind == TYPE_LIST) type = type->element;
    if (type->kind == TYPE_TUPLE)
        for (uint32_t i = 0; i < type->count; i++) guess_offer(guess, type->shape->names[i]);
    if (type->kind == TYPE_CLASS)
        for (uint32_t i = 0; (name = c->model->property_name(type->class, i)) != NULL; i++)
            guess_offer(guess, str_from(name));
    if (type->kind == TYPE_CHOICE)
        for (uint32_t i = 0; i < type->count; i++) guess_offer_properties(c, guess, type->parts[i]);
}

static bool is_alias_of_sorted(const Check *c, Str name) {
    for (uint32_t i = 0; c->sorted != NULL && i < c->sorted->source_count; i++)
        if (str_equal(c->sorted->sources[i].alias, name)) return true;
    return false;
}

static void offer_local(Check *c, Guess *guess, const Local *local) {
    guess_offer(guess, local->name);
    if (local->implicit) guess_offer_properties(c, guess, local->type);
}

/* Does the name stand in double quotes, as other languages write text? */
static bool is_quoted(const Check *c, const Ast *node) {
    return c->library != NULL && node->span.offset < c->library->text.length &&
           c->library->text.data[node->span.offset] == '"';
}

static const Type *fail_name(Check *c, Ast *node) {
    Str message = str_format(c->arena, "nothing here is called \"%.*s\"", STR_ARGS(node->name));
    if (is_alias_of_sorted(c, node->name))
        return check_fail(c, node, "alias-in-sort",
                          str_format(c->arena, "the alias %.*s is not known in sort by",
                                     STR_ARGS(node->name)),
                          STR("write the element's name alone, as in sort by issued"));
    if (has_function(c->library, node->name))
        return check_fail(c, node, "unknown-identifier",
                          str_format(c->arena, "\"%.*s\" is a function", STR_ARGS(node->name)),
                          STR("call it: write its operands in parentheses after it"));
    const Definition *include = includer_of(c, node->name);
    if (include != NULL)
        return check_fail(c, node, "unknown-identifier", message,
                          str_format(c->arena, "write %.*s.\"%.*s\"", STR_ARGS(include->alias),
                                     STR_ARGS(node->name)));
    Guess guess = guess_new(node->name);
    for (size_t i = c->locals.count; i > c->first_local; i--)
        offer_local(c, &guess, &c->locals.items[i - 1]);
    offer_definitions(&guess, c->library, true);
    if (c->model != NULL)
        guess_offer(&guess, str_from(c->model->class_name(c->model->patient_class)));
    if (guess.best.length == 0 && is_quoted(c, node))
        return check_fail(c, node, "unknown-identifier", message,
                          STR("a text stands in single quotes, a name in double ones"));
    return fail_unknown(c, node, message, &guess);
}

/* A local, or a property of the element that is sorted by. */
static const Type *find_local(Check *c, Ast **place) {
    Ast *node = *place;
    for (size_t i = c->locals.count; i > c->first_local; i--) {
        const Local *local = &c->locals.items[i - 1];
        if (str_equal(local->name, node->name)) {
            node->kind = AST_LOCAL;
            node->slot = local->slot;
            return local->type;
        }
        if (!local->implicit) continue;
        Ast *found = property_of(c, node_local(c, node->span, local), node->name, node->span);
        if (found == NULL) continue;
        *place = found;
        return found->type;
    }
    return NULL;
}

static bool is_context(const Check *c, Str name) {
    return c->model != NULL && str_is(name, c->model->class_name(c->model->patient_class));
}

const Type *check_name(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = find_local(c, place);
    if (type != NULL) return type;
    Definition *d = find_value(c->library, node->name);
    if (d != NULL) return refer_to(c, place, c->library, d);
    if (!is_context(c, node->name)) return fail_name(c, node);
    node->kind = AST_CONTEXT;
    node->type = type_class(c->types, c->model->patient_class);
    return name_is_unfiltered(c->definition) ? for_all(c, place) : node->type;
}

const Type *check_this(Check *c, Ast **place) {
    static const char *const names[] = { [AST_THIS] = "$this", [AST_INDEX_VARIABLE] = "$index",
                                         [AST_TOTAL] = "$total" };
    Ast *node = *place;
    if (node->kind == AST_EXTERNAL_CONSTANT)
        return check_fail(c, node, "unknown-identifier",
                          str_format(c->arena, "%%%.*s is not known in CQL",
                                     STR_ARGS(node->name)), STR(""));
    const char *name = names[node->kind];
    const Local *local = scope_find(c, str_from(name));
    if (local == NULL)
        return check_fail(c, node, "unknown-identifier",
                          str_format(c->arena, "%s has no meaning here", name), STR(""));
    node->kind = AST_LOCAL;
    node->slot = local->slot;
    return local->type;
}

/* ---- names in included libraries ---- */

static const Type *fail_in_library(Check *c, Ast *node, const Library *library) {
    Guess guess = guess_new(node->name);
    offer_definitions(&guess, library, false);
    return fail_unknown(c, node,
                        str_format(c->arena, "the library %.*s has no \"%.*s\"",
                                   STR_ARGS(library->name), STR_ARGS(node->name)), &guess);
}

/* Library.Name. */
static const Type *check_in_library(Check *c, Ast **place, const Definition *include) {
    Ast *node = *place;
    Library *library = name_library(c, include);
    if (library == NULL && !name_is_helpers(c, include)) return type_error(c->types);
    if (library == NULL)
        return check_fail(c, node, "unknown-identifier",
                          str_format(c->arena, "the library %.*s has functions only",
                                     STR_ARGS(include->library)), STR(""));
    Definition *d = find_value(library, node->name);
    if (d == NULL || d->kind == DEFINITION_INCLUDE) return fail_in_library(c, node, library);
    return refer_to(c, place, library, d);
}

/* "valueQuantity" is JSON's way: of the choice element value, cast to Quantity. */
static Str choice_hint(Check *c, const Type *type, Str name) {
    const char *element;
    ModelProperty property;
    if (type->kind == TYPE_LIST) type = type->element;
    if (type->kind != TYPE_CLASS) return STR("");
    for (uint32_t i = 0; (element = c->model->property_name(type->class, i)) != NULL; i++) {
        if (!str_starts_with(name, str_from(element)) || strlen(element) == name.length ||
            !c->model->find_property(type->class, str_from(element), &property) ||
            property.type_count < 2)
            continue;
        Str of = str_slice(name, strlen(element), name.length);
        return str_format(c->arena, "the element is called %s: write (... .%s as %s.%.*s)", element,
                          element, c->model->name, STR_ARGS(of));
    }
    return STR("");
}

/* Quantity is that of CQL; the model's may have what it lacks. */
static Str namesake_hint(Check *c, const Type *type, Str name) {
    ModelType class;
    ModelProperty property;
    if (type->kind == TYPE_LIST) type = type->element;
    if (type->kind != TYPE_SYSTEM || c->model == NULL ||
        !c->model->find_class(str_from(check_type_text(c, type)), &class) ||
        !c->model->find_property(class, name, &property))
        return STR("");
    return str_format(c->arena, "%s.%s has it: write ... as %s.%s", c->model->name,
                      check_type_text(c, type), c->model->name, check_type_text(c, type));
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Where the name begins that ends the text at `end`. */
static uint32_t name_start(const char *text, uint32_t start, uint32_t end) {
    char last = text[end - 1];
    uint32_t at = end - 1;
    if (last == '"' || last == '`') {
        while (at > start && (text[at - 1] != last || (at - 1 > start && text[at - 2] == '\\')))
            at--;
        return at > start ? at - 1 : start;
    }
    while (at > start && is_word(text[at - 1])) at--;
    return at;
}

/* Where the name stands in owner.name. */
static Span name_span(const Check *c, const Ast *node) {
    Span span = node->span;
    uint32_t end = span.offset + span.length;
    if (c->library == NULL || end > c->library->text.length || span.length == 0) return span;
    const char *text = c->library->text.data;
    uint32_t start = name_start(text, span.offset, end);
    for (; span.offset < start; span.offset++) {
        span.column = text[span.offset] == '\n' ? 1 : span.column + 1;
        span.line += text[span.offset] == '\n';
    }
    span.length = end - start;
    return span;
}

const Type *check_property(Check *c, Ast **place) {
    Ast *node = *place;
    const Definition *include = name_include(c, node->child[0]);
    if (include != NULL) return check_in_library(c, place, include);
    const Type *owner = check_ast(c, &node->child[0]);
    if (owner->kind == TYPE_ERROR || node->name.length == 0) return type_error(c->types);
    Ast *found = property_of(c, node->child[0], node->name, node->span);
    if (found != NULL) {
        *place = found;
        return found->type;
    }
    Guess guess = guess_new(node->name);
    guess_offer_properties(c, &guess, owner);
    Str hint = guess.best.length != 0 ? guess_hint(c, &guess) : choice_hint(c, owner, node->name);
    if (hint.length == 0) hint = namesake_hint(c, owner, node->name);
    check_report(c, name_span(c, node), "unknown-property",
                 str_format(c->arena, "%s has no element \"%.*s\"", check_type_text(c, owner),
                            STR_ARGS(node->name)), hint);
    return type_error(c->types);
}
