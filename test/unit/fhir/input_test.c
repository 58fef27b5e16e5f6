/* input_test.c - bytes of plain and packed files, read in pieces of any size. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/input.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "check.h"

enum { LONG_TEXT = 700000, LIMIT = 1 << 20 };

static Arena *arena;
static char text[LONG_TEXT];
static char path[64];

static void write_file(const void *bytes, size_t length) {
    strcpy(path, "/tmp/islet-input-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
}

/* What reading in pieces gives; *sound false after an error. */
static Str read_pieces(size_t piece, bool *sound) {
    Buffer out = buffer_new(arena);
    char *into = arena_alloc(arena, piece);
    Input *input = input_open(path);
    size_t got;
    while ((*sound = input_read(input, into, piece, &got))) {
        buffer_add(&out, (Str){ into, got });
        if (got < piece) break;
    }
    CHECK(*sound || input_error(input) != NULL);
    input_close(input);
    unlink(path);
    return buffer_str(&out);
}

static void reads(const void *bytes, size_t length, Str expected) {
    static const size_t pieces[] = { 1000, 4096, 256 * 1024, LONG_TEXT, LONG_TEXT + 1 };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        bool sound;
        write_file(bytes, length);
        Str got = read_pieces(pieces[i], &sound);
        CHECK(sound && str_equal(got, expected));
    }
}

static size_t pack_gzip(const char *from, size_t length, unsigned char *into, size_t size) {
    z_stream z = { 0 };
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (unsigned char *)from;
    z.avail_in = (uInt)length;
    z.next_out = into;
    z.avail_out = (uInt)size;
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return size - z.avail_out;
}

static void plain_files(void) {
    reads(text, LONG_TEXT, (Str){ text, LONG_TEXT });
    reads("", 0, STR(""));
    reads("\x1F", 1, STR("\x1F"));
    reads("{}", 2, STR("{}"));
}

static void gzip_of_one_and_of_several_members(void) {
    unsigned char *packed = arena_alloc(arena, LONG_TEXT);
    size_t half = pack_gzip(text, LONG_TEXT / 2, packed, LONG_TEXT);
    reads(packed, half, (Str){ text, LONG_TEXT / 2 });
    size_t whole = half + pack_gzip(text + LONG_TEXT / 2, LONG_TEXT / 2, packed + half,
                                    LONG_TEXT - half);
    reads(packed, whole, (Str){ text, LONG_TEXT });
    reads(packed, pack_gzip("", 0, packed, LONG_TEXT), STR(""));
}

static void zstandard_of_one_and_of_several_frames(void) {
    unsigned char *packed = arena_alloc(arena, 2 * LONG_TEXT);
    size_t half = ZSTD_compress(packed, LONG_TEXT, text, LONG_TEXT / 2, 3);
    reads(packed, half, (Str){ text, LONG_TEXT / 2 });
    half += ZSTD_compress(packed + half, LONG_TEXT, text + LONG_TEXT / 2, LONG_TEXT / 2, 3);
    reads(packed, half, (Str){ text, LONG_TEXT });
}

static void fails(const void *bytes, size_t length, const char *reason) {
    bool sound;
    write_file(bytes, length);
    Input *input = input_open(path);
    char *into = arena_alloc(arena, LIMIT);
    size_t got;
    sound = input_read(input, into, LIMIT, &got);
    CHECK(!sound && strstr(input_error(input), reason) != NULL);
    input_close(input);
    unlink(path);
}

static void damaged_files(void) {
    unsigned char *packed = arena_alloc(arena, LONG_TEXT);
    size_t length = pack_gzip(text, LONG_TEXT, packed, LONG_TEXT);
    fails(packed, length - 9, "too early");
    packed[length / 2] ^= 0xFF;
    packed[length / 2 + 1] ^= 0xFF;
    fails(packed, length, "damaged");
    length = ZSTD_compress(packed, LONG_TEXT, text, LONG_TEXT, 3);
    fails(packed, length - 9, "too early");
    memset(packed + 4, 0xFF, 40);
    fails(packed, length, "damaged");
}

static void whole_files_up_to_a_limit(void) {
    Str got;
    const char *reason = "";
    write_file(text, LONG_TEXT);
    CHECK(input_read_file(arena, path, LONG_TEXT, &got, &reason) && got.length == LONG_TEXT);
    CHECK(!input_read_file(arena, path, LONG_TEXT - 1, &got, &reason));
    CHECK(strstr(reason, "too long") != NULL);
    unlink(path);
    CHECK(!input_read_file(arena, path, LIMIT, &got, &reason) && reason[0] != '\0');
}

int main(void) {
    arena = arena_new((size_t)1 << 30);
    for (uint32_t i = 0; i < LONG_TEXT; i++) text[i] = (char)('a' + (i * i / 7 + i) % 26);
    RUN(plain_files);
    RUN(gzip_of_one_and_of_several_members);
    RUN(zstandard_of_one_and_of_several_frames);
    RUN(damaged_files);
    RUN(whole_files_up_to_a_limit);
    arena_free(arena);
    return check_report();
}
