/* run_convert.c - implicit conversions of any depth, and casts.
 *
 * Conversions nest as deeply as the type does that was written, no deeper. */
#include "cql/run.h"

static bool convert_list(Run *run, const Conversion *part, Value value, Value *result) {
    if (value.tag != TAG_LIST) return true;
    const List *list = value.list;
    Value *items = arena_array(run->eval->arena, list->count, sizeof *items);
    for (uint32_t i = 0; i < list->count; i++)
        if (!run_convert(run, part, list->items[i], &items[i])) return false;
    List *made = arena_alloc(run->eval->arena, sizeof *made);
    *made = (List){ list->count, items };
    *result = (Value){ .tag = TAG_LIST, .list = made };
    return run_charge(run, list->count);
}

static bool convert_interval(Run *run, const Conversion *conversion, Value value, Value *result) {
    if (value.tag != TAG_INTERVAL) return true;
    Interval interval = *value.interval;
    const Type *to = conversion->to->element;
    if (!run_convert(run, conversion->part, interval.low, &interval.low) ||
        !run_convert(run, conversion->part, interval.high, &interval.high))
        return false;
    if (to != NULL && to->kind == TYPE_SYSTEM) interval.point = to->tag;
    *result = value_interval(run->eval->arena, interval);
    return true;
}

static bool convert_to_list(Run *run, const Conversion *part, Value value, Value *result) {
    Value item = value;
    if (part != NULL && !run_convert(run, part, value, &item)) return false;
    *result = value_list(run->eval->arena, &item, 1);
    return true;
}

static bool convert_choice(Run *run, const Conversion *conversion, Value value, Value *result) {
    for (uint32_t i = 0; i < conversion->count; i++) {
        const Conversion *part = conversion->parts[i];
        if (type_holds(run->program->model, part->from, value))
            return run_convert(run, part, value, result);
    }
    return true;
}

bool run_convert(Run *run, const Conversion *conversion, Value value, Value *result) {
    *result = value_null();
    if (value_is_null(value)) return true;
    switch (conversion->kind) {
    case CONVERT_OPERATOR: return conversion->function(run->eval, &value, result);
    case CONVERT_LIST: return convert_list(run, conversion->part, value, result);
    case CONVERT_INTERVAL: return convert_interval(run, conversion, value, result);
    case CONVERT_TO_LIST: return convert_to_list(run, conversion->part, value, result);
    case CONVERT_CHOICE: return convert_choice(run, conversion, value, result);
    case CONVERT_AS:
        if (type_holds(run->program->model, conversion->to, value)) *result = value;
        return true;
    }
    return true;
}

bool run_cast(Run *run, const TypeTest *test, Value value, Value *result) {
    if (!value_is_null(value) && !type_holds(run->program->model, test->type, value))
        return eval_fail(run->eval, "wrong-type", "the value is no %.*s", STR_ARGS(test->name));
    *result = value;
    return true;
}
