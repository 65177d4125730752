/* bridged.c - carries out what midcall.h decides: who leaves, who takes over, who hears whom, until when the prospect waits.
 *
 * A handoff stays HANDOFF_BRIDGED while humans have it, whatever they do; h->winner is the closer who has the prospect, or NULL while nobody does. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/obj.h"
#include "desk/redial.h"
#include "desk/ringback.h"

#include "base/banned.h"

enum { RINGBACK_SEQ = 3 };

void bridged_init(struct handoff *h)
{
    timer_init(&h->bridged.cap_timer);
    timer_init(&h->bridged.ring_timer);
    timer_init(&h->bridged.phrase_timer);
}

void bridged_begin(struct handoff *h, struct closer *c)
{
    h->bridged.mid = (struct midcall){.state = MID_TALKING};
    h->bridged.last = c;
    bridged_mix(h);
}

struct handoff *desk_bridged_find(struct desk *d, const char *call_id)
{
    for (struct handoff *h = d->first; h != NULL; h = h->next)
        if (h->state == HANDOFF_BRIDGED && strcmp(h->call_id, call_id) == 0)
            return h;
    return NULL;
}

/* --- who hears whom --- */

static struct mport *party_port(const struct handoff *h, int party)
{
    const struct offer *o = party == PARTY_CLOSER ? h->winner : party == PARTY_COLLEAGUE ? h->bridged.colleague : NULL;

    if (party == PARTY_PROSPECT)
        return h->prospect;
    if (party >= PARTY_JOINED)
        return join_port(h, party - PARTY_JOINED);
    return o != NULL && o->leg != NULL && o->state == OFFER_ACCEPTED ? leg_port(o->leg) : NULL;
}

/* Those who part first, so that there is room for those who come. A party that is missing hears nobody. */
void bridged_mix(struct handoff *h)
{
    enum midcall_state s = h->state == HANDOFF_BRIDGED ? h->bridged.mid.state : MID_OVER;
    struct mport *port[PARTIES];
    enum join_mode modes[JOINS_MAX];

    for (int i = 0; i < JOINS_MAX; i++)
        modes[i] = join_mode_of(h, i);
    for (int i = 0; i < PARTIES; i++)
        port[i] = party_port(h, i);
    join_overhear(h, s == MID_TALKING);
    for (int pass = 0; pass < 2; pass++)
        for (int l = 0; l < PARTIES; l++)
            for (int k = 0; k < PARTIES; k++) {
                bool wanted = hearing(s, modes, l, k);

                if (port[l] == NULL || port[k] == NULL || l == k || wanted != (pass == 1))
                    continue;
                if (!wanted)
                    mport_unhear(port[l], port[k]);
                else if (mport_hear(port[l], port[k]) != 0)
                    log_debug("desk", h->call_id, "party %d cannot hear party %d now", l, k); /* a line that is just ending */
            }
}

/* --- effects --- */

static void free_closer(struct handoff *h, bool wrap_up)
{
    struct offer *o = h->winner;

    if (o == NULL)
        return;
    h->winner = NULL;
    h->bridged.closer_lost = false;
    timer_cancel(&h->step_timer);
    redial_stop(h);
    offer_set_state(o, OFFER_OVER);
    offer_leave_phone(o);
    if (wrap_up)
        closer_start_wrap_up(o->closer, h->id);
    else
        closer_set_presence(o->closer, PRESENCE_AVAILABLE, NULL, NULL);
}

/* Whoever takes over from another begins a handoff of their own, with its wrap-up. */
static void take_over(struct handoff *h)
{
    struct offer *o = h->bridged.colleague;
    char before[ID_MAX];

    h->winner = o;
    h->bridged.colleague = NULL;
    if (o->closer != h->bridged.last) {
        memcpy(before, h->id, sizeof before);
        id_new(h->id, clock_now_ms());
        h->confirmed = h->prospect_heard = h->closer_heard = false;
        closer_count_talk(o->closer, clock_now_ms());
        desk_write_taken_over(h, before, o);
    }
    h->bridged.last = o->closer;
}

/* What a closer says is written down while the prospect hears it, and only then. */
static void overhear_closer(struct handoff *h, bool talked)
{
    bool talks = h->bridged.mid.state == MID_TALKING;

    if (talked == talks || h->winner == NULL || h->winner->leg == NULL)
        return;
    if (talks)
        handoff_listen_to_closer(h, leg_port(h->winner->leg));
    else
        mport_set_tap(leg_port(h->winner->leg), NULL);
}

/* The closer hears that it rings at the colleague's. */
static void sound_ringback(struct handoff *h)
{
    bool wanted = h->bridged.mid.state == MID_RINGING && h->winner != NULL && h->winner->leg != NULL;
    struct clip *clip;

    if (wanted == h->bridged.ringback)
        return;
    h->bridged.ringback = wanted;
    if (!wanted && h->winner != NULL && h->winner->leg != NULL)
        mport_stop(leg_port(h->winner->leg));
    if (!wanted || ringback_alloc(&clip) != 0)
        return;
    mport_play(leg_port(h->winner->leg), clip, RINGBACK_SEQ, MPORT_PLAY_LOOP);
    obj_unref(clip);
}

static void on_cap(void *arg)
{
    struct handoff *h = arg;

    (void)bridged_event(h, MID_EV_CAP, h->bridged.mid.state == MID_PARKED || h->bridged.mid.state == MID_FETCHING ? "parked_too_long" : "held_too_long");
}

static void watch_cap(struct handoff *h)
{
    if (h->bridged.mid.until_ms == 0)
        timer_cancel(&h->bridged.cap_timer);
    else
        timer_start(&h->bridged.cap_timer, h->bridged.mid.until_ms - clock_now_ms(), on_cap, h);
}

static void carry_out(struct handoff *h, enum midcall_state before, unsigned effects, const char *reason)
{
    if ((effects & MID_DROP_COLLEAGUE) != 0)
        transfer_drop(h, reason);
    if ((effects & (MID_FREE_CLOSER | MID_LEAVE_PARKED)) != 0)
        free_closer(h, (effects & MID_FREE_CLOSER) != 0);
    if ((effects & MID_TAKE_OVER) != 0)
        take_over(h);
    if ((effects & MID_KEEP_COMPANY) != 0)
        company_begin(h);
    if ((effects & MID_END_COMPANY) != 0)
        company_end(h);
    overhear_closer(h, before == MID_TALKING);
    sound_ringback(h);
    watch_cap(h);
    bridged_mix(h);
    if ((effects & MID_RING) != 0)
        transfer_ring(h);
    if ((effects & MID_AI_BACK) != 0)
        handoff_over(h, HANDOFF_EV_RETURNED, reason);
    if ((effects & MID_END_CALL) != 0)
        handoff_over(h, HANDOFF_EV_ENDED, reason);
}

static const struct midcall_limits *limits_of(const struct handoff *h, struct midcall_limits *out)
{
    *out = (struct midcall_limits){.held_ms = (int64_t)h->desk->cfg.held_cap_s * 1000, .parked_ms = (int64_t)h->desk->cfg.park_cap_s * 1000};
    return out;
}

bool bridged_allows(const struct handoff *h, enum midcall_event ev)
{
    struct midcall trial = h->bridged.mid;
    struct midcall_limits l;
    struct midcall_move mv;

    return h->state == HANDOFF_BRIDGED && midcall_step(&trial, &mv, ev, limits_of(h, &l), 0);
}

int bridged_event(struct handoff *h, enum midcall_event ev, const char *reason)
{
    struct handoff *keep = obj_ref(h);
    enum midcall_state before = h->bridged.mid.state;
    struct midcall_limits l;
    struct midcall_move mv;
    int err = midcall_step(&h->bridged.mid, &mv, ev, limits_of(h, &l), clock_now_ms()) ? 0 : EBUSY;

    if (!err) {
        if (mv.next != MID_OVER)
            desk_write_midcall(h, mv.word, reason);
        carry_out(h, before, mv.effects, reason);
    }
    obj_unref(keep);
    return err;
}

void bridged_close(struct handoff *h)
{
    timer_cancel(&h->bridged.cap_timer);
    timer_cancel(&h->bridged.ring_timer);
    company_end(h);
    join_close_all(h, "the call is over");
    bridged_mix(h);
}

/* --- a browser that is gone for a moment while the prospect waits anyway --- */

static void on_not_back(void *arg)
{
    (void)bridged_event(arg, MID_EV_CLOSER_LEFT, "closer_lost");
}

void bridged_phone_lost(struct handoff *h)
{
    h->bridged.closer_lost = true;
    bridged_mix(h);
    timer_start(&h->step_timer, (int64_t)h->desk->cfg.replug_s * 1000, on_not_back, h);
}

void bridged_phone_back(struct handoff *h)
{
    if (h->bridged.closer_lost)
        timer_cancel(&h->step_timer);
    h->bridged.closer_lost = h->bridged.ringback = false;
    overhear_closer(h, false);
    sound_ringback(h);
    bridged_mix(h);
}
