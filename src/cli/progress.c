/* progress.c - one line on standard error, drawn over itself. */
#define _POSIX_C_SOURCE 200809L
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

static const int64_t SECOND_NS = 1000000000;

Progress progress_begin(void) {
    return (Progress){ .visible = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) != 1,
                       .begun_ns = clock_monotonic_ns() };
}

void progress_show(Progress *progress, uint64_t done) {
    if (!progress->visible) return;
    int64_t now = clock_monotonic_ns(), passed = now - progress->begun_ns;
    if (passed < SECOND_NS || now - progress->shown_ns < SECOND_NS / 5) return;
    progress->shown_ns = now;
    progress->drawn = true;
    fprintf(stderr, "\r%" PRIu64 " records, %" PRIu64 " a second ", done,
            done * 1000 / (uint64_t)(passed / 1000000));
}

void progress_end(Progress *progress) {
    if (progress->drawn) fputs("\r\033[K", stderr);
}
