/* und_judge.c - when the word of the classifiers is taken, and what wins where they and the rules disagree. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/minilm_kernel.h"
#include "talk/und_intent.h"
#include "talk/und_meaning_priv.h"

#include "base/banned.h"

/* Sure of something else, so that what a rule found was not meant. */
static const float SURE_OTHER = 0.60f, SURE_NOTHING = 0.90f, HARDLY = 0.03f, FAINT = 0.15f;
static const float LITTLE = 0.20f, FAIR_P = 0.34f; /* hardly an ordinary remark: then less likeness is enough */
static const float CLEAR_P = 0.70f, ANSWERED_MORE = 0.15f, QUALIFYING_MORE = 0.08f, GRANTED_MORE = 0.35f, ENDING_MORE = 0.12f, SECOND_P = 0.30f;
static const float CLOSE_MARGIN = 0.30f;
static const float NONE_SHORT = 0.50f, NONE_LONG = 0.80f, NONE_ASKED = 0.30f; /* of "none of the options" */

static const float NEAR_OPTION = 0.45f, NEAR_ANSWER = 0.55f; /* cosine to an example of a scenario that gives few */

enum { SENTENCE_WORDS = 5, TELLING_WORDS = 10 };

struct verdict { float p[HEAD_LABELS_MAX]; size_t clause[HEAD_LABELS_MAX]; float none; }; /* the best of all clauses; none: the least sure */

static bool is_qualifying(const struct reading *r)
{
    return r->in->asked == ASKED_CHOICE || r->in->asked == ASKED_MONEY || r->in->asked == ASKED_DURATION || r->in->asked == ASKED_ROLE;
}

/* "it's not that it's too expensive": the clause denies what it resembles. */
static bool denies(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++)
        if (word_is(w, i, "not") && (word_in(w, i + 1, "that because saying about too") || (word_is(w, i + 1, "like") && word_in(w, i + 2, "it that we i"))))
            return !word_in(w, i + 2, "interested much good great big");
    return false;
}

static void score_clauses(struct verdict *v, const struct meaning *m, const struct reading *r, const struct gist *g)
{
    float p[HEAD_LABELS_MAX];
    size_t scored = 0;

    memset(v, 0, sizeof *v);
    for (size_t c = 0; c < g->n; c++) {
        if (denies(&r->w, g->clause[c].from, g->clause[c].to))
            continue;
        head_score(m->lines, g->clause[c].v, &g->clause[c].lex, p);
        v->none = scored++ == 0 || p[LABEL_NONE] < v->none ? p[LABEL_NONE] : v->none;
        for (size_t l = 1; l < m->line_labels; l++)
            if (p[l] > v->p[l]) {
                v->p[l] = p[l];
                v->clause[l] = c;
            }
    }
}

/* Doubt about us and about where the number is from are told apart by little: they count together for the likelier of the two. */
static void join_doubts(struct verdict *v, const struct meaning *m)
{
    for (size_t i = 0; m->sc && i < m->sc->objection_count; i++) {
        float *trust = &v->p[LABEL_SCENARIO + i], *source = &v->p[CUE_SOURCE + 1], both = *trust + *source;

        if (strcmp(m->sc->objections[i].id, "trust") != 0 || v->clause[LABEL_SCENARIO + i] != v->clause[CUE_SOURCE + 1])
            continue;
        *(*trust > *source ? trust : source) = both > 1 ? 1 : both;
    }
}

/* Likeness to a receptionist or a machine counts where the call begins, not in the answer to a question of qualification. */
static bool out_of_place(const struct reading *r, int cue)
{
    return is_qualifying(r) && (cue == CUE_GATEKEEPER || cue == CUE_WRONG_NUMBER || cue == CUE_LANGUAGE || cue == CUE_MINOR || cue == CUE_VOICEMAIL ||
                                cue == CUE_SCREENING);
}

/* "Customers ask for a person": it is said of others when they are named and the speaker is not the one who wants it. */
static bool is_of_others(const struct reading *r, size_t from, size_t to)
{
    if (hits_find(&r->hits, CUE_OTHERS, from, to) == NULL && !(is_qualifying(r) && word_is(&r->w, from, "we")))
        return false;
    for (size_t i = from; i < to; i++)
        if (word_in(&r->w, i, "i me my you your"))
            return false;
    return true;
}

static bool asks_back(const struct understanding *out, const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (word_in(&r->w, i, "not never no stop real"))
            return true;
    return out->is_question;
}

/* "Just an employee", "a colleague told me to look": in an answer a person is named and not wished for, unless wishing is said. Likeness of words alone
 * never tells. */
static bool only_names_a_person(const struct meaning *m, const struct reading *r, size_t from, size_t to)
{
    if (!is_qualifying(r) && m->vectors.model != NULL)
        return false;
    for (size_t i = from; i < to; i++)
        if (word_in(&r->w, i, "talk talking speak speaking chat get give put want need connect transfer pass bring fetch prefer rather call can could please"))
            return false;
    return true;
}

/* "I don't want to say", asked for a figure, keeps the figure back and nothing else. */
static bool keeps_back(const struct understanding *out, const struct reading *r)
{
    return (r->in->asked == ASKED_MONEY && out->money.status == UND_DEFLECT) || (r->in->asked == ASKED_DURATION && out->duration.status == UND_DEFLECT);
}

/* What likeness has to be to count as a wish or a question to us. */
static float built_in_bar(const struct meaning *m, const struct reading *r, int cue, float none)
{
    if (cue == CUE_OPT_OUT)
        return m->limit->opt_out_p + (is_qualifying(r) ? 0.2f : 0);
    if (!is_qualifying(r) && none < LITTLE && (cue == CUE_ROBOT || cue == CUE_RECORDING || cue == CUE_SOURCE || cue == CUE_GATEKEEPER))
        return FAIR_P;
    if (cue == CUE_WRONG_NUMBER || cue == CUE_LANGUAGE || cue == CUE_MINOR || cue == CUE_ABUSIVE)
        return m->limit->line_p + ENDING_MORE;
    return m->limit->line_p;
}

static bool fits_built_in(const struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, size_t c, int cue, float p,
                          float none)
{
    size_t from = g->clause[c].from, to = g->clause[c].to;

    if (out_of_place(r, cue) || p < built_in_bar(m, r, cue, none))
        return false;
    if ((cue == CUE_OPT_OUT || cue == CUE_HUMAN) && (hits_any(&r->hits, CUE_SHIELD) || is_of_others(r, from, to) || intents_refused(r, (enum cue)cue)))
        return false;
    if ((cue == CUE_BUSY && intents_goes_on(r, from)) || (cue == CUE_NOT_INTERESTED && out->yes_no == UND_YES))
        return false;
    if ((cue == CUE_HUMAN && only_names_a_person(m, r, from, to)) || (cue == CUE_NOT_INTERESTED && keeps_back(out, r)))
        return false;
    if ((cue == CUE_ROBOT || cue == CUE_RECORDING || cue == CUE_SOURCE) && (is_of_others(r, from, to) || (p < CLEAR_P && !asks_back(out, r))))
        return false;
    return true;
}

/* A question of ours is asked; what would end or interrupt the talk is said, not only resembled. */
static bool fits_line(const struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, size_t c, size_t line, float p)
{
    bool faq = line >= m->sc->objection_count;

    if (p < m->limit->line_p)
        return false;
    if (faq)
        return out->is_question || p >= CLEAR_P;
    return hits_find(&r->hits, CUE_OTHERS, g->clause[c].from, g->clause[c].to) == NULL || p >= SURE_NOTHING;
}

static void add_label(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, const struct verdict *v, size_t label,
                      float more)
{
    size_t c = v->clause[label], from = g->clause[c].from, to = g->clause[c].to, line = label - LABEL_SCENARIO;
    float p = v->p[label] - more;

    if (head_gate(m->lines, g->clause[c].v, (int)label) < m->limit->line_gate)
        return;
    if (label < LABEL_SCENARIO) {
        if (fits_built_in(out, m, r, g, c, (int)label - 1, p, v->none))
            intents_add(out, cue_intent_id((enum cue)(label - 1)), UND_BUILT_IN, 0.85f * v->p[label], r, from, to);
    } else if (fits_line(out, m, r, g, c, line, p)) {
        bool faq = line >= m->sc->objection_count;

        intents_add(out, faq ? m->sc->faq[line - m->sc->objection_count].id : m->sc->objections[line].id, faq ? UND_FAQ : UND_OBJECTION, 0.9f * v->p[label], r,
                    from, to);
    }
}

/* The label of an intent that was found; LABEL_NONE when it has none of its own. */
static size_t label_of(const struct meaning *m, const struct und_intent *in)
{
    for (int c = 0; c < CUE_INTENTS && in->kind == UND_BUILT_IN; c++)
        if (strcmp(cue_intent_id((enum cue)c), in->id) == 0)
            return (size_t)c + 1;
    for (size_t i = 0; m->sc && i < m->sc->objection_count && in->kind == UND_OBJECTION; i++)
        if (strcmp(m->sc->objections[i].id, in->id) == 0)
            return LABEL_SCENARIO + i;
    return LABEL_NONE;
}

static float best_other(const struct meaning *m, const struct verdict *v, size_t label)
{
    float best = 0;

    for (size_t l = 1; l < m->line_labels; l++)
        if (l != label && v->p[l] > best)
            best = v->p[l];
    return best;
}

/* Rules propose; where likeness is certain of another meaning and sees nothing of this one, it was not meant. Opt-out stands. */
static bool stands(const struct meaning *m, const struct verdict *v, const struct und_intent *in)
{
    size_t label = label_of(m, in);
    float other = best_other(m, v, label), share = label == CUE_HUMAN + 1 ? HARDLY : FAINT;

    if (label == LABEL_NONE || label == CUE_OPT_OUT + 1)
        return true;
    return !(other >= SURE_OTHER && v->p[label] < share * other) && !(v->none >= SURE_NOTHING && v->p[label] < HARDLY);
}

static void drop_unmeant(struct understanding *out, const struct meaning *m, const struct verdict *v)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->intent_count; i++)
        if (stands(m, v, &out->intents[i]))
            out->intents[kept++] = out->intents[i];
    out->intent_count = kept;
}

/* Who says yes to "do you have a minute?", or has answered, hardly means something else besides. */
static float more_needed(const struct understanding *out, const struct reading *r, bool answered)
{
    if (r->in->asked == ASKED_OPENING && out->yes_no == UND_YES)
        return GRANTED_MORE;
    return answered ? ANSWERED_MORE : is_qualifying(r) ? QUALIFYING_MORE : 0;
}

/* A question that nothing else explains: the entry whose example is nearest, if it is near and nearer than any ordinary remark. A
 * scenario has two or three examples for an answer of its own, too few to weigh against what everybody says. */
static void retrieve_answer(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g)
{
    for (size_t c = 0; m->sc && c < g->n; c++) {
        float nearest = head_near(m->lines, g->clause[c].v, LABEL_NONE);
        size_t found = m->sc->faq_count;

        for (size_t i = 0; i < m->sc->faq_count; i++) {
            float near = head_near(m->lines, g->clause[c].v, LABEL_SCENARIO + (int)(m->sc->objection_count + i));

            if (near >= NEAR_ANSWER && near > nearest) {
                nearest = near;
                found = i;
            }
        }
        if (found < m->sc->faq_count)
            intents_add(out, m->sc->faq[found].id, UND_FAQ, nearest, r, g->clause[c].from, g->clause[c].to);
    }
}

void meaning_intents(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, bool answered)
{
    struct verdict v;
    float more = more_needed(out, r, answered);

    if (g->n == 0)
        return;
    score_clauses(&v, m, r, g);
    join_doubts(&v, m);
    if (m->vectors.model != NULL)
        drop_unmeant(out, m, &v);
    for (size_t l = 1; l < m->line_labels; l++)
        if (v.p[l] >= SECOND_P)
            add_label(out, m, r, g, &v, l, more);
    if (out->is_question && out->intent_count == 0 && m->vectors.model != NULL)
        retrieve_answer(out, m, r, g);
}

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
        if (r->hits.at[i].cue == CUE_QUESTION && !word_in(&r->w, r->hits.at[i].from, "curious wondering wonder interested") && r->hits.at[i].from >= from && r->hits.at[i].from <= from + 1 && r->hits.at[i].to <= to)
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
