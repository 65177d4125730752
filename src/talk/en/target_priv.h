/* target_priv.h - what target.c, month.c and holiday.c share. */
#ifndef BATON_TALK_EN_TARGET_PRIV_H
#define BATON_TALK_EN_TARGET_PRIV_H

#include "talk/en/target.h"

struct stretch date_month_stretch(int year, int month);

/* Each reads at word i and returns the words used, 0 for none: "this", "next", "the coming" (*which 0, 1, -1 neither); "of next year" behind a
 * month or a quarter; "2027"; "the fifteenth"; "after easter" without the preposition. */
size_t date_which_at(const struct words *w, size_t i, int *which);
size_t date_year_at(const struct words *w, size_t i, const struct date_now *now, int *year);
size_t date_year_number(const struct words *w, size_t i, int *year);
size_t date_mday_alone(const struct words *w, size_t i, const struct date_now *now, struct stretch *out);
size_t date_holiday_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out);

#endif
