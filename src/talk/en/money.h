/* money.h - a number that may be money, with the units around it. */
#ifndef BATON_TALK_EN_MONEY_H
#define BATON_TALK_EN_MONEY_H

#include "talk/en/en.h"

struct candidate {
    struct amount a;
    const char *currency;   /* NULL: not said */
    const char *period;     /* NULL: not said */
    bool seat;              /* per seat, user, head */
    bool spent;             /* paid today to somebody */
    bool gone;              /* "last year it was ten" */
    size_t from, to;
};

/* Reads the number at word i with its units; *used: its words. False when there is none or it counts something else. */
bool money_candidate(struct candidate *c, const struct reading *r, size_t i, size_t *used);

/* How many seats the utterance names: "for twelve people", "forty users", "a team of eight"; 0 when it does not. */
double money_seats(const struct reading *r);

#endif
