/* type.h - the types of CQL: System types, the model's classes, lists, intervals, tuples, choices.
 *
 * Types are interned in their Types: equal types are the same pointer.  Follows CQL 1.5.3,
 * "Type system" and appendix "CQL type inference". */
#ifndef ISLET_CQL_TYPE_H
#define ISLET_CQL_TYPE_H

#include "cql/model.h"

typedef enum TypeKind {
    TYPE_ANY,      /* System.Any; the type of null */
    TYPE_SYSTEM,   /* tag */
    TYPE_CLASS,    /* class, of the model */
    TYPE_LIST,     /* element */
    TYPE_INTERVAL, /* element: the point type */
    TYPE_TUPLE,    /* shape->names[i] : parts[i] */
    TYPE_CHOICE,   /* parts, at least two, no choice among them */
    TYPE_ERROR,    /* of what could not be typed: converts to all, so that one mistake is one
                      error */
    TYPE_VARIABLE  /* tag: its letter; only in the operands of operators' tables */
} TypeKind;

typedef struct Type {
    uint8_t kind; /* TypeKind */
    uint8_t tag;  /* TYPE_SYSTEM: Tag */
    ModelType class;
    uint32_t number; /* in the order of first use */
    const struct Type *element;
    uint32_t count;
    const struct Type *const *parts;
    const TupleShape *shape;
} Type;

typedef struct Types Types;
Types *types_new(Arena *arena, const Model *model); /* model: NULL for System only */

const Type *type_any(Types *types);
const Type *type_error(Types *types);
const Type *type_system(Types *types, Tag tag);
/* MODEL_SYSTEM + tag gives the System type. */
const Type *type_class(Types *types, ModelType class);
const Type *type_list(Types *types, const Type *element);
const Type *type_interval(Types *types, const Type *point);
const Type *type_tuple(Types *types, uint32_t count, const Str *names, const Type *const *parts);
const Type *type_choice(Types *types, uint32_t count, const Type *const *parts);
const Type *type_variable(Types *types, char letter);
/* The type of a model's property: of several types a choice, of a list a list. */
const Type *type_of_property(Types *types, const ModelProperty *property);

/* A System type by its name ("Integer", "Any"); NULL when there is none. */
const Type *type_find_system(Types *types, Str name);

/* A type as CQL writes it, in full: "Interval<System.DateTime>", "FHIR.Reference", "List<T>" (one
 * capital letter is a variable); "System." may be left out.  NULL when it is no type. */
const Type *type_from_text(Types *types, Str text);

/* As CQL writes it: "List<FHIR.Observation>", "Interval<System.DateTime>" without "System.". */
Str type_name(Types *types, Arena *arena, const Type *type);

/* Is every value of `type` a value of `super`? */
bool type_is_subtype(Types *types, const Type *type, const Type *super);

/* Is the value one of the type, by what it is at run time?  Null is of no type but Any. */
bool type_holds(const Model *model, const Type *type, Value value);

#endif
