/* policy_take.c - taking the answer of the question that was asked, and what an answer becomes. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { BARE_WORDS = 5, REFUSAL_WORDS = 10 };

static void note_score(struct talk *t)
{
    int possible, score = rubric_score(t, &possible);

    talk_note(t, json_pack("{s:s,s:i,s:i,s:s}", "event", "score", "score", score, "possible", possible, "bucket",
                           bucket_name(scenario_bucket(&t->sc->routing, score))));
}

static void remember_earlier(struct talk_answer *to, const struct talk_answer *old)
{
    if (old->status == ANSWER_NOT_ASKED || *old->evidence == '\0')
        return;
    if (to->earlier_count == EARLIER_MAX) {
        memmove(to->earlier, to->earlier + 1, (EARLIER_MAX - 1) * sizeof *to->earlier);
        to->earlier_count--;
    }
    to->earlier[to->earlier_count++] = (struct earlier){
        .value = old->value, .has_value = old->has_value, .option = old->option, .evidence = old->evidence, .turn = old->turn};
}

/* Replaces the answer of question i; an earlier one keeps its quote beside the new one. `evidence` empty: the utterance itself. */
static void answer_set(struct talk *t, size_t i, struct talk_answer *a, const char *evidence)
{
    const struct sc_question *q = &t->sc->questions[i];
    struct talk_answer *to = &t->answers[i], old = *to;
    char cut[UND_EVIDENCE_MAX];
    json_t *note;

    text_copy(cut, sizeof cut, *evidence != '\0' ? evidence : t->text);
    a->evidence = talk_keep(t, cut);
    a->turn = t->turns;
    a->asked = old.asked;
    a->reasked = old.reasked;
    a->waited = old.waited;
    a->earlier_count = old.earlier_count;
    memcpy(a->earlier, old.earlier, sizeof a->earlier);
    if (old.status != ANSWER_NOT_ASKED)
        remember_earlier(a, &old);
    if (a->points < 0)
        a->points = rubric_points(q, a);
    *to = *a;
    note = talk_answer_json(q, to);
    if (note != NULL) {
        json_object_set_new(note, "event", json_string("answer"));
        json_object_set_new(note, "id", json_string(q->id));
    }
    talk_note(t, note);
    note_score(t);
}

void policy_answer_unknown(struct talk *t, enum answer_status status)
{
    struct talk_answer a = {.status = status, .points = -1};

    answer_set(t, (size_t)t->pending, &a, "");
}

void policy_answer_reopen(struct talk *t)
{
    struct talk_answer *a = &t->answers[t->pending];
    const char *said = t->text;

    t->text = ""; /* "no" is no evidence */
    policy_answer_unknown(t, ANSWER_UNKNOWN);
    t->text = said;
    if (a->reasked == t->sc->reasks)
        return;
    a->reasked++;
    a->status = ANSWER_NOT_ASKED;
    a->points = 0;
}

/* "At some point", "it depends": asked once more before it is taken. */
static bool may_narrow(const struct talk *t)
{
    return t->u.vague && t->answers[t->pending].reasked < t->sc->reasks;
}

/* "I'd rather not say" counts only when nothing else was said: no question, no objection. "It depends" is vague, and narrowed first. */
static bool deflects(const struct talk *t, const struct und_quantity *q)
{
    return q->status == UND_DEFLECT && !may_narrow(t) && !t->u.is_question && t->u.intent_count == 0;
}

static bool objects(const struct talk *t)
{
    bool plain_no = strncasecmp(t->text, "no", 2) == 0 && strchr(" ,.", t->text[2]) != NULL;

    return !plain_no && t->u.intent_count > 0 && t->u.intents[0].kind == UND_OBJECTION;
}

/* "Yes" to the price range is its minimum, a plain "no" is no budget; "that's too much" is first of all an objection. */
static bool answers_range(const struct talk *t, const struct sc_question *q)
{
    if (t->u.money.status != UND_ABSENT || t->u.uncertain || objects(t))
        return false;
    return t->u.yes_no == UND_NO || (t->u.yes_no == UND_YES && q->ask_min > 0);
}

/* "A thousand? We can't afford that": the first time it is an objection, and what they could spend is still open. */
static bool objects_first(const struct talk *t)
{
    return objects(t) && !talk_mentioned(&t->objections, t->u.intents[0].id);
}

/* "Wow, a thousand a month, that's steep": our own price comes back, and what they could spend is still open. */
static bool echoes_price(const struct talk *t, const struct sc_question *q)
{
    return q->ask_min > 0 && t->u.money.has_value && t->u.money.value >= q->ask_min && !t->u.set_aside && objects_first(t);
}

bool policy_take_money(struct talk *t, size_t i, bool pending)
{
    const struct sc_question *q = &t->sc->questions[i];
    const struct und_quantity *m = &t->u.money;
    struct talk_answer a = {.points = -1};
    const char *evidence = m->evidence;

    if (m->status == UND_STATED && pending && echoes_price(t, q)) {
        return false;
    } else if (m->status == UND_STATED) {
        a.status = ANSWER_STATED;
        if (!rubric_monthly(&a, m, m->seats))
            a.points = q->unknown_points;
    } else if (m->status == UND_UNLIMITED) {
        a.status = ANSWER_STATED;
        a.unlimited = true;
        text_copy(a.unit, sizeof a.unit, "USD/month");
    } else if (m->status == UND_NONE && pending && t->u.dear && objects_first(t)) {
        return false;
    } else if (m->status == UND_NONE) {
        a.status = ANSWER_NONE;
    } else if (pending && deflects(t, m)) {
        a.status = ANSWER_DEFLECTED;
    } else if (pending && answers_range(t, q)) {
        a.status = t->u.yes_no == UND_YES ? ANSWER_STATED : ANSWER_NONE;
        a.value = a.low = q->ask_min;
        a.has_value = a.has_low = t->u.yes_no == UND_YES;
        text_copy(a.unit, sizeof a.unit, "USD/month");
        evidence = "";
    } else {
        return false;
    }
    answer_set(t, i, &a, evidence);
    return true;
}

bool policy_take_duration(struct talk *t, size_t i, bool pending)
{
    const struct und_quantity *d = &t->u.duration;
    struct talk_answer a = {.points = -1};

    if (d->status == UND_STATED) {
        a = (struct talk_answer){.status = ANSWER_STATED, .points = -1, .value = d->value, .low = d->low, .high = d->high,
                                 .has_value = d->has_value, .has_low = d->has_low, .has_high = d->has_high};
        text_copy(a.unit, sizeof a.unit, "days");
    } else if (pending && d->status == UND_NONE && may_narrow(t)) {
        return false;
    } else if (pending && d->status == UND_NONE) {
        a.status = ANSWER_NONE;
    } else if (pending && deflects(t, d)) {
        a.status = ANSWER_DEFLECTED;
    } else {
        return false;
    }
    answer_set(t, i, &a, d->evidence);
    return true;
}

static const char *option_id(const struct sc_question *q, const char *id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return q->options[i].id;
    return NULL;
}

bool policy_take_option(struct talk *t, size_t i, const char *id, const char *evidence)
{
    struct talk_answer a = {.status = ANSWER_STATED, .points = -1, .option = option_id(&t->sc->questions[i], id)};

    if (a.option == NULL)
        return false;
    answer_set(t, i, &a, evidence);
    return true;
}

bool policy_take_role(struct talk *t, size_t i, bool pending)
{
    const struct sc_question *q = &t->sc->questions[i];

    if (t->u.role.value[0] != '\0')
        return policy_take_option(t, i, t->u.role.value, t->u.role.evidence);
    if (pending && t->u.choice.option[0] != '\0' && strcmp(t->u.choice.question, q->id) == 0)
        return policy_take_option(t, i, t->u.choice.option, t->u.choice.evidence);
    if (pending && t->u.yes_no == UND_YES && !t->u.uncertain) /* "are you the person who decides?" */
        return policy_take_option(t, i, "decision_maker", "");
    return false;
}

static bool take_yes_no(struct talk *t, size_t i)
{
    struct talk_answer a = {.status = ANSWER_STATED, .points = -1, .option = t->u.yes_no == UND_YES ? "yes" : "no"};

    if (t->u.yes_no == UND_YN_NONE || t->u.uncertain)
        return false;
    answer_set(t, i, &a, "");
    return true;
}

static bool take_free(struct talk *t, size_t i, enum question_kind kind)
{
    struct talk_answer a = {.status = ANSWER_STATED, .points = -1};

    if (t->u.uncertain || *t->text == '\0' || t->u.is_question || (kind == Q_NUMBER && t->u.number[0] == '\0'))
        return false;
    a.text = talk_keep(t, kind == Q_NUMBER ? t->u.number : t->text);
    if (kind == Q_NUMBER) {
        a.value = strtod(t->u.number, NULL);
        a.has_value = true;
    }
    answer_set(t, i, &a, "");
    return true;
}

static bool is_bare_objection(const struct talk *t)
{
    const struct und_intent *best = &t->u.intents[0];

    return t->u.intent_count > 0 && best->kind != UND_BUILT_IN && best->score > t->u.choice.score && talk_text_words(t->text) <= BARE_WORDS;
}

/* "This isn't for us" refuses, whatever grade of need it resembles; "no need" says the same as an answer. */
static bool refuses(const struct talk *t)
{
    const struct und_intent *in = policy_intent(t, "not_interested");

    return in != NULL && in->score >= CLEAR_SCORE && talk_text_words(t->text) <= REFUSAL_WORDS;
}

/* "Too expensive" alone is an objection. */
static bool choice_is_meant(const struct talk *t)
{
    return !is_bare_objection(t) && !refuses(t) && t->u.choice.option[0] != '\0';
}

bool policy_take_pending(struct talk *t)
{
    size_t i = (size_t)t->pending;

    if (policy_is_strong(t, policy_intent(t, "repeat")))
        return false;
    switch (t->sc->questions[i].kind) {
    case Q_CHOICE: return choice_is_meant(t) && policy_take_option(t, i, t->u.choice.option, t->u.choice.evidence);
    case Q_MONEY: return policy_take_money(t, i, true);
    case Q_DURATION:
    case Q_DATE: return policy_take_duration(t, i, true);
    case Q_ROLE: return policy_take_role(t, i, true);
    case Q_YES_NO: return take_yes_no(t, i);
    case Q_NUMBER:
    case Q_TEXT: return take_free(t, i, t->sc->questions[i].kind);
    }
    return false;
}

/* "Sorry, I didn't catch that" tells of no need, whatever it resembles. */
static bool only_asks_again(const struct talk *t)
{
    return policy_is_strong(t, policy_intent(t, "repeat")) && talk_text_words(t->text) <= BARE_WORDS;
}

bool policy_take_answers(struct talk *t, bool *pending_answered, bool *corrected)
{
    bool has_pending = t->phase == PHASE_QUESTIONS && t->pending >= 0 && t->answers[t->pending].status == ANSWER_NOT_ASKED;
    bool got;

    *pending_answered = has_pending && policy_take_pending(t);
    *corrected = false;
    got = *pending_answered;
    if (only_asks_again(t))
        return false;
    for (size_t i = 0; i < t->sc->question_count && t->hearing != HEARD_DOUBTFULLY; i++) { /* what nobody asked for must be clear */
        bool was_open = t->answers[i].status == ANSWER_NOT_ASKED;

        if ((has_pending && (int)i == t->pending) || !policy_take_other(t, i))
            continue;
        got = true;
        *corrected |= !was_open;
    }
    if (!got && policy_take_correction(t))
        got = *corrected = true;
    return got;
}
