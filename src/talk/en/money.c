/* money.c - budgets: which of the numbers is the money, and what the sentence says about it.
 *
 * Every number of the utterance is a candidate (money_units.c reads what it counts). Candidates that count people, weeks or percents fall
 * away, prices paid today and amounts gone by are set aside, corrections let the later one win, two bounds become one range. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/money.h"

#include "base/banned.h"

enum { CANDIDATES_MAX = 12, OFFER_REACH = 9, REFUSED_REACH = 8, BESIDE_MONEY = 4 };

/* Unasked, money is a budget where its clause offers it, or where little else is said; "we lost eighty thousand on that" is a need. */
static bool is_offered(const struct reading *r, const struct candidate *c)
{
    const struct words *w = &r->w;

    for (size_t i = c->to; i < w->n && i < c->to + OFFER_REACH && !w->at[i - 1].ends; i++)
        if (word_in(w, i, "gone lost wasted evaporates evaporate vanishes vanish disappears disappear walks slips") ||
            (word_is(w, i, "of") && word_in(w, i + 1, "work business jobs revenue sales orders deals")) || (i < c->to + 3 && word_in(w, i, "down short")))
            return false;
    for (size_t i = c->from; i > 0 && c->from - i < OFFER_REACH && !(w->at[i - 1].ends && c->from - i > 1); i--) {
        if (word_in(w, i - 1, "lose loses losing lost lose cost costs costing worth gone revenue miss missed missing waste wasted wasting burn burning earn earns sell sells "
                              "sold charge charges fine fined bill billed invoice deal deals order orders make makes made saves save saving quoted raised each every"))
            return false;
        if (word_in(w, i - 1, "budget budgeted spend afford pay aside allocated earmarked approved have got could can would set invest put up signed grant"))
            return true;
    }
    return w->n <= c->to - c->from + BESIDE_MONEY;
}

/* "A thousand, that's too much for us": what was heard is refused, not offered. */
static bool is_too_much(const struct reading *r, const struct candidate *c)
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

/* Without a sign of money a number counts only as the answer to a question about money. */
static bool is_money(const struct reading *r, const struct candidate *c)
{
    bool asked = r->in->asked == ASKED_MONEY, marked = c->currency || c->a.slang;
    bool topic = hits_any(&r->hits, CUE_BUDGET) != NULL;

    if (is_too_much(r, c))
        return false;
    if (marked)
        return asked || c->spent || is_offered(r, c) || reading_corrects(r, 0, c->from);
    if (asked)
        return c->a.value >= 20 || c->period || c->seat || c->a.scaled || (c->a.value != 1 && r->w.n <= c->to - c->from + 3);
    if (c->period && c->a.value >= 100 && c->from > 0 && reading_corrects(r, 0, c->from)) /* "actually, make that fifteen hundred a month" */
        return true;
    return topic && c->a.value >= 100 && (c->period || c->a.scaled) && is_offered(r, c);
}

static bool repairs(const struct reading *r, const struct candidate *earlier, const struct candidate *later)
{
    size_t from = earlier->to > 0 ? earlier->to - 1 : 0, to = later->a.core_from;

    if (reading_corrects(r, from, to))
        return true;
    return !later->gone && hits_find(&r->hits, CUE_OVERRULE, earlier->to, to) != NULL;
}

static size_t collect(struct candidate *out, const struct reading *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->w.n && n < CANDIDATES_MAX;) {
        struct candidate c;
        size_t used;

        if (money_candidate(&c, r, i, &used) && (is_money(r, &c) || (n > 0 && (repairs(r, &out[n - 1], &c) || (out[n - 1].gone && !c.gone)))))
            out[n++] = c;
        i += used ? used : 1;
    }
    return n;
}

static void multiply(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

static void take_units_of(struct candidate *c, const struct candidate *other)
{
    if (c->currency == NULL)
        c->currency = other->currency;
    if (c->period == NULL)
        c->period = other->period;
    c->seat |= other->seat;
}

/* The later number is "fifteen" for "fifteen hundred": it takes what it lacks from the one that it corrects. */
static void inherit(struct candidate *later, const struct candidate *earlier)
{
    const struct amount *e = &earlier->a;

    if (!later->a.scaled && later->a.value < 100 && e->big && later->a.value * 1000 >= e->value / 20)
        multiply(&later->a, e->value >= 1e6 ? 1e6 : 1e3);
    else if (!later->a.scaled && later->a.value < 100 && e->scaled && e->value >= 100 && e->value < 10000)
        multiply(&later->a, 100);
    take_units_of(later, earlier);
}

/* "More than two but less than five thousand", "two thousand a month to three thousand a month": one range. */
static bool joins(const struct reading *r, struct candidate *a, const struct candidate *b)
{
    const struct words *w = &r->w;
    bool bounds = a->a.bounded && !a->a.has_high && b->a.bounded && b->a.has_high && b->a.low == 0;
    struct amount second = b->a;
    double before = a->a.value;

    if (a->spent || b->spent || a->a.range)
        return false;
    if (!bounds && !(b->a.from <= a->to + 2 && b->a.from > a->to && word_in(w, a->to, "to or and") && (b->period || b->currency) && !b->a.bounded))
        return false;
    if (!bounds && word_is(w, a->to, "and") && !word_in(w, a->from - (a->from > 0), "between"))
        return false;
    second.low = second.value;
    a->a.low = a->a.value;
    amount_join(&a->a, &second);
    if (!a->a.range || a->a.high <= before)
        return false;
    take_units_of(a, b);
    a->to = b->to;
    return true;
}

static size_t join_all(struct candidate *c, size_t n, const struct reading *r)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && joins(r, &c[kept - 1], &c[i]))
            continue;
        c[kept++] = c[i];
    }
    return kept;
}

static int strength(const struct candidate *c)
{
    return (c->currency != NULL) * 2 + (c->period != NULL) * 2 + c->a.slang + c->a.scaled + c->seat;
}

/* Is the later number the money and the earlier one something that was counted in passing? */
static bool outdoes(const struct reading *r, const struct candidate *later, const struct candidate *best)
{
    if (best->gone && !later->gone)
        return true;
    if (strength(later) <= strength(best) || later->gone)
        return false;
    return r->in->asked != ASKED_MONEY || (strength(best) == 0 && best->a.value < 100);
}

static const struct candidate *choose(struct candidate *c, size_t n, const struct reading *r, size_t *first)
{
    struct candidate *best = NULL;

    for (size_t i = 0; i < n; i++) {
        if (c[i].spent)
            continue;
        if (best && (repairs(r, best, &c[i]) || (best->gone && !c[i].gone))) {
            inherit(&c[i], best);
            best = &c[i];
        } else if (best == NULL || outdoes(r, &c[i], best)) {
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
    out->seats = c->seat ? money_seats(r) : 0;
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

static bool no_budget(struct und_quantity *out, const struct reading *r, bool asked)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_NO_BUDGET && (asked || r->hits.at[i].to - r->hits.at[i].from > 1)) {
            set_status(out, UND_NONE, r, r->hits.at[i].from, r->hits.at[i].to);
            return true;
        }
    return false;
}

static void read_without_number(struct und_quantity *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_MONEY, topic = asked;

    for (size_t i = 0; i < r->w.n; i++)
        topic |= word_in(&r->w, i, "budget budgeted money funds spend cost price afford pay");
    if (!topic || status_cue(out, r, CUE_UNLIMITED, UND_UNLIMITED))
        return;
    if (asked && status_cue(out, r, CUE_NOT_KNOWN, UND_UNKNOWN))
        return;
    if (asked && status_cue(out, r, CUE_DEFLECT, UND_DEFLECT))
        return;
    if (asked && hits_any(&r->hits, CUE_UNSURE) && !hits_any(&r->hits, CUE_NO_BUDGET))
        status_cue(out, r, CUE_UNSURE, UND_UNKNOWN);
    else if (!no_budget(out, r, asked) && asked)
        status_cue(out, r, CUE_UNSURE, UND_UNKNOWN);
}

void en_read_money(struct und_quantity *out, const struct reading *r)
{
    struct candidate c[CANDIDATES_MAX];
    const struct candidate *best;
    size_t n = join_all(c, collect(c, r), r), first = 0;

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
