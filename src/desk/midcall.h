/* midcall.h - what may happen to a call while humans have it: hold, park and retrieve, transfer to a colleague. Pure: a table of states and events.
 *
 *                .--cancel, complete, retrieved-----------------------------------.
 *                v                                                                |
 *             TALKING --hold--> HELD <--refused, gone-- RINGING --answers--> CONSULTING
 *             ^  |  ^--resume--'   '------transfer------^  |                     |
 *             |  |                                         | complete, or the closer hangs up
 *             |  '--send-----------------------------------v
 *             |  |                                        SENT --refused, cap--> OVER (the AI comes back)
 *             |  |                                         '---answers---> TALKING
 *             |  '--park--> PARKED <--refused-- FETCHING
 *             |               '----retrieve------^  |
 *             '-----------------------------answers-'      any: the prospect leaves --> OVER
 *
 * Outside TALKING the prospect is kept company, and not longer than a cap: then the AI comes back. Nobody hangs up on a prospect who waits: a closer who leaves
 * while a colleague rings has sent them there, one who leaves a prospect on hold leaves them to the AI. */
#ifndef BATON_DESK_MIDCALL_H
#define BATON_DESK_MIDCALL_H

#include <stdbool.h>
#include <stdint.h>

enum midcall_state {
    MID_TALKING,    /* prospect and closer */
    MID_HELD,       /* the prospect waits, the closer is there */
    MID_RINGING,    /* the prospect waits, the closer is there, a colleague's telephone rings */
    MID_CONSULTING, /* the prospect waits, closer and colleague talk */
    MID_SENT,       /* the prospect waits, the closer has left, a colleague's telephone rings */
    MID_PARKED,     /* the prospect waits, nobody is there */
    MID_FETCHING,   /* the same, and the telephone of whoever retrieves them rings */
    MID_OVER,
};
enum { MID_STATES = MID_OVER + 1 };

enum midcall_event {
    MID_EV_HOLD,
    MID_EV_RESUME,
    MID_EV_PARK,
    MID_EV_RETRIEVE,
    MID_EV_TRANSFER,       /* ask a colleague first */
    MID_EV_SEND,           /* and do not wait for them */
    MID_EV_COMPLETE,       /* the colleague may have the prospect */
    MID_EV_CANCEL,         /* back to the prospect */
    MID_EV_BRING_BACK,     /* the AI goes on */
    MID_EV_ANSWERED,       /* whose telephone rang has taken it */
    MID_EV_REFUSED,        /* declined, not answered, or hung up while they were asked */
    MID_EV_CLOSER_LEFT,
    MID_EV_CAP,            /* the prospect has waited long enough */
    MID_EV_PROSPECT_LEFT,
};
enum { MID_EVENTS = MID_EV_PROSPECT_LEFT + 1 };

/* What is to be done, in this order. */
enum midcall_effect {
    MID_DROP_COLLEAGUE = 1, /* their offer is withdrawn, or their line hung up */
    MID_FREE_CLOSER = 2,    /* the closer leaves for their wrap-up */
    MID_LEAVE_PARKED = 4,   /* the closer leaves and is free at once: the talk is not over */
    MID_TAKE_OVER = 8,      /* the colleague is the closer from now on */
    MID_RING = 16,
    MID_KEEP_COMPANY = 32,
    MID_END_COMPANY = 64,
    MID_AI_BACK = 128,
    MID_END_CALL = 256,
};

struct midcall_limits { int64_t held_ms, parked_ms; };

struct midcall { enum midcall_state state; int64_t until_ms; /* the cap; 0: nobody waits */ };

struct midcall_move {
    enum midcall_state next;
    unsigned effects;
    const char *word; /* for the journal: handoff.WORD; NULL: not allowed in this state */
};

const char *midcall_state_name(enum midcall_state s);

/* Makes the move of this event at now_ms. False, and nothing changes: not in this state. */
bool midcall_step(struct midcall *m, struct midcall_move *out, enum midcall_event ev, const struct midcall_limits *limits, int64_t now_ms);

#endif
