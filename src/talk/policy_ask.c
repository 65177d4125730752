/* policy_ask.c - which question comes next, and in which words it is asked, or asked again. */
#include "talk/talk_priv.h"

#include "base/banned.h"

enum und_asked policy_asked(const struct talk *t, size_t question)
{
    switch (t->sc->questions[question].kind) {
    case Q_CHOICE: return ASKED_CHOICE;
    case Q_MONEY: return ASKED_MONEY;
    case Q_DURATION: return ASKED_DURATION;
    case Q_ROLE: return ASKED_ROLE;
    case Q_YES_NO: return ASKED_YES_NO;
    case Q_NUMBER: return ASKED_NUMBER;
    case Q_TEXT: return ASKED_TEXT;
    case Q_DATE: return ASKED_DATE;
    }
    return ASKED_NOTHING;
}

static int next_open(const struct talk *t)
{
    for (size_t i = 0; i < t->sc->question_count; i++)
        if (t->answers[i].status == ANSWER_NOT_ASKED && (t->answers[i].asked > 0 || t->questions_asked < t->sc->max_questions))
            return (int)i;
    return -1;
}

bool policy_nothing_left(const struct talk *t)
{
    return next_open(t) < 0;
}

static enum talk_line line_of(enum question_kind kind)
{
    return (enum talk_line)(LINE_ASK_CHOICE + (int)kind);
}

static void asked(struct talk *t, int i)
{
    struct talk_answer *a = &t->answers[i];

    if (a->asked++ == 0)
        t->questions_asked++;
    t->pending = i;
    talk_mark(t, SAID_QUESTION, i);
}

bool policy_ask_next(struct talk *t)
{
    int i;

    while ((i = next_open(t)) >= 0) {
        const struct sc_question *q = &t->sc->questions[i];

        if (talk_say(t, q->id, &q->ask) || talk_say_or(t, q->id, &q->reask, line_of(q->kind))) {
            asked(t, i);
            return true;
        }
        t->pending = i; /* nothing new to say about it */
        t->text = "";
        policy_answer_unknown(t, ANSWER_UNKNOWN);
    }
    t->pending = -1;
    return false;
}

bool policy_ask_again(struct talk *t, bool vague)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    bool said = vague ? talk_say_or(t, q->id, &q->reask, line_of(q->kind)) || talk_say(t, q->id, &q->ask)
                      : talk_say(t, q->id, &q->ask) || talk_say_or(t, q->id, &q->reask, line_of(q->kind));

    if (said)
        asked(t, t->pending);
    return said;
}

void policy_listen_pending(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];

    switch (q->kind) {
    case Q_CHOICE:
    case Q_TEXT: talk_listen(t, q->id, EXPECT_OPEN); break;
    case Q_YES_NO: talk_listen(t, q->id, EXPECT_YES_NO); break;
    case Q_NUMBER: talk_listen(t, q->id, EXPECT_DIGITS); break;
    case Q_MONEY:
    case Q_DURATION:
    case Q_ROLE:
    case Q_DATE: talk_listen(t, q->id, EXPECT_SHORT); break;
    }
}

bool policy_ask_shorter(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];

    if (!talk_say_line(t, q->id, (enum talk_line)(LINE_SHORT_CHOICE + (int)q->kind)))
        return false;
    asked(t, t->pending);
    policy_listen_pending(t);
    return true;
}
