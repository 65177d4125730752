/* mind.h - what a simulated person answers to what they heard: the same on a live line and in a talk without sound. Pure: no clock, no I/O. */
#ifndef BATON_PRACTICE_MIND_H
#define BATON_PRACTICE_MIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "practice/persona.h"

enum { MIND_LINE_MAX = 600 };

struct mind {
    const struct people *people;  /* borrowed */
    const struct persona *who;    /* borrowed */
    uint32_t seed;                /* chooses between "[one|another]" in a line */
    unsigned uses[PERSONA_CUES_MAX], puzzled;
    char line[MIND_LINE_MAX];
};

struct mind_reply {
    const char *line; /* to say, in the mind's memory until the next one; NULL: nothing */
    bool leaves;      /* and then hangs up */
};

void mind_init(struct mind *m, const struct people *people, const struct persona *who, uint32_t seed);

/* A turn of the other side. `idle`: the person is not about to speak, so they may ask back what they did not get (twice at most). */
struct mind_reply mind_hear(struct mind *m, const char *heard, bool idle);

/* The nth line for a cue of the person (from 0; the last is repeated), varied. NULL: none. */
const char *mind_line(struct mind *m, const char *cue, unsigned nth);

/* Copies `line` with one of "[one|another|]" chosen by the seed; a bracket that never closes is text. */
void mind_vary(char *out, size_t size, const char *line, uint32_t seed);

#endif
