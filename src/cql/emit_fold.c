/* emit_fold.c - expressions whose value is the same in every evaluation.
 *
 * Folded are literals, terminology definitions, and lists, intervals and a few pure
 * operators of them.  What fails here is left for run time, where it can be reported; what
 * rests on the time or the offset of the evaluation is never folded. */
#include "cql/emit.h"
#include "value/interval.h"

bool emit_is_here(const Ast *ast) {
    return ast->kind == AST_LITERAL && ast->value.tag == TAG_DATETIME && str_is(ast->text, "local");
}

static Eval compile_time_eval(const Emitter *e) { return (Eval){ .arena = e->program->arena }; }

static bool is_pure(const Ast *ast) {
    static const char *const names[] = { "MakeCode",  "MakeConcept", "MakeQuantity", "ToConcept",
                                         "ToDecimal", "ToLong",      "ToQuantity",   "Negate" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (emit_is_operator(ast, names[i])) return true;
    return false;
}

static bool fold_operator(Emitter *e, const Ast *ast, Value *value) {
    enum { OPERANDS = 4 };
    Value arguments[OPERANDS];
    if (!is_pure(ast) || ast->count > OPERANDS) return false;
    for (uint32_t i = 0; i < ast->count; i++)
        if (!emit_fold(e, ast->child[i], &arguments[i])) return false;
    Eval eval = compile_time_eval(e);
    return ast->overload->function(&eval, arguments, value);
}

static bool fold_list(Emitter *e, const Ast *ast, Value *value) {
    Arena *arena = e->program->arena;
    VEC(Value) items = { 0 };
    for (uint32_t i = 0; i < ast->count; i++) {
        Value item;
        if (!emit_fold(e, ast->child[i], &item)) return false;
        vec_push(arena, &items, item);
    }
    *value = value_list(arena, items.items, ast->count);
    return true;
}

static bool is_steady_point(uint8_t tag) {
    return tag == TAG_INTEGER || tag == TAG_LONG || tag == TAG_DECIMAL || tag == TAG_QUANTITY ||
           tag == TAG_DATE || tag == TAG_DATETIME;
}

static bool fold_interval(Emitter *e, const Ast *ast, Value *value) {
    const Type *point = ast->type->element;
    Value low, high;
    if (point == NULL || point->kind != TYPE_SYSTEM || !is_steady_point(point->tag)) return false;
    if (!emit_fold(e, ast->child[0], &low) || !emit_fold(e, ast->child[1], &high)) return false;
    Eval eval = compile_time_eval(e);
    return interval_make(&eval, low, ast->closed_low, high, ast->closed_high, (Tag)point->tag,
                         value);
}

static bool fold_definition(const Ast *ast, Value *value) {
    DefinitionKind kind = ast->definition->kind;
    *value = ast->definition->value;
    return kind != DEFINITION_EXPRESSION && kind != DEFINITION_PARAMETER;
}

static bool is_steady_operand(const Type *type) {
    return type->kind == TYPE_SYSTEM &&
           (type->tag == TAG_INTEGER || type->tag == TAG_LONG || type->tag == TAG_DECIMAL ||
            type->tag == TAG_CODE || type->tag == TAG_QUANTITY);
}

static bool fold_conversion(Emitter *e, const Ast *ast, Value *value) {
    const Conversion *conversion = ast->conversion;
    bool listed = conversion->kind == CONVERT_TO_LIST && conversion->part == NULL;
    bool operated = conversion->kind == CONVERT_OPERATOR && is_steady_operand(conversion->from);
    Value operand;
    if ((!listed && !operated) || !emit_fold(e, ast->child[0], &operand)) return false;
    *value = operand;
    if (value_is_null(operand)) return true;
    if (listed) {
        *value = value_list(e->program->arena, &operand, 1);
        return true;
    }
    Eval eval = compile_time_eval(e);
    return conversion->function(&eval, &operand, value);
}

bool emit_fold(Emitter *e, const Ast *ast, Value *value) {
    switch ((AstKind)ast->kind) {
    case AST_NULL: *value = value_null(); return true;
    case AST_LITERAL:
    case AST_RATIO:
    case AST_CODE_LITERAL:
    case AST_CONCEPT_LITERAL: *value = ast->value; return !emit_is_here(ast);
    case AST_DEFINITION: return fold_definition(ast, value);
    case AST_CONVERSION: return fold_conversion(e, ast, value);
    case AST_LIST: return fold_list(e, ast, value);
    case AST_INTERVAL: return fold_interval(e, ast, value);
    case AST_OPERATOR: return fold_operator(e, ast, value);
    default: return false;
    }
}
