/* policy_hear.c - what an utterance was understood as, ahead of time or when the turn is over, and the names that are noted whatever was asked. */
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { BUSINESS_FROM_MIN = 480, BUSINESS_TO_MIN = 1080 };

static enum und_asked asked_now(const struct talk *t)
{
    if (t->phase == PHASE_QUESTIONS && t->pending >= 0)
        return policy_asked(t, (size_t)t->pending);
    if (t->phase == PHASE_OPENING)
        return ASKED_OPENING;
    if (t->phase == PHASE_OBJECTION)
        return ASKED_YES_NO;
    return t->phase == PHASE_CALLBACK ? ASKED_CALLBACK : ASKED_NOTHING;
}

static void understand(struct understanding *out, const struct talk *t, const char *text, enum und_asked asked, const char *question)
{
    struct und_in in = {
        .text = text,
        .asked = asked,
        .question = question,
        .now_local_ms = talk_local_ms(t),
        .business_from_min = BUSINESS_FROM_MIN,
        .business_to_min = BUSINESS_TO_MIN,
    };

    und_run(out, t->und, &in);
}

static int64_t minute_now(const struct talk *t)
{
    return talk_local_ms(t) / 60000;
}

static bool was_foreseen(const struct talk *t, enum und_asked asked, const char *question)
{
    const struct foresight *a = &t->ahead;

    return a->known && a->asked == asked && a->question == question && a->minute == minute_now(t) && strcmp(a->text, t->text) == 0;
}

void policy_understand(struct talk *t, enum und_asked asked, const char *question)
{
    if (was_foreseen(t, asked, question))
        t->u = t->ahead.u;
    else
        understand(&t->u, t, t->text, asked, question);
}

static const char *question_now(const struct talk *t)
{
    return t->phase == PHASE_QUESTIONS && t->pending >= 0 ? t->sc->questions[t->pending].id : NULL;
}

void talk_foresee(struct talk *t, const char *text, int64_t now_ms)
{
    struct foresight *a = &t->ahead;

    t->now_ms = now_ms;
    a->known = t->phase != PHASE_ENDED && text_copy(a->text, sizeof a->text, text);
    if (!a->known)
        return;
    a->asked = asked_now(t);
    a->question = question_now(t);
    a->minute = minute_now(t);
    understand(&a->u, t, a->text, a->asked, a->question);
}

static void note_competitors(struct talk *t)
{
    for (size_t i = 0; i < t->u.competitor_count; i++)
        if (talk_mention(t, &t->competitors, t->u.competitors[i], ""))
            talk_note(t, json_pack("{s:s,s:s}", "event", "competitor", "name", t->u.competitors[i]));
}

static void note_email(struct talk *t)
{
    if (t->u.email.value[0] == '\0' || (t->email != NULL && strcmp(t->email, t->u.email.value) == 0))
        return;
    t->email = talk_keep(t, t->u.email.value);
    t->email_new = true;
    talk_note(t, json_pack("{s:s,s:s}", "event", "email", "email", t->u.email.value));
}

void policy_note_names(struct talk *t)
{
    note_competitors(t);
    note_email(t);
}

/* Words that are not to be relied on are none; an opt-out and the wish for a person are honoured all the same. */
static void forget_unheard(struct talk *t)
{
    if (t->hearing != HEARD_NOTHING || policy_intent(t, "opt_out") != NULL || policy_intent(t, "human_request") != NULL)
        return;
    t->u = (struct understanding){0};
    t->text = "";
}

void policy_hear(struct talk *t, const char *text, float confidence)
{
    char cut[UND_TEXT_MAX];

    text_copy(cut, sizeof cut, text);
    t->text = arena_strdup(&t->step, cut);
    if (t->text == NULL)
        t->text = "";
    policy_understand(t, asked_now(t), question_now(t));
    t->dear |= t->u.dear;
    t->hearing = policy_hearing(t->text, confidence);
    t->mumbled = t->hearing == HEARD_NOTHING && *t->text != '\0';
    t->email_new = false;
    t->unheard = t->hearing == HEARD_NOTHING ? t->unheard + 1 : 0;
    forget_unheard(t);
}
