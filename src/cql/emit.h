/* emit.h - checked tree to register code; for program.c and the emit files only.
 *
 * An expression is emitted into a register of the caller's choice, or into any: then an
 * alias or a let gives its own.  Temporaries are taken and given back like a stack.  A
 * Label is the chain of jumps that wait for their target. */
#ifndef ISLET_CQL_EMIT_H
#define ISLET_CQL_EMIT_H

#include "cql/code.h"

typedef uint16_t Register;

/* The first of the jumps that wait, number + 1; each one's index names the next. */
typedef struct Label {
    uint32_t waiting;
} Label;

/* An expression that is evaluated once a record (emit_share.c), and where it stands. */
typedef struct SharedExpression {
    const Ast *ast;
    const Library *library;
    const Definition *definition;
} SharedExpression;

typedef struct Emitter {
    Program *program;
    Diagnostics *diagnostics;
    VEC(Instruction) code;
    VEC(Span) spans;
    const Library *library; /* of the procedure being emitted */
    Span span;              /* of the expression being emitted */
    uint32_t top, highest;  /* registers in use, and at most */
    uint32_t depth;
    const Definition *definition;       /* whose body is being emitted */
    VEC(TracedExpression) expressions; /* of a traced program */
    uint32_t expression;               /* being emitted, its number */
    bool repeated;          /* what is being emitted may be evaluated many times a record */
    bool within_shared;
    VEC(SharedExpression) shared;
    VEC(const RetrieveSite *) sites;
    uint8_t *voices;        /* of each function, whether it says messages (emit_share.c) */
    bool reported;          /* a limit, in this procedure */
} Emitter;

/* The procedure of a definition's body, emitted. */
Procedure emit_procedure(Emitter *emitter, const Library *library, const Definition *definition);
/* The same of an expression in it. */
Procedure emit_expression(Emitter *emitter, const Library *library, const Definition *definition,
                          const Ast *expression);
/* Those that were shared, after all others. */
void emit_shared_procedures(Emitter *emitter);

/* ---- within the emitter ---- */

/* In a traced program, tells the tracer (emit_trace.c); in any other, nothing.  What begin gives is
 * for end. */
typedef struct TraceMark {
    uint32_t expression, around;
} TraceMark;
TraceMark emit_trace_begin(Emitter *emitter, const Ast *ast);
void emit_trace_end(Emitter *emitter, TraceMark mark, Register value);
void emit_trace_end_without_value(Emitter *emitter, TraceMark mark);
void emit_trace_row(Emitter *emitter, Register row, uint32_t source);

void emit_into(Emitter *emitter, const Ast *ast, Register target);
Register emit_any(Emitter *emitter, const Ast *ast);
/* Into registers side by side; the first of them. */
Register emit_side_by_side(Emitter *emitter, Ast *const *items, uint32_t count);

Instruction *emit_code(Emitter *emitter, Opcode opcode, Register a, Register b, Register c);
void emit_constant(Emitter *emitter, Register target, Value value);
void emit_report(Emitter *emitter, const char *code, const char *message, const char *hint);

Register emit_temporary(Emitter *emitter);
Register emit_temporaries(Emitter *emitter, uint32_t count);

uint32_t emit_here(const Emitter *emitter);
void emit_jump(Emitter *emitter, Opcode opcode, Register tested, Label *label);
/* The instruction just emitted waits for the label. */
void emit_wait(Emitter *emitter, Label *label);
void emit_label(Emitter *emitter, Label *label, uint32_t target);
/* Goes on only where the condition is true; else to `otherwise` (emit_condition.c). */
void emit_unless_true(Emitter *emitter, const Ast *condition, Label *otherwise);
void emit_logical(Emitter *emitter, const Ast *ast, Register target);
bool emit_is_logical(const Ast *ast);
void emit_if(Emitter *emitter, const Ast *ast, Register target);
void emit_case(Emitter *emitter, const Ast *ast, Register target);

/* Is the operator of that name? */
bool emit_is_operator(const Ast *ast, const char *name);

/* Is it a DateTime without an offset, which is the evaluation's? */
bool emit_is_here(const Ast *ast);
/* The value of an expression that is the same in every evaluation (emit_fold.c). */
bool emit_fold(Emitter *emitter, const Ast *ast, Value *value);

/* An expression that is evaluated once a record; false where this one is not. */
bool emit_shared(Emitter *emitter, const Ast *ast, Register target);

/* What a query's rows become (emit_query.c). */
typedef enum Sink { SINK_RESULT, SINK_EXISTS, SINK_FIRST, SINK_COUNT } Sink;
void emit_query(Emitter *emitter, const Ast *ast, Sink sink, Register target);
/* Exists, First or Count of a query that need not make its list. */
bool emit_fused(Emitter *emitter, const Ast *ast, Register target);
/* A long chain of operators; false where the expression is none (emit_chain.c). */
bool emit_chain(Emitter *emitter, const Ast *ast, Register target);
void emit_retrieve(Emitter *emitter, const Ast *ast, Register target);

#endif
