/* path_function.h - the functions of FHIRPath, declared from their table. */
#ifndef ISLET_CQL_PATH_FUNCTION_H
#define ISLET_CQL_PATH_FUNCTION_H

#include "cql/path_tree.h"

#define FUNCTION(name)                                                                     \
    bool call_##name(PathRun *run, const PathNode *node, const PathScope *scope, Items input, \
                     Items *out)
#define UNUSED ((void)run, (void)node, (void)scope, (void)input)

#define PATH_FUNCTION(name, least, most) FUNCTION(name);
#define PATH_TYPE_FUNCTION(name, function)
#include "cql/path_function.def"
FUNCTION(ofType);
FUNCTION(is);

/* Argument number 1 and on, in the scope of the call; none where it is left out. */
bool path_argument(PathRun *run, const PathNode *node, const PathScope *scope, uint32_t number,
                   Items *out);
/* Its only item as a System value, or null. */
bool path_argument_value(PathRun *run, const PathNode *node, const PathScope *scope,
                         uint32_t number, Value *out);

#endif
