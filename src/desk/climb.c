/* climb.c - a handoff's way up the ladder: who is rung next, for how long, and what becomes of those who did not take it. ladder.c decides, purely. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "desk/desk_priv.h"
#include "desk/match.h"

#include "base/banned.h"

static bool any_open(const struct handoff *h)
{
    for (int i = 0; i < h->offer_count; i++)
        if (h->offers[i].state != OFFER_OVER)
            return true;
    return false;
}

static bool was_tried(const struct handoff *h, const struct closer *c)
{
    for (int i = 0; i < h->offer_count; i++)
        if (h->offers[i].closer == c)
            return true;
    return false;
}

static struct ladder_closer on_ladder(const struct handoff *h, struct closer *c, int64_t now_ms)
{
    struct match m;

    match_closer(&m, &(struct match_need){h->language, h->segment, h->territory, h->product, h->source}, c->profile, c->skills);
    return (struct ladder_closer){.available = c->presence == PRESENCE_AVAILABLE && !c->gone && closer_reachable(c), .team = strcmp(c->team, h->team) == 0,
                                  .owner = h->owner[0] != '\0' && strcmp(c->id, h->owner) == 0, .tried = was_tried(h, c), .off = !hours_open(&c->hours, now_ms),
                                  .foreign = m.foreign, .full = closer_is_full(c, now_ms), .match = m.points, .idle_since = c->idle_since, .offered_at = c->offered_at};
}

static int list_closers(const struct handoff *h, struct ladder_closer out[])
{
    struct desk *d = h->desk;
    int64_t now = clock_now_ms();

    for (int i = 0; i < d->closer_count; i++)
        out[i] = on_ladder(h, &d->closers[i], now);
    return d->closer_count;
}

/* What becomes of a closer whose offer failed: who declined stays, who missed it is away until they say that they are back. */
void closer_settle(struct closer *c, const char *offer_state)
{
    if (strcmp(offer_state, "timeout") == 0)
        closer_set_presence(c, PRESENCE_AWAY, "missed an offer", NULL);
    else if (strcmp(offer_state, "failed") == 0)
        closer_set_presence(c, PRESENCE_AWAY, "phone cannot be reached", NULL);
    else
        closer_set_presence(c, PRESENCE_AVAILABLE, NULL, NULL);
}

/* How much longer this offer may go on: who has picked up may hear us out, but not beyond the hold cap. */
static int64_t time_left(const struct offer *o, int64_t mono_ms)
{
    const struct handoff *h = o->handoff;
    int64_t left = o->decide_until_ms - mono_ms, cap = h->ladder.began_ms + (int64_t)h->desk->cfg.hold_cap_s * 1000 - clock_now_ms();

    return left < cap ? left : cap;
}

/* The ring is over for everybody who has not picked up. */
static void on_step_timeout(void *arg)
{
    struct handoff *h = obj_ref(arg);
    int64_t mono_ms = clock_mono_us() / 1000, wait_ms = 0;

    for (int i = 0; i < h->offer_count; i++) {
        struct offer *o = &h->offers[i];
        int64_t left = time_left(o, mono_ms);

        if (o->state == OFFER_OVER)
            continue;
        if (left > 0) {
            wait_ms = wait_ms == 0 || left < wait_ms ? left : wait_ms;
            continue;
        }
        offer_end(o, "timeout", o->state == OFFER_ANSWERED ? "answered, but did not decide" : "no answer in time");
        closer_settle(o->closer, "timeout");
    }
    if (wait_ms > 0)
        timer_start(&h->step_timer, wait_ms, on_step_timeout, h);
    else
        handoff_climb(h);
    obj_unref(h);
}

static void ring(struct handoff *h, const struct ladder_move *m)
{
    int started = 0;

    handoff_set_state(h, HANDOFF_RINGING);
    desk_write_handoff_state(h, "ringing", NULL, m->reason);
    timer_start(&h->step_timer, m->ring_ms, on_step_timeout, h);
    for (int i = 0; i < m->count && h->offer_count < HANDOFF_OFFERS_MAX; i++) {
        struct closer *c = &h->desk->closers[m->who[i]];
        struct offer *o = &h->offers[h->offer_count++];
        int err = offer_start(o, h, c, (int)h->ladder.step, m->reason, m->ring_ms);

        if (err) {
            desk_write_offer_end(o, "failed", strerror(err));
            closer_settle(c, err == EAGAIN || err == ENOMEM ? "withdrawn" : "failed");
        } else {
            started++;
        }
    }
    if (started == 0)
        handoff_climb(h); /* bounded: whoever failed counts as tried */
}

void handoff_climb(struct handoff *h)
{
    const struct desk_config *cfg = &h->desk->cfg;
    struct ladder_params p = {cfg->ring_owner_s * 1000, cfg->ring_next_s * 1000, cfg->ring_all_s * 1000, cfg->hold_cap_s * 1000,
                              cfg->round_robin ? LADDER_TURNS : LADDER_LONGEST_IDLE};
    struct ladder_closer closers[LADDER_CLOSERS_MAX];
    struct ladder_move m;

    if (h->state != HANDOFF_REQUESTED && h->state != HANDOFF_RINGING)
        return;
    timer_cancel(&h->step_timer);
    ladder_climb(&m, &h->ladder, &p, closers, list_closers(h, closers), clock_now_ms());
    if (m.ring)
        ring(h, &m);
    else
        handoff_fail(h, m.reason);
}

void handoff_offer_failed(struct offer *o, const char *state, const char *reason)
{
    struct handoff *h = o->handoff;

    offer_end(o, state, reason);
    closer_settle(o->closer, state);
    if (h->state == HANDOFF_BRIDGED)
        transfer_refused(o, state);
    else if (h->winner == NULL && !any_open(h))
        handoff_climb(h);
}
