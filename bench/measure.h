/* measure.h - what the benchmarks in C share. */
#ifndef ISLET_BENCH_MEASURE_H
#define ISLET_BENCH_MEASURE_H

#include <stdint.h>

#include "base/str.h"

/* All further work of the calling thread is done on the core that it is on; on all again. */
void measure_on_one_core(void);
void measure_on_all_cores(void);

/* The content of a file, for the rest of the program, padded for the parser; empty on an error. */
Str measure_file(const char *path);

/* The next line at or after *at, without its end; false past the last. */
bool measure_line(Str text, size_t *at, Str *line);
uint32_t measure_count_lines(Str text);

/* Seconds of a shell command; negative when its exit status is neither 0 nor `allowed`. */
double measure_command(const char *command, int allowed);

/* Seconds since some moment. */
double measure_now(void);

/* The lesser of the two; of 0 and a time, the time. */
double measure_least(double a, double b);

/* "what    12345 records/s   0.345 of the parser" */
void measure_print(const char *what, uint32_t records, double seconds, double parser_seconds);

#endif
