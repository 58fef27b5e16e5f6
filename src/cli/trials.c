/* trials.c - islet trials: the two things that it does. */
#include "cli/trials.h"

#include <string.h>

int command_trials(Arguments arguments) {
    if (arguments.count == 0)
        return refuse_usage("trials", "expected import or match");
    const char *name = arguments.items[0];
    Arguments rest = { arguments.command, arguments.count - 1, arguments.items + 1 };
    if (strcmp(name, "import") == 0) return trials_import(rest);
    if (strcmp(name, "match") == 0) return trials_match(rest);
    return refuse_usage("trials", "there is no islet trials %s: write import or match", name);
}
