/* money.c - budgets: which of the numbers is the money, in what currency and per what.
 *
 * Every number of the utterance is a candidate; what it counts is looked for around it. Candidates that count people,
 * weeks or percents fall away, prices paid today are set aside, corrections let the later one win. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

enum { CANDIDATES_MAX = 12 };

struct candidate {
    struct amount a;
    const char *currency;   /* NULL: not said */
    const char *period;     /* NULL: not said */
    bool seat, spent;
    size_t from, to;
};

static const char *currency_at(const struct words *w, size_t i)
{
    if (word_in(w, i, "dollar dollars bucks buck usd $"))
        return "USD";
    if (word_in(w, i, "pound pounds quid gbp sterling"))
        return "GBP";
    if (word_in(w, i, "euro euros eur"))
        return "EUR";
    return NULL;
}

static const char *period_word(const struct words *w, size_t i)
{
    if (word_in(w, i, "month months mo monthly"))
        return "month";
    if (word_in(w, i, "year years yr annually annual yearly annum"))
        return "year";
    if (word_in(w, i, "quarter quarterly qtr"))
        return "quarter";
    if (word_in(w, i, "week weekly"))
        return "week";
    return NULL;
}

/* A period at word i: "a month", "per year", "monthly", "every quarter", "each month", "for the year". Words used. */
static size_t period_at(const struct words *w, size_t i, const char **period)
{
    size_t n = word_in(w, i, "a per an each every") ? 1 : word_is(w, i, "for") && word_in(w, i + 1, "the a") ? 2 + word_in(w, i + 2, "whole entire full") : 0;
    const char *p = period_word(w, i + n);
    bool alone = word_in(w, i, "monthly annually annual yearly quarterly weekly");

    if (p && (n > 0 || alone)) {
        *period = p;
        return n + 1;
    }
    if (word_in(w, i, "once upfront") || (word_is(w, i, "one") && word_in(w, i + 1, "time off shot")) || (word_in(w, i, "onetime lump"))) {
        *period = "once";
        return word_is(w, i, "one") || word_is(w, i, "lump") ? 2 : 1;
    }
    return 0;
}

static size_t seat_at(const struct words *w, size_t i)
{
    size_t n = word_in(w, i, "a per each every an") ? 1 : word_is(w, i, "for") && word_in(w, i + 1, "each every") ? 2 : 0;

    if (n && word_in(w, i + n, "seat user head person rep license licence agent employee member"))
        return n + 1;
    return 0;
}

/* What follows the number says that it is no money. */
static bool counts_other(const struct words *w, const struct amount *a)
{
    size_t i = a->to;
    const char *period;

    if (word_in(w, i, "of"))
        i++;
    if (period_at(w, i, &period) && word_in(w, i, "once"))
        return false;
    return word_in(w, i, "people persons person employees staff agents seats users reps rep calls call leads customers clients patients percent "
                         "minutes minute hours hour days day weeks week months month years year quarters am pm oclock times locations offices "
                         "stores folks guys employee seat user agent inquiries deals students units emails members sites salespeople "
                         "licenses vendors tools options orders tickets visits trucks rooms appointments bookings homes properties branches "
                         "partners second seconds thirty-day nurses doctors lawyers dealers dealerships engineers developers closers sdrs") ||
           (word_in(w, i, "sales support service team") && word_in(w, i + 1, "people reps agents calls members")) ||
           word_in(w, i, "th st nd rd");
}

static bool counted_before(const struct words *w, size_t from)
{
    return (from > 0 && word_in(w, from - 1, "q room building suite version option number step age aged")) ||
           (from > 1 && word_in(w, from - 2, "team staff company") && word_is(w, from - 1, "of"));
}

/* Units behind the number, in any order: dollars, a month, per seat, tops. */
static void take_units(struct candidate *c, const struct words *w)
{
    size_t i = c->a.to;

    for (bool more = true; more && i < w->n;) {
        size_t n = 0;
        const char *cur;

        more = false;
        if ((cur = currency_at(w, i)) && !word_is(w, i, "$")) {
            c->currency = cur;
            n = 1;
        } else if ((n = seat_at(w, i))) {
            c->seat = true;
        } else if (c->period == NULL && (n = period_at(w, i, &c->period))) {
        }
        if (n) {
            i += n;
            c->to = i;
            amount_take_after(w, &c->a, i);
            if (c->a.to > i)
                i = c->to = c->a.to;
            more = true;
        } else if (word_in(w, i, "total flat even all-in ish or") && i + 1 < w->n && (currency_at(w, i + 1) || period_at(w, i + 1, &c->period))) {
            i++;
            more = true;
        }
    }
    if (c->to < c->a.to)
        c->to = c->a.to;
}

/* A currency or a period that was said elsewhere in the same clause: "our monthly budget is two thousand". */
static void take_distant_units(struct candidate *c, const struct words *w)
{
    size_t lo = c->a.from, hi = c->to;

    while (lo > 0 && !(w->at[lo - 1].ends && lo + 6 < c->a.from))
        lo--;
    for (size_t i = lo; i < c->a.from && c->period == NULL; i++)
        if (word_in(w, i, "monthly annual annually yearly quarterly") || (word_in(w, i, "per a each every") && period_word(w, i + 1)))
            period_at(w, i, &c->period);
    for (size_t i = hi; i < w->n && i < hi + 4 && c->period == NULL && !number_word(w, i) && !w->at[i - 1].ends; i++)
        period_at(w, i, &c->period);
    if (c->a.from > 0 && c->currency == NULL)
        c->currency = currency_at(w, c->a.core_from - (c->a.core_from > 0));
}

static bool is_spend_now(const struct reading *r, const struct candidate *c)
{
    size_t lo = c->from;

    while (lo > 0 && c->from - lo < 9 && !word_in(&r->w, lo - 1, "but budget so and could would now"))
        lo--;
    if (lo > 0 && word_is(&r->w, lo - 1, "now") && lo < c->from)
        lo--;
    for (size_t i = lo; i < c->from; i++) {
        const struct hit *h = hits_find(&r->hits, CUE_SPEND_NOW, i, c->from);

        if (h == NULL)
            continue;
        for (size_t k = lo; k < c->from; k++)
            if (word_in(&r->w, k, "could would can will might budget to up able willing prepared"))
                return false;
        return true;
    }
    for (size_t i = c->to; i < r->w.n && i < c->to + 6; i++)
        if (word_in(&r->w, i, "today currently") || (word_is(&r->w, i, "right") && word_is(&r->w, i + 1, "now")))
            return hits_find(&r->hits, CUE_SPEND_NOW, lo, i) != NULL;
    return false;
}

static bool read_candidate(struct candidate *c, const struct reading *r, size_t i, size_t *used)
{
    const struct words *w = &r->w;

    memset(c, 0, sizeof *c);
    *used = amount_read(w, i, &c->a);
    if (*used == 0)
        return false;
    c->from = c->a.from;
    c->to = c->a.to;
    if (i > 0 && w->at[i].minute >= 0)
        return false;
    if (c->a.dollar)
        c->currency = c->a.core_from > 0 && currency_at(w, c->a.core_from - 1) ? currency_at(w, c->a.core_from - 1) : "USD";
    if (counts_other(w, &c->a) || counted_before(w, c->a.core_from))
        return false;
    take_units(c, w);
    if (counts_other(w, &c->a))
        return false;
    take_distant_units(c, w);
    c->spent = is_spend_now(r, c);
    return true;
}

/* Without a sign of money a number counts only as the answer to a question about money. */
static bool is_money(const struct reading *r, const struct candidate *c)
{
    bool asked = r->in->asked == ASKED_MONEY, marked = c->currency || c->a.slang;
    bool topic = hits_any(&r->hits, CUE_BUDGET) != NULL;

    if (marked)
        return true;
    if (asked)
        return c->a.value >= 20 || c->period || c->seat || r->w.n <= 3;
    if (c->period && c->a.value >= 100 && c->from > 0 && reading_corrects(r, 0, c->from)) /* "actually, make that fifteen hundred a month" */
        return true;
    return topic && c->a.value >= 100 && (c->period || c->a.scaled);
}

static bool repairs(const struct reading *r, const struct candidate *earlier, const struct candidate *later)
{
    return reading_corrects(r, earlier->to > 0 ? earlier->to - 1 : 0, later->a.core_from);
}

static size_t collect(struct candidate *out, const struct reading *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->w.n && n < CANDIDATES_MAX;) {
        struct candidate c;
        size_t used;

        if (read_candidate(&c, r, i, &used) && (is_money(r, &c) || (n > 0 && repairs(r, &out[n - 1], &c))))
            out[n++] = c;
        i += used ? used : 1;
    }
    return n;
}

/* The later number is "fifteen" for "fifteen hundred": it takes what it lacks from the one that it corrects. */
static void inherit(struct candidate *later, const struct candidate *earlier)
{
    if (!later->a.scaled && later->a.value < 100 && earlier->a.big && later->a.value * 1000 >= earlier->a.value / 20) {
        double s = earlier->a.value >= 1e6 ? 1e6 : 1e3;

        later->a.value *= s;
        later->a.low *= s;
        later->a.high *= s;
    } else if (!later->a.scaled && later->a.value < 100 && earlier->a.scaled && earlier->a.value >= 100 && earlier->a.value < 10000) {
        later->a.value *= 100;
        later->a.low *= 100;
        later->a.high *= 100;
    }
    if (later->currency == NULL)
        later->currency = earlier->currency;
    if (later->period == NULL)
        later->period = earlier->period;
    later->seat |= earlier->seat;
}

static int strength(const struct candidate *c)
{
    return (c->currency != NULL) * 2 + (c->period != NULL) * 2 + c->a.slang + c->a.scaled + c->seat;
}

static const struct candidate *choose(struct candidate *c, size_t n, const struct reading *r, size_t *first)
{
    struct candidate *best = NULL;

    for (size_t i = 0; i < n; i++) {
        if (c[i].spent)
            continue;
        if (best == NULL) {
            best = &c[i];
            *first = c[i].from;
        } else if (repairs(r, best, &c[i])) {
            inherit(&c[i], best);
            best = &c[i];
        } else if (strength(&c[i]) > strength(best) && r->in->asked != ASKED_MONEY) {
            best = &c[i];
            *first = c[i].from;
        }
    }
    return best;
}

static void set_status(struct und_quantity *out, enum und_status s, const struct reading *r, size_t from, size_t to)
{
    out->status = s;
    words_quote(out->evidence, sizeof out->evidence, &r->w, from, to);
}

static void fill(struct und_quantity *out, const struct candidate *c, const struct reading *r, size_t from)
{
    struct amount a = c->a;

    amount_spread(&a);
    set_status(out, c->spent ? UND_CURRENT_SPEND : UND_STATED, r, from, c->to);
    out->value = round(a.value * 100) / 100;
    out->low = round(a.low * 100) / 100;
    out->high = round(a.high * 100) / 100;
    out->has_value = true;
    out->has_low = a.has_low;
    out->has_high = a.has_high;
    out->approx = a.approx;
    snprintf(out->unit, sizeof out->unit, "%s%s%s%s", c->currency ? c->currency : "USD", c->seat ? "/seat" : "", c->period ? "/" : "",
             c->period ? c->period : "");
}

static bool status_cue(struct und_quantity *out, const struct reading *r, enum cue cue, enum und_status s)
{
    const struct hit *h = hits_any(&r->hits, (int)cue);

    if (h == NULL)
        return false;
    set_status(out, s, r, h->from, h->to);
    return true;
}

static void read_without_number(struct und_quantity *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_MONEY;
    bool topic = asked;

    for (size_t i = 0; i < r->w.n; i++)
        topic |= word_in(&r->w, i, "budget budgeted money funds spend cost price afford pay");
    if (!topic)
        return;
    if (status_cue(out, r, CUE_UNLIMITED, UND_UNLIMITED))
        return;
    if (asked && status_cue(out, r, CUE_DEFLECT, UND_DEFLECT))
        return;
    if (asked && hits_any(&r->hits, CUE_UNSURE) && !hits_any(&r->hits, CUE_NO_BUDGET)) {
        status_cue(out, r, CUE_UNSURE, UND_UNKNOWN);
        return;
    }
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_NO_BUDGET && (asked || r->hits.at[i].to - r->hits.at[i].from > 1)) {
            set_status(out, UND_NONE, r, r->hits.at[i].from, r->hits.at[i].to);
            return;
        }
    if (asked)
        status_cue(out, r, CUE_UNSURE, UND_UNKNOWN);
}

void en_read_money(struct und_quantity *out, const struct reading *r)
{
    struct candidate c[CANDIDATES_MAX];
    const struct candidate *best;
    size_t n = collect(c, r), first = 0;

    memset(out, 0, sizeof *out);
    best = choose(c, n, r, &first);
    if (best && best->a.value == 0) {
        set_status(out, UND_NONE, r, best->from, best->to);
        return;
    }
    if (best) {
        fill(out, best, r, first);
        return;
    }
    read_without_number(out, r);
    if (out->status == UND_ABSENT && n > 0)
        fill(out, &c[0], r, c[0].from);
}
