/* check_method.c - functions of FHIRPath behind a dot, as operators and queries of CQL.
 *
 *     X.where(c)      a query over X whose $this is the element
 *     X.exists(c)     exists of that
 *     X.ofType(T)     those elements that are T
 *
 * follows the appendix "FHIRPath Function Translation" of CQL.  In an argument the elements of
 * $this go by their own names.  A value that is no list is a list of it alone; a function of
 * one value takes the only element of a list.  Fluent functions of the same name come first. */
#include "cql/check_state.h"
#include "value/decimal.h"

typedef struct Method Method;

struct Method {
    const char *name;
    uint32_t least, most; /* arguments */
    const Type *(*check)(Check *c, Ast **place, const Method *method);
    const char *operator; /* whose operands are what stands before the dot, then the arguments */
};

/* ---- parts ---- */

static Ast *checked(Check *c, Ast *node) {
    check_ast(c, &node);
    return node;
}

static const Type *put(Check *c, Ast **place, Ast *node) {
    *place = node;
    return check_ast(c, place);
}

/* What stands before the dot, as a list. */
static Ast *as_list(Check *c, Ast *source) {
    if (source->type->kind == TYPE_LIST || source->type->kind == TYPE_ERROR) return source;
    return checked(c, node_unary(c, "ToList", source->span, source));
}

/* As one value. */
static Ast *as_value(Check *c, Ast *source) {
    if (source->type->kind != TYPE_LIST) return source;
    return checked(c, node_unary(c, "SingletonFrom", source->span, source));
}

/* A value whose type is one of the model's, as the System value that it stands for. */
static Ast *as_system(Check *c, Ast *source) {
    Ast *value = as_value(c, source);
    conversion_try(c, &value, conversion_system(c, value->type));
    return value;
}

/* The arguments from here on may name the elements of `local` by their own names. */
static size_t open_scope(Check *c, const Local *local) {
    size_t before = c->locals.count;
    Local this = { .name = STR("$this"), .slot = local->slot, .type = local->type,
                   .implicit = true };
    vec_push(c->arena, &c->locals, this);
    return before;
}

/* A query over the list, with the condition or without where it is NULL. */
static Ast *filter(Check *c, Ast *list, Ast *condition, bool negated) {
    Local element;
    Ast *query = node_over(c, list, &element);
    query->type = list->type;
    if (condition == NULL) return query;
    size_t scope = open_scope(c, &element);
    bool sound = check_ast(c, &condition)->kind != TYPE_ERROR &&
                 check_expect_boolean(c, &condition, "the condition");
    c->locals.count = scope;
    if (!sound) query->type = type_error(c->types);
    else if (negated) condition = checked(c, node_unary(c, "IsTrue", condition->span, condition));
    if (sound && negated) condition = checked(c, node_unary(c, "Not", condition->span, condition));
    query->query->where = condition;
    return query;
}

static bool check_arguments(Check *c, Ast *node) {
    bool sound = true;
    for (uint32_t i = 1; i < node->count; i++)
        if (check_ast(c, &node->child[i])->kind == TYPE_ERROR) sound = false;
    return sound;
}

/* ---- functions that are operators ---- */

static const Type *to_operator(Check *c, Ast **place, const Method *method, Ast *source) {
    Ast *node = *place;
    if (!check_arguments(c, node)) return type_error(c->types);
    Ast *made = node_make(c, AST_OPERATOR, node->span, node->count);
    made->name = str_from(method->operator);
    made->child[0] = source;
    for (uint32_t i = 1; i < node->count; i++) made->child[i] = node->child[i];
    *place = made;
    return operator_resolve(c, place);
}

static const Type *of_list(Check *c, Ast **place, const Method *method) {
    return to_operator(c, place, method, as_list(c, (*place)->child[0]));
}

static const Type *of_value(Check *c, Ast **place, const Method *method) {
    return to_operator(c, place, method, as_system(c, (*place)->child[0]));
}

/* Two lists. */
static const Type *of_lists(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    if (!check_arguments(c, node)) return type_error(c->types);
    node->child[1] = as_list(c, node->child[1]);
    return to_operator(c, place, method, as_list(c, node->child[0]));
}

/* The operator with its operands the other way round: text.indexOf(part). */
static const Type *swapped(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    if (!check_arguments(c, node)) return type_error(c->types);
    return put(c, place, node_binary(c, method->operator, node->span, node->child[1],
                                     as_system(c, node->child[0])));
}

static const Type *check_contains(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *position = *place;
    if (swapped(c, &position, method)->kind == TYPE_ERROR) return type_error(c->types);
    return put(c, place, node_binary(c, "GreaterOrEqual", node->span, position,
                                     node_integer(c, node->span, 0)));
}

static const Type *check_root(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *half = node_make(c, AST_LITERAL, node->span, 0);
    half->value = decimal_from_units(c->arena, DECIMAL_UNIT / 2, 1);
    return put(c, place, node_binary(c, method->operator, node->span,
                                     as_system(c, node->child[0]), half));
}

/* ---- existence ---- */

static const Type *check_exists(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    Ast *list = filter(c, as_list(c, node->child[0]), node->count > 1 ? node->child[1] : NULL,
                       false);
    return put(c, place, node_unary(c, method->operator, node->span, list));
}

static const Type *check_empty(Check *c, Ast **place, const Method *method) {
    if (check_exists(c, place, method)->kind == TYPE_ERROR) return type_error(c->types);
    return put(c, place, node_unary(c, "Not", (*place)->span, *place));
}

/* No element for which the condition is not true. */
static const Type *check_all(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    Ast *other = filter(c, as_list(c, node->child[0]), node->child[1], true);
    Ast *exists = checked(c, node_unary(c, method->operator, node->span, other));
    return put(c, place, node_unary(c, "Not", node->span, exists));
}

/* allFalse is no true one among them, anyFalse not all of them true. */
static const Type *check_negated(Check *c, Ast **place, const Method *method) {
    if (of_list(c, place, method)->kind == TYPE_ERROR) return type_error(c->types);
    return put(c, place, node_unary(c, "Not", (*place)->span, *place));
}

static const Type *check_is_distinct(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *list = as_list(c, node->child[0]);
    if (list->type->kind == TYPE_ERROR) return list->type;
    Shared shared = share(c, list);
    Ast *all = checked(c, node_unary(c, "Length", node->span, share_use(c, &shared)));
    Ast *once = node_unary(c, method->operator, node->span, share_use(c, &shared));
    once = checked(c, node_unary(c, "Length", node->span, checked(c, once)));
    *place = checked(c, node_binary(c, "Equal", node->span, all, once));
    *place = share_end(&shared, *place);
    return (*place)->type;
}

/* ---- filters and projections ---- */

static const Type *check_where(Check *c, Ast **place, const Method *method) {
    (void)method;
    *place = filter(c, as_list(c, (*place)->child[0]), (*place)->child[1], false);
    return (*place)->type;
}

/* Lists become flat, nulls are left out. */
static const Type *check_select(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *projection = node->child[1];
    Local element;
    Ast *query = node_over(c, as_list(c, node->child[0]), &element);
    size_t scope = open_scope(c, &element);
    const Type *type = check_ast(c, &projection);
    c->locals.count = scope;
    if (type->kind == TYPE_ERROR) return type;
    Local value = { .name = STR(""), .slot = c->slot_count++, .type = type };
    QueryLet let = { .name = STR(""), .expression = projection, .span = node->span,
                     .slot = value.slot };
    query->query->lets = arena_copy(c->arena, &let, sizeof let);
    query->query->let_count = 1;
    Ast *null = node_unary(c, "IsNull", node->span, node_local(c, node->span, &value));
    query->query->where = checked(c, node_unary(c, "Not", node->span, null));
    query->query->result = node_local(c, node->span, &value);
    query->query->result_all = true;
    query->type = type_list(c->types, type);
    if (type->kind != TYPE_LIST) return put(c, place, query);
    return put(c, place, node_unary(c, method->operator, node->span, query));
}

static const Type *check_repeat(Check *c, Ast **place, const Method *method) {
    (void)method;
    return check_fail(c, *place, "not-supported", STR("repeat is no function of CQL"),
                      STR("name the elements that are meant, level by level"));
}

static const Type *check_combine(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    if (!check_arguments(c, node)) return type_error(c->types);
    Ast *both = node_make(c, AST_LIST, node->span, 2);
    both->child[0] = as_list(c, node->child[0]);
    both->child[1] = as_list(c, node->child[1]);
    return put(c, place, node_unary(c, method->operator, node->span, checked(c, both)));
}

static const Type *check_aggregate_of(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    Local element;
    (void)method;
    Ast *query = node_over(c, as_list(c, node->child[0]), &element);
    query->query->aggregate_name = STR("$total");
    query->query->aggregate = node->child[1];
    query->query->aggregate_start = node->count > 2 ? node->child[2] : NULL;
    size_t scope = open_scope(c, &element);
    query->type = check_aggregate(c, query->query);
    c->locals.count = scope;
    *place = query;
    return query->type;
}

/* ---- types ---- */

/* A type as an argument: string, FHIR.Quantity, System.String; the model's comes first. */
static const Type *type_argument(Check *c, const Ast *argument) {
    bool qualified = argument->kind == AST_PROPERTY && argument->child[0]->kind == AST_NAME;
    TypeName name = { .kind = TYPE_NAME_NAMED, .name = argument->name, .span = argument->span };
    ModelType class;
    if (argument->kind != AST_NAME && !qualified) {
        check_report(c, argument->span, "type-mismatch", STR("the name of a type is expected here"),
                     STR("as in ofType(FHIR.Quantity)"));
        return type_error(c->types);
    }
    if (qualified) name.qualifier = argument->child[0]->name;
    else if (c->model != NULL && c->model->find_class(name.name, &class))
        return type_class(c->types, class);
    return check_type_name(c, &name);
}

static Ast *test_of(Check *c, AstKind kind, Ast *operand, const Type *type) {
    Ast *node = node_make(c, kind, operand->span, 1);
    node->child[0] = operand;
    node->test_type = type;
    node->type = kind == AST_IS ? type_system(c->types, TAG_BOOLEAN) : type;
    return node;
}

static const Type *check_is_type(Check *c, Ast **place, const Method *method) {
    const Type *type = type_argument(c, (*place)->child[1]);
    (void)method;
    if (type->kind == TYPE_ERROR) return type;
    *place = test_of(c, AST_IS, as_value(c, (*place)->child[0]), type);
    return (*place)->type;
}

static const Type *check_of_type(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    const Type *type = type_argument(c, node->child[1]);
    Local element;
    (void)method;
    if (type->kind == TYPE_ERROR) return type;
    Ast *query = node_over(c, as_list(c, node->child[0]), &element);
    query->query->where = test_of(c, AST_IS, node_local(c, node->span, &element), type);
    query->query->result = test_of(c, AST_AS, node_local(c, node->span, &element), type);
    query->query->result_all = true;
    query->type = type_list(c->types, type);
    *place = query;
    return query->type;
}

static const Type *check_as_type(Check *c, Ast **place, const Method *method) {
    if ((*place)->child[0]->type->kind == TYPE_LIST) return check_of_type(c, place, method);
    const Type *type = type_argument(c, (*place)->child[1]);
    if (type->kind == TYPE_ERROR) return type;
    *place = test_of(c, AST_AS, (*place)->child[0], type);
    return type;
}

/* ---- the rest ---- */

static const Type *check_iif(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *made = node_make(c, AST_IF, node->span, 3);
    (void)method;
    made->child[0] = node->child[1];
    made->child[1] = node->child[2];
    made->child[2] = node->count > 3 ? node->child[3] : node_null(c, node->span);
    return put(c, place, made);
}

static Ast *text_node(Check *c, Span span, const char *text) {
    Ast *node = node_make(c, AST_LITERAL, span, 0);
    node->value = value_string(str_from(text));
    return node;
}

static const Type *check_trace(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *made = node_make(c, AST_OPERATOR, node->span, 5);
    made->name = str_from(method->operator);
    made->child[0] = node->child[0];
    made->child[1] = node_boolean(c, node->span, true);
    made->child[2] = node->child[1];
    made->child[3] = text_node(c, node->span, "Trace");
    made->child[4] = text_node(c, node->span, "");
    return put(c, place, made);
}

static const Type *check_get_value(Check *c, Ast **place, const Method *method) {
    Ast *node = *place, *source = as_value(c, node->child[0]);
    (void)method;
    Ast *value = property_of(c, source, STR("value"), node->span);
    if (value == NULL)
        return check_fail(c, node, "unknown-property",
                          str_format(c->arena, "%s has no value", check_type_text(c, source->type)),
                          STR(""));
    *place = value;
    return value->type;
}

static const Type *check_has_value(Check *c, Ast **place, const Method *method) {
    Span span = (*place)->span;
    if (check_get_value(c, place, method)->kind == TYPE_ERROR) return type_error(c->types);
    Ast *null = checked(c, node_unary(c, "IsNull", span, *place));
    return put(c, place, node_unary(c, "Not", span, null));
}

/* extension(url): those of the url. */
static const Type *check_extension(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    Ast *list = property_of(c, node->child[0], str_from(method->operator), node->span);
    if (list == NULL)
        return check_fail(c, node, "unknown-property",
                          str_format(c->arena, "%s has no extensions",
                                     check_type_text(c, node->child[0]->type)), STR(""));
    Ast *url = node_make(c, AST_NAME, node->span, 0);
    url->name = STR("url");
    *place = filter(c, list, node_binary(c, "Equal", node->span, url, node->child[1]), false);
    return (*place)->type;
}

/* memberOf: a value set or its address. */
static const Type *check_member_of(Check *c, Ast **place, const Method *method) {
    Ast *node = *place;
    if (!check_arguments(c, node)) return type_error(c->types);
    Ast *set = node->child[1];
    if (set->type == type_system(c->types, TAG_STRING)) {
        Ast *made = node_make(c, AST_OPERATOR, node->span, 4);
        made->name = STR("MakeValueSet");
        made->child[0] = set;
        for (uint32_t i = 1; i < 4; i++) made->child[i] = node_null(c, node->span);
        set = checked(c, made);
    }
    return put(c, place, node_binary(c, method->operator, node->span, node->child[0], set));
}

static const Method methods[] = {
    { "empty", 0, 0, check_empty, "Exists" },
    { "exists", 0, 1, check_exists, "Exists" },
    { "all", 1, 1, check_all, "Exists" },
    { "allTrue", 0, 0, of_list, "AllTrue" },
    { "anyTrue", 0, 0, of_list, "AnyTrue" },
    { "allFalse", 0, 0, check_negated, "AnyTrue" },
    { "anyFalse", 0, 0, check_negated, "AllTrue" },
    { "subsetOf", 1, 1, of_lists, "IncludedIn" },
    { "supersetOf", 1, 1, of_lists, "Includes" },
    { "count", 0, 0, of_list, "Count" },
    { "distinct", 0, 0, of_list, "Distinct" },
    { "isDistinct", 0, 0, check_is_distinct, "Distinct" },
    { "where", 1, 1, check_where, NULL },
    { "select", 1, 1, check_select, "Flatten" },
    { "repeat", 1, 1, check_repeat, NULL },
    { "ofType", 1, 1, check_of_type, NULL },
    { "single", 0, 0, of_list, "SingletonFrom" },
    { "first", 0, 0, of_list, "First" },
    { "last", 0, 0, of_list, "Last" },
    { "tail", 0, 0, of_list, "Tail" },
    { "skip", 1, 1, of_list, "Skip" },
    { "take", 1, 1, of_list, "Take" },
    { "intersect", 1, 1, of_lists, "Intersect" },
    { "exclude", 1, 1, of_lists, "Except" },
    { "union", 1, 1, of_lists, "Union" },
    { "combine", 1, 1, check_combine, "Flatten" },
    { "aggregate", 1, 2, check_aggregate_of, NULL },
    { "is", 1, 1, check_is_type, NULL },
    { "as", 1, 1, check_as_type, NULL },
    { "iif", 2, 3, check_iif, NULL },
    { "not", 0, 0, of_value, "Not" },
    { "toBoolean", 0, 0, of_value, "ToBoolean" },
    { "toInteger", 0, 0, of_value, "ToInteger" },
    { "toLong", 0, 0, of_value, "ToLong" },
    { "toDecimal", 0, 0, of_value, "ToDecimal" },
    { "toString", 0, 0, of_value, "ToString" },
    { "toDate", 0, 0, of_value, "ToDate" },
    { "toDateTime", 0, 0, of_value, "ToDateTime" },
    { "toTime", 0, 0, of_value, "ToTime" },
    { "toQuantity", 0, 0, of_value, "ToQuantity" },
    { "convertsToBoolean", 0, 0, of_value, "ConvertsToBoolean" },
    { "convertsToInteger", 0, 0, of_value, "ConvertsToInteger" },
    { "convertsToLong", 0, 0, of_value, "ConvertsToLong" },
    { "convertsToDecimal", 0, 0, of_value, "ConvertsToDecimal" },
    { "convertsToString", 0, 0, of_value, "ConvertsToString" },
    { "convertsToDate", 0, 0, of_value, "ConvertsToDate" },
    { "convertsToDateTime", 0, 0, of_value, "ConvertsToDateTime" },
    { "convertsToTime", 0, 0, of_value, "ConvertsToTime" },
    { "convertsToQuantity", 0, 0, of_value, "ConvertsToQuantity" },
    { "indexOf", 1, 1, swapped, "PositionOf" },
    { "contains", 1, 1, check_contains, "PositionOf" },
    { "substring", 1, 2, of_value, "Substring" },
    { "startsWith", 1, 1, of_value, "StartsWith" },
    { "endsWith", 1, 1, of_value, "EndsWith" },
    { "upper", 0, 0, of_value, "Upper" },
    { "lower", 0, 0, of_value, "Lower" },
    { "replace", 2, 2, of_value, "ReplaceText" },
    { "matches", 1, 1, of_value, "Matches" },
    { "replaceMatches", 2, 2, of_value, "ReplaceMatches" },
    { "length", 0, 0, of_value, "Length" },
    { "toChars", 0, 0, of_value, "ToChars" },
    { "split", 1, 1, of_value, "Split" },
    { "join", 0, 1, of_list, "Combine" },
    { "abs", 0, 0, of_value, "Abs" },
    { "ceiling", 0, 0, of_value, "Ceiling" },
    { "floor", 0, 0, of_value, "Floor" },
    { "truncate", 0, 0, of_value, "Truncate" },
    { "round", 0, 1, of_value, "Round" },
    { "exp", 0, 0, of_value, "Exp" },
    { "ln", 0, 0, of_value, "Ln" },
    { "log", 1, 1, of_value, "Log" },
    { "power", 1, 1, of_value, "Power" },
    { "sqrt", 0, 0, check_root, "Power" },
    { "precision", 0, 0, of_value, "Precision" },
    { "lowBoundary", 0, 1, of_value, "LowBoundary" },
    { "highBoundary", 0, 1, of_value, "HighBoundary" },
    { "children", 0, 0, of_list, "Children" },
    { "descendants", 0, 0, of_list, "Descendents" },
    { "trace", 1, 1, check_trace, "Message" },
    { "getValue", 0, 0, check_get_value, NULL },
    { "hasValue", 0, 0, check_has_value, NULL },
    { "extension", 1, 1, check_extension, "extension" },
    { "memberOf", 1, 1, check_member_of, "In" },
};

static const Method *find(Str name) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (str_is(name, methods[i].name)) return &methods[i];
    return NULL;
}

void method_offer(Guess *guess) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        guess_offer(guess, str_from(methods[i].name));
}

static bool is_function_of(const Library *library, Str name) {
    const NameEntry *e = library == NULL ? NULL : names_find(library->names, name);
    for (; e != NULL; e = e->next)
        if (e->definition->kind == DEFINITION_FUNCTION) return true;
    return false;
}

bool method_applies(const Check *c, const Ast *node) {
    if (!node->fluent || node->count == 0 || find(node->name) == NULL) return false;
    if (is_function_of(c->library, node->name)) return false;
    for (uint32_t i = 0; c->library != NULL && i < c->library->count; i++)
        if (c->library->definitions[i]->kind == DEFINITION_INCLUDE &&
            is_function_of(c->library->definitions[i]->included, node->name))
            return false;
    return true;
}

static const Type *fail_count(Check *c, Ast *node, const Method *method) {
    return check_fail(c, node, "no-overload",
                      method->least == method->most
                          ? str_format(c->arena, "%s takes %u argument%s", method->name,
                                       method->least, method->least == 1 ? "" : "s")
                          : str_format(c->arena, "%s takes %u or %u arguments", method->name,
                                       method->least, method->most), STR(""));
}

const Type *check_method(Check *c, Ast **place) {
    Ast *node = *place;
    const Method *method = find(node->name);
    const Type *source = check_ast(c, &node->child[0]);
    uint32_t arguments = node->count - 1;
    if (arguments < method->least || arguments > method->most) return fail_count(c, node, method);
    if (source->kind == TYPE_ERROR) return source;
    node->fluent = false;
    return method->check(c, place, method);
}
