/* main.c - the program: everything is in run_command. */
#include "cli/command.h"

int main(int argc, char **argv) { return run_command(argc, argv); }
