/* option_values.h - values of options that are no plain words: moments, sizes, numbers. */
#ifndef ISLET_CLI_OPTION_VALUES_H
#define ISLET_CLI_OPTION_VALUES_H

#include "value/value.h"

/* A whole Date, or a DateTime to the minute or finer, without an offset at the one given; NULL:
 * the present moment. */
bool parse_moment(const char *text, int16_t offset, Value *out);

/* The DateTime that a moment is: a Date is its midnight. */
Value moment_datetime(Value moment, int16_t offset);

/* "+01:00", "-05:30", "Z", in minutes; NULL: UTC. */
bool parse_offset(const char *text, int16_t *out);

/* "64MB", up to 1 GB; NULL: `otherwise`. */
bool parse_size(const char *text, size_t otherwise, size_t *out);

/* "10", "10s", "500ms", up to a day, in milliseconds; NULL: 0. */
bool parse_duration(const char *text, int64_t *milliseconds);

/* A whole number from 1 to `most`; NULL: `otherwise`. */
bool parse_count(const char *text, uint32_t otherwise, uint32_t most, uint32_t *out);

#endif
