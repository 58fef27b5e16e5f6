/* name_table.h - numbers by name: filled, sorted once, then asked. */
#ifndef ISLET_REASON_NAME_TABLE_H
#define ISLET_REASON_NAME_TABLE_H

#include "base/str.h"
#include "base/vec.h"

typedef struct NamedNumber {
    Str name;
    uint32_t number;
} NamedNumber;

typedef VEC(NamedNumber) NameTable;

void name_table_add(Arena *arena, NameTable *table, Str name, uint32_t number);
void name_table_sort(NameTable *table); /* by name, then number */

/* The entries of that name, one after the other from the one returned; NULL: none. */
const NamedNumber *name_table_find(const NameTable *table, Str name, uint32_t *count);

/* The name that is most like `name`, for hints; empty when none is. */
Str name_table_nearest(const NameTable *table, Str name);

#endif
