/* eval_rate.c - records a second of a CQL library, against the JSON parser alone, and how long
 * compiling takes.
 *
 * Usage: eval_rate ISLET LIBRARY.cql RECORDS.ndjson AS-OF
 *
 * On one core take turns, five rounds of each, of which the best counts: the parser; reading,
 * evaluating and writing each record; reading alone; evaluating records that are read and
 * indexed already, as many as fit in memory.  Then, on all cores, the program with one thread
 * and with two, and the compiling of a library of 1,000 lines. */
#include <stdio.h>
#include <stdlib.h>

#include "fhir/fhir.h"
#include "fhir/record.h"
#include "measure.h"
#include "parser_rate.h"
#include "reason/evaluation.h"
#include "value/time.h"

enum { ROUNDS = 5, MOST_HELD = 2000, THOUSAND = 1000 };
static const size_t LIMIT = (size_t)4 << 30;

typedef struct Bench {
    const char *islet, *library_path, *records_path, *as_of;
    Str library, text;
    uint32_t count;
    Arena *arena, *out;
    Evaluation evaluation;
    Evaluator *evaluator;
    double parse;
} Bench;

/* ---- compiling ---- */

static bool find_none(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    (void)self, (void)arena, (void)name, (void)version, (void)file, (void)text;
    return false;
}

static Program *compile(Arena *arena, Str text) {
    static const LibraryFinder finder = { NULL, find_none };
    Diagnostics diagnostics = diagnostics_new(arena);
    Program *program = program_compile(arena, &fhir_r4, &finder, STR("library"), text, &diagnostics);
    for (size_t i = 0; program == NULL && i < diagnostics.count; i++)
        fprintf(stderr, "%u: %.*s\n", diagnostics.items[i].span.line,
                STR_ARGS(diagnostics.items[i].message));
    return program;
}

/* The library, its definitions again and again under other names, until it is that long. */
static Str lengthen(Arena *arena, Str library, uint32_t lines) {
    Buffer out = buffer_new(arena);
    Str define = STR("define \""), line;
    uint32_t copies = lines / measure_count_lines(library) + 1;
    buffer_add(&out, library);
    for (uint32_t copy = 2; copy <= copies; copy++) {
        bool within = false;
        for (size_t at = 0; measure_line(library, &at, &line);) {
            bool starts = str_starts_with(line, define);
            if (starts) buffer_format(&out, "define \"%u ", copy);
            within |= starts;
            if (within) buffer_add(&out, str_slice(line, starts ? define.length : 0, line.length));
            buffer_add_char(&out, '\n');
        }
    }
    return buffer_str(&out);
}

static bool measure_compiling(Bench *b) {
    Arena *arena = arena_new(LIMIT), *own = arena_new(LIMIT);
    Str text = lengthen(own, b->library, THOUSAND);
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        double begun = measure_now();
        if (compile(arena, text) == NULL) return false;
        best = measure_least(best, measure_now() - begun);
    }
    printf("%-48s %9.2f ms\n", "compiling 1,000 lines", best * 1000);
    arena_free(arena);
    arena_free(own);
    return true;
}

/* ---- one core ---- */

static double end_to_end_seconds(Bench *b, size_t *bytes) {
    double begun = measure_now();
    FeedItem item = { .file = STR("records") };
    *bytes = 0;
    for (size_t at = 0; measure_line(b->text, &at, &item.text);) {
        item.line = ++item.number;
        arena_reset(b->out);
        Buffer out = buffer_new(b->out), errors = buffer_new(b->out);
        if (!evaluator_take(b->evaluator, &item, &out, &errors)) return -1;
        *bytes += out.length;
    }
    return measure_now() - begun;
}

/* Reads the first records into the arena; how many. */
static uint32_t read_records(Bench *b, JsonReader *reader, Arena *arena, const Record **records,
                             uint32_t most) {
    uint32_t count = 0;
    Str line, resource;
    Diagnostic error;
    for (size_t at = 0; count < most && measure_line(b->text, &at, &line); count++)
        records[count] = record_read(reader, arena, STR("records"), 1, line, &error, &resource);
    return count;
}

static double reading_seconds(Bench *b, JsonReader *reader) {
    double begun = measure_now();
    Str line, resource;
    Diagnostic error;
    for (size_t at = 0; measure_line(b->text, &at, &line);) {
        arena_reset(b->out);
        if (record_read(reader, b->out, STR("records"), 1, line, &error, &resource) == NULL) return -1;
    }
    return measure_now() - begun;
}

/* Every define of each record, the values into an arena that each record takes up anew. */
static double evaluating_seconds(Bench *b, Run *run, const Record *const *records, uint32_t count) {
    double begun = measure_now();
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(b->out);
        Eval eval = { .arena = b->out, .now = b->evaluation.now, .nodes = fhir_r4.nodes };
        run_begin(run, &eval, record_source(records[i]));
        for (uint32_t k = 0; k < b->evaluation.define_count; k++) {
            Value value;
            Diagnostic error;
            if (!run_define(run, b->evaluation.defines[k], &value, &error)) return -1;
        }
    }
    return measure_now() - begun;
}

static bool measure_one_core(Bench *b) {
    const Record **records = calloc(MOST_HELD, sizeof *records);
    Arena *held = arena_new(LIMIT);
    JsonReader *reader = json_reader_new();
    uint32_t count = read_records(b, reader, held, records, MOST_HELD);
    Run *run = run_new(b->arena, b->evaluation.program, (RunLimits){ 0 });
    double all = 0, read = 0, evaluate = 0;
    size_t bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
        b->parse = measure_least(b->parse, parser_seconds(b->text.data, b->text.length));
        all = measure_least(all, end_to_end_seconds(b, &bytes));
        read = measure_least(read, reading_seconds(b, reader));
        evaluate = measure_least(evaluate, evaluating_seconds(b, run, records, count));
    }
    if (b->parse < 0 || all < 0 || read < 0 || evaluate < 0) return false;
    printf("%s: %u defines, %u records of %zu bytes, results of %zu; one core, best of %d rounds\n",
           b->library_path, b->evaluation.define_count, b->count, b->text.length / b->count,
           bytes / b->count, ROUNDS);
    measure_print("the JSON parser alone (simdjson DOM)", b->count, b->parse, b->parse);
    measure_print("read, evaluate and write", b->count, all, b->parse);
    measure_print("read alone", b->count, read, b->parse);
    measure_print("evaluate alone, from records read before", count, evaluate,
                  b->parse * count / b->count);
    arena_free(held);
    json_reader_free(reader);
    free(records);
    return true;
}

/* ---- the program ---- */

static double program_seconds(const Bench *b, int threads) {
    char command[4096];
    snprintf(command, sizeof command,
             "'%s' eval '%s' --data '%s' --as-of %s --threads %d --format ndjson > /dev/null 2>&1",
             b->islet, b->library_path, b->records_path, b->as_of, threads);
    return measure_command(command, 0);
}

static bool measure_program(Bench *b) {
    double one = 0, two = 0;
    for (int round = 0; round < ROUNDS; round++) {
        one = measure_least(one, program_seconds(b, 1));
        two = measure_least(two, program_seconds(b, 2));
    }
    if (one < 0 || two < 0) return false;
    measure_print("islet eval, whole process, 1 thread", b->count, one, b->parse);
    measure_print("islet eval, whole process, 2 threads", b->count, two, b->parse);
    printf("%-48s %9.2f\n", "2 threads against 1", one / two);
    return true;
}

static bool prepare(Bench *b, char **argv) {
    *b = (Bench){ .islet = argv[1], .library_path = argv[2], .records_path = argv[3],
                  .as_of = argv[4], .library = measure_file(argv[2]), .text = measure_file(argv[3]),
                  .arena = arena_new(LIMIT), .out = arena_new(LIMIT) };
    Value day;
    b->count = measure_count_lines(b->text);
    Program *program = b->count == 0 ? NULL : compile(b->arena, b->library);
    if (program == NULL || !time_parse_date(str_from(b->as_of), &day)) return false;
    Evaluation *e = &b->evaluation;
    *e = (Evaluation){ .program = program, .form = RESULT_NDJSON };
    e->now = time_low_boundary(time_to_datetime(day, 0), PRECISION_MILLISECOND);
    e->defines = evaluation_public_defines(b->arena, program, &e->define_count);
    e->parameters = arena_array(b->arena, program_parameter_count(program) + 1, sizeof(Value));
    e->given = arena_array(b->arena, program_parameter_count(program) + 1, sizeof(bool));
    b->evaluator = evaluator_new(e);
    return b->evaluator != NULL;
}

int main(int argc, char **argv) {
    Bench bench;
    if (argc != 5)
        return fprintf(stderr, "usage: eval_rate ISLET LIBRARY.cql RECORDS.ndjson AS-OF\n"), 2;
    if (!prepare(&bench, argv)) return fprintf(stderr, "the library or the records are not there\n"), 1;
    measure_on_one_core();
    bool sound = measure_one_core(&bench);
    measure_on_all_cores();
    sound = sound && measure_program(&bench) && measure_compiling(&bench);
    if (!sound) fprintf(stderr, "a record failed\n");
    return sound ? 0 : 1;
}
