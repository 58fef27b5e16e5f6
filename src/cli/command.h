/* command.h - the commands of the program and what they share. */
#ifndef ISLET_CLI_COMMAND_H
#define ISLET_CLI_COMMAND_H

#include <stdbool.h>

#include "base/diagnostic.h"

/* Exit statuses, the same for every command. */
enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INSUFFICIENT = 3 };

/* The values of an option that may be given several times. */
enum { MOST_WORDS = 1000 };
typedef struct Words {
    int count;
    const char *items[MOST_WORDS];
} Words;

/* One option of a command, with one of the three set.  A flag takes no value; any other takes
 * one, as "--name value" or "--name=value". */
typedef struct Option {
    const char *name; /* "--format" */
    bool *flag;
    const char **value;
    Words *words;
} Option;

/* What stands behind the command's name on the command line. */
typedef struct Arguments {
    const char *command;
    int count;
    char **items;
} Arguments;

#define COMMAND(function, name, summary) int function(Arguments arguments);
#include "cli/commands.def"
#undef COMMAND

/* Runs the program: finds the command and gives the exit status. */
int run_command(int argc, char **argv);

/* Takes the options out of `arguments`, which keeps the rest in order; what follows "--" is
 * no option.  False after a usage error, which has been reported on standard error. */
bool take_options(Arguments *arguments, const Option *options, int count);

/* Reports wrong usage of a command, with the way to its help, on standard error. */
int refuse_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The help page of a command; NULL when there is no such command. */
const char *help_page(const char *command);

/* May colour be used on standard output (or, for `error`, on standard error)?  Not when it
 * is no terminal, when NO_COLOR is set, or when TERM is "dumb". */
bool use_colour(bool error);

/* The width of the terminal in columns, between 60 and 100; 80 where there is none. */
int terminal_width(void);

/* Writes diagnostics for people, each with its source line from `text`. */
void print_diagnostics(const Diagnostics *diagnostics);
/* The same as one line of JSON on standard output. */
void print_diagnostics_json(const Diagnostics *diagnostics);

#endif
