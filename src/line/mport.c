/* mport.c - the control loop's side of a port: birth, events, end. mport_commands.c: what is asked of it in between; mport_hear.c: whom it hears.
 *
 * The reference of the pacer's list is taken by the first start and given back by the close. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/obj.h"
#include "line/mport_command.h"

#include "base/banned.h"

/* ---- commands: control loop to media thread ---- */

static void run_command(void *arg)
{
    struct mport_command *c = arg;

    c->run(c->port, c);
    obj_unref(c->port);
    free(c);
}

/* A command that got lost would leave a socket open or an owner waiting for ever; without memory for these few bytes the
 * process cannot go on anyway. */
void mport_post(struct mport *p, const struct mport_command *value)
{
    struct mport_command *c = malloc(sizeof *c);

    if (c == NULL)
        abort();
    *c = *value;
    c->port = obj_ref(p);
    if (loop_post(p->thread->loop, run_command, c) != 0)
        abort();
}

/* ---- events: media thread to control loop ---- */

struct event_post {
    struct mport *port;
    struct media_event ev;
};

static void deliver(void *arg)
{
    struct event_post *e = arg;

    if (!e->port->closing && e->port->fn != NULL)
        e->port->fn(&e->ev, e->port->arg);
    obj_unref(e->port);
    free(e);
}

void mport_emit(struct mport *p, const struct media_event *ev)
{
    struct event_post *e = malloc(sizeof *e);

    if (e == NULL)
        return;
    *e = (struct event_post){.port = obj_ref(p), .ev = *ev};
    if (loop_post(p->media->control, deliver, e) != 0) {
        obj_unref(p);
        free(e);
    }
}

/* ---- birth ---- */

static void mport_destroy(void *obj)
{
    struct mport *p = obj;

    if (p->fd >= 0)
        close(p->fd);
    free(p->impair);
    free(p->spoil);
    media_tones_free(p->tones);
    media_touch_free(p->touch);
    media_opus_free(p->opus);
    if (p->thread != NULL)
        atomic_fetch_sub(&p->thread->ports, 1);
    obj_unref(p->media);
}

static struct media_thread *least_busy(struct media *m)
{
    struct media_thread *best = &m->threads[0];

    for (unsigned i = 1; i < m->n_threads; i++)
        if (atomic_load(&m->threads[i].ports) < atomic_load(&best->ports))
            best = &m->threads[i];
    return best;
}

static int bind_socket(struct mport *p, int port)
{
    struct sa addr = p->media->bind;

    sa_set_port(&addr, (uint16_t)port);
    if (bind(p->fd, &addr.u.sa, addr.len) < 0)
        return errno;
    p->local.len = sizeof p->local.u;
    return getsockname(p->fd, &p->local.u.sa, &p->local.len) < 0 ? errno : 0;
}

/* The next free even port of the range, each tried once. */
static int bind_in_range(struct mport *p)
{
    struct media *m = p->media;
    int tries = (m->port_max - m->port_min) / 2 + 1, err = EADDRINUSE;

    if (m->port_min <= 0)
        return bind_socket(p, 0);
    for (; tries > 0 && err == EADDRINUSE; tries--) {
        int port = (m->next_port + 1) & ~1;

        if (port > m->port_max)
            port = (m->port_min + 1) & ~1;
        m->next_port = port + 2;
        err = bind_socket(p, port);
    }
    return err;
}

static int open_socket(struct mport *p)
{
    int on = 1;

    p->fd = socket(sa_af(&p->media->bind), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (p->fd < 0)
        return errno;
    (void)setsockopt(p->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on); /* without it jitter is measured coarsely */
    return bind_in_range(p);
}

int mport_alloc(struct mport **pp, struct media *m, mport_event_fn *fn, void *arg)
{
    struct mport *p = obj_alloc(sizeof *p, mport_destroy);
    uint32_t random[3];
    int err;

    if (p == NULL)
        return ENOMEM;
    p->fd = -1;
    p->media = obj_ref(m);
    p->fn = fn;
    p->arg = arg;
    err = open_socket(p);
    if (err) {
        obj_unref(p);
        return err;
    }
    rand_bytes((uint8_t *)random, sizeof random);
    p->seq = (uint16_t)random[0];
    p->ts = random[1];
    p->ssrc = random[2];
    p->marker = true;
    p->telephone_event_pt = -1;
    p->rtp_timeout_ms = m->rtp_timeout_ms;
    jitter_init(&p->jitter);
    p->thread = least_busy(m);
    atomic_fetch_add(&p->thread->ports, 1);
    *pp = p;
    return 0;
}

void mport_local(const struct mport *p, char *ip, size_t ip_size, uint16_t *port)
{
    if (sa_ntop(&p->local, ip, (int)ip_size) != 0 && ip_size > 0)
        ip[0] = '\0';
    *port = sa_port(&p->local);
}

/* ---- end ---- */

static void run_close(struct mport *p, struct mport_command *c)
{
    struct media_event ev;

    (void)c;
    p->closed = true;
    while (player_drop(&p->player, &ev))
        ;
    mport_end_tap(p);
    mport_forget_voices(p);
    p->recorder = obj_unref(p->recorder);
    media_web_free(p->web);
    media_srtp_free(p->srtp);
    p->srtp = NULL;
    explicit_bzero(&p->keys, sizeof p->keys);
    p->web = NULL;
    close(p->fd);
    p->fd = -1;
    if (p->started) {
        p->started = false;
        pacer_remove(p->thread, p);
        obj_unref(p);
    }
}

void mport_close(struct mport *p)
{
    if (p->closing)
        return;
    p->closing = true;
    mport_unbridge(p);
    mport_post(p, &(struct mport_command){.run = run_close});
}
