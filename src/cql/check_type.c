/* check_type.c - types as written, and the operators on types: is, as, convert. */
#include <string.h>

#include "cql/check_state.h"

/* ---- names of types ---- */

static bool is_model(const Check *c, Str qualifier) {
    if (c->model == NULL) return false;
    if (c->library != NULL && c->library->model_alias.length != 0 &&
        str_equal(qualifier, c->library->model_alias))
        return true;
    return str_is(qualifier, c->model->name);
}

/* What value sets and code systems are. */
static const Type *vocabulary(Check *c) {
    const Type *parts[] = { type_system(c->types, TAG_VALUESET),
                            type_system(c->types, TAG_CODESYSTEM) };
    return type_choice(c->types, 2, parts);
}

/* FHIR.Observation.Component, or without the model's name. */
static const Type *find_part(Check *c, Str qualifier, Str name) {
    size_t dot = 0;
    ModelType class;
    while (dot < qualifier.length && qualifier.data[dot] != '.') dot++;
    if (dot < qualifier.length && is_model(c, str_slice(qualifier, 0, dot)))
        qualifier = str_slice(qualifier, dot + 1, qualifier.length);
    Str full = str_format(c->arena, "%.*s.%.*s", STR_ARGS(qualifier), STR_ARGS(name));
    return c->model->find_class(full, &class) ? type_class(c->types, class) : NULL;
}

static const Type *find_named(Check *c, Str qualifier, Str name) {
    ModelType class;
    const Type *system = NULL;
    if (qualifier.length == 0 || str_is(qualifier, "System"))
        system = str_is(name, "Vocabulary") ? vocabulary(c) : type_find_system(c->types, name);
    if (system != NULL) return system;
    bool model = qualifier.length == 0 ? c->model != NULL : is_model(c, qualifier);
    if (model && c->model->find_class(name, &class)) return type_class(c->types, class);
    return qualifier.length == 0 || c->model == NULL ? NULL : find_part(c, qualifier, name);
}

static const Type *fail_named(Check *c, const TypeName *name) {
    static const char *const system[] = { "Any", "Boolean", "Integer", "Long", "Decimal", "String",
        "Date", "DateTime", "Time", "Quantity", "Ratio", "Code", "Concept", "ValueSet",
        "CodeSystem" };
    Guess guess = guess_new(name->name);
    if (name->qualifier.length == 0 || str_is(name->qualifier, "System"))
        for (size_t i = 0; i < sizeof system / sizeof *system; i++)
            guess_offer(&guess, str_from(system[i]));
    if (c->model != NULL && (name->qualifier.length == 0 || is_model(c, name->qualifier)))
        guess_offer_classes(&guess, c->model, false);
    bool model = name->qualifier.length != 0 && !str_is(name->qualifier, "System") &&
                 !is_model(c, name->qualifier);
    Str message = model ? str_format(c->arena, "no data model is called %.*s",
                                     STR_ARGS(name->qualifier))
                        : str_format(c->arena, "there is no type %.*s", STR_ARGS(name->name));
    Str hint = guess_hint(c, &guess);
    if (model) hint = STR("say at the top which model is used: using FHIR version '4.0.1'");
    check_report(c, name->span, "unknown-type", message, hint);
    return type_error(c->types);
}

static const Type *check_parts(Check *c, const TypeName *name) {
    const Type **parts = arena_array(c->arena, name->count, sizeof *parts);
    for (uint32_t i = 0; i < name->count; i++) {
        parts[i] = check_type_name(c, name->child[i]);
        if (parts[i]->kind == TYPE_ERROR) return parts[i];
    }
    if (name->kind == TYPE_NAME_CHOICE) return type_choice(c->types, name->count, parts);
    if (name->kind == TYPE_NAME_TUPLE)
        return type_tuple(c->types, name->count, name->names, parts);
    if (name->count != 1) return type_error(c->types);
    return name->kind == TYPE_NAME_LIST ? type_list(c->types, parts[0])
                                        : type_interval(c->types, parts[0]);
}

const Type *check_type_name(Check *c, const TypeName *name) {
    if (name == NULL) return type_error(c->types);
    if (name->kind != TYPE_NAME_NAMED) return check_parts(c, name);
    if (name->name.length == 0) return type_error(c->types);
    const Type *type = find_named(c, name->qualifier, name->name);
    return type != NULL ? type : fail_named(c, name);
}

/* ---- is, as ---- */

static const Type *operand_and_type(Check *c, Ast *node) {
    const Type *type = check_type_name(c, node->type_name);
    const Type *operand = check_ast(c, &node->child[0]);
    return operand->kind == TYPE_ERROR ? operand : type;
}

/* May a value of the type be one of `to`? */
static bool may_be(Check *c, const Type *type, const Type *to) {
    if (type->kind == TYPE_CHOICE)
        for (uint32_t i = 0; i < type->count; i++)
            if (may_be(c, type->parts[i], to)) return true;
    if (to->kind == TYPE_CHOICE)
        for (uint32_t i = 0; i < to->count; i++)
            if (may_be(c, type, to->parts[i])) return true;
    if (type_is_subtype(c->types, type, to) || type_is_subtype(c->types, to, type)) return true;
    bool parts = type->kind == to->kind &&
                 (type->kind == TYPE_LIST || type->kind == TYPE_INTERVAL);
    return parts && may_be(c, type->element, to->element);
}

/* Those of the choice's classes that stand for `to`. */
static const Type *converting_to(Check *c, const Type *choice, const Type *to) {
    const Type **parts = arena_array(c->arena, choice->count, sizeof *parts);
    uint32_t count = 0;
    for (uint32_t i = 0; i < choice->count; i++) {
        Plan plan = conversion_plan(c, choice->parts[i], to);
        if (choice->parts[i]->kind == TYPE_CLASS && plan.cost < COST_NONE && plan.second == NULL)
            parts[count++] = choice->parts[i];
    }
    return count == 0 ? to : type_choice(c->types, count, parts);
}

/* A choice that cannot be of the type is asked whether it converts to it. */
const Type *check_is(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = operand_and_type(c, node);
    if (type->kind == TYPE_ERROR) return type;
    const Type *operand = node->child[0]->type;
    node->test_type = type;
    if (operand->kind == TYPE_CHOICE && !may_be(c, operand, type))
        node->test_type = converting_to(c, operand, type);
    return type_system(c->types, TAG_BOOLEAN);
}

/* A value that cannot be of the type, but converts to it, is converted. */
const Type *check_as(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = operand_and_type(c, node);
    if (type->kind == TYPE_ERROR) return type;
    const Type *operand = node->child[0]->type;
    node->test_type = type;
    if (node->child[0]->kind == AST_NULL || may_be(c, operand, type)) return type;
    if (conversion_try(c, &node->child[0], type)) {
        *place = node->child[0];
        return type;
    }
    return check_fail(c, node, "type-mismatch",
                      str_format(c->arena, "%s is never %s", check_type_text(c, operand),
                                 check_type_text(c, type)),
                      STR("what converts one type to another is written: convert x to T"));
}

/* ---- convert ---- */

static Ast *unit_of(Check *c, const Ast *node) {
    Ast *unit = node_make(c, AST_LITERAL, node->span, 0);
    unit->value = value_string(node->text);
    unit->type = type_system(c->types, TAG_STRING);
    return unit;
}

static const Type *convert_unit(Check *c, Ast **place) {
    Ast *node = *place;
    *place = node_binary(c, "ConvertQuantity", node->span, node->child[0], unit_of(c, node));
    return operator_resolve(c, place);
}

/* convert x to T is ToT(x). */
const Type *check_convert(Check *c, Ast **place) {
    Ast *node = *place;
    if (node->type_name == NULL) {
        if (!check_children(c, node)) return type_error(c->types);
        return convert_unit(c, place);
    }
    const Type *type = operand_and_type(c, node);
    if (type->kind == TYPE_ERROR) return type;
    const Type *operand = node->child[0]->type;
    if (operand == type || conversion_try(c, &node->child[0], type)) {
        *place = node->child[0];
        return type;
    }
    Str name = str_format(c->arena, "To%s", check_type_text(c, type));
    Choice best = { 0 };
    if (type->kind == TYPE_SYSTEM)
        overload_try(c, node, overloads_find(c->rules->overloads, name), false, &best);
    if (best.signature == NULL)
        return check_fail(c, node, "no-conversion",
                          str_format(c->arena, "%s cannot be converted to %s",
                                     check_type_text(c, operand), check_type_text(c, type)),
                          STR(""));
    node->type_name = NULL;
    return overload_take(c, node, &best);
}
