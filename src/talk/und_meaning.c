/* und_meaning.c - the classifiers over example sentences, and when their word is taken. */
#include "talk/und_meaning.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/minilm_kernel.h"
#include "talk/und_head.h"
#include "talk/und_intent.h"
#include "talk/und_vectors.h"

#include "base/banned.h"

/* Thresholds for the sentence model (sha256 53aa51172d14...) and for hashed words; found on tests/data/utterances. */
struct thresholds { float intent_p, intent_gate, line_p, line_gate, choice_p, choice_gate, early_p, early_gate, unmarked_gate; };

static const struct thresholds with_model = { 0.60f, 0.46f, 0.40f, 0.42f, 0.34f, 0.33f, 0.55f, 0.42f, 0.50f };
static const struct thresholds without_model = { 0.60f, 0.55f, 0.30f, 0.40f, 0.34f, 0.10f, 0.50f, 0.40f, 0.40f };

static const float CERTAIN_GATE = 0.62f, ASKS_GATE = 0.60f;

enum { VAGUE_WORDS = 5, CHOICES_MAX = 16, GRADES = 4, WIDE = MEANING_DIM + MEANING_FEATURES };

static const char *const grades[GRADES] = { "strong", "moderate", "weak", "none" };

struct choice_head { const struct sc_question *q; struct head *head; bool graded; };

struct meaning {
    const struct lang *lang;
    struct vectors vectors;
    const struct phrasebook *book;
    const struct scenario *sc;
    const struct thresholds *limit;
    struct head *intents;  /* label 0: none, then cue + 1 */
    struct head *lines;    /* label 0: none, objections, then FAQ */
    struct choice_head choice[CHOICES_MAX];
    size_t choices;
    struct vector_entry *known;
    size_t known_n;
};

struct builder { struct meaning *m; struct arena *a; struct head_example *ex; size_t n; bool failed; };

/* What the cues say about stakes, as numbers beside the vector. */
static void features(float *out, const struct reading *r)
{
    static const enum cue cues[] = { CUE_LOSS, CUE_STRAIN, CUE_PRESSURE, CUE_WISH, CUE_CURIOUS, CUE_NO_NEED };
    bool many = false;

    memset(out, 0, MEANING_FEATURES * sizeof *out);
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
        size_t covered = 0;

        for (size_t k = 0; k < r->hits.n; k++)
            covered += r->hits.at[k].cue == (int)cues[i];
        out[i] = 0.35f * (float)(covered > 2 ? 2 : covered);
    }
    for (size_t i = 0; i < r->w.n; i++)
        many |= r->w.lang->number_word(&r->w, i) && !word_is(&r->w, i, "one");
    out[6] = many ? 0.2f : 0;
    out[7] = 0;
}

static const float *remember(struct builder *b, const char *text)
{
    struct meaning *m = b->m;
    float *v;

    for (size_t i = 0; i < m->known_n; i++)
        if (m->known[i].text == text || strcmp(m->known[i].text, text) == 0)
            return m->known[i].v;
    v = m->known_n < MEANING_EXAMPLES_MAX ? arena_alloc(b->a, MEANING_DIM * sizeof *v) : NULL;
    if (v == NULL) {
        b->failed = true;
        return NULL;
    }
    vectors_example(v, &m->vectors, text);
    m->known[m->known_n++] = (struct vector_entry){ text, v };
    return v;
}

static void add(struct builder *b, const char *text, int label)
{
    const float *v = remember(b, text);

    if (v && b->n < MEANING_EXAMPLES_MAX)
        b->ex[b->n++] = (struct head_example){ v, label };
}

static void add_all(struct builder *b, const struct wordings *texts, int label)
{
    for (size_t i = 0; i < texts->n; i++)
        add(b, texts->text[i], label);
}

static void add_theme(struct builder *b, const char *id, int label)
{
    for (const struct lang_phrase *p = b->m->lang->themes; p->text; p++)
        if (strcmp(p->label, id) == 0)
            add(b, p->text, label);
}

static int intent_label(const char *id)
{
    for (int c = 0; c < CUE_INTENTS; c++)
        if (strcmp(cue_intent_id((enum cue)c), id) == 0)
            return c + 1;
    return 0;
}

static int train(struct builder *b, struct head **hp, size_t labels, size_t dim)
{
    if (b->failed)
        return ENOMEM;
    return head_train(hp, b->a, b->ex, b->n, labels, dim);
}

static int build_intents(struct builder *b)
{
    b->n = 0;
    for (const struct lang_phrase *p = b->m->lang->intents; p->text; p++)
        add(b, p->text, intent_label(p->label));
    for (const struct lang_phrase *p = b->m->lang->needs; p->text; p++)
        add(b, p->text, 0);
    return train(b, &b->m->intents, CUE_INTENTS + 1, MEANING_DIM);
}

/* Ordinary answers keep the objections honest; statements of no need are left out because objections sound like them. */
static int build_lines(struct builder *b)
{
    const struct scenario *sc = b->m->sc;
    int label = 1;

    b->n = 0;
    for (const struct lang_phrase *p = b->m->lang->intents; p->text; p++)
        if (p->label[0] && strcmp(p->label, "source_question") != 0 && strcmp(p->label, "busy") != 0 && strcmp(p->label, "not_interested") != 0)
            add(b, p->text, 0);
    for (const struct lang_phrase *p = b->m->lang->needs; p->text; p++)
        if (strcmp(p->label, "strong") == 0 || strcmp(p->label, "moderate") == 0)
            add(b, p->text, 0);
    for (const struct lang_phrase *p = b->m->lang->plain; p->text; p++)
        add(b, p->text, 0);
    for (size_t i = 0; i < sc->objection_count; i++, label++) {
        add_all(b, &sc->objections[i].examples, label);
        add_theme(b, sc->objections[i].id, label);
    }
    for (size_t i = 0; i < sc->faq_count; i++, label++) {
        add_all(b, &sc->faq[i].examples, label);
        add_theme(b, sc->faq[i].id, label);
    }
    if (label > HEAD_LABELS_MAX)
        return EINVAL;
    return label > 1 ? train(b, &b->m->lines, (size_t)label, MEANING_DIM) : 0;
}

static int option_of(const struct sc_question *q, const char *id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return (int)i;
    return -1;
}

static bool is_graded(const struct sc_question *q)
{
    size_t found = 0;

    for (size_t i = 0; i < GRADES; i++)
        found += option_of(q, grades[i]) >= 0;
    return found == GRADES && q->option_count == GRADES;
}

/* Graded examples carry the features of their stakes. */
static void widen(struct builder *b, const char *text, int label)
{
    const float *v = remember(b, text);
    float *wide = v ? arena_alloc(b->a, WIDE * sizeof *wide) : NULL;
    struct reading r = { 0 };

    if (wide == NULL || b->n == MEANING_EXAMPLES_MAX) {
        b->failed = true;
        return;
    }
    words_cut(&r.w, b->m->lang, text);
    phrasebook_scan(b->m->book, &r.w, &r.hits);
    memcpy(wide, v, MEANING_DIM * sizeof *wide);
    features(wide + MEANING_DIM, &r);
    b->ex[b->n++] = (struct head_example){ wide, label };
}

static int build_choice(struct builder *b, const struct sc_question *q)
{
    struct choice_head *c = &b->m->choice[b->m->choices];

    c->q = q;
    c->graded = is_graded(q);
    b->n = 0;
    for (size_t o = 0; o < q->option_count; o++)
        for (size_t i = 0; i < q->options[o].examples.n; i++) {
            if (c->graded)
                widen(b, q->options[o].examples.text[i], (int)o);
            else
                add(b, q->options[o].examples.text[i], (int)o);
        }
    for (const struct lang_phrase *p = c->graded ? b->m->lang->needs : NULL; p && p->text; p++)
        widen(b, p->text, option_of(q, p->label));
    if (b->n == 0)
        return 0;
    b->m->choices++;
    return train(b, &c->head, q->option_count, c->graded ? WIDE : MEANING_DIM);
}

int meaning_alloc(struct meaning **mp, struct arena *a, const struct lang *lang, const struct scenario *sc, const struct minilm *model,
                  const struct phrasebook *book, const void *cache, size_t cache_n)
{
    struct meaning *m = arena_alloc(a, sizeof *m);
    struct builder b = { .m = m, .a = a };
    int err;

    if (m == NULL || (m->known = arena_alloc(a, MEANING_EXAMPLES_MAX * sizeof *m->known)) == NULL ||
        (b.ex = arena_alloc(a, MEANING_EXAMPLES_MAX * sizeof *b.ex)) == NULL)
        return ENOMEM;
    m->lang = lang;
    m->book = book;
    m->sc = sc;
    m->limit = model ? &with_model : &without_model;
    vectors_init(&m->vectors, m->lang, model, cache, cache_n);
    err = build_intents(&b);
    if (err == 0 && sc)
        err = build_lines(&b);
    for (size_t i = 0; sc && i < sc->question_count && err == 0 && m->choices < CHOICES_MAX; i++)
        if (sc->questions[i].kind == Q_CHOICE || sc->questions[i].kind == Q_ROLE)
            err = build_choice(&b, &sc->questions[i]);
    vectors_init(&m->vectors, m->lang, model, NULL, 0);
    if (err == 0)
        *mp = m;
    return err;
}

int meaning_export(const struct meaning *m, void **bytes, size_t *n)
{
    return vectors_export(&m->vectors, m->known, m->known_n, bytes, n);
}

/* Clauses of at least three words, cut at sentence ends and before "but". */
static void cut_clauses(struct gist *g, const struct words *w)
{
    size_t from = 0;

    g->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        bool last = i + 1 == w->n, stop = w->at[i].ends && (strchr(".!?;", w->text[w->at[i].to]) != NULL || word_in(w, i + 1, "does do can could is are will what how"));

        if (!last && !((stop || word_is(w, i + 1, "but")) && i + 1 - from >= 3 && w->n - i - 1 >= 3 && g->n + 1 < MEANING_CLAUSES_MAX))
            continue;
        g->clause[g->n].from = from;
        g->clause[g->n].to = i + 1;
        g->n++;
        from = i + 1;
    }
}

void meaning_embed(struct gist *g, const struct meaning *m, const struct reading *r)
{
    float s;

    cut_clauses(g, &r->w);
    memset(g->whole, 0, sizeof g->whole);
    for (size_t i = 0; i < g->n; i++) {
        vectors_words(g->clause[i].v, &m->vectors, &r->w, g->clause[i].from, g->clause[i].to);
        kernel_add(g->whole, g->clause[i].v, (float)(g->clause[i].to - g->clause[i].from), MEANING_DIM);
    }
    s = sqrtf(kernel_dot(g->whole, g->whole, MEANING_DIM));
    for (size_t i = 0; i < MEANING_DIM; i++)
        g->whole[i] = s > 0 ? g->whole[i] / s : 0;
}

/* "it's not that it's too expensive": the clause denies what it resembles. */
static bool denies(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++)
        if (word_is(w, i, "not") && word_in(w, i + 1, "that because like saying about"))
            return !word_in(w, i + 2, "interested much good great big");
    return false;
}

static int best_label(const float *p, size_t n)
{
    size_t best = 0;

    for (size_t i = 1; i < n; i++)
        if (p[i] > p[best])
            best = i;
    return (int)best;
}

/* Likeness to a receptionist or a machine counts where the call begins, not in the answer to a question of qualification. */
static bool out_of_place(enum und_asked asked, int cue)
{
    bool qualifying = asked == ASKED_CHOICE || asked == ASKED_MONEY || asked == ASKED_DURATION || asked == ASKED_ROLE;

    return qualifying && (cue == CUE_GATEKEEPER || cue == CUE_WRONG_NUMBER || cue == CUE_LANGUAGE || cue == CUE_MINOR || cue == CUE_VOICEMAIL ||
                          cue == CUE_SCREENING);
}

/* A question, or a denial ("I never agreed to that"): what questions about us are made of. */
static bool asks_back(const struct understanding *out, const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (word_in(&r->w, i, "not never no stop real"))
            return true;
    return out->is_question;
}

/* Opt-out never comes from likeness alone. */
static void built_in(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, size_t c, bool answered)
{
    float p[HEAD_LABELS_MAX], gate;
    int label;

    head_score(m->intents, g->clause[c].v, p);
    label = best_label(p, CUE_INTENTS + 1);
    if (label == 0 || label - 1 == CUE_OPT_OUT || p[label] < m->limit->intent_p || (label - 1 == CUE_HUMAN && hits_any(&r->hits, CUE_SHIELD)))
        return;
    if (out_of_place(r->in->asked, label - 1) || (label - 1 == CUE_BUSY && intents_goes_on(r, g->clause[c].from)))
        return;
    gate = head_gate(m->intents, g->clause[c].v, label);
    if (gate < ASKS_GATE && !asks_back(out, r) && (label - 1 == CUE_ROBOT || label - 1 == CUE_RECORDING || label - 1 == CUE_SOURCE))
        return;
    if (gate < m->limit->intent_gate + (answered ? 0.08f : 0))
        return;
    intents_add(out, cue_intent_id((enum cue)(label - 1)), UND_BUILT_IN, gate * p[label], r, g->clause[c].from, g->clause[c].to);
}

/* What would end or interrupt the talk needs a sign of it in the words, or a close likeness. */
static bool is_certain(const struct meaning *m, const struct reading *r, size_t label, float gate)
{
    const struct sc_objection *o = &m->sc->objections[label - 1];

    if (label > m->sc->objection_count || o->then == THEN_CONTINUE || o->then == THEN_HANDOFF || gate >= CERTAIN_GATE)
        return true;
    return hits_any(&r->hits, CUE_BUSY) || hits_any(&r->hits, CUE_CALL_BACK) || hits_any(&r->hits, CUE_NOT_INTERESTED) || hits_any(&r->hits, CUE_NO);
}

static void line(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, size_t c, bool answered)
{
    float p[HEAD_LABELS_MAX], gate;
    size_t objections = m->sc->objection_count, label;

    head_score(m->lines, g->clause[c].v, p);
    for (label = 1; label <= objections + m->sc->faq_count; label++) {
        bool faq = label > objections;
        const char *id;

        if (p[label] < m->limit->line_p)
            continue;
        gate = head_gate(m->lines, g->clause[c].v, (int)label);
        if (gate < m->limit->line_gate + (answered ? 0.15f : 0) - (p[label] > 0.8f ? 0.04f : 0))
            continue;
        if (!is_certain(m, r, label, gate) || (faq && !out->is_question && gate < 0.6f))
            continue;
        id = faq ? m->sc->faq[label - 1 - objections].id : m->sc->objections[label - 1].id;
        if (!faq && strcmp(id, "not_right_time") == 0 && intents_goes_on(r, g->clause[c].from))
            continue;
        intents_add(out, id, faq ? UND_FAQ : UND_OBJECTION, gate, r, g->clause[c].from, g->clause[c].to);
    }
}

void meaning_intents(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, bool answered)
{
    for (size_t c = 0; c < g->n; c++) {
        if (denies(&r->w, g->clause[c].from, g->clause[c].to))
            continue;
        built_in(out, m, r, g, c, answered);
        if (m->lines)
            line(out, m, r, g, c, answered);
    }
}

static const struct choice_head *choice_of(const struct meaning *m, const char *question)
{
    for (size_t i = 0; i < m->choices; i++)
        if (question == NULL || strcmp(m->choice[i].q->id, question) == 0)
            return &m->choice[i];
    return NULL;
}

/* A whole sentence that resembles a need is one; that somebody has none must be said. */
static bool has_stakes(const struct sc_question *q, int option)
{
    return strcmp(q->options[option].id, "strong") == 0 || strcmp(q->options[option].id, "moderate") == 0;
}

/* Does a cue of its own speak for this grade? "Various things" resembles every grade and shows none. */
static bool has_sign(const struct sc_question *q, int option, const float *wide)
{
    static const struct { const char *grade; size_t from, to; } signs[GRADES] = { { "strong", 0, 3 }, { "moderate", 3, 4 }, { "weak", 4, 5 }, { "none", 5, 6 } };

    for (size_t k = 0; k < GRADES; k++)
        for (size_t i = signs[k].from; i < signs[k].to && strcmp(q->options[option].id, signs[k].grade) == 0; i++)
            if (wide[MEANING_DIM + i] > 0)
                return true;
    return false;
}

static float best_feature(const float *wide)
{
    float best = 0;

    for (size_t i = 0; i < 6; i++)
        best = wide[MEANING_DIM + i] > best ? wide[MEANING_DIM + i] : best;
    return best;
}

/* A grade needs a sign of stakes, or likeness; likeness alone is taken only where it is strong. */
static float nearness(const struct choice_head *c, const struct gist *g, const float *wide, int label)
{
    float v[WIDE] = { 0 }, gate, cue;

    memcpy(v, g->whole, sizeof g->whole);
    gate = head_gate(c->head, v, label);
    if (!c->graded)
        return gate;
    cue = best_feature(wide);
    return cue > 0 && gate < 0.45f ? gate + 0.15f : gate;
}

bool meaning_choice(struct und_choice *out, const struct meaning *m, const struct reading *r, const struct gist *g, const char *question,
                    bool asked)
{
    const struct choice_head *c = choice_of(m, question);
    float p[HEAD_LABELS_MAX], wide[WIDE], near;
    int best, second = -1;

    memset(out, 0, sizeof *out);
    if (c == NULL || g->n == 0)
        return false;
    snprintf(out->question, sizeof out->question, "%s", c->q->id);
    memcpy(wide, g->whole, sizeof g->whole);
    features(wide + MEANING_DIM, r);
    head_score(c->head, wide, p);
    best = best_label(p, c->q->option_count);
    for (size_t i = 0; i < c->q->option_count; i++)
        if ((int)i != best && (second < 0 || p[i] > p[second]))
            second = (int)i;
    near = nearness(c, g, wide, best);
    out->score = p[best];
    out->margin = second >= 0 ? p[best] - p[second] : p[best];
    if (hits_any(&r->hits, CUE_UNSURE) && best_feature(wide) == 0)
        return false;
    if (!asked && c->graded && best_feature(wide) == 0 && near < 0.5f)
        return false;
    if (p[best] < (asked ? m->limit->choice_p : m->limit->early_p) || near < (asked ? m->limit->choice_gate : m->limit->early_gate))
        return false;
    if (c->graded && near < m->limit->unmarked_gate && !has_sign(c->q, best, wide) && !(has_stakes(c->q, best) && r->w.n > VAGUE_WORDS))
        return false;
    snprintf(out->option, sizeof out->option, "%s", c->q->options[best].id);
    if (second >= 0 && out->margin < 0.3f)
        snprintf(out->runner_up, sizeof out->runner_up, "%s", c->q->options[second].id);
    words_quote(out->evidence, sizeof out->evidence, &r->w, 0, r->w.n);
    return true;
}
