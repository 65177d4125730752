/* rehearsal.h - a whole talk without sound: a simulated person, or written turns, against the talk itself, on a clock of its own. Pure. */
#ifndef BATON_PRACTICE_REHEARSAL_H
#define BATON_PRACTICE_REHEARSAL_H

#include <jansson.h>

#include "base/buf.h"
#include "practice/case.h"
#include "practice/persona.h"
#include "talk/talk.h"

enum { REHEARSAL_SAID_MAX = 256 * 1024, REHEARSAL_STEPS_MAX = 400 };

struct rehearsal_params {
    struct scenario *scenario;
    struct und *und;
    const struct people *people;  /* with `who`; may be NULL for written turns */
    const struct persona *who;    /* NULL: the case's turns */
    const struct sim_case *turns; /* lead, time, handoff, turns; NULL: a person at an ordinary time */
    uint32_t seed;                /* wordings of both sides; odd ones write a person's words as recognisers do: small letters, no marks */
};

struct rehearsal {
    json_t *result;   /* docs/chat.md */
    struct buf said;  /* every sentence of ours, one a line */
    int inputs;       /* steps of the talk */
    int interrupted;  /* sentences of ours that were cut off */
};

/* Can this person be rehearsed? A busy line cannot: there is no talk. */
bool rehearsal_possible(const struct persona *who);

/* 0 or ENOMEM; then rehearsal_release. */
int rehearse(struct rehearsal *r, const struct rehearsal_params *p);
void rehearsal_release(struct rehearsal *r);

/* Where the judgement begins. */
void rehearsal_observe(struct observed *o, const struct rehearsal *r, bool should_interrupt);

#endif
