/* cmd_understand.c - `baton understand`: what one utterance means, by keyboard or by JSON lines. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/cmd.h"
#include "main/models.h"
#include "main/und_cache.h"
#include "talk/scenario.h"
#include "talk/und_case.h"

#include "base/banned.h"

enum { LINE_MAX_BYTES = 64 * 1024, BENCH_ROUNDS = 2000, MODEL_ROUNDS = 200 };

struct options { const char *scenario, *asked, *now, *text; bool jsonl, no_model, bench; };

static int usage(FILE *out, int code)
{
    fputs("usage: baton understand [--jsonl] [--scenario FILE] [--asked TOPIC] [--now LOCAL] [--no-model] [--bench] [TEXT]\n\n"
          "What an utterance means: money, duration, yes/no, role, competitors, callback, intents. Without TEXT, lines are read\n"
          "from standard input; with --jsonl each is {\"text\":..,\"asked\":..,\"now\":..}, see docs/understanding.md.\n"
          "TOPIC: opening choice money duration role yes_no number text date callback.\n", out);
    return code;
}

static int parse(struct options *o, int argc, char **argv)
{
    static const struct option longs[] = { { "scenario", 1, NULL, 's' }, { "asked", 1, NULL, 'a' }, { "now", 1, NULL, 'n' }, { "jsonl", 0, NULL, 'j' },
                                           { "no-model", 0, NULL, 'm' }, { "bench", 0, NULL, 'b' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
    int c;

    *o = (struct options){ 0 };
    optind = 1;
    while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
        switch (c) {
        case 's': o->scenario = optarg; break;
        case 'a': o->asked = optarg; break;
        case 'n': o->now = optarg; break;
        case 'j': o->jsonl = true; break;
        case 'm': o->no_model = true; break;
        case 'b': o->bench = true; break;
        case 'h': return usage(stdout, -1);
        default: return usage(stderr, EXIT_USAGE);
        }
    if (optind < argc)
        o->text = argv[optind++];
    return optind != argc ? usage(stderr, EXIT_USAGE) : 0;
}

static int load_scenario(struct scenario **sp, const char *path)
{
    struct scenario_issues *issues = calloc(1, sizeof *issues);
    char *text = NULL;
    size_t n;
    int err = issues ? text_read_file(&text, &n, path, SCENARIO_MAX_BYTES) : ENOMEM;

    if (err == 0)
        err = scenario_load(sp, text, n, issues);
    for (size_t i = 0; err == EINVAL && i < issues->n; i++)
        fprintf(stderr, "%s:%d: %s\n", path, issues->at[i].line, issues->at[i].text);
    if (err)
        fprintf(stderr, "baton understand: %s: %s\n", path, strerror(err));
    free(text);
    free(issues);
    return err;
}

static int open_understanding(struct und **up, const struct options *o)
{
    struct scenario *sc = NULL;
    struct minilm *model = NULL;
    char dir[1000];
    int err = o->scenario ? load_scenario(&sc, o->scenario) : 0;

    if (err)
        return err;
    if (!o->no_model && models_minilm(&model, models_default_dir(dir, sizeof dir)) != 0)
        fprintf(stderr, "baton understand: no sentence model in %s: rules and words only\n", dir);
    err = und_cache_alloc(up, sc, model, models_default_dir(dir, sizeof dir));
    obj_unref(model);
    obj_unref(sc);
    return err;
}

/* What the line does not say, the options may. */
static struct und_in request(const json_t *line, const struct options *o)
{
    int64_t now = clock_now_ms();
    struct und_in in;

    if (o->now)
        (void)clock_parse(&now, o->now);
    und_case_read(&in, line, now);
    if (json_object_get(line, "asked") == NULL)
        in.asked = und_asked_by_name(o->asked);
    return in;
}

static void answer(const struct und *u, const json_t *line, const struct options *o)
{
    struct und_in in = request(line, o);
    struct understanding *out = malloc(sizeof *out);
    json_t *result;

    if (out == NULL)
        return;
    und_case_run(out, u, line, &in);
    result = und_json(out);
    if (out->choice.option[0])
        jx_set_str(result, "choice", out->choice.option);
    jx_print_line(result);
    json_decref(result);
    free(out);
}

static int answer_line(const struct und *u, const char *text, const struct options *o)
{
    char why[200] = "";
    json_t *line = NULL;
    int err = 0;

    if (o->jsonl)
        err = jx_parse(&line, text, strlen(text), LINE_MAX_BYTES, why, sizeof why);
    else
        line = json_pack("{s:s}", "text", text);
    if (err || !json_is_object(line)) {
        json_t *problem = json_pack("{s:s}", "error", err ? why : "not a JSON object or not UTF-8");

        jx_print_line(problem);
        json_decref(problem);
        json_decref(line);
        return 1;
    }
    answer(u, line, o);
    json_decref(line);
    return 0;
}

static int answer_all(const struct und *u, const struct options *o)
{
    char *line = malloc(LINE_MAX_BYTES);
    int failed = line == NULL;

    while (line && fgets(line, LINE_MAX_BYTES, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0])
            failed |= answer_line(u, line, o);
    }
    free(line);
    return failed;
}

static int bench(const struct und *u)
{
    static const char *const texts[] = { "we lose about ten deals a month because nobody calls back in time", "fifteen hundred a month give or take",
                                         "in three to four weeks", "i sign off on it together with my partner", "can i talk to a real person please",
                                         "how does it work with our calendar", "yeah sure go ahead" };
    const size_t count = sizeof texts / sizeof *texts, rounds = und_has_model(u) ? MODEL_ROUNDS : BENCH_ROUNDS;
    struct understanding *out = malloc(sizeof *out);
    int64_t t0 = clock_mono_us(), us;

    if (out == NULL)
        return 1;
    for (size_t i = 0; i < rounds; i++) {
        struct und_in in = { .text = texts[i % count], .asked = (enum und_asked)(i % count), .now_local_ms = 1773223200000 };

        und_run(out, u, &in);
    }
    us = clock_mono_us() - t0;
    printf("{\"model\":%s,\"utterances\":%zu,\"us_each\":%.1f,\"per_s\":%.0f}\n", und_has_model(u) ? "true" : "false", rounds, (double)us / (double)rounds,
           us > 0 ? (double)rounds * 1e6 / (double)us : 0.0);
    free(out);
    return 0;
}

int cmd_understand(int argc, char **argv)
{
    struct options o;
    struct und *u = NULL;
    int code = parse(&o, argc, argv);

    if (code)
        return code < 0 ? 0 : code;
    if (open_understanding(&u, &o) != 0)
        return 1;
    code = o.bench ? bench(u) : o.text ? answer_line(u, o.text, &o) : answer_all(u, &o);
    obj_unref(u);
    return code;
}
