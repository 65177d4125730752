/* redial.c - a closer's SIP telephone in mid call.
 *
 *   watched --no packet for LINE_LOST_MS--> lost --packets flow again--> watched
 *                                             '--after REDIAL_MS, or at once if the line has ended--> ringing again --answered--> watched
 *                                                                                                        ^   '--ended--> after REDIAL_MS --.
 *                                                                                                        '--------------------------------'
 *
 * Meanwhile the handoff is LOST, the AI keeps the prospect company, and after replug_s nobody is waited for (handoff.c). Whoever answers a registered telephone
 * again is the closer; at a number it might be a voicemail, so numbers are not rung again. */
#include "desk/redial.h"

#include <string.h>

#include "base/log.h"
#include "base/obj.h"

#include "base/banned.h"

enum { REDIAL_MS = 3000 };

void redial_init(struct handoff *h)
{
    timer_init(&h->again_timer);
}

void redial_watch(struct offer *o)
{
    if (!o->browser)
        mport_watch(leg_port(o->leg), LINE_LOST_MS);
}

static bool waited_for(const struct handoff *h)
{
    return h->winner != NULL && (h->state == HANDOFF_LOST || (h->state == HANDOFF_BRIDGED && h->bridged.closer_lost));
}

static struct leg *let_go(struct leg *leg)
{
    if (leg == NULL)
        return NULL;
    leg_forget(leg);
    leg_hangup(leg, 0);
    return obj_unref(leg);
}

void redial_stop(struct handoff *h)
{
    timer_cancel(&h->again_timer);
    h->again = let_go(h->again);
}

/* --- ringing again --- */

static void ring_again(void *arg);

static void on_answered(struct handoff *h)
{
    struct leg *leg = h->again;

    h->again = NULL;
    offer_take_leg(h->winner, leg);
    handoff_phone_back(h, leg);
    obj_unref(leg);
}

static void on_again(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct handoff *h = obj_ref(arg);

    if (leg == h->again && ev->kind == LEG_EV_ANSWERED && waited_for(h)) {
        on_answered(h);
    } else if (leg == h->again && ev->kind == LEG_EV_ENDED) {
        h->again = obj_unref(h->again);
        timer_start(&h->again_timer, REDIAL_MS, ring_again, h);
    }
    obj_unref(h);
}

static void ring_again(void *arg)
{
    struct handoff *h = arg;
    struct closer *c;

    if (!waited_for(h))
        return;
    c = h->winner->closer;
    leg_forget(h->winner->leg);
    leg_hangup(h->winner->leg, 0);
    if (closer_has_number(c))
        return;
    log_info("desk", h->call_id, "the telephone of %s is rung again", c->name);
    if (closer_dial(&h->again, c, h->call_id, h->desk->cfg.replug_s, on_again, h) != 0)
        timer_start(&h->again_timer, REDIAL_MS, ring_again, h);
}

/* --- what the line tells --- */

void redial_media(struct offer *o, const struct media_event *ev)
{
    struct handoff *h = o->handoff;

    if (o->browser || o != h->winner || o->state != OFFER_ACCEPTED)
        return;
    if (ev->kind == MEDIA_EV_STALLED && !waited_for(h)) {
        handoff_phone_lost(h);
        timer_start(&h->again_timer, REDIAL_MS, ring_again, h);
    } else if (ev->kind == MEDIA_EV_FLOWS && waited_for(h)) {
        handoff_phone_back(h, o->leg);
    }
}

bool redial_ended(struct offer *o)
{
    struct handoff *h = o->handoff;

    if (o->browser || o != h->winner || h->state == HANDOFF_OVER)
        return false;
    if (!waited_for(h))
        handoff_phone_lost(h);
    timer_start(&h->again_timer, 0, ring_again, h);
    return true;
}
