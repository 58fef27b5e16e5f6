/* str_list.h - lists of texts, and sets: lists that hold each text once, in the order in which
 * they came.  Both are small: a set is searched from its beginning. */
#ifndef ISLET_REASON_STR_LIST_H
#define ISLET_REASON_STR_LIST_H

#include "base/str.h"
#include "base/vec.h"
#include "json/json.h"

typedef struct StrList {
    uint32_t count;
    const Str *items;
} StrList;

bool str_list_holds(StrList list, Str item);
/* As an array of that key. */
void str_list_write_json(JsonWriter *w, const char *key, StrList list);

typedef VEC(Str) StrSet;

void str_set_add(Arena *arena, StrSet *set, Str item);
void str_set_add_all(Arena *arena, StrSet *set, StrList list);
/* As a list, which lives until the set's next item. */
StrList str_set_list(const StrSet *set);

#endif
