/* call_between.c - while humans talk to one another: that the prospect was heard, and what is written down of it. */
#include "base/log.h"
#include "call/call_priv.h"

#include "base/banned.h"

/* Without a recording there is no transcript of humans either. */
void call_between_start(struct call *c)
{
    const struct calls_params *p = &c->calls->p;
    int err = 0;

    if (c->recorder != NULL)
        err = scribe_alloc(&c->scribe, &(struct scribe_params){.speech = p->speech, .store = p->store, .control = p->control, .call_id = c->id, .lead_id = c->lead_id,
                                                               .speaker = "prospect", .turn_seq = c->turn_seq, .recording_us = c->answered_us});
    if (err)
        log_warn("call", c->id, "what is said to a closer will not be written down");
}

void call_between_hearing(struct call *c)
{
    atomic_store(&c->hearing, c->held ? TAP_DEAF : c->state == CALL_BRIDGED ? TAP_OVERHEARS : TAP_HEARS);
}

static void note_voice(struct call *c)
{
    if (c->state != CALL_BRIDGED || c->heard_after_bridge)
        return;
    c->heard_after_bridge = true;
    if (c->calls->p.ports.prospect_heard != NULL)
        c->calls->p.ports.prospect_heard(c, c->calls->p.ports.arg);
}

/* Speech that the bridge cut into two: the first half was for the talk, which is not interested any more. */
static bool is_cut_by_bridge(const struct call *c, const struct tap_event *ev)
{
    return c->state == CALL_BRIDGED && ev->hearing == TAP_HEARS && ev->kind == TAP_SPEECH_STOP;
}

bool call_between_tap(struct call *c, const struct tap_event *ev)
{
    bool between = ev->hearing == TAP_OVERHEARS || is_cut_by_bridge(c, ev);

    if (ev->kind == TAP_SPEECH_START)
        note_voice(c);
    if (between && c->scribe != NULL)
        scribe_on_tap(c->scribe, ev);
    return between;
}

bool call_between_text(struct call *c, const struct ears_result *r)
{
    if (c->state != CALL_BRIDGED)
        return false;
    if (c->scribe != NULL)
        scribe_on_text(c->scribe, r);
    return true;
}

int *call_turn_seq(const struct call *c, int64_t *recording_us)
{
    *recording_us = c->answered_us;
    return c->scribe != NULL ? c->turn_seq : NULL;
}
