/* clock.h - times of day as they are said: "half past two", "between nine and eleven", "after lunch", "not before three". */
#ifndef BATON_TALK_EN_CLOCK_H
#define BATON_TALK_EN_CLOCK_H

#include "talk/en/en.h"

enum { DAY_MIN = 1440 };

/* A stretch of the day in minutes. exact: one moment; open: bounded on one side only, the business day bounds the other. */
struct day_time { int from, to; bool exact, sure; }; /* sure: cannot be anything but a time of day */

/* Minutes at which the business day begins and ends. */
int business_begins(const struct und_in *in);
int business_ends(const struct und_in *in);

/* Reads a time of day at word i. Words used, 0 if there is none. `loose`: a bare number is one ("three"). */
size_t clock_time(struct day_time *t, const struct reading *r, size_t i, bool loose);

/* A part of the day behind an exact time: "at eight in the morning". Moves t; words used. */
size_t clock_half_of_day(struct day_time *t, const struct words *w, size_t i);

#endif
