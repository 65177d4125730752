/* callback.c - a promise is kept: the closer's telephone rings first, then the prospect's; they are bridged and recorded. A browser that is plugged in
 * need not ring: the click was made there.
 *
 *   CLOSER_RINGS -> PROSPECT_RINGS -> TALKING -> OVER;  CLOSER_RINGS or PROSPECT_RINGS -> OVER (not reached, somebody hung up, shutdown)
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

    obj_unref(c->closer_leg);
    obj_unref(c->prospect_leg);
    obj_unref(c->recorder);
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

static void set_state(struct callback *c, enum callback_state s)
{
    if (!may_follow(c->state, s)) {
        log_error("desk", c->call_id, "callback: state %d after %d", (int)s, (int)c->state);
        assert(!"legal callback transition");
        return;
    }
    c->state = s;
}

/* --- the end --- */

static void unlink_callback(struct callback *c)
{
    struct callback **p = &c->desk->callbacks;

    while (*p != NULL && *p != c)
        p = &(*p)->next;
    if (*p == c) {
        *p = c->next;
        obj_unref(c); /* the desk's */
    }
}

static void let_go(struct leg **leg)
{
    if (*leg == NULL)
        return;
    leg_forget(*leg);
    leg_hangup(*leg, 0);
    *leg = obj_unref(*leg);
}

/* The closer's telephone is hung up; a browser stays plugged in. */
static void release_closer(struct callback *c)
{
    if (!c->browser) {
        let_go(&c->closer_leg);
        return;
    }
    if (c->closer_leg != NULL)
        mport_stop(leg_port(c->closer_leg));
    c->closer_leg = obj_unref(c->closer_leg);
}

static void on_recorded(void *arg)
{
    struct callback *c = arg;

    desk_write_callback_end(c);
    obj_unref(c);
}

static void write_end(struct callback *c)
{
    if (c->recorder == NULL) {
        desk_write_callback_end(c);
        return;
    }
    jx_set_str(c->row, "recording", c->recording);
    jx_set_int(c->row, "recording_ms", recorder_ms(c->recorder));
    recorder_close(c->recorder, c->desk->control, on_recorded, obj_ref(c));
}

static void settle_closer(struct callback *c, bool talked)
{
    if (talked)
        closer_start_wrap_up(c->closer, c->handoff_id);
    else
        closer_set_presence(c->closer, c->before, NULL, NULL);
}

/* `outcome`: how the prospect's leg ended, as a word; NULL: it never began. `by`: closer, prospect, us. */
static void finish(struct callback *c, const char *outcome, const char *by, const char *reason)
{
    bool talked = c->state == CALLBACK_TALKING, begun = c->state != CALLBACK_CLOSER_RINGS;
    int64_t now = clock_now_ms();

    set_state(c, CALLBACK_OVER);
    if (c->prospect_leg != NULL) {
        mport_unbridge(leg_port(c->prospect_leg));
        mport_record(leg_port(c->prospect_leg), NULL);
    }
    let_go(&c->prospect_leg);
    release_closer(c);
    timer_cancel(&c->replug_timer);
    settle_closer(c, talked);
    if (begun) {
        json_t *end = json_pack("{s:s,s:s?,s:s,s:s,s:I,s:b,s:I}", "outcome", talked ? "talked" : "not_reached", "sip_outcome", outcome, "ended_by", by, "reason", reason, "ended_at",
                                (json_int_t)now, "bridged", talked, "duration_ms", (json_int_t)(talked ? now - c->answered_ms : 0));

        (void)json_object_update(c->row, end);
        json_decref(end);
        write_end(c);
    }
    unlink_callback(c);
}

void callback_cancel(struct callback *c, const char *reason)
{
    finish(c, NULL, "us", reason);
}

/* --- the prospect --- */

static void stop_ringback(struct callback *c)
{
    if (c->closer_leg != NULL)
        mport_stop(leg_port(c->closer_leg));
}

/* A browser may be gone for a moment: it is joined when it is back. */
static void join(struct callback *c)
{
    if (c->closer_leg != NULL)
        mport_bridge(leg_port(c->prospect_leg), leg_port(c->closer_leg));
}

static void record(struct callback *c)
{
    const struct desk_config *cfg = &c->desk->cfg;
    int err;

    if (cfg->recorders == NULL || cfg->recordings_dir == NULL)
        return;
    snprintf(c->recording, sizeof c->recording, "%s/%s.wav", cfg->recordings_dir, c->call_id);
    err = recorder_open(&c->recorder, cfg->recorders, c->recording);
    if (err)
        log_error("desk", c->call_id, "no recording: %s", strerror(err));
    else
        mport_record(leg_port(c->prospect_leg), c->recorder);
}

static void on_prospect_answered(struct callback *c)
{
    if (c->state != CALLBACK_PROSPECT_RINGS)
        return;
    set_state(c, CALLBACK_TALKING);
    c->answered_ms = clock_now_ms();
    stop_ringback(c);
    join(c);
    record(c);
    desk_write_callback_bridged(c);
}

static void on_prospect(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct callback *c = obj_ref(arg);

    (void)leg;
    if (ev->kind == LEG_EV_EARLY && c->state == CALLBACK_PROSPECT_RINGS) { /* the network speaks: the closer hears it themself */
        stop_ringback(c);
        join(c);
    } else if (ev->kind == LEG_EV_ANSWERED) {
        on_prospect_answered(c);
    } else if (ev->kind == LEG_EV_ENDED && c->state != CALLBACK_OVER) {
        finish(c, leg_outcome_name(ev->outcome), "prospect", c->state == CALLBACK_TALKING ? "prospect_hung_up" : leg_outcome_name(ev->outcome));
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
    set_state(c, CALLBACK_PROSPECT_RINGS);
    closer_set_presence(c->closer, PRESENCE_IN_CALL, NULL, c->call_id);
    desk_write_callback_begin(c);
    play_ringback(c);
    err = leg_dial(&c->prospect_leg, c->desk->line, &(struct leg_dial){.to = c->phone, .ring_timeout_s = PROSPECT_RING_S, .fn = on_prospect, .arg = c});
    if (err) {
        log_error("desk", c->call_id, "the prospect cannot be dialled: %s", strerror(err));
        finish(c, leg_outcome_name(LEG_UNREACHABLE), "us", "unreachable");
    }
}

static void on_closer(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct callback *c = obj_ref(arg);

    (void)leg;
    if (ev->kind == LEG_EV_ANSWERED)
        on_closer_answered(c);
    else if (ev->kind == LEG_EV_ENDED && c->state != CALLBACK_OVER)
        finish(c, c->state == CALLBACK_TALKING ? leg_outcome_name(LEG_COMPLETED) : leg_outcome_name(LEG_CANCELLED), "closer", "closer_hung_up");
    obj_unref(c);
}

/* --- a browser in mid call: a page is loaded again, a network changes --- */

static struct callback *callback_of(const struct closer *who)
{
    for (struct callback *c = who->desk->callbacks; c != NULL; c = c->next)
        if (c->closer == who)
            return c;
    return NULL;
}

static void on_not_back(void *arg)
{
    finish(arg, leg_outcome_name(LEG_COMPLETED), "closer", "closer_lost");
}

void callback_phone_lost(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL || !c->browser)
        return;
    if (c->prospect_leg != NULL)
        mport_unbridge(leg_port(c->prospect_leg));
    c->closer_leg = obj_unref(c->closer_leg);
    timer_start(&c->replug_timer, (int64_t)c->desk->cfg.replug_s * 1000, on_not_back, c);
}

void callback_phone_back(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL || !c->browser)
        return;
    timer_cancel(&c->replug_timer);
    obj_unref(c->closer_leg);
    c->closer_leg = obj_ref(who->phone);
    if (c->state == CALLBACK_TALKING)
        join(c);
}

int callback_hang_up(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL)
        return ENOENT;
    finish(c, c->state == CALLBACK_TALKING ? leg_outcome_name(LEG_COMPLETED) : leg_outcome_name(LEG_CANCELLED), "closer", "closer_hung_up");
    return 0;
}

struct mport *callback_prospect(const struct closer *who)
{
    const struct callback *c = callback_of(who);

    return c != NULL && c->state == CALLBACK_TALKING ? leg_port(c->prospect_leg) : NULL;
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

static int ring_closer(struct callback *c)
{
    c->browser = closer_has_browser(c->closer);
    if (!c->browser)
        return closer_reachable(c->closer) ? closer_dial(&c->closer_leg, c->closer, c->call_id, CLOSER_RING_S, on_closer, c) : ENOTCONN;
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
