/* views.c - rows as the pages show them: names, answers in words, the parts of the score, the ladder of offers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

void view_copy(json_t *to, const json_t *from, const char *const *names)
{
    for (; *names != NULL; names++) {
        json_t *v = json_object_get(from, *names);

        (void)json_object_set_new(to, *names, v != NULL ? json_incref(v) : json_null());
    }
}

json_t *view_name(const json_t *lead)
{
    const char *first = jx_str(lead, "first_name", ""), *last = jx_str(lead, "last_name", "");
    char name[300];

    snprintf(name, sizeof name, "%.140s%s%.140s", first, first[0] != '\0' && last[0] != '\0' ? " " : "", last);
    if (name[0] == '\0')
        (void)text_copy(name, sizeof name, jx_str(lead, "company", jx_str(lead, "phone", "Somebody")));
    return json_string(name);
}

/* --- answers --- */

static const char *option_label(const struct sc_question *q, const char *id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return q->options[i].label;
    return id;
}

/* 1500 -> "1,500" */
static void grouped(char *out, size_t size, double value)
{
    char digits[40];
    size_t n, at = 0;

    snprintf(digits, sizeof digits, "%.0f", fabs(value) < 1e15 ? value : 0.0);
    n = strlen(digits);
    for (size_t i = 0; i < n && at + 2 < size; i++) {
        if (i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

static void number_label(char *out, size_t size, const struct sc_question *q, double value)
{
    char text[60];

    grouped(text, sizeof text, value);
    if (q != NULL && q->kind == Q_MONEY)
        snprintf(out, size, "$%s a month", text);
    else if (q != NULL && q->kind == Q_DURATION)
        snprintf(out, size, value == 1 ? "Within %s day" : "Within %s days", text);
    else
        (void)text_copy(out, size, text);
}

static void capitalise(char *s)
{
    if (s[0] >= 'a' && s[0] <= 'z')
        s[0] = (char)(s[0] - 'a' + 'A');
    for (; *s != '\0'; s++)
        if (*s == '_')
            *s = ' ';
}

static json_t *answer_label(const json_t *answer, const struct sc_question *q)
{
    const json_t *value = json_object_get(answer, "value");
    const char *status = jx_str(answer, "status", "");
    char text[200] = "";

    if (strcmp(status, "stated") != 0)
        return json_string(strcmp(status, "none") == 0 ? "None" : strcmp(status, "deflected") == 0 ? "Would not say" : strcmp(status, "not_asked") == 0 ? "Not asked" : "No clear answer");
    if (json_is_string(value)) {
        (void)text_copy(text, sizeof text, q != NULL ? option_label(q, json_string_value(value)) : json_string_value(value));
        capitalise(text);
    } else if (json_is_number(value)) {
        number_label(text, sizeof text, q, json_number_value(value));
    } else if (json_is_boolean(value)) {
        (void)text_copy(text, sizeof text, json_is_true(value) ? "Yes" : "No");
    }
    return json_string(text[0] != '\0' ? text : "Answered");
}

json_t *view_answers(const json_t *answers, const struct scenario *s)
{
    static const char *const names[] = {"id", "question_id", "dimension", "status", "value", "points", "max", "evidence", "turn_seq", NULL};
    json_t *list = json_array();
    const json_t *a;
    size_t i;

    json_array_foreach(answers, i, a) {
        json_t *v = json_object();

        view_copy(v, a, names);
        jx_set(v, "label", answer_label(a, s != NULL ? scenario_question(s, jx_str(a, "question_id", "")) : NULL));
        jx_set_bool(v, "replaced", jx_int(a, "replaced", 0) != 0);
        jx_set_bool(v, "wrong", jx_int(a, "wrong_at", 0) != 0);
        jx_set_str(v, "wrong_note", jx_str(a, "wrong_note", NULL));
        (void)json_array_append_new(list, v);
    }
    return list;
}

static json_t *part(const char *dimension, int64_t points, int64_t max, const char *status)
{
    return json_pack("{s:s,s:I,s:I,s:s}", "dimension", dimension, "points", (json_int_t)points, "max", (json_int_t)max, "status", status);
}

static const json_t *current_answer(const json_t *answers, const char *question)
{
    const json_t *a;
    size_t i;

    json_array_foreach(answers, i, a)
        if (jx_int(a, "replaced", 0) == 0 && strcmp(jx_str(a, "question_id", ""), question) == 0)
            return a;
    return NULL;
}

/* One part a question in the order of the scenario, asked or not; without the scenario those that were answered. */
json_t *view_parts(const json_t *answers, const struct scenario *s)
{
    json_t *list = json_array();
    const json_t *a;
    size_t i;

    for (i = 0; s != NULL && i < s->question_count; i++) {
        const struct sc_question *q = &s->questions[i];

        a = current_answer(answers, q->id);
        if (q->max_points > 0)
            (void)json_array_append_new(list, a != NULL ? part(q->dimension, jx_int(a, "points", 0), jx_int(a, "max", q->max_points), jx_str(a, "status", "unknown"))
                                                        : part(q->dimension, 0, q->max_points, "not_asked"));
    }
    if (s == NULL)
        json_array_foreach(answers, i, a)
            if (jx_int(a, "replaced", 0) == 0)
                (void)json_array_append_new(list, part(jx_str(a, "dimension", ""), jx_int(a, "points", 0), jx_int(a, "max", 0), jx_str(a, "status", "unknown")));
    return list;
}

/* --- people --- */

json_t *view_closers(struct tx *tx)
{
    static const char *const names[] = {"id", "name", "sip_uri", "team", "skills", "profile", "presence", "accept", "idle_since", "current_call_id", "user_id", NULL};
    json_t *rows, *list = json_array();
    const json_t *row;
    size_t i;

    if (closer_list(tx, &rows) != 0)
        return list;
    json_array_foreach(rows, i, row) {
        json_t *v = json_object(), *reason = json_object_get(row, "presence_reason");

        view_copy(v, row, names);
        jx_set(v, "reason", json_incref(reason));
        jx_set_int(v, "since", jx_int(row, "presence_since", 0));
        (void)json_array_append_new(list, v);
    }
    json_decref(rows);
    return list;
}

json_t *view_offers(const json_t *handoff, const json_t *brief)
{
    static const char *const names[] = {"id", "closer_id", "step", "why", "note", "state", "reason", "offered_at", "ended_at", NULL};
    json_t *list = json_array();
    const json_t *o;
    size_t i;

    json_array_foreach(json_object_get(handoff, "offers"), i, o) {
        json_t *v = json_object();

        view_copy(v, o, names);
        jx_set_str(v, "offer_id", jx_str(o, "id", ""));
        jx_set_str(v, "closer_name", jx_str(o, "closer_name", "A closer"));
        jx_set(v, "brief", json_is_object(brief) ? json_incref((json_t *)(uintptr_t)brief) : json_null());
        (void)json_array_append_new(list, v);
    }
    return list;
}

json_t *view_brief(struct tx *tx, const char *call_id)
{
    json_t *row, *v;

    if (tx_query_one(tx, &row, "SELECT data AS data_json FROM event WHERE call_id = ? AND kind = 'handoff.requested' ORDER BY seq DESC LIMIT 1", "s", call_id) != 0)
        return NULL;
    v = json_incref(json_object_get(json_object_get(row, "data"), "brief"));
    json_decref(row);
    return v;
}

/* Midnight of this machine. */
int64_t view_day_start(int64_t now_ms)
{
    time_t now = (time_t)(now_ms / 1000);
    struct tm tm;

    if (localtime_r(&now, &tm) == NULL)
        return now_ms - now_ms % INT64_C(86400000);
    tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * 1000;
}
