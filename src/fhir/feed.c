/* feed.c - see feed.h: first the list of files, then each as a stream, then Bulk Data. */
#define _POSIX_C_SOURCE 200809L
#include "fhir/feed.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/vec.h"
#include "fhir/bulk.h"
#include "fhir/fhir.h"
#include "fhir/folder.h"
#include "fhir/record.h"

static const size_t LIST_BYTES = (size_t)1 << 40, LOOK_BYTES = (size_t)1 << 30;

typedef struct File {
    const char *path;
    uint64_t bytes; /* 0: not known */
    Diagnostic error; /* code NULL: none */
} File;

struct RecordFeed {
    Arena *arena;         /* the list of files */
    Arena *file_arena;    /* the file at hand and its messages */
    Arena *look_arena;    /* for a look at the first record of a file */
    JsonReader *reader;
    size_t max_record;
    VEC(File) files;
    uint64_t total, before; /* bytes of all files; of those read to their end */
    bool countable;         /* the bytes of all are known */
    size_t at;              /* the next file */
    RecordStream *stream;   /* of the file before it, or NULL */
    bool bare, looked;      /* it holds bare resources; known once its first text came */
    Bulk *bulk;             /* NULL: no bare resources so far */
    uint32_t number;
};

/* ---- the list of files ---- */

static void refuse(RecordFeed *feed, const char *path, Str message, const char *hint) {
    Diagnostic error = { .severity = SEVERITY_ERROR, .code = "cannot-read", .message = message,
                         .hint = str_from(hint), .file = str_from(path),
                         .span = { 1, 1, 0, 1 } };
    File file = { .path = path, .error = error };
    vec_push(feed->arena, &feed->files, file);
}

static void add_file(RecordFeed *feed, const char *path) {
    struct stat about;
    File file = { .path = path };
    bool regular = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode);
    if (regular) file.bytes = (uint64_t)about.st_size;
    else feed->countable = false;
    feed->total += file.bytes;
    vec_push(feed->arena, &feed->files, file);
}

static void add_folder(RecordFeed *feed, const char *path) {
    FilePaths files = { 0 };
    if (!folder_list(feed->arena, path, &files))
        refuse(feed, path, str_format(feed->arena, "cannot read %s: %s", path, strerror(errno)),
               "give a file or a folder of FHIR resources");
    else if (files.count == 0)
        refuse(feed, path, str_format(feed->arena, "%s holds no records", path),
               "a folder's files are named *.json, *.ndjson or *.jsonl, with .gz or .zst behind");
    for (size_t i = 0; i < files.count; i++) add_file(feed, files.items[i]);
}

RecordFeed *record_feed_new(const char *const *paths, size_t count, size_t max_record) {
    Arena *arena = arena_new(LIST_BYTES);
    if (arena == NULL) return NULL;
    RecordFeed *feed = arena_try_alloc(arena, sizeof *feed);
    if (feed == NULL) return arena_free(arena), NULL;
    *feed = (RecordFeed){ .arena = arena, .max_record = max_record, .countable = true };
    feed->file_arena = arena_new(LIST_BYTES);
    feed->look_arena = arena_new(LOOK_BYTES);
    feed->reader = json_reader_new();
    if (feed->file_arena == NULL || feed->look_arena == NULL || feed->reader == NULL) {
        record_feed_free(feed);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (folder_is(paths[i])) add_folder(feed, paths[i]);
        else add_file(feed, paths[i]);
    }
    return feed;
}

void record_feed_free(RecordFeed *feed) {
    if (feed == NULL) return;
    record_stream_close(feed->stream);
    bulk_free(feed->bulk);
    json_reader_free(feed->reader);
    arena_free(feed->look_arena);
    arena_free(feed->file_arena);
    arena_free(feed->arena);
}

/* ---- one file ---- */

static bool fail(FeedItem *item, Diagnostic error) {
    item->text = (Str){ NULL, 0 };
    item->file = error.file;
    item->line = error.span.line;
    item->error = error;
    return true;
}

static void close_file(RecordFeed *feed) {
    record_stream_close(feed->stream);
    feed->stream = NULL;
    feed->before += feed->files.items[feed->at - 1].bytes;
}

/* Opens the next file; false when it cannot be, with the error in `item`. */
static bool open_file(RecordFeed *feed, FeedItem *item) {
    const File *file = &feed->files.items[feed->at++];
    arena_reset(feed->file_arena);
    feed->bare = feed->looked = false;
    if (file->error.code != NULL) return !fail(item, file->error);
    feed->stream = record_stream_open(feed->file_arena, str_from(file->path), feed->max_record,
                                      &item->error);
    if (feed->stream == NULL) return !fail(item, item->error);
    return true;
}

static Str file_name(const RecordFeed *feed) {
    const char *path = feed->files.items[feed->at - 1].path;
    return strcmp(path, "-") == 0 ? STR("standard input") : str_from(path);
}

/* Is the text a resource that is no Bundle?  What cannot be parsed tells nothing. */
static void look(RecordFeed *feed, Str text) {
    Diagnostic unheard;
    arena_reset(feed->look_arena);
    const Json *json = json_parse(feed->reader, feed->look_arena, text, fhir_symbol, &unheard);
    Str type = json != NULL && json->kind == JSON_OBJECT
                   ? json_text(json_get(json, "resourceType"))
                   : STR("");
    feed->looked = json != NULL;
    feed->bare =
        type.length != 0 && !str_is(type, "Bundle") && !value_is_null(fhir_resource(json));
}

static bool no_bulk(FeedItem *item, Str file) {
    return fail(item, (Diagnostic){ .severity = SEVERITY_ERROR, .code = "temporary-file",
                                    .message = str_from(strerror(errno)), .file = file,
                                    .hint = STR("give TMPDIR a folder that can be written to"),
                                    .span = { 1, 1, 0, 1 } });
}

/* Keeps a bare resource for later; true when that failed, with the error in `item`. */
static bool keep(RecordFeed *feed, FeedItem *item) {
    if (feed->bulk == NULL) feed->bulk = bulk_new(feed->max_record);
    if (feed->bulk == NULL) {
        close_file(feed);
        return no_bulk(item, item->file);
    }
    if (bulk_add(feed->bulk, item->file, item->line, item->text, &item->error)) return false;
    return fail(item, item->error);
}

/* What comes next of the open file; false: nothing to give of it now. */
static bool next_of_file(RecordFeed *feed, FeedItem *item) {
    int got = record_stream_next(feed->stream, &item->text, &item->line, &item->error);
    item->file = file_name(feed);
    if (got > 0 && item->text.data != NULL) {
        if (!feed->looked) look(feed, item->text);
        return !feed->bare || keep(feed, item);
    }
    if (got != 0) fail(item, item->error);
    if (got <= 0) close_file(feed);
    return got != 0;
}

/* ---- all ---- */

static bool next_of_bulk(RecordFeed *feed, FeedItem *item) {
    if (feed->bulk == NULL) return false;
    int got = bulk_next(feed->bulk, &item->text, &item->file, &item->line, &item->error);
    if (got < 0) fail(item, item->error);
    return got != 0;
}

bool record_feed_next(RecordFeed *feed, FeedItem *item) {
    bool given = false;
    while (!given && (feed->stream != NULL || feed->at < feed->files.count)) {
        if (feed->stream != NULL) given = next_of_file(feed, item);
        else given = !open_file(feed, item);
    }
    if (!given) given = next_of_bulk(feed, item);
    if (given) item->number = ++feed->number;
    return given;
}

double record_feed_done(const RecordFeed *feed) {
    bool reading = feed->stream != NULL || feed->at < feed->files.count;
    if (!reading && feed->bulk != NULL && bulk_patient_count(feed->bulk) != 0)
        return (double)bulk_given_count(feed->bulk) / bulk_patient_count(feed->bulk);
    if (!feed->countable || feed->total == 0) return -1;
    uint64_t done = feed->before;
    if (feed->stream != NULL) done += record_stream_position(feed->stream);
    return (double)done / (double)feed->total;
}

uint32_t record_feed_left_out(const RecordFeed *feed) {
    return feed->bulk == NULL ? 0 : bulk_left_out_count(feed->bulk);
}
