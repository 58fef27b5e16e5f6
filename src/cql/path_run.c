/* path_run.c - the evaluation of a FHIRPath tree. */
#include "cql/path_tree.h"
#include "value/operators.h"

/* ---- names ---- */

/* Patient in `Patient.name`: the focus, where it is one. */
static bool names_class(const PathRun *run, Str name, Value item) {
    ModelType class;
    if (run->model == NULL || item.tag != TAG_NODE || !run->model->find_class(name, &class))
        return false;
    PathType type = { .known = true, .class = class };
    return path_is(run, item, &type);
}

static bool run_name(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items this = scope->this;
    if (this.count == 1 && names_class(run, node->name, this.items[0])) {
        *out = this;
        return true;
    }
    return path_elements(run, this, node->name, out);
}

static bool run_variable(PathRun *run, const PathNode *node, Items *out) {
    static const struct { const char *name, *value; } texts[] = {
        { "ucum", "http://unitsofmeasure.org" },
        { "sct", "http://snomed.info/sct" },
        { "loinc", "http://loinc.org" },
    };
    const PathWorld *world = run->world;
    for (uint32_t i = 0; i < world->variable_count; i++)
        if (str_equal(node->name, world->variables[i].name)) {
            *out = items_of(run, world->variables[i].value);
            return true;
        }
    bool resource = str_is(node->name, "resource"), root = str_is(node->name, "rootResource");
    if (resource || root || str_is(node->name, "context")) {
        Value given = resource ? world->resource : root ? world->root : value_null();
        *out = value_is_null(given) ? run->focus : items_of(run, given);
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_is(node->name, texts[i].name)) {
            *out = items_of(run, value_string(str_from(texts[i].value)));
            return true;
        }
    bool set = str_starts_with(node->name, STR("vs-"));
    if (!set && !str_starts_with(node->name, STR("ext-")))
        return eval_fail(run->eval, "unknown-variable", "%%%.*s is not known",
                         STR_ARGS(node->name));
    Str name = str_slice(node->name, set ? 3 : 4, node->name.length);
    Str url = str_format(run->eval->arena, "http://hl7.org/fhir/%s/%.*s",
                         set ? "ValueSet" : "StructureDefinition", STR_ARGS(name));
    *out = items_of(run, value_string(url));
    return true;
}

/* ---- the rest ---- */

static bool run_literal(PathRun *run, const PathNode *node, Items *out) {
    Value value = node->value;
    if (node->local) value.offset = run->eval->offset;
    *out = items_of(run, value);
    return true;
}

static bool run_index(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items list, index;
    Value place;
    *out = items_none();
    if (!path_run(run, node->child[0], scope, &list) ||
        !path_run(run, node->child[1], scope, &index) ||
        !path_single(run, node->child[1], index, &place))
        return false;
    if (place.tag == TAG_INTEGER && place.integer >= 0 && place.integer < list.count)
        *out = (Items){ 1, &list.items[place.integer] };
    return true;
}

static bool run_call(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items input = scope->this;
    if (node->child[0] != NULL && !path_run(run, node->child[0], scope, &input)) return false;
    *out = items_none();
    return node->function->call(run, node, scope, input, out);
}

static bool run_negative(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items operand;
    Value value, result = value_null();
    if (!path_run(run, node->child[0], scope, &operand) ||
        !path_single(run, node->child[0], operand, &value))
        return false;
    Operator negate = value.tag == TAG_QUANTITY ? negate_quantity : negate_number;
    bool number = value.tag == TAG_INTEGER || value.tag == TAG_LONG || value.tag == TAG_DECIMAL ||
                  value.tag == TAG_QUANTITY || value_is_null(value);
    if (!number)
        return eval_fail(run->eval, "wrong-type", "the minus in column %u stands before no number",
                         node->span.column);
    if (!negate(run->eval, &value, &result)) return false;
    *out = items_of(run, result);
    return true;
}

static bool run_binary(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items left, right;
    return path_run(run, node->child[0], scope, &left) &&
           path_run(run, node->child[1], scope, &right) &&
           path_operate(run, node, left, right, out);
}

static bool run_type(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items operand;
    *out = items_none();
    if (!path_run(run, node->child[0], scope, &operand)) return false;
    if (operand.count == 0) return true;
    if (operand.count > 1)
        return eval_fail(run->eval, "not-a-singleton",
                         "the type of one value is asked for in column %u, but there are %u",
                         node->span.column, operand.count);
    bool is = path_is(run, operand.items[0], &node->type);
    if (node->kind == PATH_IS) *out = items_boolean(run, is);
    else if (is) *out = operand;
    return true;
}

static bool run_member(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    Items owner;
    return path_run(run, node->child[0], scope, &owner) &&
           path_elements(run, owner, node->name, out);
}

static bool run_kind(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    switch ((PathKind)node->kind) {
    case PATH_LITERAL: return run_literal(run, node, out);
    case PATH_EMPTY: *out = items_none(); return true;
    case PATH_NAME: return run_name(run, node, scope, out);
    case PATH_MEMBER: return run_member(run, node, scope, out);
    case PATH_INDEX: return run_index(run, node, scope, out);
    case PATH_CALL: return run_call(run, node, scope, out);
    case PATH_THIS: *out = scope->this; return true;
    case PATH_PLACE:
        *out = items_of(run, scope->place < 0 ? value_null() : value_integer(scope->place));
        return true;
    case PATH_TOTAL: *out = scope->total == NULL ? items_none() : *scope->total; return true;
    case PATH_VARIABLE: return run_variable(run, node, out);
    case PATH_NEGATIVE: return run_negative(run, node, scope, out);
    case PATH_BINARY: return run_binary(run, node, scope, out);
    case PATH_IS:
    case PATH_AS: return run_type(run, node, scope, out);
    }
    return true;
}

bool path_step(PathRun *run) {
    enum { MOST_STEPS = 20000000 };
    return ++run->steps <= MOST_STEPS ||
           eval_fail(run->eval, "step-limit", "the evaluation takes more than %d steps",
                     MOST_STEPS);
}

bool path_run(PathRun *run, const PathNode *node, const PathScope *scope, Items *out) {
    enum { MOST_DEPTH = 2 * PATH_DEPTH };
    *out = items_none();
    if (run->depth >= MOST_DEPTH)
        return eval_fail(run->eval, "too-deep", "the expression is nested too deeply");
    if (!path_step(run)) return false;
    run->depth++;
    bool sound = run_kind(run, node, scope, out);
    run->depth--;
    return sound;
}

bool path_run_item(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                   uint32_t place, Items *out) {
    PathScope inner = { .this = { 1, &input.items[place] }, .place = place,
                        .total = scope->total };
    return path_run(run, node, &inner, out);
}
