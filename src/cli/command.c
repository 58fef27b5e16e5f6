/* command.c - finding the command that was asked for. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

typedef struct Command {
    const char *name;
    int (*run)(Arguments arguments);
} Command;

static const Command commands[] = {
#define COMMAND(function, name, summary) { name, function },
#include "cli/commands.def"
#undef COMMAND
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static bool asks_help(const Arguments *arguments) {
    for (int i = 0; i < arguments->count; i++) {
        if (strcmp(arguments->items[i], "--") == 0) return false;
        if (strcmp(arguments->items[i], "--help") == 0 || strcmp(arguments->items[i], "-h") == 0)
            return true;
    }
    return false;
}

static int refuse_command(const char *name) {
    fprintf(stderr, "islet: there is no command %s; the commands are", name);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(stderr, "%s %s", i == 0 ? "" : ",", commands[i].name);
    fputs("\nislet help shows what they do\n", stderr);
    return EXIT_USAGE;
}

static int run_named(const char *name, Arguments arguments) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) != 0) continue;
        if (!asks_help(&arguments)) return commands[i].run(arguments);
        fputs(help_page(name), stdout);
        return EXIT_FINE;
    }
    return refuse_command(name);
}

int run_command(int argc, char **argv) {
    if (argc < 2) return command_help((Arguments){ 0 }), EXIT_USAGE;
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0) return printf("islet %s\n", ISLET_VERSION), EXIT_FINE;
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    return run_named(name, (Arguments){ name, argc - 2, argv + 2 });
}
