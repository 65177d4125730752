/* offer.c - one closer's phone: it rings, says who is waiting, and takes "1" for yes and "2" for no. At a telephone number, where a voicemail may pick up, "1" comes first,
 * and then who is waiting; "1" again cuts that short. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/obj.h"
#include "desk/pickup.h"
#include "desk/redial.h"

#include "base/banned.h"

enum { WHISPER_SEQ = 1, PRESS_SEQ = 2 };

static bool may_follow(enum offer_state from, enum offer_state to)
{
    switch (to) {
    case OFFER_RINGING:
        return false;
    case OFFER_ANSWERED:
        return from == OFFER_RINGING;
    case OFFER_ACCEPTED:
        return from == OFFER_ANSWERED;
    case OFFER_OVER:
        return from != OFFER_OVER;
    }
    return false;
}

void offer_set_state(struct offer *o, enum offer_state s)
{
    if (!may_follow(o->state, s)) {
        log_error("desk", o->handoff->call_id, "offer: state %d after %d", (int)s, (int)o->state);
        assert(!"legal offer transition");
        return;
    }
    o->state = s;
}

/* The summary, then what to press. Both may still be on their way from the voice when the phone is answered: handoff.c calls again then. */
void offer_whisper(struct offer *o)
{
    const struct handoff *h = o->handoff;
    bool number = closer_has_number(o->closer), accepts_after = number || o->closer->accept_on_answer;
    struct mport *port;

    if (o->state != OFFER_ANSWERED || !h->rendered || o->whispered || (number && !o->taken))
        return;
    port = leg_port(o->leg);
    o->whispered = true;
    if (h->whisper_clip != NULL)
        mport_play(port, h->whisper_clip, WHISPER_SEQ, 0);
    if (!accepts_after && h->press_clip != NULL)
        mport_play(port, h->press_clip, PRESS_SEQ, 0);
    if (accepts_after && h->whisper_clip == NULL)
        offer_accept(o);
}

static void let_decide(struct offer *o)
{
    o->decide_until_ms = clock_mono_us() / 1000 + (int64_t)o->handoff->desk->cfg.decide_s * 1000;
}

static void drop_pickup(struct offer *o)
{
    pickup_stop(o->pickup);
    o->pickup = obj_unref(o->pickup);
}

static void on_pickup(enum pickup_result r, void *arg)
{
    struct offer *o = arg;
    struct handoff *h = obj_ref(o->handoff);

    switch (r) {
    case PICKUP_TAKEN:
        o->taken = true;
        let_decide(o);
        if (o->accept_when_answered) /* they have read it on the screen */
            offer_accept(o);
        else
            offer_whisper(o);
        break;
    case PICKUP_PASSED:
        handoff_offer_failed(o, "declined", "pressed 2");
        break;
    case PICKUP_MACHINE:
        handoff_offer_failed(o, "timeout", "a voicemail answered");
        break;
    case PICKUP_TIMEOUT:
        handoff_offer_failed(o, "timeout", "answered, but did not decide");
        break;
    }
    obj_unref(h);
}

static void ask_at_number(struct offer *o)
{
    struct desk *d = o->handoff->desk;

    if (pickup_start(&o->pickup, d, leg_port(o->leg), PICKUP_OFFER, d->cfg.decide_s * 1000, on_pickup, o) != 0)
        handoff_offer_failed(o, "failed", "out of memory");
}

static void on_answered(struct offer *o)
{
    if (o->state != OFFER_RINGING)
        return;
    offer_set_state(o, OFFER_ANSWERED);
    let_decide(o);
    if (closer_has_number(o->closer))
        ask_at_number(o);
    else if (o->accept_when_answered)
        offer_accept(o);
    else
        offer_whisper(o);
}

static void on_media(struct offer *o, const struct media_event *ev)
{
    bool accepts_after = closer_has_number(o->closer) || o->closer->accept_on_answer;

    if (o->pickup != NULL && !o->taken)
        pickup_media(o->pickup, ev);
    else if (o->state == OFFER_ACCEPTED)
        redial_media(o, ev);
    else if (ev->kind == MEDIA_EV_DTMF && o->state == OFFER_ANSWERED && ev->digit == '1')
        offer_accept(o);
    else if (ev->kind == MEDIA_EV_DTMF && o->state == OFFER_ANSWERED && ev->digit == '2')
        handoff_offer_failed(o, "declined", "pressed 2");
    else if (ev->kind == MEDIA_EV_PLAY_DONE && ev->seq == WHISPER_SEQ && accepts_after && o->state == OFFER_ANSWERED)
        offer_accept(o);
}

static void on_ended(struct offer *o, const struct leg_event *ev)
{
    if (o->state == OFFER_ACCEPTED) {
        if (ev->outcome == LEG_COMPLETED || !redial_ended(o))
            handoff_closer_left(o, ev->outcome == LEG_COMPLETED ? "closer_hung_up" : "closer_lost");
        return;
    }
    if (o->state == OFFER_OVER)
        return;
    switch (ev->outcome) {
    case LEG_BUSY:
    case LEG_REJECTED:
    case LEG_COMPLETED:
        handoff_offer_failed(o, "declined", o->state == OFFER_ANSWERED ? "hung up" : ev->reason);
        break;
    case LEG_NO_ANSWER:
    case LEG_CANCELLED:
        handoff_offer_failed(o, "timeout", ev->reason);
        break;
    case LEG_UNALLOCATED:
    case LEG_CONGESTION:
    case LEG_MEDIA_FAILED:
    case LEG_UNREACHABLE:
    case LEG_AUTH_FAILED:
        handoff_offer_failed(o, "failed", ev->reason);
        break;
    }
}

static void on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct offer *o = arg;
    struct handoff *h = obj_ref(o->handoff);

    (void)leg;
    switch (ev->kind) {
    case LEG_EV_ANSWERED:
        on_answered(o);
        break;
    case LEG_EV_MEDIA:
        on_media(o, ev->media);
        break;
    case LEG_EV_ENDED:
        on_ended(o, ev);
        break;
    case LEG_EV_RINGING:
    case LEG_EV_EARLY:
    case LEG_EV_HOLD:
        break;
    }
    obj_unref(h);
}

void offer_take_leg(struct offer *o, struct leg *leg)
{
    leg_watch(leg, on_leg, o);
    mport_watch(leg_port(leg), LINE_LOST_MS);
}

int closer_dial(struct leg **lp, const struct closer *c, const char *call_id, int ring_s, leg_event_fn *fn, void *arg)
{
    return leg_dial(lp, c->desk->line, &(struct leg_dial){.to = c->sip_uri, .display_name = "Baton", .call_info = closer_has_number(c) ? NULL : call_id /* of no use to a carrier */,
                                                          .ring_timeout_s = ring_s, .fn = fn, .arg = arg});
}

int offer_start(struct offer *o, struct handoff *h, struct closer *c, int step, const char *why, int ring_ms)
{
    int err;

    *o = (struct offer){.handoff = h, .closer = c};
    id_new(o->id, clock_now_ms());
    closer_set_presence(c, PRESENCE_RINGING, NULL, h->call_id);
    desk_write_offer_start(o, step, why, ring_ms);
    c->offered_at = clock_now_ms();
    if (closer_has_browser(c)) { /* it rings by the event */
        o->browser = true;
        return 0;
    }
    if (closer_has_number(c))
        pickup_prepare(h->desk, PICKUP_OFFER);
    err = closer_dial(&o->leg, c, h->call_id, (ring_ms + 999) / 1000 + h->desk->cfg.decide_s, on_leg, o);
    if (err)
        offer_set_state(o, OFFER_OVER);
    return err;
}

/* A browser is picked up by the click itself, if it is still there. */
static void pick_up_browser(struct offer *o)
{
    if (!closer_has_browser(o->closer))
        return;
    o->leg = obj_ref(o->closer->phone);
    offer_set_state(o, OFFER_ANSWERED);
}

void offer_accept(struct offer *o)
{
    if (o->browser && o->state == OFFER_RINGING)
        pick_up_browser(o);
    if (o->state == OFFER_RINGING || (o->pickup != NULL && !o->taken)) { /* a click does not tell that it is they who picked up */
        o->accept_when_answered = true;
        let_decide(o);
        return;
    }
    if (o->state != OFFER_ANSWERED)
        return;
    drop_pickup(o);
    mport_stop(leg_port(o->leg));
    offer_set_state(o, OFFER_ACCEPTED);
    redial_watch(o);
    handoff_offer_accepted(o);
}

void offer_end(struct offer *o, const char *state, const char *reason)
{
    if (o->state == OFFER_OVER)
        return;
    drop_pickup(o);
    offer_set_state(o, OFFER_OVER);
    desk_write_offer_end(o, state, reason);
    if (!o->browser)
        leg_hangup(o->leg, 0);
}

/* A browser goes on after the call: only this call is taken off it. */
void offer_leave_phone(struct offer *o)
{
    if (o->leg == NULL)
        return;
    mport_unbridge(leg_port(o->leg));
    if (!o->browser) {
        leg_hangup(o->leg, 0);
        return;
    }
    mport_stop(leg_port(o->leg));
    mport_set_tap(leg_port(o->leg), NULL);
}
