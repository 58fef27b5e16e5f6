/* terminology_files.h - value sets and code systems from a folder. */
#ifndef ISLET_REASON_TERMINOLOGY_FILES_H
#define ISLET_REASON_TERMINOLOGY_FILES_H

#include "reason/terminology.h"

/* Reads the ValueSets and CodeSystems (and Bundles of them) of the folder's files, or of one
 * file; other resources are passed over with a warning.  All live in `arena`.  NULL: mistakes,
 * in `diagnostics`. */
Terms *terms_read_files(Arena *arena, const char *path, Diagnostics *diagnostics);

#endif
