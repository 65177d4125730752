/* mport.c - the control loop's side of a port: birth, commands, events, end.
 *
 * A command is a closure that holds a reference to its port and is posted to the port's thread; commands of one port arrive
 * in the order they were given, so everything before mport_close is done before it. The reference of the pacer's list is
 * taken by the first start and given back by the close. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/obj.h"
#include "line/media_priv.h"

#include "base/banned.h"

struct command {
    struct mport *port;
    void (*run)(struct mport *p, struct command *c);
    union {
        struct mport_remote remote;
        struct {
            struct media_web *web;
            int lost_ms;
        } secure;
        struct mport_tap tap;
        struct {
            struct clip *clip;
            uint32_t seq;
            unsigned flags;
        } play;
        struct {
            struct media_pipe *from, *to;
        } pipes;
        struct recorder *recorder;
        char digits[DTMF_QUEUE_MAX + 1];
        int back_ms;
        struct media_spoil spoil;
        struct {
            int loss_percent, jitter_ms;
        } impair;
    };
};

static void run_command(void *arg)
{
    struct command *c = arg;

    c->run(c->port, c);
    obj_unref(c->port);
    free(c);
}

/* A command that got lost would leave a socket open or an owner waiting for ever; without memory for these few bytes the
 * process cannot go on anyway. */
static void post(struct mport *p, const struct command *value)
{
    struct command *c = malloc(sizeof *c);

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

/* ---- commands ---- */

static bool same_session(const struct mport *p, const struct sa *addr)
{
    return p->started && sa_cmp(&p->negotiated, addr, SA_ALL);
}

/* The same keys go on where they were: a stream that began anew would take old packets again. */
static void use_keys(struct mport *p, const struct media_keys *k)
{
    if (k->on == p->keys.on && k->short_tag == p->keys.short_tag && memcmp(k->ours, p->keys.ours, MEDIA_KEY) == 0 && memcmp(k->theirs, p->keys.theirs, MEDIA_KEY) == 0)
        return;
    media_srtp_free(p->srtp);
    p->srtp = NULL;
    p->keys = *k;
    if (k->on) /* without memory, silence */
        (void)media_srtp_alloc(&p->srtp, k->short_tag ? SRTP_AES_CM_128_HMAC_SHA1_32 : SRTP_AES_CM_128_HMAC_SHA1_80, k->ours, k->theirs, MEDIA_KEY);
}

static void run_start(struct mport *p, struct command *c)
{
    const struct mport_remote *r = &c->remote;
    struct sa addr;

    if (p->closed)
        return;
    if (sa_set_str(&addr, r->ip, r->port) != 0)
        sa_init(&addr, AF_INET); /* an address we cannot read: nobody is sent to nor heard */
    if (!same_session(p, &addr)) {
        p->negotiated = p->remote = addr;
        p->latched = false;
    }
    use_keys(p, &r->keys);
    p->codec = r->codec;
    p->opus_pt = r->opus_pt;
    if (r->codec == MEDIA_OPUS && p->opus == NULL)
        p->opus = media_opus_alloc(); /* without memory, silence */
    p->telephone_event_pt = r->telephone_event_pt;
    if (r->telephone_event_pt < 0 && p->tones == NULL)
        p->tones = media_tones_alloc(); /* without memory, without keys */
    p->send = r->send && r->port != 0;
    p->receive = r->receive;
    p->expected_since_us = r->receive && r->port != 0 ? clock_mono_us() : 0;
    p->timeout_told = false;
    if (!p->started) {
        p->started = true;
        pacer_add(p->thread, obj_ref(p));
    }
}

void mport_start(struct mport *p, const struct mport_remote *remote)
{
    post(p, &(struct command){.run = run_start, .remote = *remote});
}

static void run_secure(struct mport *p, struct command *c)
{
    if (p->closed)
        media_web_free(c->secure.web);
    else
        mport_web_plug(p, c->secure.web, c->secure.lost_ms);
}

void mport_secure(struct mport *p, struct media_web *web, int lost_ms)
{
    post(p, &(struct command){.run = run_secure, .secure = {.web = web, .lost_ms = lost_ms}});
}

static void end_tap(struct mport *p)
{
    struct mport_tap tap = p->tap;

    p->tap = (struct mport_tap){0};
    if (tap.closed != NULL)
        tap.closed(tap.arg);
}

static void run_set_tap(struct mport *p, struct command *c)
{
    end_tap(p);
    p->tap = c->tap;
    if (p->closed)
        end_tap(p);
}

void mport_set_tap(struct mport *p, const struct mport_tap *tap)
{
    post(p, &(struct command){.run = run_set_tap, .tap = tap != NULL ? *tap : (struct mport_tap){0}});
}

static void run_play(struct mport *p, struct command *c)
{
    if (!p->closed && !player_add(&p->player, c->play.clip, c->play.seq, c->play.flags))
        mport_emit(p, &(struct media_event){
                          .kind = MEDIA_EV_PLAY_DONE, .seq = c->play.seq, .stopped = true, .at_us = clock_mono_us()});
    obj_unref(c->play.clip);
}

void mport_play(struct mport *p, struct clip *clip, uint32_t seq, unsigned flags)
{
    post(p, &(struct command){.run = run_play, .play = {.clip = obj_ref(clip), .seq = seq, .flags = flags}});
}

static void run_stop(struct mport *p, struct command *c)
{
    struct media_event ev;

    (void)c;
    while (player_drop(&p->player, &ev)) {
        ev.at_us = clock_mono_us();
        mport_emit(p, &ev);
    }
}

void mport_stop(struct mport *p)
{
    post(p, &(struct command){.run = run_stop});
}

static void run_pause(struct mport *p, struct command *c)
{
    (void)c;
    mport_pause_now(p, clock_mono_us());
}

void mport_pause(struct mport *p)
{
    post(p, &(struct command){.run = run_pause});
}

static void run_resume(struct mport *p, struct command *c)
{
    player_resume(&p->player, c->back_ms);
}

void mport_resume(struct mport *p, int back_ms)
{
    post(p, &(struct command){.run = run_resume, .back_ms = back_ms});
}

static void run_set_pipes(struct mport *p, struct command *c)
{
    obj_unref(p->from_peer);
    obj_unref(p->to_peer);
    p->from_peer = p->closed ? obj_unref(c->pipes.from) : c->pipes.from;
    p->to_peer = p->closed ? obj_unref(c->pipes.to) : c->pipes.to;
}

static void set_pipes(struct mport *p, struct media_pipe *from, struct media_pipe *to)
{
    post(p, &(struct command){.run = run_set_pipes, .pipes = {.from = obj_ref(from), .to = obj_ref(to)}});
}

void mport_bridge(struct mport *a, struct mport *b)
{
    struct media_pipe *ab, *ba;

    if (a->peer == b || a == b || a->closing || b->closing)
        return;
    mport_unbridge(a);
    mport_unbridge(b);
    ab = media_pipe_alloc();
    ba = media_pipe_alloc();
    if (ab != NULL && ba != NULL) {
        a->peer = b;
        b->peer = a;
        set_pipes(a, ba, ab);
        set_pipes(b, ab, ba);
    }
    obj_unref(ab);
    obj_unref(ba);
}

void mport_unbridge(struct mport *p)
{
    if (p->peer == NULL)
        return;
    set_pipes(p->peer, NULL, NULL);
    set_pipes(p, NULL, NULL);
    p->peer->peer = NULL;
    p->peer = NULL;
}

static void run_record(struct mport *p, struct command *c)
{
    obj_unref(p->recorder);
    p->recorder = p->closed ? obj_unref(c->recorder) : c->recorder;
}

void mport_record(struct mport *p, struct recorder *r)
{
    post(p, &(struct command){.run = run_record, .recorder = obj_ref(r)});
}

static void run_dtmf(struct mport *p, struct command *c)
{
    (void)dtmf_tx_queue(&p->dtmf_tx, c->digits);
}

void mport_dtmf(struct mport *p, const char *digits)
{
    struct command c = {.run = run_dtmf};

    snprintf(c.digits, sizeof c.digits, "%s", digits);
    post(p, &c);
}

static void run_impair(struct mport *p, struct command *c)
{
    if (p->impair == NULL)
        p->impair = calloc(1, sizeof *p->impair);
    if (p->impair == NULL)
        return;
    p->impair->loss_percent = c->impair.loss_percent;
    p->impair->jitter_ms = c->impair.jitter_ms;
    p->impair->random = p->ssrc | 1;
}

static void run_spoil(struct mport *p, struct command *c)
{
    if (p->spoil == NULL)
        p->spoil = malloc(sizeof *p->spoil);
    if (p->spoil != NULL)
        spoil_init(p->spoil, &c->spoil);
}

void mport_spoil(struct mport *p, const struct media_spoil *s)
{
    post(p, &(struct command){.run = run_spoil, .spoil = *s});
}

void mport_impair(struct mport *p, int loss_percent, int jitter_ms)
{
    post(p, &(struct command){.run = run_impair, .impair = {.loss_percent = loss_percent, .jitter_ms = jitter_ms}});
}

void mport_stats_get(const struct mport *p, struct mport_stats *out)
{
    *out = (struct mport_stats){
        .sent = atomic_load(&p->sent),
        .received = atomic_load(&p->received),
        .lost = atomic_load(&p->lost),
        .concealed = atomic_load(&p->concealed),
        .late_dropped = atomic_load(&p->late_dropped),
        .jitter_ms = atomic_load(&p->jitter_ms),
        .last_received_us = atomic_load(&p->last_received_us),
    };
}

/* ---- end ---- */

static void run_close(struct mport *p, struct command *c)
{
    struct media_event ev;

    (void)c;
    p->closed = true;
    while (player_drop(&p->player, &ev))
        ;
    end_tap(p);
    p->from_peer = obj_unref(p->from_peer);
    p->to_peer = obj_unref(p->to_peer);
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
    post(p, &(struct command){.run = run_close});
}
