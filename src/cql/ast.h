/* ast.h - the syntax tree of a CQL library.
 *
 * The parser makes it, the checker fills in `type`, `overload` and inserts the implicit
 * conversions, the emitter reads it.  Nodes live in the library's arena.  Children are in
 * `child`; what each kind expects is said beside it. */
#ifndef ISLET_CQL_AST_H
#define ISLET_CQL_AST_H

#include "base/diagnostic.h"
#include "cql/model.h"

struct Type;

typedef enum AstKind {
    /* literals and selectors */
    AST_NULL,
    AST_LITERAL,      /* value: Boolean, Integer, Long, Decimal, String, Date, DateTime, Time, Quantity */
    AST_RATIO,        /* child: numerator, denominator (literals) */
    AST_INTERVAL,     /* child: low, high; closed_low, closed_high */
    AST_LIST,         /* child: items; type_name: the element type when written, else NULL */
    AST_TUPLE,        /* names[i] : child[i] */
    AST_INSTANCE,     /* type_name, names[i] : child[i] */
    AST_CODE_LITERAL, /* child[0]: the code system (AST_NAME, or AST_PROPERTY of a library);
                         name: its own name; value: String code; text: display */
    AST_CONCEPT_LITERAL, /* child: code literals; text: display */
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
    AST_OPERATOR,     /* child: operands; precision: of a component or of in/contains, else
                         PRECISION_NONE.  For the names see below, at struct Ast */
    AST_IS,           /* child[0] is type_name; */
    AST_AS,           /* child[0] as type_name; strict: `cast ... as` */
    AST_CONVERT,      /* convert child[0] to type_name (or, type_name NULL, to a unit: text; a calendar
                         word such as days when precision is set) */
    AST_BETWEEN,      /* child: value, low, high; properly */
    AST_DURATION_BETWEEN,   /* precision; child: low, high */
    AST_DIFFERENCE_BETWEEN, /* precision; child: low, high */
    AST_TIMING,       /* an interval phrase that the checker turns into operators: see timing;
                         child: left, right */
    AST_IF,           /* child: condition, then, else */
    AST_CASE,         /* child[0]: comparand or NULL; then when, then pairs; last: else */
    AST_TYPE_EXTENT,  /* minimum / maximum type_name: name is "MinValue" or "MaxValue"; no child */
    /* queries */
    AST_RETRIEVE,     /* type_name; name: code path as written ("code", "category.coding[0]") or empty;
                         text: its comparator "in", "=" or "~", or empty; child[0]: codes or absent */
    AST_RELATED,      /* [child[0] -> ...]: child[1], a retrieve, from the context child[0]; becomes an
                         operator */
    AST_QUERY,        /* see struct Query */
    /* inserted by the checker */
    AST_CONVERSION,   /* child[0] converted: see struct Conversion */
    AST_LOCAL,        /* slot: an alias, let, parameter of a function, $this, $index, $total */
    AST_DEFINITION,   /* a reference to definition `definition`: expression, parameter, code, ... */
    AST_CONTEXT,      /* the instance of the context, Source.context */
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
    uint32_t sort_slot;     /* checked: the element, in the items' expressions */
} Query;

/* A line of ops.def. */
typedef struct Overload {
    const char *name, *operands, *result;
    Operator function;
    bool callable; /* FN */
} Overload;

/* How a value of one type becomes one of another.  Null stays null in each. */
typedef struct Conversion {
    enum {
        CONVERT_OPERATOR, /* `function` on it */
        CONVERT_LIST,     /* each element by `part` */
        CONVERT_INTERVAL, /* each bound by `part` */
        CONVERT_TO_LIST,  /* a list of it alone (after `part`, where not NULL) */
        CONVERT_AS,       /* itself where it is of type `to`, else null */
        CONVERT_CHOICE    /* by the first of parts[0..count) whose `from` it is of; else null */
    } kind;
    const struct Type *from, *to;
    Operator function;
    const struct Conversion *part;
    uint32_t count;
    const struct Conversion *const *parts;
} Conversion;

/* What a checked tree holds, which is all that the emitter must know:
 *
 * - `type` is set on every node; every implicit conversion stands in the tree.
 * - AST_NULL, AST_LITERAL (ratios and code literals too), AST_INTERVAL, AST_LIST, AST_IF,
 *   AST_CASE, AST_IS and AST_AS (test_type; AS strict: a run-time error where not),
 *   AST_RETRIEVE (type: a list of the class; property: the code path; child[0]: codes,
 *   a Code, Concept, ValueSet or list, converted to what Source.retrieve wants), AST_QUERY.
 * - AST_TUPLE: child in the order of type->shape.
 * - AST_INSTANCE of a model's class: names and child as written.  Instances of System
 *   types have become operators ("MakeQuantity").
 * - AST_PROPERTY: of a tuple (slot: place in the shape) or of a model's class (property).
 *   Of a System type it has become an operator ("Quantity.value"); of a list, a query.
 * - AST_OPERATOR: overload set, child are its arguments, a Precision operand as a literal.
 *   And, Or, Implies may leave out the second operand.  Calls of built-in functions,
 *   timing phrases, between, durations, extents, indexers have become this.
 * - AST_CALL: definition set, a function of CQL; child are its arguments.
 * - AST_LOCAL: slot.  A definition's frame has `slot_count` slots: the operands of a
 *   function first, then aliases, lets and the rest, each its own.
 * - AST_QUERY: slots set.  Sources whose expression is no list give one row; when none is
 *   a list the result is no list.  `result` is never NULL with several sources.
 *   result_distinct says whether duplicates go.  `with` sources may be no list too.
 * - An Integer expression may give TAG_UNCERTAINTY at run time where ops.def says so. */

/* What the parser calls AST_OPERATOR:
 *
 *   two operands   And Or Xor Implies, Equal NotEqual Equivalent NotEquivalent,
 *                  Less LessOrEqual Greater GreaterOrEqual, Add Subtract Multiply Divide
 *                  TruncatedDivide Modulo Power, Concatenate (`&`; `+` is always Add),
 *                  Union (`|` too) Intersect Except, In Contains (with a precision or none)
 *   one operand    Not IsNull IsTrue IsFalse (`is not null` is Not of IsNull), Negate (unary
 *                  `+` is its operand alone), Exists SingletonFrom PointFrom Start End Width
 *                  Successor Predecessor Distinct Flatten, DateFrom TimeFrom
 *                  TimezoneOffsetFrom, DateTimeComponentFrom (precision)
 *   one or two     Collapse Expand: what, and what stands after `per` (`per day` is 1 day)
 *
 * `duration in days of X` is a query over X alone with the alias "the interval" that gives
 * `days between start of it and end of it`.  A literal DateTime without an offset has
 * `text` "local"; its value has offset 0 and stands for the evaluation's offset. */
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
    const struct Type *test_type; /* AST_IS, AST_AS */
    const Overload *overload;
    const Conversion *conversion;
    struct Definition *definition;
    uint32_t slot;
    ModelProperty property; /* AST_PROPERTY of a class, AST_RETRIEVE's code path */
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
    struct Library *included; /* include: the library, set by who compiles; the model's helpers: NULL */
    /* filled in by the checker */
    struct Library *owner;
    const struct Type *type;
    uint32_t index;        /* number in the program, of its kind: define, parameter, function */
    uint32_t place;        /* in the library's definitions */
    uint32_t slot_count;   /* locals of its body */
    Value value;           /* code, concept, code system, value set: the value itself */
    uint8_t state;         /* not checked, being checked, checked */
} Definition;

typedef struct Library {
    Str file, text;        /* where it came from; for diagnostics */
    Str name, version;     /* may be empty */
    Str model, model_version; Span model_span; /* using; empty: System only */
    Str model_alias;       /* using ... called: the qualifier of its types; empty: model */
    uint32_t count; Definition **definitions; /* in source order, includes among them */
    struct NameTable *names; /* filled in by the checker */
} Library;

#endif
