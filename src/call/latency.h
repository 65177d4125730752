/* latency.h - how long turns took, since the process began: one histogram a step of the ledger (docs/latency.md). Written on the control loop, read on any thread. */
#ifndef BATON_CALL_LATENCY_H
#define BATON_CALL_LATENCY_H

#include <stdatomic.h>
#include <stdint.h>

enum latency_step { LATENCY_END_OF_TURN, LATENCY_STT_FINAL, LATENCY_DECIDED, LATENCY_QUEUED, LATENCY_FIRST_RTP, LATENCY_BARGE_SILENT, LATENCY_OVERLAP, LATENCY_STEPS };
enum { LATENCY_BOUNDS = 14 };

struct latency { /* zeroed is empty */
    struct {
        _Atomic uint64_t bucket[LATENCY_BOUNDS], count, sum_us; /* bucket i: at most latency_bounds_ms[i], more than the one before */
    } step[LATENCY_STEPS];
};

extern const char *const latency_step_names[LATENCY_STEPS]; /* as in the ledger */
extern const int latency_bounds_ms[LATENCY_BOUNDS];

void latency_add(struct latency *l, enum latency_step step, double ms);

/* Prometheus histograms: NAME_bucket{step="...",le="..."}, NAME_sum, NAME_count, in seconds. */
void latency_each(const struct latency *l, const char *name, void (*fn)(const char *name, const char *labels, double value, void *out), void *out);

#endif
