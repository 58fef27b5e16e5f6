/* check_report.c - what the checker says: reports, types in words, the name that was meant. */
#include <string.h>

#include "cql/check_state.h"

static void report(Check *c, Severity severity, Span span, const char *code, Str message,
                   Str hint) {
    diagnostics_add(c->checker->diagnostics,
                    (Diagnostic){ .severity = severity, .code = code, .message = message,
                                  .hint = hint, .span = span,
                                  .file = c->library == NULL ? STR("") : c->library->file });
}

void check_report(Check *c, Span span, const char *code, Str message, Str hint) {
    report(c, SEVERITY_ERROR, span, code, message, hint);
}

bool check_reported(const Check *c, Span span, const char *code) {
    const Diagnostics *all = c->checker->diagnostics;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].span.offset == span.offset && strcmp(all->items[i].code, code) == 0 &&
            (c->library == NULL || str_equal(all->items[i].file, c->library->file)))
            return true;
    return false;
}

void check_warn(Check *c, Span span, const char *code, Str message, Str hint) {
    if (!c->quiet) report(c, SEVERITY_WARNING, span, code, message, hint);
}

const Type *check_fail(Check *c, Ast *node, const char *code, Str message, Str hint) {
    check_report(c, node->span, code, message, hint);
    node->type = type_error(c->types);
    return node->type;
}

const char *check_type_text(Check *c, const Type *type) {
    return str_to_c(c->arena, type_name(c->types, c->arena, type));
}

/* ---- did you mean ---- */

enum { LONGEST_GUESS = 60 };

Guess guess_new(Str wanted) {
    uint32_t most = wanted.length <= 3 ? 1 : wanted.length < 8 ? 2 : 3;
    return (Guess){ .wanted = wanted, .distance = most + 1 };
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Damerau-Levenshtein: letters added, lost, changed or swapped with their neighbour.  The
 * case of a letter does not count, unless it is all that differs. */
static uint32_t distance(Str a, Str b) {
    uint32_t rows[3][LONGEST_GUESS + 1];
    for (uint32_t j = 0; j <= b.length; j++) rows[0][j] = j;
    for (uint32_t i = 1; i <= a.length; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= b.length; j++) {
            char x = lower(a.data[i - 1]), y = lower(b.data[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b.data[j - 2]) && lower(a.data[i - 2]) == y)
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}

void guess_offer(Guess *guess, Str name) {
    Str wanted = guess->wanted;
    size_t longer = wanted.length > name.length ? wanted.length - name.length
                                                : name.length - wanted.length;
    if (name.length == 0 || name.length > LONGEST_GUESS || wanted.length > LONGEST_GUESS ||
        longer >= guess->distance)
        return;
    uint32_t found = distance(wanted, name);
    if (found >= guess->distance || found >= wanted.length) return;
    guess->distance = found;
    guess->best = name;
}

void guess_offer_classes(Guess *guess, const Model *model, bool resources) {
    for (ModelType i = 0; i < MODEL_SYSTEM; i++) {
        const char *name = model->class_name(i);
        if (name == NULL || name[0] == '\0') break;
        if (!resources || model->is_resource(i)) guess_offer(guess, str_from(name));
    }
}

Str guess_hint(Check *c, const Guess *guess) {
    if (guess->best.length == 0) return STR("");
    return str_format(c->arena, "did you mean \"%.*s\"?", STR_ARGS(guess->best));
}
