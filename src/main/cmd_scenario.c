/* cmd_scenario.c - `baton scenario lint|show FILE`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/cmd.h"
#include "talk/scenario.h"
#include "talk/talk.h"

#include "base/banned.h"

static int usage(FILE *out, int code)
{
    fputs("usage: baton scenario lint FILE... [--json]     every mistake with its line; exit 1 if one refuses to run\n"
          "       baton scenario show FILE [--json]        what the scenario asks and how it scores\n"
          "       baton scenario prompts FILE              every sentence that can be rendered ahead\n", out);
    return code;
}

static int load(struct scenario **sp, const char *path, struct scenario_issues *issues)
{
    char *text;
    size_t n;
    int err = text_read_file(&text, &n, path, SCENARIO_MAX_BYTES);

    issues->n = 0;
    if (err) {
        issues->n = 1;
        issues->at[0] = (struct scenario_issue){.line = 1, .error = true};
        snprintf(issues->at[0].text, sizeof issues->at[0].text, "cannot be read: %s", strerror(err));
        return err;
    }
    err = scenario_load(sp, text, n, issues);
    free(text);
    return err;
}

static void print_issues(const char *path, const struct scenario_issues *issues, bool json)
{
    for (size_t i = 0; i < issues->n; i++) {
        const struct scenario_issue *is = &issues->at[i];
        json_t *j;

        if (!json) {
            printf("%s:%d: %s: %s\n", path, is->line, is->error ? "error" : "warning", is->text);
            continue;
        }
        j = json_pack("{s:s,s:i,s:s,s:s}", "file", path, "line", is->line, "level", is->error ? "error" : "warning", "text", is->text);
        jx_print_line(j);
        json_decref(j);
    }
}

static int lint(int n, char **paths, bool json)
{
    static struct scenario_issues issues;
    int failed = 0;

    for (int i = 0; i < n; i++) {
        struct scenario *sc = NULL;
        int err = load(&sc, paths[i], &issues);

        print_issues(paths[i], &issues, json);
        if (!err && !json)
            printf("%s: ok, %zu questions, %zu objections, %zu FAQ entries\n", paths[i], sc->question_count, sc->objection_count, sc->faq_count);
        failed |= err != 0;
        obj_unref(sc);
    }
    return failed;
}

static json_t *question_json(const struct sc_question *q)
{
    json_t *options = json_array();

    for (size_t i = 0; i < q->option_count; i++)
        json_array_append_new(options, json_pack("{s:s,s:s,s:i}", "id", q->options[i].id, "label", q->options[i].label, "points", q->options[i].points));
    return json_pack("{s:s,s:s,s:s,s:i,s:i,s:o}", "id", q->id, "dimension", q->dimension, "ask", q->ask.text[0], "max_points", q->max_points,
                     "unknown_points", q->unknown_points, "options", options);
}

static void show_json(const struct scenario *sc)
{
    json_t *questions = json_array(), *j;

    for (size_t i = 0; i < sc->question_count; i++)
        json_array_append_new(questions, question_json(&sc->questions[i]));
    j = json_pack("{s:s,s:s,s:s,s:s,s:o,s:{s:i,s:i,s:i}}", "scenario", sc->id, "title", sc->title, "kind", sc->kind, "language", sc->language,
                  "questions", questions, "buckets", "hot", sc->routing.hot, "warm_high", sc->routing.warm_high, "warm_low", sc->routing.warm_low);
    jx_print_line(j);
    json_decref(j);
}

static void show_points(const struct sc_question *q)
{
    for (size_t i = 0; i < q->option_count; i++)
        printf("      %3d  %s: %s\n", q->options[i].points, q->options[i].id, q->options[i].label);
    for (size_t i = 0; i < q->points_count; i++) {
        const struct sc_points *p = &q->points[i];

        if (p->has_min)
            printf("      %3d  from %g\n", p->points, p->min);
        else if (p->has_max)
            printf("      %3d  up to %g\n", p->points, p->max);
        else
            printf("      %3d  otherwise\n", p->points);
    }
    printf("      %3d  unknown\n", q->unknown_points);
}

static void show_text(const struct scenario *sc)
{
    printf("%s (%s, %s): %s\n%s of %s, call back on %s\n\n", sc->id, sc->kind, sc->language, sc->title, sc->agent_name, sc->company, sc->callback_number);
    for (size_t i = 0; i < sc->question_count; i++) {
        printf("%zu. %s\n", i + 1, sc->questions[i].ask.text[0]);
        show_points(&sc->questions[i]);
    }
    printf("\nobjections:");
    for (size_t i = 0; i < sc->objection_count; i++)
        printf(" %s", sc->objections[i].id);
    printf("\nfaq:");
    for (size_t i = 0; i < sc->faq_count; i++)
        printf(" %s", sc->faq[i].id);
    printf("\nhot from %d, warm-high from %d, warm-low from %d\n", sc->routing.hot, sc->routing.warm_high, sc->routing.warm_low);
}

static void print_prompt(const char *text, void *arg)
{
    (void)arg;
    puts(text);
}

static int show(const char *path, bool json, bool prompts)
{
    static struct scenario_issues issues;
    struct scenario *sc = NULL;
    int err = load(&sc, path, &issues);

    if (err) {
        print_issues(path, &issues, json);
        return 1;
    }
    if (prompts)
        scenario_each_prompt(sc, NULL, print_prompt, NULL);
    else if (json)
        show_json(sc);
    else
        show_text(sc);
    obj_unref(sc);
    return 0;
}

int cmd_scenario(int argc, char **argv)
{
    bool json = argc > 1 && strcmp(argv[argc - 1], "--json") == 0;

    if (json)
        argc--;
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0))
        return usage(stdout, 0);
    if (argc >= 3 && strcmp(argv[1], "lint") == 0)
        return lint(argc - 2, argv + 2, json);
    if (argc == 3 && strcmp(argv[1], "show") == 0)
        return show(argv[2], json, false);
    if (argc == 3 && strcmp(argv[1], "prompts") == 0)
        return show(argv[2], false, true);
    return usage(stderr, EXIT_USAGE);
}
