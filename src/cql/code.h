/* code.h - register code: instructions, procedures and the program that holds them.
 *
 * A procedure is the code of a define, of a parameter's default or of a function.  It runs
 * in a frame of registers: the locals that the checker numbered, then temporaries.
 * Operators are called by pointer; their arguments stand in registers side by side. */
#ifndef ISLET_CQL_CODE_H
#define ISLET_CQL_CODE_H

#include "base/vec.h"
#include "cql/program.h"
#include "cql/type.h"

typedef enum Opcode {
#define OPCODE(name, operands) CODE_##name,
#include "cql/opcodes.def"
#undef OPCODE
    CODE_COUNT
} Opcode;

/* A type that values are tested for, with its name for messages. */
typedef struct TypeTest {
    const Type *type;
    Str name;
} TypeTest;

/* A retrieve in the text.  steady: its codes are the same in all records. */
typedef struct RetrieveSite {
    uint32_t number;
    Retrieve retrieve; /* codes: where steady */
    bool steady;
} RetrieveSite;

/* An instance of a model's class: the properties that are given. */
typedef struct InstanceShape {
    ModelType type;
    uint32_t count;
    const uint32_t *properties;
} InstanceShape;

typedef struct SortOrder {
    uint32_t count;         /* keys of an element */
    const bool *descending; /* of each key */
    bool itself;            /* the element is its own key; none were gathered */
} SortOrder;

enum { INTERVAL_LOW_CLOSED = 1, INTERVAL_HIGH_CLOSED = 2, COLLECT_DISTINCT = 1, TRACE_NO_VALUE = 1 };

typedef struct Instruction {
    uint8_t opcode; /* Opcode */
    uint8_t flags;
    uint16_t a, b, c;
    union {
        uint32_t index; /* of a define, parameter, function, element, property; a target */
        const Value *constant;
        const Overload *overload;
        const Conversion *conversion;
        const TypeTest *test;
        const TupleShape *shape;
        const InstanceShape *instance;
        const RetrieveSite *site;
        const SortOrder *order;
    };
} Instruction;

_Static_assert(sizeof(Instruction) == 16, "an instruction is 16 bytes");

typedef struct Procedure {
    const Definition *definition; /* NULL: has no code */
    Str file;
    uint32_t start, count; /* instructions */
    uint16_t slot_count;   /* locals, which start as null */
    uint16_t register_count;
} Procedure;

struct Program {
    Arena *arena;
    const Model *model; /* NULL: System only */
    Types *types;
    Library *main;
    Library **libraries; /* a library after those that it includes */
    uint32_t library_count;

    uint32_t define_count, parameter_count, function_count;
    Define *defines;
    Procedure *define_code, *parameter_code, *function_code; /* by Definition.index */
    uint32_t main_parameter_count;
    const Definition **main_parameters;
    uint32_t shared_count;
    Procedure *shared_code; /* of expressions that are evaluated once a record */

    Instruction *code;
    Span *spans; /* of the expression that each instruction comes from */
    uint32_t code_count, retrieve_count;

    Code *codes;
    uint32_t code_mention_count;

    bool traced; /* compiled for a tracer */
    uint32_t expression_count;
    TracedExpression *expressions;

    uint32_t *names; /* hash table of defines: number + 1, or 0 */
    uint32_t name_mask;
};

/* The value, where it lives as long as the program. */
const Value *program_constant(Program *program, Value value);

/* Fills in codes (program_codes.c). */
void program_list_codes(Program *program);

#endif
