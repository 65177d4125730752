/* cmd_chat.c - `baton chat`: the same talk as on a live call, by keyboard or by JSON lines. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/chat.h"
#include "main/cmd.h"
#include "main/models.h"
#include "main/und_cache.h"

#include "base/banned.h"

enum { LEAD_MAX_BYTES = 64 * 1024 };

struct options {
    const char *scenario, *lead, *now;
    bool jsonl, no_model, handoff_fails, bench;
    long long seed;
};

static int usage(FILE *out, int code)
{
    fputs("usage: baton chat --scenario FILE [--lead FILE.json] [--jsonl] [--now RFC3339]\n"
          "                  [--seed N] [--handoff done|fail] [--no-model] [--bench]\n\n"
          "Talk to a scenario as a prospect would. With --jsonl, inputs are lines such as\n"
          "{\"text\":\"...\"} {\"silence_ms\":4000} {\"dtmf\":\"9\"} {\"hangup\":true}; see docs/chat.md.\n", out);
    return code;
}

static int parse(struct options *o, int argc, char **argv)
{
    static const struct option longs[] = {{"scenario", 1, NULL, 's'}, {"lead", 1, NULL, 'l'},    {"jsonl", 0, NULL, 'j'},   {"now", 1, NULL, 'n'},
                                          {"seed", 1, NULL, 'r'},     {"handoff", 1, NULL, 'f'}, {"no-model", 0, NULL, 'm'}, {"bench", 0, NULL, 'b'},
                                          {"help", 0, NULL, 'h'},     {NULL, 0, NULL, 0}};
    int c;

    *o = (struct options){0};
    optind = 1;
    while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
        switch (c) {
        case 's': o->scenario = optarg; break;
        case 'l': o->lead = optarg; break;
        case 'j': o->jsonl = true; break;
        case 'n': o->now = optarg; break;
        case 'f': o->handoff_fails = strcmp(optarg, "fail") == 0; break;
        case 'm': o->no_model = true; break;
        case 'b': o->bench = true; break;
        case 'r':
            if (text_int(&o->seed, optarg, 0, UINT32_MAX) != 0)
                return usage(stderr, EXIT_USAGE);
            break;
        case 'h': return usage(stdout, -1);
        default: return usage(stderr, EXIT_USAGE);
        }
    return o->scenario == NULL || optind != argc ? usage(stderr, EXIT_USAGE) : 0;
}

static void print_issues(const char *path, const struct scenario_issues *issues)
{
    for (size_t i = 0; i < issues->n; i++)
        if (issues->at[i].error)
            fprintf(stderr, "%s:%d: error: %s\n", path, issues->at[i].line, issues->at[i].text);
}

static int load_scenario(struct chat *c, const char *path)
{
    static struct scenario_issues issues;
    char *text;
    size_t n;
    int err = text_read_file(&text, &n, path, SCENARIO_MAX_BYTES);

    if (err) {
        fprintf(stderr, "baton chat: cannot read %s: %s\n", path, strerror(err));
        return err;
    }
    err = scenario_load(&c->sc, text, n, &issues);
    if (err)
        print_issues(path, &issues);
    free(text);
    return err;
}

static int load_understanding(struct chat *c, bool no_model)
{
    char dir[4096];
    struct minilm *model = NULL;
    int err = no_model ? ENOENT : models_minilm(&model, models_default_dir(dir, sizeof dir));

    if (err && !no_model)
        fprintf(stderr, "baton chat: no sentence model (%s); understanding by rules and words only\n", strerror(err));
    err = und_cache_alloc(&c->und, c->sc, model, models_default_dir(dir, sizeof dir));
    obj_unref(model);
    return err;
}

static int load_lead(struct chat *c, const char *path)
{
    char *text, why[200];
    size_t n;
    int err = text_read_file(&text, &n, path, LEAD_MAX_BYTES);

    if (err) {
        fprintf(stderr, "baton chat: cannot read %s: %s\n", path, strerror(err));
        return err;
    }
    err = jx_parse(&c->lead_json, text, n, LEAD_MAX_BYTES, why, sizeof why);
    if (err)
        fprintf(stderr, "baton chat: %s: %s\n", path, why);
    free(text);
    return err;
}

static void take_lead(struct chat *c)
{
    const json_t *j = c->lead_json;

    if (j == NULL)
        return;
    c->lead.first_name = jx_str(j, "first_name", NULL);
    c->lead.last_name = jx_str(j, "last_name", NULL);
    c->lead.company = jx_str(j, "company", NULL);
    c->lead.source = jx_str(j, "source", NULL);
    c->lead.partner = jx_str(j, "partner", NULL);
    c->lead.email = jx_str(j, "email", NULL);
    c->lead.phone = jx_str(j, "phone", NULL);
    c->lead.title = jx_str(j, "title", NULL);
    c->lead.utc_offset_s = (int)jx_int(j, "utc_offset_s", c->lead.utc_offset_s);
    if (json_is_object(json_object_get(j, "known_answers")))
        c->lead.known_answers = c->known_answers = jx_dump(json_object_get(j, "known_answers"));
}

static int set_clock(struct chat *c, const char *now)
{
    time_t t = time(NULL);
    struct tm tm;

    if (now != NULL)
        return clock_parse_zoned(&c->now_ms, &c->lead.utc_offset_s, now);
    c->now_ms = clock_now_ms();
    if (localtime_r(&t, &tm) != NULL)
        c->lead.utc_offset_s = (int)tm.tm_gmtoff;
    return 0;
}

static int open_chat(struct chat *c, const struct options *o)
{
    c->jsonl = o->jsonl;
    c->color = !o->jsonl && isatty(STDOUT_FILENO);
    c->handoff_fails = o->handoff_fails;
    if (set_clock(c, o->now) != 0) {
        fprintf(stderr, "baton chat: --now must be like 2026-03-11T10:00:00-05:00\n");
        return EINVAL;
    }
    if (load_scenario(c, o->scenario) != 0 || (o->lead != NULL && load_lead(c, o->lead) != 0))
        return EINVAL;
    take_lead(c);
    return load_understanding(c, o->no_model);
}

static bool read_jsonl(struct chat *c)
{
    char *text = NULL;
    size_t cap = 0;
    bool goes_on = true;

    while (goes_on && getline(&text, &cap, stdin) > 0) {
        struct talk_input in;
        json_t *line = NULL;

        if (text[strspn(text, " \t\r\n")] == '\0')
            continue;
        if (chat_parse_line(&in, &line, text) == 0)
            goes_on = chat_step(c, &in);
        else
            fprintf(stderr, "baton chat: not an input: %s", text);
        json_decref(line);
    }
    free(text);
    return goes_on;
}

static bool read_keyboard(struct chat *c)
{
    char *text = NULL;
    size_t cap = 0;
    bool goes_on = true;
    ssize_t n;

    while (goes_on && (fputs(c->color ? "\033[1myou>\033[0m " : "you> ", stdout), fflush(stdout), n = getline(&text, &cap, stdin)) > 0) {
        struct talk_input in = {.kind = TALK_IN_TEXT, .text = text};

        text[strcspn(text, "\r\n")] = '\0';
        if (strcmp(text, "/hangup") == 0)
            in.kind = TALK_IN_HANGUP;
        else if (strcmp(text, "/silence") == 0)
            in = (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = 6000};
        else if (text[0] == '/' && text[1] != '\0' && text[2] == '\0')
            in = (struct talk_input){.kind = TALK_IN_DTMF, .digit = text[1]};
        goes_on = chat_step(c, &in);
    }
    free(text);
    return goes_on;
}

static int talk_it(struct chat *c, uint32_t seed)
{
    bool goes_on;

    if (talk_alloc(&c->talk, c->sc, c->und, &c->lead, seed) != 0)
        return 1;
    if (!c->jsonl)
        puts("You are the prospect. /silence, /hangup and /9 (a key) do what they say.\n");
    goes_on = chat_step(c, &(struct talk_input){.kind = TALK_IN_START});
    if (goes_on)
        goes_on = c->jsonl ? read_jsonl(c) : read_keyboard(c);
    if (goes_on) /* the input ended: that is a hang-up */
        chat_step(c, &(struct talk_input){.kind = TALK_IN_HANGUP});
    chat_print_result(c);
    return 0;
}

int cmd_chat(int argc, char **argv)
{
    struct chat c = {0};
    struct options o;
    int rc = parse(&o, argc, argv);

    if (rc != 0)
        return rc < 0 ? 0 : rc;
    rc = open_chat(&c, &o) != 0;
    if (!rc)
        rc = o.bench ? chat_bench(&c) : talk_it(&c, (uint32_t)o.seed);
    obj_unref(c.talk);
    obj_unref(c.und);
    obj_unref(c.sc);
    json_decref(c.lead_json);
    free(c.known_answers);
    return rc;
}
