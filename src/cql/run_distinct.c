/* run_distinct.c - taking out duplicates, as `distinct` says: equal, or both null.
 *
 * Lists of one simple type are told apart by a hash table.  Others are compared pair by
 * pair, which is charged as steps. */
#include "cql/run.h"
#include "value/compare.h"

static bool is_simple(Value value) {
    return value.tag == TAG_BOOLEAN || value.tag == TAG_INTEGER || value.tag == TAG_LONG ||
           value.tag == TAG_STRING;
}

static bool all_simple(const Value *items, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!is_simple(items[i]) || items[i].tag != items[0].tag) return false;
    return true;
}

/* Of two simple values of one type. */
static bool same_simple(Value a, Value b) {
    if (a.tag == TAG_STRING) return str_equal(value_str(a), value_str(b));
    if (a.tag == TAG_BOOLEAN) return a.boolean == b.boolean;
    return a.integer == b.integer;
}

static uint32_t hash_simple(Value value) {
    if (value.tag == TAG_STRING) return str_hash(value_str(value));
    uint64_t bits = value.tag == TAG_BOOLEAN ? value.boolean : (uint64_t)value.integer;
    return (uint32_t)((bits * 0x9E3779B97F4A7C15u) >> 32);
}

static bool is_same(Run *run, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return a.tag == b.tag;
    if (a.tag == b.tag && is_simple(a)) return same_simple(a, b);
    if (a.tag == TAG_NODE && b.tag == TAG_NODE && a.node == b.node) return true;
    return value_is_true(value_equal(run->eval, a, b));
}

static bool distinct_by_pairs(Run *run, Value *items, uint32_t *count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t j = 0;
        if (!run_charge(run, kept)) return false;
        while (j < kept && !is_same(run, items[j], items[i])) j++;
        if (j == kept) items[kept++] = items[i];
    }
    *count = kept;
    return run->eval->error_code == NULL;
}

static bool distinct_by_hash(Run *run, Value *items, uint32_t *count) {
    uint32_t size = 16, kept = 0;
    while (size < *count * 2) size *= 2;
    uint32_t *table = arena_array(run->eval->arena, size, sizeof *table);
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t at = hash_simple(items[i]) & (size - 1);
        while (table[at] != 0 && !same_simple(items[table[at] - 1], items[i]))
            at = (at + 1) & (size - 1);
        if (table[at] != 0) continue;
        items[kept++] = items[i];
        table[at] = kept;
    }
    *count = kept;
    return run_charge(run, *count);
}

bool run_distinct(Run *run, Value *items, uint32_t *count) {
    enum { FEW = 16 };
    if (*count > FEW && all_simple(items, *count)) return distinct_by_hash(run, items, count);
    return distinct_by_pairs(run, items, count);
}
