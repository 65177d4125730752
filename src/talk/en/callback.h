/* callback.h - the parts of a time to be called. */
#ifndef BATON_TALK_EN_CALLBACK_H
#define BATON_TALK_EN_CALLBACK_H

#include "talk/en/clock.h"
#include "talk/en/date.h"
#include "talk/en/duration.h"

struct day_read { int64_t day, last; }; /* days since 1970, both included */

/* A day, or a stretch of days, at word i. Words used, 0 for none. */
size_t callback_day(struct day_read *d, const struct reading *r, size_t i, const struct date_now *now);

/* "an hour", "twenty minutes", "half an hour" at word i, in minutes; *high: of a range. Words used. */
size_t callback_minutes(const struct reading *r, size_t i, double *value, double *high);

/* Is the day or time in words [from, to) refused? Is something else then, so that a later one counts more? */
bool callback_refused(const struct words *w, size_t from, size_t to);
bool callback_taken(const struct words *w, size_t from);

#endif
