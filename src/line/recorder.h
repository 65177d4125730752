/* recorder.h - stereo recordings that stay readable whatever happens.
 *
 * One writer thread serves all recordings. Media threads append frames into a ring of RECORDER_RING_MS per recording
 * without blocking; the writer drains them every RECORDER_FLUSH_MS and rewrites the WAV header after each drain, so that
 * after kill -9 the file is a valid WAV up to the last flush. When the disk is too slow frames are replaced by silence,
 * counted in `dropped`. */
#ifndef BATON_LINE_RECORDER_H
#define BATON_LINE_RECORDER_H

#include <stdint.h>

#include "base/loop.h"

enum { RECORDER_RING_MS = 2000, RECORDER_FLUSH_MS = 250, RECORDER_MAX_S = 4 * 3600 };

struct recorder_pool;
struct recorder; /* refcounted */

int recorder_pool_alloc(struct recorder_pool **pp);
void recorder_pool_close(struct recorder_pool *p); /* writes what is left, joins; then obj_unref */

/* Creates the file (its folder must exist). */
int recorder_open(struct recorder **rp, struct recorder_pool *p, const char *path);

/* From one media thread at a time: 160 samples a side. */
void recorder_frame(struct recorder *r, const int16_t left[160], const int16_t right[160]);

/* Ends it: the rest is written, the header finished, fsync; then fn(arg) on loop (fn may be NULL). */
void recorder_close(struct recorder *r, struct loop *loop, loop_fn *fn, void *arg);

int64_t recorder_ms(const struct recorder *r);
uint64_t recorder_dropped(const struct recorder *r);

#endif
