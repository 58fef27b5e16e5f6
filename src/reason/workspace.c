/* workspace.c - see workspace.h. */
#include "reason/workspace.h"

bool workspace_open(Workspace *workspace, size_t own_limit, size_t record_limit) {
    *workspace =
        (Workspace){ json_reader_new(), arena_new(own_limit), arena_new(record_limit) };
    if (workspace->reader != NULL && workspace->own != NULL && workspace->record != NULL)
        return true;
    workspace_close(workspace);
    return false;
}

void workspace_close(Workspace *workspace) {
    json_reader_free(workspace->reader);
    arena_free(workspace->record);
    arena_free(workspace->own);
    *workspace = (Workspace){ 0 };
}
