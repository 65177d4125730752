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

/* "Am I speaking to a real person?": asked, not wished. */
static bool asks_who_it_is(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from; i < h->to; i++)
        if (word_in(w, i, "want need get give put rather prefer would like let have"))
            return false;
    for (size_t i = h->from > 3 ? h->from - 3 : 0; i < h->from; i++)
        if (word_in(w, i, "am are is") && word_in(w, i + 1, "i you this it we that"))
            return true;
    return word_in(w, h->from, "am are") && word_in(w, h->from + 1, "i you we");
}

static bool shielded(const struct reading *r, const struct hit *h)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *s = &r->hits.at[i];

        if (s->cue == CUE_SHIELD && s->from <= h->to && s->to + 1 >= h->from)
            return true;
    }
    return false;
}

/* "I didn't say stop calling", "it's not that I'm not interested". */
static bool turned_round(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from > 5 ? h->from - 5 : 0; i < h->from; i++) {
        if (w->at[i].ends)
            continue;
        if (word_in(w, i, "not never") && word_in(w, i + 1, "say saying said that because asking mean"))
            return true;
    }
    return false;
}

/* "I am forty" is nobody's child. */
static bool is_adult(const struct reading *r, const struct hit *h)
{
    const struct lang *l = r->w.lang;
    double age;

    for (size_t i = h->from; i < h->to; i++)
        if (l->number_at(&age, &r->w, i) && !(i > h->from && l->number_word(&r->w, i - 1)))
            return age >= 18 || age < 3;
    return false;
}

/* In the answer to a question of qualification, "she is out" and "people leave a message" speak of the prospect's own trade. */
static bool out_of_place(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    if (r->in->asked != ASKED_CHOICE && r->in->asked != ASKED_MONEY && r->in->asked != ASKED_DURATION && r->in->asked != ASKED_ROLE)
        return false;
    if (h->cue == CUE_GATEKEEPER || h->cue == CUE_SCREENING)
        return true;
    if (h->cue == CUE_WRONG_NUMBER)
        return w->n > h->to + 4 || h->from > 4 || !word_in(w, h->from, "wrong misdialed misdialled") || !word_in(w, h->from + 1, "number person");
    for (size_t i = 0; i < w->n; i++) {
        if (h->cue == CUE_VOICEMAIL && word_in(w, i, "tone beep"))
            return false;
        if (h->cue == CUE_LANGUAGE && word_in(w, i, "our customers callers clients patients people tenants who half"))
            return true;
    }
    return h->cue == CUE_VOICEMAIL;
}

/* "We never call them again", "I didn't call": somebody tells what they do, and asks for nothing. */
static bool tells_of_own_acts(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;
    size_t before = h->from;

    while (before > 0 && h->from - before < 2 && word_in(w, before - 1, "just also often still really simply do did would can could will never ever"))
        before--;
    if (!word_in(w, h->from, "not never no") || before == 0 || !word_in(w, before - 1, "we they he she i nobody noone reps staff it that which who"))
        return false;
    for (size_t i = h->from; i < h->to; i++)
        if (word_in(w, i, "me us my our you your want wish like need"))
            return false;
    return true;
}

/* "I already talked to one of your people": it is behind them. */
static bool tells_of_the_past(const struct reading *r, const struct hit *h)
{
    bool past = false;

    for (size_t i = h->from > 5 ? h->from - 5 : 0; i < h->to; i++) {
        if (word_in(&r->w, i, "want wanted need like get give put let can could rather prefer please instead"))
            return false;
        past |= word_in(&r->w, i, "talked spoke spoken met called rang emailed texted chatted dealt");
    }
    return past;
}

/* "Customers ask to be taken off the list": others want it, not the prospect. */
static bool said_of_others(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from; i < h->to; i++)
        if (word_in(w, i, "me my us"))
            return false;
    for (size_t i = h->from; i > 0 && h->from - i < 7 && !w->at[i - 1].ends; i--)
        if (word_in(w, i - 1, "customers clients patients leads prospects callers tenants guests members buyers") ||
            (word_is(w, i - 1, "people") && !word_in(w, i >= 2 ? i - 2 : i, "you your these")))
            return true;
    return false;
}

/* "Don't call me at work, call me on my cell". */
static bool asks_elsewhere(const struct reading *r, const struct hit *h)
{
    for (size_t i = h->to; i + 1 < r->w.n; i++)
        if (word_in(&r->w, i, "call ring try reach phone") && word_is(&r->w, i + 1, "me") && !word_in(&r->w, i - 1, "not never stop to ever"))
            return true;
    return false;
}

bool intents_goes_on(const struct reading *r, size_t from)
{
    for (size_t i = from; i < r->w.n; i++) {
        if (word_in(&r->w, i, "but"))
            return hits_find(&r->hits, CUE_YES, i + 1, r->w.n) != NULL;
        if (word_is(&r->w, i, "so") && hits_find(&r->hits, CUE_BRIEF, i + 1, r->w.n) != NULL)
            return true;
    }
    return false;
}

/* "You've reached a private home": a person says that. */
static bool is_household(const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (word_in(&r->w, i, "message beep tone mailbox voicemail"))
            return false;
    return hits_any(&r->hits, CUE_WRONG_NUMBER) != NULL;
}

/* "Our reps call back days later". */
static bool is_done_by_others(const struct reading *r, const struct hit *h)
{
    for (size_t i = h->from; i > 0 && h->from - i < 3; i--)
        if (word_in(&r->w, i - 1, "they reps rep agents team staff guys sellers salespeople colleagues he she nobody noone"))
            return true;
    return false;
}

static bool stands(const struct reading *r, const struct hit *h)
{
    if (h->cue == CUE_VOICEMAIL && is_household(r))
        return false;
    if (out_of_place(r, h))
        return false;
    if (h->cue == CUE_HUMAN && (asks_who_it_is(r, h) || tells_of_the_past(r, h)))
        return false;
    if (h->cue == CUE_RECORDING && word_in(&r->w, h->to - 1, "recording tape") && word_in(&r->w, h->to - 2, "a some"))
        return false;
    if (h->cue == CUE_OPT_OUT || h->cue == CUE_HUMAN || h->cue == CUE_BUSY)
        return !shielded(r, h) && !turned_round(r, h) && !said_of_others(r, h) && !tells_of_own_acts(r, h) && !(h->cue == CUE_OPT_OUT && asks_elsewhere(r, h)) &&
               !(h->cue == CUE_BUSY && (intents_goes_on(r, h->to) || is_done_by_others(r, h)));
    if (h->cue == CUE_MINOR)
        return !is_adult(r, h);
    if (h->cue == CUE_ROBOT || h->cue == CUE_RECORDING || h->cue == CUE_SOURCE)
        return !turned_round(r, h) && !said_of_others(r, h);
    if (h->cue == CUE_NOT_INTERESTED)
        return !turned_round(r, h);
    return true;
}

static bool has_objection(const struct scenario *sc, const char *id)
{
    for (size_t i = 0; i < sc->objection_count; i++)
        if (strcmp(sc->objections[i].id, id) == 0)
            return true;
    return false;
}

/* A competitor that is in use, not one to get away from or to connect with. */
static bool uses_competitor(const struct understanding *o, const struct reading *r)
{
    bool uses = false;

    if (o->competitor_count == 0 || o->is_question)
        return false;
    for (size_t i = 0; i < r->w.n; i++) {
        if (word_in(&r->w, i, "replace replacing leave leaving switch switching instead from connect integrate unhappy cancel"))
            return false;
        uses |= word_in(&r->w, i, "use using uses have with on happy love run running got bought signed like");
    }
    return uses;
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

/* "That's too steep", not "it's not too expensive", "is it expensive?" or "people find us too expensive". */
static const struct hit *finds_dear(const struct understanding *out, const struct reading *r)
{
    const struct hit *h = hits_any(&r->hits, CUE_DEAR);

    if (h == NULL || out->is_question || r->in->asked == ASKED_CHOICE || said_of_others(r, h))
        return NULL;
    for (size_t i = h->from > 3 ? h->from - 3 : 0; i < h->from; i++)
        if (word_in(&r->w, i, "not never") && !word_in(&r->w, h->from, "can could"))
            return NULL;
    return h;
}

void objections_by_rule(struct understanding *out, const struct reading *r, const struct scenario *sc)
{
    const struct hit *h;

    say_also(out, ids[CUE_BUSY], "not_right_time", sc);
    say_also(out, ids[CUE_SOURCE], "trust", sc);
    if (has_objection(sc, "too_expensive") && (h = finds_dear(out, r)) != NULL)
        intents_add(out, "too_expensive", UND_OBJECTION, 0.8f, r, h->from, h->to);
    if (uses_competitor(out, r) && has_objection(sc, "competitor"))
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
    static const char *const swallowed[] = { "busy", "not_right_time", "human_request", "repeat", "gatekeeper" };

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
    if (find(out, ids[CUE_OPT_OUT]) != NULL)
        for (size_t i = 0; i < sizeof swallowed / sizeof *swallowed; i++)
            drop(out, swallowed[i]);
    qsort(out->intents, out->intent_count, sizeof *out->intents, by_score);
}

bool intents_refused(const struct reading *r, enum cue cue)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.at[i].cue == (int)cue && !stands(r, &r->hits.at[i]))
            return true;
    return false;
}

/* "Not now, maybe in the summer", asked for a date. */
static bool is_a_date(const struct understanding *out, const struct reading *r, const struct hit *h)
{
    return h->cue == CUE_BUSY && r->in->asked == ASKED_DURATION && out->duration.status == UND_STATED && word_is(&r->w, h->from, "not");
}

void intents_by_rule(struct understanding *out, const struct reading *r)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.at[i];

        if (h->cue < CUE_INTENTS && stands(r, h) && !is_a_date(out, r, h))
            intents_add(out, ids[h->cue], UND_BUILT_IN, h->cue == CUE_OPT_OUT ? 1.0f : 0.9f, r, h->from, h->to);
    }
}
