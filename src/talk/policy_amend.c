/* policy_amend.c - answers that were not asked for now: given early, several at once, or corrected later. */
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { EARLY_CHOICE_WORDS = 5 };

static bool objection_heard(const struct talk *t)
{
    for (size_t i = 0; i < t->u.intent_count; i++)
        if (t->u.intents[i].kind == UND_OBJECTION || strcmp(t->u.intents[i].id, "not_interested") == 0)
            return true;
    return false;
}

static bool take_choice_early(struct talk *t, size_t i)
{
    struct und_choice c;

    if (t->u.is_question || objection_heard(t) || talk_text_words(t->text) < EARLY_CHOICE_WORDS)
        return false;
    return und_choice(&c, t->und, t->sc->questions[i].id, t->text) && c.option[0] != '\0' && policy_take_option(t, i, c.option, c.evidence);
}

/* Is the value of this utterance a new one for an answered question? Only words of correction, or a gap to fill, change an answer. */
static bool may_replace(const struct talk *t, const struct talk_answer *a)
{
    return a->status == ANSWER_UNKNOWN || a->status == ANSWER_DEFLECTED || t->u.correction;
}

bool policy_same_value(const struct talk_answer *a, const struct und_quantity *q)
{
    return a->status == ANSWER_STATED && a->has_value && q->has_value && a->value == q->value;
}

/* Money that was named before it was asked for is a budget when it is said to be, or is so much a month; what is lost is none. */
static bool is_budget(const struct talk *t, bool fresh)
{
    return !fresh || t->u.set_aside || strchr(t->u.money.unit, '/') != NULL;
}

/* "Three walked away this year": a stretch of time that is named in passing is no date to start; "by June", "in three weeks" is. */
static bool looks_ahead(const struct talk *t)
{
    return strncasecmp(t->u.duration.evidence, "this ", strlen("this ")) != 0 && strncasecmp(t->u.duration.evidence, "today", strlen("today")) != 0;
}

bool policy_take_other(struct talk *t, size_t i)
{
    const struct talk_answer *a = &t->answers[i];
    bool fresh = a->status == ANSWER_NOT_ASKED;

    if (!fresh && !may_replace(t, a))
        return false;
    switch (t->sc->questions[i].kind) {
    case Q_CHOICE: return fresh && take_choice_early(t, i);
    case Q_MONEY: return t->u.money.status == UND_STATED && is_budget(t, fresh) && !policy_same_value(a, &t->u.money) && policy_take_money(t, i, false);
    case Q_DURATION:
        return t->u.duration.status == UND_STATED && (!fresh || looks_ahead(t)) && t->u.callback.status == UND_ABSENT && policy_intent(t, "busy") == NULL &&
               !policy_same_value(a, &t->u.duration) && policy_take_duration(t, i, false);
    case Q_ROLE: /* unasked, only a title or "it is my call" is clear enough to skip the question */
        return (t->u.role.title[0] != '\0' || strcmp(t->u.role.value, "decision_maker") == 0) && !(a->option != NULL && strcmp(a->option, t->u.role.value) == 0) && policy_take_role(t, i, false);
    case Q_YES_NO:
    case Q_NUMBER:
    case Q_TEXT:
    case Q_DATE: return false;
    }
    return false;
}

/* Takes `text` as a new answer to question i. What was understood before is restored where it is none. */
static bool correct_with(struct talk *t, size_t i, const char *text)
{
    struct understanding before = t->u;
    const char *whole = t->text;
    bool taken;

    t->text = text;
    policy_understand(t, policy_asked(t, i), t->sc->questions[i].id);
    t->u.correction = true;
    taken = policy_take_other(t, i);
    t->text = whole;
    if (!taken)
        t->u = before;
    return taken;
}

/* "I said two thousand, that was the other office, it's five hundred": behind the old value stands the new one. */
static const char *behind_old_value(const struct talk *t, size_t i)
{
    struct understanding u;
    struct und_in in = {.text = t->text, .asked = policy_asked(t, i), .now_local_ms = talk_local_ms(t)};
    const struct und_quantity *q = t->sc->questions[i].kind == Q_MONEY ? &u.money : &u.duration;
    const char *at;

    und_run(&u, t->und, &in);
    at = policy_same_value(&t->answers[i], q) ? strstr(t->text, q->evidence) : NULL;
    return at != NULL ? at + strlen(q->evidence) : t->text;
}

static bool is_amount(const struct talk *t, size_t i)
{
    enum question_kind kind = t->sc->questions[i].kind;

    return (kind == Q_MONEY || kind == Q_DURATION) && t->answers[i].status == ANSWER_STATED && t->answers[i].turn < t->turns;
}

/* The amount that was answered last before turn `before`, of the kind that is spoken of; -1 when there is none. */
static int answered_before(const struct talk *t, int before)
{
    int best = -1;

    for (size_t i = 0; i < t->sc->question_count; i++)
        if (is_amount(t, i) && t->answers[i].turn < before && (best < 0 || t->answers[i].turn > t->answers[best].turn) &&
            (t->u.back_to == ASKED_NOTHING || t->u.back_to == policy_asked(t, i)))
            best = (int)i;
    return best;
}

/* A correction whose words only make sense as an answer to an earlier question: "actually make that five hundred". */
bool policy_take_correction(struct talk *t)
{
    if (!t->u.correction)
        return false;
    for (int i = answered_before(t, t->turns); i >= 0; i = answered_before(t, t->answers[i].turn))
        if (correct_with(t, (size_t)i, behind_old_value(t, (size_t)i)))
            return true;
    return false;
}
