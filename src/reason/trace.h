/* trace.h - the tree of why: each expression of one evaluation of a define, its value, and what
 * it rested on.
 *
 * The program must be compiled for a tracer.  A define that several expressions ask for is
 * evaluated, and traced, where it is first asked for. */
#ifndef ISLET_REASON_TRACE_H
#define ISLET_REASON_TRACE_H

#include "json/json.h"
#include "cql/program.h"

typedef struct TraceNode {
    const TracedExpression *expression;
    const Define *define;  /* the root, and references to a define; else NULL */
    const Str *alias;      /* a row of a query: of its source; else NULL */
    bool ended, has_value; /* not ended: the run-time error is here or below */
    Value value;
    struct TraceNode *parent, *next, *first, *last; /* children in the order of evaluation */
    uint32_t number;       /* of the expression */
    uint32_t source;       /* a row: of the query's source; their count: an element to sort */
} TraceNode;

typedef struct Trace {
    Arena *arena;
    const Program *program;
    TraceNode *root, *current;
    uint32_t count;          /* nodes */
    uint32_t left_out;       /* expressions beyond the limit of nodes */
    uint32_t depth_left_out; /* of those that have begun and not ended */
    TraceNode **defines;     /* where each define was evaluated; NULL: not at all */
} Trace;

/* Evaluates the define and gathers the trace, in the evaluation's arena.  run_begin comes before,
 * and nothing was evaluated since.  False at a run-time error; the trace is there all the
 * same. */
bool trace_define(Trace *trace, Arena *arena, const Program *program, Run *run, uint32_t define,
                  Value *value, Diagnostic *error);

/* The trace for people: a line for each expression with its value and source line, indented. */
void trace_write_text(const Trace *trace, Eval *eval, Buffer *out);
/* As an object, in full. */
void trace_write_json(const Trace *trace, Eval *eval, JsonWriter *w);

/* ---- for the files of the trace ---- */

/* The expression as it stands in the library's text. */
Str trace_source(const TraceNode *node);
/* Is it there for the language only: a conversion that nobody wrote? */
bool trace_is_inserted(const TraceNode *node);
/* Is it a literal, or the name of a code or value set? */
bool trace_is_constant(const TraceNode *node);

/* The resources that the node's value rests on ("Type/id"), each once, in the order in which they
 * were met. */
typedef struct TraceResources {
    uint32_t count, capacity;
    Value *items;
} TraceResources;
TraceResources trace_resources(const Trace *trace, const TraceNode *node);

/* What was missing that made a node null: an expression that gave null (or an empty list) though
 * nothing that it used was null. */
typedef struct TraceMissing {
    uint32_t count, capacity;
    const TraceNode **items;
} TraceMissing;
TraceMissing trace_missing(const Trace *trace, const TraceNode *node);

#endif
