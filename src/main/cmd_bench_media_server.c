/* cmd_bench_media_server.c - one phase of the bench: ports, recordings and (for AI calls) ears for each call on one media
 * thread, measured while the generator talks to them. The whole process is pinned to the first core it may use, the generator to
 * the second. */
#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/obj.h"
#include "line/media.h"
#include "line/recorder.h"
#include "main/cmd_bench_media.h"
#include "main/cmd_bench_media_ai.h"

#include "base/banned.h"

enum { PATH_BYTES = 1024, FDS_SPARE = 256 };

struct call {
    struct mport *port[2]; /* the second of bridged calls only */
    struct recorder *recorder;
    struct bench_ai_leg *ear;
};

struct phase {
    const struct bench_options *o;
    bool with_ai;
    int n, legs;  /* calls; ports of each */
    struct loop *control;
    struct media *media;
    struct recorder_pool *recorders;
    struct bench_ai *ai;
    struct call *calls;
    uint16_t *far_ports, *own_ports;
    char dir[PATH_BYTES];
    bool own_dir;
    cpu_set_t allowed;
    pid_t generator;
    int fd;
    int err;
};

/* Pins this process to the nth of the cores it was allowed, or to the last one when there are fewer. */
static void pin(const cpu_set_t *allowed, int nth)
{
    cpu_set_t one;

    CPU_ZERO(&one);
    for (int cpu = 0, seen = 0; cpu < CPU_SETSIZE && seen <= nth; cpu++)
        if (CPU_ISSET(cpu, allowed)) {
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            seen++;
        }
    (void)sched_setaffinity(0, sizeof one, &one); /* unpinned, the numbers are only less steady */
}

/* ---- the generator ---- */

static void exec_generator(const struct phase *p, int fd)
{
    char points[16], seconds[16];

    pin(&p->allowed, 1);
    (void)sched_setscheduler(0, SCHED_RR, &(struct sched_param){.sched_priority = 1}); /* so as not to measure itself */
    snprintf(points, sizeof points, "%d", p->n * p->legs);
    snprintf(seconds, sizeof seconds, "%d", p->o->seconds);
    if (dup2(fd, BENCH_GENERATOR_FD) < 0)
        _exit(127);
    execl("/proc/self/exe", "baton", "bench", "media", "--generate", points, "--seconds", seconds, (char *)NULL);
    _exit(127);
}

static int start_generator(struct phase *p)
{
    int pair[2], err = 0;

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        return errno;
    fflush(NULL);
    p->generator = fork();
    if (p->generator == 0) {
        close(pair[0]);
        exec_generator(p, pair[1]);
    }
    if (p->generator < 0)
        err = errno;
    close(pair[1]);
    p->fd = pair[0];
    return err;
}

static int end_generator(struct phase *p)
{
    int status = 0;

    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
    if (p->generator > 0)
        while (waitpid(p->generator, &status, 0) < 0 && errno == EINTR)
            ;
    p->generator = 0;
    return status == 0 ? 0 : EPIPE;
}

/* ---- calls: on the control loop ---- */

static int open_recorder(struct phase *p, int i)
{
    char path[PATH_BYTES + 32];

    snprintf(path, sizeof path, "%s/%d.wav", p->dir, i);
    return recorder_open(&p->calls[i].recorder, p->recorders, path);
}

static int open_call(struct phase *p, int i)
{
    struct call *c = &p->calls[i];
    int err = open_recorder(p, i);
    char ip[64];

    for (int k = 0; !err && k < p->legs; k++) {
        err = mport_alloc(&c->port[k], p->media, NULL, NULL);
        if (!err)
            mport_local(c->port[k], ip, sizeof ip, &p->own_ports[i * p->legs + k]);
    }
    if (err)
        return err;
    mport_record(c->port[0], c->recorder);
    if (p->with_ai)
        return bench_ai_leg_start(&c->ear, p->ai, c->port[0]);
    mport_bridge(c->port[0], c->port[1]);
    return 0;
}

static void open_calls(void *arg)
{
    struct phase *p = arg;

    for (int i = 0; !p->err && i < p->n; i++)
        p->err = open_call(p, i);
    for (int i = 0; !p->err && i < p->n * p->legs; i++)
        mport_start(p->calls[i / p->legs].port[i % p->legs],
                    &(struct mport_remote){.ip = "127.0.0.1", .port = p->far_ports[i], .codec = MEDIA_PCMU,
                                           .telephone_event_pt = 101, .send = true, .receive = true});
}

static void close_calls(void *arg)
{
    struct phase *p = arg;

    for (int i = 0; p->calls != NULL && i < p->n; i++) {
        struct call *c = &p->calls[i];

        bench_ai_leg_stop(c->ear);
        for (int k = 0; k < 2; k++) {
            if (c->port[k] != NULL)
                mport_close(c->port[k]);
            obj_unref(c->port[k]);
        }
        if (c->recorder != NULL)
            recorder_close(c->recorder, NULL, NULL, NULL);
    }
}

/* ---- the phase ---- */

static int make_folder(struct phase *p)
{
    if (p->o->dir != NULL) {
        snprintf(p->dir, sizeof p->dir, "%s", p->o->dir);
        return 0;
    }
    snprintf(p->dir, sizeof p->dir, "/tmp/baton-bench-XXXXXX");
    p->own_dir = mkdtemp(p->dir) != NULL;
    return p->own_dir ? 0 : errno;
}

static void remove_recordings(struct phase *p)
{
    char path[PATH_BYTES + 32];

    for (int i = 0; i < p->n; i++) {
        snprintf(path, sizeof path, "%s/%d.wav", p->dir, i);
        unlink(path);
    }
    if (p->own_dir)
        rmdir(p->dir);
}

static int phase_open(struct phase *p)
{
    struct media_config cfg = {.threads = 1, .bind_ip = "127.0.0.1"};
    size_t ends = (size_t)(p->n * p->legs);
    int err = loop_spawn(&p->control, "control");

    if (!err)
        err = media_alloc(&p->media, &cfg, p->control);
    if (!err)
        err = recorder_pool_alloc(&p->recorders);
    if (!err && p->with_ai)
        err = bench_ai_alloc(&p->ai, p->o, p->control);
    if (!err)
        err = make_folder(p);
    p->calls = calloc((size_t)p->n, sizeof *p->calls);
    p->far_ports = calloc(ends, sizeof *p->far_ports);
    p->own_ports = calloc(ends, sizeof *p->own_ports);
    return err ? err : p->calls == NULL || p->far_ports == NULL || p->own_ports == NULL ? ENOMEM : 0;
}

static void nothing(void *arg)
{
    (void)arg;
}

/* In reverse; the control loop is asked once more after the media threads and the pool ended, to run what they posted. */
static void phase_close(struct phase *p)
{
    if (p->control != NULL)
        (void)loop_call(p->control, close_calls, p);
    (void)end_generator(p);
    if (p->media != NULL)
        media_close(p->media);
    if (p->recorders != NULL)
        recorder_pool_close(p->recorders);
    if (p->control != NULL)
        (void)loop_call(p->control, nothing, NULL);
    bench_ai_free(p->ai);
    loop_free(p->control);
    for (int i = 0; p->calls != NULL && i < p->n; i++)
        obj_unref(p->calls[i].recorder);
    obj_unref(p->recorders);
    obj_unref(p->media);
    remove_recordings(p);
    free(p->calls);
    free(p->far_ports);
    free(p->own_ports);
}

static void sleep_s(int seconds)
{
    struct timespec t = {.tv_sec = seconds};

    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &t, &t) == EINTR)
        ;
}

static void fill_result(struct bench_result *r, const struct phase *p, const struct media_stats *before, double cpu_s, long kb)
{
    struct media_stats after;
    double minutes = p->o->seconds / 60.0;

    media_stats_get(p->media, &after);
    r->calls = p->n;
    r->cpu_ms_per_call_minute = cpu_s * 1000 / (p->n * minutes);
    r->core_share = cpu_s / p->o->seconds;
    r->kb_per_call = (double)kb / p->n;
    r->ticks = after.ticks - before->ticks;
    r->late_share = r->ticks > 0 ? (double)(after.late_ticks - before->late_ticks) / (double)r->ticks : 0;
    for (int i = 0; i < p->n; i++)
        r->recorder_dropped += recorder_dropped(p->calls[i].recorder);
}

struct overhead_reading { struct bench_ai *ai; struct bench_result *result; };

static void read_overhead(void *arg)
{
    struct overhead_reading *o = arg;

    o->result->overhead_ms_p50 = samples_percentile(bench_ai_overhead(o->ai), 50);
    o->result->overhead_ms_p95 = samples_percentile(bench_ai_overhead(o->ai), 95);
}

static int measure(struct bench_result *r, struct phase *p)
{
    size_t bytes = (size_t)(p->n * p->legs) * sizeof *p->own_ports;
    long rss_before = bench_rss_kb();
    struct media_stats before;
    uint64_t utterances;
    double cpu;
    int err = bench_receive(p->fd, p->far_ports, bytes);

    if (!err)
        err = loop_call(p->control, open_calls, p);
    if (!err)
        err = p->err;
    if (!err)
        err = bench_send(p->fd, p->own_ports, bytes);
    if (err)
        return err;
    sleep_s(BENCH_WARM_S);
    media_stats_get(p->media, &before);
    utterances = p->ai != NULL ? bench_ai_utterances(p->ai) : 0;
    cpu = bench_cpu_s();
    sleep_s(p->o->seconds);
    fill_result(r, p, &before, bench_cpu_s() - cpu, bench_rss_kb() - rss_before);
    r->utterances = p->ai != NULL ? bench_ai_utterances(p->ai) - utterances : 0;
    if (p->ai != NULL)
        (void)loop_call(p->control, read_overhead, &(struct overhead_reading){p->ai, r});
    err = bench_receive(p->fd, &r->heard, sizeof r->heard);
    if (!err && r->heard.received > 0) {
        r->loss_share = (double)r->heard.lost / (double)(r->heard.received + r->heard.lost);
        r->far_late_share = (double)r->heard.late / (double)r->heard.received;
    }
    return err;
}

static int raise_limits(int calls, int legs)
{
    struct rlimit rl;
    rlim_t need = (rlim_t)(calls * (legs + 1) + FDS_SPARE);

    if (getrlimit(RLIMIT_NOFILE, &rl) != 0)
        return errno;
    if (rl.rlim_cur >= need)
        return 0;
    rl.rlim_cur = need;
    if (rl.rlim_max < need)
        rl.rlim_max = need;
    return setrlimit(RLIMIT_NOFILE, &rl) == 0 ? 0 : errno;
}

int bench_run(struct bench_result *out, const struct bench_options *o, bool with_ai)
{
    struct phase p = {.o = o, .with_ai = with_ai, .n = with_ai ? o->legs : o->bridged, .legs = with_ai ? 1 : 2, .fd = -1};
    int err = raise_limits(p.n, p.legs);

    if (!err && sched_getaffinity(0, sizeof p.allowed, &p.allowed) != 0)
        err = errno;
    if (!err)
        err = loop_lib_init(p.n * (p.legs + 1) + FDS_SPARE);
    if (err)
        return err;
    pin(&p.allowed, 0);
    malloc_trim(0); /* memory that an earlier phase left behind would hide what this one takes */
    err = start_generator(&p);
    if (!err)
        err = phase_open(&p);
    if (!err)
        err = measure(out, &p);
    phase_close(&p);
    loop_lib_close();
    (void)sched_setaffinity(0, sizeof p.allowed, &p.allowed);
    return err;
}
