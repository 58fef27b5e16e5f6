/* path_items.c - collections of FHIRPath: elements of items, System values, equality. */
#include "cql/path_tree.h"
#include "value/compare.h"

Items items_none(void) { return (Items){ 0, NULL }; }

Items items_list(const ItemList *list) { return (Items){ (uint32_t)list->count, list->items }; }

void items_add(PathRun *run, ItemList *list, Items items) {
    for (uint32_t i = 0; i < items.count; i++)
        if (!value_is_null(items.items[i])) vec_push(run->eval->arena, list, items.items[i]);
}

Items items_of(PathRun *run, Value value) {
    if (value_is_null(value)) return items_none();
    if (value.tag != TAG_LIST)
        return (Items){ 1, arena_copy(run->eval->arena, &value, sizeof value) };
    ItemList list = { 0 };
    items_add(run, &list, (Items){ value.list->count, value.list->items });
    return items_list(&list);
}

Items items_boolean(PathRun *run, bool boolean) { return items_of(run, value_boolean(boolean)); }

/* ---- types ---- */

static bool class_is(const Model *model, ModelType class, ModelType super) {
    while (class != super && class != MODEL_NO_TYPE) class = model->base(class);
    return class == super;
}

bool path_is(const PathRun *run, Value item, const PathType *type) {
    if (!type->known) return false;
    if (type->system) return type->tag == TAG_NULL || item.tag == type->tag;
    return item.tag == TAG_NODE && class_is(run->model, (ModelType)item.aux, type->class);
}

/* ---- elements ---- */

bool path_element(PathRun *run, Value item, Str name, Items *out) {
    ModelProperty property;
    Value value;
    *out = items_none();
    if (item.tag == TAG_QUANTITY && str_is(name, "value")) {
        *out = items_of(run, item.quantity->value);
    } else if (item.tag == TAG_QUANTITY && str_is(name, "unit")) {
        *out = items_of(run, value_string(item.quantity->unit));
    } else if (item.tag == TAG_NODE && run->model != NULL &&
               run->model->find_property((ModelType)item.aux, name, &property)) {
        if (!run->model->get(run->eval, item, property.id, &value)) return false;
        *out = items_of(run, value);
    }
    return true;
}

bool path_elements(PathRun *run, Items items, Str name, Items *out) {
    ItemList list = { 0 };
    for (uint32_t i = 0; i < items.count; i++) {
        Items found;
        if (!path_element(run, items.items[i], name, &found)) return false;
        items_add(run, &list, found);
    }
    *out = items_list(&list);
    return true;
}

/* ---- System values ---- */

/* The element `value` of a primitive, which is a System value. */
static bool find_primitive(const PathRun *run, ModelType class, ModelProperty *property) {
    return run->model->find_property(class, STR("value"), property) &&
           property->type_count == 1 && property->types[0] >= MODEL_SYSTEM;
}

static Operator find_quantity(const PathRun *run, ModelType class) {
    for (; class != MODEL_NO_TYPE; class = run->model->base(class))
        for (uint32_t i = 0; i < run->model->conversion_count; i++) {
            const ModelConversion *row = &run->model->conversions[i];
            if (row->from == class && !row->only_called &&
                str_is(str_from(row->to), "System.Quantity"))
                return row->convert;
        }
    return NULL;
}

bool path_system(PathRun *run, Value item, Value *out) {
    ModelProperty property;
    *out = item;
    if (item.tag != TAG_NODE || run->model == NULL) return true;
    if (find_primitive(run, (ModelType)item.aux, &property))
        return run->model->get(run->eval, item, property.id, out);
    Operator convert = find_quantity(run, (ModelType)item.aux);
    return convert == NULL || convert(run->eval, &item, out);
}

static bool fail_many(PathRun *run, const PathNode *node, uint32_t count) {
    return eval_fail(run->eval, "not-a-singleton",
                     "one value was expected in column %u, but there are %u", node->span.column,
                     count);
}

bool path_single(PathRun *run, const PathNode *node, Items items, Value *out) {
    *out = value_null();
    if (items.count == 0) return true;
    if (items.count > 1) return fail_many(run, node, items.count);
    return path_system(run, items.items[0], out);
}

bool path_truth(PathRun *run, const PathNode *node, Items items, Value *out) {
    if (!path_single(run, node, items, out)) return false;
    if (!value_is_null(*out) && out->tag != TAG_BOOLEAN) *out = value_boolean(true);
    return true;
}

/* ---- equality ---- */

bool path_equal(PathRun *run, Value a, Value b, Value *equal) {
    Value x, y;
    if (!path_step(run) || !path_system(run, a, &x) || !path_system(run, b, &y)) return false;
    *equal = value_equal(run->eval, x, y);
    return run->eval->error_code == NULL;
}

bool path_equivalent(PathRun *run, Value a, Value b) {
    Value x, y;
    if (!path_system(run, a, &x) || !path_system(run, b, &y)) return false;
    return value_is_true(value_equivalent(run->eval, x, y));
}

bool path_has(PathRun *run, Items items, Value item, bool *has) {
    *has = false;
    for (uint32_t i = 0; i < items.count && !*has; i++) {
        Value equal;
        if (!path_equal(run, items.items[i], item, &equal)) return false;
        *has = value_is_true(equal);
    }
    return true;
}

bool path_distinct(PathRun *run, Items items, Items *out) {
    ItemList list = { 0 };
    for (uint32_t i = 0; i < items.count; i++) {
        bool has;
        if (!path_has(run, items_list(&list), items.items[i], &has)) return false;
        if (!has) vec_push(run->eval->arena, &list, items.items[i]);
    }
    *out = items_list(&list);
    return true;
}
