/* money_clause.c - what the clause around an amount says of it: a budget, a price paid today, an offer of the past, a loss, a revenue, a
 * time of day. A clause reaches back to the number, the "but" or the pause before it. */
#include <math.h>

#include "talk/en/money.h"

#include "base/banned.h"

enum { SPENT_REACH = 9, GONE_REACH = 6, CLAUSE_REACH = 12, BEHIND_REACH = 5, OFFER_REACH = 9, REFUSED_REACH = 8, BESIDE_MONEY = 4 };

/* First word of the clause that leads to word `from`. */
static size_t clause_begin(const struct words *w, size_t from)
{
    size_t lo = from;

    while (lo > 0 && from - lo < CLAUSE_REACH && !word_in(w, lo - 1, "but so") && !number_word(w, lo - 1)) {
        if (w->at[lo - 1].ends && from - lo > 1)
            break;
        if (word_in(w, lo - 1, "and") && word_in(w, lo, "i we they you he she the our my it for this budget"))
            break;
        lo--;
    }
    return lo;
}

static bool may_be_offer(const struct words *w, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++)
        if (word_in(w, k, "could would can will might budget to up able willing prepared"))
            return true;
    return false;
}

/* A price paid today: "we pay hubspot eight hundred". */
static bool is_spend_now(const struct reading *r, const struct candidate *c)
{
    size_t lo = c->from;

    while (lo > 0 && c->from - lo < SPENT_REACH && !word_in(&r->w, lo - 1, "but budget so and could would now") && !number_word(&r->w, lo - 1))
        lo--;
    if (lo > 0 && word_is(&r->w, lo - 1, "now") && lo < c->from)
        lo -= 1 + (lo > 1 && word_is(&r->w, lo - 2, "right"));
    for (size_t i = lo; i < c->from; i++)
        if (hits_find(&r->hits, CUE_SPEND_NOW, i, c->from))
            return !may_be_offer(&r->w, lo, c->from);
    for (size_t i = c->to; i < r->w.n && i < c->to + 6; i++)
        if (word_in(&r->w, i, "current existing present") && word_in(&r->w, i + 1, "guys vendor provider people tool system company service lot setup one supplier"))
            return !may_be_offer(&r->w, lo, c->from);
        else if (word_in(&r->w, i, "today currently") || (word_is(&r->w, i, "right") && word_is(&r->w, i + 1, "now")))
            return hits_find(&r->hits, CUE_SPEND_NOW, lo, i) != NULL;
    return false;
}

/* "Last year it was ten", "we used to have five thousand", "they quoted us nine". */
static bool is_gone(const struct words *w, const struct candidate *c)
{
    size_t lo = clause_begin(w, c->from);

    for (size_t i = c->from; i > lo && c->from - i < GONE_REACH && !word_in(w, i - 1, "but now and this"); i--)
        if (word_in(w, i - 1, "was were quote quoted used originally previously initially wanted asked offered charged") ||
            (word_is(w, i - 1, "last") && word_in(w, i, "year month quarter time")))
            return true;
    return false;
}

/* Lost, earned, the price of something else: "we lose ten thousand a month", "a job is worth six hundred", "forty thousand in sales". What is
 * meant for this comes nearer to the amount. */
static bool is_other(const struct reading *r, const struct candidate *c)
{
    size_t lo = clause_begin(&r->w, c->from), end = c->to + BEHIND_REACH;
    const struct hit *named = NULL;

    for (size_t i = c->to; i < r->w.n && i < end && !(i > c->to && r->w.at[i - 1].ends) && !number_word(&r->w, i); i++)
        for (size_t k = 0; k < r->hits.n; k++)
            if (r->hits.at[k].cue == CUE_ELSEWHERE_AFTER && r->hits.at[k].from == i)
                return true;
    for (size_t k = 0; k < r->hits.n; k++) {
        const struct hit *h = &r->hits.at[k];

        if (h->from < lo || h->to > c->a.core_from)
            continue;
        if (h->cue == CUE_ELSEWHERE)
            named = h;
        else if (h->cue == CUE_SET_ASIDE && named && h->from >= named->to)
            named = NULL;
    }
    return named && !may_be_offer(&r->w, named->to, c->a.core_from);
}

/* "It's not five hundred", before what it is; "instead of a thousand", behind it. */
static bool is_denied(const struct words *w, const struct candidate *c)
{
    if (c->from > 1 && ((word_is(w, c->from - 1, "of") && word_is(w, c->from - 2, "instead")) || (word_is(w, c->from - 1, "than") && word_is(w, c->from - 2, "rather"))))
        return true;
    return c->from > 1 && word_is(w, c->from - 1, "not") && word_in(w, c->from - 2, "is it was say said mean") && !c->a.bounded;
}

void money_judge(struct candidate *c, const struct reading *r)
{
    c->other = is_other(r, c);
    c->spent = !c->other && is_spend_now(r, c);
    c->gone = is_gone(&r->w, c);
    c->denied = is_denied(&r->w, c);
}

bool money_offered(const struct reading *r, const struct candidate *c)
{
    const struct words *w = &r->w;

    if (c->other)
        return false;
    for (size_t i = c->from; i > 0 && c->from - i < OFFER_REACH && !(w->at[i - 1].ends && c->from - i > 1); i--) {
        if (word_in(w, i - 1, "cost costs costing charge charges billed invoice make quoted each every saves"))
            return false;
        if (word_in(w, i - 1, "budget budgeted spend afford pay aside allocated earmarked approved have got could can would set invest put up signed grant"))
            return true;
    }
    return w->n <= c->to - c->from + BESIDE_MONEY;
}

bool money_refused(const struct reading *r, const struct candidate *c)
{
    const struct words *w = &r->w;

    for (size_t i = c->from; !c->a.bounded && i > 1 && c->from - i < 2; i--)
        if (word_in(w, i - 1, "do afford manage pay spend go") && word_is(w, i - 2, "not"))
            return true;
    for (size_t i = c->to; i < w->n && i < c->to + REFUSED_REACH && !number_word(w, i); i++)
        if ((word_is(w, i, "too") && word_in(w, i + 1, "much expensive high steep rich")) || word_in(w, i, "steep crazy insane ridiculous outrageous expensive") ||
            (word_is(w, i, "way") && word_in(w, i + 1, "over above beyond too")) || (word_is(w, i, "not") && word_is(w, i + 1, "afford")) ||
            (word_is(w, i, "a") && word_is(w, i + 1, "lot") && i > 0 && word_is(w, i - 1, "is")))
            return true;
    return false;
}

/* "Since twenty twelve", "back in 2019": a year. */
static bool is_year(const struct words *w, const struct candidate *c)
{
    size_t i = c->a.core_from;
    bool looks = c->a.value >= 1950 && c->a.value < 2100 && c->a.value == floor(c->a.value) && !c->a.scaled;

    return looks && i > 0 && word_in(w, i - 1, "since in from until till back year of by during");
}

/* "Nine four one oh three": digits said one by one. */
static bool is_spelling(const struct words *w, const struct candidate *c)
{
    size_t i = c->a.core_from;

    return i > 0 && number_word(w, i - 1) && !c->a.scaled && !word_in(w, i - 1, "hundred thousand million k grand");
}

/* "Call me at three thirty", "a hard stop at ten thirty". */
static bool is_time(const struct reading *r, const struct candidate *c)
{
    const struct words *w = &r->w;
    size_t i = c->a.core_from;

    if (i == 0 || c->a.value >= 1260 || c->a.scaled || !word_in(w, i - 1, "at by before after around until till"))
        return false;
    for (size_t k = i - 1; k > 0 && i - k < 7; k--)
        if (word_in(w, k - 1, "call ring phone back meeting meet free appointment available tomorrow today monday tuesday wednesday thursday friday reach leave "
                              "starts closes opens") ||
            (word_is(w, k - 1, "hard") && word_is(w, k, "stop")))
            return true;
    return false;
}

/* "I'm forty five", "we're about fifty": an age, a size. */
static bool is_age_or_size(const struct words *w, const struct candidate *c)
{
    size_t i = c->a.from;

    return c->a.value < 100 && !c->a.scaled && i > 1 && ((word_is(w, i - 1, "am") && word_is(w, i - 2, "i")) || word_in(w, i - 1, "turned turning"));
}

bool money_is_elsewhere(const struct reading *r, const struct candidate *c)
{
    return is_year(&r->w, c) || is_spelling(&r->w, c) || is_time(r, c) || is_age_or_size(&r->w, c);
}
