/* und_answer.c - answers that no rule knows the words of: likeness to examples says that there is no budget, that somebody else decides,
 * that it is a no. Only for the topic that was asked, and only where the rules found nothing. */
#include <stdio.h>
#include <string.h>

#include "talk/und_meaning_priv.h"

#include "base/banned.h"

enum { HASTE_DAYS = 14, EMPTY_WORDS_MAX = 30 };

const char *const meaning_answers[TOPICS][ANSWERS_MAX] = {
    [TOPIC_MONEY] = { "money:", "money:none", "money:unknown", "money:deflect", "money:unlimited" },
    [TOPIC_DURATION] = { "duration:", "duration:asap", "duration:none", "duration:unknown", "duration:deflect" },
    [TOPIC_ROLE] = { "role:", "role:decision_maker", "role:influencer", "role:none" },
    [TOPIC_YES_NO] = { "yes_no:", "yes_no:yes", "yes_no:no" },
    [TOPIC_CALLBACK] = { "callback:", "callback:vague" },
};

size_t meaning_answer_count(enum meaning_topic t)
{
    size_t n = 0;

    while (n < ANSWERS_MAX && meaning_answers[t][n])
        n++;
    return n;
}

/* An utterance with numbers has been read by the rules already: what they left is no amount, and no lack of one. */
static bool holds_number(const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (r->w.lang->number_word(&r->w, i))
            return true;
    return false;
}

/* The topic that was asked and has no answer yet, or -1. */
static int open_topic(const struct understanding *o, const struct und_in *in)
{
    switch (in->asked) {
    case ASKED_MONEY: return o->money.status == UND_ABSENT && o->yes_no != UND_YES ? TOPIC_MONEY : -1; /* yes to a price range */
    case ASKED_DURATION:
    case ASKED_DATE: return o->duration.status == UND_ABSENT ? TOPIC_DURATION : -1;
    case ASKED_ROLE: return o->role.value[0] == '\0' && !o->uncertain && !o->vague ? TOPIC_ROLE : -1;
    case ASKED_YES_NO: return o->yes_no == UND_YN_NONE && !o->uncertain && !in->polarity_mind ? TOPIC_YES_NO : -1;
    case ASKED_CALLBACK: return o->callback.status == UND_ABSENT ? TOPIC_CALLBACK : -1;
    case ASKED_OPENING:
    case ASKED_CHOICE:
    case ASKED_NUMBER:
    case ASKED_TEXT:
    case ASKED_NOTHING: return -1;
    }
    return -1;
}

static void set_quantity(struct und_quantity *q, enum und_status s, const struct reading *r)
{
    q->status = s;
    words_quote(q->evidence, sizeof q->evidence, &r->w, 0, r->w.n);
}

static enum und_status status_of(const char *answer)
{
    if (strcmp(answer, "none") == 0)
        return UND_NONE;
    if (strcmp(answer, "unknown") == 0)
        return UND_UNKNOWN;
    return strcmp(answer, "deflect") == 0 ? UND_DEFLECT : UND_UNLIMITED;
}

static void set_duration(struct und_quantity *q, const char *answer, const struct reading *r)
{
    if (strcmp(answer, "asap") != 0) {
        set_quantity(q, status_of(answer), r);
    } else {
        set_quantity(q, UND_STATED, r);
        q->has_value = q->has_low = q->has_high = true;
        q->high = HASTE_DAYS;
    }
    snprintf(q->unit, sizeof q->unit, "days");
}

static void set_answer(struct understanding *out, enum meaning_topic t, const char *answer, const struct reading *r)
{
    switch (t) {
    case TOPIC_MONEY: set_quantity(&out->money, status_of(answer), r); break;
    case TOPIC_DURATION: set_duration(&out->duration, answer, r); break;
    case TOPIC_ROLE:
        snprintf(out->role.value, sizeof out->role.value, "%s", answer);
        words_quote(out->role.evidence, sizeof out->role.evidence, &r->w, 0, r->w.n);
        break;
    case TOPIC_YES_NO: out->yes_no = strcmp(answer, "yes") == 0 ? UND_YES : UND_NO; break;
    case TOPIC_CALLBACK:
        out->callback.status = UND_VAGUE;
        words_quote(out->callback.evidence, sizeof out->callback.evidence, &r->w, 0, r->w.n);
        break;
    case TOPICS: break;
    }
    out->uncertain |= strcmp(answer, "unknown") == 0;
    out->vague |= t == TOPIC_DURATION && out->duration.status == UND_NONE;
}

void meaning_answer(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g)
{
    int topic = open_topic(out, r->in), best = 0;
    const struct head *h = topic >= 0 ? m->answers[topic] : NULL;
    float p[HEAD_LABELS_MAX];
    struct lex lex;

    if (h == NULL || g->n == 0 || r->w.n > EMPTY_WORDS_MAX || ((topic == TOPIC_MONEY || topic == TOPIC_DURATION) && holds_number(r)))
        return;
    vectors_lex(&lex, &r->w, 0, r->w.n);
    head_score(h, g->whole, &lex, p);
    for (size_t i = 1; i < meaning_answer_count((enum meaning_topic)topic); i++)
        if (p[i] > p[best])
            best = (int)i;
    if (best == 0 || p[best] < m->limit->answer_p || head_gate(h, g->whole, best) < m->limit->answer_gate)
        return;
    set_answer(out, (enum meaning_topic)topic, strchr(meaning_answers[topic][best], ':') + 1, r);
}
