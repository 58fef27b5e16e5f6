/* feed_fuzz.c - any bytes as a file of records: plain, gzip or Zstandard, a Bundle, NDJSON or
 * Bulk Data.  The end is reached; every item has a text or an error with its place. */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fhir/feed.h"
#include "fhir/input.h"

enum { LONGEST = 1 << 16 };

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "feed: %s\n", what);
    abort();
}

static char path[] = "/tmp/islet-feed-XXXXXX";

static void remove_file(void) { unlink(path); }

static void write_file(const uint8_t *data, size_t size) {
    static FILE *file;
    if (file == NULL) {
        int descriptor = mkstemp(path);
        require(descriptor >= 0 && atexit(remove_file) == 0, "no temporary file");
        file = fdopen(descriptor, "wb");
    }
    rewind(file);
    require(ftruncate(fileno(file), 0) == 0, "no room for the file");
    require(fwrite(data, 1, size, file) == size && fflush(file) == 0, "no room for the file");
}

static void check_item(const FeedItem *item, uint32_t number) {
    require(item->number == number, "a number is left out");
    if (item->text.data != NULL) {
        require(item->line > 0, "a record without a line");
        require(item->text.length <= 2 * LONGEST, "a record that is too long");
    } else {
        require(item->error.code != NULL && item->error.message.length > 0,
                "an error that says nothing");
        require(item->error.file.length > 0, "an error of no file");
    }
}

/* A whole file is read or refused, with a reason. */
static void check_whole(void) {
    Arena *arena = arena_new(16 << 20);
    Str text;
    const char *reason = NULL;
    if (setjmp(*arena_guard(arena)) == 0 &&
        !input_read_file(arena, path, LONGEST, &text, &reason))
        require(reason != NULL && reason[0] != '\0', "refused without a reason");
    arena_unguard(arena);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *const paths[] = { path };
    FeedItem item;
    write_file(data, size);
    RecordFeed *feed = record_feed_new(paths, 1, LONGEST);
    require(feed != NULL, "no memory for a feed");
    for (uint32_t number = 1; record_feed_next(feed, &item); number++) {
        check_item(&item, number);
        require(record_feed_done(feed) <= 1, "more is done than there is to do");
    }
    record_feed_left_out(feed);
    record_feed_free(feed);
    check_whole();
    return 0;
}
