/* number_priv.h - what number.c and number_vague.c share. */
#ifndef BATON_TALK_EN_NUMBER_PRIV_H
#define BATON_TALK_EN_NUMBER_PRIV_H

#include "talk/en/number.h"

/* "one" to "nine" at word i, 0 for anything else. */
double number_unit(const struct words *w, size_t i);

/* Each reads at word i and returns the words used, 0 for none: "a few", "low five figures", "tens of thousands". */
size_t number_vague(const struct words *w, size_t i, struct amount *a);
size_t number_figures(const struct words *w, size_t i, struct amount *a);
size_t number_heaps(const struct words *w, size_t i, struct amount *a);

#endif
