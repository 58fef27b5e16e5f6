/* spool.c - a file that is unlinked as soon as it is open, so that nothing of it stays.
 *
 * It is in $TMPDIR, or else in /tmp.  Writing goes through a buffer; reading is by place. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAITING = 256 * 1024, PATH_BYTES = 4096 };

typedef struct Head {
    uint64_t before;
    uint64_t length;
} Head;

struct Spool {
    int descriptor;
    uint64_t written; /* bytes in the file; those in `waiting` come after */
    size_t waiting_count;
    char waiting[WAITING];
};

static int open_nameless(void) {
    char path[PATH_BYTES];
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0') folder = "/tmp";
    int length = snprintf(path, sizeof path, "%s/islet-XXXXXX", folder);
    if (length < 0 || (size_t)length >= sizeof path) return errno = ENAMETOOLONG, -1;
    int descriptor = mkstemp(path);
    if (descriptor >= 0) unlink(path);
    return descriptor;
}

static bool write_all(Spool *spool, const char *data, size_t length) {
    while (length > 0) {
        ssize_t got = write(spool->descriptor, data, length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        data += got;
        length -= (size_t)got;
        spool->written += (uint64_t)got;
    }
    return true;
}

static bool flush(Spool *spool) {
    size_t count = spool->waiting_count;
    spool->waiting_count = 0;
    return write_all(spool, spool->waiting, count);
}

static bool put(Spool *spool, const void *data, size_t length) {
    if (length > WAITING - spool->waiting_count && !flush(spool)) return false;
    if (length > WAITING) return write_all(spool, data, length);
    if (length != 0) memcpy(spool->waiting + spool->waiting_count, data, length);
    spool->waiting_count += length;
    return true;
}

Spool *spool_new(void) {
    Spool *spool = malloc(sizeof *spool);
    if (spool == NULL) return NULL;
    spool->written = spool->waiting_count = 0;
    spool->descriptor = open_nameless();
    /* The first piece must not stand at SPOOL_NONE. */
    if (spool->descriptor >= 0 && put(spool, "islet", 5)) return spool;
    free(spool);
    return NULL;
}

void spool_free(Spool *spool) {
    if (spool == NULL) return;
    close(spool->descriptor);
    free(spool);
}

bool spool_add(Spool *spool, Str text, uint64_t *last) {
    Head head = { *last, text.length };
    *last = spool->written + spool->waiting_count;
    return put(spool, &head, sizeof head) && put(spool, text.data, text.length);
}

static bool read_all(const Spool *spool, uint64_t place, void *into, size_t length) {
    char *to = into;
    while (length > 0) {
        ssize_t got = pread(spool->descriptor, to, length, (off_t)place);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return errno = got < 0 ? errno : EIO, false;
        to += got;
        place += (uint64_t)got;
        length -= (size_t)got;
    }
    return true;
}

bool spool_read(Spool *spool, Arena *arena, uint64_t place, Str *text, uint64_t *before) {
    Head head;
    if (spool->waiting_count != 0 && !flush(spool)) return false;
    if (!read_all(spool, place, &head, sizeof head)) return false;
    char *data = arena_alloc(arena, head.length);
    *text = (Str){ data, head.length };
    *before = head.before;
    return read_all(spool, place + sizeof head, data, head.length);
}
