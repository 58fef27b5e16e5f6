/* clock.h - the only place that asks the machine for the time. */
#ifndef ISLET_BASE_CLOCK_H
#define ISLET_BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_now_ms(void);

/* Nanoseconds of a clock that never goes back, for measuring. */
int64_t clock_monotonic_ns(void);

#endif
