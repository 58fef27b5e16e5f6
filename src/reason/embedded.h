/* embedded.h - the files inside the program, made by tools/embed-guideline. */
#ifndef ISLET_REASON_EMBEDDED_H
#define ISLET_REASON_EMBEDDED_H

#include <stdint.h>

typedef struct EmbeddedFile {
    const char *path; /* "net/cql/Net.cql" */
    const char *text;
    uint32_t length;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[]; /* by path */
extern const uint32_t embedded_file_count;

#endif
