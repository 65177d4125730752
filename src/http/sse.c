/* sse.c - the journal as server-sent events.
 *
 * One thread reads what was committed and puts it into the bounded queue of each client; a client whose queue is empty is a suspended
 * connection and costs no thread. A client that asks for the past (Last-Event-ID or ?after=) is fed from the journal until it has caught
 * up. When a queue is full its stream ends: the browser comes back with the last id it saw. A stream lives no longer than the session it was asked for with: the
 * thread asks for each session again when one was ended (sse_check) and at every heartbeat.
 *
 *   new -> BEHIND -> LIVE -> ENDED;  BEHIND or LIVE -> ENDED (slow, too old, closing)
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "http/sse_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { BATCH = 200, HEARTBEAT_S = 15 };

/* Lock held. The connection's thread reads on. */
static void resume(struct sse_client *c)
{
    if (c->suspended) {
        c->suspended = false;
        MHD_resume_connection(c->conn);
    }
}

static void end(struct sse_client *c)
{
    c->ended = true;
    resume(c);
}

static bool concerns(const struct sse_client *c, const json_t *event)
{
    return (c->lead_id[0] == '\0' || strcmp(c->lead_id, jx_str(event, "lead_id", "")) == 0) &&
           (c->call_id[0] == '\0' || strcmp(c->call_id, jx_str(event, "call_id", "")) == 0);
}

static int put_event(struct buf *b, const json_t *event)
{
    char *text = jx_dump(event);
    int err = text == NULL ? ENOMEM
                           : buf_printf(b, "id: %lld\nevent: %s\ndata: %s\n\n", (long long)jx_int(event, "seq", 0), jx_str(event, "kind", "event"), text);

    free(text);
    return err;
}

/* Lock held. */
static void feed(struct sse_client *c, const json_t *events)
{
    const json_t *event;
    size_t i;

    json_array_foreach(events, i, event) {
        if (jx_int(event, "seq", 0) <= c->seq || c->ended)
            continue;
        if (concerns(c, event) && put_event(&c->queue, event) != 0) {
            c->sse->dropped++;
            end(c);
            return;
        }
        c->seq = jx_int(event, "seq", 0);
    }
    if (c->queue.len > 0)
        resume(c);
}

struct batch { int64_t after; json_t *events; };

static int read_batch(struct tx *tx, void *arg)
{
    struct batch *b = arg;

    return event_list(tx, b->after, NULL, NULL, BATCH, &b->events);
}

/* Lock held on entry and exit; released while the store reads. The oldest position that can be fed now, or -1. */
static int64_t oldest_hungry(const struct sse *s)
{
    int64_t after = -1;

    for (const struct sse_client *c = s->first; c != NULL; c = c->next)
        if (!c->ended && (c->seq >= s->live || c->queue.len < SSE_QUEUE_MAX / 2) && (after < 0 || c->seq < after))
            after = c->seq;
    return after;
}

static bool feed_all(struct sse *s)
{
    struct batch b = {.after = oldest_hungry(s)};
    int64_t last;
    size_t n;

    if (b.after < 0)
        return false;
    pthread_mutex_unlock(&s->lock);
    if (store_read(s->store, read_batch, &b) != 0)
        b.events = NULL;
    pthread_mutex_lock(&s->lock);
    n = json_array_size(b.events);
    last = n > 0 ? jx_int(json_array_get(b.events, n - 1), "seq", 0) : 0;
    for (struct sse_client *c = s->first; n > 0 && c != NULL; c = c->next)
        if (!c->ended && c->seq >= b.after)
            feed(c, b.events);
    if (last > s->live)
        s->live = last;
    json_decref(b.events);
    return n == BATCH;
}

/* Lock held. */
static void heartbeat(struct sse *s)
{
    for (struct sse_client *c = s->first; c != NULL; c = c->next)
        if (!c->ended && c->queue.len == 0 && buf_puts(&c->queue, ": still here\n\n") == 0)
            resume(c);
}

/* --- streams and their sessions --- */

struct roll { size_t n; char session[SSE_CLIENTS_MAX][TOKEN_MAX]; bool valid[SSE_CLIENTS_MAX]; };

static int ask_sessions(struct tx *tx, void *arg)
{
    struct roll *roll = arg;

    for (size_t i = 0; i < roll->n; i++) {
        json_t *row = NULL;
        int err = session_get(tx, roll->session[i], clock_now_ms(), &row);

        if (err && err != ENOENT)
            return err;
        roll->valid[i] = !err;
        json_decref(row);
    }
    return 0;
}

static bool over(const struct roll *roll, const struct sse_client *c)
{
    for (size_t i = 0; i < roll->n; i++)
        if (strcmp(roll->session[i], c->session) == 0)
            return !roll->valid[i];
    return false;
}

/* Lock held on entry and exit; released while the store reads. */
static void check_sessions(struct sse *s)
{
    struct roll *roll = calloc(1, sizeof *roll);

    if (roll == NULL)
        return;
    for (const struct sse_client *c = s->first; c != NULL; c = c->next)
        memcpy(roll->session[roll->n++], c->session, TOKEN_MAX);
    pthread_mutex_unlock(&s->lock);
    if (store_read(s->store, ask_sessions, roll) != 0)
        roll->n = 0;
    pthread_mutex_lock(&s->lock);
    for (struct sse_client *c = s->first; c != NULL; c = c->next)
        if (over(roll, c))
            end(c);
    free(roll);
}

void sse_check(struct sse *s)
{
    pthread_mutex_lock(&s->lock);
    s->doubt = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

/* --- the thread --- */

static void next_beat(struct timespec *until)
{
    clock_gettime(CLOCK_MONOTONIC, until);
    until->tv_sec += HEARTBEAT_S;
}

static bool past(const struct timespec *t)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t->tv_sec || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

/* Each flag is taken down before the work: what comes meanwhile sets it again. */
static void work(struct sse *s)
{
    if (s->doubt) {
        s->doubt = false;
        check_sessions(s);
    }
    if (s->news && !s->stopping) {
        s->news = false;
        if (feed_all(s))
            s->news = true;
    }
}

static void *run(void *arg)
{
    struct sse *s = arg;
    struct timespec until;

    pthread_mutex_lock(&s->lock);
    next_beat(&until);
    while (!s->stopping) {
        if (!s->news && !s->doubt)
            (void)pthread_cond_timedwait(&s->wake, &s->lock, &until);
        if (past(&until)) {
            heartbeat(s);
            s->doubt = true; /* sessions run out */
            next_beat(&until);
        }
        if (!s->stopping)
            work(s);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void on_commit(int64_t last_seq, void *arg)
{
    struct sse *s = arg;

    (void)last_seq;
    pthread_mutex_lock(&s->lock);
    s->news = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

/* --- life --- */

static int read_last(struct tx *tx, void *arg)
{
    *(int64_t *)arg = event_last_seq(tx);
    return 0;
}

int sse_last(struct store *st, int64_t *seq)
{
    return store_read(st, read_last, seq);
}

int sse_alloc(struct sse **sp, struct store *st)
{
    struct sse *s = calloc(1, sizeof *s);
    pthread_condattr_t attr;
    int err;

    if (s == NULL)
        return ENOMEM;
    s->store = obj_ref(st);
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&s->wake, &attr);
    pthread_condattr_destroy(&attr);
    err = store_watch(st, on_commit, s);
    if (!err)
        err = store_read(st, read_last, &s->live);
    if (!err)
        err = pthread_create(&s->thread, NULL, run, s);
    s->started = err == 0;
    *sp = s;
    return err;
}

void sse_stop(struct sse *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    for (struct sse_client *c = s->first; c != NULL; c = c->next)
        end(c);
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    if (s->started)
        (void)pthread_join(s->thread, NULL);
    s->started = false;
}

void sse_free(struct sse *s)
{
    if (s == NULL)
        return;
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    obj_unref(s->store);
    free(s);
}

unsigned sse_clients(const struct sse *s)
{
    unsigned n;

    pthread_mutex_lock((pthread_mutex_t *)(uintptr_t)&s->lock);
    n = s->clients;
    pthread_mutex_unlock((pthread_mutex_t *)(uintptr_t)&s->lock);
    return n;
}

uint64_t sse_dropped(const struct sse *s)
{
    uint64_t n;

    pthread_mutex_lock((pthread_mutex_t *)(uintptr_t)&s->lock);
    n = s->dropped;
    pthread_mutex_unlock((pthread_mutex_t *)(uintptr_t)&s->lock);
    return n;
}
