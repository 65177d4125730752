/* cmd_bench_media.h - `baton bench media`: real RTP over loopback between this process and a load generator.
 *
 * Two processes, each pinned to a core: the server under test (bench_run) and the generator (bench_generate), which
 * is this program started again with --generate. They share a socket on descriptor BENCH_GENERATOR_FD:
 *
 *   generator -> server   the port of each end point (uint16_t, host order)
 *   server -> generator   the server's port for each end point
 *   generator -> server   struct bench_heard, when the time is over */
#ifndef BATON_MAIN_CMD_BENCH_MEDIA_H
#define BATON_MAIN_CMD_BENCH_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BENCH_GENERATOR_FD = 3, BENCH_WARM_S = 3, BENCH_LEGS_MAX = 4000 };

/* What the generator saw in the measured seconds. */
struct bench_heard {
    uint64_t sent, received, lost;
    uint64_t late;      /* packets that came more than 20 ms after their place in the stream */
    uint64_t own_late;  /* frames that the generator itself sent more than 20 ms late */
    double cpu_s;
};

struct bench_options {
    int legs;           /* AI calls */
    int bridged;        /* calls of two legs */
    int seconds;        /* measured, after BENCH_WARM_S */
    bool json;
    const char *models; /* folder of the speech models */
    const char *scenario; /* NULL: no dialogue */
    const char *dir;    /* where recordings go; they are removed */
};

struct bench_result {
    int calls;
    double cpu_ms_per_call_minute, kb_per_call;
    double late_share;     /* frames that left > 20 ms after they were due, by the pacer's own account */
    double loss_share, far_late_share; /* by the generator's account */
    double core_share;     /* of one core, used by the server process */
    uint64_t ticks, utterances, recorder_dropped;
    double overhead_ms_p50, overhead_ms_p95; /* added to a turn besides end-pointing, recognition, talk_step and synthesis */
    struct bench_heard heard;
};

int bench_generate(int end_points, int seconds); /* exit code */

/* One phase. with_ai: o->legs AI calls; otherwise o->bridged bridged calls. 0 or errno, with `why` on standard error. */
int bench_run(struct bench_result *out, const struct bench_options *o, bool with_ai);

int bench_send(int fd, const void *data, size_t n); /* whole messages; 0 or errno */
int bench_receive(int fd, void *data, size_t n);
double bench_cpu_s(void);  /* of this process so far */
long bench_rss_kb(void);

#endif
