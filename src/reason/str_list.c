/* str_list.c - see str_list.h. */
#include "reason/str_list.h"

bool str_list_holds(StrList list, Str item) {
    for (uint32_t i = 0; i < list.count; i++)
        if (str_equal(list.items[i], item)) return true;
    return false;
}

void str_list_write_json(JsonWriter *w, const char *key, StrList list) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < list.count; i++) json_write_str(w, list.items[i]);
    json_end_array(w);
}

void str_set_add(Arena *arena, StrSet *set, Str item) {
    if (!str_list_holds(str_set_list(set), item)) vec_push(arena, set, item);
}

void str_set_add_all(Arena *arena, StrSet *set, StrList list) {
    for (uint32_t i = 0; i < list.count; i++) str_set_add(arena, set, list.items[i]);
}

StrList str_set_list(const StrSet *set) {
    return (StrList){ (uint32_t)set->count, set->items };
}
