/* emit_chain.c - long chains of operators, as in a + b + c + ..., from the inside out.
 *
 * The value so far stands in one register; each operator takes it with its other operands
 * beside it and puts its own there.  A chain of unions of lists is one list of all, without
 * what comes twice.  Short chains are emitted like other expressions. */
#include "cql/emit.h"

#include "value/operators.h"

enum { LONG_CHAIN = 40 };

typedef struct Chain {
    VEC(const Ast *) nodes; /* the outermost first */
    const Ast *innermost;   /* what the last one's first operand is */
    uint32_t operands;      /* of the node that has most */
} Chain;

static bool is_link(const Ast *ast) { return ast->kind == AST_OPERATOR && ast->count > 0; }

static bool is_long(const Ast *ast) {
    for (uint32_t i = 0; i < LONG_CHAIN; i++, ast = ast->child[0])
        if (!is_link(ast)) return false;
    return true;
}

static Chain read_chain(Emitter *e, const Ast *ast) {
    Chain chain = { .operands = 1 };
    for (; is_link(ast); ast = ast->child[0]) {
        if (ast->count > chain.operands) chain.operands = ast->count;
        vec_push(e->program->arena, &chain.nodes, ast);
    }
    chain.innermost = ast;
    return chain;
}

/* What the first operand decides alone is not looked at further. */
static void join_logical(Emitter *e, const Ast *ast, Register value) {
    Label done = { 0 };
    bool either = emit_is_operator(ast, "Or"), implies = emit_is_operator(ast, "Implies");
    Register first = value;
    if (implies) {
        first = emit_temporary(e);
        emit_code(e, CODE_MOVE, first, value, 0);
        emit_constant(e, value, value_boolean(true));
    }
    emit_jump(e, either ? CODE_JUMP_IF_TRUE : CODE_JUMP_IF_FALSE, first, &done);
    Register second = emit_any(e, ast->child[1]);
    emit_code(e, implies ? CODE_IMPLIES : either ? CODE_OR : CODE_AND, value, first, second);
    emit_label(e, &done, emit_here(e));
}

static void join(Emitter *e, const Ast *ast, Register value) {
    uint32_t top = e->top;
    e->span = ast->span;
    if (emit_is_logical(ast)) {
        join_logical(e, ast, value);
    } else {
        for (uint32_t i = 1; i < ast->count; i++)
            emit_into(e, ast->child[i], (Register)(value + i));
        e->span = ast->span;
        emit_code(e, CODE_OPERATE, value, value, (Register)ast->count)->overload = ast->overload;
    }
    e->top = top;
}

/* ---- unions ---- */

static bool is_union(const Ast *ast) {
    return ast->overload != NULL && ast->overload->function == union_lists;
}

static void operate(Emitter *e, const Overload *overload, Register value) {
    emit_code(e, CODE_OPERATE, value, value, 1)->overload = overload;
}

/* The nodes up to `end`, from which on all are unions, as one. */
static void unite(Emitter *e, const Chain *chain, size_t end, Register value) {
    static const Overload flatten = { "Flatten", "List<List<T>>", "List<T>", flatten_list, true };
    static const Overload distinct = { "Distinct", "List<T>", "List<T>", distinct_list, true };
    Register gathered = emit_temporary(e);
    emit_code(e, CODE_GATHER, gathered, 0, 0);
    emit_code(e, CODE_ADD, 0, value, 0);
    for (size_t i = end; i-- > 0;) {
        uint32_t top = e->top;
        emit_code(e, CODE_ADD, 0, emit_any(e, chain->nodes.items[i]->child[1]), 0);
        e->top = top;
    }
    e->span = chain->nodes.items[0]->span;
    emit_code(e, CODE_COLLECT, value, gathered, 0);
    operate(e, &flatten, value);
    operate(e, &distinct, value);
}

bool emit_chain(Emitter *e, const Ast *ast, Register target) {
    if (!is_long(ast)) return false;
    Chain chain = read_chain(e, ast);
    size_t unions = 0;
    while (unions < chain.nodes.count && is_union(chain.nodes.items[unions])) unions++;
    Register value = emit_temporaries(e, chain.operands);
    emit_into(e, chain.innermost, value);
    for (size_t i = chain.nodes.count; i-- > unions;) join(e, chain.nodes.items[i], value);
    if (unions > 0) unite(e, &chain, unions, value);
    emit_code(e, CODE_MOVE, target, value, 0);
    return true;
}
