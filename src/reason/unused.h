/* unused.h - why a resource of a record was of no use to the guideline. */
#ifndef ISLET_REASON_UNUSED_H
#define ISLET_REASON_UNUSED_H

#include "reason/evidence.h"

typedef struct Unused {
    const char *code; /* "unknown-code", "not-used"; NULL: there is nothing to say */
    Str message, hint;
} Unused;

/* `used` has a bit for each resource that was; `resource` has none.  as_of in words. */
Unused unused_reason(Evidence *evidence, const uint64_t *used, uint32_t resource, Str as_of);

#endif
