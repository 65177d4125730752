/* answer.c - yes, no and their disguises; doubt; asking for time; whether it was a question. */
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

bool reading_corrects(const struct reading *r, size_t from, size_t to)
{
    return hits_find(&r->hits, CUE_CORRECTION, from, to) != NULL;
}

bool reading_negates(const struct reading *r, size_t from)
{
    for (size_t i = from > 3 ? from - 3 : 0; i < from; i++)
        if (word_in(&r->w, i, "not never nobody neither") && !r->w.at[i].ends)
            return true;
    return false;
}

/* Words that may stand before a yes or a no without being part of the answer. */
static bool is_lead_in(const struct words *w, size_t i)
{
    return word_in(w, i, "well so oh okay ok and but i think guess mean hey hi hello honestly look i'd say to be honest frankly please just");
}

struct votes { size_t yes, no, yes_at, no_at, yes_end, no_end; };

static size_t first_substance(const struct words *w)
{
    size_t i = 0;

    while (i + 1 < w->n && is_lead_in(w, i))
        i++;
    return i;
}

/* "I'm not sure" is neither; "no, I'm not sure" says no. */
static bool is_doubt(const struct reading *r, const struct hit *h)
{
    if (h->cue != CUE_YES && h->cue != CUE_NO)
        return false;
    if (word_in(&r->w, h->from, "yes yeah yep yup nope nah no") && h->to == h->from + 1)
        return false;
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_UNSURE && r->hits.at[i].from <= h->from && r->hits.at[i].to >= h->to && r->hits.at[i].to - r->hits.at[i].from > h->to - h->from)
            return true;
    return false;
}

/* "I wouldn't say no" is longer than the "no" in it. */
static bool is_swallowed(const struct reading *r, const struct hit *h)
{
    enum cue opposite = h->cue == CUE_YES ? CUE_NO : CUE_YES;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *o = &r->hits.at[i];

        if (o->cue == (int)opposite && o->from < h->to && o->to > h->from && o->to - o->from > h->to - h->from)
            return h->cue == CUE_YES || h->cue == CUE_NO;
    }
    return false;
}

/* The first yes and no near the beginning; longer phrases swallow the shorter ones they contain. */
static void count_votes(struct votes *v, const struct reading *r)
{
    memset(v, 0, sizeof *v);
    v->yes_at = v->no_at = SIZE_MAX;
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (is_doubt(r, h) || is_swallowed(r, h))
            continue;
        if (h->cue == CUE_NO && (h->from < v->no_at || (h->from == v->no_at && h->to > v->no_end))) {
            v->no++;
            v->no_at = h->from;
            v->no_end = h->to;
        } else if (h->cue == CUE_YES && (h->from < v->yes_at || (h->from == v->yes_at && h->to > v->yes_end))) {
            v->yes++;
            v->yes_at = h->from;
            v->yes_end = h->to;
        }
    }
}

static bool inside(size_t at, size_t from, size_t to)
{
    return at != SIZE_MAX && at >= from && at < to;
}

/* "yeah no" is no, "no yeah" is yes, "no problem" is yes, "not right now" is no. */
static enum und_yes_no decide(const struct reading *r, struct votes *v)
{
    const struct words *w = &r->w;
    size_t start = first_substance(w);
    bool bare = word_in(w, v->yes_at, "good great fine cool right okay ok perfect probably");

    if (inside(v->no_at, v->yes_at, v->yes_end) && v->yes_end > v->no_end)
        v->no_at = SIZE_MAX;
    else if (inside(v->yes_at, v->no_at, v->no_end))
        v->yes_at = SIZE_MAX;
    if (v->yes_at != SIZE_MAX && reading_negates(r, v->yes_at)) {
        if (v->no_at > v->yes_at)
            v->no_at = v->yes_at - 1;
        v->yes_at = SIZE_MAX;
    }
    if (v->yes_at == SIZE_MAX && v->no_at == SIZE_MAX)
        return UND_YN_NONE;
    if (v->yes_at != SIZE_MAX && v->no_at != SIZE_MAX) {
        size_t a = v->yes_at < v->no_at ? v->yes_at : v->no_at, b = v->yes_at < v->no_at ? v->no_at : v->yes_at;

        if (b - a <= 2 && !w->at[b - 1].ends && b <= start + 2)
            return b == v->no_at ? UND_NO : UND_YES;
        if (b - a <= 2 && b <= start + 2 && w->at[a].ends && b == v->no_at)
            return UND_NO;
        return a == v->no_at ? UND_NO : UND_YES;
    }
    if (v->no_at != SIZE_MAX)
        return v->no_at <= start + 4 ? UND_NO : UND_YN_NONE;
    if (bare && w->n > 4 && v->yes_at > start)
        return UND_YN_NONE;
    return v->yes_at <= start + 3 ? UND_YES : UND_YN_NONE;
}

static bool asks(const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (r->w.at[i].asks)
            return true;
    return hits_any(&r->hits, CUE_QUESTION) != NULL;
}

/* "I'd mind, actually": asked "do you mind", the word itself refuses. */
static bool minds(const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (word_is(&r->w, i, "mind"))
            return i > 0 && word_in(&r->w, i - 1, "do would i really actually") && !reading_negates(r, i) && !word_is(&r->w, 0, "no");
    return false;
}

/* Asked "do you mind": a plain no grants it, "I'd rather not" does not; a plain yes refuses, "sure, go ahead" does not. */
static enum und_yes_no granted(const struct reading *r, enum und_yes_no said, const struct votes *v)
{
    bool plain_no = word_in(&r->w, first_substance(&r->w), "no nope nah not of absolutely definitely certainly") ||
                    word_in(&r->w, v->no_at, "no nope nah not i") || word_in(&r->w, 0, "no nope nah");

    if (minds(r))
        return UND_NO;
    if (said == UND_NO)
        return plain_no && !hits_any(&r->hits, CUE_GRANT_NOT) ? UND_YES : UND_NO;
    if (said == UND_YES && !hits_any(&r->hits, CUE_GRANT) && !word_in(&r->w, 0, "no nope nah"))
        return UND_NO;
    return said;
}

void en_read_answer(struct understanding *out, const struct reading *r)
{
    struct votes v;

    count_votes(&v, r);
    out->yes_no = decide(r, &v);
    if (r->in->polarity_mind)
        out->yes_no = granted(r, out->yes_no, &v);
    out->uncertain = hits_any(&r->hits, CUE_UNSURE) != NULL;
    out->thinking = hits_any(&r->hits, CUE_THINKING) != NULL;
    out->correction = reading_corrects(r, 0, r->w.n);
    out->is_question = asks(r);
    out->back_to = hits_any(&r->hits, CUE_BACK_MONEY) ? ASKED_MONEY : hits_any(&r->hits, CUE_BACK_DATE) ? ASKED_DURATION : ASKED_NOTHING;
    out->correction |= hits_any(&r->hits, CUE_LOOKS_BACK) || out->back_to != ASKED_NOTHING;
    out->passes_on = hits_any(&r->hits, CUE_PASSES_ON) && !hits_any(&r->hits, CUE_CALL_BACK);
    out->dear = hits_any(&r->hits, CUE_DEAR) && !r->in->polarity_mind;
    for (size_t i = 0; i < r->w.n; i++)
        out->denies |= word_in(&r->w, i, "not no nobody never wrong left moved gone out away husband wife assistant office boss phone belongs used");
    out->vague = hits_any(&r->hits, CUE_SOMETIME) != NULL;
    out->set_aside = hits_any(&r->hits, CUE_SET_ASIDE) != NULL;
}
