#include "speech/crew.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "speech/crew_priv.h"

#include "base/banned.h"

static void queue_push(struct crew_queue *q, struct crew_job *j)
{
    j->next = NULL;
    j->waiting = true;
    *q->tail = j;
    q->tail = &j->next;
    q->count++;
}

static void queue_push_front(struct crew_queue *q, struct crew_job *j)
{
    j->next = q->head;
    j->waiting = true;
    if (q->head == NULL)
        q->tail = &j->next;
    q->head = j;
    q->count++;
}

static bool queue_remove(struct crew_queue *q, struct crew_job *j)
{
    for (struct crew_job **at = &q->head; *at != NULL; at = &(*at)->next) {
        if (*at != j)
            continue;
        *at = j->next;
        if (q->tail == &j->next)
            q->tail = at;
        q->count--;
        j->waiting = false;
        return true;
    }
    return false;
}

static struct crew_job *queue_pop(struct crew_queue *q)
{
    struct crew_job *j = q->head;

    if (j != NULL)
        (void)queue_remove(q, j);
    return j;
}

static struct crew_queue *queue_of(struct crew *c, const struct crew_job *j)
{
    if (j->background)
        return &c->background;
    return j->urgent ? &c->urgent : &c->idle;
}

static struct crew_worker *worker_in(struct crew *c, enum crew_worker_state state)
{
    for (int i = 0; i < c->n_workers; i++)
        if (c->worker[i].state == state)
            return &c->worker[i];
    return NULL;
}

static bool does_background(const struct crew_worker *w)
{
    return w->state == WORKER_BUSY && w->job->background;
}

static bool does_less_urgent(const struct crew_worker *w)
{
    return w->state == WORKER_BUSY && !w->job->urgent && w->job->cancellable;
}

/* A job waits and all workers are busy: one that does what may be interrupted for it is asked to stop. */
static bool interrupt_one(struct crew *c, bool (*may)(const struct crew_worker *w))
{
    for (int i = 0; i < c->n_workers; i++)
        if (may(&c->worker[i])) {
            crew_worker_cancel(&c->worker[i]);
            return true;
        }
    return false;
}

static void make_room(struct crew *c)
{
    bool waits = c->urgent.head != NULL || c->idle.head != NULL;

    if (waits && !interrupt_one(c, does_background) && c->urgent.head != NULL)
        (void)interrupt_one(c, does_less_urgent);
}

static void on_patience(void *arg);

static void arm_patience(struct crew *c)
{
    if (c->urgent.head == NULL && c->background.head == NULL)
        timer_cancel(&c->patience);
    else if (!timer_running(&c->patience))
        timer_start(&c->patience, CREW_PATIENCE_MS, on_patience, c);
}

static struct crew_job *next_job(struct crew *c)
{
    struct crew_job *j = queue_pop(&c->urgent);

    if (j == NULL)
        j = queue_pop(&c->idle);
    return j != NULL ? j : queue_pop(&c->background);
}

static void dispatch(struct crew *c)
{
    struct crew_worker *w;
    struct crew_job *j;

    while (!c->closing && (w = worker_in(c, WORKER_IDLE)) != NULL && (j = next_job(c)) != NULL) {
        j->worker = w;
        crew_worker_give(w, j);
    }
    make_room(c);
    arm_patience(c);
}

static struct crew_job *expired(const struct crew_queue *q, int64_t now)
{
    struct crew_job *j = q->head;

    while (j != NULL && j->deadline_us > now)
        j = j->next;
    return j;
}

static void give_up(struct crew_queue *q, int64_t now)
{
    struct crew_job *j;

    while ((j = expired(q, now)) != NULL) {
        (void)queue_remove(q, j);
        j->done(j, ETIMEDOUT, NULL);
    }
}

static void on_patience(void *arg)
{
    struct crew *c = arg;
    int64_t now = clock_mono_us();

    give_up(&c->urgent, now);
    give_up(&c->background, now);
    arm_patience(c);
}

static int64_t wait_until(const struct crew *c)
{
    return clock_mono_us() + c->wait_ms * 1000LL;
}

void crew_submit(struct crew *c, struct crew_job *j)
{
    j->worker = NULL;
    j->attempts = 0;
    j->deadline_us = j->background ? clock_mono_us() + CREW_BACKGROUND_WAIT_MS * 1000LL : wait_until(c);
    if (c->closing || c->n_workers == 0) {
        j->done(j, c->closing ? ECANCELED : ENODEV, NULL);
        return;
    }
    if (j->background ? c->background.count >= CREW_BACKGROUND_MAX : j->urgent && c->urgent.count >= CREW_URGENT_MAX) {
        j->done(j, EAGAIN, NULL);
        return;
    }
    if (!j->background && !j->urgent && c->idle.count >= CREW_IDLE_MAX) {
        struct crew_job *oldest = queue_pop(&c->idle);

        oldest->done(oldest, EAGAIN, NULL);
    }
    queue_push(queue_of(c, j), j);
    dispatch(c);
}

void crew_hurry(struct crew *c, struct crew_job *j)
{
    if (!j->urgent && j->waiting && queue_remove(&c->idle, j)) {
        j->deadline_us = wait_until(c);
        queue_push(&c->urgent, j);
        j->urgent = true;
        dispatch(c);
        return;
    }
    j->urgent = true;
}

bool crew_withdraw(struct crew *c, struct crew_job *j)
{
    return j->waiting && queue_remove(queue_of(c, j), j);
}

void crew_interrupt(struct crew *c, struct crew_job *j)
{
    (void)c;
    if (j->worker != NULL && j->cancellable && !j->urgent)
        crew_worker_cancel(j->worker);
}

void crew_worker_ready(struct crew_worker *w)
{
    struct crew *c = w->crew;

    if (c->on_change != NULL)
        c->on_change(c->arg);
    dispatch(c);
}

void crew_worker_answered(struct crew_worker *w, const struct frame *f)
{
    struct crew *c = w->crew;
    struct crew_job *j = w->job;
    int err = 0;

    w->job = NULL;
    j->worker = NULL;
    if (f->type == FRAME_FAILED && frame_failed_parse(&err, f))
        err = EPROTO;
    if (err == ECANCELED && j->background && !c->closing)
        queue_push_front(&c->background, j);
    else
        j->done(j, err, err ? NULL : f);
    dispatch(c);
}

void crew_worker_lost(struct crew_worker *w)
{
    struct crew *c = w->crew;
    struct crew_job *j = w->job;

    w->job = NULL;
    if (c->closing)
        return;
    c->restarts++;
    if (j != NULL) {
        j->worker = NULL;
        if (!j->background)
            j->deadline_us = wait_until(c);
        if (++j->attempts >= CREW_ATTEMPTS)
            j->done(j, EIO, NULL);
        else
            queue_push_front(queue_of(c, j), j);
    }
    if (c->on_change != NULL)
        c->on_change(c->arg);
    dispatch(c);
}

bool crew_idle(const struct crew *c)
{
    for (int i = 0; i < c->n_workers; i++)
        if (c->worker[i].state == WORKER_IDLE || does_background(&c->worker[i]))
            return true;
    return false;
}

bool crew_ready(const struct crew *c)
{
    for (int i = 0; i < c->n_workers; i++)
        if (c->worker[i].state == WORKER_IDLE || c->worker[i].state == WORKER_BUSY)
            return true;
    return false;
}

unsigned crew_restarts(const struct crew *c)
{
    return c->restarts;
}

int crew_alloc(struct crew **cp, const struct crew_config *cfg)
{
    struct crew *c;

    if (cfg->workers < 0 || cfg->workers > CREW_WORKERS_MAX)
        return EINVAL;
    c = calloc(1, sizeof *c);
    if (c == NULL)
        return ENOMEM;
    c->n_workers = cfg->workers;
    c->hang_ms = cfg->hang_ms > 0 ? cfg->hang_ms : CREW_HANG_MS;
    c->wait_ms = cfg->wait_ms > 0 ? cfg->wait_ms : CREW_WAIT_MS;
    c->on_change = cfg->on_change;
    c->arg = cfg->arg;
    c->urgent.tail = &c->urgent.head;
    c->idle.tail = &c->idle.head;
    c->background.tail = &c->background.head;
    timer_init(&c->patience);
    if (!text_copy(c->worker_path, sizeof c->worker_path, cfg->worker_path) ||
        !text_copy(c->models_dir, sizeof c->models_dir, cfg->models_dir) ||
        !text_copy(c->kind, sizeof c->kind, cfg->kind) ||
        !text_copy(c->recogniser, sizeof c->recogniser, cfg->recogniser)) {
        free(c);
        return ENAMETOOLONG;
    }
    *cp = c;
    for (int i = 0; i < c->n_workers; i++) {
        struct crew_worker *w = &c->worker[i];

        *w = (struct crew_worker){.crew = c, .fd = -1};
        timer_init(&w->watchdog);
        timer_init(&w->restart);
    }
    for (int i = 0; i < c->n_workers; i++)
        crew_worker_start(&c->worker[i]);
    return 0;
}

static void end_jobs(struct crew_queue *q)
{
    struct crew_job *j;

    while ((j = queue_pop(q)) != NULL)
        j->done(j, ECANCELED, NULL);
}

void crew_free(struct crew *c)
{
    if (c == NULL)
        return;
    c->closing = true;
    timer_cancel(&c->patience);
    for (int i = 0; i < c->n_workers; i++) {
        struct crew_job *j = c->worker[i].job;

        crew_worker_stop(&c->worker[i]);
        c->worker[i].job = NULL;
        if (j != NULL)
            j->done(j, ECANCELED, NULL);
    }
    end_jobs(&c->urgent);
    end_jobs(&c->idle);
    end_jobs(&c->background);
    free(c);
}
