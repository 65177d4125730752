/* talk_result.c - the result object: an external contract (docs/chat.md); names and types do not change. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { SUMMARY_MAX = 300, RETRY_S = 86400, NURTURE_S = 30 * 86400 };

static const char *const status_names[] = {"not_asked", "stated", "none", "unknown", "deflected"};

const char *talk_status_name(enum answer_status s)
{
    return status_names[s];
}

/* Whole numbers as integers, so that 1500 does not become 1500.0. */
static json_t *number(bool has, double v)
{
    if (!has)
        return json_null();
    return v == floor(v) && fabs(v) < 1e15 ? json_integer((json_int_t)v) : json_real(round(v * 100) / 100);
}

static bool has_range(const struct sc_question *q)
{
    return q->kind == Q_MONEY || q->kind == Q_DURATION || q->kind == Q_DATE;
}

static json_t *value_of(const struct sc_question *q, const struct talk_answer *a)
{
    if (a->status != ANSWER_STATED)
        return json_null();
    if (q->kind == Q_DURATION || q->kind == Q_DATE)
        return number(a->has_value, round(a->value));
    if (q->kind == Q_MONEY || q->kind == Q_NUMBER)
        return number(a->has_value, a->value);
    return a->option != NULL ? json_string(a->option) : json_string(a->text != NULL ? a->text : "");
}

static json_t *earlier_json(const struct talk_answer *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < a->earlier_count; i++) {
        const struct earlier *e = &a->earlier[i];

        json_array_append_new(list, json_pack("{s:o,s:s,s:i}", "value", e->option != NULL ? json_string(e->option) : number(e->has_value, e->value),
                                              "evidence", e->evidence, "turn", e->turn));
    }
    return list;
}

json_t *talk_answer_json(const struct sc_question *q, const struct talk_answer *a)
{
    json_t *j = json_object();
    bool known = a->status != ANSWER_NOT_ASKED;

    if (j == NULL)
        return NULL;
    jx_set_str(j, "status", talk_status_name(a->status));
    jx_set(j, "value", value_of(q, a));
    if (a->status == ANSWER_STATED && has_range(q)) {
        jx_set_str(j, "unit", a->unit);
        jx_set(j, "low", number(a->has_low, q->kind == Q_MONEY ? a->low : floor(a->low)));
        jx_set(j, "high", number(a->has_high, q->kind == Q_MONEY ? a->high : ceil(a->high)));
    }
    jx_set_int(j, "points", a->points);
    jx_set_int(j, "max", q->max_points);
    jx_set_str(j, "evidence", known && a->evidence != NULL && *a->evidence != '\0' ? a->evidence : NULL);
    jx_set(j, "turn", known ? json_integer(a->turn) : json_null());
    if (a->earlier_count > 0)
        jx_set(j, "earlier", earlier_json(a));
    return j;
}

static json_t *answers_json(const struct talk *t)
{
    json_t *all = json_object();

    for (size_t i = 0; i < t->sc->question_count; i++)
        jx_set(all, t->sc->questions[i].id, talk_answer_json(&t->sc->questions[i], &t->answers[i]));
    return all;
}

static json_t *mentions_json(const struct mentions *m)
{
    json_t *list = json_array();

    for (size_t i = 0; i < m->n; i++)
        json_array_append_new(list, json_pack("{s:s,s:s,s:i}", "id", m->at[i].id, "evidence", m->at[i].evidence, "turn", m->at[i].turn));
    return list;
}

static json_t *ids_json(const struct mentions *m)
{
    json_t *list = json_array();

    for (size_t i = 0; i < m->n; i++)
        json_array_append_new(list, json_string(m->at[i].id));
    return list;
}

static json_t *text_or_null(const char *s)
{
    return *s != '\0' ? json_string(s) : json_null();
}

static json_t *callback_json(const struct talk *t)
{
    const struct talk_callback *c = &t->callback;

    if (!c->set)
        return json_null();
    return json_pack("{s:o,s:o,s:o}", "value", text_or_null(c->value), "low", text_or_null(c->low), "high", text_or_null(c->high));
}

struct next { const char *action; int due_in_s; };

static struct next next_by_bucket(const struct talk *t)
{
    const struct sc_routing *to = &t->sc->routing;

    switch (scenario_bucket(to, rubric_score(t, NULL))) {
    case BUCKET_HOT:
        return t->handoff_failed || t->hold_left ? (struct next){"callback", to->callback_within_s} : (struct next){"handoff", 0};
    case BUCKET_WARM_HIGH: return (struct next){"callback", to->callback_within_s};
    case BUCKET_WARM_LOW: return (struct next){"reengage", to->reengage_min_s};
    case BUCKET_COLD: return (struct next){"nurture", NURTURE_S};
    }
    return (struct next){"none", 0};
}

static bool is_outcome(const struct talk *t, const char *name)
{
    return t->outcome != NULL && strcmp(t->outcome, name) == 0;
}

static bool is_tried_again(const struct talk *t)
{
    static const char *const outcomes[] = {"voicemail", "voicemail_full", "ivr", "congestion", "screening", "no_response", "gatekeeper", "hung_up", NULL};

    for (const char *const *o = outcomes; *o != NULL; o++)
        if (is_outcome(t, *o))
            return true;
    return false;
}

/* The same rules as route_decide, kept here because talk/ stands below route/; a test holds the two together. */
static struct next next_step(const struct talk *t)
{
    if (is_outcome(t, "opted_out"))
        return (struct next){"suppress", 0};
    if (t->callback.set)
        return (struct next){"callback", t->callback.due_in_s};
    if (is_outcome(t, "qualified"))
        return t->callback.refused ? (struct next){"reengage", t->sc->routing.reengage_min_s} : next_by_bucket(t);
    if (is_outcome(t, "human_requested"))
        return t->handoff_failed || t->hold_left ? (struct next){"callback", t->sc->routing.callback_within_s} : (struct next){"handoff", 0};
    if (is_outcome(t, "callback_requested"))
        return (struct next){"callback", t->sc->routing.callback_within_s};
    if (is_outcome(t, "declined"))
        return (struct next){"nurture", NURTURE_S};
    if (is_tried_again(t))
        return (struct next){"reengage", RETRY_S};
    return (struct next){"none", 0};
}

static json_t *next_json(const struct talk *t)
{
    struct next n = next_step(t);
    json_t *j = json_object();

    jx_set_str(j, "action", n.action);
    if (n.due_in_s > 0)
        jx_set_int(j, "due_in_s", n.due_in_s);
    return j;
}

static json_t *open_json(const struct talk *t)
{
    json_t *list = json_array();

    for (size_t i = 0; i < t->open_count; i++)
        json_array_append_new(list, json_string(t->open[i]));
    return list;
}

json_t *talk_result(const struct talk *t, int64_t now_ms)
{
    int score = rubric_score(t, NULL);
    char summary[SUMMARY_MAX];
    json_t *j = json_object();

    (void)now_ms;
    talk_summary(t, summary, sizeof summary);
    jx_set_str(j, "outcome", t->outcome != NULL ? t->outcome : "hung_up");
    jx_set_int(j, "score", score);
    jx_set_str(j, "bucket", bucket_name(scenario_bucket(&t->sc->routing, score)));
    jx_set(j, "answers", answers_json(t));
    jx_set(j, "objections", mentions_json(&t->objections));
    jx_set(j, "intents", mentions_json(&t->intents));
    jx_set(j, "faq", ids_json(&t->faqs));
    jx_set(j, "competitors", ids_json(&t->competitors));
    jx_set(j, "open_questions", open_json(t));
    jx_set(j, "callback", callback_json(t));
    jx_set_str(j, "email", t->email);
    jx_set_str(j, "summary", summary);
    jx_set(j, "next", next_json(t));
    jx_set_int(j, "repairs", t->repairs);
    jx_set_int(j, "turns", t->turns);
    jx_set_int(j, "spoken_ms", t->spoken_ms > 0 ? t->spoken_ms : 0);
    return j;
}

static void recall_one(struct talk *t, size_t i, const json_t *j)
{
    const struct sc_question *q = &t->sc->questions[i];
    struct talk_answer *a = &t->answers[i];
    const json_t *value = json_object_get(j, "value");

    if (strcmp(jx_str(j, "status", ""), "stated") != 0)
        return;
    if (json_is_string(value) && q->option_count > 0) {
        for (size_t k = 0; k < q->option_count; k++)
            if (strcmp(q->options[k].id, json_string_value(value)) == 0)
                a->option = q->options[k].id;
        if (a->option == NULL)
            return;
    } else if (json_is_string(value)) {
        a->text = talk_keep(t, json_string_value(value));
    } else {
        a->has_value = json_is_number(value);
        a->value = a->low = a->high = json_number_value(value);
        a->has_low = a->has_high = a->has_value;
        a->unlimited = !a->has_value;
    }
    text_copy(a->unit, sizeof a->unit, jx_str(j, "unit", ""));
    a->status = ANSWER_STATED;
    a->evidence = talk_keep(t, jx_str(j, "evidence", ""));
    a->points = rubric_points(q, a);
}

void talk_recall(struct talk *t, const char *known_answers)
{
    json_t *all = NULL;
    char why[128];

    if (jx_parse(&all, known_answers, strlen(known_answers), 1 << 16, why, sizeof why) != 0)
        return;
    for (size_t i = 0; i < t->sc->question_count; i++)
        recall_one(t, i, json_object_get(all, t->sc->questions[i].id));
    json_decref(all);
}
