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

        if (h->cue != (int)cue)
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
    return earlier && later && earlier->to <= later->from && word_in(&r->w, later->from - 1, "actually rather mean sorry no wait well");
}

void en_read_role(struct und_role *out, const struct reading *r)
{
    const struct hit *decides = hits_any(&r->hits, CUE_DECIDES), *recommends = hits_any(&r->hits, CUE_RECOMMENDS);
    const struct hit *none = hits_any(&r->hits, CUE_NO_SAY), *title = own_title(r, CUE_TITLE_DECIDES);
    const struct hit *small = own_title(r, CUE_TITLE_OTHER), *other;

    memset(out, 0, sizeof *out);
    if (title && deputy(r, title))
        title = NULL;
    if (decides && denied(r, decides))
        decides = NULL;
    if (recommends && none && denied(r, recommends))
        recommends = NULL;
    if (overruled(r, recommends, last_hit(r, CUE_DECIDES))) {
        decides = last_hit(r, CUE_DECIDES);
        recommends = NULL;
    }
    other = others_title(r);
    if (decides && other && other->from > decides->from && word_in(&r->w, decides->from, "final last only ultimate decision"))
        decides = NULL; /* "the final decision is with our CEO" */
    if (title)
        words_quote(out->title, sizeof out->title, &r->w, title->from, title->to);
    else if (small)
        words_quote(out->title, sizeof out->title, &r->w, small->from, small->to);
    if (none && recommends == NULL && decides == NULL && title == NULL)
        set_role(out, "none", r, none);
    else if (title && (decides || recommends == NULL || recommends->from <= title->to))
        set_role(out, "decision_maker", r, title);
    else if (decides && (recommends == NULL || recommends->from > decides->to + 12))
        set_role(out, "decision_maker", r, decides);
    else if (recommends)
        set_role(out, "influencer", r, recommends);
    else if (none)
        set_role(out, "none", r, last_hit(r, CUE_NO_SAY));
    else if (r->in->asked == ASKED_ROLE && other)
        set_role(out, "influencer", r, other);
    else if (small && r->in->asked == ASKED_ROLE)
        set_role(out, "influencer", r, small);
    if (out->value[0] && r->in->asked != ASKED_ROLE && decides == NULL && title == NULL && recommends == NULL)
        memset(out, 0, sizeof *out);
}
