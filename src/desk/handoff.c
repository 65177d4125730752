/* handoff.c - one prospect's way to a human.
 *
 *   REQUESTED --ring--> RINGING --accepted--> BRIDGED --closer or prospect leaves--> OVER
 *                                             |    ^
 *                       line of closer broken v    | plugged in, or picked up, again (phone.c, redial.c)
 *                                             LOST --not within replug_s--> OVER (failed: the AI comes back)
 *       |                  | all offers failed: climb the ladder, or nobody is left
 *       '------------------'--------------------------------------> OVER (failed)
 *
 * The prospect is never left alone: until the bridge, HANDOFF_EV_TICK asks the owner to say something. The first offer that is accepted wins; the
 * others are withdrawn in the same instant. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "desk/overhear.h"
#include "desk/redial.h"

#include "base/banned.h"

static void handoff_destroy(void *obj)
{
    struct handoff *h = obj;

    for (int i = 0; i < h->offer_count; i++) {
        obj_unref(h->offers[i].pickup);
        obj_unref(h->offers[i].leg);
    }
    json_decref(h->brief);
    obj_unref(h->turn_seq);
    obj_unref(h->prospect);
    obj_unref(h->whisper_clip);
    obj_unref(h->press_clip);
}

static bool may_follow(enum handoff_state from, enum handoff_state to)
{
    switch (to) {
    case HANDOFF_REQUESTED:
        return false;
    case HANDOFF_RINGING:
        return from == HANDOFF_REQUESTED || from == HANDOFF_RINGING;
    case HANDOFF_BRIDGED:
        return from == HANDOFF_RINGING || from == HANDOFF_LOST;
    case HANDOFF_LOST:
        return from == HANDOFF_BRIDGED;
    case HANDOFF_OVER:
        return from != HANDOFF_OVER;
    }
    return false;
}

void handoff_set_state(struct handoff *h, enum handoff_state s)
{
    if (!may_follow(h->state, s)) {
        log_error("desk", h->call_id, "handoff: state %d after %d", (int)s, (int)h->state);
        assert(!"legal handoff transition");
        return;
    }
    h->state = s;
    desk_count(h->desk);
}

static void tell(struct handoff *h, struct handoff_event ev)
{
    if (h->fn != NULL)
        h->fn(&ev, h->arg);
}

static void unlink_handoff(struct handoff *h)
{
    struct handoff **p = &h->desk->first;

    while (*p != NULL && *p != h)
        p = &(*p)->next;
    if (*p == h) {
        *p = h->next;
        obj_unref(h); /* the desk's */
    }
}

static void stop_timers(struct handoff *h)
{
    timer_cancel(&h->step_timer);
    timer_cancel(&h->tick_timer);
}

static void finish(struct handoff *h)
{
    handoff_set_state(h, HANDOFF_OVER);
    stop_timers(h);
    redial_stop(h);
    bridged_close(h);
    for (int i = 0; i < h->offer_count; i++)
        if (h->offers[i].leg != NULL && !h->offers[i].browser)
            leg_forget(h->offers[i].leg);
    unlink_handoff(h);
}

void handoff_fail(struct handoff *h, const char *reason)
{
    struct handoff *keep = obj_ref(h);

    desk_write_handoff_state(h, "failed", NULL, reason);
    finish(h);
    tell(h, (struct handoff_event){.kind = HANDOFF_EV_FAILED, .reason = reason});
    obj_unref(keep);
}

/* --- the bridge --- */

static void withdraw_others(struct handoff *h, const struct offer *winner, const char *reason)
{
    for (int i = 0; i < h->offer_count; i++) {
        struct offer *o = &h->offers[i];

        if (o == winner || o->state == OFFER_OVER)
            continue;
        offer_end(o, "withdrawn", reason);
        closer_settle(o->closer, "withdrawn");
    }
}

static void on_closer_voice(void *owner)
{
    handoff_closer_heard(owner);
}

void handoff_listen_to_closer(struct handoff *h, struct mport *port)
{
    overhear(h->desk, port, &(struct overhear){.call_id = h->call_id, .lead_id = h->lead_id, .speaker = "closer", .name = h->winner->closer->name, .turn_seq = h->turn_seq,
                                               .recording_us = h->recording_us, .heard = on_closer_voice, .owner = h});
}

void handoff_offer_accepted(struct offer *o)
{
    struct handoff *h = o->handoff;
    struct closer *c = o->closer;

    if (h->state == HANDOFF_BRIDGED) { /* of a call that a human has */
        transfer_answered(o);
        return;
    }
    stop_timers(h);
    h->winner = o;
    handoff_set_state(h, HANDOFF_BRIDGED);
    withdraw_others(h, o, "somebody else was faster");
    desk_write_offer_end(o, "accepted", NULL);
    desk_write_handoff_state(h, "accepted", c->id, NULL);
    closer_count_talk(c, clock_now_ms());
    closer_set_presence(c, PRESENCE_IN_CALL, NULL, h->call_id);
    handoff_listen_to_closer(h, leg_port(o->leg));
    bridged_begin(h, c);
    desk_write_handoff_state(h, "bridged", c->id, NULL);
    tell(h, (struct handoff_event){.kind = HANDOFF_EV_BRIDGED, .closer_name = c->name, .closer_id = c->id, .time_to_human_ms = (int)(clock_now_ms() - h->requested_ms)});
}

static void confirm(struct handoff *h)
{
    if (h->confirmed || !h->prospect_heard || !h->closer_heard || h->state != HANDOFF_BRIDGED || h->winner == NULL)
        return;
    h->confirmed = true;
    desk_write_handoff_state(h, "confirmed", h->winner->closer->id, NULL);
}

void handoff_closer_heard(struct handoff *h)
{
    h->closer_heard = true;
    confirm(h);
}

void handoff_prospect_heard(struct handoff *h)
{
    h->prospect_heard = true;
    confirm(h);
}

/* --- a line that breaks in mid call: a page is loaded again, a network changes, a telephone dies --- */

/* The prospect goes back to the AI. */
static void give_up_closer(struct handoff *h, const char *reason)
{
    struct offer *o = h->winner;

    offer_set_state(o, OFFER_OVER);
    offer_leave_phone(o);
    closer_start_wrap_up(o->closer, h->id);
    handoff_fail(h, reason);
}

static void on_replug_over(void *arg)
{
    give_up_closer(arg, "closer_lost");
}

static void on_tick(void *arg);

void handoff_phone_lost(struct handoff *h)
{
    const struct desk_config *cfg = &h->desk->cfg;

    if (h->state != HANDOFF_BRIDGED)
        return;
    if (h->bridged.mid.state != MID_TALKING) { /* who waits has company already */
        bridged_phone_lost(h);
        return;
    }
    handoff_set_state(h, HANDOFF_LOST);
    bridged_mix(h);
    desk_write_handoff_state(h, "lost", h->winner->closer->id, NULL);
    timer_start(&h->step_timer, (int64_t)cfg->replug_s * 1000, on_replug_over, h);
    timer_start(&h->tick_timer, (int64_t)cfg->hold_tick_s * 1000, on_tick, h);
    tell(h, (struct handoff_event){.kind = HANDOFF_EV_LOST, .closer_name = h->winner->closer->name, .closer_id = h->winner->closer->id});
}

void handoff_phone_back(struct handoff *h, struct leg *leg)
{
    struct offer *o = h->winner;
    struct closer *c = o->closer;

    obj_ref(leg);
    obj_unref(o->leg);
    o->leg = leg;
    redial_stop(h);
    if (h->state != HANDOFF_LOST) {
        bridged_phone_back(h);
        return;
    }
    handoff_listen_to_closer(h, leg_port(o->leg));
    stop_timers(h);
    handoff_set_state(h, HANDOFF_BRIDGED);
    bridged_mix(h);
    desk_write_handoff_state(h, "bridged", c->id, NULL);
    tell(h, (struct handoff_event){.kind = HANDOFF_EV_BRIDGED, .closer_name = c->name, .closer_id = c->id, .time_to_human_ms = (int)(clock_now_ms() - h->requested_ms)});
}

void handoff_closer_left(struct offer *o, const char *reason)
{
    if (o == o->handoff->bridged.colleague)
        transfer_refused(o, reason);
    else if (o == o->handoff->winner && o->handoff->state == HANDOFF_LOST)
        give_up_closer(o->handoff, reason);
    else if (o == o->handoff->winner)
        (void)bridged_event(o->handoff, MID_EV_CLOSER_LEFT, reason);
}

void handoff_over(struct handoff *h, enum handoff_event_kind kind, const char *reason)
{
    const struct closer *c = h->bridged.last;
    struct handoff *keep = obj_ref(h);

    desk_write_handoff_state(h, "ended", NULL, reason);
    finish(h);
    tell(h, (struct handoff_event){.kind = kind, .closer_name = c->name, .closer_id = c->id, .reason = reason});
    obj_unref(keep);
}

/* --- start and end --- */

static void on_tick(void *arg)
{
    struct handoff *h = arg;

    timer_start(&h->tick_timer, (int64_t)h->desk->cfg.hold_tick_s * 1000, on_tick, h);
    tell(h, (struct handoff_event){.kind = HANDOFF_EV_TICK});
}

/* Both clips are here, or will not come: whoever has answered hears them now. */
static void on_rendered(struct handoff *h, int err, const char *what)
{
    if (err)
        log_warn("desk", h->call_id, "the %s cannot be spoken: %s", what, strerror(err));
    if (--h->rendering > 0)
        return;
    h->rendered = true;
    for (int i = 0; i < h->offer_count && h->state != HANDOFF_OVER; i++)
        offer_whisper(&h->offers[i]);
}

static void on_whisper(int err, struct clip *clip, void *arg)
{
    struct handoff *h = arg;

    if (!err)
        h->whisper_clip = obj_ref(clip);
    obj_unref(clip);
    on_rendered(h, err, "whisper");
    obj_unref(h);
}

static void on_press(int err, struct clip *clip, void *arg)
{
    struct handoff *h = arg;

    if (!err)
        h->press_clip = obj_ref(clip);
    obj_unref(clip);
    on_rendered(h, err, "instruction");
    obj_unref(h);
}

static void say(struct handoff *h, const char *text, voice_clip_fn *fn)
{
    struct desk *d = h->desk;
    int err = d->speech == NULL ? ENOTSUP : voice_say(d->speech, d->cfg.voice, text, d->control, fn, obj_ref(h));

    if (err) {
        if (d->speech != NULL)
            obj_unref(h);
        on_rendered(h, err, "whisper");
    }
}

static void render(struct handoff *h)
{
    h->rendering = 2;
    say(h, h->whisper[0] != '\0' ? h->whisper : "A hot lead is waiting.", on_whisper);
    say(h, "Press one to take the call, or two to pass it on.", on_press);
}

static void first_climb(void *arg)
{
    struct handoff *h = arg;

    if (h->state == HANDOFF_REQUESTED)
        handoff_climb(h);
    obj_unref(h);
}

/* The team for large deals is a segment too, whatever the form said. */
static void take_need(struct handoff *h, const struct handoff_params *p)
{
    const char *segment = strcmp(h->team, "enterprise") == 0 ? "enterprise" : jx_str(p->lead, "segment", "");

    (void)text_copy(h->language, sizeof h->language, p->language != NULL ? p->language : "");
    (void)text_copy(h->segment, sizeof h->segment, segment);
    (void)text_copy(h->territory, sizeof h->territory, jx_str(p->lead, "region", ""));
    (void)text_copy(h->product, sizeof h->product, jx_str(p->lead, "product", ""));
    (void)text_copy(h->source, sizeof h->source, jx_str(p->lead, "source", ""));
}

int handoff_start(struct handoff **hp, struct desk *d, const struct handoff_params *p)
{
    struct handoff *h = d->closing ? NULL : obj_alloc(sizeof *h, handoff_destroy);

    if (h == NULL)
        return d->closing ? ESHUTDOWN : ENOMEM;
    h->desk = d;
    h->requested_ms = clock_now_ms();
    id_new(h->id, h->requested_ms);
    (void)text_copy(h->call_id, sizeof h->call_id, p->call_id);
    (void)text_copy(h->lead_id, sizeof h->lead_id, p->lead_id);
    (void)text_copy(h->team, sizeof h->team, p->team != NULL ? p->team : "");
    (void)text_copy(h->owner, sizeof h->owner, p->owner_closer_id != NULL ? p->owner_closer_id : "");
    (void)text_copy(h->whisper, sizeof h->whisper, p->whisper != NULL ? p->whisper : "");
    take_need(h, p);
    h->brief = p->brief != NULL ? json_deep_copy(p->brief) : json_object();
    h->prospect = obj_ref(p->prospect);
    h->turn_seq = obj_ref(p->turn_seq);
    h->recording_us = p->recording_us;
    h->fn = p->fn;
    h->arg = p->arg;
    timer_init(&h->step_timer);
    timer_init(&h->tick_timer);
    redial_init(h);
    bridged_init(h);
    ladder_begin(&h->ladder, h->requested_ms);
    h->next = d->first;
    d->first = obj_ref(h);
    desk_count(d);
    desk_write_handoff_start(h);
    render(h);
    timer_start(&h->tick_timer, (int64_t)d->cfg.hold_tick_s * 1000, on_tick, h);
    *hp = h;
    if (loop_post(d->control, first_climb, obj_ref(h)) != 0) {
        obj_unref(h);
        handoff_climb(h);
    }
    return 0;
}

void *handoff_cancel(struct handoff *h, const char *reason)
{
    h->fn = NULL;
    if (h->state == HANDOFF_OVER)
        return h->arg;
    if (h->state == HANDOFF_BRIDGED || h->state == HANDOFF_LOST) {
        (void)bridged_event(h, MID_EV_PROSPECT_LEFT, reason);
        desk_write_handoff_state(h, "ended", NULL, reason);
    } else {
        withdraw_others(h, NULL, reason);
        desk_write_handoff_state(h, "failed", NULL, reason);
    }
    finish(h);
    return h->arg;
}
