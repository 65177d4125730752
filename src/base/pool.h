/* pool.h - a few threads for work that computes too long for a loop (talk_step, rendering a brief, loading weights).
 *
 * Work of one poster may run in any order on several threads: who needs order posts the next piece when the last is done. At
 * most POOL_QUEUE_MAX pieces wait; then pool_submit refuses with EAGAIN. */
#ifndef BATON_BASE_POOL_H
#define BATON_BASE_POOL_H

#include <stddef.h>

#include "base/loop.h"

enum { POOL_QUEUE_MAX = 65536 };

struct pool;

int pool_alloc(struct pool **pp, int threads, const char *name);

/* Finishes what is queued, joins the threads and frees the pool. */
void pool_close(struct pool *p);

/* Runs work(arg) on a pool thread, then posts done(arg) to `loop` (done may be NULL). Any thread. */
int pool_submit(struct pool *p, loop_fn *work, loop_fn *done, struct loop *loop, void *arg);

size_t pool_queued(struct pool *p);

#endif
