/* record.h - one patient's record: a FHIR Bundle, read whole and indexed.
 *
 * A record is a Bundle (collection, transaction, searchset) of one patient, or a set of
 * resources of one patient gathered from Bulk Data files. */
#ifndef ISLET_FHIR_RECORD_H
#define ISLET_FHIR_RECORD_H

#include "cql/source.h"
#include "json/json.h"

typedef struct Record Record;

/* Reads a record.  `file` and `line` (of the NDJSON file, 1 for a single one) are for
 * errors.  NULL on an error: *error has code, message, hint, file, line and column, and
 * *resource "Type/id" where one is concerned (else empty).  Lives in `arena`. */
Record *record_read(JsonReader *reader, Arena *arena, Str file, uint32_t line, Str text,
                    Diagnostic *error, Str *resource);

const Json *record_patient(const Record *record);
Str record_patient_reference(const Record *record); /* "Patient/p1" */
uint32_t record_resource_count(const Record *record);
const Json *record_resource(const Record *record, uint32_t index);
Str record_reference(Arena *arena, const Json *resource); /* "Observation/ki67" */

/* Where a part of the record stands: "Observation/ki67: valueQuantity.value"; empty when
 * it is no part of it. */
Str record_place(const Record *record, Arena *arena, const Json *json);

/* Retrieval over the record.  Lives as long as the record. */
const Source *record_source(const Record *record);

/* What a reader of the record should know: elements that FHIR does not define, numbers
 * that were rounded to 8 places.  Calls `visit` for each. */
void record_warnings(const Record *record, Arena *arena,
                     void (*visit)(void *self, const Json *resource, const char *code, Str message),
                     void *self);

/* A stream of records: a Bundle file, NDJSON, or standard input ("-"); gzip and Zstandard are
 * unpacked. */
typedef struct RecordStream RecordStream;
RecordStream *record_stream_open(Arena *arena, Str path, size_t max_record, Diagnostic *error);
/* The next record's text.  1: *text and *line (or NULL text, with *error: too long, skipped);
 * 0: the end; -1: a read error, in *error.  *text lives until the next call. */
int record_stream_next(RecordStream *stream, Str *text, uint32_t *line, Diagnostic *error);
/* How many bytes of the file were read, as it lies on the disk. */
uint64_t record_stream_position(const RecordStream *stream);
void record_stream_close(RecordStream *stream);

#endif
