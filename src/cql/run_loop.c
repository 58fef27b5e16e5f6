/* run_loop.c - the loop over instructions. */
#include <string.h>

#include "cql/run.h"
#include "value/compare.h"
#include "value/interval.h"

/* Copies a value by halves: operators have just written it so, and a load of the whole would
 * wait until both are in the cache. */
static inline void set(Value *to, const Value *from) {
    uint64_t first, second;
    memcpy(&first, from, sizeof first);
    memcpy(&second, (const char *)from + sizeof first, sizeof second);
    memcpy(to, &first, sizeof first);
    memcpy((char *)to + sizeof first, &second, sizeof second);
}

static Value and_of(Value a, Value b) {
    if (value_is_false(a) || value_is_false(b)) return value_boolean(false);
    return value_is_true(a) && value_is_true(b) ? value_boolean(true) : value_null();
}

static Value or_of(Value a, Value b) {
    if (value_is_true(a) || value_is_true(b)) return value_boolean(true);
    return value_is_false(a) && value_is_false(b) ? value_boolean(false) : value_null();
}

static Value implies_of(Value a, Value b) {
    if (value_is_false(a) || value_is_true(b)) return value_boolean(true);
    return value_is_true(a) && value_is_false(b) ? value_boolean(false) : value_null();
}

static Value element_of(Value tuple, uint32_t index) {
    if (tuple.tag != TAG_TUPLE || index >= tuple.tuple->shape->count) return value_null();
    return tuple.tuple->items[index];
}

static Value item_of(Value list, uint32_t index) {
    if (list.tag != TAG_LIST || index >= list.list->count) return value_null();
    return list.list->items[index];
}

static bool property_of(Run *run, Value node, uint32_t property, Value *result) {
    *result = value_null();
    if (node.tag != TAG_NODE) return true;
    return run->program->model->get(run->eval, node, property, result);
}

static bool interval_of(Run *run, const Instruction *at, const Value *bounds, Value *result) {
    return interval_make(run->eval, bounds[0], at->flags & INTERVAL_LOW_CLOSED, bounds[1],
                         at->flags & INTERVAL_HIGH_CLOSED, (Tag)at->index, result);
}

static bool make_of(Run *run, const InstanceShape *shape, const Value *values, Value *result) {
    return run->program->model->make(run->eval, shape->type, shape->count, shape->properties,
                                     values, result);
}

static Value context_of(Run *run) {
    if (run->source == NULL) return value_null();
    return run->source->context(run->source->self, run->eval);
}

static bool call(Run *run, const Instruction *at, Value *frame) {
    const Procedure *procedure = &run->program->function_code[at->index];
    return run_call(run, procedure, &frame[at->b], at->c, &frame[at->a]);
}

static void tell(const Tracer *tracer, const Instruction *at, const Value *value) {
    if (at->opcode == CODE_TRACE_BEGIN)
        tracer->begin(tracer->self, at->index);
    else if (at->opcode == CODE_TRACE_END)
        tracer->end(tracer->self, at->index, at->flags == TRACE_NO_VALUE ? NULL : value);
    else
        tracer->row(tracer->self, at->index, at->c, *value);
}

/* The next row; false past the last.  A value that is no list is one row. */
static bool next_row(Value rows, Value *place, Value *row) {
    bool list = rows.tag == TAG_LIST;
    int64_t count = list ? rows.list->count : 1;
    if (place->integer >= count) return false;
    set(row, list ? &rows.list->items[place->integer] : &rows);
    place->integer++;
    return true;
}

/* After a step was taken of none: the refill counts it. */
static bool refill(Run *run) {
    if (run_refill(run)) return true;
    run->steps = 0;
    return false;
}

/* Most conversions and tests are of these kinds. */
static bool convert(Run *run, const Conversion *conversion, Value value, Value *result) {
    if (conversion->kind != CONVERT_OPERATOR || value_is_null(value))
        return run_convert(run, conversion, value, result);
    *result = value_null();
    return conversion->function(run->eval, &value, result);
}

static bool holds(const Run *run, const Type *type, Value value) {
    if (type->kind == TYPE_CLASS && value.tag == TAG_NODE && value.aux == type->class) return true;
    return type_holds(run->program->model, type, value);
}

bool run_execute(Run *run, const Procedure *procedure, Value *r, Value *result) {
    const Instruction *code = run->program->code, *at, *next = code + procedure->start;
    for (;;) {
        at = next++;
        bool sound = true;
        if (run->steps-- == 0 && !refill(run)) break;
        switch ((Opcode)at->opcode) {
        case CODE_CONSTANT: set(&r[at->a], at->constant); break;
        case CODE_HERE:
            r[at->a] = *at->constant;
            r[at->a].offset = run->eval->offset;
            break;
        case CODE_MOVE: set(&r[at->a], &r[at->b]); break;
        case CODE_DEFINE: sound = run_define_value(run, at->index, &r[at->a]); break;
        case CODE_PARAMETER: sound = run_parameter_value(run, at->index, &r[at->a]); break;
        case CODE_SHARED: sound = run_shared_value(run, at->index, &r[at->a]); break;
        case CODE_CONTEXT: r[at->a] = context_of(run); break;
        case CODE_CALL: sound = call(run, at, r); break;
        case CODE_RETURN: set(result, &r[at->b]); return true;
        case CODE_OPERATE: {
            Value value = value_null();
            sound = at->overload->function(run->eval, &r[at->b], &value);
            set(&r[at->a], &value);
            break;
        }
        case CODE_EQUAL:
            r[at->a] = value_equal(run->eval, r[at->b], r[at->c]);
            sound = run->eval->error_code == NULL;
            break;
        case CODE_AND: r[at->a] = and_of(r[at->b], r[at->c]); break;
        case CODE_OR: r[at->a] = or_of(r[at->b], r[at->c]); break;
        case CODE_IMPLIES: r[at->a] = implies_of(r[at->b], r[at->c]); break;
        case CODE_JUMP: next = code + at->index; break;
        case CODE_JUMP_IF_TRUE:
            if (value_is_true(r[at->b])) next = code + at->index;
            break;
        case CODE_JUMP_IF_FALSE:
            if (value_is_false(r[at->b])) next = code + at->index;
            break;
        case CODE_JUMP_UNLESS_TRUE:
            if (!value_is_true(r[at->b])) next = code + at->index;
            break;
        case CODE_JUMP_UNLESS_FALSE:
            if (!value_is_false(r[at->b])) next = code + at->index;
            break;
        case CODE_JUMP_IF_NULL:
            if (value_is_null(r[at->b])) next = code + at->index;
            break;
        case CODE_CONVERT: sound = convert(run, at->conversion, r[at->b], &r[at->a]); break;
        case CODE_IS: r[at->a] = value_boolean(holds(run, at->test->type, r[at->b])); break;
        case CODE_AS:
            if (holds(run, at->test->type, r[at->b])) set(&r[at->a], &r[at->b]);
            else r[at->a] = value_null();
            break;
        case CODE_CAST: sound = run_cast(run, at->test, r[at->b], &r[at->a]); break;
        case CODE_ELEMENT: r[at->a] = element_of(r[at->b], at->index); break;
        case CODE_PROPERTY: sound = property_of(run, r[at->b], at->index, &r[at->a]); break;
        case CODE_INTERVAL: {
            Value value = value_null();
            sound = interval_of(run, at, &r[at->b], &value);
            r[at->a] = value;
            break;
        }
        case CODE_LIST: r[at->a] = value_list(run->eval->arena, &r[at->b], at->c); break;
        case CODE_TUPLE:
            r[at->a] = value_tuple(run->eval->arena, at->shape, &r[at->b]);
            break;
        case CODE_MAKE: {
            Value value = value_null();
            sound = make_of(run, at->instance, &r[at->b], &value);
            r[at->a] = value;
            break;
        }
        case CODE_RETRIEVE: sound = run_retrieve(run, at->site, r[at->b], &r[at->a]); break;
        case CODE_START: r[at->a] = value_integer(0); break;
        case CODE_NEXT:
            if (!next_row(r[at->b], &r[at->c], &r[at->a])) next = code + at->index;
            break;
        case CODE_GATHER: r[at->a] = value_integer(run->row_count); break;
        case CODE_ADD: run_add(run, r[at->b]); break;
        case CODE_COLLECT:
            sound = run_collect(run, (uint32_t)r[at->b].integer, at->flags & COLLECT_DISTINCT,
                                &r[at->a]);
            break;
        case CODE_SORT:
            sound = run_sort(run, at->order, r[at->b], (uint32_t)r[at->c].integer, &r[at->a]);
            break;
        case CODE_ITEM: r[at->a] = item_of(r[at->b], at->index); break;
        case CODE_INCREMENT: r[at->a].integer++; break;
        case CODE_TRACE_BEGIN:
        case CODE_TRACE_END:
        case CODE_TRACE_ROW:
            if (run->tracer != NULL) tell(run->tracer, at, &r[at->b]);
            break;
        case CODE_COUNT: __builtin_unreachable();
        }
        if (!sound) break;
    }
    return run_fail(run, procedure, at);
}
