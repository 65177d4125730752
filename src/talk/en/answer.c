/* answer.c - yes, no and their disguises; doubt; asking for time; whether it was a question. */
#include <ctype.h>
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

/* The first yes and no near the beginning; longer phrases swallow the shorter ones they contain. */
static void count_votes(struct votes *v, const struct reading *r)
{
    memset(v, 0, sizeof *v);
    v->yes_at = v->no_at = SIZE_MAX;
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

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

void en_read_answer(struct understanding *out, const struct reading *r)
{
    struct votes v;

    count_votes(&v, r);
    out->yes_no = decide(r, &v);
    if (r->in->polarity_mind && out->yes_no != UND_YN_NONE) {
        bool grants_anyway = word_in(&r->w, v.yes_at, "sure go fine of absolutely okay ok please");

        if (out->yes_no == UND_NO)
            out->yes_no = UND_YES;
        else if (!grants_anyway)
            out->yes_no = UND_NO;
    }
    out->uncertain = hits_any(&r->hits, CUE_UNSURE) != NULL;
    out->thinking = hits_any(&r->hits, CUE_THINKING) != NULL;
    out->correction = reading_corrects(r, 0, r->w.n);
    out->is_question = asks(r);
}

/* Digits as they were spoken: "five five five oh one", "double two". */
void en_read_number(struct understanding *out, const struct reading *r)
{
    static const char *const names[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" };
    const struct words *w = &r->w;
    struct amount a;
    size_t n = 0, count = 0;

    for (size_t i = 0; i < w->n && n + 1 < sizeof out->number; i++) {
        for (size_t d = 0; d < 10; d++)
            if (word_is(w, i, names[d]) || (d == 0 && word_is(w, i, "oh"))) {
                out->number[n++] = (char)('0' + d);
                count++;
            }
        if (w->at[i].digits)
            for (size_t k = w->at[i].from; k < w->at[i].to && n + 1 < sizeof out->number; k++)
                if (isdigit((unsigned char)w->text[k]))
                    out->number[n++] = w->text[k];
    }
    out->number[n] = '\0';
    if (count <= 1)
        for (size_t i = 0; i < w->n; i++)
            if (number_read(w, i, &a) && a.value >= 0 && a.value < 1e9) {
                int len = 0;
                unsigned long v = (unsigned long)a.value;
                char digits[16];

                do {
                    digits[len++] = (char)('0' + v % 10);
                } while ((v /= 10) != 0);
                for (n = 0; len > 0;)
                    out->number[n++] = digits[--len];
                out->number[n] = '\0';
                return;
            }
}
