/* trials_match.c - islet trials match: records against studies. */
#include <stdio.h>
#include <string.h>

#include "cli/option_values.h"
#include "cli/records.h"
#include "cli/trials.h"
#include "fhir/folder.h"
#include "fhir/input.h"
#include "reason/moment.h"
#include "trial/match.h"

enum { LONGEST_RECORD = 64 << 20, LONGEST_FILE = 256 << 20 };
static const size_t SET_MEMORY = (size_t)4 << 30;

typedef struct MatchCommand {
    const char *format, *guideline;
    Words trials;
    bool json;
    Arena *arena;  /* the guideline and the studies */
    Arena *output; /* of one record */
    Matcher *matcher;
    uint32_t shown;
} MatchCommand;

/* ---- studies ---- */

typedef VEC(TrialFile) TrialFiles;

static bool add_file(MatchCommand *command, const char *path, TrialFiles *files) {
    const char *reason;
    TrialFile file = { .name = str_from(path) };
    if (!input_read_file(command->arena, path, LONGEST_FILE, &file.text, &reason)) {
        fprintf(stderr, "islet: cannot read %s: %s\n", path, reason);
        return false;
    }
    vec_push(command->arena, files, file);
    return true;
}

static bool add_path(MatchCommand *command, const char *path, TrialFiles *files) {
    FilePaths paths = { 0 };
    if (!folder_is(path)) return add_file(command, path, files);
    if (!folder_list(command->arena, path, &paths) || paths.count == 0) {
        fprintf(stderr, "islet: %s holds no studies: expected *.json or *.ndjson\n", path);
        return false;
    }
    bool sound = true;
    for (size_t i = 0; i < paths.count; i++) sound &= add_file(command, paths.items[i], files);
    return sound;
}

static const TrialSet *load(MatchCommand *command) {
    Diagnostics diagnostics = diagnostics_new(command->arena);
    TrialFiles files = { 0 };
    const TrialSet *set = NULL;
    for (int i = 0; i < command->trials.count; i++)
        if (!add_path(command, command->trials.items[i], &files)) return NULL;
    const Guideline *guideline =
        command->guideline == NULL
            ? guideline_load_embedded_trials(command->arena, STR("net"), &diagnostics)
            : guideline_load_folder_trials(command->arena, str_from(command->guideline),
                                           &diagnostics);
    if (guideline != NULL)
        set = trial_set_new(command->arena, guideline, files.items, (uint32_t)files.count,
                            &diagnostics);
    if (set == NULL) print_diagnostics(&diagnostics);
    return set;
}

static const TrialSet *load_guarded(MatchCommand *command) {
    if (setjmp(*arena_guard(command->arena))) {
        fputs("islet: the studies need more memory than they may have\n", stderr);
        return NULL;
    }
    const TrialSet *set = load(command);
    arena_unguard(command->arena);
    return set;
}

/* ---- records ---- */

static void fail_record(void *self, const RecordError *error) {
    MatchCommand *command = self;
    if (!command->json) {
        report_record_error(error);
        return;
    }
    arena_reset(command->output);
    Buffer out = buffer_new(command->output);
    record_error_write_json(error, &out);
    buffer_add_char(&out, '\n');
    fwrite(out.data, 1, out.length, stdout);
}

static bool write_match(MatchCommand *command, const RecordMatch *match) {
    arena_reset(command->output);
    if (setjmp(*arena_guard(command->output))) return false;
    Buffer out = buffer_new(command->output);
    if (command->json) record_match_write_json(match, &out);
    else record_match_write_text(match, (uint32_t)terminal_width(), use_colour(false), &out);
    if (command->json) buffer_add_char(&out, '\n');
    arena_unguard(command->output);
    if (!command->json && command->shown++ != 0) putchar('\n');
    fwrite(out.data, 1, out.length, stdout);
    return true;
}

static void match_record(void *self, RecordRun *run, const RecordInput *input) {
    MatchCommand *command = self;
    RecordError error;
    const RecordMatch *match = matcher_match(command->matcher, input, &error);
    if (match != NULL && write_match(command, match)) return;
    if (match != NULL) fputs("islet: what a record gives is too long\n", stderr);
    else fail_record(self, &error);
    run->failed = true;
}

static int match_all(MatchCommand *command, Value as_of, Arguments files) {
    RecordRun run = { .command = "trials", .max_record_bytes = LONGEST_RECORD };
    command->arena = arena_new(SET_MEMORY);
    command->output = arena_new((size_t)1 << 30);
    if (command->arena == NULL || command->output == NULL)
        return fputs("islet: out of memory\n", stderr), EXIT_FAILED;
    const TrialSet *set = load_guarded(command);
    command->matcher = set == NULL ? NULL : matcher_new(set, as_of);
    if (command->matcher == NULL) return EXIT_FAILED;
    record_run_all(&run, files, (RecordVisitor){ command, match_record, fail_record });
    return run.failed ? EXIT_FAILED : EXIT_FINE;
}

int trials_match(Arguments arguments) {
    MatchCommand command = { 0 };
    const char *as_of_text = NULL;
    Value as_of;
    const Option options[] = { { "--format", .value = &command.format },
                               { "--as-of", .value = &as_of_text },
                               { "--trials", .words = &command.trials },
                               { "--guideline", .value = &command.guideline } };
    if (!take_options(&arguments, options, 4)) return EXIT_USAGE;
    command.json = command.format != NULL && strcmp(command.format, "json") == 0;
    if (command.format != NULL && !command.json && strcmp(command.format, "text") != 0)
        return refuse_usage("trials", "--format %s: write text or json", command.format);
    if (!moment_read(as_of_text, 0, &as_of))
        return refuse_usage("trials", "--as-of %s is no day or moment: write 2026-06-01 or "
                                      "2026-06-01T08:30:00Z", as_of_text);
    if (arguments.count == 0) return refuse_usage("trials", "expected a record: a file, or -");
    int status = match_all(&command, as_of, arguments);
    matcher_free(command.matcher);
    arena_free(command.output);
    arena_free(command.arena);
    return status;
}
