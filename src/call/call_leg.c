/* call_leg.c - what the line tells: ringing, answered, media, ended. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "call/call_priv.h"

#include "base/banned.h"

enum { CAP_GRACE_MS = 60000 };

static void on_cap(void *arg)
{
    struct call *c = arg;

    if (c->state == CALL_BRIDGED)
        return; /* people may talk as long as they like */
    if (c->state == CALL_HANDOFF) { /* a person is about to come; if not, little is left to say */
        timer_start(&c->cap_timer, CAP_GRACE_MS, on_cap, c);
        return;
    }
    log_info("call", c->id, "over the limit of %d s", c->scenario->call_s);
    call_hangup(c, "limit");
}

void call_cap_start(struct call *c)
{
    if (c->scenario->call_s > 0)
        timer_start(&c->cap_timer, (int64_t)c->scenario->call_s * 1000, on_cap, c);
}

static void start_recording(struct call *c)
{
    const struct calls_params *p = &c->calls->p;
    int err;

    if (p->recorders == NULL || p->cfg.recordings_dir == NULL)
        return;
    snprintf(c->recording, sizeof c->recording, "%s/%s.wav", p->cfg.recordings_dir, c->id);
    err = recorder_open(&c->recorder, p->recorders, c->recording);
    if (err) {
        log_error("call", c->id, "cannot record to %s: %s", c->recording, strerror(err));
        c->recording[0] = '\0';
        return;
    }
    mport_record(c->port, c->recorder);
}

static void on_answered(struct call *c, int64_t at_us)
{
    c->answered_ms = clock_now_ms();
    c->answered_us = at_us;
    c->port = leg_port(c->leg);
    start_recording(c);
    if (call_turn_start(c) != 0)
        log_error("call", c->id, "no ears: the prospect cannot be heard");
    call_set_state(c, CALL_TALKING);
    call_answer_start(c);
    call_cap_start(c);
    c->speak.port = c->port;
    speak_release(&c->speak);
}

static void on_media(struct call *c, const struct media_event *ev)
{
    if (speak_on_media(&c->speak, ev))
        return;
    if (ev->kind == MEDIA_EV_DTMF && c->state != CALL_BRIDGED)
        call_turn_key(c, ev->digit);
    else if (ev->kind == MEDIA_EV_PAUSED)
        call_turn_paused(c, ev);
    else if (ev->kind == MEDIA_EV_RTP_TIMEOUT && c->ended_by[0] == '\0')
        (void)text_copy(c->ended_by, sizeof c->ended_by, "rtp_timeout"); /* the leg ends itself, as media failed */
}

static void on_ended(struct call *c, const struct leg_event *ev)
{
    c->sip_outcome = ev->outcome;
    c->sip_code = ev->sip_code;
    if (c->ended_by[0] == '\0')
        (void)text_copy(c->ended_by, sizeof c->ended_by, ev->by_us ? "us" : "prospect");
    call_leg_over(c);
}

void call_on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct call *c = obj_ref(arg);

    (void)leg;
    switch (ev->kind) {
    case LEG_EV_RINGING:
    case LEG_EV_EARLY:
        if (c->ringing_ms == 0)
            c->ringing_ms = clock_now_ms();
        if (c->state == CALL_DIALING)
            call_set_state(c, CALL_RINGING);
        break;
    case LEG_EV_ANSWERED:
        on_answered(c, ev->at_us);
        break;
    case LEG_EV_HOLD:
        log_debug("call", c->id, "far end %s", ev->on ? "holds" : "is back");
        call_turn_hold(c, ev->on);
        break;
    case LEG_EV_MEDIA:
        on_media(c, ev->media);
        break;
    case LEG_EV_ENDED:
        on_ended(c, ev);
        break;
    }
    obj_unref(c);
}
