#include "call/latency.h"

#include <stdio.h>

#include "base/banned.h"

const char *const latency_step_names[LATENCY_STEPS] = {"end_of_turn", "stt_final", "decided", "first_audio_queued", "first_rtp", "barge_in_silent", "overlap"};
const int latency_bounds_ms[LATENCY_BOUNDS] = {20, 50, 80, 120, 200, 300, 400, 500, 700, 900, 1200, 1600, 2500, 5000};

void latency_add(struct latency *l, enum latency_step step, double ms)
{
    int i = 0;

    while (i < LATENCY_BOUNDS && ms > latency_bounds_ms[i])
        i++;
    if (i < LATENCY_BOUNDS)
        atomic_fetch_add_explicit(&l->step[step].bucket[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&l->step[step].count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&l->step[step].sum_us, (uint64_t)(ms > 0 ? ms * 1000 : 0), memory_order_relaxed);
}

static void tell(const char *name, const char *part, const char *labels, double value, void (*fn)(const char *, const char *, double, void *), void *out)
{
    char full[96];

    snprintf(full, sizeof full, "%s_%s", name, part);
    fn(full, labels, value, out);
}

static void each_step(const struct latency *l, int step, const char *name, void (*fn)(const char *, const char *, double, void *), void *out)
{
    uint64_t below = 0, count = atomic_load(&l->step[step].count);
    char labels[96];

    for (int i = 0; i < LATENCY_BOUNDS; i++) {
        below += atomic_load(&l->step[step].bucket[i]);
        snprintf(labels, sizeof labels, "step=\"%s\",le=\"%g\"", latency_step_names[step], latency_bounds_ms[i] / 1000.0);
        tell(name, "bucket", labels, (double)below, fn, out);
    }
    snprintf(labels, sizeof labels, "step=\"%s\",le=\"+Inf\"", latency_step_names[step]);
    tell(name, "bucket", labels, (double)(count > below ? count : below), fn, out);
    snprintf(labels, sizeof labels, "step=\"%s\"", latency_step_names[step]);
    tell(name, "sum", labels, (double)atomic_load(&l->step[step].sum_us) / 1e6, fn, out);
    tell(name, "count", labels, (double)(count > below ? count : below), fn, out);
}

void latency_each(const struct latency *l, const char *name, void (*fn)(const char *name, const char *labels, double value, void *out), void *out)
{
    for (int step = 0; step < LATENCY_STEPS; step++)
        each_step(l, step, name, fn, out);
}
