/* bench_stream.h - a client of the event stream: what a page sees, and when. */
#ifndef BATON_MAIN_BENCH_STREAM_H
#define BATON_MAIN_BENCH_STREAM_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct bench_stream;

/* In the stream's own thread: an event, borrowed, and the monotonic time at which its last byte was here. */
typedef void(bench_stream_fn)(const json_t *event, int64_t at_us, void *arg);

/* Reads BASE/api/v1/events from now on. ENOMEM, or errors of pthread_create. */
int bench_stream_start(struct bench_stream **sp, const char *base, const char *token, bench_stream_fn *fn, void *arg);
/* Has the server answered? */
bool bench_stream_up(const struct bench_stream *s);
void bench_stream_stop(struct bench_stream *s); /* joins its thread */

#endif
