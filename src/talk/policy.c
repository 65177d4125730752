/* policy.c - what an utterance does, by phase. The house rules: something is said to everything, one question at a time, never the
 * same sentence twice, and every path ends. */
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { AGREES_WORDS = 4, ASKED_MAX = 3 };

static void say_reference(struct talk *t)
{
    for (size_t i = 0; t->lead.source != NULL && i < t->sc->reference_count; i++)
        if (strcmp(t->sc->references[i].source, t->lead.source) == 0) {
            const char *text[] = {t->sc->references[i].text};

            talk_say(t, "opening", &(struct wordings){.n = 1, .text = text});
            return;
        }
}

static bool knows_answers(const struct talk *t)
{
    for (size_t i = 0; i < t->sc->question_count; i++)
        if (t->answers[i].status != ANSWER_NOT_ASKED)
            return true;
    return false;
}

/* Who was told it all before hears who calls, that it is recorded, and what is left to do. */
static void open_again(struct talk *t)
{
    talk_say_line(t, "opening", policy_nothing_left(t) ? LINE_ANYTHING_OPEN : LINE_SPOKE_BEFORE);
    talk_say_line(t, "opening", LINE_PERMISSION_AGAIN);
}

static void open_first(struct talk *t)
{
    say_reference(t);
    talk_say(t, "opening", &t->sc->value);
    talk_say_or(t, "opening", &t->sc->permission, LINE_PERMISSION);
}

void policy_start(struct talk *t)
{
    t->phase = PHASE_OPENING;
    if (talk_say(t, "opening", &t->sc->disclosure)) {
        talk_mark(t, SAID_DISCLOSURE, -1);
        t->disclosed = true;
    }
    if (knows_answers(t))
        open_again(t);
    else
        open_first(t);
    talk_listen(t, "opening", EXPECT_YES_NO);
}

static void owe_disclosure(struct talk *t)
{
    if (t->disclosed || t->phase == PHASE_NEW)
        return;
    t->disclosed = true;
    if (talk_say_line(t, "opening", LINE_DISCLOSURE_AGAIN))
        talk_mark(t, SAID_DISCLOSURE, -1);
}

void policy_go_on(struct talk *t)
{
    t->phase = PHASE_QUESTIONS;
    if (policy_ask_next(t))
        policy_listen_pending(t);
    else
        policy_route(t);
}

static void permission_again(struct talk *t)
{
    if (talk_say_or(t, "opening", &t->sc->permission, LINE_PERMISSION))
        talk_listen(t, "opening", EXPECT_YES_NO);
    else
        policy_go_on(t);
}

/* Then the price is not said again: what would suit them? */
static bool price_was_too_high(const struct talk *t)
{
    return t->dear && t->sc->questions[t->pending].kind == Q_MONEY;
}

/* Whoever was asked three times and spoke of other things will not answer the fourth time. */
static bool may_ask_again(const struct talk *t)
{
    return t->answers[t->pending].asked < ASKED_MAX;
}

void policy_listen_again(struct talk *t)
{
    if (t->phase == PHASE_OPENING) {
        permission_again(t);
    } else if (t->phase == PHASE_CALLBACK) {
        policy_callback_ask(t, LINE_CALLBACK_WHEN);
    } else if (t->phase == PHASE_HANDOFF) {
        talk_listen(t, "handoff", EXPECT_OPEN);
    } else if (t->pending >= 0 && t->answers[t->pending].status == ANSWER_NOT_ASKED) {
        t->phase = PHASE_QUESTIONS;
        if (may_ask_again(t) && policy_ask_again(t, price_was_too_high(t))) {
            policy_listen_pending(t);
        } else {
            policy_answer_unknown(t, ANSWER_UNKNOWN);
            policy_go_on(t);
        }
    } else {
        policy_go_on(t);
    }
}

/* "Not now, I'm with someone": a no whose reason is not clear is a no. */
static bool refuses_now(const struct talk *t)
{
    return t->u.yes_no == UND_NO && (t->u.intent_count == 0 || (t->u.intents[0].kind == UND_BUILT_IN && t->u.intents[0].score < CLEAR_SCORE));
}

/* "Sorry, who is this?": who we are, and whether it suits. */
static bool introduces_again(struct talk *t)
{
    if (!policy_is_strong(t, policy_intent(t, "repeat")) || !talk_say_line(t, "opening", LINE_DISCLOSURE_AGAIN))
        return false;
    permission_again(t);
    return true;
}

static void opening_text(struct talk *t)
{
    bool pending, corrected, got = policy_take_answers(t, &pending, &corrected);
    enum replied r;

    if (!got && introduces_again(t))
        return;
    r = !got && refuses_now(t) ? REPLIED_NOT : policy_reply(t, got);

    if (r == REPLIED_DONE)
        return;
    if (got || t->u.yes_no == UND_YES || (r == REPLIED_GO_ON && t->objection_replies > 0))
        policy_go_on(t);
    else if (r == REPLIED_GO_ON)
        permission_again(t);
    else if (*t->text == '\0')
        policy_not_caught(t);
    else if (t->u.yes_no == UND_NO)
        policy_callback_ask(t, LINE_BUSY);
    else if (!t->permission_asked)
        t->permission_asked = true, permission_again(t);
    else
        policy_go_on(t);
}

/* "Yes." - "What are you hoping to fix?" - "Go ahead.": the rest of the answer to what was asked before. The question is said again. */
static bool only_agrees(const struct talk *t)
{
    enum question_kind kind = t->sc->questions[t->pending].kind;

    return t->u.yes_no == UND_YES && (kind == Q_CHOICE || kind == Q_TEXT) && talk_text_words(t->text) <= AGREES_WORDS;
}

/* Nothing that answers the question: grant time, say it again, narrow once, then take it as unknown. */
static void no_answer(struct talk *t)
{
    struct talk_answer *a = &t->answers[t->pending];

    if (t->u.thinking && !a->waited) {
        a->waited = true;
        talk_say_line(t, policy_topic(t), LINE_TAKE_TIME);
        talk_listen(t, policy_topic(t), EXPECT_THINKING);
    } else if (policy_intent(t, "repeat") != NULL) {
        policy_listen_again(t);
    } else if (!a->agreed && only_agrees(t)) {
        a->agreed = true;
        policy_listen_again(t);
    } else if (*t->text == '\0') {
        policy_not_caught(t);
    } else if (a->reasked < t->sc->reasks && policy_ask_again(t, true)) {
        a->reasked++;
        policy_listen_pending(t);
    } else {
        policy_answer_unknown(t, ANSWER_UNKNOWN);
        policy_go_on(t);
    }
}

/* "Perfect" is no reply to "we have no budget". */
static bool tells_little(const struct talk *t)
{
    const struct talk_answer *a = &t->answers[t->pending];

    return a->status != ANSWER_STATED || a->points == 0 || (a->option != NULL && a->points <= t->sc->questions[t->pending].unknown_points);
}

static void ack(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];

    if (t->email_new) {
        t->heard = t->email;
        talk_say_line(t, q->id, LINE_EMAIL_NOTED);
    } else if (!policy_nothing_left(t) && tells_little(t)) {
        talk_say_line(t, q->id, LINE_ACK_LITTLE);
    } else if (!policy_nothing_left(t)) {
        talk_say_or(t, q->id, &q->ack, LINE_ACK);
    }
}

/* The reply to "did you say ...?" */
static void read_back_text(struct talk *t)
{
    bool stands = policy_read_back_taken(t);
    enum replied r = policy_reply(t, true);

    if (r == REPLIED_DONE)
        return;
    if (stands && r == REPLIED_NOT)
        ack(t);
    if (stands)
        policy_go_on(t);
    else
        policy_listen_again(t);
}

static void questions_text(struct talk *t)
{
    bool closing = t->closing, answered, corrected, got = policy_take_answers(t, &answered, &corrected);
    enum replied r;

    if (t->reading_back == READ_BACK_ANSWER) {
        read_back_text(t);
        return;
    }
    if (closing)
        policy_close_take(t);
    else if (!got)
        got = answered = policy_take_quote(t);
    answered |= closing;
    r = policy_reply(t, got || closing);
    if (r == REPLIED_DONE || (r == REPLIED_NOT && answered && !closing && (policy_read_back(t) || policy_close_ask(t))))
        return;
    if (answered) {
        if (r == REPLIED_NOT)
            ack(t);
        policy_go_on(t);
    } else if (r == REPLIED_GO_ON) {
        policy_listen_again(t);
    } else if (got) {
        talk_say_line(t, policy_topic(t), corrected ? LINE_CHANGED : LINE_ACK);
        policy_listen_again(t);
    } else {
        no_answer(t);
    }
}

/* Our reply to an objection ended with a question ("may I ask two quick questions?"): no means no. */
static void objection_text(struct talk *t)
{
    const struct sc_objection *o = &t->sc->objections[t->objection];
    bool answered, corrected, got = policy_take_answers(t, &answered, &corrected);
    enum replied r = policy_reply(t, got);

    if (r == REPLIED_DONE)
        return;
    if (r == REPLIED_NOT && !got && t->u.yes_no == UND_NO)
        policy_then(t, o->limit > 0 ? o->next : THEN_SOFT_EXIT);
    else
        policy_listen_again(t);
}

/* A talk that goes on too long comes to its end with what is known. */
static bool is_too_long(struct talk *t)
{
    bool asks = t->phase == PHASE_QUESTIONS || t->phase == PHASE_OBJECTION || t->phase == PHASE_OPENING;

    if (t->turns > TURNS_SOFT_MAX) {
        policy_soft_exit(t, LINE_SOFT_EXIT, "declined");
        return true;
    }
    if (asks && t->now_ms - t->started_ms > t->sc->call_s * 1000LL) {
        bool answered, corrected;

        policy_take_answers(t, &answered, &corrected);
        policy_route(t);
        return true;
    }
    return false;
}

static void by_phase(struct talk *t)
{
    switch (t->phase) {
    case PHASE_OPENING: opening_text(t); break;
    case PHASE_QUESTIONS: questions_text(t); break;
    case PHASE_OBJECTION: objection_text(t); break;
    case PHASE_HANDOFF: policy_handoff_text(t); break;
    case PHASE_CALLBACK: policy_callback_text(t); break;
    case PHASE_NEW:
    case PHASE_ENDED: break;
    }
}

void policy_text(struct talk *t, const char *text, float confidence)
{
    t->turns++;
    t->silences = 0;
    if (t->phase == PHASE_NEW) { /* they spoke before we did: the opening answers it */
        policy_start(t);
        return;
    }
    policy_hear(t, text, confidence);
    if (policy_exits(t))
        return;
    owe_disclosure(t);
    policy_note_names(t);
    if (!is_too_long(t))
        by_phase(t);
}

void policy_silence(struct talk *t)
{
    if (t->phase == PHASE_HANDOFF) {
        policy_hold(t);
    } else if (++t->silences == 1 && talk_say_line(t, policy_topic(t), LINE_STILL_THERE)) {
        talk_listen(t, policy_topic(t), EXPECT_YES_NO);
    } else if (t->phase == PHASE_CALLBACK && t->outcome != NULL) {
        policy_callback_default(t);
    } else {
        policy_soft_exit(t, LINE_SILENCE_EXIT, t->screened ? "screening" : t->passed_on && t->questions_asked == 0 ? "gatekeeper" : "no_response");
    }
}
