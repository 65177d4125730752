/* duration.h - plain durations as spans of days from now. */
#ifndef BATON_TALK_EN_DURATION_H
#define BATON_TALK_EN_DURATION_H

#include "talk/en/date.h"
#include "talk/en/en.h"

/* Days of the unit that word i names ("weeks" 7), 0 for none. */
double duration_unit_days(const struct words *w, size_t i);

/* Reads a duration at word i with what stands around it. Words used, 0 if there is none; s->past for one that tells of the past or of
 * something else. */
size_t duration_plain(struct span *s, const struct reading *r, size_t i, const struct date_now *now);

/* A bare number that corrects a duration: "two weeks, no, three". */
size_t duration_bare(struct span *s, const struct reading *r, size_t i, double unit_days);

#endif
