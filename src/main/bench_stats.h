/* bench_stats.h - samples of a benchmark and their percentiles. */
#ifndef BATON_MAIN_BENCH_STATS_H
#define BATON_MAIN_BENCH_STATS_H

#include <jansson.h>
#include <stddef.h>

enum { SAMPLES_MAX = 100000 };

struct samples { /* zeroed at first; more than SAMPLES_MAX are dropped */
    double *at;
    size_t n, room;
};

void samples_add(struct samples *s, double value);
void samples_release(struct samples *s);

/* The value below or at which p percent of the samples lie (nearest rank); 0 without samples. Sorts them. */
double samples_percentile(struct samples *s, double p);

/* {"n", "p50", "p95", "p99", "max"} */
json_t *samples_json(struct samples *s);

/* "name   p50 412  p95 655  max 700 ms (30)" */
void samples_print(const char *name, struct samples *s);

/* CPU seconds of this process and of those children that have ended, and of the child processes that live. */
double bench_cpu_all_s(void);

#endif
