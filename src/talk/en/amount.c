/* amount.c - numbers in their surroundings: hedges and bounds before and behind them. */
#include "talk/en/en.h"

#include "base/banned.h"

enum { HEDGES_REACH = 8, DENIED_REACH = 8, NEXT_REACH = 4 };

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

/* "A minimum of two and a maximum of four": what stands before a number speaks of that one, unless the sentence pauses between. */
static bool belongs_to_next(const struct reading *r, const struct amount *a, const struct hit *h)
{
    const struct words *w = &r->w;
    size_t i = h->to;

    for (size_t k = h->from; k < h->to; k++)
        if (w->at[k].ends)
            return false;
    while (word_in(w, i, "of is at a be would the about around maybe than to ceiling limit maximum max minimum") && i < h->to + NEXT_REACH)
        i++;
    return number_word(w, i) && (i > h->to || a->bounded || h->cue == CUE_CAP_AFTER || w->at[h->from - 1].ends || word_in(w, h->from, "and but or"));
}

static size_t take_after(const struct reading *r, struct amount *a, size_t i)
{
    const struct hit *h;
    size_t spread = take_spread(r, a, i);

    if (spread)
        return i + spread;
    if ((h = beginning_at(r, CUE_CAP_AFTER, i)) && !word_is(&r->w, h->to, "than") && !belongs_to_next(r, a, h))
        cap(a);
    else if ((h = beginning_at(r, CUE_FLOOR_AFTER, i)) && !belongs_to_next(r, a, h))
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
    size_t n = amount_signed(w, i, &a);

    if (n == 0)
        return 0;
    amount_range(w, &a, between);
    if (between && a.range)
        a.from--;
    amount_take_before(r, &a);
    amount_take_after(r, &a, a.to);
    *out = a;
    return a.core_to - i;
}
