/* policy_close.c - two options of a choice came close, or one was badly heard: one short closed question decides, once. Until then the better one, or the one
 * that was heard, stands. */
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

static void begin(struct talk *t, int more, int less)
{
    t->close_more = more;
    t->close_less = less;
    t->closing = true;
    t->answers[t->pending].reasked++;
    talk_listen(t, t->sc->questions[t->pending].id, EXPECT_YES_NO);
}

/* What an option is told apart from when nothing else came close: a problem from curiosity, the least ones from a problem. */
static int opposite(const struct sc_question *q, int option)
{
    int weak = option_index(q, "weak");

    return option != weak && strcmp(q->options[option].id, "none") != 0 ? weak : option_index(q, "strong");
}

bool policy_close_doubt(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    int said = t->answers[t->pending].option != NULL ? option_index(q, t->answers[t->pending].option) : -1;
    int other = said >= 0 ? opposite(q, said) : -1, more, less;
    enum talk_line line;

    if (other < 0 || t->answers[t->pending].reasked >= t->sc->reasks)
        return false;
    more = q->options[said].points > q->options[other].points ? said : other;
    less = more == said ? other : said;
    line = line_between(&q->options[more], &q->options[less]);
    if (line == LINE_COUNT || !talk_say_line(t, q->id, LINE_LINE_NOT_GOOD) || !talk_say_line(t, q->id, line))
        return false;
    begin(t, more, less);
    return true;
}

bool policy_close_ask(struct talk *t)
{
    const struct sc_question *q = &t->sc->questions[t->pending];
    const struct talk_answer *a = &t->answers[t->pending];
    const struct und_choice *c = &t->u.choice;
    int best, other, more, less;
    enum talk_line line;

    if (q->kind != Q_CHOICE || c->option[0] == '\0' || c->runner_up[0] == '\0' || c->margin >= CLOSE_MARGIN || a->reasked >= t->sc->reasks)
        return false;
    best = option_index(q, c->option);
    other = option_index(q, c->runner_up);
    if (best < 0 || other < 0 || q->options[best].points == q->options[other].points)
        return false;
    more = q->options[best].points > q->options[other].points ? best : other;
    less = more == best ? other : best;
    line = line_between(&q->options[more], &q->options[less]);
    if (line == LINE_COUNT || !talk_say_line(t, q->id, line))
        return false;
    begin(t, more, less);
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
