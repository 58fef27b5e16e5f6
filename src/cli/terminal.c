/* terminal.c - what the terminal can show. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command.h"

bool use_colour(bool error) {
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (none != NULL && none[0] != '\0') return false;
    if (terminal == NULL || strcmp(terminal, "dumb") == 0) return false;
    return isatty(error ? STDERR_FILENO : STDOUT_FILENO) == 1;
}

int terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 80;
    if (size.ws_col < 60) return 60;
    return size.ws_col > 100 ? 100 : size.ws_col;
}
