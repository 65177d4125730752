/* policy_close.c - two options of a choice came close: one short closed question decides, once. Until then the better one stands. */
#include <string.h>

#include "talk/talk_priv.h"

#include "base/banned.h"

static const float CLOSE_MARGIN = 0.12f; /* of the probabilities of the best two options */

static int option_index(const struct sc_question *q, const char *id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return (int)i;
    return -1;
}

/* The line that tells two grades of need apart; LINE_COUNT where the difference is not worth a question. */
static enum talk_line line_between(const struct sc_option *more, const struct sc_option *less)
{
    if (strcmp(more->id, "strong") == 0)
        return strcmp(less->id, "moderate") == 0 ? LINE_CLOSE_COST : LINE_CLOSE_PROBLEM;
    return strcmp(more->id, "moderate") == 0 ? LINE_CLOSE_CHANGE : LINE_COUNT;
}

bool policy_close_ask(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    struct talk_answer *a = &t->answers[t->pending];
    const struct und_choice *c = &t->u.choice;
    int best, other;
    enum talk_line line;

    if (q->kind != Q_CHOICE || c->option[0] == '\0' || c->runner_up[0] == '\0' || c->margin >= CLOSE_MARGIN || a->reasked >= t->sc->reasks)
        return false;
    best = option_index(q, c->option);
    other = option_index(q, c->runner_up);
    if (best < 0 || other < 0 || q->options[best].points == q->options[other].points)
        return false;
    t->close_more = q->options[best].points > q->options[other].points ? best : other;
    t->close_less = t->close_more == best ? other : best;
    line = line_between(&q->options[t->close_more], &q->options[t->close_less]);
    if (line == LINE_COUNT || !talk_say_line(t, q->id, line))
        return false;
    a->reasked++;
    t->closing = true;
    talk_listen(t, q->id, EXPECT_YES_NO);
    return true;
}

void policy_close_take(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    const char *id = t->u.choice.option;
    int said = *id != '\0' ? option_index(q, id) : -1;

    t->closing = false;
    if (said != t->close_more && said != t->close_less)
        said = t->u.yes_no == UND_YES ? t->close_more : t->u.yes_no == UND_NO ? t->close_less : -1;
    if (said >= 0 && strcmp(q->options[said].id, t->answers[t->pending].option) != 0)
        policy_take_option(t, (size_t)t->pending, q->options[said].id, "");
}
