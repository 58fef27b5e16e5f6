/* options.c - options of the command line: "--name value", "--name=value", "--flag". */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

int refuse_usage(const char *command, const char *format, ...) {
    va_list arguments;
    fprintf(stderr, "islet %s: ", command);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nislet help %s shows how it is used\n", command);
    return EXIT_USAGE;
}

static const Option *find_option(const char *word, const Option *options, int count) {
    size_t length = strcspn(word, "=");
    for (int i = 0; i < count; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, word, length) == 0)
            return &options[i];
    return NULL;
}

static bool refuse_option(const char *command, const char *word, const Option *options, int count) {
    fprintf(stderr, "islet %s: unknown option %s; the options are", command, word);
    for (int i = 0; i < count; i++) fprintf(stderr, "%s %s", i == 0 ? "" : ",", options[i].name);
    fprintf(stderr, "\nislet help %s shows how they are used\n", command);
    return false;
}

static bool keep_value(const char *command, const Option *option, const char *value) {
    if (option->words == NULL) return *option->value = value, true;
    if (option->words->count == MOST_WORDS)
        return refuse_usage(command, "%s is given more than %d times", option->name, MOST_WORDS),
               false;
    option->words->items[option->words->count++] = value;
    return true;
}

/* Takes the option at `at`; gives how many words it took, 0 after an error. */
static int take_option(const Arguments *arguments, int at, const Option *options, int count) {
    const char *word = arguments->items[at], *equals = strchr(word, '=');
    const Option *option = find_option(word, options, count);
    if (option == NULL) return refuse_option(arguments->command, word, options, count), 0;
    if (option->flag != NULL) {
        if (equals != NULL)
            return refuse_usage(arguments->command, "%s takes no value", option->name), 0;
        *option->flag = true;
        return 1;
    }
    if (equals != NULL) return keep_value(arguments->command, option, equals + 1) ? 1 : 0;
    if (at + 1 >= arguments->count)
        return refuse_usage(arguments->command, "%s needs a value", option->name), 0;
    return keep_value(arguments->command, option, arguments->items[at + 1]) ? 2 : 0;
}

bool take_options(Arguments *arguments, const Option *options, int count) {
    int kept = 0, at = 0;
    while (at < arguments->count) {
        const char *word = arguments->items[at];
        if (strcmp(word, "--") == 0) {
            while (++at < arguments->count) arguments->items[kept++] = arguments->items[at];
            break;
        }
        if (word[0] != '-' || word[1] == '\0') {
            arguments->items[kept++] = arguments->items[at++];
            continue;
        }
        int taken = take_option(arguments, at, options, count);
        if (taken == 0) return false;
        at += taken;
    }
    arguments->count = kept;
    return true;
}
