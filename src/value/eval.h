/* eval.h - what an operator may use while it runs, and the shape of every operator.
 *
 * An Eval belongs to one evaluation of one record.  Operators read their arguments,
 * write *result and return true; at a run-time error they return eval_fail(...). */
#ifndef ISLET_VALUE_EVAL_H
#define ISLET_VALUE_EVAL_H

#include "base/arena.h"
#include "value/value.h"

typedef struct Eval Eval;

/* How values of the model (TAG_NODE) are compared; filled in by the layer that knows it. */
typedef struct NodeOperators {
    /* CQL Equal and Equivalent of two instances: Boolean or null. */
    Value (*equal)(Eval *eval, Value a, Value b);
    Value (*equivalent)(Eval *eval, Value a, Value b);
    /* The same number for equal instances; NULL: no way to tell them apart quickly. */
    uint32_t (*hash)(Value node);
    /* For results: "Type/id" of a resource, else a short form. */
    Str (*to_text)(Eval *eval, Value node);
    /* The values of all its elements, a List without nulls, those of lists one by one. */
    bool (*children)(Eval *eval, Value node, Value *result);
} NodeOperators;

/* Membership in value sets and code systems, by code; filled in by the caller. */
typedef struct Terminology {
    void *self;
    /* Is `code` in the value set?  *known is false when the value set is not there. */
    bool (*in_value_set)(void *self, const Code *code, const Reference *value_set, bool *known);
    bool (*in_code_system)(void *self, const Code *code, const Reference *system, bool *known);
    /* The codes of a value set: a List of Code, or null when it is not there. */
    Value (*expand)(void *self, Eval *eval, const Reference *value_set);
    /* Is `general` the same as `special` or above it, in the hierarchy of their code system?
     * *known is false when the code system is not there.  NULL: none is. */
    bool (*subsumes)(void *self, const Code *general, const Code *special, bool *known);
} Terminology;

/* What Message says that is no error: severity "Trace", "Message" or "Warning". */
typedef struct MessageSink {
    void *self;
    void (*say)(void *self, Str severity, Str code, Str text);
} MessageSink;

struct Eval {
    Arena *arena;       /* results live here */
    Value now;          /* DateTime, of the evaluation request */
    int16_t offset;     /* default offset, minutes */
    const NodeOperators *nodes; /* NULL: no model */
    const Terminology *terms;   /* NULL: none */
    const MessageSink *messages; /* NULL: said to nobody, since they may speak of a person */
    const void *instances;      /* the record of the model's nodes: Source.self */
    void *memo;                    /* the model's room (cql/model.h), or NULL */
    struct PatternCache *patterns; /* kept for later evaluations (string.h); NULL: none are */
    const char *error_code;     /* literal; NULL while all is well */
    Str error_message;
    Str error_hint;
    uint32_t depth;     /* nesting of value comparisons and printing; bounded */
    bool (*charge)(void *charger, uint64_t steps); /* see eval_charge; NULL: nothing is counted */
    void *charger;
};

typedef bool (*Operator)(Eval *eval, const Value *arguments, Value *result);

/* Records a run-time error (the first one stays) and returns false. */
bool eval_fail(Eval *eval, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Counts work that grows faster than what an operator makes, as steps of the evaluation: pairs
 * of elements that are compared.  False, with an error, when there are no more. */
bool eval_charge(Eval *eval, uint64_t steps);

#endif
