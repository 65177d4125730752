#include "desk/midcall.h"

#include <stddef.h>

#include "base/banned.h"

enum { AI = MID_AI_BACK, TO_AI = MID_FREE_CLOSER | MID_AI_BACK, SWAP = MID_FREE_CLOSER | MID_TAKE_OVER | MID_END_COMPANY };

static const struct midcall_move moves[MID_STATES][MID_EVENTS] = {
    [MID_TALKING] = {
        [MID_EV_HOLD] = {MID_HELD, MID_KEEP_COMPANY, "held"},
        [MID_EV_PARK] = {MID_PARKED, MID_LEAVE_PARKED | MID_KEEP_COMPANY, "parked"},
        [MID_EV_TRANSFER] = {MID_RINGING, MID_RING | MID_KEEP_COMPANY, "transfer_ringing"},
        [MID_EV_SEND] = {MID_SENT, MID_FREE_CLOSER | MID_RING | MID_KEEP_COMPANY, "sent"},
        [MID_EV_BRING_BACK] = {MID_OVER, TO_AI, "ended"},
        [MID_EV_CLOSER_LEFT] = {MID_OVER, MID_FREE_CLOSER | MID_END_CALL, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_FREE_CLOSER, "ended"},
    },
    [MID_HELD] = {
        [MID_EV_RESUME] = {MID_TALKING, MID_END_COMPANY, "resumed"},
        [MID_EV_PARK] = {MID_PARKED, MID_LEAVE_PARKED, "parked"},
        [MID_EV_TRANSFER] = {MID_RINGING, MID_RING, "transfer_ringing"},
        [MID_EV_SEND] = {MID_SENT, MID_FREE_CLOSER | MID_RING, "sent"},
        [MID_EV_BRING_BACK] = {MID_OVER, TO_AI, "ended"},
        [MID_EV_CLOSER_LEFT] = {MID_OVER, TO_AI, "ended"},
        [MID_EV_CAP] = {MID_OVER, TO_AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_FREE_CLOSER, "ended"},
    },
    [MID_RINGING] = {
        [MID_EV_ANSWERED] = {MID_CONSULTING, 0, "consulting"},
        [MID_EV_REFUSED] = {MID_HELD, 0, "transfer_failed"},
        [MID_EV_COMPLETE] = {MID_SENT, MID_FREE_CLOSER, "sent"},
        [MID_EV_CANCEL] = {MID_TALKING, MID_DROP_COLLEAGUE | MID_END_COMPANY, "transfer_cancelled"},
        [MID_EV_BRING_BACK] = {MID_OVER, MID_DROP_COLLEAGUE | TO_AI, "ended"},
        [MID_EV_CLOSER_LEFT] = {MID_SENT, MID_FREE_CLOSER, "sent"},
        [MID_EV_CAP] = {MID_OVER, MID_DROP_COLLEAGUE | TO_AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_DROP_COLLEAGUE | MID_FREE_CLOSER, "ended"},
    },
    [MID_CONSULTING] = {
        [MID_EV_REFUSED] = {MID_HELD, 0, "transfer_failed"},
        [MID_EV_COMPLETE] = {MID_TALKING, SWAP, "transferred"},
        [MID_EV_CANCEL] = {MID_TALKING, MID_DROP_COLLEAGUE | MID_END_COMPANY, "transfer_cancelled"},
        [MID_EV_BRING_BACK] = {MID_OVER, MID_DROP_COLLEAGUE | TO_AI, "ended"},
        [MID_EV_CLOSER_LEFT] = {MID_TALKING, SWAP, "transferred"},
        [MID_EV_CAP] = {MID_OVER, MID_DROP_COLLEAGUE | TO_AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_DROP_COLLEAGUE | MID_FREE_CLOSER, "ended"},
    },
    [MID_SENT] = {
        [MID_EV_ANSWERED] = {MID_TALKING, MID_TAKE_OVER | MID_END_COMPANY, "transferred"},
        [MID_EV_REFUSED] = {MID_OVER, AI, "ended"},
        [MID_EV_BRING_BACK] = {MID_OVER, MID_DROP_COLLEAGUE | AI, "ended"},
        [MID_EV_CAP] = {MID_OVER, MID_DROP_COLLEAGUE | AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_DROP_COLLEAGUE, "ended"},
    },
    [MID_PARKED] = {
        [MID_EV_RETRIEVE] = {MID_FETCHING, MID_RING, "retrieving"},
        [MID_EV_BRING_BACK] = {MID_OVER, AI, "ended"},
        [MID_EV_CAP] = {MID_OVER, AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, 0, "ended"},
    },
    [MID_FETCHING] = {
        [MID_EV_ANSWERED] = {MID_TALKING, MID_TAKE_OVER | MID_END_COMPANY, "retrieved"},
        [MID_EV_REFUSED] = {MID_PARKED, 0, "retrieve_failed"},
        [MID_EV_BRING_BACK] = {MID_OVER, MID_DROP_COLLEAGUE | AI, "ended"},
        [MID_EV_CAP] = {MID_OVER, MID_DROP_COLLEAGUE | AI, "ended"},
        [MID_EV_PROSPECT_LEFT] = {MID_OVER, MID_DROP_COLLEAGUE, "ended"},
    },
};

const char *midcall_state_name(enum midcall_state s)
{
    static const char *const names[] = {"talking", "held", "ringing", "consulting", "sent", "parked", "fetching", "over"};

    return names[s];
}

/* Whoever is parked has the time of a slot; otherwise the cap counts from when the wait began, whatever is tried meanwhile. */
static int64_t cap(const struct midcall *m, const struct midcall_move *mv, enum midcall_event ev, const struct midcall_limits *limits, int64_t now_ms)
{
    if (mv->next == MID_TALKING || mv->next == MID_OVER)
        return 0;
    if (ev == MID_EV_PARK)
        return now_ms + limits->parked_ms;
    return (mv->effects & MID_KEEP_COMPANY) != 0 ? now_ms + limits->held_ms : m->until_ms;
}

bool midcall_step(struct midcall *m, struct midcall_move *out, enum midcall_event ev, const struct midcall_limits *limits, int64_t now_ms)
{
    const struct midcall_move *mv = &moves[m->state][ev];

    if (mv->word == NULL)
        return false;
    m->until_ms = cap(m, mv, ev, limits, now_ms);
    m->state = mv->next;
    *out = *mv;
    return true;
}
