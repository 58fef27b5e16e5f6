/* program_print.c - the register code in words: a heading for each procedure, then a line
 * for each instruction: its number, the line and column it comes from, what it does. */
#include "cql/code.h"
#include "value/print.h"

static const char *const opcode_names[] = {
#define OPCODE(name, operands) #name,
#include "cql/opcodes.def"
#undef OPCODE
};

static const char *const opcode_operands[] = {
#define OPCODE(name, operands) operands,
#include "cql/opcodes.def"
#undef OPCODE
};

/* ---- operands ---- */

static void print_name(Str library, Str name, Buffer *out) {
    if (library.length > 0) buffer_format(out, "\"%.*s\".", STR_ARGS(library));
    buffer_format(out, "\"%.*s\"", STR_ARGS(name));
}

static void print_definition(const Definition *definition, Buffer *out) {
    if (definition == NULL)
        buffer_add_text(out, "nothing");
    else
        print_name(definition->owner == NULL ? STR("") : definition->owner->name,
                   definition->name, out);
}

static void print_constant(const Program *program, Value value, Buffer *out) {
    Eval eval = { .arena = program->arena };
    value_print(&eval, value, out);
}

static void print_conversion(const Program *program, const Conversion *conversion, Buffer *out) {
    if (conversion->from == NULL || conversion->to == NULL) return;
    Str from = type_name(program->types, program->arena, conversion->from);
    Str to = type_name(program->types, program->arena, conversion->to);
    buffer_format(out, "%.*s to %.*s", STR_ARGS(from), STR_ARGS(to));
}

static void print_names(const TupleShape *shape, Buffer *out) {
    for (uint32_t i = 0; i < shape->count; i++)
        buffer_format(out, "%s%.*s", i == 0 ? "" : " ", STR_ARGS(shape->names[i]));
}

static void print_retrieve(const Program *program, const RetrieveSite *site, Buffer *out) {
    const char *class = program->model->class_name(site->retrieve.type);
    buffer_format(out, "[%s", class == NULL ? "" : class);
    if (site->steady && !value_is_null(site->retrieve.codes)) {
        buffer_add_text(out, ": ");
        print_constant(program, site->retrieve.codes, out);
    }
    buffer_add_char(out, ']');
}

static void print_order(const SortOrder *order, Buffer *out) {
    for (uint32_t i = 0; i < order->count; i++)
        buffer_format(out, "%s%s", i == 0 ? "" : " ",
                      order->descending[i] ? "descending" : "ascending");
}

static void print_payload(const Program *program, const Instruction *at, char kind, Buffer *out) {
    switch (kind) {
    case 'k': print_constant(program, *at->constant, out); break;
    case 'd': print_definition(program->defines[at->index].definition, out); break;
    case 'p': print_definition(program->parameter_code[at->index].definition, out); break;
    case 'f': print_definition(program->function_code[at->index].definition, out); break;
    case 'o':
        buffer_format(out, "%s(%s)", at->overload->name, at->overload->operands);
        break;
    case 'v': print_conversion(program, at->conversion, out); break;
    case 'y': buffer_add(out, at->test->name); break;
    case 's': print_names(at->shape, out); break;
    case 'm': buffer_add_text(out, program->model->class_name(at->instance->type)); break;
    case 'r': print_retrieve(program, at->site, out); break;
    case 'q': print_order(at->order, out); break;
    case 't': buffer_format(out, "-> %u", (unsigned)at->index); break;
    default: buffer_format(out, "%u", (unsigned)at->index); break;
    }
}

static void print_operand(const Program *program, const Instruction *at, char kind, Buffer *out) {
    switch (kind) {
    case 'a': buffer_format(out, "r%u", (unsigned)at->a); break;
    case 'b': buffer_format(out, "r%u", (unsigned)at->b); break;
    case 'c': buffer_format(out, "r%u", (unsigned)at->c); break;
    case 'n': buffer_format(out, "%u", (unsigned)at->c); break;
    case 'x': buffer_format(out, "flags %u", (unsigned)at->flags); break;
    default: print_payload(program, at, kind, out); break;
    }
}

/* ---- procedures ---- */

static void print_instruction(const Program *program, uint32_t number, Buffer *out) {
    const Instruction *at = &program->code[number];
    const Span *span = &program->spans[number];
    buffer_format(out, "%6u %4u:%-4u %-18s", (unsigned)number, (unsigned)span->line,
                  (unsigned)span->column, opcode_names[at->opcode]);
    for (const char *kind = opcode_operands[at->opcode]; *kind != '\0'; kind++) {
        buffer_add_char(out, ' ');
        print_operand(program, at, *kind, out);
    }
    buffer_add_char(out, '\n');
}

static void print_code(const Program *program, const Procedure *procedure, Buffer *out) {
    buffer_format(out, ": %u locals, %u registers\n", (unsigned)procedure->slot_count,
                  (unsigned)procedure->register_count);
    for (uint32_t i = 0; i < procedure->count; i++)
        print_instruction(program, procedure->start + i, out);
    buffer_add_char(out, '\n');
}

static void print_procedure(const Program *program, const char *kind, const Procedure *procedure,
                            Buffer *out) {
    if (procedure->definition == NULL) return;
    buffer_format(out, "%s ", kind);
    print_definition(procedure->definition, out);
    print_code(program, procedure, out);
}

void program_print(const Program *program, Buffer *out) {
    for (uint32_t i = 0; i < program->parameter_count; i++)
        print_procedure(program, "parameter", &program->parameter_code[i], out);
    for (uint32_t i = 0; i < program->function_count; i++)
        print_procedure(program, "function", &program->function_code[i], out);
    for (uint32_t i = 0; i < program->define_count; i++)
        print_procedure(program, "define", &program->define_code[i], out);
    for (uint32_t i = 0; i < program->shared_count; i++) {
        buffer_format(out, "shared %u, in ", (unsigned)i);
        print_definition(program->shared_code[i].definition, out);
        print_code(program, &program->shared_code[i], out);
    }
}
