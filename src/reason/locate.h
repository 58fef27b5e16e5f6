/* locate.h - diagnostics about a place in a JSON file of a guideline. */
#ifndef ISLET_REASON_LOCATE_H
#define ISLET_REASON_LOCATE_H

#include "base/diagnostic.h"
#include "json/json.h"

/* A JSON file being read: what reports need to know. */
typedef struct JsonFile {
    Str name, text;
    Diagnostics *diagnostics;
} JsonFile;

/* Reports a mistake at a value of the file; `at` NULL: at its start. */
void json_file_report(const JsonFile *file, const Json *at, const char *code, Str message,
                      Str hint);
/* The same, of something that is ignored. */
void json_file_warn(const JsonFile *file, const Json *at, const char *code, Str message, Str hint);

#endif
