/* check.c - the checker's way through a library.
 *
 * All names of the library are entered first, with the types of functions' operands.  Then
 * each definition is checked; one that is used before it was checked is checked then, so
 * that their order in the source does not matter.  A definition that comes up while it is
 * being checked uses itself. */
#include <string.h>

#include "cql/ast_walk.h"
#include "cql/check_state.h"

enum { NOT_CHECKED, BEING_CHECKED, CHECKED };
enum { DEEPEST = 2500 };

/* ---- rules ---- */

static void read_helper(Checker *checker, const ModelConversion *row, Signature *signature) {
    Overload overload = { .name = row->function, .operands = "", .result = row->to,
                          .function = row->convert, .callable = true };
    const Type *from = type_class(checker->types, row->from);
    const Type *to = type_from_text(checker->types, str_from(row->to));
    signature->overload = arena_copy(checker->arena, &overload, sizeof overload);
    signature->count = 1;
    signature->operands = arena_copy(checker->arena, &from, sizeof from);
    signature->result = to != NULL ? to : type_error(checker->types);
}

Rules *rules_new(Checker *checker) {
    Rules *rules = arena_alloc_zeroed(checker->arena, sizeof *rules);
    uint32_t count = checker->model == NULL ? 0 : checker->model->conversion_count;
    rules->overloads = overloads_new(checker->arena, checker->types);
    rules->helpers = arena_array(checker->arena, count, sizeof *rules->helpers);
    for (uint32_t i = 0; i < count; i++)
        read_helper(checker, &checker->model->conversions[i], &rules->helpers[i]);
    return rules;
}

static Check check_new(Checker *checker, Library *library) {
    if (checker->rules == NULL) checker->rules = rules_new(checker);
    return (Check){ .checker = checker, .arena = checker->arena, .types = checker->types,
                    .model = checker->model, .rules = checker->rules, .library = library };
}

/* ---- scopes ---- */

Local *scope_add(Check *c, Str name, const Type *type) {
    Local local = { .name = name, .slot = c->slot_count++, .type = type };
    vec_push(c->arena, &c->locals, local);
    return &c->locals.items[c->locals.count - 1];
}

const Local *scope_find(const Check *c, Str name) {
    for (size_t i = c->locals.count; i > c->first_local; i--)
        if (str_equal(c->locals.items[i - 1].name, name)) return &c->locals.items[i - 1];
    return NULL;
}

/* ---- expressions ---- */

static const Type *(*const by_kind[])(Check *, Ast **) = {
    [AST_NULL] = check_literal,
    [AST_LITERAL] = check_literal,
    [AST_RATIO] = check_literal,
    [AST_INTERVAL] = check_interval,
    [AST_LIST] = check_list,
    [AST_TUPLE] = check_tuple,
    [AST_INSTANCE] = check_instance,
    [AST_CODE_LITERAL] = check_code_literal,
    [AST_CONCEPT_LITERAL] = check_code_literal,
    [AST_NAME] = check_name,
    [AST_PROPERTY] = check_property,
    [AST_INDEX] = check_index,
    [AST_CALL] = check_call,
    [AST_THIS] = check_this,
    [AST_INDEX_VARIABLE] = check_this,
    [AST_TOTAL] = check_this,
    [AST_EXTERNAL_CONSTANT] = check_this,
    [AST_OPERATOR] = check_operator,
    [AST_IS] = check_is,
    [AST_AS] = check_as,
    [AST_CONVERT] = check_convert,
    [AST_BETWEEN] = check_between,
    [AST_DURATION_BETWEEN] = check_elapsed,
    [AST_DIFFERENCE_BETWEEN] = check_elapsed,
    [AST_TIMING] = check_timing,
    [AST_IF] = check_if,
    [AST_CASE] = check_case,
    [AST_TYPE_EXTENT] = check_extent,
    [AST_RETRIEVE] = check_retrieve,
    [AST_RELATED] = check_related,
    [AST_QUERY] = check_query,
    [AST_ERROR] = NULL,
};

static const Type *too_deep(Check *c, Ast *node) {
    node->type = type_error(c->types);
    if (c->gave_up) return node->type;
    c->gave_up = true;
    return check_fail(c, node, "too-deep", STR("the expression is nested too deep"),
                      STR("give parts of it names of their own, with define"));
}

static const Type *check_node(Check *c, Ast **place) {
    Ast *node = *place;
    if (node->kind >= sizeof by_kind / sizeof *by_kind || by_kind[node->kind] == NULL) {
        node->type = type_error(c->types);
        return node->type;
    }
    if (c->depth >= DEEPEST) return too_deep(c, node);
    c->depth++;
    const Type *type = by_kind[node->kind](c, place);
    c->depth--;
    (*place)->type = type;
    return type;
}

/* Operators in a row, from the inside out. */
static const Type *check_chain(Check *c, Ast **place) {
    AstPlaces chain = { 0 };
    ast_chain(c->arena, place, &chain);
    while (chain.count > 1) check_node(c, chain.items[--chain.count]);
    return check_node(c, place);
}

/* A node that has its type already was put there by the checker. */
const Type *check_ast(Check *c, Ast **place) {
    Ast *node = *place;
    if (node->type != NULL) return node->type;
    bool chain = node->kind == AST_OPERATOR && node->count > 0 && node->child[0] != NULL &&
                 node->child[0]->kind == AST_OPERATOR;
    return chain ? check_chain(c, place) : check_node(c, place);
}

bool check_children(Check *c, Ast *node) {
    bool sound = true;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL && check_ast(c, &node->child[i])->kind == TYPE_ERROR)
            sound = false;
    return sound;
}

/* ---- definitions ---- */

/* The round begins with the definition that stands first. */
static void report_cycle(Check *c, const Definition *again) {
    Buffer chain = buffer_new(c->arena);
    size_t from = c->path.count;
    while (from > 0 && c->path.items[from - 1] != again) from--;
    if (from > 0) from--;
    size_t count = c->path.count - from, first = 0;
    for (size_t i = 1; i < count; i++)
        if (c->path.items[from + i]->place < c->path.items[from + first]->place) first = i;
    const Definition *start = c->path.items[from + first];
    for (size_t i = 0; i < count; i++)
        buffer_format(&chain, "\"%.*s\" uses ",
                      STR_ARGS(c->path.items[from + (first + i) % count]->name));
    buffer_format(&chain, "\"%.*s\"", STR_ARGS(start->name));
    if (check_reported(c, start->span, "cycle")) return;
    check_report(c, start->span, "cycle",
                 str_format(c->arena, "\"%.*s\" is defined by itself", STR_ARGS(start->name)),
                 buffer_str(&chain));
}

static const Type *check_parameter(Check *c, Definition *d) {
    const Type *declared = d->type_name == NULL ? NULL : check_type_name(c, d->type_name);
    const Type *given = d->body == NULL ? NULL : check_ast(c, &d->body);
    if (declared == NULL && given == NULL) {
        check_report(c, d->span, "parameter-type", STR("the parameter has no type"),
                     STR("write its type after the name, or a default"));
        return type_error(c->types);
    }
    if (declared == NULL) return given;
    if (given != NULL) check_expect(c, &d->body, declared, "the value of the parameter");
    return declared;
}

static void add_operands(Check *c, const Definition *d) {
    for (uint32_t i = 0; i < d->operand_count; i++) {
        const OperandDefinition *operand = &d->operands[i];
        if (operand->name.length != 0 && scope_find(c, operand->name) != NULL)
            check_report(c, operand->span, "duplicate-name",
                         str_format(c->arena, "two operands are called \"%.*s\"",
                                    STR_ARGS(operand->name)), STR(""));
        scope_add(c, operand->name, operand->type);
    }
}

static const Type *check_function(Check *c, Definition *d) {
    add_operands(c, d);
    const Type *declared = d->type_name == NULL ? NULL : check_type_name(c, d->type_name);
    if (d->body == NULL) return declared != NULL ? declared : type_error(c->types);
    const Type *type = check_ast(c, &d->body);
    if (declared == NULL) return type;
    check_expect(c, &d->body, declared, "the function's result");
    return declared;
}

/* The model's helpers are built in, in the model's version. */
static const Type *check_include(Check *c, const Definition *d) {
    if (name_is_helpers(c, d) && d->version.length != 0 && !str_is(d->version, c->model->version))
        check_warn(c, d->span, "library-version",
                   str_format(c->arena, "%.*s is built in, in version %s", STR_ARGS(d->library),
                              c->model->version), STR(""));
    return type_error(c->types);
}

static const Type *check_body(Check *c, Definition *d) {
    switch (d->kind) {
    case DEFINITION_EXPRESSION:
        return d->body == NULL ? type_error(c->types) : check_ast(c, &d->body);
    case DEFINITION_PARAMETER: return check_parameter(c, d);
    case DEFINITION_FUNCTION: return check_function(c, d);
    case DEFINITION_INCLUDE: return check_include(c, d);
    default:
        check_terminology(c, d);
        return d->type;
    }
}

/* Each body has locals and slots of its own. */
static void check_apart(Check *c, Definition *d) {
    Check around = *c;
    c->definition = d;
    c->first_local = c->locals.count;
    c->slot_count = 0;
    vec_push(c->arena, &c->path, d);
    d->type = check_body(c, d);
    d->slot_count = c->slot_count;
    c->path.count--;
    c->locals.count = around.locals.count;
    c->first_local = around.first_local;
    c->slot_count = around.slot_count;
    c->definition = around.definition;
}

const Type *check_definition(Check *c, Definition *d) {
    if (d->state == BEING_CHECKED) {
        report_cycle(c, d);
        d->type = type_error(c->types);
        return d->type;
    }
    if (d->state == NOT_CHECKED && d->owner == c->library) {
        d->state = BEING_CHECKED;
        check_apart(c, d);
        d->state = CHECKED;
    }
    return d->type != NULL ? d->type : type_error(c->types);
}

/* ---- libraries ---- */

static uint32_t next_index(Checker *checker, DefinitionKind kind) {
    switch (kind) {
    case DEFINITION_EXPRESSION: return checker->define_count++;
    case DEFINITION_PARAMETER: return checker->parameter_count++;
    case DEFINITION_FUNCTION: return checker->function_count++;
    default: return 0;
    }
}

static void check_model(Check *c, const Library *library) {
    const Model *model = c->model;
    if (library->model.length == 0 || str_is(library->model, "System")) return;
    if (model == NULL || !str_is(library->model, model->name)) {
        check_report(c, library->model_span, "unknown-model",
                     str_format(c->arena, "the data model %.*s is not known",
                                STR_ARGS(library->model)),
                     model == NULL ? STR("")
                                   : str_format(c->arena, "write: using %s version '%s'",
                                                model->name, model->version));
    } else if (library->model_version.length != 0 &&
               !str_is(library->model_version, model->version)) {
        check_report(c, library->model_span, "unknown-model",
                     str_format(c->arena, "%s is known in version %s, not %.*s", model->name,
                                model->version, STR_ARGS(library->model_version)),
                     str_format(c->arena, "write: using %s version '%s'", model->name,
                                model->version));
    }
}

/* Contexts that a record of one patient does not have; each once. */
static void check_contexts(Check *c, const Library *library) {
    Str before = STR("");
    for (uint32_t i = 0; c->model != NULL && i < library->count; i++) {
        const Definition *d = library->definitions[i];
        bool known = d->context.length == 0 || str_is(d->context, "Patient") ||
                     name_is_unfiltered(d) ||
                     str_is(d->context, c->model->class_name(c->model->patient_class));
        if (!known && !str_equal(d->context, before))
            check_report(c, d->span, "unknown-context",
                         str_format(c->arena, "there is no context %.*s: a record is one patient's",
                                    STR_ARGS(d->context)),
                         str_format(c->arena, "write: context %s, or: context Unfiltered",
                                    c->model->class_name(c->model->patient_class)));
        before = d->context;
    }
}

void check_library(Checker *checker, Library *library) {
    Check c = check_new(checker, library);
    check_model(&c, library);
    check_contexts(&c, library);
    for (uint32_t i = 0; i < library->count; i++) {
        library->definitions[i]->owner = library;
        library->definitions[i]->place = i;
        library->definitions[i]->index = next_index(checker, library->definitions[i]->kind);
    }
    names_enter(&c, library);
    check_in_order(&c, library);
}

bool check_expression(Checker *checker, Library *library, Ast **expression, const Type *target,
                      uint32_t *slot_count) {
    size_t errors = checker->diagnostics->errors;
    Check c = check_new(checker, library);
    if (check_ast(&c, expression)->kind != TYPE_ERROR && target != NULL)
        check_expect(&c, expression, target, "the expression");
    *slot_count = c.slot_count;
    return checker->diagnostics->errors == errors && (*expression)->type->kind != TYPE_ERROR;
}
