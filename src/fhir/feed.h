/* feed.h - the records of files, folders and standard input, one after the other.
 *
 * A file holds Bundles, a record each (one, or NDJSON), or bare resources as Bulk Data has them;
 * the first thing in it tells which.  Records of Bundles come as they stand; those that are
 * gathered from bare resources come behind, since all files must be read for them.  Of a
 * folder the files that folder.h names are read. */
#ifndef ISLET_FHIR_FEED_H
#define ISLET_FHIR_FEED_H

#include "base/diagnostic.h"

typedef struct RecordFeed RecordFeed;

/* A record, or what is in place of one. */
typedef struct FeedItem {
    Str file, text; /* text.data NULL: it cannot be read, see error */
    uint32_t line, number; /* number: among all, from 1 */
    Diagnostic error;
} FeedItem;

/* The paths must outlive the feed.  NULL when out of memory. */
RecordFeed *record_feed_new(const char *const *paths, size_t count, size_t max_record);
void record_feed_free(RecordFeed *feed); /* NULL is allowed */

/* False: there is none left.  What is given lives until the next call. */
bool record_feed_next(RecordFeed *feed, FeedItem *item);

/* How much of the work is done, between 0 and 1; negative: not known (standard input). */
double record_feed_done(const RecordFeed *feed);

/* How many bare resources were left out because they belong to no patient of the files. */
uint32_t record_feed_left_out(const RecordFeed *feed);

#endif
