/* program.h - a compiled CQL library with all that it includes, and its evaluation.
 *
 * Compile once, run many: a Program is immutable and may be shared between threads; each
 * Run evaluates it on one record at a time.  A define is evaluated when it is first asked
 * for and kept until the next run_begin. */
#ifndef ISLET_CQL_PROGRAM_H
#define ISLET_CQL_PROGRAM_H

#include "base/diagnostic.h"
#include "cql/ast.h"
#include "cql/model.h"
#include "cql/source.h"

typedef struct Program Program;
typedef struct Run Run;

/* Finds the text of an included library; false: not there. */
typedef struct LibraryFinder {
    void *self;
    bool (*find)(void *self, Arena *arena, Str name, Str version, Str *file, Str *text);
} LibraryFinder;

/* Compiles `text`.  The program lives in `arena`.  NULL when there were errors, all of
 * which stand in `diagnostics` (those of included libraries too). */
Program *program_compile(Arena *arena, const Model *model, const LibraryFinder *finder,
                         Str file, Str text, Diagnostics *diagnostics);

/* A define of the program: all libraries', numbered from 0 in the order of inclusion
 * (a library after those that it includes), then of the source. */
typedef struct Define {
    Str library, name;
    Str file;
    Span span;
    const Definition *definition; /* comment, annotations, access */
    Str type;                     /* as CQL writes it: "List<FHIR.Observation>" */
    bool boolean;                 /* the type is System.Boolean */
} Define;

uint32_t program_define_count(const Program *program);
const Define *program_define(const Program *program, uint32_t index);
/* By name; `library` empty: the main one.  UINT32_MAX when there is none. */
uint32_t program_find(const Program *program, Str library, Str name);
/* The value of the annotation "@name: ..." above a define; false: none. */
bool define_annotation(const Define *define, Str name, Str *value);
/* The parameters of the main library. */
uint32_t program_parameter_count(const Program *program);
Str program_parameter_name(const Program *program, uint32_t index);

/* Has the define no value without a record, since it or what it uses retrieves or asks for the
 * context?  `arena` is for the search. */
bool program_needs_record(const Program *program, Arena *arena, uint32_t define);

/* The register code in words. */
void program_print(const Program *program, Buffer *out);

/* Every code that the program mentions (code and concept definitions, code literals),
 * for interning: count and the codes. */
uint32_t program_codes(const Program *program, const Code **codes);

/* A run over `program`.  Lives in `arena`; so do the limits. */
typedef struct RunLimits {
    uint64_t steps;  /* instructions of one record; 0: default */
    uint32_t depth;  /* nesting of calls; 0: default */
    int64_t milliseconds; /* of one record; 0: no limit */
} RunLimits;
Run *run_new(Arena *arena, const Program *program, RunLimits limits);

/* Starts a record: forgets all values.  eval->arena is where values go; the caller
 * guards it (arena_guard) around run_define.  eval and source must outlive the run's use. */
void run_begin(Run *run, Eval *eval, const Source *source);

/* Sets a parameter for this and later records; the value must outlive the run. */
void run_set_parameter(Run *run, uint32_t index, Value value);

/* An expression of a program that was compiled for a tracer. */
typedef struct TracedExpression {
    const Ast *ast;
    const Definition *definition; /* in whose body it stands */
} TracedExpression;

/* Who hears of each expression that is evaluated: it begins, others begin and end within it,
 * it ends with a value (NULL: none of its own, since it is part of the one around it).  At a
 * run-time error those that have begun do not end.  row: a query goes on to a row of its
 * source of that number; where that is the count of sources, to an element that is sorted. */
typedef struct Tracer {
    void *self;
    void (*begin)(void *self, uint32_t expression);
    void (*end)(void *self, uint32_t expression, const Value *value);
    void (*row)(void *self, uint32_t expression, uint32_t source, Value row);
} Tracer;

/* As program_compile, but the program can tell a tracer of its expressions, which are numbered.
 * It gives the same values, and more slowly. */
Program *program_compile_traced(Arena *arena, const Model *model, const LibraryFinder *finder,
                                Str file, Str text, Diagnostics *diagnostics);
uint32_t program_expression_count(const Program *program);
const TracedExpression *program_expression(const Program *program, uint32_t index);

/* Sets the tracer of a run of such a program, for this and later records. */
void run_set_tracer(Run *run, const Tracer *tracer);

/* The value of a define.  False at a run-time error: code, message and span of the
 * expression that failed are in *error (also for a define that uses a failed one). */
bool run_define(Run *run, uint32_t index, Value *value, Diagnostic *error);

/* Was the define evaluated in this record, and to what?  Does not evaluate it. */
bool run_peek(const Run *run, uint32_t index, Value *value);

/* The defines that evaluating define `index` asked for, directly, in this record: each
 * once.  This is the explanation's skeleton.  Returns the count. */
uint32_t run_uses(const Run *run, uint32_t index, const uint32_t **uses);

#endif
