/* check_literal.c - literals and the selectors of intervals, lists, tuples and instances. */
#include <string.h>

#include "cql/check_state.h"
#include "value/quantity.h"
#include "value/ucum.h"

/* ---- literals ---- */

static Value as_quantity(Check *c, Value value) {
    if (value.tag == TAG_QUANTITY) return value;
    return value_quantity(c->arena, (Quantity){ .value = value, .unit = STR("1"), .unit_id = -1 });
}

static const Type *check_ratio(Check *c, Ast *node) {
    Ratio ratio = { as_quantity(c, node->child[0]->value), as_quantity(c, node->child[1]->value) };
    node->kind = AST_LITERAL;
    node->count = 0;
    node->value = (Value){ .tag = TAG_RATIO, .ratio = arena_copy(c->arena, &ratio, sizeof ratio) };
    return type_system(c->types, TAG_RATIO);
}

/* 5 'mgg' compares with nothing. */
static void check_unit(Check *c, const Ast *node) {
    const Quantity *quantity = node->value.quantity;
    if (quantity->calendar || quantity->unit.length == 0 || ucum_valid(quantity->unit)) return;
    check_warn(c, node->span, "unknown-unit",
               str_format(c->arena, "'%.*s' is no unit of UCUM", STR_ARGS(quantity->unit)),
               quantity_is_calendar_unit(quantity->unit)
                   ? str_format(c->arena, "write %.*s without quotes", STR_ARGS(quantity->unit))
                   : STR(""));
}

const Type *check_literal(Check *c, Ast **place) {
    Ast *node = *place;
    if (node->kind == AST_NULL) return type_any(c->types);
    if (node->kind == AST_LITERAL && node->value.tag == TAG_QUANTITY) check_unit(c, node);
    if (node->kind == AST_LITERAL) return type_system(c->types, (Tag)node->value.tag);
    if (!check_children(c, node)) return type_error(c->types);
    return check_ratio(c, node);
}

/* ---- intervals ---- */

static bool is_point(const Type *type) {
    static const Tag points[] = { TAG_INTEGER, TAG_LONG, TAG_DECIMAL, TAG_DATE, TAG_DATETIME,
                                  TAG_TIME, TAG_QUANTITY };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (type->kind == TYPE_SYSTEM && type->tag == points[i]) return true;
    return type->kind == TYPE_ANY;
}

/* The type of which an interval can be, that a bound is or converts to. */
static const Type *point_of(Check *c, const Type *type) {
    if (is_point(type)) return type;
    uint32_t parts = type->kind == TYPE_CHOICE ? type->count : 1;
    for (uint32_t i = 0; i < parts; i++) {
        const Type *part = type->kind == TYPE_CHOICE ? type->parts[i] : type;
        if (is_point(part)) return part;
        ImplicitConversions steps = conversion_implicit(c, part);
        for (uint32_t k = 0; k < steps.count; k++)
            if (is_point(steps.items[k].to)) return steps.items[k].to;
    }
    return NULL;
}

const Type *check_interval(Check *c, Ast **place) {
    Ast *node = *place;
    if (!check_children(c, node)) return type_error(c->types);
    const Type *bounds[2];
    for (uint32_t i = 0; i < 2; i++) {
        const Type *type = node->child[i]->type;
        bounds[i] = point_of(c, type);
        if (bounds[i] == NULL)
            return check_fail(c, node->child[i], "type-mismatch",
                              str_format(c->arena, "there are no intervals of %s",
                                         check_type_text(c, type)),
                              STR("bounds are numbers, quantities, dates or times"));
    }
    const Type *point = conversion_common(c, 2, bounds, false);
    if (point == NULL)
        return check_fail(c, node, "type-mismatch",
                          str_format(c->arena, "an interval cannot go from %s to %s",
                                     check_type_text(c, bounds[0]), check_type_text(c, bounds[1])),
                          STR("both bounds must be of one type"));
    for (uint32_t i = 0; i < 2; i++) conversion_apply(c, &node->child[i], point);
    return type_interval(c->types, point);
}

/* ---- lists ---- */

const Type *check_list(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *element = NULL;
    if (node->type_name != NULL) element = check_type_name(c, node->type_name);
    if (!check_children(c, node)) return type_error(c->types);
    if (element == NULL) {
        const Type **types = arena_array(c->arena, node->count, sizeof *types);
        for (uint32_t i = 0; i < node->count; i++) types[i] = node->child[i]->type;
        element = conversion_common(c, node->count, types, true);
    }
    bool sound = element->kind != TYPE_ERROR;
    for (uint32_t i = 0; sound && i < node->count; i++)
        if (!check_expect(c, &node->child[i], element, "the element of the list")) sound = false;
    return sound ? type_list(c->types, element) : type_error(c->types);
}

/* ---- tuples ---- */

static bool is_repeated(const Ast *node, uint32_t index) {
    for (uint32_t i = 0; i < index; i++)
        if (str_equal(node->names[i], node->names[index])) return true;
    return false;
}

static bool check_repeated(Check *c, const Ast *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (!is_repeated(node, i)) continue;
        check_report(c, node->child[i]->span, "duplicate-name",
                     str_format(c->arena, "the element \"%.*s\" is given twice",
                                STR_ARGS(node->names[i])), STR(""));
        return false;
    }
    return true;
}

/* Children in the order of the type's names. */
static void arrange(Check *c, Ast *node, const Type *type) {
    Ast **child = arena_array(c->arena, node->count, sizeof *child);
    for (uint32_t i = 0; i < node->count; i++)
        for (uint32_t k = 0; k < node->count; k++)
            if (str_equal(node->names[k], type->shape->names[i])) child[i] = node->child[k];
    node->child = child;
    node->names = arena_copy(c->arena, type->shape->names, node->count * sizeof *node->names);
}

const Type *check_tuple(Check *c, Ast **place) {
    Ast *node = *place;
    bool sound = check_repeated(c, node);
    if (!check_children(c, node) || !sound) return type_error(c->types);
    const Type **types = arena_array(c->arena, node->count, sizeof *types);
    for (uint32_t i = 0; i < node->count; i++) types[i] = node->child[i]->type;
    const Type *type = type_tuple(c->types, node->count, node->names, types);
    arrange(c, node, type);
    return type;
}

/* ---- instances ---- */

/* How ops.def makes instances of System types, and the names of the operands. */
static const struct { Tag tag; const char *maker; const char *names[6]; } makers[] = {
    { TAG_QUANTITY, "MakeQuantity", { "value", "unit" } },
    { TAG_RATIO, "MakeRatio", { "numerator", "denominator" } },
    { TAG_CODE, "MakeCode", { "code", "system", "version", "display" } },
    { TAG_CONCEPT, "MakeConcept", { "codes", "display" } },
    { TAG_VALUESET, "MakeValueSet", { "id", "version", "name", "codesystems" } },
    { TAG_CODESYSTEM, "MakeCodeSystem", { "id", "version", "name" } },
};

static Ast *element_of(const Ast *node, const char *name) {
    for (uint32_t i = 0; i < node->count; i++)
        if (str_is(node->names[i], name)) return node->child[i];
    return NULL;
}

static bool check_names(Check *c, const Ast *node, const char *const *names, const Type *type) {
    for (uint32_t i = 0; i < node->count; i++) {
        Guess guess = guess_new(node->names[i]);
        uint32_t k = 0;
        while (k < 6 && names[k] != NULL && !str_is(node->names[i], names[k]))
            guess_offer(&guess, str_from(names[k++]));
        if (k < 6 && names[k] != NULL) continue;
        check_report(c, node->child[i]->span, "unknown-property",
                     str_format(c->arena, "%s has no element \"%.*s\"", check_type_text(c, type),
                                STR_ARGS(node->names[i])), guess_hint(c, &guess));
        return false;
    }
    return true;
}

static const Type *make_system(Check *c, Ast **place, const Type *type) {
    Ast *node = *place;
    size_t row = 0;
    while (row < sizeof makers / sizeof *makers && makers[row].tag != type->tag) row++;
    if (row == sizeof makers / sizeof *makers)
        return check_fail(c, node, "type-mismatch",
                          str_format(c->arena, "%s has no elements", check_type_text(c, type)),
                          STR("write the value itself"));
    if (!check_names(c, node, makers[row].names, type)) return type_error(c->types);
    uint32_t count = 0;
    while (count < 6 && makers[row].names[count] != NULL) count++;
    Ast *made = node_make(c, AST_OPERATOR, node->span, count);
    made->name = str_from(makers[row].maker);
    for (uint32_t i = 0; i < count; i++) {
        made->child[i] = element_of(node, makers[row].names[i]);
        if (made->child[i] == NULL) made->child[i] = node_null(c, node->span);
    }
    *place = made;
    return operator_resolve(c, place);
}

static const Type *make_class(Check *c, Ast *node, const Type *type) {
    for (uint32_t i = 0; i < node->count; i++) {
        ModelProperty property;
        if (!c->model->find_property(type->class, node->names[i], &property)) {
            Guess guess = guess_new(node->names[i]);
            const char *name;
            for (uint32_t k = 0; (name = c->model->property_name(type->class, k)) != NULL; k++)
                guess_offer(&guess, str_from(name));
            return check_fail(c, node, "unknown-property",
                              str_format(c->arena, "%s has no element \"%.*s\"",
                                         check_type_text(c, type), STR_ARGS(node->names[i])),
                              guess_hint(c, &guess));
        }
        const Type *wanted = type_of_property(c->types, &property);
        const char *what = str_to_c(c->arena, str_format(c->arena, "the element %.*s",
                                                         STR_ARGS(node->names[i])));
        if (!check_expect(c, &node->child[i], wanted, what)) return type_error(c->types);
    }
    return type;
}

const Type *check_instance(Check *c, Ast **place) {
    Ast *node = *place;
    const Type *type = check_type_name(c, node->type_name);
    bool sound = check_repeated(c, node);
    if (!check_children(c, node) || type->kind == TYPE_ERROR || !sound) return type_error(c->types);
    if (type->kind == TYPE_CLASS) return make_class(c, node, type);
    if (type->kind == TYPE_SYSTEM) return make_system(c, place, type);
    return check_fail(c, node, "type-mismatch",
                      str_format(c->arena, "%s has no instances", check_type_text(c, type)),
                      STR(""));
}
