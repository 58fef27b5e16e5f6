/* members.c - see members.h.  Open addressing, at most half full.
 *
 * Values that are equal have equal hashes: numbers are hashed as Decimals, times at one
 * offset.  Kinds whose equality is not that of their parts (quantities, intervals) share one
 * hash each and are told apart by comparing; the model says what tells its instances apart. */
#include "value/members.h"

#include "value/compare.h"
#include "value/decimal.h"
#include "value/time.h"

/* Of a value that is nested or long the beginning tells enough. */
enum { HASH_DEPTH = 4, HASH_ITEMS = 64, HASH_INNER_ITEMS = 4 };

static uint32_t mix(uint32_t hash, uint64_t bits) {
    bits = (bits ^ hash) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(bits >> 32);
}

static uint32_t hash_number(Value value) {
    __int128 units = value.tag == TAG_DECIMAL ? decimal_units(value)
                                              : (__int128)value.integer * DECIMAL_UNIT;
    return mix((uint32_t)(units >> 64), (uint64_t)units);
}

static uint32_t hash_time(Value value) {
    if (value.tag == TAG_DATETIME && value.flags >= PRECISION_HOUR)
        value = time_at_offset(value, 0);
    return mix(0, (uint64_t)value.packed);
}

static uint32_t hash_node(const Eval *eval, Value node) {
    bool told = eval->nodes != NULL && eval->nodes->hash != NULL;
    return told ? eval->nodes->hash(node) : node.tag;
}

static uint32_t hash(const Eval *eval, Value value, int depth);

static uint32_t hash_items(const Eval *eval, const Value *items, uint32_t count, int depth) {
    uint32_t result = count, most = depth == 0 ? HASH_ITEMS : HASH_INNER_ITEMS;
    for (uint32_t i = 0; i < count && i < most && depth < HASH_DEPTH; i++)
        result = mix(result, hash(eval, items[i], depth + 1));
    return result;
}

static uint32_t hash(const Eval *eval, Value value, int depth) {
    switch (value.tag) {
    case TAG_BOOLEAN: return value.boolean;
    case TAG_INTEGER:
    case TAG_LONG:
    case TAG_DECIMAL: return hash_number(value);
    case TAG_UNCERTAINTY: return hash(eval, value.uncertainty->low, depth);
    case TAG_STRING: return str_hash(value_str(value));
    case TAG_DATE:
    case TAG_DATETIME:
    case TAG_TIME: return hash_time(value);
    case TAG_CODE: return str_hash(value.code->code);
    case TAG_LIST: return hash_items(eval, value.list->items, value.list->count, depth);
    case TAG_TUPLE: return hash_items(eval, value.tuple->items, value.tuple->shape->count, depth);
    case TAG_NODE: return hash_node(eval, value);
    default: return value.tag;
    }
}

Members members_new(Eval *eval, uint32_t capacity) {
    uint32_t slots = 8;
    while (slots / 2 < capacity && slots < 1u << 31) slots *= 2;
    return (Members){ .eval = eval,
                      .items = arena_array(eval->arena, capacity, sizeof(Value)),
                      .table = arena_array(eval->arena, slots, sizeof(uint32_t)),
                      .mask = slots - 1 };
}

static bool same(Eval *eval, Value a, Value b) {
    if (value_is_null(a) || value_is_null(b)) return value_is_null(a) && value_is_null(b);
    if (a.tag == TAG_NODE && a.tag == b.tag && a.aux == b.aux && a.node == b.node) return true;
    return value_is_true(value_equal(eval, a, b));
}

/* The slot of the value in the table, or the free slot where it would stand; some other when the
 * evaluation has no steps left to look further. */
static uint32_t find(const Members *members, Value value) {
    uint32_t slot = hash(members->eval, value, 0) & members->mask, place;
    while ((place = members->table[slot]) != 0 && eval_charge(members->eval, 1) &&
           !same(members->eval, members->items[place - 1], value))
        slot = (slot + 1) & members->mask;
    return slot;
}

bool members_has(const Members *members, Value value) {
    return members->table[find(members, value)] != 0;
}

uint32_t members_add(Members *members, Value value) {
    uint32_t slot = find(members, value);
    if (members->table[slot] == 0) {
        members->items[members->count++] = value;
        members->table[slot] = members->count;
    }
    return members->table[slot] - 1;
}
