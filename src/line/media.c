/* media.c - the pool: its threads, its port numbers, its counters. */
#include "line/media_priv.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/obj.h"

#include "base/banned.h"

enum { MEDIA_NICE = -15 };

static unsigned threads_wanted(int asked)
{
    long n = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN) - 1;

    return n < 1 ? 1 : n > MEDIA_THREADS_MAX ? MEDIA_THREADS_MAX : (unsigned)n;
}

struct opening {
    struct media_thread *thread;
    int err;
};

/* Audio goes before everything else on the machine, above all before recognisers that use every core they get: the lowest
 * real-time priority where the system allows it (CAP_SYS_NICE, LimitRTPRIO), else a better nice value, else nothing. The
 * kernel's real-time throttling keeps an overloaded media thread from taking the machine. */
static void ask_for_priority(void)
{
    struct sched_param param = {.sched_priority = sched_get_priority_min(SCHED_RR)};

    if (sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &param) != 0)
        (void)setpriority(PRIO_PROCESS, (id_t)gettid(), MEDIA_NICE);
}

static void open_pacer(void *arg)
{
    struct opening *o = arg;

    ask_for_priority();
    o->err = pacer_open(o->thread);
}

static void close_pacer(void *arg)
{
    pacer_close(arg);
}

static int start_thread(struct media *m, unsigned i)
{
    struct opening o = {.thread = &m->threads[i]};
    char name[16];
    int err;

    o.thread->media = m;
    o.thread->timer_fd = -1;
    snprintf(name, sizeof name, "media-%u", i);
    err = loop_spawn(&o.thread->loop, name);
    if (err)
        return err;
    m->n_threads = i + 1;
    err = loop_call(o.thread->loop, open_pacer, &o);
    return err ? err : o.err;
}

struct dtls_identity *media_identity(const struct media *m)
{
    return m->identity;
}

static void media_destroy(void *obj)
{
    struct media *m = obj;

    obj_unref(m->identity);
}

int media_alloc(struct media **mp, const struct media_config *cfg, struct loop *control)
{
    unsigned n = threads_wanted(cfg->threads);
    struct media *m = obj_alloc(sizeof *m + n * sizeof m->threads[0], media_destroy);
    int err;

    if (m == NULL)
        return ENOMEM;
    m->control = control;
    m->port_min = cfg->port_min;
    m->port_max = cfg->port_max;
    m->next_port = cfg->port_min;
    m->rtp_timeout_ms = cfg->rtp_timeout_ms > 0 ? cfg->rtp_timeout_ms : 20000;
    err = sa_set_str(&m->bind, cfg->bind_ip != NULL ? cfg->bind_ip : "127.0.0.1", 0);
    if (!err)
        err = dtls_identity_alloc(&m->identity);
    for (unsigned i = 0; !err && i < n; i++)
        err = start_thread(m, i);
    if (err) {
        media_close(m);
        obj_unref(m);
        return err;
    }
    *mp = m;
    return 0;
}

void media_close(struct media *m)
{
    for (unsigned i = 0; i < m->n_threads; i++) {
        (void)loop_call(m->threads[i].loop, close_pacer, &m->threads[i]);
        loop_free(m->threads[i].loop);
    }
    m->n_threads = 0;
}

void media_stats_get(const struct media *m, struct media_stats *out)
{
    *out = (struct media_stats){0};
    for (unsigned i = 0; i < m->n_threads; i++) {
        const struct media_thread *t = &m->threads[i];

        out->ports += atomic_load(&t->ports);
        out->ticks += atomic_load(&t->ticks);
        out->late_ticks += atomic_load(&t->late_ticks);
        out->frames_sent += atomic_load(&t->sent);
        out->frames_received += atomic_load(&t->received);
        out->frames_concealed += atomic_load(&t->concealed);
        out->frames_dropped_late += atomic_load(&t->late_dropped);
    }
}
