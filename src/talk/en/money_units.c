/* money_units.c - what a number counts: dollars a month, a seat, or people, weeks, percents, years and times of day. */
#include <math.h>
#include <string.h>

#include "talk/en/money.h"

#include "base/banned.h"

enum { DISTANT_REACH = 4, CORRECTED_REACH = 8 };

const char *money_currency(const struct words *w, size_t i)
{
    if (word_in(w, i, "dollar dollars bucks buck usd $ cent cents"))
        return "USD";
    if (word_in(w, i, "pound pounds quid gbp sterling"))
        return "GBP";
    if (word_in(w, i, "euro euros eur"))
        return "EUR";
    return NULL;
}

static const char *period_word(const struct words *w, size_t i)
{
    static const struct { const char *words, *period; } periods[] = {
        { "month months mo mth monthly", "month" }, { "year years yr annually annual yearly annum", "year" },
        { "quarter quarterly qtr", "quarter" },     { "week weekly wk", "week" },
    };

    for (size_t k = 0; k < sizeof periods / sizeof *periods; k++)
        if (word_in(w, i, periods[k].words))
            return periods[k].period;
    return NULL;
}

/* "once", "one time", "one-off", "up front", "as a lump sum", "all at once": words used. */
static size_t once_at(const struct words *w, size_t i)
{
    size_t n = word_is(w, i, "as") ? 1 : 0;

    n += word_in(w, i + n, "a an");
    if (word_is(w, i + n, "one") && word_in(w, i + n + 1, "time off shot"))
        return n + 2 + word_in(w, i + n + 2, "payment fee cost thing charge");
    if (word_in(w, i + n, "once upfront onetime oneoff"))
        return n + 1 + word_in(w, i + n + 1, "off");
    if (word_in(w, i + n, "lump single") && word_in(w, i + n + 1, "sum payment"))
        return n + 2;
    if (n == 0 && word_is(w, i, "up") && word_is(w, i + 1, "front"))
        return 2;
    return n == 0 && word_is(w, i, "all") && word_is(w, i + 1, "at") && word_is(w, i + 2, "once") ? 3 : 0;
}

/* Words between a preposition and the period: "for the whole fiscal year". */
static size_t before_period(const struct words *w, size_t i)
{
    size_t n = 0;

    if (word_in(w, i, "per each every"))
        n = 1;
    else if (word_in(w, i, "for over in across during on throughout") && word_in(w, i + 1, "the a this that each every one"))
        n = 2;
    else if (word_in(w, i, "a an"))
        n = 1;
    if (n == 2 && word_in(w, i + 2, "course") && word_is(w, i + 3, "of") && word_in(w, i + 4, "the a"))
        n = 5;
    while (n && word_in(w, i + n, "and each every single whole entire full fiscal calendar financial budget given coming first"))
        n++;
    return n;
}

/* A period at word i: "a month", "per year", "monthly", "for the fiscal year", "on a monthly basis". Words used. */
size_t money_period(const struct words *w, size_t i, const char **period)
{
    size_t n = before_period(w, i), once = once_at(w, i);
    const char *p = period_word(w, i + n);
    bool alone = word_in(w, i + n, "monthly annually annual yearly quarterly weekly");

    if (once) {
        *period = "once";
        return once;
    }
    if (p == NULL || (n == 0 && !alone) || (word_in(w, i, "for in over during") && word_in(w, i + n + 1, "or to now and a")))
        return 0;
    *period = p;
    return n + 1 + word_in(w, i + n + 1, "basis");
}

/* "A call", "per lead": so much apiece. Words used. */
static size_t piece_at(const struct words *w, size_t i, const char **piece)
{
    static const struct { const char *words, *piece; } pieces[] = {
        { "call calls", "call" }, { "lead leads inquiry enquiry contact", "lead" }, { "minute min", "minute" }, { "appointment booking meeting", "appointment" },
    };

    for (size_t k = 0; word_in(w, i, "a an per each every") && k < sizeof pieces / sizeof *pieces; k++)
        if (word_in(w, i + 1, pieces[k].words)) {
            *piece = pieces[k].piece;
            return 2;
        }
    return 0;
}

/* "A seat", "per user", "for each store": words used. */
static size_t each_at(const struct words *w, size_t i, enum each *each)
{
    size_t n = word_in(w, i, "a per each every an") ? 1 : word_is(w, i, "for") && word_in(w, i + 1, "each every") ? 2 : 0;

    if (n == 0)
        return 0;
    if (word_in(w, i + n, "seat user head person rep license licence agent employee member salesperson operator desk account"))
        *each = EACH_PERSON;
    else if (word_in(w, i + n, "location site store office shop branch clinic practice restaurant property truck vehicle"))
        *each = EACH_PLACE;
    else
        return 0;
    return n + 1;
}

/* A plural that is nobody's money: "trucks", "square feet". */
static bool is_plural(const struct words *w, size_t i)
{
    size_t n = i < w->n ? strlen(w->at[i].s) : 0;

    if (n < 4 || w->at[i].s[n - 1] != 's' || money_currency(w, i) || period_word(w, i))
        return false;
    return !word_in(w, i, "plus perhaps always sometimes less minus thus does ours yours this tops across unless guess versus class us thousands hundreds works sounds seems looks helps fits does makes comes goes "
                          "millions grands basis besides business yes figures towards afterwards upwards is was has gs pounds its");
}

static bool is_adjective(const struct words *w, size_t i)
{
    return word_in(w, i, "new full part time different other more active open paying existing sales support square remote big small little good whole good "
                         "people's individual single service office field front older bad work working qualified inbound outbound incoming");
}

/* What follows the number says that it is no money. */
static bool counts_other(const struct words *w, const struct amount *a)
{
    size_t i = a->to + word_in(w, a->to, "of");
    const char *period;

    if (money_period(w, a->to, &period) || piece_at(w, a->to, &period) || money_currency(w, i) || (i > a->to && word_in(w, i, "that it which")))
        return false;
    if (i > a->to && word_in(w, i, "them us those these you"))
        return true;
    if (word_in(w, i, "people persons person staff percent minute minutes hour hours day days week weeks month months year years quarters am pm oclock times folks guys "
                      "employee seat user agent th st nd rd fte x men women kids children us second seconds sq"))
        return true;
    if (word_in(w, i, "p a") && word_is(w, i + 1, "m"))
        return true;
    for (size_t k = i; k < i + 3; k++) {
        if (is_plural(w, k) || word_in(w, k, "people staff"))
            return !(k > a->to && w->at[k - 1].ends);
        if (!is_adjective(w, k) || w->at[k].ends)
            return false;
    }
    return false;
}

static bool counted_before(const struct words *w, size_t from)
{
    return money_is_company_size(w, from) ||
           (from > 1 && word_is(w, from - 1, "is") && word_in(w, from - 2, "extension number room age")) ||
           (from > 0 && word_in(w, from - 1, "extension q room building suite version option number step age aged top chapter route highway page plan tier level unit"));
}

/* "Fifteen hundred a year, I mean a month": the later period counts. */
static void take_corrected_period(struct candidate *c, const struct reading *r)
{
    const char *period;

    for (size_t i = c->to, n; c->period && i < r->w.n && i < c->to + CORRECTED_REACH && !number_word(&r->w, i); i++)
        if ((n = money_period(&r->w, i, &period)) && reading_corrects(r, c->to, i)) {
            c->period = period;
            c->to = i + n;
        }
}

/* Units behind the number, in any order: dollars, a month, per seat, tops. */
static void take_units(struct candidate *c, const struct reading *r)
{
    const struct words *w = &r->w;
    size_t i = c->a.to;

    for (bool more = true; more && i < w->n;) {
        size_t n = 0;
        const char *cur, *unused;

        more = false;
        if ((cur = money_currency(w, i)) && !word_is(w, i, "$")) {
            c->currency = cur;
            n = 1;
        } else if ((n = each_at(w, i, &c->each))) {
        } else if (c->period == NULL && ((n = money_period(w, i, &c->period)) || (n = piece_at(w, i, &c->period)))) {
        }
        if (n) {
            i += n;
            c->to = i;
            amount_take_after(r, &c->a, i);
            if (c->a.to > i)
                i = c->to = c->a.to;
            more = true;
        } else if (word_in(w, i, "total flat even all-in ish or us canadian roughly all only") &&
                   (money_currency(w, i + 1) || money_period(w, i + 1, &unused) || word_is(w, i + 1, "in"))) {
            i += 1 + word_is(w, i + 1, "in");
            more = true;
        }
    }
    if (c->to < c->a.to)
        c->to = c->a.to;
    take_corrected_period(c, r);
}

/* A period said elsewhere in the clause: "our monthly budget is two thousand", "for the year it is forty", "five hundred each for the three shops a month". What stands
 * behind another number is that number's. */
static void take_distant_period(struct candidate *c, const struct words *w)
{
    size_t lo = c->a.from, hi = c->to;

    while (lo > 0 && !(w->at[lo - 1].ends && lo + 6 < c->a.from) && (!number_word(w, lo - 1) || once_at(w, lo - 1)) && !word_in(w, lo - 1, "but"))
        lo--;
    if (lo > 0 && number_word(w, lo - 1))
        while (lo < c->a.from && !word_in(w, lo, "and but so or our the monthly"))
            lo++;
    for (size_t i = lo; i < c->a.from && c->period == NULL; i++)
        if (word_in(w, i, "monthly annual annually yearly quarterly") || (word_in(w, i, "per a each every") && period_word(w, i + 1)) ||
            (word_is(w, i, "for") && word_in(w, i + 1, "the this each every")) || once_at(w, i) > 1)
            money_period(w, i, &c->period);
    for (size_t i = hi; i < w->n && i < hi + DISTANT_REACH && c->period == NULL && !number_word(w, i) && !w->at[i - 1].ends; i++)
        money_period(w, i, &c->period);
}

static void take_distant_units(struct candidate *c, const struct words *w)
{
    take_distant_period(c, w);
    for (size_t i = c->to; word_is(w, c->to, "each") && i < w->n && i < c->to + 8 && c->period == NULL; i++)
        money_period(w, i, &c->period);
    if (c->a.from > 0 && c->currency == NULL)
        c->currency = money_currency(w, c->a.core_from - (c->a.core_from > 0));
}

/* "Two fifty a call" is 2.50: a pair without a scale, apiece. */
static void take_small_price(struct candidate *c, const struct words *w)
{
    const struct amount *a = &c->a;
    bool pair = !a->scaled && !a->range && a->value >= 100 && a->core_to - a->core_from >= 2;

    if (c->period && pair && word_in(w, c->to - 1, "call lead minute"))
        c->a.value /= 100, c->a.low /= 100, c->a.high /= 100;
}

bool money_candidate(struct candidate *c, const struct reading *r, size_t i, size_t *used)
{
    const struct words *w = &r->w;

    memset(c, 0, sizeof *c);
    *used = amount_read(r, i, &c->a);
    if (*used == 0)
        return false;
    c->from = c->a.from;
    c->to = c->a.to;
    if (w->at[i].minute >= 0)
        return false;
    if (c->a.dollar)
        c->currency = c->a.core_from > 0 && money_currency(w, c->a.core_from - 1) ? money_currency(w, c->a.core_from - 1) : "USD";
    if (counts_other(w, &c->a) || counted_before(w, c->a.core_from) || once_at(w, c->a.core_from) > 0)
        return false;
    money_take_cents(c, w);
    take_units(c, r);
    if (c->currency == NULL && c->period == NULL && !c->each && money_is_elsewhere(r, c))
        return false;
    take_small_price(c, w);
    money_take_product(c, w);
    take_distant_units(c, w);
    if (c->to > i + *used)
        *used = c->to - i;
    money_judge(c, r);
    return true;
}
