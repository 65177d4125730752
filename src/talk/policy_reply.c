/* policy_reply.c - objections, questions of the prospect, and the honest answers that are always the same. */
#include <string.h>

#include "talk/talk_priv.h"

#include "base/banned.h"

static const float MEANT_SCORE = 0.6f;   /* "just looking" in the answer to what is wrong: an objection said again */
static const float SCORE_MARGIN = 0.25f; /* an intent this far below the best one was not meant */

enum { REPLIES_PER_TURN = 2, OBJECTIONS_PER_TALK = 6, SAME_OBJECTION_MAX = 2 };

const struct und_intent *policy_intent(const struct talk *t, const char *id)
{
    for (size_t i = 0; i < t->u.intent_count; i++)
        if (t->u.intents[i].kind == UND_BUILT_IN && strcmp(t->u.intents[i].id, id) == 0)
            return &t->u.intents[i];
    return NULL;
}

bool policy_is_strong(const struct talk *t, const struct und_intent *in)
{
    return in != NULL && in->score + SCORE_MARGIN >= t->u.intents[0].score;
}

static void note_intent(struct talk *t, const struct und_intent *in)
{
    if (talk_mention(t, &t->intents, in->id, in->evidence))
        talk_note(t, json_pack("{s:s,s:s,s:s}", "event", "intent", "id", in->id, "evidence", in->evidence));
}

enum replied policy_then(struct talk *t, enum sc_then then)
{
    switch (then) {
    case THEN_CONTINUE: return REPLIED_GO_ON;
    case THEN_BOOK_CALLBACK: policy_callback_ask(t, LINE_BUSY); return REPLIED_DONE;
    case THEN_SOFT_EXIT: policy_soft_exit(t, LINE_SOFT_EXIT, "declined"); return REPLIED_DONE;
    case THEN_SEND_EMAIL_AND_EXIT: policy_soft_exit(t, LINE_EMAIL_EXIT, "declined"); return REPLIED_DONE;
    case THEN_HANDOFF: policy_human(t, t->text); return REPLIED_DONE;
    case THEN_EXIT: policy_goodbye(t, "declined"); return REPLIED_DONE;
    }
    return REPLIED_GO_ON;
}

/* "When would suit you better?" - unless the time was named in the same breath. */
static enum replied book_after_reply(struct talk *t, const char *topic, const struct sc_objection *o)
{
    if (t->outcome == NULL)
        t->outcome = "callback_requested";
    if (policy_callback_take(t))
        return REPLIED_DONE;
    policy_callback_ask(t, talk_say(t, topic, &o->reply) ? LINE_COUNT : LINE_BUSY);
    return REPLIED_DONE;
}

static enum replied wait_for_yes(struct talk *t, const char *topic, size_t i)
{
    t->phase = PHASE_OBJECTION;
    t->objection = i;
    talk_listen(t, topic, EXPECT_YES_NO);
    return REPLIED_DONE;
}

/* A reply that would only ask for another question is pointless when nothing is left to ask. */
static bool reply_fits(const struct talk *t, const struct sc_objection *o)
{
    return o->then != THEN_CONTINUE || !policy_nothing_left(t) || !talk_text_is_question(o->reply.text[0]);
}

static enum replied say_reply(struct talk *t, size_t i)
{
    const struct sc_objection *o = &t->sc->objections[i];
    const char *topic = arena_printf(&t->step, "objection:%s", o->id);
    const struct talk_effect *last;

    if (topic == NULL)
        topic = "goodbye";
    if (o->then == THEN_BOOK_CALLBACK)
        return book_after_reply(t, topic, o);
    if (!reply_fits(t, o))
        return REPLIED_GO_ON;
    if (!talk_say_or(t, topic, &o->reply, LINE_HEARD_YOU))
        return policy_then(t, o->then);
    last = &t->out->at[t->out->n - 1];
    if (o->then == THEN_CONTINUE && talk_text_is_question(last->text))
        return wait_for_yes(t, topic, i);
    return policy_then(t, o->then);
}

/* Together with an answer: only when a time is named, or a time is wished for where a few words would have been enough ("our reps
 * call back days later" is an answer to what is wrong). */
static bool busy_is_meant(const struct talk *t)
{
    enum question_kind kind = t->pending >= 0 ? t->sc->questions[t->pending].kind : Q_TEXT;

    return t->u.callback.status == UND_STATED || (t->u.callback.status == UND_VAGUE && kind != Q_CHOICE && kind != Q_TEXT);
}

static bool answers_choice(const struct talk *t)
{
    return t->pending >= 0 && t->sc->questions[t->pending].kind == Q_CHOICE;
}

/* Somebody who answers the question goes on talking: a reply that would only ask whether we may go on, or end the talk, is left out
 * unless it was said clearly. */
static bool needs_reply(const struct talk *t, const struct sc_objection *o, const struct und_intent *in, bool answered)
{
    if (t->phase == PHASE_CALLBACK || t->phase == PHASE_HANDOFF)
        return false;
    if (!answered)
        return true;
    if (o->then == THEN_CONTINUE) /* "just looking" is the answer to what is wrong */
        return !talk_text_is_question(o->reply.text[0]) && !(o->limit > 0 && answers_choice(t) && (t->objection_count[o - t->sc->objections] == 0 || in->score < MEANT_SCORE));
    return in->score >= CLEAR_SCORE && (o->then != THEN_BOOK_CALLBACK || busy_is_meant(t));
}

static enum replied reply_objection(struct talk *t, size_t i, const struct und_intent *in, bool answered)
{
    const struct sc_objection *o = &t->sc->objections[i];
    int count, limit = o->limit > 0 ? o->limit : SAME_OBJECTION_MAX;

    if (talk_mention(t, &t->objections, o->id, in->evidence))
        talk_note(t, json_pack("{s:s,s:s,s:s}", "event", "objection", "id", o->id, "evidence", in->evidence));
    if (!needs_reply(t, o, in, answered))
        return REPLIED_NOT;
    count = ++t->objection_count[i];
    if (count > limit && o->then == THEN_CONTINUE && o->limit == 0)
        return REPLIED_NOT; /* said and answered twice: the talk goes on */
    if (count > limit || ++t->objection_replies > OBJECTIONS_PER_TALK)
        return policy_then(t, o->limit > 0 ? o->next : THEN_SOFT_EXIT);
    return say_reply(t, i);
}

static enum replied reply_faq(struct talk *t, size_t i)
{
    const struct sc_faq *f = &t->sc->faq[i];
    const char *topic = arena_printf(&t->step, "faq:%s", f->id);

    t->faq_count[i]++;
    if (talk_mention(t, &t->faqs, f->id, ""))
        talk_note(t, json_pack("{s:s,s:s}", "event", "faq", "id", f->id));
    return topic != NULL && talk_say_or(t, topic, &f->answer, LINE_FAQ_AGAIN) ? REPLIED_GO_ON : REPLIED_NOT;
}

/* The scenario's objection of this kind that was heard in the same utterance, or NULL. */
static const struct und_intent *objection_in(const struct talk *t, enum sc_then then, size_t *index)
{
    for (size_t i = 0; i < t->u.intent_count; i++)
        for (size_t k = 0; t->u.intents[i].kind == UND_OBJECTION && k < t->sc->objection_count; k++)
            if (strcmp(t->sc->objections[k].id, t->u.intents[i].id) == 0 && t->sc->objections[k].then == then) {
                *index = k;
                return &t->u.intents[i];
            }
    return NULL;
}

static enum replied reply_busy(struct talk *t, const struct und_intent *in, bool answered)
{
    const struct und_intent *objection;
    size_t index;

    if (t->phase == PHASE_CALLBACK || (answered && !busy_is_meant(t)))
        return REPLIED_NOT;
    note_intent(t, in);
    if ((objection = objection_in(t, THEN_BOOK_CALLBACK, &index)) != NULL)
        return reply_objection(t, index, objection, false);
    if (t->outcome == NULL)
        t->outcome = "callback_requested";
    if (!policy_callback_take(t))
        policy_callback_ask(t, LINE_BUSY);
    return REPLIED_DONE;
}

static enum replied say_honest(struct talk *t, const struct und_intent *in, enum talk_line line)
{
    const char *topic = arena_printf(&t->step, "faq:%s", in->id);

    note_intent(t, in);
    return topic != NULL && talk_say_line(t, topic, line) ? REPLIED_GO_ON : REPLIED_NOT;
}

/* A scenario may have its own words for it. */
static enum replied reply_sales(struct talk *t, const struct und_intent *in)
{
    for (size_t i = 0; i < t->sc->faq_count; i++)
        if (strcmp(t->sc->faq[i].id, "sales_call") == 0) {
            note_intent(t, in);
            return reply_faq(t, i);
        }
    return say_honest(t, in, LINE_SALES);
}

static enum replied reply_built_in(struct talk *t, const struct und_intent *in, bool answered)
{
    size_t index;

    if (strcmp(in->id, "robot_question") == 0)
        return say_honest(t, in, LINE_ROBOT);
    if (strcmp(in->id, "recording_question") == 0)
        return say_honest(t, in, LINE_RECORDING);
    if (strcmp(in->id, "source_question") == 0) {
        note_intent(t, in);
        return policy_is_strong(t, objection_in(t, THEN_CONTINUE, &index)) ? REPLIED_NOT : say_honest(t, in, LINE_SOURCE);
    }
    if (strcmp(in->id, "sales_question") == 0)
        return reply_sales(t, in);
    if (strcmp(in->id, "called_before") == 0)
        return say_honest(t, in, LINE_CALLED_BEFORE);
    if (strcmp(in->id, "busy") == 0)
        return reply_busy(t, in, answered);
    if (strcmp(in->id, "not_interested") == 0 && !answered && t->phase != PHASE_CALLBACK) {
        note_intent(t, in);
        policy_soft_exit(t, LINE_DECLINED, "declined");
        return REPLIED_DONE;
    }
    return REPLIED_NOT;
}

static enum replied reply_one(struct talk *t, const struct und_intent *in, bool answered)
{
    switch (in->kind) {
    case UND_BUILT_IN: return reply_built_in(t, in, answered);
    case UND_OBJECTION:
        for (size_t i = 0; i < t->sc->objection_count; i++)
            if (strcmp(t->sc->objections[i].id, in->id) == 0)
                return reply_objection(t, i, in, answered);
        return REPLIED_NOT;
    case UND_FAQ:
        for (size_t i = 0; i < t->sc->faq_count; i++)
            if (strcmp(t->sc->faq[i].id, in->id) == 0)
                return reply_faq(t, i);
        return REPLIED_NOT;
    }
    return REPLIED_NOT;
}

/* A question that nobody wrote an answer to is noted for the specialist and never improvised. */
static enum replied note_open_question(struct talk *t)
{
    bool known = false;

    for (size_t i = 0; i < t->open_count; i++)
        known |= strcmp(t->open[i], t->text) == 0;
    if (!known && t->open_count < OPEN_MAX) {
        t->open[t->open_count++] = talk_keep(t, t->text);
        talk_note(t, json_pack("{s:s,s:s}", "event", "open_question", "text", t->text));
    }
    return talk_say_line(t, "faq:open", LINE_NOTED) ? REPLIED_GO_ON : REPLIED_NOT;
}

enum replied policy_reply(struct talk *t, bool answered)
{
    enum replied r = REPLIED_NOT;
    int replies = 0;

    for (size_t i = 0; i < t->u.intent_count && replies < REPLIES_PER_TURN; i++) {
        enum replied one = policy_is_strong(t, &t->u.intents[i]) ? reply_one(t, &t->u.intents[i], answered) : REPLIED_NOT;

        if (one == REPLIED_DONE)
            return one;
        replies += one == REPLIED_GO_ON;
        r = one == REPLIED_GO_ON ? one : r;
    }
    if (r == REPLIED_NOT && t->u.is_question && (!t->u.understood || t->u.choice.option[0] != '\0') && !answered && t->u.intent_count == 0)
        r = note_open_question(t);
    return r;
}
