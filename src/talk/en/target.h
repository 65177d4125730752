/* target.h - calendar things as stretches of days, without the prepositions around them. */
#ifndef BATON_TALK_EN_TARGET_H
#define BATON_TALK_EN_TARGET_H

#include "talk/en/date.h"

struct stretch { int64_t first, last; bool ok; }; /* days since 1970, both included */

struct target { struct stretch s; bool whole_month, needs_mark, is_this, is_next, year; }; /* needs_mark: "may" and "march" are also verbs */

static inline struct stretch date_stretch(int64_t first, int64_t last)
{
    return (struct stretch){ first, last, true };
}

struct stretch date_quarter_stretch(int year, int quarter);

/* Each reads at word i and returns the words used, 0 for none. date_month_at: "june", "june fifteenth"; *whole says which.
 * date_period_at: week, month, quarter or year with "this" (*which 0), "next" (1) or neither (-1). */
size_t date_month_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, bool *whole);
size_t date_period_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, int *which, bool need_which);
size_t date_target_at(struct target *t, const struct words *w, size_t i, const struct date_now *now, bool need_which);

#endif
