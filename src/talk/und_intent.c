/* und_intent.c - built-in intents from cues, and which of several readings holds. */
#include "talk/und_intent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static const char *const ids[CUE_INTENTS] = {
    [CUE_OPT_OUT] = "opt_out",       [CUE_HUMAN] = "human_request",     [CUE_ROBOT] = "robot_question",
    [CUE_RECORDING] = "recording_question", [CUE_SOURCE] = "source_question", [CUE_NOT_INTERESTED] = "not_interested",
    [CUE_WRONG_NUMBER] = "wrong_number", [CUE_LANGUAGE] = "language",   [CUE_GATEKEEPER] = "gatekeeper",
    [CUE_BUSY] = "busy",             [CUE_REPEAT] = "repeat",           [CUE_MINOR] = "minor",
    [CUE_ABUSIVE] = "abusive",       [CUE_VOICEMAIL] = "voicemail",     [CUE_SCREENING] = "screening",
    [CUE_SALES] = "sales_question",  [CUE_CALLED_BEFORE] = "called_before",
};

const char *cue_intent_id(enum cue c)
{
    return c < CUE_INTENTS ? ids[c] : NULL;
}

void intents_add(struct understanding *out, const char *id, enum und_intent_kind kind, float score, const struct reading *r, size_t from, size_t to)
{
    struct und_intent *it;
    size_t at = 0;

    for (size_t i = 0; i < out->intent_count; i++)
        if (out->intents[i].kind == kind && strcmp(out->intents[i].id, id) == 0)
            return;
    while (at < out->intent_count && out->intents[at].score >= score)
        at++;
    if (at == UND_INTENTS_MAX)
        return;
    if (out->intent_count == UND_INTENTS_MAX)
        out->intent_count--;
    memmove(&out->intents[at + 1], &out->intents[at], (out->intent_count - at) * sizeof *it);
    out->intent_count++;
    it = &out->intents[at];
    memset(it, 0, sizeof *it);
    snprintf(it->id, sizeof it->id, "%s", id);
    it->kind = kind;
    it->score = score;
    words_quote(it->evidence, sizeof it->evidence, &r->w, from, to);
}

static bool has_objection(const struct scenario *sc, const char *id)
{
    for (size_t i = 0; i < sc->objection_count; i++)
        if (strcmp(sc->objections[i].id, id) == 0)
            return true;
    return false;
}

static const struct und_intent *find(const struct understanding *out, const char *id)
{
    for (size_t i = 0; i < out->intent_count; i++)
        if (strcmp(out->intents[i].id, id) == 0)
            return &out->intents[i];
    return NULL;
}

/* A scenario's objection that says the same as a built-in intent. */
static void say_also(struct understanding *out, const char *built_in, const char *objection, const struct scenario *sc)
{
    const struct und_intent *in = find(out, built_in);
    struct und_intent *it = (struct und_intent *)(uintptr_t)find(out, objection);

    if (in == NULL || !has_objection(sc, objection) || (it != NULL && it->score >= in->score) || (it == NULL && out->intent_count == UND_INTENTS_MAX))
        return;
    if (it == NULL)
        it = &out->intents[out->intent_count++];
    *it = *in;
    it->kind = UND_OBJECTION;
    it->score = in->score - 0.05f;
    snprintf(it->id, sizeof it->id, "%s", objection);
}

void objections_by_rule(struct understanding *out, const struct reading *r, const struct scenario *sc)
{
    const struct lang *lang = r->w.lang;
    const struct hit *h;

    say_also(out, ids[CUE_BUSY], "not_right_time", sc);
    say_also(out, ids[CUE_SOURCE], "trust", sc);
    if (has_objection(sc, "too_expensive") && !out->is_question && r->in->asked != ASKED_CHOICE && (h = lang->finds_dear(r)) != NULL)
        intents_add(out, "too_expensive", UND_OBJECTION, 0.8f, r, h->from, h->to);
    if (out->competitor_count > 0 && !out->is_question && lang->in_use(&r->w) && has_objection(sc, "competitor"))
        intents_add(out, "competitor", UND_OBJECTION, 0.8f, r, 0, r->w.n);
}

static int by_score(const void *a, const void *b)
{
    const struct und_intent *x = a, *y = b;

    return (x->score < y->score) - (x->score > y->score);
}

static void drop(struct understanding *out, const char *id)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->intent_count; i++)
        if (strcmp(out->intents[i].id, id) != 0)
            out->intents[kept++] = out->intents[i];
    out->intent_count = kept;
}

/* "Mister Raman is in a meeting": he is, not the speaker. */
static bool says_busy_of_another(const struct und_intent *gatekeeper, const struct und_intent *busy)
{
    return gatekeeper && busy && strstr(gatekeeper->evidence, busy->evidence) != NULL;
}

void intents_settle(struct understanding *out)
{
    static const char *const swallowed[] = { "busy", "not_right_time", "human_request", "repeat", "gatekeeper", "called_before" };

    if (find(out, ids[CUE_HUMAN]) != NULL && !out->is_question)
        drop(out, ids[CUE_ROBOT]); /* "I'm not talking to a robot" */
    if (find(out, ids[CUE_GATEKEEPER]) != NULL && find(out, ids[CUE_GATEKEEPER])->score > 0.8f) {
        if (says_busy_of_another(find(out, ids[CUE_GATEKEEPER]), find(out, ids[CUE_BUSY]))) {
            drop(out, ids[CUE_BUSY]);
            drop(out, "not_right_time");
        }
        drop(out, "what_is_it"); /* "may I ask what it is about?" */
        drop(out, ids[CUE_REPEAT]);
    }
    if (find(out, ids[CUE_WRONG_NUMBER]) != NULL && find(out, ids[CUE_WRONG_NUMBER])->score > 0.8f)
        drop(out, ids[CUE_GATEKEEPER]); /* "this isn't his phone any more" */
    if (find(out, ids[CUE_CALLED_BEFORE]) != NULL)
        drop(out, ids[CUE_REPEAT]); /* "you again" */
    if (find(out, ids[CUE_OPT_OUT]) != NULL)
        for (size_t i = 0; i < sizeof swallowed / sizeof *swallowed; i++)
            drop(out, swallowed[i]);
    qsort(out->intents, out->intent_count, sizeof *out->intents, by_score);
}

bool intents_refused(const struct reading *r, enum cue cue)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == (int)cue && !r->w.lang->meant(r, &r->hits.at[i]))
            return true;
    return false;
}

/* "Not now, maybe in the summer", asked for a date. */
static bool is_a_date(const struct understanding *out, const struct reading *r, const struct hit *h)
{
    return h->cue == CUE_BUSY && r->in->asked == ASKED_DURATION && out->duration.status == UND_STATED && r->w.lang->denying_word(&r->w, h->from);
}

void intents_by_rule(struct understanding *out, const struct reading *r)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue < CUE_INTENTS && r->w.lang->meant(r, h) && !is_a_date(out, r, h))
            intents_add(out, ids[h->cue], UND_BUILT_IN, h->cue == CUE_OPT_OUT ? 1.0f : 0.9f, r, h->from, h->to);
    }
}
