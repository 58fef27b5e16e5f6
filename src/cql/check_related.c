/* check_related.c - retrieves from a related context: [context -> Condition: "Codes"].
 *
 * The context is a resource, a reference to one, or its id.  The retrieve becomes an operator
 * over it, the context and the record's own patient (value/context.c). */
#include "cql/check_state.h"

/* The element of a reference that names the resource, as a String; false where there is none. */
static bool read_reference(Check *c, Ast **context) {
    const Type *type = (*context)->type;
    const Type *string = type_system(c->types, TAG_STRING);
    if (type->kind == TYPE_CLASS && !c->model->is_resource(type->class)) {
        Ast *named = property_of(c, *context, STR("reference"), (*context)->span);
        if (named != NULL) *context = named;
    }
    return (*context)->type == string || conversion_try(c, context, string);
}

static const Type *fail_context(Check *c, Ast *context) {
    const Type *type = context->type;
    return check_fail(c, context, "type-mismatch",
                      str_format(c->arena,
                                 "a related context is a patient, a reference to one or an id, "
                                 "not %s",
                                 check_type_text(c, type)),
                      type->kind == TYPE_LIST
                          ? STR("take one of the list, with singleton from or First, in a define")
                          : STR("name a define that gives the patient, before the ->"));
}

static bool is_resource(const Check *c, const Type *type) {
    return type->kind == TYPE_CLASS && c->model->is_resource(type->class);
}

const Type *check_related(Check *c, Ast **place) {
    Ast *node = *place;
    bool sound = check_children(c, node);
    if (!sound || c->model == NULL) return type_error(c->types);
    Ast *context = node->child[0], *retrieve = node->child[1];
    if (!is_resource(c, context->type) && !read_reference(c, &context))
        return fail_context(c, context);
    Ast *own = node_make(c, AST_CONTEXT, node->span, 0);
    own->type = type_class(c->types, c->model->patient_class);
    Ast *made = node_make(c, AST_OPERATOR, node->span, 3);
    made->name = STR("FromContext");
    made->child[0] = retrieve;
    made->child[1] = context;
    made->child[2] = own;
    *place = made;
    return operator_resolve(c, place);
}
