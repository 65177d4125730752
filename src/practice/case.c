#include "practice/case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/yaml.h"
#include "practice/yaml_json.h"

#include "base/banned.h"

struct problem { char *text; size_t size; };

static int complain(const struct yaml_node *at, const char *text, const struct problem *p)
{
    snprintf(p->text, p->size, "line %d: %s", at != NULL ? at->line : 1, text);
    return EINVAL;
}

static void case_destroy(void *obj)
{
    struct sim_case *c = obj;

    if (c->doc != NULL)
        yaml_doc_free(c->doc);
    free(c->known_answers);
}

/* --- values --- */

static int read_text(const char **out, const struct yaml_node *map, const char *key, const struct problem *p)
{
    const struct yaml_node *n = yaml_get(map, key);

    if (n == NULL)
        return 0;
    if (n->kind != YAML_NODE_SCALAR)
        return complain(n, "a text is needed", p);
    *out = n->text;
    return 0;
}

static int read_int(int *out, const struct yaml_node *map, const char *key, int max, const struct problem *p)
{
    const struct yaml_node *n = yaml_get(map, key);
    double v;

    if (n == NULL)
        return 0;
    if (yaml_num(&v, n) != 0 || v < 0 || v > max || v != (int)v) {
        snprintf(p->text, p->size, "line %d: \"%s\" is a whole number from 0 to %d", n->line, key, max);
        return EINVAL;
    }
    *out = (int)v;
    return 0;
}

static int known_keys(const struct yaml_node *map, const char *const *known, const char *what, const struct problem *p)
{
    if (map->kind != YAML_NODE_MAP)
        return complain(map, what, p);
    for (size_t i = 0; i < map->count; i++) {
        bool found = false;

        for (size_t k = 0; known[k] != NULL; k++)
            found |= strcmp(map->keys[i], known[k]) == 0;
        if (!found) {
            snprintf(p->text, p->size, "line %d: \"%.60s\" is not known here", map->children[i]->line, map->keys[i]);
            return EINVAL;
        }
    }
    return 0;
}

/* --- turns --- */

static int read_key(struct case_turn *t, const char *key, const struct yaml_node *at, const struct problem *p)
{
    if (key == NULL)
        return 0;
    if (strlen(key) != 1 || strchr("0123456789*#", key[0]) == NULL)
        return complain(at, "a key is one of 0 to 9, * and #", p);
    t->kind = CASE_KEY;
    t->digit = key[0];
    return 0;
}

static int read_flag(bool *out, const struct yaml_node *map, const char *key, const struct problem *p)
{
    const struct yaml_node *n = yaml_get(map, key);

    return n != NULL && yaml_bool(out, n) != 0 ? complain(n, "yes or no is needed", p) : 0;
}

static int read_confidence(float *out, const struct yaml_node *map, const struct problem *p)
{
    const struct yaml_node *n = yaml_get(map, "confidence");
    double v;

    if (n == NULL)
        return 0;
    if (yaml_num(&v, n) != 0 || !(v > 0 && v <= 1))
        return complain(n, "\"confidence\" is a number above 0, up to 1", p);
    *out = (float)v;
    return 0;
}

static int read_turn_map(struct case_turn *t, const struct yaml_node *n, const struct problem *p)
{
    static const char *const known[] = {"say", "silence_ms", "key", "hang_up", "machine", "barge_in_at", "on_hold", "confidence", NULL};
    const char *key = NULL;
    bool hang_up = false, machine = false;
    int err = known_keys(n, known, "a turn is a text or a map", p);

    if (!err)
        err = read_text(&t->text, n, "say", p);
    if (!err)
        err = read_text(&key, n, "key", p);
    if (!err)
        err = read_int(&t->silence_ms, n, "silence_ms", 600000, p);
    if (!err)
        err = read_int(&t->barge_in_at, n, "barge_in_at", CASE_BARGE_MAX_MS, p);
    if (!err)
        err = read_flag(&hang_up, n, "hang_up", p);
    if (!err)
        err = read_flag(&machine, n, "machine", p);
    if (!err)
        err = read_flag(&t->on_hold, n, "on_hold", p);
    if (!err)
        err = read_confidence(&t->confidence, n, p);
    if (err)
        return err;
    if ((t->text != NULL) + (key != NULL) + (t->silence_ms > 0) + hang_up + machine != 1)
        return complain(n, "a turn is one of say, silence_ms, key, hang_up, machine", p);
    t->kind = hang_up ? CASE_HANG_UP : machine ? CASE_MACHINE : t->silence_ms > 0 ? CASE_SILENCE : CASE_SAY;
    return read_key(t, key, n, p);
}

static int read_turns(struct sim_case *c, const struct yaml_node *list, const struct problem *p)
{
    int err = 0;

    if (list == NULL)
        return 0;
    if (list->kind != YAML_NODE_LIST || list->count == 0 || list->count > CASE_TURNS_MAX)
        return complain(list, "\"turns\" is a list of 1 to 200 turns", p);
    for (size_t i = 0; i < list->count && !err; i++) {
        const struct yaml_node *n = list->children[i];
        struct case_turn *t = &c->turns[c->turn_count++];

        if (n->kind == YAML_NODE_SCALAR)
            t->text = n->text;
        else
            err = read_turn_map(t, n, p);
    }
    return err;
}

/* --- who and when --- */

static int read_known(struct sim_case *c, const struct yaml_node *n, const struct problem *p)
{
    json_t *j;

    if (n == NULL)
        return 0;
    if (n->kind != YAML_NODE_MAP)
        return complain(n, "\"known_answers\" is a map of questions", p);
    j = yaml_json(n);
    c->known_answers = j != NULL ? jx_dump(j) : NULL;
    json_decref(j);
    return c->known_answers != NULL ? 0 : ENOMEM;
}

static int read_lead(struct sim_case *c, const struct yaml_node *n, const struct problem *p)
{
    static const char *const known[] = {"first_name", "last_name", "company", "title", "source", "partner", "email", "known_answers", NULL};
    const char **to[] = {&c->lead.first_name, &c->lead.last_name, &c->lead.company, &c->lead.title, &c->lead.source, &c->lead.partner, &c->lead.email};
    int err = n != NULL ? known_keys(n, known, "\"lead\" is a map", p) : 0;

    for (size_t i = 0; i < sizeof to / sizeof to[0] && n != NULL && !err; i++)
        err = read_text(to[i], n, known[i], p);
    return err ? err : read_known(c, yaml_get(n, "known_answers"), p);
}

static int read_now(struct sim_case *c, const struct yaml_node *root, const struct problem *p)
{
    const char *now = NULL;
    int err = read_text(&now, root, "now", p);

    if (err || now == NULL)
        return err;
    if (clock_parse_zoned(&c->now_ms, &c->utc_offset_s, now) != 0)
        return complain(yaml_get(root, "now"), "\"now\" is a time such as 2026-03-11T10:00:00-05:00", p);
    return 0;
}

static int read_handoff(struct sim_case *c, const struct yaml_node *root, const struct problem *p)
{
    const char *word = "done";
    int err = read_text(&word, root, "handoff", p);

    c->handoff_fails = strcmp(word, "fail") == 0;
    if (!err && !c->handoff_fails && strcmp(word, "done") != 0)
        return complain(yaml_get(root, "handoff"), "\"handoff\" is done or fail", p);
    return err;
}

static int read_seed(struct sim_case *c, const struct yaml_node *root, const struct problem *p)
{
    const struct yaml_node *n = yaml_get(root, "seed");
    double v;

    if (n == NULL)
        return 0;
    if (yaml_num(&v, n) != 0 || v < 0 || v > UINT32_MAX)
        return complain(n, "a seed is a whole number from 0 to 4294967295", p);
    c->seed = (uint32_t)v;
    return 0;
}

static int read_head(struct sim_case *c, const struct yaml_node *root, const struct problem *p)
{
    static const char *const known[] = {"case", "scenario", "persona", "lead", "now", "runs", "seed", "handoff", "barge_in_at", "turns", "expect", NULL};
    int err = known_keys(root, known, "a case is a map", p);

    if (!err)
        err = read_text(&c->name, root, "case", p);
    if (!err)
        err = read_text(&c->scenario, root, "scenario", p);
    if (!err)
        err = read_text(&c->persona, root, "persona", p);
    if (!err)
        err = read_int(&c->runs, root, "runs", CASE_RUNS_MAX, p);
    if (!err)
        err = read_int(&c->barge_in_at, root, "barge_in_at", CASE_BARGE_MAX_MS, p);
    return err ? err : read_seed(c, root, p);
}

static int read_case(struct sim_case *c, const struct yaml_node *root, const struct problem *p)
{
    int err = read_head(c, root, p);

    if (!err)
        err = read_lead(c, yaml_get(root, "lead"), p);
    if (!err)
        err = read_now(c, root, p);
    if (!err)
        err = read_handoff(c, root, p);
    if (!err)
        err = read_turns(c, yaml_get(root, "turns"), p);
    if (!err)
        err = expectation_read(&c->expect, yaml_get(root, "expect"), p->text, p->size);
    if (!err && (c->persona != NULL) == (c->turn_count > 0))
        err = complain(root, "a case has either a \"persona\" or \"turns\"", p);
    return err;
}

int case_parse(struct sim_case **cp, const char *text, size_t n, char *why, size_t why_size)
{
    struct sim_case *c = obj_alloc(sizeof *c, case_destroy);
    int err;

    snprintf(why, why_size, "line 1: out of memory");
    if (c == NULL)
        return ENOMEM;
    c->name = "";
    err = n > CASE_BYTES_MAX ? EMSGSIZE : yaml_parse(&c->doc, text, n, why, why_size);
    if (err == EMSGSIZE)
        snprintf(why, why_size, "line 1: a case has at most %d bytes", CASE_BYTES_MAX);
    if (!err)
        err = read_case(c, yaml_root(c->doc), &(struct problem){why, why_size});
    if (err)
        obj_unref(c);
    else
        *cp = c;
    return err;
}
