/* money.c - budgets: which of the numbers is the money, and what the sentence says about it.
 *
 * Every number of the utterance is a candidate (money_units.c reads what it counts). Candidates that count people, weeks or percents fall
 * away, prices paid today and amounts gone by are set aside, corrections let the later one win, two bounds become one range. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/money.h"

#include "base/banned.h"

enum { CANDIDATES_MAX = 12, FIGURE_REACH = 6, BARE_MAX = 20 };

/* Without a sign of money a number counts only as the answer to a question about money. */
static bool is_money(const struct reading *r, const struct candidate *c)
{
    bool asked = r->in->asked == ASKED_MONEY, marked = c->currency || c->a.slang;
    bool topic = hits_any(&r->hits, CUE_BUDGET) != NULL;

    if (c->other || money_refused(r, c))
        return false;
    if (marked)
        return asked || c->spent || money_offered(r, c) || reading_corrects(r, 0, c->from);
    if (asked)
        return c->a.value >= 20 || c->period || c->each || c->a.scaled || (c->a.value != 1 && r->w.n <= c->to - c->from + 3);
    if (c->period && c->a.value >= 100 && c->from > 0 && reading_corrects(r, 0, c->from)) /* "actually, make that fifteen hundred a month" */
        return true;
    return topic && c->a.value >= 100 && (c->period || c->a.scaled) && money_offered(r, c);
}

/* "A thousand, well, twelve hundred". */
static bool takes_back(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (word_is(w, i, "well") && i > 0 && (w->at[i - 1].ends || w->at[i].ends))
            return true;
    return false;
}

static bool repairs(const struct reading *r, const struct candidate *earlier, const struct candidate *later)
{
    size_t from = earlier->to > 0 ? earlier->to - 1 : 0, to = later->a.core_from;

    if (reading_corrects(r, from, to) || takes_back(&r->w, earlier->to, to))
        return true;
    return !later->gone && hits_find(&r->hits, CUE_OVERRULE, earlier->to, to) != NULL;
}

/* "... and a maximum of four" behind a minimum. */
static bool bounds_former(const struct candidate *former, const struct candidate *c)
{
    return former->a.bounded && c->a.bounded && former->a.has_high != c->a.has_high;
}

/* A number that would be too small, or too bare, for money alone continues what stands before it. */
static bool continues(const struct reading *r, const struct candidate *former, const struct candidate *c)
{
    return !c->other && (repairs(r, former, c) || (former->gone && !c->gone) || (former->denied && !c->denied) || bounds_former(former, c) ||
                         (former->spent && !c->spent && money_offered(r, c)));
}

static size_t collect(struct candidate *out, const struct reading *r)
{
    struct candidate last; /* of any kind: "half of that" refers to it */
    size_t n = 0;
    bool any = false;

    for (size_t i = 0; i < r->w.n && n < CANDIDATES_MAX;) {
        struct candidate c;
        size_t used = money_derived(&c, r, i, any ? &last : NULL);

        if (used > 0) {
            out[n++] = c;
        } else if (money_candidate(&c, r, i, &used)) {
            if (n == 0 && any && bounds_former(&last, &c)) /* "over two but under three thousand" */
                out[n++] = last;
            if (is_money(r, &c) || ((any || n > 0) && continues(r, n > 0 ? &out[n - 1] : &last, &c)))
                out[n++] = c;
            last = c;
            any = true;
        }
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
    c->each = c->each ? c->each : other->each;
}

/* Figures have no scale: "2,000, actually make it three" means what is nearest. */
static double nearest_scale(double later, double earlier)
{
    double best = 1;

    for (double s = 100; s <= 1000; s *= 10)
        if (fabs(log(later * s / earlier)) < fabs(log(later * best / earlier)))
            best = s;
    return best;
}

/* The later number is "fifteen" for "fifteen hundred": it takes what it lacks from the one that it corrects. */
static void inherit(struct candidate *later, const struct candidate *earlier)
{
    const struct amount *e = &earlier->a;

    if (!later->a.scaled && later->a.value > 0 && later->a.value < 100 && !e->scaled && e->value >= 100)
        multiply(&later->a, nearest_scale(later->a.value, e->value));
    else if (!later->a.scaled && later->a.value < 100 && e->big && later->a.value * 1000 >= e->value / 20)
        multiply(&later->a, e->value >= 1e6 ? 1e6 : 1e3);
    else if (!later->a.scaled && later->a.value < 100 && e->scaled && e->value >= 100 && e->value < 10000)
        multiply(&later->a, 100);
    take_units_of(later, earlier);
}

/* "More than two but less than five thousand", "two thousand a month to three thousand a month": one range. */
static bool joins(const struct reading *r, struct candidate *a, const struct candidate *b)
{
    const struct words *w = &r->w;
    bool bounds = bounds_former(a, b);
    struct amount second = b->a;
    double before = a->a.value;

    if (a->spent || b->spent || a->a.range || (!bounds && reading_corrects(r, a->to > 0 ? a->to - 1 : 0, b->a.core_from)))
        return false;
    if (bounds && a->a.has_high) { /* the ceiling was said first */
        struct candidate low = *b;

        inherit(&low, a);
        low.a.low = low.a.value;
        second = a->a;
        second.low = second.value;
        second.to = second.core_to = b->a.to;
        amount_join(&low.a, &second);
        if (!low.a.range)
            return false;
        low.from = a->from;
        take_units_of(&low, a);
        *a = low;
        return true;
    }
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
    return (c->currency != NULL) * 2 + (c->period != NULL) * 2 + c->a.slang + c->a.scaled + (c->each != EACH_NONE);
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
        if (c[i].spent || (c[i].denied && best))
            continue;
        if (best == NULL && i > 0 && c[i - 1].spent && !c[i].a.scaled && c[i].a.value < BARE_MAX) /* "they charge seven hundred, I want to pay five" */
            inherit(&c[i], &c[i - 1]);
        if (c[i].derived) {
            best = &c[i];
            *first = c[i].from;
        } else if (best && (repairs(r, best, &c[i]) || (best->gone && !c[i].gone) || (best->denied && !c[i].denied))) {
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
    out->seats = c->each ? money_seats(r, c->each) : 0;
    snprintf(out->unit, sizeof out->unit, "%s%s%s%s", c->currency ? c->currency : "USD", c->each ? "/seat" : "", c->period ? "/" : "",
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

/* "Not sure what the budget is": the denial belongs to the doubt. */
static bool is_doubt(const struct reading *r, const struct hit *h)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_UNSURE && r->hits.at[i].from == h->from && word_in(&r->w, h->from + 1, "sure know certain decided"))
            return true;
    return false;
}

static bool no_budget(struct und_quantity *out, const struct reading *r, bool asked)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue == CUE_NO_BUDGET && (asked || h->to - h->from > 1) && !is_doubt(r, h)) {
            set_status(out, UND_NONE, r, h->from, h->to);
            return true;
        }
    }
    return false;
}

/* "Haven't put a number on it", "the figure isn't set", "we never discussed an amount": what lacks is the figure, not the money. */
static bool lacks_figure(struct und_quantity *out, const struct reading *r)
{
    const struct words *w = &r->w;
    size_t from = SIZE_MAX, figure = SIZE_MAX, to;

    for (size_t i = 0; i < w->n; i++) {
        if (from == SIZE_MAX && word_in(w, i, "not never no nobody"))
            from = i;
        if (figure == SIZE_MAX && word_in(w, i, "number figure amount numbers figures"))
            figure = i;
    }
    if (from == SIZE_MAX || figure == SIZE_MAX)
        return false;
    to = from > figure ? from : figure;
    from = from > figure ? figure : from;
    if (to - from > FIGURE_REACH)
        return false;
    set_status(out, UND_UNKNOWN, r, from, to + 1);
    return true;
}

/* "Not any limit" is one; "not any budget" denies it. */
static bool unlimited(struct und_quantity *out, const struct reading *r)
{
    const struct hit *h = hits_any(&r->hits, CUE_UNLIMITED);

    return h != NULL && !reading_negates(r, h->from) && status_cue(out, r, CUE_UNLIMITED, UND_UNLIMITED);
}

static void read_without_number(struct und_quantity *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_MONEY, topic = asked;

    for (size_t i = 0; i < r->w.n; i++)
        topic |= word_in(&r->w, i, "budget budgeted money funds spend cost price afford pay");
    if (!topic || unlimited(out, r))
        return;
    if (asked && status_cue(out, r, CUE_NOT_KNOWN, UND_UNKNOWN))
        return;
    if (asked && status_cue(out, r, CUE_DEFLECT, UND_DEFLECT))
        return;
    if (asked && lacks_figure(out, r))
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
