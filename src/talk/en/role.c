/* role.c - who decides: the prospect, others after the prospect's word, or others altogether. */
#include <stdio.h>
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

static const struct hit *last_hit(const struct reading *r, enum cue cue)
{
    const struct hit *last = NULL;

    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == (int)cue && (last == NULL || r->hits.at[i].from > last->to || r->hits.at[i].to > last->to))
            last = &r->hits.at[i];
    return last;
}

/* A title counts for the speaker after "i am", "i'm the", "as", or when it is the whole answer. */
static const struct hit *own_title(const struct reading *r, enum cue cue)
{
    const struct words *w = &r->w;

    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];
        size_t at = h->from;

        if (h->cue != (int)cue || (word_is(w, at, "the") && at > 0 && !word_in(w, at - 1, "am as")))
            continue;
        while (at > 0 && h->from - at < 5 && !w->at[at - 1].ends &&
               !word_in(w, at - 1, "my our his her their your am ask by with from to boss and"))
            at--;
        if (at > 1 && word_is(w, at - 1, "am") && word_is(w, at - 2, "i"))
            return h;
        if (at == 0 && h->from <= 2 && !word_in(w, 0, "my our his her their your ask the a"))
            return h;
        if (at == 0 && w->n <= h->to - h->from + 2)
            return h;
        if (word_in(w, h->from - (h->from > 0), "as"))
            return h;
    }
    return NULL;
}

/* "Our founder": somebody else holds the title. */
static const struct hit *others_title(const struct reading *r)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_TITLE_DECIDES && r->hits.at[i].from > 0 && word_in(&r->w, r->hits.at[i].from - 1, "my our the"))
            return &r->hits.at[i];
    return NULL;
}

static void set_role(struct und_role *out, const char *value, const struct reading *r, const struct hit *h)
{
    snprintf(out->value, sizeof out->value, "%s", value);
    words_quote(out->evidence, sizeof out->evidence, &r->w, h->from, h->to);
}

static bool deputy(const struct reading *r, const struct hit *h)
{
    return word_in(&r->w, h->to, "assistant secretary") || word_in(&r->w, h->from - (h->from > 0), "assistant deputy associate");
}

/* "not my call", "I have no say": the phrase is denied before or within. */
static bool denied(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from > 2 ? h->from - 2 : 0; i < h->from; i++)
        if (word_in(w, i, "not never") && !word_is(w, i + 1, "only"))
            return true;
    for (size_t i = h->from + 1; i < h->to && word_in(w, h->from, "i we"); i++)
        if (word_in(w, i, "no not zero little"))
            return true;
    return false;
}

/* "My boss, well actually I decide myself": what is said after the correction holds. */
static bool overruled(const struct reading *r, const struct hit *earlier, const struct hit *later)
{
    if (earlier == NULL || later == NULL || earlier->to > later->from)
        return false;
    for (size_t k = later->from; k > earlier->to && later->from - k < 5; k--)
        if (word_in(&r->w, k - 1, "actually rather mean sorry no wait well but ultimately end though still"))
            return true;
    return false;
}

static bool is_within(const struct reading *r, const struct hit *h, enum cue cue)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == (int)cue && r->hits.at[i].from <= h->from && r->hits.at[i].to + 1 >= h->to && r->hits.at[i].to > h->from)
            return true;
    return false;
}

/* "I always ask my team first" leaves the decision with the speaker; asking upwards does not. */
static bool asks_peers(const struct reading *r, const struct hit *h)
{
    bool asks = word_in(&r->w, h->from, "ask talk check discuss consult run clear show along together plus involved and"), up = false;

    for (size_t i = h->from; i < h->to + 1 && i < r->w.n; i++)
        up |= word_in(&r->w, i, "boss manager ceo cfo cto coo director president vp board committee supervisor superiors owner chief head procurement finance upstairs approval");
    return asks && !up;
}

/* Unasked, only what plainly tells of the decision counts: "I own the company", "my boss signs off". */
static bool is_plain(const struct reading *r, const struct hit *h, bool decides)
{
    const char *own = "own owns owned owner owners decide decides decision decisions sign signs founder founded ceo boss company business shop firm approve budget";
    const char *others = "boss manager ceo cfo director owner supervisor committee board approve approves approval sign signs decide decides decision recommend shortlist";

    if (decides && !word_in(&r->w, h->from, "i we my our it just nobody sign both own"))
        return false;
    for (size_t i = h->from; i < h->to; i++)
        if (word_in(&r->w, i, decides ? own : others))
            return true;
    return decides && word_is(&r->w, h->to - 1, "call");
}

/* "Our call center" is nobody's call. */
static bool is_telephone(const struct reading *r, const struct hit *h)
{
    return word_is(&r->w, h->to - 1, "call") && word_in(&r->w, h->to, "center centers centre centres volume volumes list handler handlers log logs times answering was is");
}

/* "Nobody above me", "no boss over me". */
static bool is_nobody(const struct words *w, size_t from)
{
    return from > 0 && (word_in(w, from - 1, "nobody noone") || (from > 1 && word_is(w, from - 2, "no") && word_in(w, from - 1, "one boss manager superior")));
}

/* "Not my department, I'm only collecting information": errands of somebody who has no say. */
static bool is_errand(const struct reading *r, const struct hit *h)
{
    for (size_t i = h->from; i < h->to; i++)
        if (word_in(&r->w, i, "collect collecting gather gathering"))
            return true;
    return false;
}

/* The first hit of a cue that is not denied and not part of a phrase of having no say. */
static const struct hit *valid_hit(const struct reading *r, enum cue cue)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue != (int)cue || is_within(r, h, CUE_NO_SAY))
            continue;
        if (cue == CUE_RECOMMENDS && is_nobody(&r->w, h->from))
            continue;
        if (cue == CUE_DECIDES && (denied(r, h) || (is_telephone(r, h) && !word_is(&r->w, h->from, "it"))))
            continue;
        if (r->in->asked == ASKED_ROLE || is_plain(r, h, cue == CUE_DECIDES))
            return h;
    }
    return NULL;
}

struct claims { const struct hit *decides, *recommends, *none, *title, *small, *other; };

static void read_claims(struct claims *c, const struct reading *r)
{
    const struct hit *last = last_hit(r, CUE_DECIDES);

    *c = (struct claims){ .decides = valid_hit(r, CUE_DECIDES), .recommends = valid_hit(r, CUE_RECOMMENDS), .none = hits_any(&r->hits, CUE_NO_SAY),
                          .title = own_title(r, CUE_TITLE_DECIDES), .small = own_title(r, CUE_TITLE_OTHER), .other = others_title(r) };
    if (c->title && deputy(r, c->title))
        c->title = NULL;
    if (c->recommends && c->none && (denied(r, c->recommends) || is_errand(r, c->recommends)))
        c->recommends = NULL;
    if (c->decides && c->recommends && word_in(&r->w, c->recommends->from, "as by") && word_is(&r->w, c->decides->from, "we"))
        c->decides = NULL; /* "we decide as a group" */
    if (c->decides && c->recommends && asks_peers(r, c->recommends))
        c->recommends = NULL;
    if (last && !denied(r, last) && overruled(r, c->recommends, last)) {
        c->decides = last;
        c->recommends = NULL;
    }
    if (c->decides && c->other && c->other->from > c->decides->from && word_in(&r->w, c->decides->from, "final last only ultimate decision"))
        c->decides = NULL; /* "the final decision is with our CEO" */
}

void en_read_role(struct und_role *out, const struct reading *r)
{
    bool asked = r->in->asked == ASKED_ROLE;
    struct claims c;

    memset(out, 0, sizeof *out);
    read_claims(&c, r);
    if (c.title)
        words_quote(out->title, sizeof out->title, &r->w, c.title->from, c.title->to);
    else if (c.small)
        words_quote(out->title, sizeof out->title, &r->w, c.small->from, c.small->to);
    if (c.none && c.recommends == NULL && c.decides == NULL && c.title == NULL)
        set_role(out, "none", r, c.none);
    else if (c.title && (c.decides || c.recommends == NULL || c.recommends->from < c.title->to))
        set_role(out, "decision_maker", r, c.title);
    else if (c.decides && (c.recommends == NULL || c.recommends->from > c.decides->to + 12))
        set_role(out, "decision_maker", r, c.decides);
    else if (c.recommends)
        set_role(out, "influencer", r, c.recommends);
    else if (c.none)
        set_role(out, "none", r, last_hit(r, CUE_NO_SAY));
    else if (asked && c.other)
        set_role(out, "influencer", r, c.other);
    else if (c.small && asked)
        set_role(out, "influencer", r, c.small);
    if (out->value[0] && !asked && c.decides == NULL && c.title == NULL && c.recommends == NULL)
        memset(out, 0, sizeof *out);
}
