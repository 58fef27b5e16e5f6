/* list.c - the operators of lists.  Parts of a list share its items. */
#include "value/compare.h"
#include "value/members.h"
#include "value/operators.h"

static Value unknown_or(bool known, bool answer) {
    return known ? value_boolean(answer) : value_null();
}

static Value view(Eval *eval, const Value *items, uint32_t count) {
    List list = { count, items };
    return (Value){ .tag = TAG_LIST, .list = arena_copy(eval->arena, &list, sizeof list) };
}

bool exists_list(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_boolean(false);
    if (value_is_null(arguments[0])) return true;
    const List *list = arguments[0].list;
    for (uint32_t i = 0; i < list->count && !result->boolean; i++)
        result->boolean = !value_is_null(list->items[i]);
    return true;
}

/* Equal, but null is equal to null and to nothing else. */
static Value same(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b))
        return value_boolean(value_is_null(a) && value_is_null(b));
    return value_equal(eval, a, b);
}

static Value holds(Eval *eval, const List *list, Value element) {
    bool known = true;
    if (!eval_charge(eval, list->count)) return value_null();
    for (uint32_t i = 0; i < list->count; i++) {
        Value equal = same(eval, list->items[i], element);
        if (value_is_true(equal)) return equal;
        if (value_is_null(equal)) known = false;
    }
    return unknown_or(known, false);
}

static bool find_element(Eval *eval, Value list, Value element, Value *result) {
    *result = value_is_null(list) ? value_boolean(false) : holds(eval, list.list, element);
    return eval->error_code == NULL;
}

bool in_list(Eval *eval, const Value *arguments, Value *result) {
    return find_element(eval, arguments[1], arguments[0], result);
}

bool contains_element(Eval *eval, const Value *arguments, Value *result) {
    return find_element(eval, arguments[0], arguments[1], result);
}

/* Does the list hold every element of the part? */
static Value holds_all(Eval *eval, const List *list, const List *part) {
    bool known = true;
    if (part->count == 0) return value_boolean(true);
    Members members = members_new(eval, list->count);
    for (uint32_t i = 0; i < list->count; i++) members_add(&members, list->items[i]);
    for (uint32_t i = 0; i < part->count; i++) {
        if (members_has(&members, part->items[i])) continue;
        Value found = holds(eval, list, part->items[i]);
        if (value_is_false(found)) return found;
        known = false;
    }
    return unknown_or(known, true);
}

static bool include(Eval *eval, Value list, Value part, bool properly, Value *result) {
    *result = value_null();
    if (value_is_null(list) || value_is_null(part)) return true;
    if (properly && list.list->count <= part.list->count) *result = value_boolean(false);
    else *result = holds_all(eval, list.list, part.list);
    return eval->error_code == NULL;
}

bool includes_list(Eval *eval, const Value *arguments, Value *result) {
    return include(eval, arguments[0], arguments[1], false, result);
}

bool included_in_list(Eval *eval, const Value *arguments, Value *result) {
    return include(eval, arguments[1], arguments[0], false, result);
}

bool properly_includes_list(Eval *eval, const Value *arguments, Value *result) {
    return include(eval, arguments[0], arguments[1], true, result);
}

bool properly_included_in_list(Eval *eval, const Value *arguments, Value *result) {
    return include(eval, arguments[1], arguments[0], true, result);
}

/* Does the list hold something other than the element?  Whether null is, is unknown,
 * except beside null itself. */
static Value holds_another(Eval *eval, const List *list, Value element) {
    bool known = true;
    for (uint32_t i = 0; i < list->count; i++) {
        Value item = list->items[i];
        Value equal = value_is_null(element) ? same(eval, item, element)
                                             : value_equal(eval, item, element);
        if (value_is_false(equal)) return value_boolean(true);
        if (value_is_null(equal)) known = false;
    }
    return unknown_or(known, false);
}

static bool properly_hold(Eval *eval, Value list, Value element, Value *result) {
    *result = value_boolean(false);
    if (value_is_null(list)) return true;
    Value held = holds(eval, list.list, element), other = holds_another(eval, list.list, element);
    *result = value_is_false(held) || value_is_false(other)
                  ? value_boolean(false)
                  : unknown_or(value_is_true(held) && value_is_true(other), true);
    return eval->error_code == NULL;
}

bool properly_contains_element(Eval *eval, const Value *arguments, Value *result) {
    return properly_hold(eval, arguments[0], arguments[1], result);
}

bool properly_in_list(Eval *eval, const Value *arguments, Value *result) {
    return properly_hold(eval, arguments[1], arguments[0], result);
}

static const List *list_or_empty(Value list) {
    static const List empty = { 0, NULL };
    return value_is_null(list) ? &empty : list.list;
}

static void add_all(Members *members, const List *list) {
    for (uint32_t i = 0; i < list->count; i++) members_add(members, list->items[i]);
}

bool union_lists(Eval *eval, const Value *arguments, Value *result) {
    const List *a = list_or_empty(arguments[0]), *b = list_or_empty(arguments[1]);
    if (a->count > UINT32_MAX - b->count) arena_give_up(eval->arena);
    Members members = members_new(eval, a->count + b->count);
    add_all(&members, a);
    add_all(&members, b);
    *result = view(eval, members.items, members.count);
    return eval->error_code == NULL;
}

/* Each element of a once that is in b, or is not. */
static bool select_elements(Eval *eval, const List *a, const List *b, bool wanted, Value *result) {
    Members in_b = members_new(eval, b->count), chosen = members_new(eval, a->count);
    add_all(&in_b, b);
    for (uint32_t i = 0; i < a->count; i++)
        if (members_has(&in_b, a->items[i]) == wanted) members_add(&chosen, a->items[i]);
    *result = view(eval, chosen.items, chosen.count);
    return eval->error_code == NULL;
}

bool intersect_lists(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    return select_elements(eval, arguments[0].list, arguments[1].list, true, result);
}

bool except_lists(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    return select_elements(eval, arguments[0].list, list_or_empty(arguments[1]), false, result);
}

bool distinct_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    Members members = members_new(eval, arguments[0].list->count);
    add_all(&members, arguments[0].list);
    *result = view(eval, members.items, members.count);
    return eval->error_code == NULL;
}

static uint64_t flat_count(const List *list) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        Value item = list->items[i];
        count += item.tag == TAG_LIST ? item.list->count : !value_is_null(item);
    }
    return count;
}

/* Elements that are no lists stay; null lists are empty. */
bool flatten_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const List *list = arguments[0].list;
    uint64_t count = flat_count(list);
    if (count > UINT32_MAX) arena_give_up(eval->arena);
    Value *items = arena_array(eval->arena, count, sizeof *items), *next = items;
    for (uint32_t i = 0; i < list->count; i++) {
        Value item = list->items[i];
        if (item.tag == TAG_LIST)
            for (uint32_t j = 0; j < item.list->count; j++) *next++ = item.list->items[j];
        else if (!value_is_null(item))
            *next++ = item;
    }
    *result = view(eval, items, (uint32_t)count);
    return true;
}

static Value item_at(Value list, int64_t index) {
    if (value_is_null(list) || index < 0 || index >= list.list->count) return value_null();
    return list.list->items[index];
}

bool first_of_list(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = item_at(arguments[0], 0);
    return true;
}

bool last_of_list(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    Value list = arguments[0];
    *result = item_at(list, value_is_null(list) ? 0 : (int64_t)list.list->count - 1);
    return true;
}

bool element_at(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = arguments[1].tag == TAG_INTEGER ? item_at(arguments[0], arguments[1].integer)
                                              : value_null();
    return true;
}

bool index_of_element(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    const List *list = arguments[0].list;
    *result = value_integer(-1);
    for (uint32_t i = 0; i < list->count && result->integer < 0; i++)
        if (value_is_true(value_equal(eval, list->items[i], arguments[1])))
            *result = value_integer(i);
    return eval->error_code == NULL;
}

bool singleton_from(Eval *eval, const Value *arguments, Value *result) {
    Value list = arguments[0];
    *result = item_at(list, 0);
    if (value_is_null(list) || list.list->count <= 1) return true;
    return eval_fail(eval, "not-a-singleton",
                     "singleton from: the list has %u elements, at most one was expected",
                     list.list->count);
}

/* The elements from `from` up to `to`, both brought within the list. */
static Value part(Eval *eval, const List *list, int64_t from, int64_t to) {
    int64_t count = list->count;
    from = from < 0 ? 0 : from > count ? count : from;
    to = to < from ? from : to > count ? count : to;
    return view(eval, list->count == 0 ? NULL : list->items + from, (uint32_t)(to - from));
}

bool skip_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    const List *list = arguments[0].list;
    int64_t skipped = arguments[1].tag == TAG_INTEGER ? arguments[1].integer : 0;
    *result = part(eval, list, skipped < 0 ? list->count : skipped, list->count);
    return true;
}

bool take_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    int64_t taken = arguments[1].tag == TAG_INTEGER ? arguments[1].integer : 0;
    *result = part(eval, arguments[0].list, 0, taken);
    return true;
}

bool tail_list(Eval *eval, const Value *arguments, Value *result) {
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    *result = part(eval, arguments[0].list, 1, arguments[0].list->count);
    return true;
}

/* A negative index counts from the end; null is `missing`. */
static int64_t slice_index(Value index, int64_t missing, uint32_t count) {
    if (index.tag != TAG_INTEGER) return missing;
    return index.integer < 0 ? index.integer + count : index.integer;
}

static bool slice(Eval *eval, Value list, Value start, Value end, Value *result) {
    *result = value_null();
    if (value_is_null(list)) return true;
    uint32_t count = list.list->count;
    *result = part(eval, list.list, slice_index(start, 0, count), slice_index(end, count, count));
    return true;
}

bool slice_all(Eval *eval, const Value *arguments, Value *result) {
    return slice(eval, arguments[0], value_null(), value_null(), result);
}

bool slice_from(Eval *eval, const Value *arguments, Value *result) {
    return slice(eval, arguments[0], arguments[1], value_null(), result);
}

bool slice_between(Eval *eval, const Value *arguments, Value *result) {
    return slice(eval, arguments[0], arguments[1], arguments[2], result);
}

bool length_list(Eval *eval, const Value *arguments, Value *result) {
    (void)eval;
    *result = value_integer(list_or_empty(arguments[0])->count);
    return true;
}
