/* bench_talk_utterances.c - labelled utterances against the understanding, counted by kind and by label. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "main/bench_talk.h"
#include "talk/und_case.h"

#include "base/banned.h"

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
        if (!und_case_has(u, json_string_value(l)))
            return false;
    return json_array_size(labels) > 0 || u->intent_count == 0;
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
            bench_share_count(&b->opt_outs, und_case_has(u, "opt_out"));
        } else if (strcmp(json_string_value(l), "human_request") == 0) {
            bench_share_count(&b->humans, und_case_has(u, "human_request"));
        }
    }
    if (!opts_out)
        bench_share_count(&b->false_opt_outs, und_case_has(u, "opt_out"));
    if (json_array_size(labels) == 0)
        bench_share_count(&b->out_of_scope, u->intent_count == 0);
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

/* "Don't call me before noon": what it means besides is not labelled, only what it must not be taken for. */
static void count_near_miss(struct bench_talk *b, const json_t *line, const struct understanding *u)
{
    size_t i;
    json_t *id;
    bool right = true;

    json_array_foreach(json_object_get(json_object_get(line, "expect"), "never"), i, id)
        right &= json_is_string(id) && !und_case_has(u, json_string_value(id));
    bench_kind_count(b->kinds, &b->kind_count, "near_misses", right);
    bench_share_count(&b->false_opt_outs, und_case_has(u, "opt_out"));
    if (b->misses && !right)
        say_wrong(line, u);
}

static void run_one(struct bench_talk *b, const json_t *line)
{
    static struct understanding u;
    const json_t *expect = json_object_get(line, "expect");
    json_t *labels = labels_of(expect), *want;
    struct und_in in;
    const char *kind;
    bool right;

    und_case_read(&in, line, b->now_ms);
    und_case_run(&u, b->und, line, &in);
    if (labels != NULL && json_array_size(labels) == 0 && json_object_get(expect, "never") != NULL) {
        count_near_miss(b, line, &u);
    } else if (labels != NULL) {
        right = all_found(labels, &u);
        bench_kind_count(b->kinds, &b->kind_count, json_array_size(labels) > 0 ? "intents" : "out_of_scope", right);
        count_labels(b, labels, &u);
        if (b->misses && (!right || has_more(labels, &u)))
            say_wrong(line, &u);
    } else {
        json_object_foreach((json_t *)expect, kind, want)
        {
            right = und_case_fits(kind, want, &u);
            bench_kind_count(b->kinds, &b->kind_count, kind, right);
            if (b->misses && !right)
                say_wrong(line, &u);
        }
        bench_share_count(&b->false_opt_outs, und_case_has(&u, "opt_out"));
    }
    json_decref(labels);
}

int bench_talk_utterances(struct bench_talk *b, const char *path)
{
    return bench_talk_lines(b, path, run_one);
}
