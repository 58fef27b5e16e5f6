/* folder.h - the files of a folder that hold FHIR data, by their names. */
#ifndef ISLET_FHIR_FOLDER_H
#define ISLET_FHIR_FOLDER_H

#include "base/vec.h"

typedef VEC(const char *) FilePaths;

bool folder_is(const char *path);

/* Adds the paths of *.json, *.ndjson and *.jsonl, packed (.gz, .zst) or not, in the order of
 * their names.  False: the folder cannot be read; errno says why. */
bool folder_list(Arena *arena, const char *path, FilePaths *files);

#endif
