#include "practice/expectation.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/yaml.h"

#include "base/banned.h"

enum { WORDS_MAX = 4096, PHRASE_WORDS_MAX = 40, PHRASE_BYTES_MAX = 400, SLACK_WORDS = 3 };

/* --- reading --- */

static int complain(const struct yaml_node *at, const char *text, char *why, size_t size)
{
    snprintf(why, size, "line %d: %s", at->line, text);
    return EINVAL;
}

static int read_texts(struct expectation_texts *out, const struct yaml_node *n, char *why, size_t size)
{
    *out = (struct expectation_texts){0};
    if (n == NULL)
        return 0;
    if (n->kind == YAML_NODE_SCALAR) {
        out->at[out->n++] = n->text;
        return 0;
    }
    if (n->kind != YAML_NODE_LIST || n->count == 0 || n->count > EXPECTATION_TEXTS_MAX)
        return complain(n, "a text or a list of at most 12 texts is needed", why, size);
    for (size_t i = 0; i < n->count; i++) {
        if (n->children[i]->kind != YAML_NODE_SCALAR)
            return complain(n->children[i], "a text is needed", why, size);
        out->at[out->n++] = n->children[i]->text;
    }
    return 0;
}

static int check_keys(const struct yaml_node *map, char *why, size_t size)
{
    static const char *const known[] = {"outcome", "bucket", "answers", "says", "never_says", "within_ms"};

    for (size_t i = 0; i < map->count; i++) {
        bool found = false;

        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            found |= strcmp(map->keys[i], known[k]) == 0;
        if (!found)
            return complain(map->children[i], "what is expected is one of outcome, bucket, answers, says, never_says, within_ms", why, size);
    }
    return 0;
}

static int read_answers(struct expectation *e, const struct yaml_node *n, char *why, size_t size)
{
    if (n == NULL)
        return 0;
    if (n->kind != YAML_NODE_MAP)
        return complain(n, "\"answers\" is a map of questions", why, size);
    for (size_t i = 0; i < n->count; i++)
        if (n->children[i]->kind == YAML_NODE_LIST)
            return complain(n->children[i], "an answer is a value, or a map of status and value", why, size);
    e->answers = n;
    return 0;
}

static int read_within(struct expectation *e, const struct yaml_node *n, char *why, size_t size)
{
    double ms;

    if (n == NULL)
        return 0;
    if (yaml_num(&ms, n) != 0 || ms < 1 || ms > EXPECTATION_MS_MAX)
        return complain(n, "a number of milliseconds from 1 to 60000 is needed", why, size);
    e->within_ms = (int)ms;
    return 0;
}

int expectation_read(struct expectation *e, const struct yaml_node *map, char *why, size_t size)
{
    int err;

    *e = (struct expectation){0};
    if (map == NULL)
        return 0;
    if (map->kind != YAML_NODE_MAP || map->count == 0)
        return complain(map, "\"expect\" is a map", why, size);
    e->any = true;
    err = check_keys(map, why, size);
    if (!err)
        err = read_texts(&e->outcome, yaml_get(map, "outcome"), why, size);
    if (!err)
        err = read_texts(&e->bucket, yaml_get(map, "bucket"), why, size);
    if (!err)
        err = read_texts(&e->says, yaml_get(map, "says"), why, size);
    if (!err)
        err = read_texts(&e->never_says, yaml_get(map, "never_says"), why, size);
    if (!err)
        err = read_answers(e, yaml_get(map, "answers"), why, size);
    return err ? err : read_within(e, yaml_get(map, "within_ms"), why, size);
}

/* --- what was said --- */

struct word { const char *at; size_t n; };

static bool next_word(struct word *w, const char **p)
{
    while (**p != '\0' && !isalnum((unsigned char)**p))
        ++*p;
    w->at = *p;
    while (isalnum((unsigned char)**p) || **p == '\'')
        ++*p;
    w->n = (size_t)(*p - w->at);
    return w->n > 0;
}

static size_t words_of(struct word *out, size_t max, const char *text)
{
    size_t n = 0;

    while (n < max && next_word(&out[n], &text))
        n++;
    return n;
}

static bool same(const struct word *a, const struct word *b)
{
    for (size_t i = 0; a->n == b->n && i < a->n; i++)
        if (tolower((unsigned char)a->at[i]) != tolower((unsigned char)b->at[i]))
            return false;
    return a->n == b->n;
}

/* How many of the phrase's words come, in their order, within the stretch that begins here. */
static size_t in_order(const struct word *text, size_t n, const struct word *phrase, size_t want)
{
    size_t found = 0, at = 0;

    for (size_t k = 0; k < want; k++)
        for (size_t i = at; i < n; i++)
            if (same(&text[i], &phrase[k])) {
                found++;
                at = i + 1;
                break;
            }
    return found;
}

static bool is_in(const struct word *text, size_t have, const char *phrase, int percent)
{
    struct word want[PHRASE_WORDS_MAX];
    size_t n = words_of(want, PHRASE_WORDS_MAX, phrase), stretch = percent >= 100 ? n : n + SLACK_WORDS;

    for (size_t i = 0; n > 0 && i < have; i++)
        if (in_order(text + i, have - i < stretch ? have - i : stretch, want, n) * 100 >= n * (size_t)percent)
            return true;
    return false;
}

bool expectation_heard(const char *text, const char *phrases, int percent)
{
    struct word *all = calloc(WORDS_MAX, sizeof *all);
    size_t have = all != NULL ? words_of(all, WORDS_MAX, text) : 0;
    char one[PHRASE_BYTES_MAX];
    bool found = false;

    for (const char *p = phrases; !found; p++) {
        size_t n = strcspn(p, "|");

        snprintf(one, sizeof one, "%.*s", (int)(n < sizeof one ? n : sizeof one - 1), p);
        found = is_in(all, have, one, percent);
        p += n;
        if (*p == '\0')
            break;
    }
    free(all);
    return found;
}

/* --- judgement --- */

static void miss(json_t *misses, const char *what, const char *want, const char *got)
{
    json_array_append_new(misses, json_pack("{s:s,s:s,s:s}", "what", what, "want", want, "got", got));
}

static void judge_one_of(json_t *misses, const char *what, const struct expectation_texts *want, const char *got)
{
    char all[200] = "";

    for (size_t i = 0; i < want->n; i++) {
        size_t at = strlen(all);

        if (strcmp(want->at[i], got) == 0)
            return;
        snprintf(all + at, sizeof all - at, "%s%s", i > 0 ? " or " : "", want->at[i]);
    }
    if (want->n > 0)
        miss(misses, what, all, got);
}

static bool value_is(const json_t *value, const struct yaml_node *want)
{
    double w;

    if (want->kind != YAML_NODE_SCALAR)
        return false;
    if (!want->quoted && strcmp(want->text, "null") == 0)
        return json_is_null(value) || value == NULL;
    if (json_is_number(value) && yaml_num(&w, want) == 0) {
        double off = json_number_value(value) - w;

        return off * off <= 1 + w * w * 1e-4; /* 1 %, or rounding */
    }
    return json_is_string(value) && strcmp(json_string_value(value), want->text) == 0;
}

static bool answer_is(const json_t *answer, const struct yaml_node *want)
{
    const struct yaml_node *status = yaml_get(want, "status"), *value = yaml_get(want, "value");

    if (want->kind == YAML_NODE_SCALAR)
        return value_is(json_object_get(answer, "value"), want);
    return (status == NULL || (status->text != NULL && strcmp(jx_str(answer, "status", ""), status->text) == 0)) &&
           (value == NULL || value_is(json_object_get(answer, "value"), value));
}

static void answer_words(char *out, size_t size, const struct yaml_node *want)
{
    if (want->kind == YAML_NODE_SCALAR)
        snprintf(out, size, "%s", want->text);
    else
        snprintf(out, size, "%s %s", yaml_str(want, "status", ""), yaml_str(want, "value", ""));
}

static void judge_answers(json_t *misses, const struct yaml_node *want, const json_t *answers)
{
    for (size_t i = 0; want != NULL && i < want->count; i++) {
        const json_t *got = json_object_get(answers, want->keys[i]);
        json_t *shown;
        char *text, words[120];

        if (answer_is(got, want->children[i]))
            continue;
        shown = json_pack("{s:s,s:O?}", "status", jx_str(got, "status", "missing"), "value", json_object_get(got, "value"));
        text = jx_dump(shown);
        answer_words(words, sizeof words, want->children[i]);
        miss(misses, want->keys[i], words, text != NULL ? text : "");
        free(text);
        json_decref(shown);
    }
}

static void judge_said(json_t *misses, const struct expectation *e, const struct observed *o)
{
    for (size_t i = 0; i < e->says.n; i++)
        if (!expectation_heard(o->said, e->says.at[i], o->said_percent))
            miss(misses, "says", e->says.at[i], "not said");
    for (size_t i = 0; i < e->never_says.n; i++)
        if (expectation_heard(o->said, e->never_says.at[i], 100))
            miss(misses, "never_says", e->never_says.at[i], "said");
}

void expectation_judge(json_t *misses, const struct expectation *e, const struct observed *o)
{
    char want[24], got[24];

    judge_one_of(misses, "outcome", &e->outcome, jx_str(o->result, "outcome", ""));
    judge_one_of(misses, "bucket", &e->bucket, jx_str(o->result, "bucket", ""));
    judge_answers(misses, e->answers, json_object_get(o->result, "answers"));
    judge_said(misses, e, o);
    if (e->within_ms > 0 && o->slowest_ms > e->within_ms) {
        snprintf(want, sizeof want, "%d", e->within_ms);
        snprintf(got, sizeof got, "%d", o->slowest_ms);
        miss(misses, "within_ms", want, got);
    }
    if (o->should_interrupt && o->interrupted == 0)
        miss(misses, "barge_in_at", "a sentence cut off", "spoke on");
}
