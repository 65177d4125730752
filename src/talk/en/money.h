/* money.h - a number that may be money, with the units around it and what its clause says of it. */
#ifndef BATON_TALK_EN_MONEY_H
#define BATON_TALK_EN_MONEY_H

#include "talk/en/en.h"

enum each { EACH_NONE, EACH_PERSON, EACH_PLACE }; /* per seat, user, head; per location, store, office */

struct candidate {
    struct amount a;
    const char *currency;   /* NULL: not said */
    const char *period;     /* NULL: not said; "call", "lead", "minute" for so much apiece */
    enum each each;
    bool spent;             /* paid today to somebody */
    bool gone;              /* "last year it was ten" */
    bool other;             /* lost, earned, or the price of something else */
    bool denied;            /* "it's not five hundred" */
    bool derived;           /* "half of that" */
    size_t from, to;
};

/* Reads the number at word i with its units; *used: its words. False when there is none or it counts something else. */
bool money_candidate(struct candidate *c, const struct reading *r, size_t i, size_t *used);

/* What the clause around it says of an amount: spent, gone, other, denied. */
void money_judge(struct candidate *c, const struct reading *r);

/* Does the clause offer it? Asked only where money was not asked for. */
bool money_offered(const struct reading *r, const struct candidate *c);

/* "A thousand, that's too much for us": what was heard is refused, not offered. */
bool money_refused(const struct reading *r, const struct candidate *c);

/* How many seats, or places, the utterance names: "for twelve people", "a team of eight"; 0 when it does not. */
double money_seats(const struct reading *r, enum each each);

/* The number at word i is a year, an age, a time of day, or was spelled digit by digit. */
bool money_is_elsewhere(const struct reading *r, const struct candidate *c);

/* Does what is named before word `from` count people ("a team of")? */
bool money_is_company_size(const struct words *w, size_t from);

/* Currency that word i names, or NULL. */
const char *money_currency(const struct words *w, size_t i);

/* "a month", "per year", "monthly", "once", "per call" at word i. Words used, 0 for none. */
size_t money_period(const struct words *w, size_t i, const char **period);

/* Amounts that are reckoned. Cents behind dollars ("two dollars fifty", "a buck fifty"), and a product ("forty a head times twelve"). */
void money_take_cents(struct candidate *c, const struct words *w);
void money_take_product(struct candidate *c, const struct words *w);

/* "Half of that", "twice that" at word i, of the amount `of` or, where it is NULL, of the price that was named in the question. Words used. */
size_t money_derived(struct candidate *c, const struct reading *r, size_t i, const struct candidate *of);

#endif
