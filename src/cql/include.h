/* include.h - a library with all that it includes. */
#ifndef ISLET_CQL_INCLUDE_H
#define ISLET_CQL_INCLUDE_H

#include "base/vec.h"
#include "cql/parse.h"
#include "cql/program.h"

typedef VEC(Library *) Libraries;

/* Parses `text` and, through `finder`, the libraries that it includes, each once, and joins
 * the include definitions to them.  *libraries gets each after those that it includes, the
 * main one last.  A library that includes itself, or is not there, is reported. */
Library *include_all(Arena *arena, const Model *model, const LibraryFinder *finder, Str file,
                     Str text, Libraries *libraries, Diagnostics *diagnostics);

/* Is it the library of the model's conversions, which is built in?  Its name may be qualified,
 * as in hl7.fhir.FHIRHelpers. */
bool model_is_helpers(const Model *model, Str library);

#endif
