/* und_meaning.c - from example sentences to classifiers: what each head is taught. */
#include "talk/und_meaning.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "talk/minilm_kernel.h"
#include "talk/und_meaning_priv.h"

#include "base/banned.h"

static const struct thresholds with_model = { 0.42f, 0.30f, 0.54f, 0.30f, 0.20f, 0.60f, 0.38f, 0.48f, 0.32f };
static const struct thresholds without_model = { 0.42f, 0.12f, 0.75f, 0.30f, 0.08f, 0.60f, 0.20f, 0.70f, 0.20f };

static const float SAID_ALIKE = 0.65f; /* cosine: the same is meant */
static const float SAME_THING = 0.50f; /* cosine: a remark that a scenario answers is no longer a mere remark */

const char *const meaning_grades[GRADES] = { "strong", "moderate", "weak", "none" };

enum { TABLE = 4 * MEANING_EXAMPLES_MAX, SCRATCH_MAX_BYTES = 48 << 20 };

/* What is needed while the heads are taught; `scratch` holds it and is gone afterwards. */
struct builder {
    struct meaning *m;
    struct arena *a, *scratch;
    struct head_example *ex;
    size_t n;
    float (*v)[MEANING_DIM]; /* of m->known, as floats */
    uint16_t *table;         /* open addressing by the text: index into m->known plus one */
    bool failed;
};

bool meaning_marks(struct lex *lex, const struct reading *r, size_t from, size_t to)
{
    static const enum cue cues[MARKS - 1] = { CUE_LOSS, CUE_STRAIN, CUE_PRESSURE, CUE_WISH, CUE_CURIOUS, CUE_NO_NEED };
    bool any = false, many = false;

    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
        int found = 0;

        for (size_t k = 0; k < r->hits.n; k++)
            found += r->hits.at[k].cue == (int)cues[i] && r->hits.at[k].from >= from && r->hits.at[k].to <= to;
        any |= found > 0;
        if (found > 0)
            vectors_lex_mark(lex, i, found > 1 ? 0.5f : 0.3f);
    }
    for (size_t i = from; i < to; i++)
        many |= r->w.lang->number_word(&r->w, i) && !word_is(&r->w, i, "one");
    if (many)
        vectors_lex_mark(lex, MARK_NUMBERS, 0.2f);
    return any;
}

static uint16_t *find_slot(const struct builder *b, const char *text)
{
    uint64_t h = vectors_hash(text);

    while (b->table[h % TABLE] && strcmp(b->m->known[b->table[h % TABLE] - 1].text, text) != 0)
        h++;
    return &b->table[h % TABLE];
}

/* Index of the text's vector; MEANING_EXAMPLES_MAX when there are too many. */
static size_t remember(struct builder *b, const char *text)
{
    struct meaning *m = b->m;
    uint16_t *slot = find_slot(b, text);
    struct small_vector *v;

    if (*slot)
        return *slot - 1u;
    v = m->known_n < MEANING_EXAMPLES_MAX ? arena_alloc(b->a, sizeof *v) : NULL;
    if (v == NULL) {
        b->failed = true;
        return MEANING_EXAMPLES_MAX;
    }
    vectors_example(v, &m->vectors, text);
    small_vector_unpack(b->v[m->known_n], v);
    m->known[m->known_n] = (struct vector_entry){ text, v };
    *slot = (uint16_t)(m->known_n + 1);
    return m->known_n++;
}

static void add(struct builder *b, const char *text, int label, bool marked)
{
    size_t known = remember(b, text);
    struct lex *lex = known < MEANING_EXAMPLES_MAX ? arena_alloc(b->scratch, sizeof *lex) : NULL;
    struct reading r = { 0 };

    if (lex == NULL || b->n == MEANING_EXAMPLES_MAX) {
        b->failed = true;
        return;
    }
    words_cut(&r.w, b->m->lang, text);
    vectors_lex(lex, &r.w, 0, r.w.n);
    if (marked) {
        phrasebook_scan(b->m->book, &r.w, &r.hits);
        meaning_marks(lex, &r, 0, r.w.n);
    }
    b->ex[b->n++] = (struct head_example){ b->v[known], lex, b->m->known[known].v, label };
}

static void add_all(struct builder *b, const struct wordings *texts, int label, bool marked)
{
    for (size_t i = 0; i < texts->n; i++)
        add(b, texts->text[i], label, marked);
}

static int built_in_label(const char *id)
{
    for (int c = 0; c < CUE_INTENTS; c++)
        if (strcmp(cue_intent_id((enum cue)c), id) == 0)
            return c + 1;
    return LABEL_NONE;
}

/* A scenario's objection to the time, and its doubt where the number came from, are the built-in intents of that kind. */
static int objection_label(const struct scenario *sc, size_t i)
{
    return strcmp(sc->objections[i].id, "not_right_time") == 0 ? CUE_BUSY + 1 : LABEL_SCENARIO + (int)i;
}

/* The label of a shared theme: the scenario's objection or FAQ entry of this name, or none of them. */
static int theme_label(const struct scenario *sc, const char *id)
{
    for (size_t i = 0; sc && i < sc->objection_count; i++)
        if (strcmp(sc->objections[i].id, id) == 0)
            return objection_label(sc, i);
    for (size_t i = 0; sc && i < sc->faq_count; i++)
        if (strcmp(sc->faq[i].id, id) == 0)
            return LABEL_SCENARIO + (int)(sc->objection_count + i);
    return strcmp(id, "trust") == 0 ? CUE_SOURCE + 1 : LABEL_NONE;
}

static int train(struct builder *b, struct head **hp, size_t labels)
{
    if (b->failed)
        return ENOMEM;
    return head_train(hp, b->a, b->scratch, b->ex, b->n, labels, b->m->vectors.model != NULL);
}

static void add_scenario_lines(struct builder *b)
{
    const struct scenario *sc = b->m->sc;

    for (size_t i = 0; sc && i < sc->objection_count; i++)
        add_all(b, &sc->objections[i].examples, objection_label(sc, i), false);
    for (size_t i = 0; sc && i < sc->faq_count; i++)
        add_all(b, &sc->faq[i].examples, LABEL_SCENARIO + (int)(sc->objection_count + i), false);
}

/* "How long is the contract?" is a remark like others, unless this scenario has an answer to it. */
static bool is_taken(struct builder *b, size_t scenario_n, const char *text)
{
    size_t known = remember(b, text);

    for (size_t i = 0; known < MEANING_EXAMPLES_MAX && i < scenario_n; i++)
        if (kernel_dot(b->v[known], b->ex[i].v, MEANING_DIM) >= SAME_THING)
            return true;
    return false;
}

/* A remark that says what an example of the scenario says is one more example of it. */
static void add_remark(struct builder *b, size_t scenario_n, const char *text)
{
    size_t known = remember(b, text);
    int label = LABEL_NONE;
    float near = 0;

    for (size_t i = 0; known < MEANING_EXAMPLES_MAX && i < scenario_n; i++) {
        float c = kernel_dot(b->v[known], b->ex[i].v, MEANING_DIM);

        if (c > near) {
            near = c;
            label = b->ex[i].label;
        }
    }
    if (near >= SAID_ALIKE)
        add(b, text, label, false);
    else if (near < SAME_THING)
        add(b, text, LABEL_NONE, false);
}

/* One head for all that may be said besides an answer, so that the meanings compete. Statements that there is no need are left out: as
 * answers they are one thing, said out of turn another. */
static int build_lines(struct builder *b)
{
    const struct lang *lang = b->m->lang;
    const struct scenario *sc = b->m->sc;
    const struct lang_phrase *built_in[] = { lang->intents, lang->callers };
    size_t scenario_n;

    b->n = 0;
    add_scenario_lines(b);
    scenario_n = b->n;
    for (size_t t = 0; t < sizeof built_in / sizeof *built_in; t++)
        for (const struct lang_phrase *p = built_in[t]; p->text; p++)
            add(b, p->text, built_in_label(p->label), false);
    for (const struct lang_phrase *p = lang->themes; p->text; p++)
        add(b, p->text, theme_label(sc, p->label), false);
    for (const struct lang_phrase *p = lang->plain; p->text; p++)
        add_remark(b, scenario_n, p->text);
    for (const struct lang_phrase *p = lang->needs; p->text; p++)
        if (strcmp(p->label, "strong") == 0 || strcmp(p->label, "moderate") == 0)
            add(b, p->text, LABEL_NONE, false);
    b->m->line_labels = LABEL_SCENARIO + (sc ? sc->objection_count + sc->faq_count : 0);
    return train(b, &b->m->lines, b->m->line_labels);
}

static int option_of(const struct sc_question *q, const char *id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return (int)i;
    return (int)q->option_count;
}

static bool is_graded(const struct sc_question *q)
{
    size_t found = 0;

    for (size_t i = 0; i < GRADES; i++)
        found += option_of(q, meaning_grades[i]) < (int)q->option_count;
    return found == GRADES && q->option_count == GRADES;
}

/* Options have a few examples each; those of a need's strength have the statements of the language besides. What says nothing about
 * a need is no option of either kind. */
static int build_choice(struct builder *b, const struct sc_question *q)
{
    struct choice_head *c = &b->m->choice[b->m->choices];
    size_t own;

    c->q = q;
    c->graded = is_graded(q);
    b->n = 0;
    for (size_t o = 0; o < q->option_count; o++)
        add_all(b, &q->options[o].examples, (int)o, true);
    if ((own = b->n) == 0)
        return 0;
    for (const struct lang_phrase *p = b->m->lang->plain; c->graded && p->text; p++)
        if (p->label[0] == '\0' && !is_taken(b, own, p->text))
            add(b, p->text, (int)q->option_count, true);
    for (const struct lang_phrase *p = b->m->lang->needs; p->text; p++)
        if (c->graded || (p->label[0] == '\0' && !is_taken(b, own, p->text)))
            add(b, p->text, option_of(q, p->label), true);
    b->m->choices++;
    return train(b, &c->head, q->option_count + 1);
}

/* Answers of one topic compete with each other, with the answers that are none of them and with all that is said besides. */
static int build_answers(struct builder *b, enum meaning_topic t)
{
    const struct lang *lang = b->m->lang;
    size_t n = meaning_answer_count(t);

    b->n = 0;
    for (const struct lang_phrase *p = lang->answers; p->text; p++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(p->label, meaning_answers[t][i]) == 0)
                add(b, p->text, (int)i, false);
    for (const struct lang_phrase *p = lang->intents; p->text; p++)
        if (p->label[0] && strcmp(p->label, "busy") != 0 && strcmp(p->label, "not_interested") != 0)
            add(b, p->text, 0, false);
    return train(b, &b->m->answers[t], n);
}

static int builder_init(struct builder *b)
{
    b->m->known = arena_alloc(b->a, MEANING_EXAMPLES_MAX * sizeof *b->m->known);
    b->ex = arena_alloc(b->scratch, MEANING_EXAMPLES_MAX * sizeof *b->ex);
    b->v = arena_alloc(b->scratch, MEANING_EXAMPLES_MAX * sizeof *b->v);
    b->table = arena_alloc(b->scratch, TABLE * sizeof *b->table);
    return b->m->known && b->ex && b->v && b->table ? 0 : ENOMEM;
}

static int build(struct builder *b, const struct scenario *sc)
{
    int err = build_lines(b);

    for (int t = 0; t < TOPICS && err == 0; t++)
        err = build_answers(b, (enum meaning_topic)t);
    for (size_t i = 0; sc && i < sc->question_count && err == 0 && b->m->choices < CHOICES_MAX; i++)
        if (sc->questions[i].kind == Q_CHOICE || sc->questions[i].kind == Q_ROLE)
            err = build_choice(b, &sc->questions[i]);
    return err;
}

int meaning_alloc(struct meaning **mp, struct arena *a, const struct lang *lang, const struct scenario *sc, const struct minilm *model,
                  const struct phrasebook *book, const void *cache, size_t cache_n)
{
    struct meaning *m = arena_alloc(a, sizeof *m);
    struct arena scratch;
    struct builder b = { .m = m, .a = a, .scratch = &scratch };
    int err;

    if (m == NULL)
        return ENOMEM;
    arena_init(&scratch, SCRATCH_MAX_BYTES);
    m->lang = lang;
    m->book = book;
    m->sc = sc;
    m->limit = model ? &with_model : &without_model;
    vectors_init(&m->vectors, m->lang, model, cache, cache_n);
    err = builder_init(&b);
    if (err == 0)
        err = build(&b, sc);
    vectors_init(&m->vectors, m->lang, model, NULL, 0);
    arena_release(&scratch);
    if (err == 0)
        *mp = m;
    return err;
}

int meaning_export(const struct meaning *m, const void *old, size_t old_n, void **bytes, size_t *n)
{
    return vectors_export(&m->vectors, m->known, m->known_n, old, old_n, bytes, n);
}

/* "... and does it", "... just send me": another thing is asked or wished. */
static bool begins_anew(const struct words *w, size_t i)
{
    if (word_in(w, i, "and or also plus so"))
        return word_in(w, i + 1, "what how does do is can could are will who when where why would");
    return word_in(w, i, "just please then") && word_in(w, i + 1, "send call give email mail text take put stop remove get have ring try let tell");
}

/* Clauses of at least three words, cut at sentence ends, before "but" and where another question or wish begins. */
static void cut_clauses(struct gist *g, const struct words *w)
{
    size_t from = 0;

    g->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        bool last = i + 1 == w->n, stop = w->at[i].ends && (strchr(".!?;", w->text[w->at[i].to]) != NULL || word_in(w, i + 1, "does do can could is are will what how"));

        if (!last && !((stop || word_is(w, i + 1, "but") || begins_anew(w, i + 1)) && i + 1 - from >= 3 && w->n - i - 1 >= 3 && g->n + 1 < MEANING_CLAUSES_MAX))
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
        vectors_lex(&g->clause[i].lex, &r->w, g->clause[i].from, g->clause[i].to);
        kernel_add(g->whole, g->clause[i].v, (float)(g->clause[i].to - g->clause[i].from), MEANING_DIM);
    }
    s = sqrtf(kernel_dot(g->whole, g->whole, MEANING_DIM));
    for (size_t i = 0; i < MEANING_DIM; i++)
        g->whole[i] = s > 0 ? g->whole[i] / s : 0;
}
