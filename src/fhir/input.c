/* input.c - one reader over three ways of unpacking: none, zlib's, zstd's.
 *
 * Packed bytes wait in `packed`; the unpacker takes them from there and puts what they hold
 * where the caller wants it.  Memory is that of one window, whatever the file holds. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED = 128 * 1024, MAGIC = 4, LARGEST_WINDOW_LOG = 27 };

typedef enum Packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD } Packing;

struct Input {
    FILE *file;
    Packing packing;
    bool begun, at_end; /* at_end: the file has no more bytes to read */
    bool within;        /* a gzip member or Zstandard frame is not yet complete */
    const char *error;
    uint64_t position;
    z_stream gzip;
    ZSTD_DStream *zstd;
    size_t start, end; /* packed[start .. end) waits */
    unsigned char packed[PACKED];
};

Input *input_open(const char *path) {
    Input *input = calloc(1, sizeof *input);
    if (input == NULL) return NULL;
    input->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (input->file != NULL) return input;
    free(input);
    return NULL;
}

void input_close(Input *input) {
    if (input == NULL) return;
    if (input->packing == PACKING_GZIP) inflateEnd(&input->gzip);
    ZSTD_freeDStream(input->zstd);
    if (input->file != stdin) fclose(input->file);
    free(input);
}

const char *input_error(const Input *input) { return input->error; }
uint64_t input_position(const Input *input) { return input->position; }

static bool fail(Input *input, const char *reason) {
    input->error = reason;
    return false;
}

/* ---- packed bytes ---- */

static bool read_bytes(Input *input, void *into, size_t size, size_t *got) {
    *got = fread(into, 1, size, input->file);
    input->position += *got;
    input->at_end = *got < size && feof(input->file);
    return !ferror(input->file) || fail(input, strerror(errno));
}

/* Moves what waits to the front and reads more behind it. */
static bool refill(Input *input) {
    size_t got, waiting = input->end - input->start;
    memmove(input->packed, input->packed + input->start, waiting);
    input->start = 0;
    input->end = waiting;
    if (!read_bytes(input, input->packed + waiting, PACKED - waiting, &got)) return false;
    input->end += got;
    return true;
}

static bool starts_with(const Input *input, const char *magic, size_t length) {
    return input->end - input->start >= length &&
           memcmp(input->packed + input->start, magic, length) == 0;
}

static bool begin(Input *input) {
    input->begun = true;
    if (!refill(input)) return false;
    if (starts_with(input, "\x1F\x8B", 2)) {
        if (inflateInit2(&input->gzip, 15 + 16) != Z_OK) return fail(input, "out of memory");
        input->packing = PACKING_GZIP;
    } else if (starts_with(input, "\x28\xB5\x2F\xFD", MAGIC)) {
        input->zstd = ZSTD_createDStream();
        if (input->zstd == NULL) return fail(input, "out of memory");
        ZSTD_DCtx_setParameter(input->zstd, ZSTD_d_windowLogMax, LARGEST_WINDOW_LOG);
        input->packing = PACKING_ZSTD;
    }
    return true;
}

/* ---- unpacking: each step takes some packed bytes and gives some others ---- */

static bool step_gzip(Input *input, char *into, size_t size, size_t *got) {
    z_stream *z = &input->gzip;
    if (!input->within && inflateReset(z) != Z_OK) return fail(input, "the gzip data is damaged");
    input->within = true;
    z->next_in = input->packed + input->start;
    z->avail_in = (uInt)(input->end - input->start);
    z->next_out = (unsigned char *)into;
    z->avail_out = (uInt)(size < UINT32_MAX ? size : UINT32_MAX);
    int status = inflate(z, Z_NO_FLUSH);
    input->start = input->end - z->avail_in;
    *got = (size_t)((char *)z->next_out - into);
    if (status == Z_STREAM_END) input->within = false;
    else if (status != Z_OK && status != Z_BUF_ERROR)
        return fail(input, "the gzip data is damaged");
    return true;
}

static bool step_zstd(Input *input, char *into, size_t size, size_t *got) {
    ZSTD_inBuffer in = { input->packed + input->start, input->end - input->start, 0 };
    ZSTD_outBuffer out = { into, size, 0 };
    size_t status = ZSTD_decompressStream(input->zstd, &out, &in);
    input->start += in.pos;
    *got = out.pos;
    if (ZSTD_isError(status)) return fail(input, "the Zstandard data is damaged");
    input->within = status != 0;
    return true;
}

static bool step_plain(Input *input, char *into, size_t size, size_t *got) {
    size_t waiting = input->end - input->start;
    if (waiting == 0) return read_bytes(input, into, size, got);
    *got = waiting < size ? waiting : size;
    memcpy(into, input->packed + input->start, *got);
    input->start += *got;
    return true;
}

static bool step(Input *input, char *into, size_t size, size_t *got) {
    if (input->packing == PACKING_NONE) return step_plain(input, into, size, got);
    if (input->start == input->end && !input->at_end && !refill(input)) return false;
    if (input->start == input->end && !input->within) return *got = 0, true;
    return input->packing == PACKING_GZIP ? step_gzip(input, into, size, got)
                                          : step_zstd(input, into, size, got);
}

static bool is_over(const Input *input) { return input->at_end && input->start == input->end; }

bool input_read(Input *input, char *into, size_t size, size_t *got) {
    *got = 0;
    if (!input->begun && !begin(input)) return false;
    while (*got < size) {
        size_t more;
        bool over = is_over(input);
        if (!step(input, into + *got, size - *got, &more)) return false;
        *got += more;
        if (more != 0 || !over) continue;
        return !input->within || fail(input, "the compressed data ends too early");
    }
    return true;
}

/* ---- whole files ---- */

/* Room for the file as it is and one byte, so that a plain one is read at once. */
static size_t first_capacity(const Input *input, size_t limit) {
    struct stat about;
    if (fstat(fileno(input->file), &about) != 0 || about.st_size < PACKED) return PACKED;
    size_t bytes = (size_t)about.st_size;
    return (bytes < limit ? bytes : limit) + 1;
}

static bool read_all(Input *input, Arena *arena, size_t limit, Str *text) {
    size_t capacity = first_capacity(input, limit), length = 0, got;
    char *data = arena_alloc(arena, capacity);
    while (input_read(input, data + length, capacity - length, &got)) {
        length += got;
        *text = (Str){ data, length };
        if (length < capacity) return true;
        if (length > limit) return fail(input, "the file is too long");
        char *larger = arena_alloc(arena, capacity * 2);
        memcpy(larger, data, length);
        data = larger;
        capacity *= 2;
    }
    return false;
}

static void close_kept(void *input) { input_close(input); }

bool input_read_file(Arena *arena, const char *path, size_t limit, Str *text,
                     const char **reason) {
    Input *input = input_open(path);
    if (input == NULL) return *reason = strerror(errno), false;
    Kept *open = arena_keep(arena, input, close_kept);
    bool sound = read_all(input, arena, limit, text);
    if (sound && text->length > limit) sound = fail(input, "the file is too long");
    if (!sound) *reason = input_error(input);
    arena_release(open);
    return sound;
}
