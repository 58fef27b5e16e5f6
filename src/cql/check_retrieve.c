/* check_retrieve.c - retrieves: the class, the element by which they filter, the codes. */
#include "cql/check_state.h"

static bool find_class(Check *c, const TypeName *name, ModelType *out) {
    bool own = name->qualifier.length == 0 || str_is(name->qualifier, c->model->name) ||
               (c->library != NULL && str_equal(name->qualifier, c->library->model_alias));
    return own && c->model->find_class(name->name, out);
}

static bool read_class(Check *c, Ast *node, ModelType *out) {
    const TypeName *name = node->type_name;
    if (name == NULL || name->name.length == 0) return false;
    if (c->model == NULL) {
        check_report(c, node->span, "unknown-model", STR("a retrieve needs a data model"),
                     STR("say at the top which is used: using FHIR version '4.0.1'"));
        return false;
    }
    if (!find_class(c, name, out)) {
        Guess guess = guess_new(name->name);
        guess_offer_classes(&guess, c->model, true);
        check_report(c, name->span, "unknown-type",
                     str_format(c->arena, "%s has no resource %.*s", c->model->name,
                                STR_ARGS(name->name)), guess_hint(c, &guess));
        return false;
    }
    if (c->model->is_resource(*out)) return true;
    check_report(c, name->span, "not-a-resource",
                 str_format(c->arena, "%.*s is no resource, so that it cannot be retrieved",
                            STR_ARGS(name->name)),
                 STR("retrieve the resource that it is part of"));
    return false;
}

/* The element that holds the code. */
static bool read_path(Check *c, Ast *node, ModelType class) {
    const char *name = c->model->class_name(class);
    if (node->name.length == 0) {
        if (c->model->primary_code(class, &node->property)) return true;
        check_report(c, node->span, "no-code-path",
                     str_format(c->arena, "%s has no element that says which codes are meant",
                                name),
                     STR("name the element, as in [Encounter: type in \"Visits\"]"));
        return false;
    }
    if (c->model->find_property(class, node->name, &node->property)) return true;
    Guess guess = guess_new(node->name);
    const char *property;
    for (uint32_t i = 0; (property = c->model->property_name(class, i)) != NULL; i++)
        guess_offer(&guess, str_from(property));
    check_report(c, node->span, "unknown-property",
                 str_format(c->arena, "%s has no element \"%.*s\"", name, STR_ARGS(node->name)),
                 guess.best.length != 0 ? guess_hint(c, &guess)
                                        : STR("filter by elements of elements with where"));
    return false;
}

static const Type *of_tag(Check *c, Tag tag, bool list) {
    const Type *type = type_system(c->types, tag);
    return list ? type_list(c->types, type) : type;
}

/* The codes as the source of a retrieve takes them. */
static bool convert_codes(Check *c, Ast **codes) {
    static const Tag tags[] = { TAG_VALUESET, TAG_CODE, TAG_CONCEPT, TAG_STRING };
    const Type *type = (*codes)->type;
    for (size_t i = 0; i < 8; i++)
        if (type == of_tag(c, tags[i / 2], i % 2 != 0))
            return type != of_tag(c, TAG_VALUESET, true);
    for (size_t i = 2; i < 8; i++)
        if (conversion_try(c, codes, of_tag(c, tags[i / 2], i % 2 != 0))) return true;
    return false;
}

/* Codes of a code system: the retrieve without them, then a test of each element. */
static const Type *in_code_system(Check *c, Ast **place, Str path) {
    Ast *node = *place, *system = node->child[0];
    Local element;
    node->count = 0;
    node->property = (ModelProperty){ 0 };
    Ast *query = node_over(c, node, &element);
    Ast *code = property_of(c, node_local(c, node->span, &element), path, node->span);
    if (code == NULL) return type_error(c->types);
    query->query->where = node_binary(c, "In", node->span, code, system);
    query->type = node->type;
    if (check_ast(c, &query->query->where)->kind == TYPE_ERROR) return type_error(c->types);
    *place = query;
    return query->type;
}

/* ---- paths of several elements ---- */

static bool is_dotted(Str path) {
    for (size_t i = 0; i < path.length; i++)
        if (path.data[i] == '.' || path.data[i] == '[') return true;
    return false;
}

/* [3] at the start of the rest of a path. */
static Ast *take_index(Check *c, Ast *value, Str *rest) {
    int64_t index = 0;
    size_t at = 1;
    for (; at < rest->length && rest->data[at] != ']'; at++)
        if (index < INT32_MAX / 10) index = index * 10 + (rest->data[at] - '0');
    *rest = str_slice(*rest, at + 1, rest->length);
    Ast *node = node_binary(c, "Indexer", value->span, value, node_integer(c, value->span, index));
    return check_ast(c, &node)->kind == TYPE_ERROR ? NULL : node;
}

static Ast *take_element(Check *c, Ast *value, Str *rest, Span span) {
    size_t end = rest->data[0] == '.' ? 1 : 0, start = end;
    while (end < rest->length && rest->data[end] != '.' && rest->data[end] != '[') end++;
    Str name = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->length);
    Ast *property = property_of(c, value, name, span);
    if (property != NULL) return property;
    Guess guess = guess_new(name);
    guess_offer_properties(c, &guess, value->type);
    check_report(c, span, "unknown-property",
                 str_format(c->arena, "%s has no element \"%.*s\"",
                            check_type_text(c, value->type), STR_ARGS(name)),
                 guess_hint(c, &guess));
    return NULL;
}

/* The value that the path leads to from an element; NULL when reported. */
static Ast *follow(Check *c, Ast *element, Str path, Span span) {
    while (element != NULL && path.length > 0)
        element = path.data[0] == '[' ? take_index(c, element, &path)
                                      : take_element(c, element, &path, span);
    return element;
}

static const Type *element_of(const Type *type) {
    return type->kind == TYPE_LIST ? type->element : type;
}

/* exists (from values V, codes C where V ~ C), texts by =. */
static Ast *any_alike(Check *c, Ast *values, Ast *codes) {
    Local value, code;
    Ast *query = node_over(c, values, &value), *other = node_over(c, codes, &code);
    QuerySource both[] = { query->query->sources[0], other->query->sources[0] };
    query->query->sources = arena_copy(c->arena, both, sizeof both);
    query->query->source_count = 2;
    bool text = code.type == type_system(c->types, TAG_STRING);
    query->query->where = node_binary(c, text ? "Equal" : "Equivalent", values->span,
                                      node_local(c, values->span, &value),
                                      node_local(c, values->span, &code));
    query->query->result = node_boolean(c, values->span, true);
    if (check_ast(c, &query->query->where)->kind == TYPE_ERROR) return NULL;
    bool list = values->type->kind == TYPE_LIST || codes->type->kind == TYPE_LIST;
    query->type = query->query->result->type;
    if (!list) {
        Ast *holds = node_unary(c, "IsTrue", values->span, query);
        return check_ast(c, &holds)->kind == TYPE_ERROR ? NULL : holds;
    }
    query->type = type_list(c->types, query->type);
    Ast *exists = node_unary(c, "Exists", values->span, query);
    return check_ast(c, &exists)->kind == TYPE_ERROR ? NULL : exists;
}

/* All resources of the class, of which those are taken whose path leads to the codes. */
static const Type *by_path(Check *c, Ast **place) {
    Ast *node = *place, *codes = node->child[0], *holds;
    Local element;
    Str path = node->name;
    node->count = 0;
    node->name = STR("");
    Ast *query = node_over(c, node, &element);
    Ast *value = follow(c, node_local(c, node->span, &element), path, node->span);
    if (value == NULL) return type_error(c->types);
    const Type *kind = element_of(codes->type);
    if (kind == type_system(c->types, TAG_VALUESET) ||
        kind == type_system(c->types, TAG_CODESYSTEM)) {
        holds = node_binary(c, "In", node->span, value, codes);
        if (check_ast(c, &holds)->kind == TYPE_ERROR) return type_error(c->types);
    } else {
        holds = any_alike(c, value, codes);
        if (holds == NULL) return type_error(c->types);
    }
    query->query->where = holds;
    query->type = node->type;
    *place = query;
    return query->type;
}

static Str path_name(Check *c, const Ast *node, ModelType class) {
    ModelProperty property;
    const char *name;
    if (node->name.length != 0) return node->name;
    for (uint32_t i = 0; (name = c->model->property_name(class, i)) != NULL; i++)
        if (c->model->find_property(class, str_from(name), &property) &&
            property.id == node->property.id)
            return str_from(name);
    return STR("");
}

const Type *check_retrieve(Check *c, Ast **place) {
    Ast *node = *place;
    ModelType class;
    bool sound = check_children(c, node);
    if (!read_class(c, node, &class)) return type_error(c->types);
    node->type = type_list(c->types, type_class(c->types, class));
    if (node->count == 0) return node->type;
    if (!sound) return type_error(c->types);
    if (is_dotted(node->name)) return by_path(c, place);
    if (!read_path(c, node, class)) return type_error(c->types);
    if (node->child[0]->type == type_system(c->types, TAG_CODESYSTEM))
        return in_code_system(c, place, path_name(c, node, class));
    if (convert_codes(c, &node->child[0])) return node->type;
    return check_fail(c, node->child[0], "type-mismatch",
                      str_format(c->arena,
                                 "a retrieve is filtered by codes or a value set, not by %s",
                                 check_type_text(c, node->child[0]->type)),
                      STR("filter by other elements with where"));
}
