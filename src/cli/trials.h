/* trials.h - the parts of islet trials. */
#ifndef ISLET_CLI_TRIALS_H
#define ISLET_CLI_TRIALS_H

#include "cli/command.h"

/* Studies of a registry into ResearchStudy resources (trials_import.c). */
int trials_import(Arguments arguments);

/* Records against studies (trials_match.c). */
int trials_match(Arguments arguments);

#endif
