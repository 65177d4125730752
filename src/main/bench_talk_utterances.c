/* bench_talk_utterances.c - labelled utterances against the understanding, counted by kind and by label. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "main/bench_talk.h"

#include "base/banned.h"

enum { OPENS_MIN = 480, CLOSES_MIN = 1080, NAMES_MAX = 64 };

static const char *const asked_names[] = {[ASKED_OPENING] = "opening", [ASKED_CHOICE] = "choice", [ASKED_MONEY] = "money",
                                          [ASKED_DURATION] = "duration", [ASKED_ROLE] = "role", [ASKED_YES_NO] = "yes_no",
                                          [ASKED_NUMBER] = "number", [ASKED_TEXT] = "text", [ASKED_DATE] = "date",
                                          [ASKED_CALLBACK] = "callback"};

static enum und_asked asked_by_name(const char *s)
{
    for (size_t i = 0; i < sizeof asked_names / sizeof *asked_names; i++)
        if (strcmp(s, asked_names[i]) == 0)
            return (enum und_asked)i;
    return ASKED_NOTHING;
}

static bool number_fits(const json_t *want, bool has, double v)
{
    if (want == NULL)
        return true;
    return json_is_null(want) ? !has : has && fabs(json_number_value(want) - v) <= 0.02 * fabs(v) + 0.51;
}

static bool quantity_fits(const json_t *want, const struct und_quantity *q)
{
    if (json_is_null(want))
        return q->status == UND_ABSENT;
    if (strcmp(jx_str(want, "status", ""), und_status_name(q->status)) != 0)
        return false;
    return q->status != UND_STATED ||
           (strcmp(jx_str(want, "unit", q->unit), q->unit) == 0 && number_fits(json_object_get(want, "value"), q->has_value, q->value) &&
            number_fits(json_object_get(want, "low"), q->has_low, q->low) && number_fits(json_object_get(want, "high"), q->has_high, q->high));
}

static bool callback_fits(const json_t *want, const struct und_callback *c)
{
    if (json_is_null(want))
        return c->status == UND_ABSENT;
    return strcmp(jx_str(want, "status", ""), und_status_name(c->status)) == 0 && strcmp(jx_str(want, "value", c->value), c->value) == 0 &&
           strcmp(jx_str(want, "low", c->low), c->low) == 0 && strcmp(jx_str(want, "high", c->high), c->high) == 0;
}

static bool names_fit(const json_t *want, const struct understanding *u)
{
    if (json_array_size(want) != u->competitor_count)
        return false;
    for (size_t i = 0; i < u->competitor_count; i++)
        if (strcmp(json_string_value(json_array_get(want, i)), u->competitors[i]) != 0)
            return false;
    return true;
}

static bool text_fits(const json_t *want, const char *got)
{
    return strcmp(json_is_string(want) ? json_string_value(want) : "", got) == 0;
}

static bool found_in(const struct understanding *u, const char *id)
{
    for (size_t i = 0; i < u->intent_count; i++)
        if (strcmp(u->intents[i].id, id) == 0)
            return true;
    return false;
}

/* The labels that an utterance carries: a list, or an empty one where nothing should be found. NULL: it is not about intents. */
static json_t *labels_of(const json_t *expect)
{
    const json_t *list = json_object_get(expect, "intents"), *one = json_object_get(expect, "objection");

    if (list != NULL)
        return json_deep_copy(list);
    if (one == NULL)
        one = json_object_get(expect, "faq");
    if (json_is_string(one))
        return json_pack("[s]", json_string_value(one));
    return json_is_null(one) || json_object_get(expect, "nothing") != NULL || json_object_get(expect, "out_of_scope") != NULL ? json_array() : NULL;
}

static bool all_found(const json_t *labels, const struct understanding *u)
{
    size_t i;
    json_t *l;

    json_array_foreach((json_t *)labels, i, l)
        if (!found_in(u, json_string_value(l)))
            return false;
    return json_array_size(labels) > 0 || u->intent_count == 0;
}

static bool fits(const char *kind, const json_t *want, const struct understanding *u)
{
    if (strcmp(kind, "money") == 0)
        return quantity_fits(want, &u->money);
    if (strcmp(kind, "duration") == 0)
        return quantity_fits(want, &u->duration);
    if (strcmp(kind, "role") == 0)
        return text_fits(json_is_object(want) ? json_object_get(want, "value") : want, u->role.value);
    if (strcmp(kind, "yes_no") == 0)
        return text_fits(want, u->yes_no == UND_YES ? "yes" : u->yes_no == UND_NO ? "no" : "");
    if (strcmp(kind, "need") == 0 || strcmp(kind, "choice") == 0)
        return text_fits(want, u->choice.option);
    if (strcmp(kind, "email") == 0)
        return text_fits(json_is_object(want) ? json_object_get(want, "value") : want, u->email.value);
    if (strcmp(kind, "number") == 0)
        return text_fits(want, u->number);
    if (strcmp(kind, "callback") == 0)
        return callback_fits(want, &u->callback);
    return strcmp(kind, "competitors") == 0 && names_fit(want, u);
}

static void count_labels(struct bench_talk *b, const json_t *labels, const struct understanding *u)
{
    const char *found[UND_INTENTS_MAX];
    size_t i;
    json_t *l;
    bool opts_out = false;

    for (size_t k = 0; k < u->intent_count; k++)
        found[k] = u->intents[k].id;
    bench_labels_count(b, labels, found, u->intent_count);
    json_array_foreach((json_t *)labels, i, l)
    {
        if (strcmp(json_string_value(l), "opt_out") == 0) {
            opts_out = true;
            bench_share_count(&b->opt_outs, found_in(u, "opt_out"));
        } else if (strcmp(json_string_value(l), "human_request") == 0) {
            bench_share_count(&b->humans, found_in(u, "human_request"));
        }
    }
    if (!opts_out)
        bench_share_count(&b->false_opt_outs, found_in(u, "opt_out"));
    if (json_array_size(labels) == 0)
        bench_share_count(&b->out_of_scope, u->intent_count == 0);
}

static void understand(struct understanding *out, const struct bench_talk *b, const json_t *line)
{
    struct und_in in = {.text = jx_str(line, "text", ""), .asked = asked_by_name(jx_str(line, "asked", "")),
                        .question = jx_str(line, "question", NULL), .now_local_ms = b->now_ms,
                        .business_from_min = OPENS_MIN, .business_to_min = CLOSES_MIN,
                        .polarity_mind = json_object_get(line, "polarity") != NULL};
    const json_t *names = json_object_get(line, "names");
    struct sc_competitor list[NAMES_MAX];
    size_t n = 0;

    (void)clock_parse(&in.now_local_ms, jx_str(line, "now", "2026-03-11T10:00"));
    und_run(out, b->und, &in);
    for (; n < json_array_size(names) && n < NAMES_MAX; n++)
        list[n] = (struct sc_competitor){.name = json_string_value(json_array_get(names, n))};
    if (names != NULL)
        und_names(out, b->und, in.text, list, n);
}

static bool has_more(const json_t *labels, const struct understanding *u)
{
    for (size_t i = 0; i < u->intent_count; i++)
        if (!bench_label_is_wanted(labels, u->intents[i].id))
            return true;
    return false;
}

static void say_wrong(const json_t *line, const struct understanding *u)
{
    json_t *got = und_json(u);
    char *a = jx_dump(line), *g = jx_dump(got);

    printf("  %s\n      got %s, choice %s\n", a, g, u->choice.option);
    free(a);
    free(g);
    json_decref(got);
}

static void run_one(struct bench_talk *b, const json_t *line)
{
    static struct understanding u;
    const json_t *expect = json_object_get(line, "expect");
    json_t *labels = labels_of(expect), *want;
    const char *kind;
    bool right;

    understand(&u, b, line);
    if (labels != NULL) {
        right = all_found(labels, &u);
        bench_kind_count(b->kinds, &b->kind_count, json_array_size(labels) > 0 ? "intents" : "out_of_scope", right);
        count_labels(b, labels, &u);
        if (b->misses && (!right || has_more(labels, &u)))
            say_wrong(line, &u);
    } else {
        json_object_foreach((json_t *)expect, kind, want)
        {
            right = fits(kind, want, &u);
            bench_kind_count(b->kinds, &b->kind_count, kind, right);
            if (b->misses && !right)
                say_wrong(line, &u);
        }
        bench_share_count(&b->false_opt_outs, found_in(&u, "opt_out"));
    }
    json_decref(labels);
}

int bench_talk_utterances(struct bench_talk *b, const char *path)
{
    return bench_talk_lines(b, path, run_one);
}
