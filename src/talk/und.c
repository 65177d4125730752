/* und.c - understanding one utterance: cut into words, cues found, readers run, meaning compared. */
#include <errno.h>
#include <string.h>

#include "base/obj.h"
#include "talk/lang.h"
#include "talk/minilm.h"
#include "talk/scenario.h"
#include "talk/und_intent.h"
#include "talk/und_meaning.h"
#include "talk/und_name.h"
#include "talk/und_priv.h"

#include "base/banned.h"

enum { UND_MAX_BYTES = 32 * 1024 * 1024 };

static const float ASKED_SCORE = 0.5f;

struct und {
    struct arena arena;
    const struct lang *lang;
    struct phrasebook *book;
    struct scenario *scenario; /* NULL: built-ins only */
    struct minilm *model;      /* NULL: rules and word overlap */
    struct meaning *meaning;
};

static void destroy(void *obj)
{
    struct und *u = obj;

    arena_release(&u->arena);
    obj_unref(u->scenario);
    obj_unref(u->model);
}

static int add_cues(struct phrasebook *b, const struct lang_cue *c)
{
    int err = 0;

    for (; c->patterns && err == 0; c++)
        err = phrasebook_add(b, (int)c->cue, c->patterns);
    return err;
}

int und_alloc_cached(struct und **up, const struct scenario *sc, struct minilm *model, const void *cache, size_t cache_n)
{
    struct und *u = obj_alloc(sizeof *u, destroy);
    int err;

    if (u == NULL)
        return ENOMEM;
    arena_init(&u->arena, UND_MAX_BYTES);
    u->scenario = obj_ref((void *)(uintptr_t)sc);
    u->model = obj_ref(model);
    u->book = phrasebook_alloc(&u->arena);
    u->lang = sc ? lang_find(sc->language) : &lang_en;
    err = u->lang == NULL ? ENOTSUP : u->book ? 0 : ENOMEM;
    for (size_t i = 0; err == 0 && u->lang->cues[i]; i++)
        err = add_cues(u->book, u->lang->cues[i]);
    if (err == 0)
        err = meaning_alloc(&u->meaning, &u->arena, u->lang, sc, model, u->book, cache, cache_n);
    if (err)
        obj_unref(u);
    else
        *up = u;
    return err;
}

int und_alloc(struct und **up, const struct scenario *sc, struct minilm *model)
{
    return und_alloc_cached(up, sc, model, NULL, 0);
}

int und_cache_export(const struct und *u, const void *old, size_t old_n, void **bytes, size_t *n)
{
    return meaning_export(u->meaning, old, old_n, bytes, n);
}

bool und_has_model(const struct und *u)
{
    return u->model != NULL;
}

static bool is_understood(const struct understanding *o)
{
    return o->money.status || o->duration.status || o->yes_no || o->role.value[0] || o->callback.status || o->competitor_count ||
           o->intent_count || o->choice.option[0] || o->uncertain || o->thinking || o->email.value[0];
}

/* Does the topic that was asked have its answer already? Then likeness to something else must be strong. */
static bool is_answered(const struct understanding *o, enum und_asked asked)
{
    switch (asked) {
    case ASKED_MONEY: return o->money.status != UND_ABSENT && (o->money.status != UND_NONE || !o->dear);
    case ASKED_DURATION:
    case ASKED_DATE: return o->duration.status != UND_ABSENT;
    case ASKED_ROLE: return o->role.value[0] != '\0';
    case ASKED_CALLBACK: return o->callback.status == UND_STATED;
    case ASKED_YES_NO: return o->yes_no != UND_YN_NONE;
    case ASKED_NUMBER: return o->number[0] != '\0';
    case ASKED_OPENING:
    case ASKED_CHOICE:
    case ASKED_TEXT:
    case ASKED_NOTHING: return false;
    }
    return false;
}

/* A word or two of yes, no or number mean nothing more: the sentence model is not asked. */
static bool is_short_answer(const struct understanding *o, const struct reading *r)
{
    return r->w.n == 0 || (r->w.n <= 2 && (o->yes_no || o->number[0]) && r->in->asked != ASKED_CHOICE);
}

/* "Am I talking to a computer?", "can it use our calendar?": a question of theirs resembles a need and tells of none. */
static bool asks_instead(const struct understanding *o, const struct reading *r)
{
    static const enum cue stakes[] = { CUE_LOSS, CUE_STRAIN, CUE_PRESSURE, CUE_WISH, CUE_CURIOUS };
    bool asks = false;

    for (size_t i = 0; i < sizeof stakes / sizeof *stakes; i++)
        if (hits_any(&r->hits, stakes[i]))
            return false;
    for (size_t i = 0; i < o->intent_count; i++)
        asks |= o->intents[i].score >= ASKED_SCORE && (o->intents[i].kind == UND_FAQ || strstr(o->intents[i].id, "_question") || strcmp(o->intents[i].id, "repeat") == 0);
    return asks;
}

/* "Plans start around a thousand": what "half of that" is half of. */
static double asked_price(const struct und *u, const struct und_in *in)
{
    for (size_t i = 0; u->scenario && in->question && i < u->scenario->question_count; i++)
        if (strcmp(u->scenario->questions[i].id, in->question) == 0)
            return u->scenario->questions[i].ask_min;
    return 0;
}

void und_run(struct understanding *out, const struct und *u, const struct und_in *in)
{
    struct reading r = { .in = in, .price = asked_price(u, in) };
    struct gist g;

    memset(out, 0, sizeof *out);
    words_cut(&r.w, u->lang, in->text);
    phrasebook_scan(u->book, &r.w, &r.hits);
    u->lang->read(out, &r);
    if (u->scenario)
        und_read_names(out, &r, u->scenario->competitors, u->scenario->competitor_count);
    intents_by_rule(out, &r);
    if (!is_short_answer(out, &r)) {
        meaning_embed(&g, u->meaning, &r);
        meaning_answer(out, u->meaning, &r, &g);
        meaning_intents(out, u->meaning, &r, &g, is_answered(out, in->asked));
        if (in->asked == ASKED_CHOICE || (in->asked == ASKED_ROLE && out->role.value[0] == '\0' && in->question))
            meaning_choice(&out->choice, u->meaning, &r, &g, in->question, in->asked == ASKED_CHOICE);
    }
    if (u->scenario)
        objections_by_rule(out, &r, u->scenario);
    intents_settle(out);
    if (asks_instead(out, &r))
        memset(&out->choice, 0, sizeof out->choice);
    out->understood = is_understood(out);
}

bool und_choice(struct und_choice *out, const struct und *u, const char *question_id, const char *text)
{
    struct und_in in = { .text = text, .asked = ASKED_NOTHING };
    struct reading r = { .in = &in };
    struct gist g;

    memset(out, 0, sizeof *out);
    words_cut(&r.w, u->lang, text);
    if (r.w.n < 3)
        return false;
    phrasebook_scan(u->book, &r.w, &r.hits);
    meaning_embed(&g, u->meaning, &r);
    return meaning_choice(out, u->meaning, &r, &g, question_id, false);
}

void und_names(struct understanding *out, const struct und *u, const char *text, const struct sc_competitor *names, size_t n)
{
    struct reading r = { 0 };

    words_cut(&r.w, u->lang, text);
    out->competitor_count = 0;
    und_read_names(out, &r, names, n);
}
