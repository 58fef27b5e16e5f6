/* option_values.h - values of options that are no plain words: offsets, sizes, numbers. */
#ifndef ISLET_CLI_OPTION_VALUES_H
#define ISLET_CLI_OPTION_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "+01:00", "-05:30", "Z", in minutes; NULL: UTC. */
bool parse_offset(const char *text, int16_t *out);

/* "64MB", up to 1 GB; NULL: `otherwise`. */
bool parse_size(const char *text, size_t otherwise, size_t *out);

/* "10", "10s", "500ms", up to a day, in milliseconds; NULL: 0. */
bool parse_duration(const char *text, int64_t *milliseconds);

/* A whole number from 1 to `most`; NULL: `otherwise`. */
bool parse_count(const char *text, uint32_t otherwise, uint32_t most, uint32_t *out);

#endif
