/* date.h - calendar words: "next quarter", "by the end of june", "q3", "after easter", "the fifteenth". */
#ifndef BATON_TALK_EN_DATE_H
#define BATON_TALK_EN_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "talk/und_words.h"

struct date_now {
    int64_t day;      /* days since 1970-01-01 */
    int year, month, mday, weekday; /* month 1..12, weekday 0 = Monday */
    int minute;       /* of the day */
};

struct span {             /* days from now */
    double value, low, high;
    bool has_low, has_high, approx;
    bool past;            /* a time gone by, or a duration of something else */
    bool marked;          /* a preposition shows that a time is meant, whatever was asked */
    double unit_days;     /* of a plain duration; 0 for a date */
    size_t from, to;      /* words */
    size_t period;        /* word of "this" or "next" before a week, month, quarter or year; 0: none */
};

void date_now_init(struct date_now *now, int64_t local_ms);

/* Days since 1970-01-01 of a civil date, and back. Any month number is carried over into years. */
int64_t date_day(int year, int month, int mday);
void date_civil(int64_t day, int *year, int *month, int *mday);

/* Weekday named by word i, 0 = Monday, or -1; month 1..12 or 0. */
int date_weekday_word(const struct words *w, size_t i);
int date_month_word(const struct words *w, size_t i);

/* Reads calendar words with the prepositions before them and the bounds behind them, beginning at word i. Words used, 0 if there are none.
 * `clause`: what governs the clause counts too ("before our lease is up in june"). */
size_t date_span_in(struct span *out, const struct words *w, size_t i, const struct date_now *now, bool clause);
size_t date_span(struct span *out, const struct words *w, size_t i, const struct date_now *now);

/* "from monday", "after easter", "from now": days to the end of it. Words used, 0 if there is none. */
size_t date_anchor(double *ahead, const struct words *w, size_t i, const struct date_now *now);

#endif
