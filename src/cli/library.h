/* library.h - a CQL library of the user's own, compiled against FHIR. */
#ifndef ISLET_CLI_LIBRARY_H
#define ISLET_CLI_LIBRARY_H

#include "cli/command.h"
#include "cql/program.h"

/* The whole text of a file; false, with a diagnostic, when it cannot be read. */
bool read_file(Arena *arena, const char *path, Str *text, Diagnostics *diagnostics);

/* Compiles the file, for a tracer or not.  Includes are looked for beside it, then in each of the folders, then among
 * the libraries inside the program; a library NAME of version V is NAME.cql or NAME-V.cql.
 * NULL after mistakes, which stand in `diagnostics`. */
Program *compile_file(Arena *arena, const char *path, const Words *folders,
                      bool traced, Diagnostics *diagnostics);

#endif
