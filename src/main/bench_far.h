/* bench_far.h - telephones outside the system under test, on a SIP line of their own: they pick up at once, play a tone for ever and note when they hear one. */
#ifndef BATON_MAIN_BENCH_FAR_H
#define BATON_MAIN_BENCH_FAR_H

#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/clip.h"
#include "line/line.h"

struct bench_far;

/* All times clock_mono_us; 0: not yet. Whoever measures puts them back. */
struct far_phone {
    const char *user;           /* sip:USER@127.0.0.1:PORT */
    struct bench_far *far;      /* the rest is the far end's own */
    struct leg *leg;            /* the newest call */
    atomic_bool up, over;
    _Atomic int64_t rang_us, heard_us;
};

struct bench_far {
    struct far_phone *phones;   /* borrowed */
    int count;
    sem_t *news;                /* posted whenever one of them has something to tell */
    struct line *line;
    struct clip *tone;
    atomic_bool closed;
};

/* Control loop, all of them. bench_far_release once `closed`. */
int bench_far_open(struct bench_far *f, struct loop *control, struct media *media);
void bench_far_close(struct bench_far *f);
void bench_far_release(struct bench_far *f);

#endif
