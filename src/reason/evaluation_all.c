/* evaluation_all.c - batches of records in a ring, filled in turn and emptied in the same order.
 *
 * A thread takes the next batch of the ring and fills it from the feed, under one lock, and
 * evaluates it.  Then, under the other, all batches that are finished go out, as far as
 * none before them is missing.  A thread that is a whole ring ahead waits.  A batch is small, so
 * that its texts are still in the cache when they are evaluated.  One thread alone needs no
 * batches: it evaluates each record where the feed has it. */
#define _POSIX_C_SOURCE 200809L
#include "reason/evaluation_all.h"

#include <pthread.h>

enum { BATCH_RECORDS = 8, BATCH_BYTES = 1 << 18, MOST_THREADS = 256 };
static const size_t BATCH_MEMORY = (size_t)1 << 40;

typedef struct Batch {
    Arena *arena; /* texts and results */
    uint32_t count, failed;
    double done; /* of the feed, when the batch was filled */
    bool finished;
    FeedItem items[BATCH_RECORDS];
    Buffer out, errors;
} Batch;

typedef struct Work {
    const Evaluation *evaluation;
    ResultTaker taker;
    EvaluationTotals *totals;
    pthread_mutex_t reading;
    RecordFeed *feed;
    uint64_t filled; /* batches so far */
    bool over;       /* nothing is left in the feed, or a thread gave up */
    pthread_mutex_t writing;
    pthread_cond_t moved; /* `written` */
    uint64_t written;
    bool failed;
    uint32_t ring_size;
    Batch *ring;
} Work;

/* ---- a batch ---- */

static Diagnostic copy_error(Arena *arena, Diagnostic error) {
    error.message = str_copy(arena, error.message);
    error.hint = str_copy(arena, error.hint);
    error.file = str_copy(arena, error.file);
    return error;
}

static FeedItem copy_item(Arena *arena, const FeedItem *item) {
    FeedItem copy = *item;
    copy.file = str_copy(arena, item->file);
    if (item->text.data != NULL) copy.text = str_copy(arena, item->text);
    else copy.error = copy_error(arena, item->error);
    return copy;
}

static void fill(Work *work, Batch *batch) {
    size_t bytes = 0;
    FeedItem item;
    arena_reset(batch->arena);
    batch->count = batch->failed = 0;
    while (batch->count < BATCH_RECORDS && bytes < BATCH_BYTES &&
           record_feed_next(work->feed, &item)) {
        bytes += item.text.length;
        batch->items[batch->count++] = copy_item(batch->arena, &item);
    }
    batch->done = record_feed_done(work->feed);
}

static void evaluate(Evaluator *evaluator, Batch *batch) {
    batch->out = buffer_new(batch->arena);
    batch->errors = buffer_new(batch->arena);
    for (uint32_t i = 0; i < batch->count; i++)
        if (!evaluator_take(evaluator, &batch->items[i], &batch->out, &batch->errors))
            batch->failed++;
}

/* ---- a thread ---- */

static void wait_for_room(Work *work) {
    pthread_mutex_lock(&work->writing);
    while (work->filled - work->written >= work->ring_size && !work->failed)
        pthread_cond_wait(&work->moved, &work->writing);
    work->over |= work->failed;
    pthread_mutex_unlock(&work->writing);
}

/* The next batch, filled; NULL when there is none. */
static Batch *take_batch(Work *work) {
    Batch *batch = NULL;
    pthread_mutex_lock(&work->reading);
    if (!work->over) wait_for_room(work);
    if (!work->over) {
        batch = &work->ring[work->filled % work->ring_size];
        fill(work, batch);
        work->over = batch->count == 0;
        if (work->over) batch = NULL;
        else work->filled++;
    }
    pthread_mutex_unlock(&work->reading);
    return batch;
}

static void give_finished(Work *work, Batch *finished) {
    pthread_mutex_lock(&work->writing);
    finished->finished = true;
    for (;;) {
        Batch *batch = &work->ring[work->written % work->ring_size];
        if (!batch->finished) break;
        batch->finished = false;
        work->written++;
        work->totals->records += batch->count;
        work->totals->failed += batch->failed;
        work->taker.take(work->taker.self, buffer_str(&batch->out), buffer_str(&batch->errors),
                         work->totals->records, batch->done);
    }
    pthread_cond_broadcast(&work->moved);
    pthread_mutex_unlock(&work->writing);
}

static void give_up(Work *work) {
    pthread_mutex_lock(&work->writing);
    work->failed = true;
    pthread_cond_broadcast(&work->moved);
    pthread_mutex_unlock(&work->writing);
}

static void *work_on(void *self) {
    Work *work = self;
    Evaluator *evaluator = evaluator_new(work->evaluation);
    if (evaluator == NULL) return give_up(work), NULL;
    for (Batch *batch; (batch = take_batch(work)) != NULL;) {
        evaluate(evaluator, batch);
        give_finished(work, batch);
    }
    evaluator_free(evaluator);
    return NULL;
}

/* ---- one thread ---- */

static void give_one(Work *work, Evaluator *evaluator, Arena *arena, const FeedItem *item) {
    arena_reset(arena);
    Buffer out = buffer_new(arena), errors = buffer_new(arena);
    work->totals->records++;
    if (!evaluator_take(evaluator, item, &out, &errors)) work->totals->failed++;
    work->taker.take(work->taker.self, buffer_str(&out), buffer_str(&errors),
                     work->totals->records, record_feed_done(work->feed));
}

static bool run_alone(Work *work) {
    Evaluator *evaluator = evaluator_new(work->evaluation);
    Arena *arena = arena_new(BATCH_MEMORY);
    bool sound = evaluator != NULL && arena != NULL;
    FeedItem item;
    while (sound && record_feed_next(work->feed, &item)) give_one(work, evaluator, arena, &item);
    arena_free(arena);
    evaluator_free(evaluator);
    return sound;
}

/* ---- all threads ---- */

static bool make_ring(Work *work, Arena *arena, uint32_t threads) {
    work->ring_size = 2 * threads + 1;
    work->ring = arena_array(arena, work->ring_size, sizeof *work->ring);
    for (uint32_t i = 0; i < work->ring_size; i++)
        if ((work->ring[i].arena = arena_new(BATCH_MEMORY)) == NULL) return false;
    return true;
}

static void free_ring(Work *work) {
    for (uint32_t i = 0; i < work->ring_size; i++) arena_free(work->ring[i].arena);
}

/* The calling thread is one of them. */
static void run_threads(Work *work, uint32_t threads) {
    pthread_t others[MOST_THREADS];
    uint32_t started = 0;
    while (started + 1 < threads &&
           pthread_create(&others[started], NULL, work_on, work) == 0)
        started++;
    if (started + 1 == threads) work_on(work);
    else give_up(work);
    for (uint32_t i = 0; i < started; i++) pthread_join(others[i], NULL);
}

static bool run_in_ring(Work *work, uint32_t threads) {
    Arena *arena = arena_new(BATCH_MEMORY);
    if (arena == NULL) return false;
    pthread_mutex_init(&work->reading, NULL);
    pthread_mutex_init(&work->writing, NULL);
    pthread_cond_init(&work->moved, NULL);
    bool sound = make_ring(work, arena, threads);
    if (sound) run_threads(work, threads);
    free_ring(work);
    pthread_cond_destroy(&work->moved);
    pthread_mutex_destroy(&work->writing);
    pthread_mutex_destroy(&work->reading);
    arena_free(arena);
    return sound && !work->failed;
}

bool evaluation_run_all(const Evaluation *evaluation, RecordFeed *feed, uint32_t threads,
                        ResultTaker taker, EvaluationTotals *totals) {
    Work work = { .evaluation = evaluation, .feed = feed, .taker = taker, .totals = totals };
    *totals = (EvaluationTotals){ 0 };
    if (threads <= 1) return run_alone(&work);
    return run_in_ring(&work, threads > MOST_THREADS ? MOST_THREADS : threads);
}
