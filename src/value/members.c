/* members.c - see members.h.  Open addressing, at most half full. */
#include "value/members.h"

#include "value/compare.h"

static bool hashes(Value value) {
    return value.tag == TAG_STRING || value.tag == TAG_INTEGER || value.tag == TAG_LONG ||
           value.tag == TAG_BOOLEAN;
}

static uint32_t hash(Value value) {
    if (value.tag == TAG_STRING) return str_hash(value_str(value));
    uint64_t bits = value.tag == TAG_BOOLEAN ? value.boolean : (uint64_t)value.integer;
    bits *= 0x9E3779B97F4A7C15u;
    return (uint32_t)(bits >> 32);
}

Members members_new(Eval *eval, uint32_t capacity) {
    uint32_t slots = 8;
    while (slots / 2 < capacity && slots < 1u << 31) slots *= 2;
    return (Members){ .eval = eval,
                      .items = arena_array(eval->arena, capacity, sizeof(Value)),
                      .capacity = capacity,
                      .table = arena_array(eval->arena, slots, sizeof(uint32_t)),
                      .mask = slots - 1,
                      .others = arena_array(eval->arena, capacity, sizeof(uint32_t)) };
}

static bool equal(const Members *members, uint32_t place, Value value) {
    return value_is_true(value_equal(members->eval, members->items[place], value));
}

/* The slot of the value in the table, or the free slot where it would stand. */
static uint32_t find(const Members *members, Value value) {
    uint32_t slot = hash(value) & members->mask;
    while (members->table[slot] != 0 && !equal(members, members->table[slot] - 1, value))
        slot = (slot + 1) & members->mask;
    return slot;
}

static bool has_other(const Members *members, Value value) {
    for (uint32_t i = 0; i < members->other_count; i++)
        if (equal(members, members->others[i], value)) return true;
    return false;
}

/* A number may equal one of another type, which does not hash. */
bool members_has(const Members *members, Value value) {
    if (value_is_null(value)) return members->has_null;
    if (hashes(value)) {
        if (members->table[find(members, value)] != 0) return true;
        return value.tag != TAG_STRING && has_other(members, value);
    }
    if (has_other(members, value)) return true;
    if (value.tag != TAG_DECIMAL && value.tag != TAG_UNCERTAINTY) return false;
    for (uint32_t i = 0; i < members->count; i++)
        if (equal(members, i, value)) return true;
    return false;
}

void members_add(Members *members, Value value) {
    if (members_has(members, value)) return;
    uint32_t place = members->count++;
    members->items[place] = value;
    if (value_is_null(value)) members->has_null = true;
    else if (hashes(value)) members->table[find(members, value)] = place + 1;
    else members->others[members->other_count++] = place;
}
