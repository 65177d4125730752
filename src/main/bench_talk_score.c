/* bench_talk_score.c - counting: shares, kinds, labels and their macro-F1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talk.h"
#include "main/cmd.h"

#include "base/banned.h"

enum { SET_MAX_BYTES = 8 << 20, SET_LINE_MAX = 64 * 1024 };

int bench_talk_lines(struct bench_talk *b, const char *path, void (*fn)(struct bench_talk *b, const json_t *line))
{
    char *text = NULL, why[200];
    size_t n, number = 0;
    int err = text_read_file(&text, &n, path, SET_MAX_BYTES), code = 0;

    if (err) {
        fprintf(stderr, "baton bench talk: %s: %s\n", path, strerror(err));
        return 1;
    }
    if (b->misses)
        printf("%s\n", path);
    for (char *line = text, *rest; *line != '\0'; line = rest) {
        size_t len = strcspn(line, "\n");
        json_t *j = NULL;

        rest = line + len + (line[len] == '\n');
        number++;
        if (len == 0)
            continue;
        if (jx_parse(&j, line, len, SET_LINE_MAX, why, sizeof why) == 0 && json_is_object(j)) {
            fn(b, j);
        } else {
            fprintf(stderr, "baton bench talk: %s:%zu: %s\n", path, number, j == NULL ? why : "not an object");
            code = 1;
        }
        json_decref(j);
    }
    free(text);
    return code;
}

void bench_share_count(struct bench_share *s, bool right)
{
    s->right += right;
    s->all++;
}

void bench_kind_count(struct bench_kind *kinds, size_t *n, const char *name, bool right)
{
    size_t i = 0;

    while (i < *n && strcmp(kinds[i].name, name) != 0)
        i++;
    if (i == TALK_KINDS_MAX)
        return;
    if (i == *n) {
        (void)text_copy(kinds[i].name, sizeof kinds[i].name, name);
        ++*n;
    }
    bench_share_count(&kinds[i].share, right);
}

/* Two names of one thing: the built-in intent and the objection that scenarios make of it. */
static bool means(const char *a, const char *b)
{
    static const char *const same[][2] = {{"busy", "not_right_time"}, {"source_question", "trust"}};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if ((strcmp(a, same[i][0]) == 0 && strcmp(b, same[i][1]) == 0) || (strcmp(a, same[i][1]) == 0 && strcmp(b, same[i][0]) == 0))
            return true;
    return strcmp(a, b) == 0;
}

static struct bench_label *label_of(struct bench_talk *b, const char *id)
{
    for (size_t i = 0; i < b->label_count; i++)
        if (strcmp(b->labels[i].id, id) == 0)
            return &b->labels[i];
    if (b->label_count == TALK_LABELS_MAX)
        return NULL;
    (void)text_copy(b->labels[b->label_count].id, sizeof b->labels[0].id, id);
    return &b->labels[b->label_count++];
}

bool bench_label_is_wanted(const json_t *want, const char *id)
{
    size_t i;
    json_t *w;

    json_array_foreach((json_t *)want, i, w)
        if (means(json_string_value(w), id))
            return true;
    return false;
}

void bench_labels_count(struct bench_talk *b, const json_t *want, const char *const *found, size_t n)
{
    size_t i;
    json_t *w;
    struct bench_label *l;

    json_array_foreach((json_t *)want, i, w)
    {
        bool hit = false;

        for (size_t k = 0; k < n; k++)
            hit |= strcmp(found[k], json_string_value(w)) == 0;
        if ((l = label_of(b, json_string_value(w))) != NULL)
            *(hit ? &l->hit : &l->missed) += 1;
    }
    for (size_t k = 0; k < n; k++)
        if (!bench_label_is_wanted(want, found[k]) && (l = label_of(b, found[k])) != NULL)
            l->extra++;
}

/* Over the labels that occur in the set. */
double bench_macro_f1(const struct bench_talk *b)
{
    double sum = 0;
    int n = 0;

    for (size_t i = 0; i < b->label_count; i++) {
        const struct bench_label *l = &b->labels[i];

        if (l->hit + l->missed == 0)
            continue;
        sum += 2.0 * l->hit / (2.0 * l->hit + l->extra + l->missed);
        n++;
    }
    return n > 0 ? sum / n : 0;
}
