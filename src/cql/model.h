/* model.h - what the language asks of a data model (such as FHIR R4).
 *
 * The language knows no model: it is given one of these tables.  Classes are numbered
 * by the model; a System type stands as MODEL_SYSTEM + its Tag, so that one number names
 * any non-generic type. */
#ifndef ISLET_CQL_MODEL_H
#define ISLET_CQL_MODEL_H

#include "value/eval.h"

enum { MODEL_SYSTEM = 0xFF00, MODEL_NO_TYPE = 0xFFFF };
typedef uint16_t ModelType;

typedef struct ModelProperty {
    uint32_t id;         /* for Model.get */
    bool list;
    uint16_t type_count; /* more than one: a choice */
    const ModelType *types;
} ModelProperty;

/* A conversion from a class to a System type that the language applies implicitly,
 * named by the function of the helpers library that it stands for. */
typedef struct ModelConversion {
    ModelType from;
    const char *to;       /* "System.String", "Interval<System.DateTime>" */
    const char *function; /* "ToString": the name in the helpers library */
    Operator convert;
    bool only_called; /* a function of the helpers library that is never applied implicitly */
} ModelConversion;

typedef struct Model {
    const char *name, *version, *helpers; /* "FHIR", "4.0.1", "FHIRHelpers" */
    ModelType patient_class;              /* of `context Patient` */
    uint32_t birth_date;                  /* property of it; its value converts to Date */
    bool (*find_class)(Str name, ModelType *out);
    const char *(*class_name)(ModelType type);
    ModelType (*base)(ModelType type);    /* MODEL_NO_TYPE at the root */
    bool (*is_resource)(ModelType type);  /* may be retrieved */
    bool (*find_property)(ModelType type, Str name, ModelProperty *out);
    /* Every property name of a class, for "did you mean"; NULL past the last. */
    const char *(*property_name)(ModelType type, uint32_t index);
    /* The property by which a retrieve filters when none is named; false: none. */
    bool (*primary_code)(ModelType type, ModelProperty *out);
    const ModelConversion *conversions;
    uint32_t conversion_count;
    /* The value of a property: null, a Node (aux is the class that it has in fact), a
     * System value, or a List of those. */
    bool (*get)(Eval *eval, Value node, uint32_t property, Value *result);
    /* An instance of the class from values of its properties, nulls among them; NULL: none can
     * be made. */
    bool (*make)(Eval *eval, ModelType type, uint32_t count, const uint32_t *properties,
                 const Value *values, Value *result);
    /* Bytes of room of its own that evaluations of one thread have in Eval.memo: zero at first, kept
     * from record to record. */
    uint32_t memo_size;
    const NodeOperators *nodes;
} Model;

#endif
