/* timer.h - one-shot timers of the current thread's loop (libre's, kept out of other headers).
 *
 * A timer is embedded in its owner and belongs to one loop thread. timer_cancel before the memory goes. Not for anything
 * that repeats every few milliseconds: starting one costs time proportional to the number that run. */
#ifndef BATON_BASE_TIMER_H
#define BATON_BASE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

typedef void(timer_fn)(void *arg);

struct timer {
    union {
        void *align;
        unsigned char space[96];
    } opaque;
};

void timer_init(struct timer *t);
/* (Re)starts it; ms < 0 counts as 0. */
void timer_start(struct timer *t, int64_t ms, timer_fn *fn, void *arg);
void timer_cancel(struct timer *t); /* also when it does not run */
bool timer_running(const struct timer *t);

#endif
