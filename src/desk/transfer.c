/* transfer.c - a colleague's telephone rings for a call that a human has: the offer with brief and note, one colleague after another when a team is asked, and
 * whoever retrieves a parked call, who has said yes by asking for it. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "desk/desk_priv.h"

#include "base/banned.h"

/* A colleague is asked when they are available; who asks for a parked call themself may be anything but in a call. */
static bool can_ring(const struct closer *c, enum midcall_event ev)
{
    bool free = ev == MID_EV_RETRIEVE ? c->presence != PRESENCE_IN_CALL && c->presence != PRESENCE_RINGING && c->presence != PRESENCE_RESERVED : c->presence == PRESENCE_AVAILABLE;

    return free && !c->gone && closer_reachable(c);
}

static bool was_asked(const struct handoff *h, const struct closer *c)
{
    for (int i = h->bridged.asked_from; i < h->offer_count; i++)
        if (h->offers[i].closer == c)
            return true;
    return false;
}

static bool serves(const struct closer *c, const char *queue)
{
    const json_t *skill;
    size_t i;

    if (strcmp(c->team, queue) == 0)
        return true;
    json_array_foreach(c->skills, i, skill)
        if (json_is_string(skill) && strcmp(json_string_value(skill), queue) == 0)
            return true;
    return false;
}

/* Of a team, or of those with this skill: who is available, was not asked yet, and has been free longest. */
static struct closer *next_of_queue(const struct handoff *h)
{
    struct closer *best = NULL;

    for (int i = 0; i < h->desk->closer_count; i++) {
        struct closer *c = &h->desk->closers[i];

        if (can_ring(c, MID_EV_TRANSFER) && c != h->bridged.last && serves(c, h->bridged.queue) && !was_asked(h, c) &&
            (best == NULL || c->idle_since < best->idle_since))
            best = c;
    }
    return best;
}

/* to NULL: whoever of the queue is free. EBUSY: not now. ENOTCONN: nobody can be rung. ENOSPC: too many offers in this call. */
int transfer_begin(struct handoff *h, enum midcall_event ev, struct closer *to, const char *queue, const char *note)
{
    if (!bridged_allows(h, ev))
        return EBUSY;
    if (h->offer_count == HANDOFF_OFFERS_MAX)
        return ENOSPC;
    h->bridged.asked_from = h->offer_count;
    (void)text_copy(h->bridged.queue, sizeof h->bridged.queue, queue);
    (void)text_copy(h->bridged.note, sizeof h->bridged.note, note);
    h->bridged.wanted = to != NULL ? to : next_of_queue(h);
    if (h->bridged.wanted == NULL || !can_ring(h->bridged.wanted, ev))
        return ENOTCONN;
    return bridged_event(h, ev, NULL);
}

/* --- the ring --- */

/* Who has picked up may hear us out. */
static void on_ring_over(void *arg)
{
    struct handoff *h = arg;
    struct offer *o = h->bridged.colleague;
    int64_t left;

    if (o == NULL || o->state == OFFER_ACCEPTED || o->state == OFFER_OVER)
        return;
    left = o->decide_until_ms - clock_mono_us() / 1000;
    if (left > 0)
        timer_start(&h->bridged.ring_timer, left, on_ring_over, h);
    else
        handoff_offer_failed(o, "timeout", o->state == OFFER_ANSWERED ? "answered, but did not decide" : "no answer in time");
}

static const char *why(const struct handoff *h)
{
    return h->bridged.mid.state == MID_FETCHING ? "retrieve" : "transfer";
}

static int ring_one(struct handoff *h, struct closer *c)
{
    struct offer *o = &h->offers[h->offer_count++];
    bool fetching = h->bridged.mid.state == MID_FETCHING;
    int ring_ms = h->desk->cfg.transfer_ring_s * 1000, err;

    h->bridged.colleague = o;
    timer_start(&h->bridged.ring_timer, ring_ms, on_ring_over, h);
    err = offer_start(o, h, c, 0, why(h), ring_ms);
    if (err) {
        h->bridged.colleague = NULL;
        desk_write_offer_end(o, "failed", strerror(err));
        closer_settle(c, err == EAGAIN || err == ENOMEM ? "withdrawn" : "failed");
    } else if (fetching) {
        offer_accept(o);
    }
    return err;
}

/* The wanted one, or the next of the queue, or nobody is left. */
void transfer_ring(struct handoff *h)
{
    struct closer *c = h->bridged.wanted;

    h->bridged.wanted = NULL;
    for (; c != NULL && h->offer_count < HANDOFF_OFFERS_MAX; c = h->bridged.queue[0] != '\0' ? next_of_queue(h) : NULL)
        if (ring_one(h, c) == 0)
            return;
    (void)bridged_event(h, MID_EV_REFUSED, "nobody_took_it");
}

void transfer_drop(struct handoff *h, const char *reason)
{
    struct offer *o = h->bridged.colleague;

    timer_cancel(&h->bridged.ring_timer);
    h->bridged.colleague = NULL;
    if (o == NULL || o->state == OFFER_OVER)
        return;
    if (o->state == OFFER_ACCEPTED) { /* they were consulted */
        offer_set_state(o, OFFER_OVER);
        offer_leave_phone(o);
    } else {
        offer_end(o, "withdrawn", reason);
    }
    closer_settle(o->closer, "withdrawn");
}

void transfer_answered(struct offer *o)
{
    struct handoff *h = o->handoff;

    timer_cancel(&h->bridged.ring_timer);
    desk_write_offer_end(o, "accepted", NULL);
    closer_set_presence(o->closer, PRESENCE_IN_CALL, NULL, h->call_id);
    (void)bridged_event(h, MID_EV_ANSWERED, NULL);
}

/* While a team is asked and the colleague had not answered, the next one rings. */
void transfer_refused(struct offer *o, const char *reason)
{
    struct handoff *h = o->handoff;
    bool consulted = h->bridged.mid.state == MID_CONSULTING;

    if (h->bridged.colleague != o)
        return;
    timer_cancel(&h->bridged.ring_timer);
    h->bridged.colleague = NULL;
    if (consulted) {
        offer_set_state(o, OFFER_OVER);
        offer_leave_phone(o);
        closer_settle(o->closer, "withdrawn");
    }
    h->bridged.wanted = consulted || h->bridged.queue[0] == '\0' ? NULL : next_of_queue(h);
    if (h->bridged.wanted != NULL)
        transfer_ring(h);
    else
        (void)bridged_event(h, MID_EV_REFUSED, reason != NULL ? reason : "declined");
}

struct offer *transfer_offer_of(const struct closer *c)
{
    for (struct handoff *h = c->desk->first; h != NULL; h = h->next)
        if (h->bridged.colleague != NULL && h->bridged.colleague->closer == c && h->bridged.colleague->state == OFFER_ACCEPTED)
            return h->bridged.colleague;
    return NULL;
}
