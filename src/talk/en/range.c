/* range.c - two numbers that bound a third: "nine to twelve thousand", "between one and $2,000", "three four grand". */
#include <math.h>

#include "talk/en/en.h"

#include "base/banned.h"

enum { LENT_RATIO = 4 };

static bool money_sign(const struct words *w, size_t i)
{
    return word_in(w, i, "$ pounds euros usd");
}

/* A number, with an optional currency sign before it. */
size_t amount_signed(const struct words *w, size_t i, struct amount *a)
{
    size_t sign = money_sign(w, i) && i + 1 < w->n && w->at[i + 1].digits;
    size_t n = number_read(w, i + sign, a);

    if (n == 0)
        return 0;
    a->from = i;
    a->dollar = sign;
    return n + sign;
}

double amount_scale(const struct amount *a)
{
    return !a->scaled ? 1 : a->value >= 1e6 ? 1e6 : a->big ? 1e3 : 100;
}

/* Two numbers without a word between are a range when the second is a little more: "three four grand", "a hundred a hundred and fifty",
 * "two three weeks". */
static bool ascends(const struct amount *a, const struct amount *b, const struct words *w)
{
    double x = a->value, y = b->value / (a->scaled || x >= 100 ? 1 : amount_scale(b));

    if (a->range || y <= x || x < 1)
        return false;
    if (a->scaled != b->scaled && a->scaled)
        return b->value <= 3 * x && b->value >= 100;
    if (b->scaled)
        return y <= x + 2 || (x >= 10 && y <= 3 * x);
    return (y <= x + 1 || (x >= 10 && y <= 2 * x)) && word_in(w, b->to, "day days week weeks month months year years quarters hour hours minutes");
}

/* Words that join the parts of a range: "to", "or maybe", "all the way up to", "and" after "between". */
static size_t joint(const struct words *w, size_t i, bool between)
{
    size_t n = word_is(w, i, "all") && word_is(w, i + 1, "the") && word_is(w, i + 2, "way") ? 3 : 0;

    if ((between || n) && word_is(w, i + n, "up") && word_is(w, i + n + 1, "to"))
        n += 2;
    else if (word_is(w, i + n, "or") && word_in(w, i + n + 1, "rather no actually sorry wait"))
        return 0;
    else if (word_in(w, i + n, "to or through till until") || (between && word_is(w, i + n, "and")))
        n++;
    else if (!word_in(w, i, "maybe possibly perhaps"))
        return 0;
    while (word_in(w, i + n, "maybe perhaps even possibly like say about around") || (word_is(w, i + n, "up") && word_is(w, i + n + 1, "to")))
        n += word_is(w, i + n, "up") ? 2 : 1;
    return n;
}

/* The scale that the second part lends the first: "between one and 2,000", "four to four fifty" (figures have none of their own). */
static double lent_scale(const struct amount *a, const struct amount *b)
{
    double s = amount_scale(b);

    if (b->scaled)
        return a->big || a->value >= s ? 1 : s;
    if (a->scaled || a->value >= 100 || a->value != floor(a->value) || b->value < 100)
        return 1;
    for (s = 1000; s > 10; s /= 10)
        if (a->value * s < b->value && a->value * s * LENT_RATIO >= b->value)
            return s;
    return 1;
}

/* The scale of the second part reaches the first: "nine to twelve thousand"; and the first's the second: "five hundred to seven". */
static void share_scale(struct amount *a, struct amount *b)
{
    double s = lent_scale(a, b), t = amount_scale(a);

    if (s > 1 && a->value * s < b->value) {
        a->value *= s;
        a->low *= s;
        a->high *= s;
    } else if (a->scaled && !b->scaled && b->value < t && b->value * t > a->value) {
        b->value *= t;
        b->low *= t;
        b->high *= t;
    }
}

void amount_join(struct amount *a, const struct amount *second)
{
    struct amount b = *second;

    share_scale(a, &b);
    if (b.value <= a->value)
        return;
    a->low = a->low < a->value ? a->low : a->value;
    a->high = b.high;
    a->value = (a->low + a->high) / 2;
    a->range = a->has_low = a->has_high = true;
    a->bounded = false;
    a->scaled |= b.scaled;
    a->big |= b.big;
    a->slang |= b.slang;
    a->dollar |= b.dollar;
    a->to = a->core_to = b.to;
}

static bool too_far_apart(const struct words *w, size_t at, const struct amount *a, const struct amount *b, bool between)
{
    double y = b->value, x = a->value;

    if (a->scaled && !b->scaled && y < amount_scale(a))
        y *= amount_scale(a);
    if (y <= x)
        return true;
    if (word_is(w, at, "or") && y > x * 4 && !b->scaled)
        return true;
    return word_in(w, at, "maybe possibly perhaps") && !between && y > x * 2 && !(b->scaled && !a->scaled);
}

void amount_range(const struct words *w, struct amount *a, bool between)
{
    struct amount b;
    size_t unit = word_in(w, a->to, "dollars bucks pounds euros quid weeks months days years week month");
    size_t at = a->to + unit, j = joint(w, at, between);

    if (j == 0 && !unit && a->to < w->n && amount_signed(w, at, &b)) {
        if (b.value == a->value && b.scaled)
            a->to = a->core_to = b.to;
        else if (ascends(a, &b, w))
            amount_join(a, &b);
        return;
    }
    if (j == 0 || (w->at[at - 1].ends && !between && !word_in(w, at, "maybe or possibly")) || amount_signed(w, at + j, &b) == 0)
        return;
    if (!too_far_apart(w, at, a, &b, between))
        amount_join(a, &b);
}
