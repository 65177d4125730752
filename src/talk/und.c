/* und.c - understanding one utterance: cut into words, cues found, readers run, meaning compared. */
#include <errno.h>
#include <string.h>

#include "base/obj.h"
#include "talk/minilm.h"
#include "talk/scenario.h"
#include "talk/und_intent.h"
#include "talk/und_name.h"
#include "talk/und_priv.h"

#include "base/banned.h"

enum { BOOK_MAX_BYTES = 4 * 1024 * 1024 };

struct und {
    struct arena arena;
    struct phrasebook *book;
    struct scenario *scenario; /* NULL: built-ins only */
    struct minilm *model;      /* NULL: rules and word overlap */
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

int und_alloc(struct und **up, const struct scenario *sc, struct minilm *model)
{
    struct und *u = obj_alloc(sizeof *u, destroy);
    int err;

    if (u == NULL)
        return ENOMEM;
    arena_init(&u->arena, BOOK_MAX_BYTES);
    u->scenario = obj_ref((void *)(uintptr_t)sc);
    u->model = obj_ref(model);
    u->book = phrasebook_alloc(&u->arena);
    err = u->book ? add_cues(u->book, lang_en_intent_cues) : ENOMEM;
    if (err == 0)
        err = add_cues(u->book, lang_en_answer_cues);
    if (err)
        obj_unref(u);
    else
        *up = u;
    return err;
}

bool und_has_model(const struct und *u)
{
    return u->model != NULL;
}

static bool is_understood(const struct understanding *o)
{
    return o->money.status || o->duration.status || o->yes_no || o->role.value[0] || o->callback.status || o->competitor_count ||
           o->intent_count || o->choice.option[0] || o->uncertain || o->thinking;
}

void und_run(struct understanding *out, const struct und *u, const struct und_in *in)
{
    struct reading r = { .in = in };

    memset(out, 0, sizeof *out);
    words_cut(&r.w, in->text);
    phrasebook_scan(u->book, &r.w, &r.hits);
    und_read_answer(out, &r);
    und_read_money(&out->money, &r);
    und_read_duration(&out->duration, &r);
    und_read_role(&out->role, &r);
    und_read_number(out, &r);
    if (u->scenario)
        und_read_names(out, &r, u->scenario->competitors, u->scenario->competitor_count);
    intents_by_rule(out, &r);
    out->understood = is_understood(out);
}
