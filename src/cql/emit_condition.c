/* emit_condition.c - and, or, implies, if, case, and conditions of jumps.
 *
 * The second operand is evaluated only where it matters: false and x, true or x, false
 * implies x are known without x.  A null first operand does not decide, so the second is
 * evaluated and, where it is null too, seen by who asks what was missing. */
#include "cql/emit.h"

bool emit_is_logical(const Ast *ast) {
    return ast->count == 2 && (emit_is_operator(ast, "And") || emit_is_operator(ast, "Or") ||
                               emit_is_operator(ast, "Implies"));
}

void emit_logical(Emitter *e, const Ast *ast, Register target) {
    Label done = { 0 };
    bool implies = emit_is_operator(ast, "Implies"), either = emit_is_operator(ast, "Or");
    Opcode joined = implies ? CODE_IMPLIES : either ? CODE_OR : CODE_AND;
    Register first = implies ? emit_temporary(e) : target;
    emit_into(e, ast->child[0], first);
    if (implies) emit_constant(e, target, value_boolean(true));
    emit_jump(e, either ? CODE_JUMP_IF_TRUE : CODE_JUMP_IF_FALSE, first, &done);
    Register second = emit_any(e, ast->child[1]);
    emit_code(e, joined, target, first, second);
    emit_label(e, &done, emit_here(e));
}

/* ---- conditions ---- */

static void unless_both_true(Emitter *e, const Ast *condition, Label *otherwise) {
    Register first = emit_any(e, condition->child[0]);
    emit_jump(e, CODE_JUMP_IF_FALSE, first, otherwise);
    emit_unless_true(e, condition->child[1], otherwise);
    emit_jump(e, CODE_JUMP_UNLESS_TRUE, first, otherwise);
}

static void unless_either_true(Emitter *e, const Ast *condition, Label *otherwise) {
    Label passed = { 0 };
    Register first = emit_any(e, condition->child[0]);
    emit_jump(e, CODE_JUMP_IF_TRUE, first, &passed);
    emit_unless_true(e, condition->child[1], otherwise);
    emit_label(e, &passed, emit_here(e));
}

void emit_unless_true(Emitter *e, const Ast *condition, Label *otherwise) {
    uint32_t top = e->top;
    Span span = e->span;
    e->span = condition->span;
    if (e->program->traced) {
        emit_jump(e, CODE_JUMP_UNLESS_TRUE, emit_any(e, condition), otherwise);
    } else if (emit_is_operator(condition, "And")) {
        unless_both_true(e, condition, otherwise);
    } else if (emit_is_operator(condition, "Or")) {
        unless_either_true(e, condition, otherwise);
    } else if (emit_is_operator(condition, "Not")) {
        emit_jump(e, CODE_JUMP_UNLESS_FALSE, emit_any(e, condition->child[0]), otherwise);
    } else {
        emit_jump(e, CODE_JUMP_UNLESS_TRUE, emit_any(e, condition), otherwise);
    }
    e->top = top;
    e->span = span;
}

/* ---- if and case ---- */

void emit_if(Emitter *e, const Ast *ast, Register target) {
    Label otherwise = { 0 }, done = { 0 };
    emit_unless_true(e, ast->child[0], &otherwise);
    emit_into(e, ast->child[1], target);
    emit_jump(e, CODE_JUMP, 0, &done);
    emit_label(e, &otherwise, emit_here(e));
    emit_into(e, ast->child[2], target);
    emit_label(e, &done, emit_here(e));
}

static void unless_equal(Emitter *e, const Ast *when, Register comparand, Label *otherwise) {
    uint32_t top = e->top;
    Register value = emit_any(e, when), equal = emit_temporary(e);
    emit_code(e, CODE_EQUAL, equal, comparand, value);
    emit_jump(e, CODE_JUMP_UNLESS_TRUE, equal, otherwise);
    e->top = top;
}

void emit_case(Emitter *e, const Ast *ast, Register target) {
    Label done = { 0 };
    Register comparand = ast->child[0] == NULL ? 0 : emit_any(e, ast->child[0]);
    for (uint32_t i = 1; i + 1 < ast->count; i += 2) {
        Label otherwise = { 0 };
        if (ast->child[0] == NULL)
            emit_unless_true(e, ast->child[i], &otherwise);
        else
            unless_equal(e, ast->child[i], comparand, &otherwise);
        emit_into(e, ast->child[i + 1], target);
        emit_jump(e, CODE_JUMP, 0, &done);
        emit_label(e, &otherwise, emit_here(e));
    }
    emit_into(e, ast->child[ast->count - 1], target);
    emit_label(e, &done, emit_here(e));
}
