/* str_list.h - lists of texts, and sets: lists that hold each text once, in the order in which
 * they came.  Both are small: a set is searched from its beginning. */
#ifndef ISLET_REASON_STR_LIST_H
#define ISLET_REASON_STR_LIST_H

#include "base/str.h"
#include "base/vec.h"

typedef struct StrList {
    uint32_t count;
    const Str *items;
} StrList;

typedef VEC(Str) StrSet;

bool str_list_holds(StrList list, Str item);

void str_set_add(Arena *arena, StrSet *set, Str item);
void str_set_add_all(Arena *arena, StrSet *set, StrList list);
/* As a list, which lives until the set's next item. */
StrList str_set_list(const StrSet *set);

#endif
