/* trace.c - the tracer that builds the tree.
 *
 * What begins is put below what has begun and not ended; a row of a query stands between the
 * query and what is evaluated for that row.  The number of nodes has a limit: beyond it
 * expressions are counted only. */
#include "reason/trace.h"

#include <string.h>

#include "cql/code.h"

enum { MOST_NODES = 200000 };

static TraceNode *add_node(Trace *trace, uint32_t number) {
    TraceNode *node = arena_alloc_zeroed(trace->arena, sizeof *node), *parent = trace->current;
    node->expression = program_expression(trace->program, number);
    node->number = number;
    node->parent = parent;
    if (parent->last != NULL) parent->last->next = node;
    else parent->first = node;
    parent->last = node;
    trace->current = node;
    trace->count++;
    return node;
}

static const Define *define_of(const Program *program, const Ast *ast) {
    const Definition *definition = ast->kind == AST_DEFINITION ? ast->definition : NULL;
    if (definition == NULL || definition->kind != DEFINITION_EXPRESSION) return NULL;
    return program_define(program, definition->index);
}

/* ---- the tracer ---- */

static void begin(void *self, uint32_t number) {
    Trace *trace = self;
    if (trace->depth_left_out > 0 || trace->count >= MOST_NODES) {
        trace->depth_left_out++;
        trace->left_out++;
        return;
    }
    TraceNode *node = add_node(trace, number);
    node->define = define_of(trace->program, node->expression->ast);
}

/* Leaves the rows that are open within the expression. */
static void leave_rows(Trace *trace, uint32_t number, uint32_t source) {
    while (trace->current->alias != NULL && trace->current->number == number &&
           trace->current->source >= source)
        trace->current = trace->current->parent;
}

/* A define that was evaluated here has the expressions of its body below it. */
static void note_define(Trace *trace, TraceNode *node) {
    if (node->define == NULL || node->first == NULL) return;
    TraceNode **place = &trace->defines[node->define->definition->index];
    if (*place == NULL) *place = node;
}

static void end(void *self, uint32_t number, const Value *value) {
    Trace *trace = self;
    if (trace->depth_left_out > 0) {
        trace->depth_left_out--;
        return;
    }
    leave_rows(trace, number, 0);
    TraceNode *node = trace->current;
    node->ended = true;
    node->has_value = value != NULL;
    if (value != NULL) node->value = *value;
    note_define(trace, node);
    trace->current = node->parent;
}

static void row(void *self, uint32_t number, uint32_t source, Value value) {
    Trace *trace = self;
    if (trace->depth_left_out > 0) return;
    const Query *query = program_expression(trace->program, number)->ast->query;
    bool sorted = source == query->source_count;
    leave_rows(trace, number, sorted ? 0 : source);
    if (trace->count >= MOST_NODES) return;
    TraceNode *node = add_node(trace, number);
    node->alias = &query->sources[sorted ? 0 : source].alias;
    node->source = source;
    node->value = value;
    node->ended = node->has_value = true;
}

bool trace_define(Trace *trace, Arena *arena, const Program *program, Run *run, uint32_t define,
                  Value *value, Diagnostic *error) {
    static const TracedExpression none = { 0 };
    TraceNode *root = arena_alloc_zeroed(arena, sizeof *root);
    root->expression = &none;
    root->define = program_define(program, define);
    *trace = (Trace){ .arena = arena, .program = program, .root = root, .current = root };
    trace->defines = arena_array(arena, program_define_count(program), sizeof *trace->defines);
    Tracer tracer = { trace, begin, end, row };
    run_set_tracer(run, &tracer);
    root->ended = root->has_value = run_define(run, define, value, error);
    run_set_tracer(run, NULL);
    if (root->has_value) root->value = *value;
    trace->defines[define] = root;
    return root->has_value;
}

/* ---- what a node is ---- */

Str trace_source(const TraceNode *node) {
    const Definition *definition = node->expression->definition;
    if (definition == NULL) return node->define->name;
    Span span = node->expression->ast->span;
    return str_slice(definition->owner->text, span.offset, span.offset + span.length);
}

bool trace_is_inserted(const TraceNode *node) {
    return node->alias == NULL && node->expression->ast != NULL &&
           node->expression->ast->kind == AST_CONVERSION;
}

bool trace_is_constant(const TraceNode *node) {
    const Ast *ast = node->expression->ast;
    if (ast == NULL || node->alias != NULL) return false;
    switch ((AstKind)ast->kind) {
        case AST_NULL:
        case AST_LITERAL:
        case AST_RATIO:
        case AST_CODE_LITERAL:
        case AST_CONCEPT_LITERAL: return true;
        case AST_DEFINITION:
            return ast->definition->kind != DEFINITION_EXPRESSION &&
                   ast->definition->kind != DEFINITION_PARAMETER;
        case AST_CONVERSION: return node->first != NULL && trace_is_constant(node->first);
        case AST_RETRIEVE:
        case AST_QUERY: return false;
        default: return node->first == NULL && ast->count != 0; /* the same for all records */
    }
}
