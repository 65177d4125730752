/* loop.h - one libre event loop a thread, and the way to hand work to it.
 *
 * Threads share no domain state: they post closures to the loop that owns it. Posting never blocks and
 * keeps the order of one poster. Work posted after loop_stop is run before the loop ends, so that every
 * `arg` finds its owner. */
#ifndef BATON_BASE_LOOP_H
#define BATON_BASE_LOOP_H

#include <stdbool.h>

struct loop;

typedef void(loop_fn)(void *arg);

/* Process-wide start-up of libre; once, on the main thread, before any loop. `max_fds` sizes the descriptor
 * table of every loop (libre indexes it by descriptor number). */
int loop_lib_init(int max_fds);
void loop_lib_close(void);

/* A loop for the calling thread, which then calls loop_run. */
int loop_alloc(struct loop **lp, const char *name);

/* Runs until loop_stop. Returns 0 or errno. With signals = true SIGINT and SIGTERM call on_signal (which
 * usually starts the orderly end); only the main thread's loop may ask for that. */
int loop_run(struct loop *l, bool signals, void (*on_signal)(int sig, void *arg), void *arg);
void loop_stop(struct loop *l); /* any thread */

/* Starts a thread with its own running loop; loop_free stops and joins it. */
int loop_spawn(struct loop **lp, const char *name);
void loop_free(struct loop *l);

/* Runs fn(arg) on the loop's thread. Any thread. 0 or ENOMEM. */
int loop_post(struct loop *l, loop_fn *fn, void *arg);

/* Runs fn(arg) on the loop's thread and waits for its end. Not from that thread, nor from one it waits for. */
int loop_call(struct loop *l, loop_fn *fn, void *arg);

bool loop_is_current(const struct loop *l);

#endif
