/* plain.c - durations without a calendar: "three to four weeks", "a month and a half", "not for another year", "a week from monday". */
#include <math.h>
#include <string.h>

#include "talk/en/duration.h"

#include "base/banned.h"

enum { PAST_REACH = 7 };

double duration_unit_days(const struct words *w, size_t i)
{
    static const struct { const char *words; double days; } units[] = {
        { "day days", 1 },           { "week weeks wk wks", 7 },    { "month months mo mos", 30 }, { "quarter quarters", 90 },
        { "year years yr yrs", 365 }, { "fortnight fortnights", 14 }, { "hour hours hrs", 1.0 / 24 },
    };

    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (word_in(w, i, units[k].words))
            return units[k].days;
    return 0;
}

static void scale(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

static void set_single(struct amount *a, size_t i, size_t n, double value)
{
    *a = (struct amount){ .value = value, .low = value, .high = value, .has_low = true, .has_high = true, .from = i, .core_from = i, .to = i + n };
    a->core_to = a->to;
}

/* "half a year", "a half year", "half a month": words used. */
static size_t read_half(struct amount *a, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    size_t n = word_is(w, i, "half") ? 1 + word_in(w, i + 1, "a an") : word_is(w, i, "a") && word_is(w, i + 1, "half") ? 2 : 0;
    double days = n ? duration_unit_days(w, i + n) : 0;

    if (days <= 0)
        return 0;
    set_single(a, i, n + 1, days == 365 ? 182 : days < 1 ? days / 2 : floor(days / 2));
    amount_take_before(r, a);
    amount_take_after(r, a, a->core_to);
    return n + 1;
}

/* "and a half" or "or two" behind the unit: words used. */
static size_t read_more(struct amount *a, const struct words *w, size_t k, double days)
{
    struct amount more;
    size_t lead = word_in(w, k, "or to maybe") ? 1 + word_in(w, k + 1, "maybe possibly even so") : 0;

    if (word_is(w, k, "and") && word_is(w, k + 1, "a") && word_is(w, k + 2, "half")) {
        a->value += days / 2;
        a->low += days / 2;
        a->high += days / 2;
        return 3;
    }
    if (lead == 0 || duration_unit_days(w, k + lead) > 0 || number_read(w, k + lead, &more) == 0 || more.value > 12 || more.value * days <= a->value ||
        duration_unit_days(w, more.to) > 0)
        return 0;
    a->high = more.value * days;
    a->value = (a->low + a->high) / 2;
    a->range = true;
    return lead + (more.to - more.from);
}

/* "Weeks", "a matter of weeks": as many as a few. */
static size_t read_some(struct amount *a, const struct words *w, size_t i)
{
    size_t n = word_is(w, i, "a") && word_is(w, i + 1, "matter") && word_is(w, i + 2, "of") ? 3 : 0;

    if (n == 0 || !word_in(w, i + n, "days weeks months"))
        return 0;
    set_single(a, i, n, 3);
    a->high = 5;
    a->range = a->approx = true;
    return n;
}

/* A number with its unit, a plain duration: words used. */
static size_t read_plain(struct amount *a, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    double days;
    size_t n = read_half(a, r, i), k;

    if (n)
        return n;
    if ((n = read_some(a, w, i)) == 0)
        n = amount_read(r, i, a);
    if (n == 0 && (word_in(w, i, "a an another one") || (word_is(w, i, "the") && word_is(w, i + 1, "fortnight"))) &&
        duration_unit_days(w, i + 1 + word_in(w, i + 1, "full good whole solid couple")) > 0) {
        set_single(a, i, 1, 1);
        amount_take_before(r, a);
        n = 1;
    }
    if (n == 0)
        return 0;
    k = i + n + word_in(w, i + n, "of more full good solid short business working calendar other whole long odd");
    k += word_in(w, k, "of more full solid business working calendar");
    days = duration_unit_days(w, k);
    if (days <= 0)
        return 0;
    scale(a, days);
    k++;
    k += read_more(a, w, k, days);
    k += (word_is(w, k, "is") && word_is(w, k + 1, "time")) ? 2 : word_is(w, k, "time");
    a->core_to = a->to = k;
    amount_take_after(r, a, k);
    return k - i;
}

/* "A to B" where both name their units: "three weeks to two months". */
static size_t read_plain_range(struct amount *a, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    struct amount b;
    size_t n = read_plain(a, r, i), j, m;

    j = n ? word_in(w, i + n, "to or maybe") : 0;
    j += j && word_in(w, i + n + 1, "maybe possibly even perhaps");
    if (n == 0 || j == 0 || (m = read_plain(&b, r, i + n + j)) == 0 || b.value <= a->value)
        return n;
    a->high = b.high;
    a->value = (a->low + a->high) / 2;
    a->range = true;
    a->to = a->core_to = b.to;
    return n + j + m;
}

/* "Two hundred calls a week", "thirty dollars per user a month": a rate. A duration of "a month" stands alone, or behind small words and verbs. */
static bool is_rate(const struct words *w, size_t i)
{
    if (i == 0 || w->at[i - 1].ends)
        return false;
    if (word_in(w, i - 1, "per every each"))
        return true;
    if (!word_in(w, i, "a an one") || duration_unit_days(w, i + 1) <= 0)
        return false;
    return !word_in(w, i - 1, "in within about around maybe like for after over under least than most need needs take takes say is are was be would probably just only "
                              "not or and but to it that this perhaps half inside by before almost nearly roughly approximately me us him them give given want "
                              "wants ideally realistically hopefully well yeah yes yep okay ok sure so um uh no honestly actually i guess think mean exactly "
                              "until till from of on oh please have got with up somewhere something between possibly more less the took spend quite what "
                              "too long next last another know maximum minimum tops max does did can could if even at hmm still did lasted");
}

/* What stands behind a time gone by, or a length of something else. */
static bool is_past_behind(const struct words *w, size_t i, size_t from)
{
    if (word_is(w, i, "now"))
        return !(from > 0 && word_in(w, from - 1, "in within from"));
    if (word_in(w, i, "ago old running trial contract notice warranty term agreement lease experience back earlier previously straight already"))
        return true;
    return word_is(w, i, "of") && word_in(w, i + 1, "experience history data notice runway service");
}

/* "We've been ... for", "it took ... ": the clause before the duration speaks of what was, or of how long something lasts. */
static bool is_past_before(const struct words *w, size_t i)
{
    bool in = i > 0 && word_in(w, i - 1, "in within by another next inside");

    if (i > 0 && word_in(w, i - 1, "last past previous since first takes took spent spend waited lasts"))
        return true;
    for (size_t k = i; k > 0 && i - k < PAST_REACH && !w->at[k - 1].ends && !word_in(w, k - 1, "but so need want and"); k--) {
        if (word_in(w, k - 1, "took spent waited lasted takes lasts"))
            return true;
        if (!in && word_in(w, k - 1, "been worked used ran had lived run did") && k > 1 && word_in(w, k - 2, "have has had i we they it already is just"))
            return true;
        if (!in && word_in(w, k - 1, "contract notice warranty subscription guarantee trial commitment") && !word_in(w, i - 1, "for"))
            return true;
    }
    return false;
}

static bool is_future(const struct words *w, const struct amount *a)
{
    return word_is(w, a->to, "from") || word_in(w, a->to, "out away");
}

static bool is_past(const struct words *w, const struct amount *a)
{
    size_t i = a->core_from, from = a->from;

    if (is_rate(w, i) || is_past_behind(w, a->to, i))
        return true;
    if (is_future(w, a))
        return false;
    if (is_past_before(w, i) || (from < i && is_past_before(w, from)))
        return true;
    if (from > 0 && word_is(w, from - 1, "for"))
        return !(from > 1 && word_in(w, from - 2, "not least ready it wait need delay off postpone hold"));
    return from > 0 && word_in(w, from - 1, "hours times calls people twice once hour dollars thousand hundred grand k");
}

/* The words before the duration make it a deadline or a first day. */
static void take_preposition(struct span *s, const struct words *w, struct amount *a)
{
    size_t i = a->from, n = 0;
    bool window = false, lower = false;

    if (i > 0 && word_in(w, i - 1, "the another"))
        i--;
    if (i > 0 && word_in(w, i - 1, "within by before inside"))
        n = 1, window = true;
    else if (i > 0 && word_in(w, i - 1, "next coming following"))
        n = 1 + (i > 1 && word_is(w, i - 2, "the")), window = true;
    else if (i < a->from && i > 0 && word_in(w, i - 1, "in over"))
        n = 1, window = true;
    else if (i > 1 && word_in(w, i - 2, "not no") && word_in(w, i - 1, "for until in sooner"))
        n = 2, lower = true;
    else if (i > 0 && word_in(w, i - 1, "after"))
        n = 1, lower = true;
    if (window && n && i > n && word_is(w, i - n - 1, "not"))
        n++, lower = true, window = false;
    if (n && i > n && window && word_in(w, i - n - 1, "in within over by inside"))
        n++;
    if (window && !a->bounded) {
        s->low = 0;
        s->value = s->high = a->range && a->approx ? a->low : a->range ? a->high : a->value;
        s->has_low = s->has_high = true;
    } else if (lower || (word_is(w, a->core_from, "another") && i > 1 && word_in(w, i - 2, "not least"))) {
        s->value = s->low = a->low;
        s->has_high = false;
    }
    if (n == 0 && i > 0 && word_in(w, i - 1, "in"))
        n = 1;
    s->marked = n > 0 || word_in(w, i, "within under") || is_future(w, a) || word_in(w, a->to, "tops max");
    s->from = i - n;
}

/* "A week from monday": counted from there. */
static void take_anchor(struct span *s, const struct words *w, const struct date_now *now)
{
    double ahead = 0;
    size_t n = date_anchor(&ahead, w, s->to, now);

    s->to += n;
    s->value += ahead;
    s->low += ahead;
    s->high += ahead;
}

size_t duration_plain(struct span *s, const struct reading *r, size_t i, const struct date_now *now)
{
    const struct words *w = &r->w;
    struct amount a;
    size_t n = read_plain_range(&a, r, i);

    memset(s, 0, sizeof *s);
    if (n == 0)
        return 0;
    if (is_past(w, &a)) {
        s->past = true;
        return n;
    }
    amount_spread(&a);
    *s = (struct span){ .value = a.value, .low = a.low, .high = a.high, .has_low = a.has_low, .has_high = a.has_high, .approx = a.approx, .to = a.to };
    take_preposition(s, w, &a);
    if (a.bounded && !s->has_high && word_in(w, a.core_from - (a.core_from > 0), "over") && r->in->asked != ASKED_DURATION)
        s->marked = false;
    take_anchor(s, w, now);
    for (size_t k = s->to; k + 1 < w->n && k < s->to + 6; k++)
        if (word_in(w, k, "before by") && word_in(w, k + 1, "then that") && s->has_high) { /* "we open in three weeks, so before then" */
            s->low = 0;
            s->value = s->high;
        }
    s->unit_days = 1;
    for (size_t k = a.core_from; k < a.core_to; k++)
        if (duration_unit_days(w, k) > 0)
            s->unit_days = duration_unit_days(w, k);
    return s->to > i + n ? s->to - i : n;
}

size_t duration_bare(struct span *s, const struct reading *r, size_t i, double unit_days)
{
    struct amount a;
    size_t n = amount_read(r, i, &a);

    memset(s, 0, sizeof *s);
    if (n == 0 || word_in(&r->w, i, "one a") || (i > 0 && word_is(&r->w, i - 1, "no") && i > 1 && word_in(&r->w, i - 2, "have got is")))
        return 0;
    amount_spread(&a);
    *s = (struct span){ .value = a.value * unit_days, .low = a.low * unit_days, .high = a.high * unit_days, .has_low = true, .has_high = a.has_high,
                        .marked = true, .from = a.from, .to = a.to, .unit_days = unit_days };
    return n;
}
