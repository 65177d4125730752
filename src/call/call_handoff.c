/* call_handoff.c - what the desk tells a call: the humans are joined, one of them is missing, nobody came, the prospect is given back. */
#include "base/text.h"
#include "base/timer.h"
#include "call/call_priv.h"

#include "base/banned.h"

void call_handoff_tick(struct call *c)
{
    if (c->state == CALL_HANDOFF && !c->held)
        call_input_kind(c, TALK_IN_HOLD_TICK);
}

void call_handoff_bridged(struct call *c, const char *closer)
{
    struct call_input in = {.in = {.kind = TALK_IN_HANDOFF_DONE}};

    if (c->state != CALL_HANDOFF)
        return;
    call_set_state(c, CALL_BRIDGED);
    c->bridged = true;
    speak_stop(&c->speak);
    call_forget_cut(c);
    c->turn_done = c->back = c->hangup_when_said = false;
    timer_cancel(&c->turn_timer);
    timer_cancel(&c->cap_timer);
    call_between_hearing(c);
    (void)text_copy(in.text, sizeof in.text, closer);
    call_input(c, &in);
}

void call_handoff_lost(struct call *c)
{
    if (c->state != CALL_BRIDGED)
        return;
    call_set_state(c, CALL_HANDOFF);
    call_between_hearing(c);
    call_cap_start(c);
    call_input_kind(c, TALK_IN_HANDOFF_LOST);
}

void call_handoff_failed(struct call *c)
{
    if (c->state != CALL_HANDOFF)
        return;
    call_set_state(c, CALL_TALKING);
    call_input_kind(c, TALK_IN_HANDOFF_FAILED);
}

void call_handoff_returned(struct call *c)
{
    if (c->state != CALL_BRIDGED)
        return;
    call_set_state(c, CALL_HANDOFF);
    call_set_state(c, CALL_TALKING);
    call_between_hearing(c);
    call_cap_start(c);
    call_input_kind(c, TALK_IN_HANDOFF_RETURNED);
}

void call_handoff_ended(struct call *c)
{
    if (c->state == CALL_BRIDGED)
        call_hangup(c, "closer");
}
