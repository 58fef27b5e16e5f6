/* workspace.h - the memory of one that goes through records: a planner, an evaluator, a matcher.
 *
 * Belongs to one thread.  `own` holds what lasts from record to record, `record` what belongs to
 * the record at hand; the owner resets and guards it. */
#ifndef ISLET_REASON_WORKSPACE_H
#define ISLET_REASON_WORKSPACE_H

#include "json/json.h"

typedef struct Workspace {
    JsonReader *reader;
    Arena *own, *record;
} Workspace;

/* Limits in bytes.  False when out of memory; nothing is left open then. */
bool workspace_open(Workspace *workspace, size_t own_limit, size_t record_limit);
void workspace_close(Workspace *workspace);

#endif
