/* policy_repair.c - what is done when the recogniser is not sure of the words.
 *
 *   clear      taken as it is; nothing that was clear is ever confirmed
 *   doubtful   an answer that counts is read back ("did you say ...?"), twice in a talk at most: then it is believed, or, once a read-back was wrong, a
 *              call back is offered. What would end the talk must be said again.
 *   nothing    no words, or none to rely on: sorry; the second time in a row shorter; the third time a call back is offered
 *
 * An opt-out and the wish for a person are honoured however they were heard. */
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { UNHEARD_SHORT = 2, UNHEARD_CALLBACK = 3, NOT_CAUGHT_MAX = 4, READ_BACKS_MAX = 2, QUOTE_WORDS = 8 };

static const float CLEAR_FROM = 0.30f, WORDS_FROM = 0.05f; /* confidence */

enum hearing policy_hearing(const char *text, float confidence)
{
    if (*text == '\0' || (confidence > 0 && confidence < WORDS_FROM))
        return HEARD_NOTHING;
    return confidence > 0 && confidence < CLEAR_FROM ? HEARD_DOUBTFULLY : HEARD_CLEARLY;
}

const char *policy_topic(struct talk *t)
{
    const char *topic = "opening";

    if (t->phase == PHASE_QUESTIONS && t->pending >= 0)
        topic = t->sc->questions[t->pending].id;
    else if (t->phase == PHASE_OBJECTION)
        topic = arena_printf(&t->step, "objection:%s", t->sc->objections[t->objection].id);
    else if (t->phase == PHASE_HANDOFF)
        topic = "handoff";
    else if (t->phase == PHASE_CALLBACK)
        topic = "callback";
    return topic != NULL ? topic : "opening";
}

/* --- nothing was understood --- */

static bool waits_for_answer(const struct talk *t)
{
    return t->phase == PHASE_QUESTIONS && t->pending >= 0 && t->answers[t->pending].status == ANSWER_NOT_ASKED;
}

/* The same in fewer words, to be answered in fewer. */
static bool ask_shorter(struct talk *t)
{
    if (t->phase == PHASE_OPENING && talk_say_line(t, "opening", LINE_SHORT_OPENING)) {
        talk_listen(t, "opening", EXPECT_YES_NO);
        return true;
    }
    return waits_for_answer(t) && policy_ask_shorter(t);
}

/* They speak, and we do not understand them: another time it may be better. */
static bool offer_callback(struct talk *t)
{
    policy_callback_ask(t, LINE_LINE_TOO_BAD);
    return true;
}

static bool somebody_speaks(const struct talk *t)
{
    return t->mumbled || t->turns > t->unheard;
}

void policy_not_caught(struct talk *t)
{
    bool too_bad = ++t->not_caught > NOT_CAUGHT_MAX;

    t->repairs++;
    if (somebody_speaks(t) && (too_bad || t->unheard >= UNHEARD_CALLBACK)) {
        offer_callback(t);
    } else if (too_bad) {
        policy_soft_exit(t, LINE_SILENCE_EXIT, "no_response");
    } else if (t->unheard != UNHEARD_SHORT || !ask_shorter(t)) {
        talk_say_line(t, policy_topic(t), LINE_NOT_CAUGHT);
        policy_listen_again(t);
    }
}

/* --- the end of the talk, badly heard --- */

static bool would_end(const struct talk *t)
{
    static const char *const ends[] = {"not_interested", "wrong_number", "language", "gatekeeper", "minor", "abusive", NULL};

    for (const char *const *id = ends; *id != NULL; id++)
        if (policy_is_strong(t, policy_intent(t, *id)))
            return true;
    return false;
}

bool policy_doubts_exit(struct talk *t)
{
    if (t->hearing != HEARD_DOUBTFULLY || t->exit_doubted || t->phase == PHASE_HANDOFF || !would_end(t))
        return false;
    t->exit_doubted = true;
    t->repairs++;
    talk_say_line(t, policy_topic(t), LINE_NOT_CAUGHT);
    policy_listen_again(t);
    return true;
}

/* --- read back --- */

/* Short enough to be said, without the marks at its ends. */
static bool quote(struct talk *t, const char *words)
{
    const char *marks = " .,;:!?\"";
    char text[UND_EVIDENCE_MAX];
    size_t n;

    words += strspn(words, marks);
    if (!text_copy(text, sizeof text, words))
        return false;
    for (n = strlen(text); n > 0 && strchr(marks, text[n - 1]) != NULL; n--)
        text[n - 1] = '\0';
    t->heard = arena_strdup(&t->step, text);
    return t->heard != NULL && n > 0 && talk_text_words(text) <= QUOTE_WORDS;
}

static bool say_role(struct talk *t, const char *topic, const struct talk_answer *a)
{
    static const struct { const char *option; enum talk_line line; } lines[] = {
        {"decision_maker", LINE_DO_YOU_DECIDE}, {"influencer", LINE_DO_OTHERS_DECIDE}, {"none", LINE_HAVE_YOU_NO_SAY}};

    for (size_t i = 0; a->option != NULL && i < sizeof lines / sizeof *lines; i++)
        if (strcmp(a->option, lines[i].option) == 0)
            return talk_say_line(t, topic, lines[i].line);
    return quote(t, a->evidence) && talk_say_line(t, topic, LINE_DID_YOU_SAY);
}

static bool ask_about(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    const struct talk_answer *a = &t->answers[t->pending];

    if (q->kind == Q_CHOICE)
        return policy_close_doubt(t);
    if (q->kind == Q_ROLE ? !say_role(t, q->id, a) : !(quote(t, a->evidence) && talk_say_line(t, q->id, LINE_DID_YOU_SAY)))
        return false;
    t->reading_back = READ_BACK_ANSWER;
    talk_listen(t, q->id, EXPECT_YES_NO);
    return true;
}

static void count_read_back(struct talk *t)
{
    t->read_backs++;
    t->repairs++;
}

bool policy_read_back(struct talk *t)
{
    enum answer_status status = t->answers[t->pending].status;

    if (t->hearing != HEARD_DOUBTFULLY || (status != ANSWER_STATED && status != ANSWER_NONE))
        return false;
    if (t->read_backs == READ_BACKS_MAX)
        return t->misheard && offer_callback(t);
    if (!ask_about(t))
        return false;
    count_read_back(t);
    return true;
}

/* "No, five hundred": the reply has the answer itself. */
static bool takes_other_value(struct talk *t, size_t i)
{
    const struct talk_answer *a = &t->answers[i];

    switch (t->sc->questions[i].kind) {
    case Q_MONEY: return t->u.money.status == UND_STATED && (policy_same_value(a, &t->u.money) || policy_take_money(t, i, false));
    case Q_DURATION:
    case Q_DATE: return t->u.duration.status == UND_STATED && (policy_same_value(a, &t->u.duration) || policy_take_duration(t, i, false));
    case Q_ROLE: return t->u.yes_no == UND_YN_NONE && t->u.role.value[0] != '\0' && policy_take_role(t, i, false);
    case Q_CHOICE:
    case Q_YES_NO:
    case Q_NUMBER:
    case Q_TEXT: return false;
    }
    return false;
}

bool policy_read_back_taken(struct talk *t)
{
    t->reading_back = READ_BACK_NONE;
    if (takes_other_value(t, (size_t)t->pending) || t->u.yes_no == UND_YES)
        return true;
    t->misheard = true;
    policy_answer_reopen(t);
    return false;
}

bool policy_read_back_time(struct talk *t, const struct und_callback *c)
{
    if (t->hearing != HEARD_DOUBTFULLY || t->read_backs == READ_BACKS_MAX || !quote(t, c->evidence) || !talk_say_line(t, "callback", LINE_DID_YOU_SAY))
        return false;
    count_read_back(t);
    t->phase = PHASE_CALLBACK;
    t->reading_back = READ_BACK_CALLBACK;
    t->callback.doubted = *c;
    talk_listen(t, "callback", EXPECT_YES_NO);
    return true;
}
