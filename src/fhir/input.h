/* input.h - the bytes of a file or of standard input, plain or compressed.
 *
 * Compression is told by the first bytes, not by the name: gzip (RFC 1952, also of several
 * members) and Zstandard (RFC 8878, of several frames).  What is compressed is unpacked as
 * it is read, piece by piece. */
#ifndef ISLET_FHIR_INPUT_H
#define ISLET_FHIR_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Input Input;

/* Opens a file, or standard input ("-").  NULL: errno says why. */
Input *input_open(const char *path);
void input_close(Input *input); /* NULL is allowed */

/* Reads up to `size` bytes, fewer only at the end.  False at an error, which
 * input_error tells. */
bool input_read(Input *input, char *into, size_t size, size_t *got);
const char *input_error(const Input *input);

/* Bytes of the file that were read so far, before unpacking. */
uint64_t input_position(const Input *input);

/* The whole of a file, unpacked.  False: *reason says why; a file that is longer than `limit`
 * bytes is refused. */
bool input_read_file(Arena *arena, const char *path, size_t limit, Str *text,
                     const char **reason);

#endif
