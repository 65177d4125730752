/* cmd_bench_talk.c - `baton bench talk`: how much of labelled dialogues and utterances the current code gets right. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/bench_talk.h"
#include "main/cmd.h"
#include "main/models.h"
#include "main/und_cache.h"

#include "base/banned.h"

enum { PATH_BYTES = 1000, FILES_MAX = 64, EMPTY_IS_FULL = 100 };

struct options { const char *sets, *scenario; bool no_model, misses, json; };

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench talk: %s\n\n", why);
    fputs("usage: baton bench talk [--sets DIR] [--scenario FILE] [--no-model] [--misses] [--json]\n\n"
          "  --sets DIR       dialogues.jsonl and utterances.jsonl, or folders of such files (tests/data)\n"
          "  --scenario FILE  what the dialogues are about (scenarios/demo-request.yaml)\n"
          "  --no-model       understand by rules and words only\n"
          "  --misses         print what was wrong\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static int load_scenario(struct scenario **sp, const char *path)
{
    static struct scenario_issues issues;
    char *text = NULL;
    size_t n;
    int err = text_read_file(&text, &n, path, SCENARIO_MAX_BYTES);

    if (err == 0)
        err = scenario_load(sp, text, n, &issues);
    if (err)
        fprintf(stderr, "baton bench talk: %s: %s\n", path, strerror(err));
    free(text);
    return err;
}

static int open_bench(struct bench_talk *b, const struct options *o)
{
    struct minilm *model = NULL;
    char dir[PATH_BYTES];
    int err = load_scenario(&b->sc, o->scenario);

    if (err)
        return err;
    b->misses = o->misses;
    if (!o->no_model && models_minilm(&model, models_default_dir(dir, sizeof dir)) != 0)
        fprintf(stderr, "baton bench talk: no sentence model in %s: rules and words only\n", dir);
    err = und_cache_alloc(&b->und, b->sc, model, models_default_dir(dir, sizeof dir));
    obj_unref(model);
    return err;
}

static void close_bench(struct bench_talk *b)
{
    obj_unref(b->und);
    obj_unref(b->sc);
    samples_release(&b->spoken_s);
    samples_release(&b->step_us);
}

typedef int (*read_fn)(struct bench_talk *b, const char *path);

static int is_set(const struct dirent *e)
{
    return e->d_name[0] != '.' && text_ends(e->d_name, ".jsonl");
}

/* DIR/NAME.jsonl, or every file of DIR/NAME/ in the order of names. Neither: nothing to do. */
static int read_sets(struct bench_talk *b, const char *dir, const char *name, read_fn fn)
{
    char path[PATH_BYTES];
    struct dirent **files = NULL;
    FILE *f;
    int n, code = 0;

    snprintf(path, sizeof path, "%s/%s.jsonl", dir, name);
    if ((f = fopen(path, "r")) != NULL) {
        fclose(f);
        return fn(b, path);
    }
    snprintf(path, sizeof path, "%s/%s", dir, name);
    n = scandir(path, &files, is_set, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s/%s", dir, name, files[i]->d_name);
        if (i < FILES_MAX)
            code |= fn(b, path);
        free(files[i]);
    }
    free(files);
    return code;
}

static double percent(const struct bench_share *s)
{
    return s->all > 0 ? 100.0 * s->right / s->all : EMPTY_IS_FULL;
}

static void print_share(const char *name, const struct bench_share *s)
{
    if (s->all > 0)
        printf("  %-28s %5.1f %%  %d of %d\n", name, percent(s), s->right, s->all);
}

static void print_kinds(const struct bench_kind *k, size_t n)
{
    for (size_t i = 0; i < n; i++)
        print_share(k[i].name, &k[i].share);
}

static void print_labels(const struct bench_talk *b)
{
    for (size_t i = 0; i < b->label_count; i++) {
        const struct bench_label *l = &b->labels[i];

        if (b->misses && l->extra + l->missed > 0)
            printf("    %-24s found %d, missed %d, found elsewhere %d\n", l->id, l->hit, l->missed, l->extra);
    }
}

static void print_text(struct bench_talk *b)
{
    puts("dialogues");
    print_share("outcome and bucket", &b->ends);
    print_share("all that was expected", &b->dialogues);
    print_share("answers", &b->answers);
    print_kinds(b->questions, b->question_count);
    puts("utterances");
    print_kinds(b->kinds, b->kind_count);
    printf("  %-28s %7.3f\n", "macro-F1 of intents", bench_macro_f1(b));
    print_labels(b);
    puts("both");
    print_share("opt-outs heard", &b->opt_outs);
    print_share("human requests heard", &b->humans);
    print_share("false opt-outs", &b->false_opt_outs);
    print_share("out of scope rejected", &b->out_of_scope);
    printf("  our speech in qualified talks: p50 %.0f s, p95 %.0f s, longest %.0f s (%zu)\n", samples_percentile(&b->spoken_s, 50),
           samples_percentile(&b->spoken_s, 95), samples_percentile(&b->spoken_s, 100), b->spoken_s.n);
    printf("  a step with text: p50 %.2f ms, p95 %.2f ms (%zu)\n", samples_percentile(&b->step_us, 50) / 1000,
           samples_percentile(&b->step_us, 95) / 1000, b->step_us.n);
}

static json_t *share_json(const struct bench_share *s)
{
    return json_pack("{s:i,s:i}", "right", s->right, "all", s->all);
}

static json_t *kinds_json(const struct bench_kind *k, size_t n)
{
    json_t *j = json_object();

    for (size_t i = 0; i < n; i++)
        jx_set(j, k[i].name, share_json(&k[i].share));
    return j;
}

static void print_json(struct bench_talk *b)
{
    json_t *j = json_object();

    jx_set_str(j, "bench", "talk");
    jx_set_bool(j, "model", und_has_model(b->und));
    jx_set(j, "outcome_and_bucket", share_json(&b->ends));
    jx_set(j, "dialogues", share_json(&b->dialogues));
    jx_set(j, "answers", share_json(&b->answers));
    jx_set(j, "questions", kinds_json(b->questions, b->question_count));
    jx_set(j, "utterances", kinds_json(b->kinds, b->kind_count));
    jx_set_num(j, "macro_f1", bench_macro_f1(b));
    jx_set(j, "opt_outs", share_json(&b->opt_outs));
    jx_set(j, "human_requests", share_json(&b->humans));
    jx_set(j, "false_opt_outs", share_json(&b->false_opt_outs));
    jx_set(j, "out_of_scope", share_json(&b->out_of_scope));
    jx_set(j, "spoken_s", samples_json(&b->spoken_s));
    jx_set(j, "step_us", samples_json(&b->step_us));
    jx_print_line(j);
    json_decref(j);
}

static int parse(struct options *o, int argc, char **argv)
{
    *o = (struct options){.sets = "tests/data", .scenario = "scenarios/demo-request.yaml"};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return -1;
        if (strcmp(argv[i], "--no-model") == 0)
            o->no_model = true;
        else if (strcmp(argv[i], "--misses") == 0)
            o->misses = true;
        else if (strcmp(argv[i], "--json") == 0)
            o->json = true;
        else if (strcmp(argv[i], "--sets") == 0 && i + 1 < argc)
            o->sets = argv[++i];
        else if (strcmp(argv[i], "--scenario") == 0 && i + 1 < argc)
            o->scenario = argv[++i];
        else
            return EXIT_USAGE;
    }
    return 0;
}

int cmd_bench_talk(int argc, char **argv)
{
    static struct bench_talk b;
    struct options o;
    int code = parse(&o, argc, argv);

    if (code != 0)
        return usage(code < 0 ? NULL : "unknown argument");
    code = open_bench(&b, &o) != 0;
    if (code == 0) {
        code = read_sets(&b, o.sets, "dialogues", bench_talk_dialogues);
        code |= read_sets(&b, o.sets, "utterances", bench_talk_utterances);
        if (b.dialogues.all == 0 && b.kind_count == 0) {
            fprintf(stderr, "baton bench talk: %s holds no sets\n", o.sets);
            code = 1;
        } else if (o.json) {
            print_json(&b);
        } else {
            print_text(&b);
        }
    }
    close_bench(&b);
    return code;
}
