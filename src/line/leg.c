/* leg.c - the life of a leg: its object, its states, its events and its one end. */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "line/line_priv.h"

#include "base/banned.h"

static void leg_destroy(void *obj)
{
    struct leg *leg = obj;

    tmr_cancel(&leg->ring_tmr);
    tmr_cancel(&leg->end_tmr);
    mem_deref(leg->sess);
    mem_deref(leg->sdp);
    if (leg->port != NULL && leg->state != LEG_ENDED)
        mport_close(leg->port);
    obj_unref(leg->port);
}

int leg_create(struct leg **lp, struct line *l, bool outbound)
{
    struct leg *leg;
    int err;

    if (l->closing)
        return ESHUTDOWN;
    if (l->leg_count >= LINE_LEGS_MAX)
        return EAGAIN;
    leg = obj_alloc(sizeof *leg, leg_destroy);
    if (leg == NULL)
        return ENOMEM;
    leg->line = l;
    leg->outbound = outbound;
    leg->state = outbound ? LEG_DIALLING : LEG_OFFERED;
    tmr_init(&leg->ring_tmr);
    tmr_init(&leg->end_tmr);
    err = leg_media_open(leg);
    if (err)
        obj_unref(leg);
    else
        *lp = leg;
    return err;
}

void leg_attach(struct leg *leg)
{
    list_append(&leg->line->legs, &leg->le, obj_ref(leg));
    leg->line->leg_count++;
}

static bool state_may_follow(enum leg_state from, enum leg_state to)
{
    switch (to) {
    case LEG_DIALLING:
    case LEG_OFFERED:
        return false;
    case LEG_RINGING:
        return from == LEG_DIALLING;
    case LEG_ACCEPTED:
        return from == LEG_OFFERED;
    case LEG_UP:
        return from == LEG_DIALLING || from == LEG_RINGING || from == LEG_ACCEPTED;
    case LEG_ENDING:
        return from < LEG_ENDING;
    case LEG_ENDED:
        return from == LEG_ENDING;
    }
    return false;
}

void leg_state_set(struct leg *leg, enum leg_state s)
{
    if (!state_may_follow(leg->state, s)) {
        log_error("line", leg->call_id, "leg: state %d after %d", (int)s, (int)leg->state);
        assert(!"legal leg transition");
        return;
    }
    leg->state = s;
}

bool leg_over(const struct leg *leg)
{
    return leg->state >= LEG_ENDING;
}

/* The event function may hang up, forget or unref: the line's reference keeps the leg, and what it wants to end ends later. */
void leg_emit(struct leg *leg, const struct leg_event *ev)
{
    if (leg->fn != NULL)
        leg->fn(leg, ev, leg->arg);
}

void leg_emit_kind(struct leg *leg, enum leg_event_kind kind)
{
    const struct leg_event ev = {.kind = kind, .on = leg->held, .at_us = clock_mono_us()};

    leg_emit(leg, &ev);
}

void leg_finish(void *arg)
{
    struct leg *leg = arg;

    tmr_cancel(&leg->end_tmr);
    leg->sess = mem_deref(leg->sess); /* sends the BYE, CANCEL or nothing */
    mport_close(leg->port);
    leg_state_set(leg, LEG_ENDED);
    list_unlink(&leg->le);
    leg->line->leg_count--;
    leg_emit(leg, &leg->last);
    leg->fn = NULL;
    obj_unref(leg);
}

void leg_end(struct leg *leg, enum leg_outcome o, int code, const char *reason, bool by_us)
{
    if (leg_over(leg))
        return;
    leg_state_set(leg, LEG_ENDING);
    tmr_cancel(&leg->ring_tmr);
    text_copy(leg->reason, sizeof leg->reason, reason);
    leg->last = (struct leg_event){.kind = LEG_EV_ENDED, .outcome = o, .sip_code = code, .reason = leg->reason,
                                   .by_us = by_us, .at_us = clock_mono_us()};
    tmr_start(&leg->end_tmr, 0, leg_finish, leg);
}

static const char *reject_reason(int code)
{
    switch (code) {
    case 404:
        return "Not Found";
    case 480:
        return "Temporarily Unavailable";
    case 486:
        return "Busy Here";
    case 488:
        return "Not Acceptable Here";
    case 500:
        return "Server Internal Error";
    case 503:
        return "Service Unavailable";
    case 603:
        return "Decline";
    default:
        return "Rejected";
    }
}

static void reject(struct leg *leg, int code)
{
    if (code < 400 || code > 699)
        code = 603;
    (void)sipsess_reject(leg->sess, (uint16_t)code, reject_reason(code), NULL);
    leg_end(leg, leg_outcome_from_code(code), code, reject_reason(code), true);
}

void leg_hangup(struct leg *leg, int code)
{
    switch (leg->state) {
    case LEG_DIALLING:
    case LEG_RINGING:
        leg_end(leg, LEG_CANCELLED, 0, "cancelled", true);
        break;
    case LEG_OFFERED:
        if (leg->web)
            leg_end(leg, LEG_CANCELLED, 0, "cancelled", true);
        else
            reject(leg, code);
        break;
    case LEG_ACCEPTED:
    case LEG_UP:
        leg_end(leg, LEG_COMPLETED, 0, "hung up", true);
        break;
    case LEG_ENDING:
    case LEG_ENDED:
        break;
    }
}

void leg_watch(struct leg *leg, leg_event_fn *fn, void *arg)
{
    leg->fn = fn;
    leg->arg = arg;
}

void leg_forget(struct leg *leg)
{
    leg_watch(leg, NULL, NULL);
}

struct mport *leg_port(struct leg *leg)
{
    return leg->port;
}

bool leg_answered(const struct leg *leg)
{
    return leg->answered_us != 0;
}

int64_t leg_answered_us(const struct leg *leg)
{
    return leg->answered_us;
}

const char *leg_sip_call_id(const struct leg *leg)
{
    return leg->call_id;
}

const char *leg_remote(const struct leg *leg)
{
    return leg->remote_party;
}
