/* policy_exit.c - the ways a talk ends early. Checked before anything else, opt-out first of all. */
#include <string.h>

#include "talk/talk_priv.h"

#include "base/banned.h"

enum { WHO_WORDS = 6, SCREENINGS_MAX = 3 };

static void note(struct talk *t, const char *id, const char *evidence)
{
    if (talk_mention(t, &t->intents, id, evidence))
        talk_note(t, json_pack("{s:s,s:s,s:s}", "event", "intent", "id", id, "evidence", evidence));
}

void policy_goodbye(struct talk *t, const char *outcome)
{
    talk_say_or(t, "goodbye", &t->sc->goodbye, LINE_GOODBYE);
    talk_end(t, outcome);
}

void policy_soft_exit(struct talk *t, enum talk_line line, const char *outcome)
{
    talk_say_line(t, "goodbye", line);
    policy_goodbye(t, outcome);
}

/* The effect comes before every word, so that nothing can come between the wish and the record. */
void policy_opt_out(struct talk *t, const char *evidence)
{
    talk_push(t, (struct talk_effect){.kind = TALK_OPT_OUT});
    note(t, "opt_out", evidence);
    t->outcome = "opted_out";
    talk_say_line(t, "goodbye", LINE_OPT_OUT);
    talk_end(t, "opted_out");
}

void policy_human(struct talk *t, const char *evidence)
{
    if (t->phase == PHASE_HANDOFF) {
        note(t, "human_request", evidence);
        policy_hold(t);
        return;
    }
    note(t, "human_request", evidence);
    t->human_asked = true;
    if (t->outcome == NULL || strcmp(t->outcome, "qualified") != 0)
        t->outcome = "human_requested";
    if (t->handoff_failed) {
        policy_callback_default(t);
        return;
    }
    talk_say_line(t, "handoff", LINE_HUMAN);
    policy_handoff_start(t);
}

static const char *machine_outcome(enum talk_machine which)
{
    switch (which) {
    case TALK_VOICEMAIL:
    case TALK_VOICEMAIL_MISSED: return "voicemail";
    case TALK_VOICEMAIL_FULL: return "voicemail_full";
    case TALK_IVR: return "ivr";
    case TALK_SCREENED: return "screening";
    case TALK_NO_SERVICE: return "unallocated";
    case TALK_NO_CIRCUIT: return "congestion";
    case TALK_FAX: return "fax";
    }
    return "voicemail";
}

/* The message goes after the beep, once; the driver calls when it is time. */
void policy_machine(struct talk *t, enum talk_machine which)
{
    if (which == TALK_VOICEMAIL)
        talk_say(t, "goodbye", &t->sc->voicemail);
    t->machine = true;
    t->outcome = machine_outcome(which);
    talk_end(t, t->outcome);
}

/* A screener asks who calls and why: one sentence, then wait for the person behind it. */
void policy_screener(struct talk *t)
{
    t->screened = true;
    if (++t->screenings > SCREENINGS_MAX) {
        policy_goodbye(t, "screening");
        return;
    }
    talk_say_line(t, "opening", LINE_SCREENING);
    talk_listen(t, "opening", EXPECT_OPEN);
}

/* What the machine was told nobody heard: this person gets the opening, in the same words. */
void policy_person(struct talk *t)
{
    if (t->questions_asked > 0)
        return;
    t->machine = t->screened = t->disclosed = t->permission_asked = false;
    t->outcome = NULL;
    t->spoken_count = 0;
    policy_start(t);
}

static bool is_early(const struct talk *t)
{
    return (t->phase == PHASE_OPENING || t->phase == PHASE_OBJECTION) && t->questions_asked == 0;
}

struct plain_exit { const char *intent, *outcome; enum talk_line line; bool early_only, is_intent; };

static const struct plain_exit plain_exits[] = {
    {"abusive", "abusive", LINE_ABUSIVE, false, false},
    {"minor", "minor", LINE_MINOR, false, false},
    {"wrong_number", "wrong_number", LINE_WRONG_NUMBER, false, true},
    {"language", "language", LINE_LANGUAGE, false, true},
    {"gatekeeper", "gatekeeper", LINE_GATEKEEPER, true, true},
};

/* "Who is this?" may come from the lead: the answer is who we are, and only what follows tells. */
static bool asks_who(struct talk *t)
{
    if (t->asked_who || !is_early(t) || policy_intent(t, "gatekeeper") == NULL || !t->u.is_question || talk_text_words(t->text) > WHO_WORDS)
        return false;
    t->asked_who = true;
    talk_say_line(t, "opening", LINE_DISCLOSURE_AGAIN);
    t->phase = PHASE_OPENING;
    if (t->lead.first_name != NULL && *t->lead.first_name != '\0' && talk_say_line(t, "opening", LINE_IS_IT_YOU))
        talk_listen(t, "opening", EXPECT_YES_NO);
    else
        policy_listen_again(t);
    return true;
}

/* "One moment, I'll put her on": we wait, once, and tell the next one who we are. */
static bool is_passed_on(struct talk *t)
{
    if (t->passed_on || !t->u.passes_on || !is_early(t) || t->u.yes_no == UND_NO)
        return false;
    t->passed_on = true;
    t->disclosed = false;
    t->phase = PHASE_OPENING;
    talk_say_line(t, "opening", LINE_FETCHED);
    talk_listen(t, "opening", EXPECT_THINKING);
    return true;
}

/* "Hello, this is Priya": whoever gives the name we asked for, and denies nothing, is the one. */
static bool gives_name(const struct talk *t)
{
    const char *at = t->lead.first_name != NULL && *t->lead.first_name != '\0' ? strcasestr(t->text, t->lead.first_name) : NULL;

    return at != NULL && t->u.yes_no != UND_NO && !t->u.is_question && !t->u.denies;
}

static bool plain_exit(struct talk *t)
{
    if (asks_who(t) || is_passed_on(t))
        return true;
    for (size_t i = 0; i < sizeof plain_exits / sizeof *plain_exits; i++) {
        const struct plain_exit *e = &plain_exits[i];
        const struct und_intent *in = policy_intent(t, e->intent);

        if (in == NULL || !policy_is_strong(t, in) || (e->early_only && !is_early(t)) || (e->is_intent && gives_name(t)))
            continue;
        if (e->is_intent)
            note(t, e->intent, in->evidence);
        t->outcome = e->outcome;
        policy_soft_exit(t, e->line, e->outcome);
        return true;
    }
    return false;
}

bool policy_exits(struct talk *t)
{
    const struct und_intent *in;

    if ((in = policy_intent(t, "opt_out")) != NULL)
        policy_opt_out(t, in->evidence);
    else if (!t->person && is_early(t) && policy_is_strong(t, policy_intent(t, "screening")))
        policy_screener(t);
    else if (!t->person && is_early(t) && policy_is_strong(t, policy_intent(t, "voicemail")))
        policy_machine(t, TALK_VOICEMAIL);
    else if ((in = policy_intent(t, "human_request")) != NULL)
        policy_human(t, in->evidence);
    else
        return policy_doubts_exit(t) || plain_exit(t);
    return true;
}
