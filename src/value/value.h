/* value.h - a CQL value: 16 bytes, immutable, in an arena.
 *
 * Small values stand in the payload itself; the others are pointers to immutable
 * structures in the arena of the evaluation or of the program.  Follows CQL 1.5.3,
 * "Types" and appendix B.  CQL null is TAG_NULL, of no type. */
#ifndef ISLET_VALUE_VALUE_H
#define ISLET_VALUE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef enum Tag {
    TAG_NULL,
    TAG_BOOLEAN,
    TAG_INTEGER,  /* 32 bits in CQL, kept in 64 */
    TAG_LONG,     /* 64 bits */
    TAG_DECIMAL,  /* exact: 28 digits, 8 after the point */
    TAG_STRING,
    TAG_DATE,
    TAG_DATETIME,
    TAG_TIME,
    TAG_QUANTITY,
    TAG_RATIO,
    TAG_CODE,
    TAG_CONCEPT,
    TAG_VALUESET,   /* a reference to one, by id and version */
    TAG_CODESYSTEM, /* the same */
    TAG_INTERVAL,
    TAG_LIST,
    TAG_TUPLE,
    TAG_NODE,        /* an instance of a model's class; `aux` is the class */
    TAG_UNCERTAINTY, /* internal: a Long or Decimal between two bounds, never stored in data */
    TAG_COUNT
} Tag;

/* Precision of Date, DateTime and Time, and the unit of date arithmetic. */
typedef enum Precision {
    PRECISION_YEAR = 1,
    PRECISION_MONTH,
    PRECISION_DAY,
    PRECISION_HOUR,
    PRECISION_MINUTE,
    PRECISION_SECOND,
    PRECISION_MILLISECOND,
    PRECISION_WEEK, /* arithmetic only */
    PRECISION_NONE = 0
} Precision;

typedef struct Value {
    uint8_t tag;    /* Tag */
    uint8_t flags;  /* Date, DateTime, Time: Precision; Decimal: 1 when the payload is `wide` */
    int16_t offset; /* DateTime: minutes east of UTC */
    uint32_t aux;   /* Node: class; String: length in bytes; Decimal: digits written after the point */
    union {
        bool boolean;
        int64_t integer;        /* Integer, Long */
        int64_t decimal;        /* in units of 1e-8 */
        const __int128 *wide;   /* the same, where 64 bits are too few */
        int64_t packed;         /* Date, DateTime, Time: see time.h */
        const char *string;     /* not NUL-terminated */
        const struct Quantity *quantity;
        const struct Ratio *ratio;
        const struct Code *code;
        const struct Concept *concept;
        const struct Reference *reference; /* ValueSet, CodeSystem */
        const struct Interval *interval;
        const struct List *list;
        const struct Tuple *tuple;
        const void *node;
        const struct Uncertainty *uncertainty;
    };
} Value;

_Static_assert(sizeof(Value) == 16, "a value is 16 bytes");

typedef struct Quantity {
    Value value; /* Decimal, or null */
    Str unit;    /* UCUM code or a calendar duration ("year", "months"); "1" where none given */
    int32_t unit_id; /* index into the evaluation's unit memo; -1 unresolved */
    bool calendar;   /* `unit` is a calendar duration keyword, not UCUM */
} Quantity;

typedef struct Ratio {
    Value numerator, denominator; /* Quantity */
} Ratio;

typedef struct Code {
    Str code, system, version, display; /* empty: not given */
} Code;

typedef struct Concept {
    Str display;
    uint32_t count;
    const Code *codes;
} Concept;

typedef struct Reference {
    Str id, version, name;
    uint32_t system_count; /* of a value set: the code systems that its definition names */
    const struct Reference *systems;
} Reference;

/* Bounds are as constructed.  A null low with low_closed is the type's minimum, open is
 * unknown (CQL, "Interval values").  point is the bounds' Tag, also when both are null. */
typedef struct Interval {
    Value low, high;
    bool low_closed, high_closed;
    uint8_t point;
} Interval;

typedef struct List {
    uint32_t count;
    const Value *items;
} List;

/* Element names of a tuple, sorted by name; shared by all tuples of one type. */
typedef struct TupleShape {
    uint32_t count;
    const Str *names;
} TupleShape;

typedef struct Tuple {
    const TupleShape *shape;
    const Value *items; /* shape->count, in the shape's order */
} Tuple;

typedef struct Uncertainty {
    Value low, high;
} Uncertainty;

static inline Value value_null(void) { return (Value){ .tag = TAG_NULL }; }
static inline Value value_boolean(bool b) { return (Value){ .tag = TAG_BOOLEAN, .boolean = b }; }
static inline Value value_integer(int64_t i) { return (Value){ .tag = TAG_INTEGER, .integer = i }; }
static inline Value value_long(int64_t i) { return (Value){ .tag = TAG_LONG, .integer = i }; }
static inline Value value_string(Str s) {
    return (Value){ .tag = TAG_STRING, .aux = (uint32_t)s.length, .string = s.data };
}
static inline Str value_str(Value v) { return (Str){ v.string, v.aux }; }
static inline bool value_is_null(Value v) { return v.tag == TAG_NULL; }
static inline bool value_is_true(Value v) { return v.tag == TAG_BOOLEAN && v.boolean; }
static inline bool value_is_false(Value v) { return v.tag == TAG_BOOLEAN && !v.boolean; }

/* Makers: the structure is copied into the arena. */
Value value_list(Arena *arena, const Value *items, uint32_t count); /* items are copied */
Value value_quantity(Arena *arena, Quantity quantity);
Value value_code(Arena *arena, Code code);
Value value_concept(Arena *arena, Concept concept); /* codes are copied */
Value value_interval(Arena *arena, Interval interval);
Value value_tuple(Arena *arena, const TupleShape *shape, const Value *items);

#endif
