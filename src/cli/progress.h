/* progress.h - how far long work over many records is, on a terminal only. */
#ifndef ISLET_CLI_PROGRESS_H
#define ISLET_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Progress {
    bool visible; /* standard error is a terminal and standard output is none */
    bool drawn;
    int64_t begun_ns, shown_ns;
} Progress;

Progress progress_begin(void);
/* Shows the count of records and the rate, and, where `share` of the work that is done is known
 * (between 0 and 1, else negative), a bar and the time left; at most some times a second and
 * not in the first second. */
void progress_show(Progress *progress, uint64_t records, double share);
/* Removes the line. */
void progress_end(Progress *progress);

#endif
