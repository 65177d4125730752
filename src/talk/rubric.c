/* rubric.c - from answers to points, from points to a score. Deterministic: the same answers give the same score. */
#include <string.h>

#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

static int table_points(const struct sc_question *q, double value)
{
    for (size_t i = 0; i < q->points_count; i++) {
        const struct sc_points *p = &q->points[i];

        if ((!p->has_min || value >= p->min) && (!p->has_max || value <= p->max))
            return p->points;
    }
    return 0;
}

static int option_points(const struct sc_question *q, const char *option)
{
    for (size_t i = 0; option != NULL && i < q->option_count; i++)
        if (strcmp(q->options[i].id, option) == 0)
            return q->options[i].points;
    return q->unknown_points;
}

static int stated_points(const struct sc_question *q, const struct talk_answer *a)
{
    switch (q->kind) {
    case Q_CHOICE:
    case Q_ROLE:
    case Q_YES_NO: return option_points(q, a->option);
    case Q_MONEY:
    case Q_DURATION:
    case Q_NUMBER:
    case Q_DATE:
        if (a->unlimited)
            return q->max_points;
        return a->has_value ? table_points(q, a->value) : q->unknown_points;
    case Q_TEXT: return q->max_points;
    }
    return 0;
}

int rubric_points(const struct sc_question *q, const struct talk_answer *a)
{
    switch (a->status) {
    case ANSWER_NOT_ASKED: return 0;
    case ANSWER_STATED: return stated_points(q, a);
    case ANSWER_NONE: return table_points(q, q->kind == Q_MONEY || q->kind == Q_NUMBER ? 0 : 1e12); /* no budget: 0; no date: never */
    case ANSWER_UNKNOWN:
    case ANSWER_DEFLECTED: return q->unknown_points;
    }
    return 0;
}

static double period_factor(const char *unit)
{
    if (strstr(unit, "/year") != NULL || strstr(unit, "/once") != NULL) /* once: as if it had to last a year */
        return 1.0 / 12;
    if (strstr(unit, "/week") != NULL)
        return 52.0 / 12;
    return strstr(unit, "/quarter") != NULL ? 1.0 / 3 : 1;
}

/* "A buck fifty a call": how many of them a month brings was not said. */
static const char *piece_of(const char *unit)
{
    static const char *const pieces[] = {"/call", "/lead", "/minute", "/appointment"};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (strstr(unit, pieces[i]) != NULL)
            return pieces[i];
    return NULL;
}

bool rubric_monthly(struct talk_answer *a, const struct und_quantity *money, double seats)
{
    const char *piece = piece_of(money->unit);
    bool per_seat = strstr(money->unit, "/seat") != NULL;
    double factor = period_factor(money->unit) * (per_seat && seats > 0 ? seats : 1);
    size_t cur = strcspn(money->unit, "/");

    a->value = money->value * factor;
    a->low = money->low * factor;
    a->high = money->high * factor;
    a->has_value = money->has_value;
    a->has_low = money->has_low;
    a->has_high = money->has_high;
    text_copy(a->unit, sizeof a->unit, "USD");
    if (cur > 0 && cur < sizeof a->unit - 13) {
        memcpy(a->unit, money->unit, cur);
        a->unit[cur] = '\0';
    }
    text_copy(a->unit + strlen(a->unit), 13, piece != NULL ? piece : per_seat && seats <= 0 ? "/seat/month" : "/month");
    return piece == NULL && (!per_seat || seats > 0);
}

/* Sum of points, and what it could still become, scaled so that the best answers make 100. */
int rubric_score(const struct talk *t, int *possible)
{
    int sum = 0, open = 0, max = 0;

    for (size_t i = 0; i < t->sc->question_count; i++) {
        max += t->sc->questions[i].max_points;
        sum += t->answers[i].points;
        open += t->answers[i].status == ANSWER_NOT_ASKED ? t->sc->questions[i].max_points : 0;
    }
    if (possible != NULL)
        *possible = max > 0 ? ((sum + open) * 100 + max / 2) / max : 0;
    return max > 0 ? (sum * 100 + max / 2) / max : 0;
}

double rubric_deal_usd_year(const struct talk *t)
{
    for (size_t i = 0; i < t->sc->question_count; i++) {
        const struct talk_answer *a = &t->answers[i];

        if (t->sc->questions[i].kind == Q_MONEY && a->status == ANSWER_STATED && a->has_value && strcmp(a->unit, "USD/month") == 0)
            return a->value * 12;
    }
    return 0;
}
