/* parser_rate.h - the JSON parser alone, as the limit that islet is measured against. */
#ifndef ISLET_BENCH_PARSER_RATE_H
#define ISLET_BENCH_PARSER_RATE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Seconds that simdjson's dom::parser::parse takes for all lines of `text`, one after the
 * other with one parser.  64 readable bytes must stand behind the text.  Negative: a line
 * is no JSON. */
double parser_seconds(const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
