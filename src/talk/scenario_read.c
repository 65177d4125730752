/* scenario_read.c - YAML values for the scenario loader; every complaint has its line and says what to do. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "talk/scenario_priv.h"

#include "base/banned.h"

__attribute__((format(printf, 4, 0))) static void issue_add(struct sc_reader *r, int line, bool error, const char *fmt, va_list ap)
{
    struct scenario_issues *is = r->issues;
    struct scenario_issue *i;

    if (is->n == SCENARIO_ISSUES_MAX) { /* the last place tells that there were errors */
        is->at[SCENARIO_ISSUES_MAX - 1].error |= error;
        return;
    }
    i = &is->at[is->n++];
    i->line = line;
    i->error = error;
    vsnprintf(i->text, sizeof i->text, fmt, ap);
}

void sc_error(struct sc_reader *r, int line, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    issue_add(r, line, true, fmt, ap);
    va_end(ap);
}

void sc_warn(struct sc_reader *r, int line, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    issue_add(r, line, false, fmt, ap);
    va_end(ap);
}

void *sc_alloc(struct sc_reader *r, size_t size)
{
    void *p = arena_alloc(r->arena, size);

    if (p == NULL)
        r->no_memory = true;
    return p;
}

const char *sc_copy(struct sc_reader *r, const char *text)
{
    char *p = arena_strdup(r->arena, text);

    if (p == NULL)
        r->no_memory = true;
    return p != NULL ? p : "";
}

static int line_of(const struct yaml_node *n)
{
    return n != NULL ? n->line : 1;
}

static const char *scalar_text(struct sc_reader *r, const struct yaml_node *n, const char *key)
{
    if (n->kind != YAML_NODE_SCALAR) {
        sc_error(r, n->line, "\"%s\" must be one text", key);
        return "";
    }
    if (strlen(n->text) > SC_TEXT_MAX) {
        sc_error(r, n->line, "\"%s\" is longer than %d bytes; shorten it", key, SC_TEXT_MAX);
        return "";
    }
    return sc_copy(r, n->text);
}

const char *sc_text(struct sc_reader *r, const struct yaml_node *map, const char *key, const char *otherwise)
{
    const struct yaml_node *n = yaml_get(map, key);

    if (n == NULL && otherwise == NULL)
        sc_error(r, line_of(map), "\"%s\" is missing; add it", key);
    if (n == NULL)
        return otherwise != NULL ? otherwise : "";
    return scalar_text(r, n, key);
}

const char *sc_id(struct sc_reader *r, const struct yaml_node *map)
{
    const char *id = sc_text(r, map, "id", NULL);
    size_t n = strlen(id);

    if (n > SC_ID_MAX || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") != n) {
        sc_error(r, line_of(map), "the id \"%.60s\" may have a-z, 0-9, _ and -, at most %d of them", id, SC_ID_MAX);
        return "";
    }
    return id;
}

int sc_int(struct sc_reader *r, const struct yaml_node *map, const char *key, int otherwise, int min, int max)
{
    const struct yaml_node *n = yaml_get(map, key);
    double v;

    if (n == NULL)
        return otherwise;
    if (yaml_num(&v, n) != 0 || v != (double)(long)v || v < min || v > max) {
        sc_error(r, n->line, "\"%s\" must be a whole number from %d to %d", key, min, max);
        return otherwise;
    }
    return (int)v;
}

static struct wordings words_of(struct sc_reader *r, const struct yaml_node *n, const char *key)
{
    size_t count = n->kind == YAML_NODE_LIST ? n->count : 1;
    struct wordings w = {0};
    const char **text;

    if (n->kind == YAML_NODE_MAP || count > SC_WORDINGS_MAX) {
        sc_error(r, n->line, "\"%s\" must be a text or a list of at most %d texts", key, SC_WORDINGS_MAX);
        return w;
    }
    text = sc_alloc(r, (count + 1) * sizeof *text);
    if (text == NULL)
        return w;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = n->kind == YAML_NODE_LIST ? n->children[i] : n;
        const char *t = scalar_text(r, item, key);

        if (t[strspn(t, " \t\n")] != '\0')
            text[w.n++] = t;
        else if (item->kind == YAML_NODE_SCALAR && strlen(item->text) <= SC_TEXT_MAX)
            sc_error(r, item->line, "an empty text in \"%s\"; write something or remove it", key);
    }
    w.text = text;
    return w;
}

struct wordings sc_words(struct sc_reader *r, const struct yaml_node *map, const char *key, bool needed)
{
    const struct yaml_node *n = yaml_get(map, key);
    struct wordings w = {0};

    if (n != NULL)
        w = words_of(r, n, key);
    if (needed && (n == NULL || (w.n == 0 && n->kind == YAML_NODE_LIST && n->count == 0)))
        sc_error(r, line_of(n != NULL ? n : map), "\"%s\" is missing; add at least one wording", key);
    return w;
}

int sc_seconds(struct sc_reader *r, const struct yaml_node *scalar, int otherwise)
{
    static const struct { char letter; long s; } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    char *end = NULL;
    long v = scalar->kind == YAML_NODE_SCALAR ? strtol(scalar->text, &end, 10) : -1;

    if (end != NULL && end != scalar->text && v > 0 && v <= 10000 && strlen(end) == 1)
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (*end == units[i].letter && v * units[i].s <= 366L * 86400)
                return (int)(v * units[i].s);
    sc_error(r, scalar->line, "write a time span such as 30m, 2h or 3d (at most a year)");
    return otherwise;
}

const struct yaml_node *sc_child(struct sc_reader *r, const struct yaml_node *map, const char *key, enum yaml_kind kind, bool needed)
{
    const struct yaml_node *n = yaml_get(map, key);

    if (n == NULL && needed)
        sc_error(r, line_of(map), "the block \"%s\" is missing; add it", key);
    if (n == NULL || n->kind == kind)
        return n;
    sc_error(r, n->line, "\"%s\" must be a %s", key, kind == YAML_NODE_MAP ? "map (key: value)" : "list");
    return NULL;
}

static bool is_known(const char *known, const char *key)
{
    size_t n = strlen(key);

    for (const char *p = known; n > 0 && (p = strstr(p, key)) != NULL; p += n)
        if ((p == known || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

void sc_known_keys(struct sc_reader *r, const struct yaml_node *map, const char *what, const char *known)
{
    if (map == NULL || map->kind != YAML_NODE_MAP)
        return;
    for (size_t i = 0; i < map->count; i++)
        if (!is_known(known, map->keys[i]))
            sc_warn(r, map->children[i]->line, "%s does not know \"%.40s\"; it knows: %s", what, map->keys[i], known);
}

int sc_find(const char *const *words, const char *word)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}
