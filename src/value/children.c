/* children.c - what a structured value is made of: the values of its elements.
 *
 * Those of a list stand in its place, one by one; nulls are left out.  Descendants are the
 * children, then the children of these, and so on, level by level. */
#include "base/vec.h"
#include "value/operators.h"

typedef VEC(Value) Values;

static void add(Arena *arena, Values *out, Value value) {
    if (value.tag == TAG_LIST) {
        for (uint32_t i = 0; i < value.list->count; i++)
            if (!value_is_null(value.list->items[i])) vec_push(arena, out, value.list->items[i]);
    } else if (!value_is_null(value)) {
        vec_push(arena, out, value);
    }
}

static void add_text(Arena *arena, Values *out, Str text) {
    if (text.length > 0) vec_push(arena, out, value_string(text));
}

static void add_code(Arena *arena, Values *out, const Code *code) {
    add_text(arena, out, code->code);
    add_text(arena, out, code->system);
    add_text(arena, out, code->version);
    add_text(arena, out, code->display);
}

static void add_concept(Arena *arena, Values *out, const Concept *concept) {
    for (uint32_t i = 0; i < concept->count; i++)
        vec_push(arena, out, ((Value){ .tag = TAG_CODE, .code = &concept->codes[i] }));
    add_text(arena, out, concept->display);
}

static void add_reference(Arena *arena, Values *out, const Reference *reference) {
    add_text(arena, out, reference->id);
    add_text(arena, out, reference->version);
    add_text(arena, out, reference->name);
    for (uint32_t i = 0; i < reference->system_count; i++)
        vec_push(arena, out,
                 ((Value){ .tag = TAG_CODESYSTEM, .reference = &reference->systems[i] }));
}

static bool add_of_node(Eval *eval, Value node, Values *out) {
    Value children = value_null();
    if (eval->nodes == NULL || eval->nodes->children == NULL) return true;
    if (!eval->nodes->children(eval, node, &children)) return false;
    add(eval->arena, out, children);
    return true;
}

static bool add_children(Eval *eval, Value value, Values *out) {
    Arena *arena = eval->arena;
    switch (value.tag) {
    case TAG_QUANTITY:
        add(arena, out, value.quantity->value);
        add_text(arena, out, value.quantity->unit);
        break;
    case TAG_RATIO:
        add(arena, out, value.ratio->numerator);
        add(arena, out, value.ratio->denominator);
        break;
    case TAG_CODE: add_code(arena, out, value.code); break;
    case TAG_CONCEPT: add_concept(arena, out, value.concept); break;
    case TAG_VALUESET:
    case TAG_CODESYSTEM: add_reference(arena, out, value.reference); break;
    case TAG_TUPLE:
        for (uint32_t i = 0; i < value.tuple->shape->count; i++)
            add(arena, out, value.tuple->items[i]);
        break;
    case TAG_LIST:
        for (uint32_t i = 0; i < value.list->count; i++)
            if (value.list->items[i].tag != TAG_LIST &&
                !add_children(eval, value.list->items[i], out))
                return false;
        break;
    case TAG_NODE: return add_of_node(eval, value, out);
    default: break;
    }
    return true;
}

static bool gather(Eval *eval, Value value, bool all, Value *result) {
    Values found = { 0 };
    *result = value_null();
    if (value_is_null(value)) return true;
    if (!add_children(eval, value, &found)) return false;
    for (size_t i = 0; all && i < found.count; i++)
        if (!add_children(eval, found.items[i], &found)) return false;
    *result = value_list(eval->arena, found.items, (uint32_t)found.count);
    return true;
}

bool children_of_value(Eval *eval, const Value *arguments, Value *result) {
    return gather(eval, arguments[0], false, result);
}

bool descendants_of_value(Eval *eval, const Value *arguments, Value *result) {
    return gather(eval, arguments[0], true, result);
}
