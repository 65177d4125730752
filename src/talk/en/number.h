/* number.h - spoken numbers: "thirteen eighty", "two and a half grand", "nine to twelve thousand", "mid four figures".
 *
 * An amount is a number with its spread. What it counts (dollars, weeks, people) is the caller's business. The phrases of hedges and bounds
 * are cues (answer_cues.c): they are looked for where they end right before the number or begin right behind it. */
#ifndef BATON_TALK_EN_NUMBER_H
#define BATON_TALK_EN_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "talk/und_priv.h"

struct amount {
    double value, low, high;
    bool has_low, has_high; /* false: open-ended on that side */
    bool approx;            /* hedged, or a vague word ("a few") */
    bool range, bounded;    /* "A to B"; "up to A", "at least A" */
    bool scaled;            /* said with hundred, thousand, grand, k, million */
    bool big;               /* said with grand, k, thousand or more */
    bool slang;             /* "grand", "k": money without a currency */
    bool dollar;            /* a currency sign stood before it */
    size_t from, to;        /* words, with hedges and bounds */
    size_t core_from, core_to; /* words of the number itself */
};

/* Could word i begin or continue a number? */
bool number_word(const struct words *w, size_t i);

/* Reads one plain number that begins at word i. Words used, 0 if there is none. */
size_t number_read(const struct words *w, size_t i, struct amount *out);

/* Reads a number that begins at word i with its range, and the hedges and bounds around it (also before word i).
 * Words used from i, 0 if there is none. */
size_t amount_read(const struct reading *r, size_t i, struct amount *out);

/* A number at word i with an optional currency sign before it. Words used, 0 if there is none. */
size_t amount_signed(const struct words *w, size_t i, struct amount *a);

/* Joins what follows a->to to a range. `between`: "between" or "from" stands before the number. */
void amount_range(const struct words *w, struct amount *a, bool between);

/* 1, 100, 1e3 or 1e6: the scale with which it was said. */
double amount_scale(const struct amount *a);

/* Applies hedges and bounds that stand at word i, behind the unit: "fifteen hundred a month tops". */
void amount_take_after(const struct reading *r, struct amount *a, size_t i);

/* Applies the hedges and bounds that stand before a->from. */
void amount_take_before(const struct reading *r, struct amount *a);

/* Makes one range of two amounts when the later is the greater; the scale of the later reaches the earlier. */
void amount_join(struct amount *a, const struct amount *b);

/* Widens [value] by the spread of an approximate single number (10 %). */
void amount_spread(struct amount *a);

#endif
