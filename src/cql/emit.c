/* emit.c - expressions to register code: one function a kind of node.
 *
 * The target of an expression may be written before its last operand is read, so it must
 * not be a local that the expression itself reads. */
#include "cql/emit.h"

enum { REGISTER_LIMIT = 60000, DEPTH_LIMIT = 2000, SIDE_BY_SIDE_LIMIT = 64 };

void emit_report(Emitter *e, const char *code, const char *message, const char *hint) {
    Diagnostic diagnostic = { .severity = SEVERITY_ERROR, .code = code,
                              .message = str_from(message), .hint = str_from(hint),
                              .file = e->library->file, .span = e->span };
    diagnostics_add(e->diagnostics, diagnostic);
}

static void report_limit(Emitter *e, const char *code, const char *message) {
    if (!e->reported) emit_report(e, code, message, "Give parts of it a define of their own");
    e->reported = true;
}

/* ---- instructions and registers ---- */

Instruction *emit_code(Emitter *e, Opcode opcode, Register a, Register b, Register c) {
    Instruction instruction = { .opcode = (uint8_t)opcode, .a = a, .b = b, .c = c };
    vec_push(e->program->arena, &e->code, instruction);
    vec_push(e->program->arena, &e->spans, e->span);
    return &e->code.items[e->code.count - 1];
}

void emit_constant(Emitter *e, Register target, Value value) {
    const Value *constant = program_constant(e->program, value);
    emit_code(e, CODE_CONSTANT, target, 0, 0)->constant = constant;
}

Register emit_temporaries(Emitter *e, uint32_t count) {
    if (count > REGISTER_LIMIT || e->top > REGISTER_LIMIT - count) {
        report_limit(e, "too-large", "this expression needs too many registers");
        return 0;
    }
    Register first = (Register)e->top;
    e->top += count;
    if (e->top > e->highest) e->highest = e->top;
    return first;
}

Register emit_temporary(Emitter *e) { return emit_temporaries(e, 1); }

uint32_t emit_here(const Emitter *e) { return (uint32_t)e->code.count; }

void emit_wait(Emitter *e, Label *label) {
    e->code.items[e->code.count - 1].index = label->waiting;
    label->waiting = (uint32_t)e->code.count;
}

void emit_jump(Emitter *e, Opcode opcode, Register tested, Label *label) {
    emit_code(e, opcode, 0, tested, 0);
    emit_wait(e, label);
}

void emit_label(Emitter *e, Label *label, uint32_t target) {
    while (label->waiting != 0) {
        Instruction *jump = &e->code.items[label->waiting - 1];
        label->waiting = jump->index;
        jump->index = target;
    }
}

/* ---- operands ---- */

Register emit_any(Emitter *e, const Ast *ast) {
    if (ast->kind == AST_LOCAL) {
        emit_trace_end(e, emit_trace_begin(e, ast), (Register)ast->slot);
        return (Register)ast->slot;
    }
    Register target = emit_temporary(e);
    emit_into(e, ast, target);
    return target;
}

Register emit_side_by_side(Emitter *e, Ast *const *items, uint32_t count) {
    if (count == 1) return emit_any(e, items[0]);
    Register first = emit_temporaries(e, count);
    for (uint32_t i = 0; i < count; i++) emit_into(e, items[i], (Register)(first + i));
    return first;
}

bool emit_is_operator(const Ast *ast, const char *name) {
    return ast->kind == AST_OPERATOR && ast->overload != NULL &&
           str_is(str_from(ast->overload->name), name);
}

/* ---- kinds ---- */

static void operate(Emitter *e, const Ast *ast, Register target) {
    if (emit_chain(e, ast, target)) return;
    if (emit_is_logical(ast)) {
        emit_logical(e, ast, target);
        return;
    }
    if (emit_fused(e, ast, target)) return;
    Register first = emit_side_by_side(e, ast->child, ast->count);
    e->span = ast->span;
    emit_code(e, CODE_OPERATE, target, first, (Register)ast->count)->overload = ast->overload;
}

static void call(Emitter *e, const Ast *ast, Register target) {
    if (ast->definition->body == NULL) {
        emit_report(e, "external-function", "an external function cannot be called",
                    "Write its body in CQL");
        return;
    }
    Register first = emit_side_by_side(e, ast->child, ast->count);
    e->span = ast->span;
    emit_code(e, CODE_CALL, target, first, (Register)ast->count)->index = ast->definition->index;
}

static void refer(Emitter *e, const Ast *ast, Register target) {
    const Definition *definition = ast->definition;
    if (definition->kind == DEFINITION_EXPRESSION)
        emit_code(e, CODE_DEFINE, target, 0, 0)->index = definition->index;
    else if (definition->kind == DEFINITION_PARAMETER)
        emit_code(e, CODE_PARAMETER, target, 0, 0)->index = definition->index;
    else
        emit_constant(e, target, definition->value);
}

static void gather_list(Emitter *e, const Ast *ast, Register target) {
    Register gathered = emit_temporary(e);
    emit_code(e, CODE_GATHER, gathered, 0, 0);
    for (uint32_t i = 0; i < ast->count; i++) {
        uint32_t top = e->top;
        emit_code(e, CODE_ADD, 0, emit_any(e, ast->child[i]), 0);
        e->top = top;
    }
    e->span = ast->span;
    emit_code(e, CODE_COLLECT, target, gathered, 0);
}

static void list(Emitter *e, const Ast *ast, Register target) {
    if (ast->count > SIDE_BY_SIDE_LIMIT) {
        gather_list(e, ast, target);
        return;
    }
    Register first = ast->count == 0 ? 0 : emit_side_by_side(e, ast->child, ast->count);
    e->span = ast->span;
    emit_code(e, CODE_LIST, target, first, (Register)ast->count);
}

static void tuple(Emitter *e, const Ast *ast, Register target) {
    Register first = ast->count == 0 ? 0 : emit_side_by_side(e, ast->child, ast->count);
    e->span = ast->span;
    emit_code(e, CODE_TUPLE, target, first, 0)->shape = ast->type->shape;
}

static void instance(Emitter *e, const Ast *ast, Register target) {
    const Program *program = e->program;
    if (program->model->make == NULL) {
        emit_report(e, "unsupported", "instances of this data model cannot be made",
                    "Use a Tuple with the elements that are needed");
        return;
    }
    uint32_t *properties = arena_array(program->arena, ast->count, sizeof *properties);
    InstanceShape shape = { ast->type->class, ast->count, properties };
    for (uint32_t i = 0; i < ast->count; i++) {
        ModelProperty property = { 0 };
        program->model->find_property(ast->type->class, ast->names[i], &property);
        properties[i] = property.id;
    }
    Register first = ast->count == 0 ? 0 : emit_side_by_side(e, ast->child, ast->count);
    e->span = ast->span;
    emit_code(e, CODE_MAKE, target, first, 0)->instance =
        arena_copy(program->arena, &shape, sizeof shape);
}

static void interval(Emitter *e, const Ast *ast, Register target) {
    const Type *point = ast->type->element;
    Register first = emit_side_by_side(e, ast->child, 2);
    e->span = ast->span;
    Instruction *made = emit_code(e, CODE_INTERVAL, target, first, 0);
    made->index = point != NULL && point->kind == TYPE_SYSTEM ? point->tag : TAG_NULL;
    made->flags = (uint8_t)((ast->closed_low ? INTERVAL_LOW_CLOSED : 0) |
                            (ast->closed_high ? INTERVAL_HIGH_CLOSED : 0));
}

static void property(Emitter *e, const Ast *ast, Register target) {
    bool of_tuple = ast->child[0]->type->kind == TYPE_TUPLE;
    Register base = emit_any(e, ast->child[0]);
    e->span = ast->span;
    emit_code(e, of_tuple ? CODE_ELEMENT : CODE_PROPERTY, target, base, 0)->index =
        of_tuple ? ast->slot : ast->property.id;
}

static const TypeTest *type_test(Emitter *e, const Type *type) {
    Arena *arena = e->program->arena;
    TypeTest test = { type, type_name(e->program->types, arena, type) };
    return arena_copy(arena, &test, sizeof test);
}

static void test(Emitter *e, const Ast *ast, Register target) {
    Opcode opcode = ast->kind == AST_IS ? CODE_IS : ast->strict ? CODE_CAST : CODE_AS;
    const TypeTest *tested = type_test(e, ast->test_type);
    Register operand = emit_any(e, ast->child[0]);
    e->span = ast->span;
    emit_code(e, opcode, target, operand, 0)->test = tested;
}

static void convert(Emitter *e, const Ast *ast, Register target) {
    Register operand = emit_any(e, ast->child[0]);
    e->span = ast->span;
    emit_code(e, CODE_CONVERT, target, operand, 0)->conversion = ast->conversion;
}

/* Other literals are folded. */
static void here(Emitter *e, const Ast *ast, Register target) {
    const Value *constant = program_constant(e->program, ast->value);
    emit_code(e, CODE_HERE, target, 0, 0)->constant = constant;
}

static void emit_kind(Emitter *e, const Ast *ast, Register target) {
    switch ((AstKind)ast->kind) {
    case AST_LITERAL: here(e, ast, target); break;
    case AST_LOCAL: emit_code(e, CODE_MOVE, target, (Register)ast->slot, 0); break;
    case AST_DEFINITION: refer(e, ast, target); break;
    case AST_CONTEXT: emit_code(e, CODE_CONTEXT, target, 0, 0); break;
    case AST_OPERATOR: operate(e, ast, target); break;
    case AST_CALL: call(e, ast, target); break;
    case AST_LIST: list(e, ast, target); break;
    case AST_TUPLE: tuple(e, ast, target); break;
    case AST_INTERVAL: interval(e, ast, target); break;
    case AST_PROPERTY: property(e, ast, target); break;
    case AST_IS:
    case AST_AS: test(e, ast, target); break;
    case AST_CONVERSION: convert(e, ast, target); break;
    case AST_IF: emit_if(e, ast, target); break;
    case AST_CASE: emit_case(e, ast, target); break;
    case AST_RETRIEVE: emit_retrieve(e, ast, target); break;
    case AST_QUERY: emit_query(e, ast, SINK_RESULT, target); break;
    case AST_INSTANCE: instance(e, ast, target); break;
    default:
        emit_report(e, "unsupported", "this form of expression is not supported", "");
    }
}

void emit_into(Emitter *e, const Ast *ast, Register target) {
    uint32_t top = e->top;
    Span span = e->span;
    Value value;
    e->span = ast->span;
    if (e->depth >= DEPTH_LIMIT) {
        report_limit(e, "too-deep", "expressions are nested too deeply");
        return;
    }
    e->depth++;
    TraceMark mark = emit_trace_begin(e, ast);
    if (emit_fold(e, ast, &value))
        emit_constant(e, target, value);
    else if (!emit_shared(e, ast, target))
        emit_kind(e, ast, target);
    emit_trace_end(e, mark, target);
    e->depth--;
    e->top = top;
    e->span = span;
}

Procedure emit_expression(Emitter *e, const Library *library, const Definition *definition,
                          const Ast *expression) {
    Procedure procedure = { .definition = definition, .file = library->file,
                            .start = emit_here(e) };
    e->library = library;
    e->definition = definition;
    e->span = expression->span;
    e->top = e->highest = 0;
    e->depth = 0;
    e->reported = false;
    e->repeated = definition->kind == DEFINITION_FUNCTION;
    emit_temporaries(e, definition->slot_count);
    Register result = emit_any(e, expression);
    emit_code(e, CODE_RETURN, 0, result, 0);
    procedure.count = emit_here(e) - procedure.start;
    procedure.slot_count = (uint16_t)definition->slot_count;
    procedure.register_count = (uint16_t)(e->highest + 1);
    return procedure;
}

Procedure emit_procedure(Emitter *e, const Library *library, const Definition *definition) {
    return emit_expression(e, library, definition, definition->body);
}
