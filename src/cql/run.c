/* run.c - a run over records: values of defines and parameters, frames, errors.
 *
 * A slot belongs to the record whose number it carries, so that a new record forgets all
 * by counting on.  The registers' first segment is the run's; further ones, rows and all
 * values are in the evaluation's arena, whose limit holds for them. */
#include "cql/run.h"

#include <string.h>

#include "base/clock.h"

enum { SEGMENT_REGISTERS = 4096, DEFAULT_DEPTH = 400, DEFAULT_STEPS = 50000000 };

Run *run_new(Arena *arena, const Program *program, RunLimits limits) {
    Run *run = arena_alloc_zeroed(arena, sizeof *run);
    if (limits.steps == 0) limits.steps = DEFAULT_STEPS;
    if (limits.depth == 0) limits.depth = DEFAULT_DEPTH;
    run->program = program;
    run->limits = limits;
    run->defines = arena_array(arena, program->define_count, sizeof *run->defines);
    run->parameters = arena_array(arena, program->parameter_count, sizeof *run->parameters);
    run->retrieved = arena_array(arena, program->retrieve_count, sizeof *run->retrieved);
    run->shared = arena_array(arena, program->shared_count, sizeof *run->shared);
    run->given = arena_array(arena, program->parameter_count, sizeof *run->given);
    run->is_given = arena_array(arena, program->parameter_count, sizeof *run->is_given);
    run->patterns = pattern_cache_new(arena);
    if (program->model != NULL)
        run->memo = arena_alloc_zeroed(arena, program->model->memo_size);
    run->first = arena_alloc(arena, sizeof(Segment) + SEGMENT_REGISTERS * sizeof(Value));
    run->first->end = run->first->registers + SEGMENT_REGISTERS;
    return run;
}

static bool charge(void *self, uint64_t steps) { return run_charge(self, steps); }

void run_begin(Run *run, Eval *eval, const Source *source) {
    run->eval = eval;
    run->source = source;
    run->record++;
    run->steps = 0;
    run->reserve = run->limits.steps;
    if (run->limits.milliseconds != 0)
        run->deadline_ns = clock_monotonic_ns() + run->limits.milliseconds * 1000000;
    run->depth = 0;
    run->segment = run->first;
    run->segment->next = NULL;
    run->top = run->segment->registers;
    run->user = NULL;
    run->postponed = UINT32_MAX;
    run->rows = NULL;
    run->row_count = run->row_capacity = 0;
    run->failed = false;
    eval->error_code = NULL;
    eval->instances = source == NULL ? NULL : source->self;
    eval->charge = charge;
    eval->charger = run;
    eval->patterns = run->patterns;
    eval->memo = run->memo;
}

void run_set_tracer(Run *run, const Tracer *tracer) { run->tracer = tracer; }

void run_set_parameter(Run *run, uint32_t index, Value value) {
    uint32_t number = run->program->main_parameters[index]->index;
    run->given[number] = value;
    run->is_given[number] = true;
}

/* ---- errors ---- */

bool run_fail(Run *run, const Procedure *procedure, const Instruction *instruction) {
    Eval *eval = run->eval;
    if (run->failed) return false;
    run->failed = true;
    run->failure = (Diagnostic){
        .severity = SEVERITY_ERROR,
        .code = eval->error_code != NULL ? eval->error_code : "failed",
        .message = eval->error_code != NULL ? eval->error_message
                                            : STR("the operator has no value here"),
        .hint = eval->error_hint,
        .file = procedure->file,
        .span = run->program->spans[instruction - run->program->code],
    };
    eval->error_code = NULL;
    eval->error_message = eval->error_hint = (Str){ "", 0 };
    return false;
}

/* The clock is looked at once in so many steps, which may take some milliseconds each. */
bool run_refill(Run *run) {
    enum { SLICE = 1000 };
    bool timed = run->limits.milliseconds != 0;
    if (timed && clock_monotonic_ns() > run->deadline_ns)
        return eval_fail(run->eval, "timeout", "the evaluation takes longer than %lld ms",
                         (long long)run->limits.milliseconds);
    if (run->reserve == 0)
        return eval_fail(run->eval, "step-limit", "the evaluation takes more than %llu steps",
                         (unsigned long long)run->limits.steps);
    uint64_t more = timed && run->reserve > SLICE ? SLICE : run->reserve;
    run->reserve -= more;
    run->steps += more;
    return true;
}

bool run_charge(Run *run, uint64_t steps) {
    while (run->steps < steps)
        if (!run_refill(run)) return run->steps = 0, false;
    run->steps -= steps;
    return true;
}

/* ---- frames ---- */

static void take_segment(Run *run, uint32_t count) {
    Segment *next = run->segment->next;
    if (next == NULL || (size_t)(next->end - next->registers) < count) {
        size_t size = count > SEGMENT_REGISTERS ? count : SEGMENT_REGISTERS;
        next = arena_alloc(run->eval->arena, sizeof *next + size * sizeof(Value));
        next->next = NULL;
        next->end = next->registers + size;
        run->segment->next = next;
    }
    run->segment = next;
    run->top = next->registers;
}

/* Arguments are the first locals. */
static Value *take_frame(Run *run, const Procedure *procedure, const Value *arguments,
                         uint32_t argument_count) {
    uint32_t count = procedure->register_count;
    if ((size_t)(run->segment->end - run->top) < count) take_segment(run, count);
    Value *frame = run->top;
    run->top += count;
    for (uint32_t i = 0; i < argument_count; i++) frame[i] = arguments[i];
    for (uint32_t i = argument_count; i < procedure->slot_count; i++) frame[i] = value_null();
    return frame;
}

static bool fail_too_deep(Run *run, const Procedure *procedure) {
    eval_fail(run->eval, "too-deep", "definitions and functions use each other more than %u deep",
              (unsigned)run->limits.depth);
    return run_fail(run, procedure, &run->program->code[procedure->start]);
}

bool run_call(Run *run, const Procedure *procedure, const Value *arguments, uint32_t count,
              Value *result) {
    if (run->depth >= run->limits.depth) return fail_too_deep(run, procedure);
    Segment *segment = run->segment;
    Value *top = run->top, *frame = take_frame(run, procedure, arguments, count);
    run->depth++;
    bool sound = run_execute(run, procedure, frame, result);
    run->depth--;
    run->segment = segment;
    run->top = top;
    return sound;
}

/* ---- defines and parameters ---- */

static void note_use(Run *run, uint32_t index) {
    Slot *user = run->user;
    if (user == NULL) return;
    for (size_t i = user->uses.count; i-- > 0;)
        if (user->uses.items[i] == index) return;
    vec_push(run->eval->arena, &user->uses, index);
}

static bool give_error(Run *run, const Slot *slot) {
    run->failed = true;
    run->failure = *slot->error;
    return false;
}

/* Evaluates the procedure into its slot. */
static bool fill(Run *run, Slot *slot, const Procedure *procedure) {
    uint32_t rows = run->row_count;
    *slot = (Slot){ .record = run->record, .state = SLOT_BEING_EVALUATED };
    if (run_call(run, procedure, NULL, 0, &slot->value)) {
        slot->state = SLOT_VALUE;
        return true;
    }
    run->row_count = rows;
    run->eval->depth = 0;
    if (run->postponed != UINT32_MAX) {
        *slot = (Slot){ .state = SLOT_EMPTY };
        return false;
    }
    slot->error = arena_copy(run->eval->arena, &run->failure, sizeof run->failure);
    slot->state = SLOT_ERROR;
    return false;
}

static bool fail_cycle(Run *run, const Procedure *procedure) {
    eval_fail(run->eval, "cycle", "%.*s rests on itself",
              STR_ARGS(procedure->definition->name));
    return run_fail(run, procedure, &run->program->code[procedure->start]);
}

static bool slot_value(Run *run, Slot *slot, const Procedure *procedure, Value *value) {
    SlotState state = slot->record == run->record ? slot->state : SLOT_EMPTY;
    if (state == SLOT_ERROR) return give_error(run, slot);
    if (state == SLOT_BEING_EVALUATED) return fail_cycle(run, procedure);
    if (state == SLOT_EMPTY && !fill(run, slot, procedure)) return false;
    *value = slot->value;
    return true;
}

static bool postpone(Run *run, uint32_t index) {
    run->postponed = index;
    run->failed = true;
    return false;
}

bool run_define_value(Run *run, uint32_t index, Value *value) {
    Slot *slot = &run->defines[index];
    note_use(run, index);
    if (slot->record == run->record && slot->state == SLOT_VALUE) {
        *value = slot->value;
        return true;
    }
    if (slot->record != run->record && run->depth >= run->limits.depth)
        return postpone(run, index);
    Slot *user = run->user;
    run->user = slot;
    bool sound = slot_value(run, slot, &run->program->define_code[index], value);
    run->user = user;
    return sound;
}

/* What it uses, its user uses.  It stands in the code of its user: it goes no deeper. */
bool run_shared_value(Run *run, uint32_t index, Value *value) {
    Slot *slot = &run->shared[index], *user = run->user;
    bool sound = slot->record == run->record && slot->state == SLOT_VALUE;
    if (sound) {
        *value = slot->value;
    } else {
        run->user = slot;
        run->depth--;
        sound = slot_value(run, slot, &run->program->shared_code[index], value);
        run->depth++;
        run->user = user;
    }
    for (size_t i = 0; i < slot->uses.count; i++) note_use(run, slot->uses.items[i]);
    return sound;
}

bool run_parameter_value(Run *run, uint32_t index, Value *value) {
    const Procedure *procedure = &run->program->parameter_code[index];
    *value = value_null();
    if (run->is_given[index])
        *value = run->given[index];
    else if (procedure->definition != NULL)
        return slot_value(run, &run->parameters[index], procedure, value);
    return true;
}

static bool evaluate(Run *run, uint32_t index, Value *value) {
    run->failed = false;
    run->user = NULL;
    run->postponed = UINT32_MAX;
    run->eval->error_code = NULL;
    return run_define_value(run, index, value);
}

/* What was postponed is evaluated first, then what asked for it once more. */
static bool evaluate_postponed(Run *run, uint32_t index, Value *value) {
    VEC(uint32_t) waiting = { 0 };
    vec_push(run->eval->arena, &waiting, index);
    vec_push(run->eval->arena, &waiting, run->postponed);
    bool sound = false;
    while (waiting.count > 0) {
        sound = evaluate(run, waiting.items[waiting.count - 1], value);
        if (sound || run->postponed == UINT32_MAX) waiting.count--;
        else vec_push(run->eval->arena, &waiting, run->postponed);
    }
    return sound;
}

/* Defines may use each other more deeply than the stack is. */
bool run_define(Run *run, uint32_t index, Value *value, Diagnostic *error) {
    bool sound = evaluate(run, index, value);
    if (!sound && run->postponed != UINT32_MAX) sound = evaluate_postponed(run, index, value);
    run->failed = false;
    if (!sound) *error = run->failure;
    return sound;
}

bool run_peek(const Run *run, uint32_t index, Value *value) {
    const Slot *slot = &run->defines[index];
    if (slot->record != run->record || slot->state != SLOT_VALUE) return false;
    *value = slot->value;
    return true;
}

uint32_t run_uses(const Run *run, uint32_t index, const uint32_t **uses) {
    const Slot *slot = &run->defines[index];
    bool evaluated = slot->record == run->record;
    *uses = evaluated ? slot->uses.items : NULL;
    return evaluated ? (uint32_t)slot->uses.count : 0;
}
