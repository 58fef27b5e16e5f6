/* emit_share.c - expressions that are evaluated once a record however often they are met.
 *
 * In the body of a function, or in the clauses of a query that are evaluated for each row, an
 * expression that names no local of the code around it has one value in each record.  Where
 * it is worth that, it becomes a procedure of its own with a slot for its value, as a define
 * has.  The same expression of operators at several places is one.  Expressions that say
 * messages are left where they stand, as is all of a traced program; none is shared within
 * another, so that evaluation goes no deeper than calls do. */
#include "cql/ast_walk.h"
#include "cql/emit.h"

#include "value/operators.h"

enum { SLOT_LIMIT = 24, NODE_LIMIT = 300, WORTH = 2, WORTH_OF_CALL = 4, COMPARE_DEPTH = 20 };

/* What a walk over an expression finds.  Its nodes and slots are bounded: larger ones are
 * not looked through, and not shared. */
typedef struct Look {
    Emitter *emitter;
    uint32_t nodes, worth;
    uint32_t bound[SLOT_LIMIT], bound_count; /* slots of its own queries */
    uint32_t named[SLOT_LIMIT], named_count; /* slots that it reads */
    bool refused;
} Look;

static void look(Look *l, const Ast *ast);

static void note(Look *l, uint32_t *slots, uint32_t *count, uint32_t slot) {
    for (uint32_t i = 0; i < *count; i++)
        if (slots[i] == slot) return;
    if (*count == SLOT_LIMIT) l->refused = true;
    else slots[(*count)++] = slot;
}

static void bind(Look *l, uint32_t slot) { note(l, l->bound, &l->bound_count, slot); }

static void look_source(Look *l, const QuerySource *source) {
    bind(l, source->slot);
    look(l, source->expression);
}

static void look_query(Look *l, const Query *query) {
    for (uint32_t i = 0; i < query->source_count; i++) look_source(l, &query->sources[i]);
    for (uint32_t i = 0; i < query->let_count; i++) {
        bind(l, query->lets[i].slot);
        look(l, query->lets[i].expression);
    }
    for (uint32_t i = 0; i < query->with_count; i++) {
        look_source(l, &query->withs[i].source);
        look(l, query->withs[i].such_that);
    }
    look(l, query->where);
    look(l, query->result);
    if (query->aggregate != NULL) bind(l, query->aggregate_slot);
    look(l, query->aggregate_start);
    look(l, query->aggregate);
    if (query->sort_count > 0) bind(l, query->sort_slot);
    for (uint32_t i = 0; i < query->sort_count; i++) look(l, query->sort[i].expression);
}

/* ---- messages ---- */

enum { NOT_LOOKED, SILENT, SPEAKS };

static bool is_message(const Ast *ast) {
    return ast->kind == AST_OPERATOR && ast->overload != NULL &&
           ast->overload->function == message;
}

static bool speaks(Emitter *e, const Definition *function);

/* Bounded: what is larger, or calls itself, counts as speaking. */
static bool body_speaks(Emitter *e, const Ast *body) {
    AstPlaces waiting = { 0 };
    Ast *start = (Ast *)body;
    vec_push(e->program->arena, &waiting, &start);
    for (size_t i = 0; i < waiting.count; i++) {
        Ast *node = *waiting.items[i];
        bool calls = node->kind == AST_CALL;
        if (is_message(node) || (calls && speaks(e, node->definition))) return true;
        if (i > 10 * NODE_LIMIT) return true;
        ast_parts(e->program->arena, node, &waiting);
    }
    return false;
}

static bool speaks(Emitter *e, const Definition *function) {
    uint8_t *known = &e->voices[function->index];
    if (*known == NOT_LOOKED) {
        *known = SPEAKS;
        if (function->body != NULL && !body_speaks(e, function->body)) *known = SILENT;
    }
    return *known == SPEAKS;
}

/* ---- looking ---- */

static bool is_cheap(const Ast *ast) {
    static const char *const names[] = { "IsNull", "IsTrue", "IsFalse", "Not",   "And",
                                         "Or",     "Xor",    "Implies", "Exists" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (emit_is_operator(ast, names[i])) return true;
    return false;
}

static bool is_time(const Type *type) {
    return type != NULL && type->kind == TYPE_SYSTEM &&
           (type->tag == TAG_DATE || type->tag == TAG_DATETIME || type->tag == TAG_TIME);
}

static uint32_t worth_of(const Ast *ast) {
    switch ((AstKind)ast->kind) {
    case AST_CALL:
    case AST_QUERY: return WORTH_OF_CALL;
    case AST_OPERATOR: return is_cheap(ast) ? 0 : is_time(ast->type) ? WORTH : 1;
    case AST_CONVERSION:
    case AST_INTERVAL:
    case AST_PROPERTY: return 1;
    default: return 0;
    }
}

static void look(Look *l, const Ast *ast) {
    if (ast == NULL || l->refused) return;
    if (++l->nodes > NODE_LIMIT || is_message(ast) ||
        (ast->kind == AST_CALL && speaks(l->emitter, ast->definition))) {
        l->refused = true;
        return;
    }
    l->worth += worth_of(ast);
    if (ast->kind == AST_LOCAL) note(l, l->named, &l->named_count, ast->slot);
    for (uint32_t i = 0; i < ast->count; i++) look(l, ast->child[i]);
    if (ast->kind == AST_QUERY) look_query(l, ast->query);
}

/* Does it read no slot but those of its own queries? */
static bool is_closed(const Look *l) {
    for (uint32_t i = 0; i < l->named_count; i++) {
        uint32_t j = 0;
        while (j < l->bound_count && l->bound[j] != l->named[i]) j++;
        if (j == l->bound_count) return false;
    }
    return !l->refused;
}

static bool is_shared(Emitter *e, const Ast *ast) {
    if (!e->repeated || e->within_shared || e->program->traced || worth_of(ast) == 0) return false;
    Look l = { .emitter = e };
    look(&l, ast);
    return is_closed(&l) && l.worth >= WORTH;
}

/* ---- the same expression ---- */

static bool same_value(Value a, Value b) {
    if (a.tag != b.tag || a.flags != b.flags || a.offset != b.offset) return false;
    if (a.tag == TAG_STRING) return str_equal(value_str(a), value_str(b));
    return a.aux == b.aux && a.integer == b.integer;
}

static bool same(const Ast *a, const Ast *b, uint32_t depth) {
    if (a == b) return true;
    if (a == NULL || b == NULL || depth > COMPARE_DEPTH) return false;
    if (a->kind == AST_QUERY || a->kind != b->kind || a->type != b->type || a->count != b->count)
        return false;
    if (a->overload != b->overload || a->definition != b->definition || a->slot != b->slot ||
        a->conversion != b->conversion || a->test_type != b->test_type)
        return false;
    if (a->property.id != b->property.id || a->strict != b->strict ||
        a->closed_low != b->closed_low || a->closed_high != b->closed_high ||
        !same_value(a->value, b->value) || !str_equal(a->text, b->text))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same(a->child[i], b->child[i], depth + 1)) return false;
    return true;
}

static uint32_t number_of(Emitter *e, const Ast *ast) {
    for (size_t i = 0; i < e->shared.count; i++)
        if (same(e->shared.items[i].ast, ast, 0)) return (uint32_t)i;
    SharedExpression shared = { ast, e->library, e->definition };
    vec_push(e->program->arena, &e->shared, shared);
    return (uint32_t)e->shared.count - 1;
}

bool emit_shared(Emitter *e, const Ast *ast, Register target) {
    if (!is_shared(e, ast)) return false;
    emit_code(e, CODE_SHARED, target, 0, 0)->index = number_of(e, ast);
    return true;
}

void emit_shared_procedures(Emitter *e) {
    VEC(Procedure) procedures = { 0 };
    e->within_shared = true;
    for (size_t i = 0; i < e->shared.count; i++) {
        SharedExpression shared = e->shared.items[i];
        vec_push(e->program->arena, &procedures,
                 emit_expression(e, shared.library, shared.definition, shared.ast));
    }
    e->program->shared_code = procedures.items;
    e->program->shared_count = (uint32_t)procedures.count;
}
