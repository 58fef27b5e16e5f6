/* name_table.c - see name_table.h. */
#include "reason/name_table.h"

#include <stdlib.h>

enum { LONGEST_COMPARED = 64 };

void name_table_add(Arena *arena, NameTable *table, Str name, uint32_t number) {
    NamedNumber entry = { name, number };
    vec_push(arena, table, entry);
}

static int compare_entries(const void *a, const void *b) {
    const NamedNumber *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order != 0 ? order : x->number < y->number ? -1 : x->number > y->number;
}

void name_table_sort(NameTable *table) {
    if (table->count != 0)
        qsort(table->items, table->count, sizeof *table->items, compare_entries);
}

const NamedNumber *name_table_find(const NameTable *table, Str name, uint32_t *count) {
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(table->items[middle].name, name) < 0) low = middle + 1;
        else high = middle;
    }
    *count = 0;
    while (low + *count < table->count && str_equal(table->items[low + *count].name, name))
        (*count)++;
    return *count == 0 ? NULL : &table->items[low];
}

/* Letters to be changed, added or taken away (Levenshtein). */
static uint32_t distance(Str a, Str b) {
    uint32_t row[LONGEST_COMPARED + 1];
    for (uint32_t j = 0; j <= b.length; j++) row[j] = j;
    for (uint32_t i = 1; i <= a.length; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.length; j++) {
            uint32_t changed = diagonal + (a.data[i - 1] != b.data[j - 1]);
            diagonal = row[j];
            uint32_t more = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = changed < more ? changed : more;
        }
    }
    return row[b.length];
}

Str name_table_nearest(const NameTable *table, Str name) {
    Str nearest = { "", 0 };
    if (name.length > LONGEST_COMPARED) return nearest;
    uint32_t least = (uint32_t)name.length / 3 + 2;
    for (size_t i = 0; i < table->count; i++) {
        Str other = table->items[i].name;
        if (other.length > LONGEST_COMPARED) continue;
        uint32_t found = distance(name, other);
        if (found >= least) continue;
        least = found;
        nearest = other;
    }
    return nearest;
}
