/* phone_priv.h - what phone.c (calls) and person.c (how somebody behaves in one call) share. */
#ifndef BATON_PRACTICE_PHONE_PRIV_H
#define BATON_PRACTICE_PHONE_PRIV_H

#include "base/timer.h"
#include "call/speak.h"
#include "call/tap.h"
#include "call/turn.h"
#include "practice/mind.h"
#include "practice/phone.h"

struct phone {
    struct phone_params p;
    struct line *line;
    struct person *first;
    int count;
    unsigned next_call;
    bool closing;
    loop_fn *closed_fn;
    void *closed_arg;
};

/* Somebody in a call (obj.h). RINGING -> TALKING -> over. */
struct person {
    struct phone *phone;          /* reference */
    struct person *next;
    const struct persona *who;
    unsigned call;
    struct leg *leg;
    struct mport *port;           /* the leg's; borrowed */
    struct ears *ears;            /* NULL: goes by timing */
    struct recorder *recorder;    /* or NULL */
    struct speak speak;
    struct turn turn;
    struct mind mind;
    struct timer act_timer, turn_timer;
    bool outbound, over, greeted, interrupted, pressed, accepted, leaving;
    unsigned silences, step;
    char next_line[SPEECH_SAY_MAX + 1];
    int64_t began_ms;
};

/* person.c */
void person_on_leg(struct leg *leg, const struct leg_event *ev, void *arg);
void person_ring(struct person *p);   /* an INVITE came for them */

/* phone.c */
void person_tell(struct person *p, const char *event, const char *text);
void person_over(struct person *p);   /* the leg has ended */

#endif
