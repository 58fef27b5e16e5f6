/* measure.c - see measure.h. */
#define _GNU_SOURCE
#include "measure.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static cpu_set_t all_cores;

void measure_on_one_core(void) {
    cpu_set_t set;
    sched_getaffinity(0, sizeof all_cores, &all_cores);
    CPU_ZERO(&set);
    CPU_SET(sched_getcpu(), &set);
    sched_setaffinity(0, sizeof set, &set);
}

void measure_on_all_cores(void) { sched_setaffinity(0, sizeof all_cores, &all_cores); }

Str measure_file(const char *path) {
    enum { PADDING = 64 };
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file == NULL) return STR("");
    if (fseek(file, 0, SEEK_END) == 0) size = ftell(file);
    char *text = size < 0 ? NULL : calloc((size_t)size + PADDING, 1);
    rewind(file);
    size_t length = text == NULL ? 0 : fread(text, 1, (size_t)size, file);
    fclose(file);
    return (Str){ text == NULL ? "" : text, length };
}

bool measure_line(Str text, size_t *at, Str *line) {
    if (*at >= text.length) return false;
    const char *end = memchr(text.data + *at, '\n', text.length - *at);
    size_t length = end == NULL ? text.length - *at : (size_t)(end - text.data) - *at;
    *line = (Str){ text.data + *at, length };
    *at += length + 1;
    return true;
}

uint32_t measure_count_lines(Str text) {
    uint32_t count = 0;
    Str line;
    for (size_t at = 0; measure_line(text, &at, &line);) count++;
    return count;
}

double measure_now(void) { return (double)clock_monotonic_ns() / 1e9; }

double measure_command(const char *command, int allowed) {
    double begun = measure_now();
    int status = system(command);
    return status == 0 || status == allowed << 8 ? measure_now() - begun : -1;
}

double measure_least(double a, double b) { return a == 0 || b < a ? b : a; }

void measure_print(const char *what, uint32_t records, double seconds, double parser_seconds) {
    printf("%-48s %9.0f records/s   %.3f of the parser\n", what, records / seconds,
           parser_seconds / seconds);
}
