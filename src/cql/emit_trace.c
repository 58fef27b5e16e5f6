/* emit_trace.c - the instructions that tell a tracer which expression is evaluated.
 *
 * Each expression's code stands between its begin and its end, and no jump leads from
 * between them to elsewhere, so that they nest as the expressions do. */
#include "cql/emit.h"

TraceMark emit_trace_begin(Emitter *e, const Ast *ast) {
    TraceMark mark = { (uint32_t)e->expressions.count, e->expression };
    if (!e->program->traced) return mark;
    TracedExpression expression = { ast, e->definition };
    vec_push(e->program->arena, &e->expressions, expression);
    emit_code(e, CODE_TRACE_BEGIN, 0, 0, 0)->index = mark.expression;
    e->expression = mark.expression;
    return mark;
}

static void end(Emitter *e, TraceMark mark, Register value, uint8_t flags) {
    if (!e->program->traced) return;
    Instruction *made = emit_code(e, CODE_TRACE_END, 0, value, 0);
    made->index = mark.expression;
    made->flags = flags;
    e->expression = mark.around;
}

void emit_trace_end(Emitter *e, TraceMark mark, Register value) { end(e, mark, value, 0); }

void emit_trace_end_without_value(Emitter *e, TraceMark mark) { end(e, mark, 0, TRACE_NO_VALUE); }

void emit_trace_row(Emitter *e, Register row, uint32_t source) {
    if (!e->program->traced) return;
    emit_code(e, CODE_TRACE_ROW, 0, row, (Register)source)->index = e->expression;
}
