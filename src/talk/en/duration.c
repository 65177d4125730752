/* duration.c - when: durations and calendar words as days from now.
 *
 * Candidates come from two grammars, plain durations ("three to four weeks") here and calendar words ("end of june") in
 * date.c. Past times and durations of something else fall away; corrections let the later one win. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/date.h"
#include "talk/en/en.h"

#include "base/banned.h"

enum { SPANS_MAX = 12, PLAN_REACH = 10, BESIDE_A_TIME = 4 };

static double unit_days(const struct words *w, size_t i)
{
    if (word_in(w, i, "day days"))
        return 1;
    if (word_in(w, i, "week weeks wk wks"))
        return 7;
    if (word_in(w, i, "month months mo mos"))
        return 30;
    if (word_in(w, i, "quarter quarters"))
        return 90;
    if (word_in(w, i, "year years yr yrs"))
        return 365;
    return 0;
}

static void scale(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

/* "a week", "a month and a half", "half a year", "a week or two", "one or two months": words used. */
static size_t read_plain(struct amount *a, const struct words *w, size_t i)
{
    struct amount more;
    double days;
    size_t n, k;

    if (word_is(w, i, "half") && word_in(w, i + 1, "a") && (days = unit_days(w, i + 2)) > 0) {
        *a = (struct amount){ .value = days == 365 ? 182 : floor(days / 2), .from = i, .has_low = true, .has_high = true };
        a->low = a->high = a->value;
        a->core_from = i;
        a->to = i + 3;
        return 3;
    }
    n = amount_read(w, i, a);
    if (n == 0 && word_in(w, i, "a an another") && unit_days(w, i + 1) > 0) {
        *a = (struct amount){ .value = 1, .low = 1, .high = 1, .has_low = true, .has_high = true, .from = i, .core_from = i };
        n = 1;
    }
    if (n == 0)
        return 0;
    k = i + n + word_in(w, i + n, "of more full good solid short business working calendar");
    days = unit_days(w, k);
    if (days <= 0)
        return 0;
    if (word_in(w, i, "a an another") && n == 1)
        amount_take_before(w, a);
    scale(a, days);
    k++;
    if (word_is(w, k, "and") && word_is(w, k + 1, "a") && word_is(w, k + 2, "half")) {
        scale(a, (a->value / days + 0.5) / (a->value / days));
        k += 3;
    } else if (word_in(w, k, "or to") && (unit_days(w, k + 1) == 0) && number_read(w, k + 1, &more) && more.value <= 12 && more.value * days > a->value &&
               unit_days(w, k + 1 + (more.to - more.from)) == 0) {
        a->high = more.value * days;
        a->value = (a->low + a->high) / 2;
        a->range = true;
        k += 1 + (more.to - more.from);
    }
    a->core_to = a->to = k;
    amount_take_after(w, a, k);
    return k - i;
}

/* "A to B" where both name their units: "three weeks to two months". */
static size_t read_plain_range(struct amount *a, const struct words *w, size_t i)
{
    struct amount b;
    size_t n = read_plain(a, w, i), m;

    if (n == 0 || !word_in(w, i + n, "to or maybe") || (m = read_plain(&b, w, i + n + 1)) == 0 || b.value <= a->value)
        return n;
    a->high = b.high;
    a->value = (a->low + a->high) / 2;
    a->range = true;
    a->to = a->core_to = b.to;
    return n + 1 + m;
}

static bool is_past(const struct words *w, const struct amount *a)
{
    size_t i = a->from;

    if (word_in(w, a->to, "ago old now running trial contract notice warranty term agreement lease experience back earlier previously straight") ||
        (word_is(w, a->to, "of") && word_in(w, a->to + 1, "experience history data notice runway")))
        return !(word_is(w, a->to, "now") && i > 0 && word_in(w, i - 1, "in within"));
    if (i > 0 && word_in(w, i - 1, "last past previous since every each per ago first for takes took spent spend waited"))
        return !(word_is(w, i - 1, "for") && i > 1 && word_is(w, i - 2, "not"));
    if (i > 1 && word_in(w, i - 1, "than about around almost nearly over roughly") && word_in(w, i - 2, "been more for took takes last past"))
        return true;
    for (size_t k = 2; k <= 4 && k <= i && !w->at[i - k].ends; k++)
        if (word_in(w, i - k, "took spent waited lasted"))
            return true;
    if (i > 0 && word_in(w, i - 1, "a per") && !word_in(w, i, "couple few"))
        return true;
    return i > 0 && word_in(w, i - 1, "hours times calls people twice once hour dollars thousand hundred grand k");
}

/* The preposition before the duration makes it a deadline or a first day. */
static void take_preposition(struct span *s, const struct words *w, struct amount *a)
{
    size_t i = a->from;
    bool window = false, lower = false;
    size_t n = 0;

    if (i > 1 && word_is(w, i - 1, "the") && word_in(w, i - 2, "in within over"))
        n = 2, window = true;
    else if (i > 0 && word_in(w, i - 1, "next coming following"))
        n = 1, window = true;
    else if (i > 0 && word_in(w, i - 1, "within by before inside"))
        n = 1, window = true;
    else if (i > 2 && word_in(w, i - 3, "sooner less") && word_is(w, i - 2, "than"))
        n = 1, window = true;
    else if (i > 1 && word_is(w, i - 2, "not") && word_in(w, i - 1, "for before until within in"))
        n = 2, lower = true;
    else if (i > 0 && word_in(w, i - 1, "after"))
        n = 1, lower = true;
    if (i > 1 && window && word_in(w, i - 1, "within before by") && word_is(w, i - 2, "not"))
        n = 2, lower = true, window = false;
    if (window && !a->bounded) {
        s->low = 0;
        s->value = s->high = a->range ? a->low : a->value;
        if (a->range && !a->approx)
            s->value = s->high = a->high;
        s->approx = a->approx;
    } else if (lower) {
        s->value = s->low = a->low;
        s->has_high = false;
    }
    if (n == 0 && i > 0 && word_in(w, i - 1, "in"))
        n = 1;
    s->marked = n > 0 || word_in(w, i, "within under") || word_is(w, a->to, "from") || word_in(w, a->to, "out tops max");
    s->from = i - n;
    if (s->from >= 2 && word_is(w, s->from - 1, "the") && word_in(w, s->from - 2, "in within over"))
        s->from -= 2;
}

static size_t plain_span(struct span *s, const struct words *w, size_t i)
{
    struct amount a;
    size_t n = read_plain_range(&a, w, i);

    memset(s, 0, sizeof *s);
    if (n == 0)
        return 0;
    if (is_past(w, &a)) {
        s->past = true;
        return n;
    }
    amount_spread(&a);
    s->value = a.value;
    s->low = a.low;
    s->high = a.high;
    s->has_low = a.has_low;
    s->has_high = a.has_high;
    s->approx = a.approx;
    s->to = a.to;
    if (word_is(w, s->to, "from") && word_in(w, s->to + 1, "now today"))
        s->to += 2;
    take_preposition(s, w, &a);
    s->unit_days = 1;
    for (size_t k = a.core_from; k < a.core_to; k++)
        if (unit_days(w, k) > 0)
            s->unit_days = unit_days(w, k);
    return n;
}

/* A bare number that corrects a duration: "two weeks, no, three". */
static size_t bare_span(struct span *s, const struct words *w, size_t i, const struct span *before)
{
    struct amount a;
    size_t n = amount_read(w, i, &a);

    memset(s, 0, sizeof *s);
    if (n == 0)
        return 0;
    s->value = a.value * before->unit_days;
    s->low = a.low * before->unit_days;
    s->high = a.high * before->unit_days;
    s->has_low = s->has_high = s->marked = true;
    s->from = a.from;
    s->to = a.to;
    s->unit_days = before->unit_days;
    return n;
}

static size_t collect(struct span *out, const struct reading *r)
{
    struct date_now now;
    size_t n = 0;

    date_now_init(&now, r->in->now_local_ms);
    for (size_t i = 0; i < r->w.n && n < SPANS_MAX;) {
        struct span s;
        size_t used = plain_span(&s, &r->w, i);

        if (used == 0)
            used = date_span(&s, &r->w, i, &now);
        if (used == 0 && n > 0 && out[n - 1].unit_days > 0 && reading_corrects(r, out[n - 1].to > 0 ? out[n - 1].to - 1 : 0, i))
            used = bare_span(&s, &r->w, i, &out[n - 1]);
        if (used && !s.past)
            out[n++] = s;
        i += used ? used : 1;
    }
    return n;
}

/* "not this quarter, probably the next one": a plain refusal of one time is not the answer when another follows. */
static bool refused(const struct reading *r, const struct span *s)
{
    return s->from > 0 && word_is(&r->w, s->from - 1, "not") && s->has_high;
}

/* Unasked, a time is a timeline where the clause before it speaks of a plan ("we need it live by June"), or where little else is said;
 * "our software is switched off in May" is neither. */
static bool is_plan(const struct reading *r, const struct span *s)
{
    const struct words *w = &r->w;
    for (size_t i = s->from; i > 0 && !w->at[i - 1].ends && s->from - i < PLAN_REACH; i--) {
        if (word_in(w, i - 1, "because since cause"))
            break;
        if (word_in(w, i - 1, "off shuts shutting expires expire expired ends ending lose losing lost leave leaves leaving left quit quits retire retires "
                              "stops waited cold goes elsewhere miss missed"))
            return false;
        if (word_in(w, i - 1, "need needs want wants place live running start started going launch launching have having get install installed implement "
                                  "implemented sorted solved fixed done ready decide buy deadline timeline looking like must should hoping aiming aim "
                                  "planning plan replace replacement switch begin up ideally something"))
            return true;
    }
    return w->n <= s->to - s->from + BESIDE_A_TIME;
}

/* "Sorry, for the timeline, make that six weeks." */
static bool is_correction(const struct reading *r, const struct span *s)
{
    const struct words *w = &r->w;

    if (!reading_corrects(r, 0, s->from) || r->in->asked == ASKED_CALLBACK)
        return false;
    for (size_t i = 0; i < s->from; i++)
        if (word_in(w, i, "timeline timing timeframe deadline"))
            return true;
    return s->from > 1 && word_in(w, s->from - 1, "that it") && word_in(w, s->from - 2, "make makes");
}

static bool wanted(const struct reading *r, const struct span *s)
{
    if (r->in->asked == ASKED_DURATION || r->in->asked == ASKED_DATE)
        return true;
    if (is_correction(r, s))
        return true;
    if (!s->marked || r->in->asked == ASKED_CALLBACK || !is_plan(r, s))
        return false;
    return hits_find(&r->hits, CUE_CALL_BACK, 0, s->from + 1) == NULL && hits_any(&r->hits, CUE_BUSY) == NULL;
}

static const struct span *choose(const struct span *s, size_t n, const struct reading *r, size_t *first)
{
    const struct span *best = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!wanted(r, &s[i]))
            continue;
        if (best && refused(r, best)) {
            best = NULL;
        }
        if (best == NULL) {
            best = &s[i];
            *first = s[i].from;
        } else if (reading_corrects(r, best->to > 0 ? best->to - 1 : 0, s[i].from + (s[i].from < s[i].to))) {
            best = &s[i];
        }
    }
    return best;
}

static void set(struct und_quantity *out, enum und_status st, const struct reading *r, size_t from, size_t to)
{
    out->status = st;
    words_quote(out->evidence, sizeof out->evidence, &r->w, from, to);
}

static void fill(struct und_quantity *out, const struct span *s, const struct reading *r, size_t from)
{
    set(out, UND_STATED, r, from, s->to);
    out->value = round(s->value * 10) / 10;
    out->low = round(s->low * 10) / 10;
    out->high = round(s->high * 10) / 10;
    out->has_value = true;
    out->has_low = s->has_low;
    out->has_high = s->has_high;
    out->approx = s->approx;
    if (refused(r, s)) {
        out->value = out->low = s->high + 1;
        out->has_high = false;
        out->high = 0;
    }
}

/* Words of haste count anywhere only in their clear forms. */
static const struct hit *asap(const struct reading *r)
{
    bool asked = r->in->asked == ASKED_DURATION || r->in->asked == ASKED_DATE;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue != CUE_ASAP || reading_negates(r, h->from))
            continue;
        if (asked)
            return h;
        if (word_in(&r->w, h->from, "asap immediately straightaway urgently") || (word_is(&r->w, h->from, "as") && h->to - h->from >= 3) ||
            (word_is(&r->w, h->from, "right") && word_is(&r->w, h->from + 1, "away")))
            return hits_any(&r->hits, CUE_OPT_OUT) || hits_any(&r->hits, CUE_HUMAN) ? NULL : h;
    }
    return NULL;
}

static void read_without_span(struct und_quantity *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_DURATION || r->in->asked == ASKED_DATE;
    const struct hit *h = asap(r);
    const struct hit *never = hits_any(&r->hits, CUE_NO_DATE), *unsure = hits_any(&r->hits, CUE_UNSURE);

    if (h && !(asked && never && never->from < h->from)) {
        set(out, UND_STATED, r, h->from, h->to);
        out->has_value = out->has_low = out->has_high = true;
        out->high = 14;
    } else if (asked && never) {
        set(out, UND_NONE, r, never->from, never->to);
    } else if (asked && (h = hits_any(&r->hits, CUE_DEFLECT))) {
        set(out, UND_DEFLECT, r, h->from, h->to);
    } else if (asked && unsure) {
        set(out, UND_UNKNOWN, r, unsure->from, unsure->to);
    }
}

void en_read_duration(struct und_quantity *out, const struct reading *r)
{
    struct span s[SPANS_MAX];
    size_t n = collect(s, r), first = 0;
    const struct span *best = choose(s, n, r, &first);

    memset(out, 0, sizeof *out);
    if (best)
        fill(out, best, r, first);
    else
        read_without_span(out, r);
    if (out->status != UND_ABSENT)
        snprintf(out->unit, sizeof out->unit, "days");
}
