/* bridged.h - a call while humans have it: what acts upon midcall.h and hearing.h. Inside desk/ only; control loop.
 *
 * bridged.c carries out the moves, company.c keeps the waiting prospect company, transfer.c rings colleagues, join.c lets others in. */
#ifndef BATON_DESK_BRIDGED_H
#define BATON_DESK_BRIDGED_H

#include <jansson.h>

#include "base/timer.h"
#include "desk/desk.h"
#include "desk/hearing.h"

struct closer;
struct join;
struct offer;

enum { INVITED_MAX = 4 };

struct bridged {
    struct midcall mid;
    struct closer *last;          /* who has the prospect, or had them last; NULL before the bridge */
    struct offer *colleague;      /* whose telephone rings, or who is consulted; NULL: nobody */
    struct closer *wanted;        /* who is to be rung next */
    char queue[48];               /* the team that is asked one by one; "": only the one who was wanted */
    int asked_from;               /* the first of the offers of this transfer */
    char note[DESK_NOTE_MAX];     /* of the closer, for the colleague */
    bool closer_lost;             /* their browser is gone for a moment, while the prospect waits anyway */
    bool ringback;
    struct join *joins[JOINS_MAX];
    char invited[INVITED_MAX][ID_MAX];
    int invited_next;
    struct timer cap_timer, ring_timer, phrase_timer;
};

/* bridged.c */
void bridged_init(struct handoff *h);
void bridged_begin(struct handoff *h, struct closer *c);       /* the first closer has accepted */
void bridged_close(struct handoff *h);                         /* the handoff is over */
/* EBUSY: not in this state. h may be over afterwards. */
int bridged_event(struct handoff *h, enum midcall_event ev, const char *reason);
bool bridged_allows(const struct handoff *h, enum midcall_event ev);
void bridged_mix(struct handoff *h);                           /* who hears whom, after anything has changed */
void bridged_phone_lost(struct handoff *h);                    /* the closer's browser is gone while the prospect waits */
void bridged_phone_back(struct handoff *h);
struct handoff *desk_bridged_find(struct desk *d, const char *call_id); /* that a human has, also one that waits; NULL */

/* company.c */
void company_begin(struct handoff *h);
void company_play(struct desk *d, struct mport *port); /* the music alone; until mport_music(port, NULL) */
void company_end(struct handoff *h);

/* transfer.c */
int transfer_begin(struct handoff *h, enum midcall_event ev, struct closer *to, const char *queue, const char *note);
void transfer_ring(struct handoff *h);
void transfer_drop(struct handoff *h, const char *reason);
void transfer_answered(struct offer *o);                       /* the colleague has taken it */
void transfer_refused(struct offer *o, const char *reason);    /* their offer is over already, or they have hung up */
struct offer *transfer_offer_of(const struct closer *c);       /* who is consulted, or NULL */

/* join.c */
int join_invite(struct handoff *h, const struct closer *c);
void join_close_all(struct handoff *h, const char *reason);
void join_overhear(struct handoff *h, bool talks);              /* talks: the prospect hears those who barge in */
struct mport *join_port(const struct handoff *h, int i);       /* NULL: nobody there, or not connected yet */
enum join_mode join_mode_of(const struct handoff *h, int i);

/* midcall_commands.c: for desk_commands.c */
int midcall_command(struct desk *d, const char *call_id, const json_t *wanted);

#endif
