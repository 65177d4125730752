/* und_judge.c - when the word of the classifiers is taken, and what wins where they and the rules disagree. */
#include <string.h>

#include "talk/und_intent.h"
#include "talk/und_meaning_priv.h"

#include "base/banned.h"

/* Sure of something else, so that what a rule found was not meant. */
static const float SURE_OTHER = 0.60f, SURE_NOTHING = 0.90f, HARDLY = 0.03f, FAINT = 0.15f;
static const float LITTLE = 0.20f, FAIR_P = 0.34f; /* hardly an ordinary remark: then less likeness is enough */
static const float CLEAR_P = 0.70f, ANSWERED_MORE = 0.15f, QUALIFYING_MORE = 0.08f, GRANTED_MORE = 0.35f, ENDING_MORE = 0.12f, SECOND_P = 0.30f;
static const float NEAR_ANSWER = 0.55f; /* cosine to an example of a scenario that gives few */

struct verdict { float p[HEAD_LABELS_MAX]; size_t clause[HEAD_LABELS_MAX]; float none; }; /* the best of all clauses; none: the least sure */

static bool is_qualifying(const struct reading *r)
{
    return r->in->asked == ASKED_CHOICE || r->in->asked == ASKED_MONEY || r->in->asked == ASKED_DURATION || r->in->asked == ASKED_ROLE;
}

static void score_clauses(struct verdict *v, const struct meaning *m, const struct reading *r, const struct gist *g)
{
    float p[HEAD_LABELS_MAX];
    size_t scored = 0;

    memset(v, 0, sizeof *v);
    for (size_t c = 0; c < g->n; c++) {
        if (r->w.lang->denies(&r->w, g->clause[c].from, g->clause[c].to))
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
    const struct lang *lang = r->w.lang;

    return (hits_find(&r->hits, CUE_OTHERS, from, to) != NULL || (is_qualifying(r) && lang->of_trade(&r->w, from))) && !lang->of_speaker(&r->w, from, to);
}

static bool asks_back(const struct understanding *out, const struct reading *r)
{
    return out->is_question || r->w.lang->asks_back(&r->w);
}

/* "Just an employee", "a colleague told me to look": in an answer a person is named and not wished for, unless wishing is said. Likeness of words alone
 * never tells. */
static bool only_names_a_person(const struct meaning *m, const struct reading *r, size_t from, size_t to)
{
    return (is_qualifying(r) || m->vectors.model == NULL) && !r->w.lang->wishes_person(&r->w, from, to);
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
    if ((cue == CUE_OPT_OUT || cue == CUE_HUMAN) && (hits_any(&r->hits, CUE_SHIELD) || is_of_others(r, from, to)))
        return false;
    if ((cue != CUE_RECORDING && intents_refused(r, (enum cue)cue)) || (cue == CUE_BUSY && r->w.lang->goes_on(r, from)) || (cue == CUE_NOT_INTERESTED && out->yes_no == UND_YES))
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
