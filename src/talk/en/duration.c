/* duration.c - when: durations and calendar words as days from now.
 *
 * Candidates come from two grammars, plain durations (plain.c) and calendar words (date.c). Past times and durations of something else fall
 * away; corrections let the later one win. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/duration.h"
#include "talk/en/target.h"

#include "base/banned.h"

enum { SPANS_MAX = 12, PLAN_REACH = 10, BESIDE_A_TIME = 4 };

static bool repairs(const struct reading *r, const struct span *earlier, size_t to)
{
    return reading_corrects(r, earlier->to > 0 ? earlier->to - 1 : 0, to) || hits_find(&r->hits, CUE_OVERRULE, earlier->to, to);
}

/* "Not this quarter, maybe the next one": of the kind that was named before. */
static size_t next_one(struct span *s, const struct reading *r, size_t i, const struct span *before, const struct date_now *now)
{
    const struct words *w = &r->w;
    size_t n = word_is(w, i, "the"), kind = before->period + 1;
    struct stretch x;
    int which;

    if (before->period == 0 || !word_in(w, i + n, "next following") || !(word_is(w, i + n + 1, "one") || i + n + 1 == w->n))
        return 0;
    if (!date_period_at(w, kind, now, &x, &which, false))
        return 0;
    *s = (struct span){ .low = (double)(x.last + 1 - now->day), .has_low = true, .has_high = true, .marked = true, .from = i, .to = i + n + 2 };
    s->high = s->low + (double)(x.last - x.first);
    s->value = floor((s->low + s->high) / 2);
    s->to = s->to > w->n ? w->n : s->to;
    return s->to - i;
}

static size_t collect(struct span *out, const struct reading *r)
{
    struct date_now now;
    size_t n = 0;

    date_now_init(&now, r->in->now_local_ms);
    for (size_t i = 0; i < r->w.n && n < SPANS_MAX;) {
        struct span s;
        size_t used = duration_plain(&s, r, i, &now);

        if (used == 0 && n > 0)
            used = next_one(&s, r, i, &out[n - 1], &now);
        if (used == 0)
            used = date_span_in(&s, &r->w, i, &now, true);
        if (used == 0 && n > 0 && out[n - 1].unit_days > 0 && repairs(r, &out[n - 1], i))
            used = duration_bare(&s, r, i, out[n - 1].unit_days);
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
                              "stops waited cold goes elsewhere miss missed dies answer answers respond reply walk walked gone shut closes closed closing had"))
            return false;
        if (word_in(w, i - 1, "need needs needed want wants place live running start launch launching install installed implement implemented sorted solved fixed done "
                              "ready decide buy deadline timeline looking like love must should hoping hope aiming aim planning plan replace replacement "
                              "switch begin ideally going goal sooner"))
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
        } else if (repairs(r, best, s[i].from + (s[i].from < s[i].to))) {
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

/* "For six months now" is no haste. */
static bool is_so_far(const struct reading *r, const struct hit *h)
{
    return word_is(&r->w, h->from, "now") && h->from > 0 && (duration_unit_days(&r->w, h->from - 1) > 0 || word_in(&r->w, h->from - 1, "by until for"));
}

/* Words of haste count anywhere only in their clear forms. */
static const struct hit *asap(const struct reading *r)
{
    bool asked = r->in->asked == ASKED_DURATION || r->in->asked == ASKED_DATE;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue != CUE_ASAP || reading_negates(r, h->from) || is_so_far(r, h))
            continue;
        if (asked)
            return h;
        if (word_in(&r->w, h->from, "asap immediately straightaway urgently") || (word_is(&r->w, h->from, "as") && h->to - h->from >= 3) ||
            (word_is(&r->w, h->from, "right") && word_is(&r->w, h->from + 1, "away")))
            return hits_any(&r->hits, CUE_OPT_OUT) || hits_any(&r->hits, CUE_HUMAN) ? NULL : h;
    }
    return NULL;
}

/* "That depends on the board": what others charge would be avoided, a date is not known. */
static bool is_open(const struct reading *r, const struct hit *h)
{
    for (size_t i = h->from; i < h->to; i++)
        if (word_in(&r->w, i, "depends depend depending"))
            return true;
    return false;
}

/* "I couldn't put a date on it", "the date isn't set": what lacks is the knowledge of it. */
static bool is_unknown(const struct reading *r, const struct hit *never, const struct hit *unsure)
{
    if (unsure == NULL || never == NULL)
        return unsure != NULL;
    if (unsure->from <= never->from && unsure->to > never->to)
        return true;
    return unsure->from <= never->to && never->from <= unsure->to && word_in(&r->w, unsure->from, "put date deadline not have") && !word_in(&r->w, never->from, "no");
}

static void read_without_span(struct und_quantity *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_DURATION || r->in->asked == ASKED_DATE;
    const struct hit *h = asap(r), *never = hits_any(&r->hits, CUE_NO_DATE), *unsure = hits_any(&r->hits, CUE_UNSURE);
    const struct hit *avoids = hits_any(&r->hits, CUE_DEFLECT);

    if (h && !(asked && never && never->from < h->from)) {
        set(out, UND_STATED, r, h->from, h->to);
        out->has_value = out->has_low = out->has_high = true;
        out->high = 14;
    } else if (!asked) {
        return;
    } else if (avoids && !is_open(r, avoids) && !(never && never->from < avoids->from)) {
        set(out, UND_DEFLECT, r, avoids->from, avoids->to);
    } else if (never && !is_unknown(r, never, unsure)) {
        set(out, UND_NONE, r, never->from, never->to);
    } else if (unsure || avoids) {
        unsure = unsure ? unsure : avoids;
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
