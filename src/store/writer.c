/* writer.c - one thread writes. It takes what waits (at most STORE_GROUP_MAX jobs), runs each behind a savepoint, and commits
 * all with one fsync; while that fsync runs the next group gathers by itself, so the group grows with the load and a lone job
 * waits for nobody. Completions are posted in the order of submission. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>

#include "base/clock.h"
#include "store/store_priv.h"

#include "base/banned.h"

struct wait {
    sem_t done;
    int err;
};

static int push(struct writer *w, struct write_job *job)
{
    int err = 0;

    pthread_mutex_lock(&w->lock);
    if (w->closing)
        err = ESHUTDOWN;
    else if (w->queued >= STORE_QUEUE_MAX)
        err = EAGAIN;
    if (!err) {
        *w->tail = job;
        w->tail = &job->next;
        w->queued++;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return err;
}

static int submit(struct store *s, const struct write_job *template)
{
    struct write_job *job = malloc(sizeof *job);
    int err;

    if (job == NULL)
        return ENOMEM;
    *job = *template;
    err = push(&s->writer, job);
    if (err)
        free(job);
    return err;
}

int store_submit(struct store *s, store_job_fn *job, store_done_fn *done, struct loop *loop, void *arg)
{
    return submit(s, &(struct write_job){.fn = job, .done = done, .loop = loop, .arg = arg});
}

int store_run(struct store *s, store_job_fn *job, void *arg)
{
    struct wait wait = {.err = 0};
    int err;

    sem_init(&wait.done, 0, 0);
    err = submit(s, &(struct write_job){.fn = job, .arg = arg, .wait = &wait});
    if (!err) {
        while (sem_wait(&wait.done) != 0)
            ;
        err = wait.err;
    }
    sem_destroy(&wait.done);
    return err;
}

/* Runs one job so that its failure undoes its own changes only. */
static void run_job(struct tx *tx, struct write_job *job)
{
    struct conn *c = tx->conn;
    int64_t seq = tx->event_seq;
    int err = conn_run(c, "SAVEPOINT job");

    if (!err) {
        err = job->fn(tx, job->arg);
        if (err) {
            tx->event_seq = seq;
            (void)conn_run(c, "ROLLBACK TO job");
        }
        (void)conn_run(c, "RELEASE job");
    }
    job->err = err;
}

static int run_group(struct store *s, struct write_job *group, int64_t *event_seq)
{
    struct tx tx = {.conn = s->write_conn, .writable = true};
    int err = conn_run(s->write_conn, "BEGIN IMMEDIATE");

    if (err)
        return err;
    for (struct write_job *job = group; job != NULL; job = job->next)
        run_job(&tx, job);
    err = conn_run(s->write_conn, "COMMIT");
    if (err)
        (void)conn_run(s->write_conn, "ROLLBACK");
    else
        *event_seq = tx.event_seq;
    return err;
}

struct completion {
    store_done_fn *done;
    void *arg;
    int err;
};

static void complete(void *arg)
{
    struct completion c = *(struct completion *)arg;

    free(arg);
    c.done(c.err, c.arg);
}

static void finish(struct write_job *job)
{
    struct completion *c;

    if (job->wait != NULL) {
        job->wait->err = job->err;
        sem_post(&job->wait->done);
    } else if (job->done != NULL) {
        c = malloc(sizeof *c);
        if (c == NULL)
            abort(); /* a completion that is lost would leave its owner waiting for ever */
        *c = (struct completion){job->done, job->arg, job->err};
        if (loop_post(job->loop, complete, c))
            abort();
    }
    free(job);
}

/* Slots grow by the square root of two from 10 us on. */
static int latency_slot(int64_t us)
{
    int64_t edge2 = 100; /* squares: no fractions */
    int slot = 0;

    while (slot < STORE_LATENCY_SLOTS - 1 && us * us > edge2) {
        edge2 *= 2;
        slot++;
    }
    return slot;
}

static void count(struct writer *w, const struct write_job *group, int err, int64_t us)
{
    pthread_mutex_lock(&w->lock);
    w->commits++;
    if (!err)
        w->latency[latency_slot(us)]++;
    for (; group != NULL; group = group->next) {
        w->jobs++;
        w->failed += group->err != 0;
    }
    pthread_mutex_unlock(&w->lock);
}

static void tell_watchers(struct writer *w, int64_t event_seq)
{
    struct watcher watchers[STORE_WATCHERS_MAX];
    int n;

    pthread_mutex_lock(&w->lock);
    n = w->watcher_count;
    for (int i = 0; i < n; i++)
        watchers[i] = w->watchers[i];
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < n; i++)
        watchers[i].fn(event_seq, watchers[i].arg);
}

static void serve_group(struct store *s, struct write_job *group)
{
    int64_t seq = 0, start = clock_mono_us();
    int err;

    if (s->shared)
        pthread_mutex_lock(&s->conn_lock);
    err = run_group(s, group, &seq);
    if (s->shared)
        pthread_mutex_unlock(&s->conn_lock);
    for (struct write_job *job = group; err && job != NULL; job = job->next)
        job->err = err;
    count(&s->writer, group, err, clock_mono_us() - start);
    while (group != NULL) {
        struct write_job *next = group->next;

        finish(group);
        group = next;
    }
    if (seq > 0)
        tell_watchers(&s->writer, seq);
}

/* The next group, waiting for it; NULL when the store closes and nothing is left. */
static struct write_job *take_group(struct writer *w)
{
    struct write_job *group, *last;
    int n = 1;

    pthread_mutex_lock(&w->lock);
    while (w->head == NULL && !w->closing)
        pthread_cond_wait(&w->wake, &w->lock);
    group = last = w->head;
    while (last != NULL && last->next != NULL && n < STORE_GROUP_MAX) {
        last = last->next;
        n++;
    }
    if (group != NULL) {
        w->head = last->next;
        last->next = NULL;
        w->queued -= (size_t)n;
        if (w->head == NULL)
            w->tail = &w->head;
    }
    pthread_mutex_unlock(&w->lock);
    return group;
}

static void *writer_main(void *arg)
{
    struct store *s = arg;
    struct write_job *group;

    while ((group = take_group(&s->writer)) != NULL)
        serve_group(s, group);
    return NULL;
}

int writer_start(struct writer *w, struct store *s)
{
    int err = pthread_create(&w->thread, NULL, writer_main, s);

    w->started = err == 0;
    if (w->started)
        pthread_setname_np(w->thread, "store");
    return err;
}

void writer_stop(struct writer *w)
{
    if (!w->started)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    w->started = false;
}

int store_watch(struct store *s, store_watch_fn *fn, void *arg)
{
    struct writer *w = &s->writer;
    int err = 0;

    pthread_mutex_lock(&w->lock);
    if (w->watcher_count == STORE_WATCHERS_MAX)
        err = ENOSPC;
    else
        w->watchers[w->watcher_count++] = (struct watcher){fn, arg};
    pthread_mutex_unlock(&w->lock);
    return err;
}

/* The upper edge of the slot below which `share` of all commits lie. */
static int64_t percentile(const uint64_t *slots, double share)
{
    uint64_t total = 0, seen = 0;
    double edge = 10;

    for (int i = 0; i < STORE_LATENCY_SLOTS; i++)
        total += slots[i];
    for (int i = 0; i < STORE_LATENCY_SLOTS && total > 0; i++, edge *= 1.41421356) {
        seen += slots[i];
        if ((double)seen >= share * (double)total)
            return (int64_t)edge;
    }
    return 0;
}

void store_stats_get(const struct store *s, struct store_stats *out)
{
    struct writer *w = (struct writer *)&s->writer; /* for its lock only */

    pthread_mutex_lock(&w->lock);
    *out = (struct store_stats){.jobs = w->jobs, .commits = w->commits, .failed = w->failed, .queued = w->queued,
                                .commit_us_p50 = percentile(w->latency, 0.5), .commit_us_p99 = percentile(w->latency, 0.99)};
    pthread_mutex_unlock(&w->lock);
}
