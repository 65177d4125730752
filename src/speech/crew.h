/* crew.h - the workers of one kind (ears or voice), and the jobs waiting for them.
 *
 * A worker does one job at a time, so the queue is here: urgent jobs first, oldest first; the rest when nothing urgent waits; background jobs when
 * nothing else does, and they give their worker back as soon as something comes, to begin again later. A job whose worker dies or hangs is given
 * to another one, CREW_ATTEMPTS times in all. Everything here runs on the supervisor's loop thread, callbacks included. */
#ifndef BATON_SPEECH_CREW_H
#define BATON_SPEECH_CREW_H

#include <stdbool.h>
#include <stdint.h>

#include "speech/frame.h"

enum {
    CREW_WORKERS_MAX = 16,
    CREW_ATTEMPTS = 2,          /* a job that kills two workers is not tried again */
    CREW_URGENT_MAX = 4096,     /* waiting urgent jobs; one more fails with EAGAIN */
    CREW_IDLE_MAX = 4096,       /* waiting other jobs; at the limit the oldest fails with EAGAIN */
    CREW_BACKGROUND_MAX = 64,   /* waiting background jobs; one more fails with EAGAIN */
    CREW_BACKGROUND_WAIT_MS = 120000, /* a background job that is not done in this time, and waits, fails with ETIMEDOUT */
    CREW_HANG_MS = 10000,       /* no answer to a job for so long: the worker is killed */
    CREW_LOAD_MS = 120000,      /* no READY for so long after the start: likewise */
    CREW_WAIT_MS = 8000,        /* an urgent job that no worker took in this time fails with ETIMEDOUT; anew after a loss */
    CREW_PATIENCE_MS = 500,     /* how often that is looked at */
    CREW_BACKOFF_MIN_MS = 100,  /* before the restart of a worker that died young; doubles up to */
    CREW_BACKOFF_MAX_MS = 10000,
    CREW_HEALTHY_MS = 5000,     /* a worker that lived so long after READY is restarted at once */
};

struct crew;
struct crew_worker;

/* Embedded in its owner's object. */
struct crew_job {
    bool urgent;
    bool cancellable; /* may be interrupted while running, for an urgent one: then done(ECANCELED) */
    bool background;  /* never urgent; may be interrupted for any other, and is then begun again, without done */
    int (*write)(struct buf *out, const struct crew_job *j, uint32_t number);
    /* Called exactly once; then the job belongs to its owner again. answer is NULL when err is set. */
    void (*done)(struct crew_job *j, int err, const struct frame *answer);

    struct crew_job *next;      /* the rest is the crew's */
    struct crew_worker *worker; /* that does it now */
    bool waiting;
    int attempts;
    int64_t deadline_us;
};

struct crew_config {
    const char *worker_path, *kind, *models_dir, *recogniser;
    int workers;
    int hang_ms, wait_ms; /* 0: CREW_HANG_MS, CREW_WAIT_MS */
    void (*on_change)(void *arg); /* a worker became ready or was lost */
    void *arg;
};

int crew_alloc(struct crew **cp, const struct crew_config *cfg); /* copies the texts; starts the workers */
void crew_free(struct crew *c);                                  /* waiting and running jobs end with ECANCELED */

void crew_submit(struct crew *c, struct crew_job *j);
void crew_hurry(struct crew *c, struct crew_job *j); /* makes a waiting job urgent */

/* Takes a waiting job out; its done is not called. False if it is not waiting. */
bool crew_withdraw(struct crew *c, struct crew_job *j);

/* Asks a running cancellable job to stop; its done is still called, with its answer or ECANCELED. */
void crew_interrupt(struct crew *c, struct crew_job *j);

bool crew_idle(const struct crew *c);  /* a worker has nothing to do, or nothing that others must wait for */
bool crew_ready(const struct crew *c); /* at least one worker has its models loaded */
unsigned crew_restarts(const struct crew *c);

#endif
