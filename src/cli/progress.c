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

static void draw_bar(double share, int64_t passed) {
    enum { WIDTH = 24 };
    char bar[WIDTH + 1];
    int full = (int)(share * WIDTH);
    for (int i = 0; i < WIDTH; i++) bar[i] = i < full ? '#' : '.';
    bar[WIDTH] = '\0';
    fprintf(stderr, "[%s] %3d %%  ", bar, (int)(share * 100));
    int64_t left = share > 0 ? (int64_t)((double)passed * (1 - share) / share) / SECOND_NS : 0;
    if (share > 0) fprintf(stderr, "%" PRId64 ":%02" PRId64 " left  ", left / 60, left % 60);
}

void progress_show(Progress *progress, uint64_t records, double share) {
    if (!progress->visible) return;
    int64_t now = clock_monotonic_ns(), passed = now - progress->begun_ns;
    if (passed < SECOND_NS || now - progress->shown_ns < SECOND_NS / 5) return;
    progress->shown_ns = now;
    progress->drawn = true;
    fputs("\r\033[K", stderr);
    if (share >= 0) draw_bar(share > 1 ? 1 : share, passed);
    fprintf(stderr, "%" PRIu64 " records, %" PRIu64 " a second ", records,
            records * 1000 / (uint64_t)(passed / 1000000));
}

void progress_end(Progress *progress) {
    if (progress->drawn) fputs("\r\033[K", stderr);
}
