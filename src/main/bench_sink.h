/* bench_sink.h - a SIP peer for benchmarks: a bare UDP socket that notes when each number's first INVITE arrived and answers 486 Busy Here. */
#ifndef BATON_MAIN_BENCH_SINK_H
#define BATON_MAIN_BENCH_SINK_H

#include <stddef.h>
#include <stdint.h>

struct bench_sink;

/* Listens on a free port of 127.0.0.1 in a thread of its own. Numbers are first .. first + count - 1 as bench_number makes them. */
int bench_sink_start(struct bench_sink **sp, int count);
int bench_sink_port(const struct bench_sink *s);
int64_t bench_sink_seen_us(const struct bench_sink *s, int i); /* clock_mono_us of the first INVITE; 0: none yet. Any thread */
int bench_sink_count(const struct bench_sink *s);              /* numbers that were called */
void bench_sink_stop(struct bench_sink *s);

/* The i-th number of those set aside for fiction: +1 AREA 555 0100 to 0199, area by area. */
enum { BENCH_NUMBER_MAX = 16, BENCH_NUMBERS = 4000 };
void bench_number(char out[BENCH_NUMBER_MAX], int i);

#endif
