/* und_choice.c - which option of a choice question an utterance speaks for, and which comes close. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/minilm_kernel.h"
#include "talk/und_meaning_priv.h"

#include "base/banned.h"

static const float CLOSE_MARGIN = 0.30f;
static const float NONE_SHORT = 0.50f, NONE_LONG = 0.80f, NONE_ASKED = 0.30f; /* of "none of the options" */
static const float NEAR_OPTION = 0.45f; /* cosine to an example of a scenario that gives few */

enum { SENTENCE_WORDS = 5, TELLING_WORDS = 10 };

static const struct choice_head *choice_of(const struct meaning *m, const char *question)
{
    for (size_t i = 0; i < m->choices; i++)
        if (question == NULL || strcmp(m->choice[i].q->id, question) == 0)
            return &m->choice[i];
    return NULL;
}

/* The best two of n, by probability; second may be -1. */
static void best_two(const float *p, size_t n, int *best, int *second)
{
    *best = 0;
    *second = -1;
    for (size_t i = 1; i < n; i++)
        if (p[i] > p[*best]) {
            *second = *best;
            *best = (int)i;
        } else if (*second < 0 || p[i] > p[*second]) {
            *second = (int)i;
        }
}

static bool is_question(const struct reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (r->w.at[i].asks)
            return true;
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == CUE_QUESTION && !r->w.lang->wonders(&r->w, r->hits.at[i].from) && r->hits.at[i].from >= from && r->hits.at[i].from <= from + 1 && r->hits.at[i].to <= to)
            return true;
    return false;
}

/* What is told, without what is asked ("we lose leads, does it work with our calendar"): vector and words. False: all of it asks. */
static bool gather_told(float *v, struct lex *lex, bool *marked, const struct reading *r, const struct gist *g)
{
    size_t asked = 0;
    float s;

    memset(v, 0, MEANING_DIM * sizeof *v);
    for (size_t c = 0; c < g->n; c++)
        asked += is_question(r, g->clause[c].from, g->clause[c].to);
    if (asked == 0 || asked == g->n) {
        memcpy(v, g->whole, MEANING_DIM * sizeof *v);
        vectors_lex(lex, &r->w, 0, r->w.n);
        *marked = meaning_marks(lex, r, 0, r->w.n);
        return asked == 0;
    }
    for (size_t c = 0; c < g->n; c++) {
        size_t from = g->clause[c].from, to = g->clause[c].to;

        if (is_question(r, from, to))
            continue;
        kernel_add(v, g->clause[c].v, (float)(to - from), MEANING_DIM);
        vectors_lex(lex, &r->w, from, to); /* the last of them: the others are in the vector */
        *marked = meaning_marks(lex, r, from, to);
    }
    s = sqrtf(kernel_dot(v, v, MEANING_DIM));
    for (size_t i = 0; i < MEANING_DIM; i++)
        v[i] = s > 0 ? v[i] / s : 0;
    return true;
}

/* Does it say nothing that any option would answer? A sentence is refused only where that is sure. */
static bool says_nothing(float none, bool told, size_t words)
{
    if (!told)
        return none > NONE_ASKED || words < TELLING_WORDS;
    return none > (words < SENTENCE_WORDS ? NONE_SHORT : NONE_LONG);
}

bool meaning_choice(struct und_choice *out, const struct meaning *m, const struct reading *r, const struct gist *g, const char *question, bool asked)
{
    const struct choice_head *c = choice_of(m, question);
    float p[HEAD_LABELS_MAX], v[MEANING_DIM], none;
    struct lex lex;
    int best, second;
    bool marked = false, told;

    memset(out, 0, sizeof *out);
    if (c == NULL || g->n == 0)
        return false;
    snprintf(out->question, sizeof out->question, "%s", c->q->id);
    told = gather_told(v, &lex, &marked, r, g);
    head_score(c->head, v, &lex, p);
    none = p[c->q->option_count];
    best_two(p, c->q->option_count, &best, &second);
    out->score = p[best];
    out->margin = second >= 0 ? (p[best] - p[second]) / (1 - none + 1e-6f) : p[best];
    if (p[best] < (asked ? 0 : m->limit->early_p) || (!(asked && !c->graded && head_near(c->head, v, best) >= NEAR_OPTION) && says_nothing(none, told, r->w.n)) || (hits_any(&r->hits, CUE_UNSURE) && !marked))
        return false;
    if (head_gate(c->head, v, best) < (asked ? m->limit->choice_gate : m->limit->early_gate) && !(asked && marked))
        return false;
    snprintf(out->option, sizeof out->option, "%s", c->q->options[best].id);
    if (second >= 0 && out->margin < CLOSE_MARGIN)
        snprintf(out->runner_up, sizeof out->runner_up, "%s", c->q->options[second].id);
    words_quote(out->evidence, sizeof out->evidence, &r->w, 0, r->w.n);
    return true;
}
