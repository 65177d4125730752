/* callback_end.c - how a call that a closer made ends: legs are let go, the closer is settled, the rows are written once the recording is whole. */
#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "desk/callback.h"

#include "base/banned.h"

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
    if (c->closer_leg != NULL) {
        mport_stop(leg_port(c->closer_leg));
        mport_set_tap(leg_port(c->closer_leg), NULL);
    }
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

void callback_finish(struct callback *c, const char *outcome, const char *by, const char *reason)
{
    bool talked = c->state == CALLBACK_TALKING, begun = c->state != CALLBACK_CLOSER_RINGS;
    int64_t now = clock_now_ms();

    callback_set_state(c, CALLBACK_OVER);
    pickup_stop(c->pickup);
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
    callback_finish(c, NULL, "us", reason);
}
