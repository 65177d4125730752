/* crew_priv.h - between crew.c (queue) and crew_worker.c (process and socket). */
#ifndef BATON_SPEECH_CREW_PRIV_H
#define BATON_SPEECH_CREW_PRIV_H

#include <sys/types.h>

#include "base/timer.h"
#include "speech/crew.h"

/*  DOWN --spawn--> LOADING --READY--> IDLE <--job/answer--> BUSY
 *   ^                 |                |                      |
 *   +--- back-off ----+----------------+---- died or hung ----+      */
enum crew_worker_state { WORKER_DOWN, WORKER_LOADING, WORKER_IDLE, WORKER_BUSY };

struct crew_worker {
    struct crew *crew;
    enum crew_worker_state state;
    pid_t pid;
    int fd;
    struct buf in, out;
    struct crew_job *job;
    uint32_t job_number;
    bool cancelled;         /* its job was asked to stop */
    bool writing;           /* the socket is watched for room */
    struct timer watchdog;  /* of loading or of the job */
    struct timer restart;
    int64_t ready_us;
    int young_deaths;       /* in a row */
};

struct crew_queue {
    struct crew_job *head, **tail;
    unsigned count;
};

struct crew {
    char worker_path[1024], models_dir[1024], kind[16], recogniser[32];
    int n_workers, hang_ms, wait_ms;
    void (*on_change)(void *arg);
    void *arg;
    struct crew_worker worker[CREW_WORKERS_MAX];
    struct crew_queue urgent, idle, background;
    struct timer patience; /* runs while urgent or background jobs wait */
    uint32_t last_number;
    unsigned restarts;
    bool closing;
};

void crew_worker_start(struct crew_worker *w);
void crew_worker_stop(struct crew_worker *w); /* kills and reaps; its job stays set */
void crew_worker_give(struct crew_worker *w, struct crew_job *j);
void crew_worker_cancel(struct crew_worker *w);

/* From a worker to its crew. */
void crew_worker_ready(struct crew_worker *w);
void crew_worker_answered(struct crew_worker *w, const struct frame *f);
void crew_worker_lost(struct crew_worker *w);

#endif
