/* run_distinct.c - taking out duplicates, as `distinct` says: equal, or both null. */
#include <string.h>

#include "cql/run.h"
#include "value/members.h"

bool run_distinct(Run *run, Value *items, uint32_t *count) {
    Members members = members_new(run->eval, *count);
    for (uint32_t i = 0; i < *count; i++) members_add(&members, items[i]);
    memcpy(items, members.items, members.count * sizeof *items);
    *count = members.count;
    return run->eval->error_code == NULL;
}
