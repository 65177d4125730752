/* callback.c - a promise is kept: the closer's telephone rings first, then the prospect's; they are bridged and recorded. A browser that is plugged in
 * need not ring: the click was made there.
 *
 *   CLOSER_RINGS -> PROSPECT_RINGS -> TALKING -> OVER;  CLOSER_RINGS or PROSPECT_RINGS -> OVER (not reached, somebody hung up, shutdown)
 *
 * callback_talk.c is the talk itself, callback_end.c its end.
 * At a closer's telephone number a voicemail may pick up: there the prospect is rung after key 1 (pickup.h).
 *
 * Nothing is written before the closer is on the line: a telephone that nobody picks up is no call to the prospect. The legs borrow the callback; the
 * desk's list holds it until it is over, the recorder until the file is whole. */
#include "desk/callback.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"

#include "base/banned.h"

enum { CLOSER_RING_S = 30, PROSPECT_RING_S = 45, RINGBACK_SEQ = 1 };

static void callback_destroy(void *obj)
{
    struct callback *c = obj;

    obj_unref(c->pickup);
    obj_unref(c->closer_leg);
    obj_unref(c->prospect_leg);
    obj_unref(c->recorder);
    obj_unref(c->turn_seq);
    json_decref(c->row);
}

static bool may_follow(enum callback_state from, enum callback_state to)
{
    switch (to) {
    case CALLBACK_CLOSER_RINGS:
        return false;
    case CALLBACK_PROSPECT_RINGS:
        return from == CALLBACK_CLOSER_RINGS;
    case CALLBACK_TALKING:
        return from == CALLBACK_PROSPECT_RINGS;
    case CALLBACK_OVER:
        return from != CALLBACK_OVER;
    }
    return false;
}

void callback_set_state(struct callback *c, enum callback_state s)
{
    if (!may_follow(c->state, s)) {
        log_error("desk", c->call_id, "callback: state %d after %d", (int)s, (int)c->state);
        assert(!"legal callback transition");
        return;
    }
    c->state = s;
}

/* --- the prospect --- */

static void stop_ringback(struct callback *c)
{
    if (c->closer_leg != NULL)
        mport_stop(leg_port(c->closer_leg));
}

static void on_prospect_answered(struct callback *c)
{
    if (c->state != CALLBACK_PROSPECT_RINGS)
        return;
    callback_set_state(c, CALLBACK_TALKING);
    c->answered_ms = clock_now_ms();
    stop_ringback(c);
    callback_record(c);
    callback_join(c);
    desk_write_callback_bridged(c);
}

static void on_prospect(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct callback *c = obj_ref(arg);

    (void)leg;
    if (ev->kind == LEG_EV_EARLY && c->state == CALLBACK_PROSPECT_RINGS) { /* the network speaks: the closer hears it themself */
        stop_ringback(c);
        callback_join(c);
    } else if (ev->kind == LEG_EV_ANSWERED) {
        on_prospect_answered(c);
    } else if (ev->kind == LEG_EV_ENDED && c->state != CALLBACK_OVER) {
        callback_finish(c, leg_outcome_name(ev->outcome), "prospect", c->state == CALLBACK_TALKING ? "prospect_hung_up" : leg_outcome_name(ev->outcome));
    }
    obj_unref(c);
}

static void play_ringback(struct callback *c)
{
    struct clip *clip;

    if (ringback_alloc(&clip) != 0)
        return;
    mport_play(leg_port(c->closer_leg), clip, RINGBACK_SEQ, MPORT_PLAY_LOOP);
    obj_unref(clip);
}

/* --- the closer --- */

static void on_closer_answered(struct callback *c)
{
    int err;

    if (c->state != CALLBACK_CLOSER_RINGS)
        return;
    callback_set_state(c, CALLBACK_PROSPECT_RINGS);
    closer_set_presence(c->closer, PRESENCE_IN_CALL, NULL, c->call_id);
    desk_write_callback_begin(c);
    play_ringback(c);
    err = leg_dial(&c->prospect_leg, c->desk->line, &(struct leg_dial){.to = c->phone, .ring_timeout_s = PROSPECT_RING_S, .fn = on_prospect, .arg = c});
    if (err) {
        log_error("desk", c->call_id, "the prospect cannot be dialled: %s", strerror(err));
        callback_finish(c, leg_outcome_name(LEG_UNREACHABLE), "us", "unreachable");
    }
}

static void on_pickup(enum pickup_result r, void *arg)
{
    static const char *const reasons[] = {"", "pressed 2", "a voicemail answered", "answered, but did not decide"};
    struct callback *c = arg;

    if (r == PICKUP_TAKEN)
        on_closer_answered(c);
    else
        callback_finish(c, leg_outcome_name(LEG_CANCELLED), "closer", reasons[r]);
}

static void ask_at_number(struct callback *c)
{
    struct desk *d = c->desk;

    if (c->state == CALLBACK_CLOSER_RINGS && pickup_start(&c->pickup, d, leg_port(c->closer_leg), PICKUP_CALLBACK, d->cfg.decide_s * 1000, on_pickup, c) != 0)
        callback_finish(c, leg_outcome_name(LEG_CANCELLED), "us", "out of memory");
}

static void on_closer(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct callback *c = obj_ref(arg);

    (void)leg;
    if (ev->kind == LEG_EV_ANSWERED && closer_has_number(c->closer))
        ask_at_number(c);
    else if (ev->kind == LEG_EV_ANSWERED)
        on_closer_answered(c);
    else if (ev->kind == LEG_EV_MEDIA && c->pickup != NULL)
        pickup_media(c->pickup, ev->media);
    else if (ev->kind == LEG_EV_ENDED && c->state != CALLBACK_OVER)
        callback_finish(c, c->state == CALLBACK_TALKING ? leg_outcome_name(LEG_COMPLETED) : leg_outcome_name(LEG_CANCELLED), "closer", "closer_hung_up");
    obj_unref(c);
}

/* --- the beginning --- */

static int prepare(struct callback *c, struct closer *who, const json_t *wanted)
{
    int64_t now = clock_now_ms();

    c->desk = who->desk;
    c->closer = who;
    c->before = who->presence == PRESENCE_WRAP_UP ? PRESENCE_AVAILABLE : who->presence;
    timer_init(&c->replug_timer);
    id_new(c->call_id, now);
    id_new(c->handoff_id, now);
    id_new(c->offer_id, now);
    (void)text_copy(c->phone, sizeof c->phone, jx_str(wanted, "phone", ""));
    c->row = json_deep_copy(wanted); /* lead_id, phone, task_id, brief; the ids and the end join them */
    if (c->row == NULL)
        return ENOMEM;
    jx_set_str(c->row, "call_id", c->call_id);
    jx_set_str(c->row, "handoff_id", c->handoff_id);
    jx_set_str(c->row, "offer_id", c->offer_id);
    jx_set_str(c->row, "closer_id", who->id);
    jx_set_str(c->row, "closer_name", who->name);
    return jx_set_str(c->row, "team", who->team);
}

static int dial_closer(struct leg **lp, struct callback *c)
{
    if (closer_has_number(c->closer))
        pickup_prepare(c->desk, PICKUP_CALLBACK);
    return closer_dial(lp, c->closer, c->call_id, CLOSER_RING_S, on_closer, c);
}

static int ring_closer(struct callback *c)
{
    c->browser = closer_has_browser(c->closer);
    if (!c->browser)
        return closer_reachable(c->closer) ? dial_closer(&c->closer_leg, c) : ENOTCONN;
    c->closer_leg = obj_ref(c->closer->phone);
    return 0;
}

int callback_start(struct desk *d, struct closer *who, const json_t *wanted)
{
    struct callback *c;
    int err;

    if (d->closing)
        return ESHUTDOWN;
    if (who->presence == PRESENCE_IN_CALL || who->presence == PRESENCE_RINGING || who->presence == PRESENCE_RESERVED)
        return EBUSY;
    c = obj_alloc(sizeof *c, callback_destroy);
    if (c == NULL)
        return ENOMEM;
    err = prepare(c, who, wanted);
    if (!err)
        err = ring_closer(c);
    if (err) {
        obj_unref(c);
        return err;
    }
    closer_set_presence(who, PRESENCE_RINGING, "calls back", NULL);
    c->next = d->callbacks;
    d->callbacks = c;
    if (c->browser)
        on_closer_answered(c);
    return 0;
}
