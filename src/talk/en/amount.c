/* amount.c - numbers in their surroundings: ranges, hedges and bounds. */
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

enum { HEDGES_REACH = 8, DENIED_REACH = 8 };

/* Words that may stand between a hedge and its number, or between a number and what is said about it. */
static bool is_padding(const struct words *w, size_t i)
{
    return word_in(w, i, "like say i would you know let us call what well just probably think guess suppose the a an only even something "
                         "somewhere lets okay ok so easily honestly realistically really be is spend pay do to maybe");
}

static const struct hit *ending_at(const struct reading *r, enum cue cue, size_t at)
{
    const struct hit *best = NULL;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue == (int)cue && h->to == at && (best == NULL || h->from < best->from))
            best = h;
    }
    return best;
}

static const struct hit *beginning_at(const struct reading *r, enum cue cue, size_t at)
{
    const struct hit *best = NULL;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue == (int)cue && h->from == at && (best == NULL || h->to > best->to))
            best = h;
    }
    return best;
}

static bool money_sign(const struct words *w, size_t i)
{
    return word_in(w, i, "$ pounds euros usd");
}

/* A number, with an optional currency sign before it. */
static size_t read_signed(const struct words *w, size_t i, struct amount *a)
{
    size_t sign = money_sign(w, i) && i + 1 < w->n && w->at[i + 1].digits;
    size_t n = number_read(w, i + sign, a);

    if (n == 0)
        return 0;
    a->from = i;
    a->dollar = sign;
    return n + sign;
}

static double scale_of(const struct amount *a)
{
    return !a->scaled ? 1 : a->value >= 1e6 ? 1e6 : a->big ? 1e3 : 100;
}

/* Two numbers without a word between are a range when the second is a little more: "three four grand", "a hundred a hundred and fifty",
 * "two three weeks". */
static bool ascends(const struct amount *a, const struct amount *b, const struct words *w)
{
    double x = a->value, y = b->value / (a->scaled || x >= 100 ? 1 : scale_of(b));

    if (a->range || y <= x || x < 1)
        return false;
    if (a->scaled != b->scaled && a->scaled)
        return b->value <= 3 * x && b->value >= 100;
    if (b->scaled)
        return y <= x + 2 || (x >= 10 && y <= 3 * x);
    return (y <= x + 1 || (x >= 10 && y <= 2 * x)) && word_in(w, b->to, "day days week weeks month months year years quarters hour hours minutes");
}

/* Words that join the parts of a range: "to", "or maybe", "and" after "between". */
static size_t joint(const struct words *w, size_t i, bool between)
{
    size_t n = 0;

    if (between && word_is(w, i, "up") && word_is(w, i + 1, "to"))
        n = 2;
    else if (word_in(w, i, "to or through till until") || (between && word_is(w, i, "and")))
        n = 1;
    else if (!word_in(w, i, "maybe possibly perhaps"))
        return 0;
    while (word_in(w, i + n, "maybe perhaps even possibly like say about around") || (word_is(w, i + n, "up") && word_is(w, i + n + 1, "to")))
        n += word_is(w, i + n, "up") ? 2 : 1;
    return n;
}

/* The scale of the second part reaches the first: "nine to twelve thousand"; and the first's the second: "five hundred to seven". */
static void share_scale(struct amount *a, struct amount *b)
{
    double s = scale_of(b), t = scale_of(a);

    if (b->scaled && !a->scaled && a->value * s < b->value && a->value < s) {
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

    if (a->scaled && !b->scaled && y < scale_of(a))
        y *= scale_of(a);
    if (y <= x)
        return true;
    if (word_is(w, at, "or") && y > x * 4 && !b->scaled)
        return true;
    return word_in(w, at, "maybe possibly perhaps") && !between && y > x * 2 && !(b->scaled && !a->scaled);
}

static void read_range(const struct words *w, struct amount *a, bool between)
{
    struct amount b;
    size_t unit = word_in(w, a->to, "dollars bucks pounds euros quid weeks months days years week month");
    size_t at = a->to + unit, j = joint(w, at, between);

    if (j == 0 && !unit && a->to < w->n && read_signed(w, at, &b)) {
        if (b.value == a->value && b.scaled)
            a->to = a->core_to = b.to;
        else if (ascends(a, &b, w))
            amount_join(a, &b);
        return;
    }
    if (j == 0 || (w->at[at - 1].ends && !between && !word_in(w, at, "maybe or possibly")) || read_signed(w, at + j, &b) == 0)
        return;
    if (!too_far_apart(w, at, a, &b, between))
        amount_join(a, &b);
}

static void cap(struct amount *a)
{
    a->value = a->high;
    a->low = 0;
    a->has_low = a->has_high = a->bounded = true;
}

static void floor_at(struct amount *a)
{
    a->value = a->low;
    a->has_high = false;
    a->bounded = true;
}

/* "I don't think we'd go over two thousand" turns "over" round. */
static bool denied(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < DENIED_REACH && !w->at[k - 1].ends && !word_in(w, k - 1, "but and so"); k--)
        if (word_in(w, k - 1, "not never nothing no nobody doubt without"))
            return true;
    return false;
}

static void compare(struct amount *a, const struct hit *h, bool more, const struct reading *r)
{
    bool negated = denied(&r->w, h->from);

    if (more != negated)
        floor_at(a);
    else
        cap(a);
}

/* The negation that stands right before belongs to it. */
static size_t with_negation(const struct words *w, const struct hit *h)
{
    return h->from > 0 && word_in(w, h->from - 1, "not never nothing no") ? h->from - 1 : h->from;
}

/* One hedge or bound that ends at word `at`. Its first word, or SIZE_MAX. */
static size_t take_before(const struct reading *r, struct amount *a, size_t at)
{
    const struct hit *h;

    if (!a->bounded && (h = ending_at(r, CUE_CAP, at)))
        cap(a);
    else if (!a->bounded && (h = ending_at(r, CUE_FLOOR, at)))
        floor_at(a);
    else if (!a->bounded && (h = ending_at(r, CUE_MORE_THAN, at)))
        compare(a, h, true, r);
    else if (!a->bounded && (h = ending_at(r, CUE_LESS_THAN, at)))
        compare(a, h, false, r);
    else if ((h = ending_at(r, CUE_ABOUT, at)) && !(h->from > 0 && word_in(&r->w, h->from - 1, "how what")))
        a->approx = true;
    else
        return SIZE_MAX;
    return h->cue == CUE_MORE_THAN || h->cue == CUE_LESS_THAN ? with_negation(&r->w, h) : h->from;
}

void amount_take_before(const struct reading *r, struct amount *a)
{
    size_t at = a->from;

    for (size_t steps = 0; at > 0 && steps < HEDGES_REACH; steps++) {
        size_t first = take_before(r, a, at);

        if (first != SIZE_MAX)
            a->from = at = first;
        else if (!is_padding(&r->w, at - 1) || (r->w.at[at - 1].ends && !word_in(&r->w, at - 1, "like say know well what")))
            break;
        else
            at--;
    }
}

/* "Give or take five hundred", "plus or minus ten percent". */
static size_t take_spread(const struct reading *r, struct amount *a, size_t i)
{
    struct amount by;
    size_t n = 0;

    if ((word_is(&r->w, i, "give") && word_is(&r->w, i + 1, "or") && word_is(&r->w, i + 2, "take")) ||
        (word_is(&r->w, i, "plus") && word_is(&r->w, i + 1, "or") && word_is(&r->w, i + 2, "minus")))
        n = number_read(&r->w, i + 3, &by);
    if (n == 0 || a->range || by.value <= 0)
        return 0;
    if (word_is(&r->w, i + 3 + n, "percent"))
        by.value *= a->value / 100;
    if (by.value >= a->value)
        return 0;
    a->low = a->value - by.value;
    a->high = a->value + by.value;
    a->approx = a->range = true;
    return 3 + n;
}

static size_t take_after(const struct reading *r, struct amount *a, size_t i)
{
    const struct hit *h;
    size_t spread = take_spread(r, a, i);

    if (spread)
        return i + spread;
    if ((h = beginning_at(r, CUE_CAP_AFTER, i)) && !word_is(&r->w, h->to, "than") && !number_word(&r->w, h->to))
        cap(a);
    else if ((h = beginning_at(r, CUE_FLOOR_AFTER, i)))
        floor_at(a);
    else if ((h = beginning_at(r, CUE_ABOUT_AFTER, i)) && !number_word(&r->w, h->to))
        a->approx = true;
    else
        return 0;
    return h->to;
}

void amount_take_after(const struct reading *r, struct amount *a, size_t i)
{
    size_t end = 0;

    for (size_t k = i; k < r->w.n && k <= i + 4 && end == 0; k++) {
        end = take_after(r, a, k);
        if (!word_in(&r->w, k, "i would say guess think you know like probably but and so maybe total all in at dollars bucks"))
            break;
    }
    if (end > a->to)
        a->to = end;
}

size_t amount_read(const struct reading *r, size_t i, struct amount *out)
{
    struct amount a;
    const struct words *w = &r->w;
    bool between = i > 0 && (word_in(w, i - 1, "between from") || (i > 1 && word_in(w, i - 2, "between from") && word_in(w, i - 1, "like say about maybe")));
    size_t n = read_signed(w, i, &a);

    if (n == 0)
        return 0;
    read_range(w, &a, between);
    if (between && a.range)
        a.from--;
    amount_take_before(r, &a);
    amount_take_after(r, &a, a.to);
    *out = a;
    return a.core_to - i;
}
