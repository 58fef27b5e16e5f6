/* check_state.h - what the files of the checker share.
 *
 * Every check_... function takes the place where a node hangs, because it may put another
 * node there, and leaves a node with its type.  A mistake is reported where it is found and
 * gives TYPE_ERROR, about which nothing more is said. */
#ifndef ISLET_CQL_CHECK_STATE_H
#define ISLET_CQL_CHECK_STATE_H

#include "base/vec.h"
#include "cql/check.h"
#include "cql/overload.h"

/* ---- conversions ---- */

/* The order is that of "Conversion precedence" in the CQL reference; of several operands
 * the costs add up. */
enum {
    COST_EXACT = 0,
    COST_SUBTYPE = 1,
    COST_COMPATIBLE = 2, /* null, and what may hold null only */
    COST_CAST = 3,       /* a choice to one of its types */
    COST_SIMPLE = 4,     /* implicit, to a simple type */
    COST_CLASS = 5,      /* implicit, to Quantity, Code, Concept, Ratio, an interval or a list */
    COST_CHAIN = 6,      /* one after the other */
    COST_NONE = 1000000  /* there is no way */
};

/* How a type becomes another: up to two conversions, the first one NULL where the value
 * may stay as it is. */
typedef struct Plan {
    uint32_t cost;
    const Conversion *first, *second;
} Plan;

/* The implicit conversions of one type, the model's first. */
typedef struct ImplicitConversion {
    const Type *to;
    Operator function;
    uint32_t cost;
} ImplicitConversion;

typedef struct ImplicitConversions {
    uint32_t count;
    const ImplicitConversion *items;
} ImplicitConversions;

typedef struct PlanSlot {
    const Type *from, *to;
    Plan plan;
} PlanSlot;

typedef struct ImplicitSlot {
    const Type *from;
    ImplicitConversions conversions;
} ImplicitSlot;

/* What is known once for all libraries of a Checker. */
typedef struct Rules {
    OverloadTable *overloads;
    Signature *helpers; /* of the model's helpers library: model->conversion_count */
    VEC(PlanSlot) plans; /* a hash table: `plans.capacity` slots */
    VEC(ImplicitSlot) implicit;
} Rules;

Rules *rules_new(Checker *checker);

/* ---- names ---- */

typedef struct NameEntry {
    Str name;
    Definition *definition;
    Signature signature;    /* of a function */
    struct NameEntry *next; /* of the same name, in the source's order */
} NameEntry;

/* The definitions of a library by name. */
typedef struct NameTable {
    uint32_t mask;
    NameEntry **slots;
} NameTable;

const NameEntry *names_find(const NameTable *names, Str name);

/* An alias, let, operand, or $this, $index, $total. */
typedef struct Local {
    Str name;
    uint32_t slot;
    const Type *type;
    bool implicit; /* its properties are in scope by their own names: an item of sort by */
} Local;

typedef struct Check {
    Checker *checker;
    Arena *arena;
    Types *types;
    const Model *model; /* or NULL */
    Rules *rules;
    Library *library;   /* or NULL */
    Definition *definition; /* being checked, or NULL */
    VEC(Local) locals;
    size_t first_local; /* of the definition being checked */
    uint32_t slot_count;
    uint32_t depth;
    VEC(Definition *) path; /* definitions being checked, the outermost first */
    const Query *sorted; /* whose sort clause is being checked, or NULL */
    uint32_t aggregates; /* aggregate clauses around, one within the other */
    bool quiet;         /* what is checked again warns no more */
    bool gave_up;       /* too deep: reported once */
} Check;

/* ---- reports (check_report.c) ---- */

void check_report(Check *c, Span span, const char *code, Str message, Str hint);
/* Was that said of the place before? */
bool check_reported(const Check *c, Span span, const char *code);
void check_warn(Check *c, Span span, const char *code, Str message, Str hint);
/* Reports and makes the node an error. */
const Type *check_fail(Check *c, Ast *node, const char *code, Str message, Str hint);
const char *check_type_text(Check *c, const Type *type); /* NUL-terminated, for messages */

/* The nearest of the names offered, for "did you mean". */
typedef struct Guess {
    Str wanted, best;
    uint32_t distance;
} Guess;
Guess guess_new(Str wanted);
void guess_offer(Guess *guess, Str name);
/* All classes of the model, or those that may be retrieved. */
void guess_offer_classes(Guess *guess, const Model *model, bool resources);
/* The elements of a tuple, of a class, or of what a list or a choice holds. */
void guess_offer_properties(Check *c, Guess *guess, const Type *type);
/* "did you mean NAME?", or empty. */
Str guess_hint(Check *c, const Guess *guess);

/* ---- nodes ---- */

Ast *node_make(Check *c, AstKind kind, Span span, uint32_t count);
/* An AST_OPERATOR, not checked. */
Ast *node_unary(Check *c, const char *name, Span span, Ast *operand);
Ast *node_binary(Check *c, const char *name, Span span, Ast *left, Ast *right);
Ast *node_integer(Check *c, Span span, int64_t value);
Ast *node_boolean(Check *c, Span span, bool value);
Ast *node_local(Check *c, Span span, const Local *local);
Ast *node_null(Check *c, Span span);
/* A query over `source` without clauses; *element stands for its element, or for itself
 * where it is no list. */
Ast *node_over(Check *c, Ast *source, Local *element);

/* A value that is needed at several places and evaluated once: each place gets share_use,
 * and what they stand in goes through share_end, with its type set. */
typedef struct Shared {
    Ast *value;
    Local local;
    Ast *query; /* holds the value; NULL where it may as well be evaluated again */
} Shared;
Shared share(Check *c, Ast *value);
Ast *share_use(Check *c, const Shared *shared);
Ast *share_end(Shared *shared, Ast *result);

/* ---- expressions ---- */

const Type *check_ast(Check *c, Ast **place);
/* Checks all children; false when one of them is in error. */
bool check_children(Check *c, Ast *node);
/* Checked already: converts to `type`, or reports what was expected.  `what` says of what
 * ("the condition of `if`"). */
bool check_expect(Check *c, Ast **place, const Type *type, const char *what);
bool check_expect_boolean(Check *c, Ast **place, const char *what);

Local *scope_add(Check *c, Str name, const Type *type); /* with a slot of its own */
const Local *scope_find(const Check *c, Str name);

/* Checks a definition when first asked for; its type. */
const Type *check_definition(Check *c, Definition *definition);
/* Checks all definitions of a library, what one uses before it (check_order.c). */
void check_in_order(Check *c, Library *library);
/* Enters the names of a library, with the types of functions' operands. */
void names_enter(Check *c, Library *library);

/* ---- conversions (check_conversion.c) ---- */

Plan conversion_plan(Check *c, const Type *from, const Type *to);
ImplicitConversions conversion_implicit(Check *c, const Type *from);
/* Puts the plan's conversions around the node; the plan is there. */
void conversion_apply(Check *c, Ast **place, const Type *to);
/* Converts where that is possible without saying anything. */
bool conversion_try(Check *c, Ast **place, const Type *to);
/* The type that all convert to; NULL when there is none.  With `choice` their choice then. */
const Type *conversion_common(Check *c, uint32_t count, const Type *const *types, bool choice);
/* The System type that a value of the type is implicitly converted to, itself if it is one. */
const Type *conversion_system(Check *c, const Type *type);

/* ---- by subject ---- */

const Type *check_name(Check *c, Ast **place);
const Type *check_property(Check *c, Ast **place);
const Type *check_this(Check *c, Ast **place);
/* Property `name` of the checked node, as a checked node; NULL when there is none. */
Ast *property_of(Check *c, Ast *owner, Str name, Span span);
/* Makes *place a reference to a definition. */
const Type *refer_to(Check *c, Ast **place, Library *library, Definition *definition);
/* The include definition that the node names, or NULL. */
Definition *name_include(Check *c, const Ast *node);
Library *name_library(const Check *c, const Definition *include);
bool name_is_helpers(const Check *c, const Definition *include);
/* Is it defined for no patient, in the context Unfiltered? */
bool name_is_unfiltered(const Definition *definition);

const Type *check_operator(Check *c, Ast **place);
/* The children are checked: finds the overload, converts the operands. */
const Type *operator_resolve(Check *c, Ast **place);
/* Reports that none of the chain takes the children (check_explain.c). */
const Type *operator_fail(Check *c, Ast *node, const Signature *chain);
const Type *check_between(Check *c, Ast **place);
const Type *check_elapsed(Check *c, Ast **place); /* duration and difference */
const Type *check_timing(Check *c, Ast **place);
const Type *check_index(Check *c, Ast **place);
const Type *check_extent(Check *c, Ast **place);

/* The best of a chain of signatures for the children of `node`; NULL: none. */
typedef struct Choice {
    const Signature *signature;
    const Type **operands; /* variables bound */
    const Type *result;
    uint32_t cost;
} Choice;
/* Tries the chain; keeps what is better than *best. */
void overload_try(Check *c, const Ast *node, const Signature *chain, bool callable_only,
                  Choice *best);
/* Warns where an operand is a choice of which another signature would take other types. */
void overload_warn(Check *c, const Ast *node, const Signature *chain, const Choice *taken);
/* Converts the node's children as chosen; the node becomes AST_OPERATOR or AST_CALL. */
const Type *overload_take(Check *c, Ast *node, const Choice *choice);

const Type *check_call(Check *c, Ast **place);
/* Is it a function of FHIRPath behind a dot, and no other (check_method.c)?  Then it is checked. */
bool method_applies(const Check *c, const Ast *node);
const Type *check_method(Check *c, Ast **place);
void method_offer(Guess *guess); /* their names */
/* The aggregate clause of a query whose sources are in scope; the type of its result. */
const Type *check_aggregate(Check *c, Query *query);
const Type *check_literal(Check *c, Ast **place);
const Type *check_interval(Check *c, Ast **place);
const Type *check_list(Check *c, Ast **place);
const Type *check_tuple(Check *c, Ast **place);
const Type *check_instance(Check *c, Ast **place);
const Type *check_if(Check *c, Ast **place);
const Type *check_case(Check *c, Ast **place);
const Type *check_is(Check *c, Ast **place);
const Type *check_as(Check *c, Ast **place);
const Type *check_convert(Check *c, Ast **place);
const Type *check_retrieve(Check *c, Ast **place);
const Type *check_related(Check *c, Ast **place); /* [context -> ...] */
const Type *check_query(Check *c, Ast **place);

/* ---- types and terminology ---- */

const Type *check_type_name(Check *c, const TypeName *name); /* TYPE_ERROR when unknown, reported */
void check_terminology(Check *c, Definition *definition);
/* The Code of a code literal in `*place`. */
const Type *check_code_literal(Check *c, Ast **place);

#endif
