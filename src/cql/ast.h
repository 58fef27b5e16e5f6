/* ast.h - the syntax tree of a CQL library.
 *
 * The parser makes it, the checker fills in `type`, `overload` and inserts the implicit
 * conversions, the emitter reads it.  Nodes live in the library's arena.  Children are in
 * `child`; what each kind expects is said beside it. */
#ifndef ISLET_CQL_AST_H
#define ISLET_CQL_AST_H

#include "base/diagnostic.h"
#include "value/value.h"

typedef enum AstKind {
    /* literals and selectors */
    AST_NULL,
    AST_LITERAL,      /* value: Boolean, Integer, Long, Decimal, String, Date, DateTime, Time, Quantity */
    AST_RATIO,        /* child: numerator, denominator (literals) */
    AST_INTERVAL,     /* child: low, high; closed_low, closed_high */
    AST_LIST,         /* child: items; type_name: the element type when written, else NULL */
    AST_TUPLE,        /* names[i] : child[i] */
    AST_INSTANCE,     /* type_name, names[i] : child[i] */
    AST_CODE_LITERAL, /* name: code system; value: String code; text: display */
    /* names */
    AST_NAME,         /* name; qualifier when "Library".name or alias.name could not be told apart:
                         the parser makes AST_PROPERTY, the checker resolves it */
    AST_PROPERTY,     /* child[0].name */
    AST_INDEX,        /* child[0][child[1]] */
    AST_CALL,         /* name(child...); fluent: child[0].name(child[1..]) has `fluent` set;
                         qualified "Lib".f(x) is parsed as fluent on AST_NAME, the checker resolves it */
    AST_THIS, AST_INDEX_VARIABLE, AST_TOTAL, /* $this, $index, $total */
    AST_EXTERNAL_CONSTANT, /* %name: FHIRPath */
    /* operators: name is the operator of ops.def ("Add", "And", "Equal", ...) */
    AST_OPERATOR,     /* child: operands; precision: of a timing phrase or component, else PRECISION_NONE */
    AST_IS,           /* child[0] is type_name; */
    AST_AS,           /* child[0] as type_name; strict: `cast ... as` */
    AST_CONVERT,      /* convert child[0] to type_name (or to a unit: text) */
    AST_BETWEEN,      /* child: value, low, high; properly */
    AST_DURATION_BETWEEN,   /* precision; child: low, high */
    AST_DIFFERENCE_BETWEEN, /* precision; child: low, high */
    AST_TIMING,       /* an interval phrase that the checker turns into operators: see timing */
    AST_IF,           /* child: condition, then, else */
    AST_CASE,         /* child[0]: comparand or NULL; then when, then pairs; last: else */
    AST_TYPE_EXTENT,  /* minimum / maximum type_name: name is "MinValue" or "MaxValue" */
    /* queries */
    AST_RETRIEVE,     /* type_name; name: code path or empty; comparator; child[0]: codes or absent */
    AST_QUERY,        /* see struct Query */
    /* inserted by the checker */
    AST_CONVERSION,   /* child[0] converted by `overload` or structurally */
    AST_LOCAL,        /* slot: an alias, let, parameter of a function, $this */
    AST_DEFINITION,   /* a reference to definition `definition` */
    AST_ERROR         /* a place holder after a syntax error */
} AstKind;

/* A type as written. */
typedef struct TypeName {
    enum { TYPE_NAME_NAMED, TYPE_NAME_LIST, TYPE_NAME_INTERVAL, TYPE_NAME_TUPLE, TYPE_NAME_CHOICE } kind;
    Str qualifier, name;           /* named: "FHIR"."Observation"; qualifier may be empty */
    uint32_t count;
    struct TypeName **child;       /* List, Interval: 1; Tuple, Choice: count */
    Str *names;                    /* Tuple */
    Span span;
} TypeName;

/* A timing phrase, as written; every word that CQL's grammar allows. */
typedef struct Timing {
    enum {
        TIMING_SAME,        /* same [precision] as | or before | or after, concurrent with */
        TIMING_INCLUDES,    /* [properly] includes */
        TIMING_INCLUDED_IN, /* [properly] during | included in */
        TIMING_BEFORE, TIMING_AFTER, /* before/after, with an optional quantity offset */
        TIMING_WITHIN,      /* [properly] within Q of */
        TIMING_MEETS, TIMING_OVERLAPS, TIMING_STARTS, TIMING_ENDS
    } kind;
    /* `starts`, `ends`, `occurs` before the phrase and `start`/`end` after it */
    enum { EDGE_NONE, EDGE_START, EDGE_END } left_edge, right_edge;
    enum { RELATIVE_NONE, RELATIVE_BEFORE, RELATIVE_AFTER } relative; /* same: or before/after; meets/overlaps: before/after */
    bool properly;
    bool or_equal;          /* "on or before", "before or on": before/after including the same */
    enum { OFFSET_NONE, OFFSET_EXACT, OFFSET_OR_MORE, OFFSET_OR_LESS, OFFSET_MORE_THAN, OFFSET_LESS_THAN } offset;
    Value quantity;         /* of the offset or of within */
    struct Ast *quantity_ast; /* the literal's node */
    Precision precision;
} Timing;

typedef struct QuerySource { Str alias; struct Ast *expression; Span span; uint32_t slot; } QuerySource;
typedef struct QueryLet { Str name; struct Ast *expression; Span span; uint32_t slot; } QueryLet;
typedef struct QueryWith { bool without; QuerySource source; struct Ast *such_that; } QueryWith;
typedef struct SortItem { struct Ast *expression; /* NULL: the element itself */ bool descending; Span span; } SortItem;

typedef struct Query {
    uint32_t source_count; QuerySource *sources;
    uint32_t let_count;    QueryLet *lets;
    uint32_t with_count;   QueryWith *withs;
    struct Ast *where;      /* or NULL */
    struct Ast *result;     /* return expression, or NULL */
    bool result_all;        /* return all */
    bool result_distinct;   /* `distinct` written */
    /* aggregate clause */
    struct Ast *aggregate, *aggregate_start; Str aggregate_name; bool aggregate_all, aggregate_distinct;
    uint32_t aggregate_slot;
    uint32_t sort_count;   SortItem *sort; /* `sort by`; `sort asc` is one item with expression NULL */
} Query;

typedef struct Ast {
    uint8_t kind;          /* AstKind */
    bool fluent, strict, properly, closed_low, closed_high;
    uint8_t precision;     /* Precision */
    Span span;
    Str name, text;
    Value value;
    uint32_t count;
    struct Ast **child;
    Str *names;
    TypeName *type_name;
    union { Timing *timing; Query *query; };
    /* filled in by the checker */
    const struct Type *type;
    const struct Overload *overload;
    struct Definition *definition;
    uint32_t slot;
} Ast;

/* ---- declarations ---- */

typedef struct Annotation { Str name, value; } Annotation; /* "@name: value" in the comment above */

typedef struct OperandDefinition { Str name; TypeName *type_name; Span span; const struct Type *type; } OperandDefinition;

typedef enum DefinitionKind {
    DEFINITION_EXPRESSION, DEFINITION_FUNCTION, DEFINITION_PARAMETER,
    DEFINITION_CODESYSTEM, DEFINITION_VALUESET, DEFINITION_CODE, DEFINITION_CONCEPT,
    DEFINITION_INCLUDE
} DefinitionKind;

typedef struct Definition {
    DefinitionKind kind;
    Str name;
    Span span;             /* of the name */
    Span extent;           /* of the whole definition */
    bool is_private, fluent, external;
    Str context;           /* "Patient", "Unfiltered"; empty before any */
    Str comment;           /* the text of the comments right above, without annotations */
    uint32_t annotation_count; Annotation *annotations;
    Ast *body;             /* expression, function; parameter: default or NULL */
    TypeName *type_name;   /* parameter; function: result (external) */
    uint32_t operand_count; OperandDefinition *operands;
    /* terminology: id, version, display; code: `id` from system; value set: its code systems */
    Str id, version, display;
    uint32_t reference_count; Str *reference_qualifiers, *references; /* code: 1 system; concept: codes; value set: code systems */
    Str library, alias;    /* include: namespace-qualified name, local name; version above */
    /* filled in by the checker */
    struct Library *owner;
    const struct Type *type;
    uint32_t index;        /* number in the program: slot of an expression, code of a function */
    uint8_t state;         /* not checked, being checked, checked */
} Definition;

typedef struct Library {
    Str file, text;        /* where it came from; for diagnostics */
    Str name, version;     /* may be empty */
    Str model, model_version; Span model_span; /* using; empty: System only */
    uint32_t count; Definition **definitions; /* in source order, includes among them */
} Library;

#endif
