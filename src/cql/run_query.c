/* run_query.c - retrieves, rows of queries, sorting.
 *
 * Rows are gathered on one stack, since queries nest; a query takes its own off the top.
 * Sorting is a merge sort of the elements' numbers, so that equal ones keep their order. */
#include <string.h>

#include "cql/run.h"
#include "value/compare.h"
#include "value/time.h"

/* ---- retrieves ---- */

static bool retrieve(Run *run, const Retrieve *retrieve, Value *result) {
    const Source *source = run->source;
    *result = value_list(run->eval->arena, NULL, 0);
    return source == NULL || source->retrieve(source->self, run->eval, retrieve, result);
}

bool run_retrieve(Run *run, const RetrieveSite *site, Value codes, Value *result) {
    if (!site->steady) {
        Retrieve wanted = site->retrieve;
        wanted.codes = codes;
        if (value_is_null(codes)) {
            *result = value_list(run->eval->arena, NULL, 0);
            return true;
        }
        return retrieve(run, &wanted, result);
    }
    Slot *slot = &run->retrieved[site->number];
    if (slot->record != run->record) {
        if (!retrieve(run, &site->retrieve, &slot->value)) return false;
        slot->record = run->record;
    }
    *result = slot->value;
    return true;
}

/* ---- rows ---- */

void run_add(Run *run, Value row) {
    enum { FIRST_ROWS = 64 };
    if (run->row_count == run->row_capacity) {
        uint32_t capacity = run->row_capacity == 0 ? FIRST_ROWS : run->row_capacity * 2;
        if (capacity > UINT32_MAX / 4) arena_give_up(run->eval->arena);
        Value *rows = arena_alloc(run->eval->arena, capacity * sizeof *rows);
        if (run->row_count > 0) memcpy(rows, run->rows, run->row_count * sizeof *rows);
        run->rows = rows;
        run->row_capacity = capacity;
    }
    run->rows[run->row_count++] = row;
}

bool run_collect(Run *run, uint32_t from, bool distinct, Value *result) {
    uint32_t count = run->row_count - from;
    Value *rows = count == 0 ? NULL : run->rows + from;
    if (count > 1 && distinct && !run_distinct(run, rows, &count)) return false;
    *result = value_list(run->eval->arena, rows, count);
    run->row_count = from;
    return true;
}

/* ---- sorting ---- */

typedef struct Sort {
    Run *run;
    const SortOrder *order;
    const Value *keys; /* order->count of each element */
} Sort;

/* Of dates that are not precise enough to tell, the earlier one is that which may begin first. */
static int compare_imprecise(Value a, Value b) {
    bool dated = a.tag == TAG_DATE || a.tag == TAG_DATETIME || a.tag == TAG_TIME;
    if (!dated || a.tag != b.tag) return 0;
    Precision finest = time_finest((Tag)a.tag);
    Value order = time_compare(time_low_boundary(a, finest), time_low_boundary(b, finest),
                               PRECISION_NONE);
    if (order.tag == TAG_INTEGER && order.integer != 0) return order.integer < 0 ? -1 : 1;
    return (int)time_precision(a) - (int)time_precision(b);
}

static int compare_keys(const Sort *sort, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return (int)value_is_null(b) - (int)value_is_null(a);
    Value order = value_compare(sort->run->eval, a, b);
    if (order.tag != TAG_INTEGER) return compare_imprecise(a, b);
    return order.integer < 0 ? -1 : order.integer > 0;
}

static bool comes_after(const Sort *sort, uint32_t a, uint32_t b) {
    uint32_t count = sort->order->count;
    for (uint32_t i = 0; i < count; i++) {
        int order = compare_keys(sort, sort->keys[a * count + i], sort->keys[b * count + i]);
        if (order != 0) return sort->order->descending[i] ? order < 0 : order > 0;
    }
    return false;
}

static void merge(const Sort *sort, const uint32_t *from, uint32_t *to, uint32_t left,
                  uint32_t middle, uint32_t right) {
    uint32_t a = left, b = middle;
    for (uint32_t i = left; i < right; i++) {
        bool second = b < right && (a == middle || comes_after(sort, from[a], from[b]));
        to[i] = second ? from[b++] : from[a++];
    }
}

/* The numbers of the elements in order. */
static const uint32_t *sorted_numbers(const Sort *sort, uint32_t count) {
    Arena *arena = sort->run->eval->arena;
    uint32_t *from = arena_array(arena, count, sizeof *from);
    uint32_t *to = arena_array(arena, count, sizeof *to);
    for (uint32_t i = 0; i < count; i++) from[i] = i;
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t left = 0; left < count; left += 2 * width) {
            uint32_t middle = left + width < count ? left + width : count;
            uint32_t right = middle + width < count ? middle + width : count;
            merge(sort, from, to, left, middle, right);
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    return from;
}

bool run_sort(Run *run, const SortOrder *order, Value list, uint32_t from, Value *result) {
    enum { STEPS_OF_ELEMENT = 16 };
    uint32_t count = list.list->count;
    const Value *items = list.list->items;
    const Value *keys = order->itself || count == 0 ? items : run->rows + from;
    *result = list;
    if (!run_charge(run, (uint64_t)count * STEPS_OF_ELEMENT)) return false;
    if (count > 1) {
        Sort sort = { run, order, keys };
        const uint32_t *numbers = sorted_numbers(&sort, count);
        Value *sorted = arena_array(run->eval->arena, count, sizeof *sorted);
        for (uint32_t i = 0; i < count; i++) sorted[i] = items[numbers[i]];
        List *made = arena_alloc(run->eval->arena, sizeof *made);
        *made = (List){ count, sorted };
        *result = (Value){ .tag = TAG_LIST, .list = made };
    }
    run->row_count = from;
    return run->eval->error_code == NULL;
}
