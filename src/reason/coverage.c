/* coverage.c - see coverage.h.  The format is that of lcov's geninfo, which viewers read. */
#define _POSIX_C_SOURCE 200809L
#include "reason/coverage.h"

#include <inttypes.h>
#include <pthread.h>

#include "base/vec.h"
#include "cql/code.h"

struct Coverage {
    const Program *program;
    pthread_mutex_t lock;
    ExpressionCount *counts;
};

Coverage *coverage_new(Arena *arena, const Program *program) {
    Coverage *coverage = arena_alloc(arena, sizeof *coverage);
    coverage->program = program;
    pthread_mutex_init(&coverage->lock, NULL);
    coverage->counts =
        arena_array(arena, program_expression_count(program), sizeof *coverage->counts);
    return coverage;
}

/* ---- counting ---- */

static void begin(void *self, uint32_t expression) {
    Counting *counting = self;
    counting->counts[expression].reached++;
}

static void end(void *self, uint32_t expression, const Value *value) {
    Counting *counting = self;
    ExpressionCount *count = &counting->counts[expression];
    if (value == NULL) return;
    count->true_count += value_is_true(*value);
    count->false_count += value_is_false(*value);
    count->null_count += value_is_null(*value);
}

static void row(void *self, uint32_t expression, uint32_t source, Value value) {
    (void)self;
    (void)expression;
    (void)source;
    (void)value;
}

Counting *counting_new(Arena *arena, const Program *program) {
    Counting *counting = arena_alloc(arena, sizeof *counting);
    *counting = (Counting){ .tracer = { counting, begin, end, row } };
    counting->counts =
        arena_array(arena, program_expression_count(program), sizeof *counting->counts);
    return counting;
}

void coverage_add(Coverage *coverage, const Counting *counting) {
    pthread_mutex_lock(&coverage->lock);
    for (uint32_t i = 0; i < program_expression_count(coverage->program); i++) {
        ExpressionCount *sum = &coverage->counts[i];
        const ExpressionCount *more = &counting->counts[i];
        sum->reached += more->reached;
        sum->true_count += more->true_count;
        sum->false_count += more->false_count;
        sum->null_count += more->null_count;
    }
    pthread_mutex_unlock(&coverage->lock);
}

/* ---- lcov ---- */

typedef struct LineCount {
    uint32_t line;
    uint64_t reached;
} LineCount;

/* One library while it is written. */
typedef struct Listing {
    const Coverage *coverage;
    const Library *library;
    Arena *arena;
    Buffer *out;
    VEC(LineCount) lines;
} Listing;

static const TracedExpression *expression_at(const Listing *l, uint32_t i) {
    const TracedExpression *expression = program_expression(l->coverage->program, i);
    return expression->definition->owner == l->library ? expression : NULL;
}

static bool is_first_of_definition(const Listing *l, uint32_t i) {
    const Definition *definition = program_expression(l->coverage->program, i)->definition;
    return i == 0 || program_expression(l->coverage->program, i - 1)->definition != definition;
}

static void write_definitions(Listing *l) {
    uint32_t found = 0, hit = 0, count = program_expression_count(l->coverage->program);
    for (uint32_t i = 0; i < count; i++) {
        const TracedExpression *expression = expression_at(l, i);
        if (expression == NULL || !is_first_of_definition(l, i)) continue;
        const Definition *definition = expression->definition;
        uint64_t reached = l->coverage->counts[i].reached;
        buffer_format(l->out, "FN:%u,%.*s\n", definition->span.line, STR_ARGS(definition->name));
        buffer_format(l->out, "FNDA:%" PRIu64 ",%.*s\n", reached, STR_ARGS(definition->name));
        found++;
        hit += reached != 0;
    }
    buffer_format(l->out, "FNF:%u\nFNH:%u\n", found, hit);
}

/* A Boolean expression that is no literal. */
static bool is_clause(const Ast *ast) {
    const Type *type = ast->type;
    return type != NULL && type->kind == TYPE_SYSTEM && type->tag == TAG_BOOLEAN &&
           ast->kind != AST_LITERAL && ast->kind != AST_CONVERSION;
}

static void write_branch(Listing *l, uint32_t line, uint32_t block, uint32_t branch,
                         uint64_t reached, uint64_t taken) {
    buffer_format(l->out, "BRDA:%u,%u,%u,", line, block, branch);
    if (reached == 0) buffer_add_text(l->out, "-\n");
    else buffer_format(l->out, "%" PRIu64 "\n", taken);
}

static void write_clauses(Listing *l) {
    uint32_t blocks = 0, hit = 0, count = program_expression_count(l->coverage->program);
    for (uint32_t i = 0; i < count; i++) {
        const TracedExpression *expression = expression_at(l, i);
        if (expression == NULL || !is_clause(expression->ast)) continue;
        const ExpressionCount *c = &l->coverage->counts[i];
        uint64_t taken[] = { c->true_count, c->false_count, c->null_count };
        for (uint32_t k = 0; k < 3; k++) {
            write_branch(l, expression->ast->span.line, blocks, k, c->reached, taken[k]);
            hit += taken[k] != 0;
        }
        blocks++;
    }
    buffer_format(l->out, "BRF:%u\nBRH:%u\n", 3 * blocks, hit);
}

/* Expressions come in the order of definitions, so that a line's place is near the end. */
static void count_line(Listing *l, uint32_t line, uint64_t reached) {
    size_t at = l->lines.count;
    while (at > 0 && l->lines.items[at - 1].line > line) at--;
    if (at > 0 && l->lines.items[at - 1].line == line) {
        if (l->lines.items[at - 1].reached < reached) l->lines.items[at - 1].reached = reached;
        return;
    }
    vec_push(l->arena, &l->lines, ((LineCount){ line, reached }));
    for (size_t i = l->lines.count - 1; i > at; i--) l->lines.items[i] = l->lines.items[i - 1];
    l->lines.items[at] = (LineCount){ line, reached };
}

static void write_lines(Listing *l) {
    uint32_t hit = 0, count = program_expression_count(l->coverage->program);
    for (uint32_t i = 0; i < count; i++) {
        const TracedExpression *expression = expression_at(l, i);
        if (expression != NULL)
            count_line(l, expression->ast->span.line, l->coverage->counts[i].reached);
    }
    for (size_t i = 0; i < l->lines.count; i++) {
        const LineCount *line = &l->lines.items[i];
        buffer_format(l->out, "DA:%u,%" PRIu64 "\n", line->line, line->reached);
        hit += line->reached != 0;
    }
    buffer_format(l->out, "LF:%zu\nLH:%u\n", l->lines.count, hit);
}

void coverage_write_lcov(const Coverage *coverage, Arena *arena, Buffer *out) {
    const Program *program = coverage->program;
    for (uint32_t i = 0; i < program->library_count; i++) {
        Listing listing = { .coverage = coverage, .library = program->libraries[i],
                            .arena = arena, .out = out };
        buffer_format(out, "TN:\nSF:%.*s\n", STR_ARGS(listing.library->file));
        write_definitions(&listing);
        write_clauses(&listing);
        write_lines(&listing);
        buffer_add_text(out, "end_of_record\n");
    }
}
