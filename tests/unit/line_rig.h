/* line_rig.h - two lines on one loop of this thread, a log of what their legs told, and "run until". */
#ifndef BATON_TESTS_LINE_RIG_H
#define BATON_TESTS_LINE_RIG_H

#include <re.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/loop.h"
#include "base/obj.h"
#include "line/line.h"

enum { RIG_EVENTS_MAX = 64, RIG_POLL_MS = 2, RIG_WAIT_MS = 20000 };

struct rig_log { /* of one leg */
    struct leg *leg;
    enum leg_event_kind kinds[RIG_EVENTS_MAX];
    int n, ended;
    bool on;
    char digits[32];
    enum leg_outcome outcome;
    int sip_code;
    bool by_us;
    char reason[128];
    bool hangup_on_answer, unref_on_end;
    enum leg_event_kind hangup_on; /* with hangup_on_answer */
};

struct rig {
    const char *ip;
    struct loop *loop;
    struct media *media;
    struct line *a, *b;
    struct rig_log out, in;
    struct leg *offered;
    char from[64], to[64];
    void *peer; /* line_peer.h */
    int incoming, accept_at_once;
    int closed;
    bool registered;
    int register_code, register_calls;
};

static inline void rig_on_event(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct rig_log *log = arg;

    assert_true(log->n < RIG_EVENTS_MAX);
    assert_int_equal(log->ended, 0); /* nothing after the end */
    log->kinds[log->n++] = ev->kind;
    if (ev->kind == LEG_EV_HOLD)
        log->on = ev->on;
    if (ev->kind == LEG_EV_MEDIA && ev->media->kind == MEDIA_EV_DTMF)
        log->digits[strlen(log->digits)] = ev->media->digit;
    if (log->hangup_on_answer && ev->kind == log->hangup_on)
        leg_hangup(leg, 486);
    if (ev->kind != LEG_EV_ENDED)
        return;
    log->ended++;
    log->outcome = ev->outcome;
    log->sip_code = ev->sip_code;
    log->by_us = ev->by_us;
    assert_non_null(ev->reason);
    snprintf(log->reason, sizeof log->reason, "%s", ev->reason);
    if (log->unref_on_end)
        log->leg = obj_unref(log->leg);
}

static inline bool rig_saw(const struct rig_log *log, enum leg_event_kind kind)
{
    for (int i = 0; i < log->n; i++)
        if (log->kinds[i] == kind)
            return true;
    return false;
}

static inline int rig_count(const struct rig_log *log, enum leg_event_kind kind)
{
    int n = 0;

    for (int i = 0; i < log->n; i++)
        n += log->kinds[i] == kind;
    return n;
}

static inline void rig_on_incoming(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct rig *r = arg;

    r->incoming++;
    snprintf(r->from, sizeof r->from, "%s", from);
    snprintf(r->to, sizeof r->to, "%s", to);
    r->in.leg = leg;
    leg_watch(leg, rig_on_event, &r->in);
    if (r->accept_at_once)
        assert_int_equal(leg_accept(leg, rig_on_event, &r->in), 0);
}

static inline void rig_on_register(bool registered, int code, void *arg)
{
    struct rig *r = arg;

    r->registered = registered;
    r->register_code = code;
    r->register_calls++;
}

static inline void rig_on_closed(void *arg)
{
    struct rig *r = arg;

    r->closed++;
}

static int rig_rtp_timeout_ms = 20000;

typedef bool(rig_pred)(struct rig *r);

struct rig_wait {
    struct tmr tmr;
    struct rig *rig;
    rig_pred *pred;
    int64_t until_us;
    bool ok;
};

static inline void rig_poll(void *arg)
{
    struct rig_wait *w = arg;

    w->ok = w->pred(w->rig);
    if (w->ok || clock_mono_us() > w->until_us)
        re_cancel();
    else
        tmr_start(&w->tmr, RIG_POLL_MS, rig_poll, w);
}

/* Runs the loop until pred holds; false at the deadline. */
static inline bool rig_run_until(struct rig *r, rig_pred *pred, int ms)
{
    struct rig_wait w = {.rig = r, .pred = pred, .until_us = clock_mono_us() + ms * 1000LL};

    tmr_init(&w.tmr);
    tmr_start(&w.tmr, 0, rig_poll, &w);
    loop_run(r->loop, false, NULL, NULL);
    tmr_cancel(&w.tmr);
    return w.ok;
}

static inline struct line *rig_line(struct rig *r, const struct line_trunk *trunk)
{
    struct line_config cfg = {.bind_ip = r->ip, .user_agent = "baton-test"};
    struct line *l = NULL;

    if (trunk != NULL)
        cfg.trunk = *trunk;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, rig_on_incoming, rig_on_register, r), 0);
    return l;
}

static inline struct rig *rig_open_at(const char *ip, const struct line_trunk *trunk_of_a)
{
    const struct media_config media = {.threads = 1, .bind_ip = ip, .port_min = 30000, .port_max = 39998,
                                       .rtp_timeout_ms = rig_rtp_timeout_ms};
    struct rig *r = calloc(1, sizeof *r);

    assert_non_null(r);
    r->ip = ip;
    assert_int_equal(loop_alloc(&r->loop, "test"), 0);
    assert_int_equal(media_alloc(&r->media, &media, r->loop), 0);
    r->a = rig_line(r, trunk_of_a);
    r->b = rig_line(r, NULL);
    return r;
}

static inline struct rig *rig_open(const struct line_trunk *trunk_of_a)
{
    return rig_open_at("127.0.0.1", trunk_of_a);
}

static inline bool rig_both_closed(struct rig *r)
{
    return r->closed == 2;
}

static inline void rig_close(struct rig *r)
{
    line_close(r->a, rig_on_closed, r);
    line_close(r->b, rig_on_closed, r);
    assert_true(rig_run_until(r, rig_both_closed, RIG_WAIT_MS));
    r->out.leg = obj_unref(r->out.leg);
    r->in.leg = obj_unref(r->in.leg);
    obj_unref(r->a);
    obj_unref(r->b);
    media_close(r->media);
    obj_unref(r->media);
    loop_free(r->loop);
    free(r);
}

static inline int rig_dial_uri(struct rig *r, const char *uri, int ring_s)
{
    const struct leg_dial d = {.to = uri, .display_name = "Baton \"Test\"", .from = "+14155550100",
                               .ring_timeout_s = ring_s, .call_info = "call-1", .fn = rig_on_event, .arg = &r->out};

    return leg_dial(&r->out.leg, r->a, &d);
}

/* a calls b's port. */
static inline void rig_dial(struct rig *r, int ring_s, const char *params)
{
    char uri[96];

    snprintf(uri, sizeof uri, "sip:+14155550199@127.0.0.1:%u%s", (unsigned)line_port(r->b), params);
    assert_int_equal(rig_dial_uri(r, uri, ring_s), 0);
}

static inline bool rig_incoming(struct rig *r) { return r->incoming > 0; }
static inline bool rig_out_ended(struct rig *r) { return r->out.ended > 0; }
static inline bool rig_both_ended(struct rig *r) { return r->out.ended > 0 && r->in.ended > 0; }
static inline bool rig_both_up(struct rig *r)
{
    return rig_saw(&r->out, LEG_EV_ANSWERED) && rig_saw(&r->in, LEG_EV_ANSWERED);
}

#endif
