/* emit_query.c - queries as nested loops, and retrieves.
 *
 *     target := what the query is without rows
 *     the sources, each into a register; a null one ends the query with null
 *     a loop for each source that is a list: its alias := the next element
 *         the lets, with, without, where: on to the next row where they do not hold
 *         the row goes into the sink
 *     what was gathered becomes a list, which is sorted
 *
 * A sink is a list, the aggregate, or, where the query stands in Exists, First or Count,
 * that operator's value: then no list is made and the loops end as soon as it is known. */
#include "cql/emit.h"

/* One query while it is emitted. */
typedef struct Rows {
    const Query *query;
    Sink sink;
    bool list;         /* the query is a list */
    Register target;
    Register gathered; /* where the rows of a list begin */
    Register *sources; /* the registers of their values */
    Register place;    /* of each loop, side by side */
    uint32_t *heads;   /* the instruction that takes the next row, of each loop */
    Label *exits;      /* of each loop */
    uint32_t loops;
    Label next, done;  /* next: on to the next row; done: the value is known */
} Rows;

static bool is_list(const Ast *ast) { return ast->type->kind == TYPE_LIST; }

/* ---- loops ---- */

static void start_value(Emitter *e, const Rows *rows) {
    Value value = rows->sink == SINK_EXISTS  ? value_boolean(false)
                  : rows->sink == SINK_COUNT ? value_integer(0)
                                             : value_null();
    emit_constant(e, rows->target, value);
}

static void sources(Emitter *e, Rows *rows) {
    const Query *query = rows->query;
    Arena *arena = e->program->arena;
    rows->sources = arena_array(arena, query->source_count, sizeof *rows->sources);
    for (uint32_t i = 0; i < query->source_count; i++) {
        const QuerySource *source = &query->sources[i];
        Register value = (Register)source->slot;
        if (is_list(source->expression)) {
            value = emit_any(e, source->expression);
            rows->loops++;
        } else {
            emit_into(e, source->expression, value);
        }
        emit_jump(e, CODE_JUMP_IF_NULL, value, &rows->done);
        rows->sources[i] = value;
    }
    rows->heads = arena_array(arena, rows->loops, sizeof *rows->heads);
    rows->exits = arena_array(arena, rows->loops, sizeof *rows->exits);
    rows->place = emit_temporaries(e, rows->loops);
}

static void open_loop(Emitter *e, Register element, Register list, Register place, Label *exit) {
    emit_code(e, CODE_NEXT, element, list, place);
    emit_wait(e, exit);
}

static void open_loops(Emitter *e, Rows *rows) {
    uint32_t loop = 0;
    for (uint32_t i = 0; i < rows->query->source_count; i++) {
        const QuerySource *source = &rows->query->sources[i];
        if (!is_list(source->expression)) continue;
        Register place = (Register)(rows->place + loop);
        emit_code(e, CODE_START, place, 0, 0);
        rows->heads[loop] = emit_here(e);
        open_loop(e, (Register)source->slot, rows->sources[i], place, &rows->exits[loop]);
        emit_trace_row(e, (Register)source->slot, i);
        loop++;
    }
}

/* After the last row of an inner loop comes the next one of the loop around it. */
static void close_loops(Emitter *e, Rows *rows) {
    if (rows->loops > 0) {
        emit_jump(e, CODE_JUMP, 0, &rows->next);
        emit_label(e, &rows->next, rows->heads[rows->loops - 1]);
    }
    for (uint32_t i = 0; i < rows->loops; i++)
        emit_label(e, &rows->exits[i], i == 0 ? emit_here(e) : rows->heads[i - 1]);
    emit_label(e, &rows->next, emit_here(e));
}

/* ---- the clauses of a row ---- */

/* with: on where a row of the source fits; without: on where none does. */
static void with(Emitter *e, Rows *rows, const QueryWith *with) {
    uint32_t top = e->top;
    bool list = is_list(with->source.expression);
    Register slot = (Register)with->source.slot, place = emit_temporary(e);
    Register value = list ? emit_any(e, with->source.expression) : slot;
    Label exit = { 0 }, unfit = { 0 }, fits = { 0 };
    if (!list) {
        emit_into(e, with->source.expression, slot);
        emit_jump(e, CODE_JUMP_IF_NULL, slot, &unfit);
    } else {
        emit_code(e, CODE_START, place, 0, 0);
    }
    uint32_t head = emit_here(e);
    if (list) open_loop(e, slot, value, place, &exit);
    emit_unless_true(e, with->such_that, &unfit);
    emit_jump(e, CODE_JUMP, 0, with->without ? &rows->next : &fits);
    emit_label(e, &unfit, list ? head : emit_here(e));
    emit_label(e, &exit, emit_here(e));
    if (!with->without) emit_jump(e, CODE_JUMP, 0, &rows->next);
    emit_label(e, &fits, emit_here(e));
    e->top = top;
}

static void clauses(Emitter *e, Rows *rows) {
    const Query *query = rows->query;
    for (uint32_t i = 0; i < query->let_count; i++)
        emit_into(e, query->lets[i].expression, (Register)query->lets[i].slot);
    for (uint32_t i = 0; i < query->with_count; i++) with(e, rows, &query->withs[i]);
    if (query->where != NULL) emit_unless_true(e, query->where, &rows->next);
}

/* ---- sinks ---- */

static Register row_value(Emitter *e, const Query *query) {
    if (query->result != NULL) return emit_any(e, query->result);
    return (Register)query->sources[0].slot;
}

static void sink(Emitter *e, Rows *rows) {
    uint32_t top = e->top;
    Register value = row_value(e, rows->query);
    switch (rows->sink) {
    case SINK_RESULT:
        if (rows->list)
            emit_code(e, CODE_ADD, 0, value, 0);
        else
            emit_code(e, CODE_MOVE, rows->target, value, 0);
        break;
    case SINK_EXISTS:
        emit_jump(e, CODE_JUMP_IF_NULL, value, &rows->next);
        emit_constant(e, rows->target, value_boolean(true));
        emit_jump(e, CODE_JUMP, 0, &rows->done);
        break;
    case SINK_FIRST:
        emit_code(e, CODE_MOVE, rows->target, value, 0);
        emit_jump(e, CODE_JUMP, 0, &rows->done);
        break;
    case SINK_COUNT:
        emit_jump(e, CODE_JUMP_IF_NULL, value, &rows->next);
        emit_code(e, CODE_INCREMENT, rows->target, 0, 0);
        break;
    }
    e->top = top;
}

static void collect(Emitter *e, Register target, Register gathered, bool distinct) {
    emit_code(e, CODE_COLLECT, target, gathered, 0)->flags = distinct ? COLLECT_DISTINCT : 0;
}

/* ---- sort ---- */

static const SortOrder *sort_order(Emitter *e, const Query *query) {
    Arena *arena = e->program->arena;
    bool *descending = arena_array(arena, query->sort_count, sizeof *descending);
    for (uint32_t i = 0; i < query->sort_count; i++) descending[i] = query->sort[i].descending;
    SortOrder order = { query->sort_count, descending,
                        query->sort_count == 1 && query->sort[0].expression == NULL };
    return arena_copy(arena, &order, sizeof order);
}

static void sort_keys(Emitter *e, const Query *query, Register list) {
    Label exit = { 0 };
    Register place = emit_temporary(e), element = (Register)query->sort_slot;
    emit_code(e, CODE_START, place, 0, 0);
    uint32_t head = emit_here(e);
    open_loop(e, element, list, place, &exit);
    emit_trace_row(e, element, query->source_count);
    for (uint32_t i = 0; i < query->sort_count; i++) {
        uint32_t top = e->top;
        const Ast *key = query->sort[i].expression;
        emit_code(e, CODE_ADD, 0, key == NULL ? element : emit_any(e, key), 0);
        e->top = top;
    }
    emit_code(e, CODE_JUMP, 0, 0, 0)->index = head;
    emit_label(e, &exit, emit_here(e));
}

static void sort(Emitter *e, const Query *query, Register target) {
    const SortOrder *order = sort_order(e, query);
    Register gathered = emit_temporary(e);
    emit_code(e, CODE_GATHER, gathered, 0, 0);
    if (!order->itself) sort_keys(e, query, target);
    emit_code(e, CODE_SORT, target, target, gathered)->order = order;
}

/* ---- aggregate ---- */

static void accumulate(Emitter *e, const Query *query) {
    uint32_t top = e->top;
    Register next = emit_temporary(e), accumulator = (Register)query->aggregate_slot;
    emit_into(e, query->aggregate, next);
    emit_code(e, CODE_MOVE, accumulator, next, 0);
    e->top = top;
}

/* The aliases and lets of a row as one list, for finding rows that are the same. */
static void add_row(Emitter *e, const Query *query) {
    uint32_t top = e->top, count = query->source_count + query->let_count;
    Register first = emit_temporaries(e, count), row = emit_temporary(e), at = first;
    for (uint32_t i = 0; i < query->source_count; i++)
        emit_code(e, CODE_MOVE, at++, (Register)query->sources[i].slot, 0);
    for (uint32_t i = 0; i < query->let_count; i++)
        emit_code(e, CODE_MOVE, at++, (Register)query->lets[i].slot, 0);
    emit_code(e, CODE_LIST, row, first, (Register)count);
    emit_code(e, CODE_ADD, 0, row, 0);
    e->top = top;
}

static void accumulate_distinct(Emitter *e, Rows *rows) {
    const Query *query = rows->query;
    Register list = emit_temporaries(e, 3), place = (Register)(list + 1), row = (Register)(list + 2);
    Label exit = { 0 };
    uint32_t item = 0;
    collect(e, list, rows->gathered, true);
    emit_code(e, CODE_START, place, 0, 0);
    uint32_t head = emit_here(e);
    open_loop(e, row, list, place, &exit);
    for (uint32_t i = 0; i < query->source_count; i++)
        emit_code(e, CODE_ITEM, (Register)query->sources[i].slot, row, 0)->index = item++;
    for (uint32_t i = 0; i < query->let_count; i++)
        emit_code(e, CODE_ITEM, (Register)query->lets[i].slot, row, 0)->index = item++;
    accumulate(e, query);
    emit_code(e, CODE_JUMP, 0, 0, 0)->index = head;
    emit_label(e, &exit, emit_here(e));
}

static void aggregate(Emitter *e, Rows *rows) {
    const Query *query = rows->query;
    Register accumulator = (Register)query->aggregate_slot;
    if (query->aggregate_distinct) {
        rows->gathered = emit_temporary(e);
        emit_code(e, CODE_GATHER, rows->gathered, 0, 0);
    }
    if (query->aggregate_start != NULL)
        emit_into(e, query->aggregate_start, accumulator);
    else
        emit_constant(e, accumulator, value_null());
    open_loops(e, rows);
    clauses(e, rows);
    if (query->aggregate_distinct)
        add_row(e, query);
    else
        accumulate(e, query);
    close_loops(e, rows);
    if (query->aggregate_distinct) accumulate_distinct(e, rows);
    emit_code(e, CODE_MOVE, rows->target, accumulator, 0);
}

/* ---- the whole ---- */

static void rows_to_sink(Emitter *e, Rows *rows) {
    bool listed = rows->list && rows->sink == SINK_RESULT;
    if (listed) {
        rows->gathered = emit_temporary(e);
        emit_code(e, CODE_GATHER, rows->gathered, 0, 0);
    }
    open_loops(e, rows);
    clauses(e, rows);
    sink(e, rows);
    close_loops(e, rows);
    if (!listed) return;
    collect(e, rows->target, rows->gathered, rows->query->result_distinct);
    if (rows->query->sort_count > 0) sort(e, rows->query, rows->target);
}

void emit_query(Emitter *e, const Ast *ast, Sink sink_of_rows, Register target) {
    Rows rows = { .query = ast->query, .sink = sink_of_rows, .target = target };
    for (uint32_t i = 0; i < ast->query->source_count; i++)
        rows.list = rows.list || is_list(ast->query->sources[i].expression);
    start_value(e, &rows);
    sources(e, &rows);
    bool repeated = e->repeated;
    e->repeated |= rows.loops > 0;
    if (ast->query->aggregate != NULL)
        aggregate(e, &rows);
    else
        rows_to_sink(e, &rows);
    e->repeated = repeated;
    emit_label(e, &rows.done, emit_here(e));
}

bool emit_fused(Emitter *e, const Ast *ast, Register target) {
    if (ast->count != 1 || ast->child[0]->kind != AST_QUERY || !is_list(ast->child[0]))
        return false;
    const Query *query = ast->child[0]->query;
    bool first = emit_is_operator(ast, "First") && query->sort_count == 0;
    bool count = emit_is_operator(ast, "Count") && !query->result_distinct;
    if (query->aggregate != NULL || (!emit_is_operator(ast, "Exists") && !first && !count))
        return false;
    TraceMark mark = emit_trace_begin(e, ast->child[0]);
    emit_query(e, ast->child[0], first ? SINK_FIRST : count ? SINK_COUNT : SINK_EXISTS, target);
    emit_trace_end_without_value(e, mark);
    return true;
}

/* ---- retrieves ---- */

static bool same_codes(Value a, Value b) {
    if (a.tag != b.tag || value_is_null(a)) return a.tag == b.tag;
    if (a.tag != TAG_CODE || a.code == b.code) return a.integer == b.integer;
    return str_equal(a.code->code, b.code->code) && str_equal(a.code->system, b.code->system);
}

static bool same_retrieve(const Retrieve *a, const Retrieve *b) {
    return a->type == b->type && a->path.type_count == b->path.type_count &&
           a->path.id == b->path.id && same_codes(a->codes, b->codes);
}

/* The same retrieve at several places is one. */
static const RetrieveSite *find_site(Emitter *e, const RetrieveSite *wanted) {
    for (size_t i = 0; wanted->steady && i < e->sites.count; i++) {
        const RetrieveSite *site = e->sites.items[i];
        if (site->steady && same_retrieve(&site->retrieve, &wanted->retrieve)) return site;
    }
    RetrieveSite *made = arena_copy(e->program->arena, wanted, sizeof *wanted);
    made->number = e->program->retrieve_count++;
    vec_push(e->program->arena, &e->sites, made);
    return made;
}

void emit_retrieve(Emitter *e, const Ast *ast, Register target) {
    bool coded = ast->count > 0 && ast->child[0] != NULL;
    RetrieveSite site = { .steady = true };
    site.retrieve.type = ast->type->element->class;
    if (coded) {
        site.retrieve.path = ast->property;
        site.steady = emit_fold(e, ast->child[0], &site.retrieve.codes);
    }
    Register codes = site.steady ? 0 : emit_any(e, ast->child[0]);
    e->span = ast->span;
    const RetrieveSite *found = find_site(e, &site);
    emit_code(e, CODE_RETRIEVE, target, codes, 0)->site = found;
}
