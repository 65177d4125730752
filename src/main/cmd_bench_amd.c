/* cmd_bench_amd.c - `baton bench amd`: who answered, on labelled greetings, by the detector of a live call; confusion, recall, time to the verdict. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/amd_listen.h"
#include "main/amd_set.h"
#include "main/bench_stats.h"
#include "main/cmd.h"
#include "main/config.h"

#include "base/banned.h"

enum { WHOS = ANSWER_FAX + 1, VERDICT_P50_MS = 1000, PATH_BYTES = CONFIG_TEXT_MAX + 64 };
#define HUMANS_MIN 0.99
#define MACHINES_MIN 0.97

struct amd_bench {
    struct config cfg;
    char list[PATH_BYTES];
    const char *folder;
    bool json, verbose, ready;
    long long work_ms;
    struct amd_set set;
    struct loop *loop;
    struct speech *speech;
    struct vad_model *vad;
    struct greeting_book *book;
    struct amd_ears *ears;
    int heard[WHOS][WHOS];          /* label, verdict */
    int presumed;                   /* machines that were taken for a person first */
    struct samples human_ms, short_ms, long_ms, machine_ms; /* first verdict on people, last one on machines, after the first voice */
};

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench amd: %s\n\n", why);
    fputs("usage: baton bench amd [--list FILE.jsonl | --wav DIR] [--work-ms N] [--verbose] [--json]\n\n"
          "  --list FILE   lines {\"who\",\"says\",\"voice\",\"line\"} (tests/data/greetings.jsonl)\n"
          "  --wav DIR     recordings instead: DIR/WHO-anything.wav, 8 or 16 kHz\n"
          "  --work-ms N   take a recognition to cost so much instead of measuring it: for a machine that is busy with other things\n"
          "  --verbose     every greeting with its verdict\n"
          "WHO: human voicemail voicemail_full ivr screening sit fax silence\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

/* tests/data beside the scenarios. */
static void default_list(struct amd_bench *b)
{
    char *slash = strstr(b->cfg.scenario, "/scenarios/");

    snprintf(b->list, sizeof b->list, "%.*s/tests/data/greetings.jsonl", (int)(slash != NULL ? slash - b->cfg.scenario : 1), slash != NULL ? b->cfg.scenario : ".");
}

static int parse(struct amd_bench *b, int argc, char **argv)
{
    config_init(&b->cfg);
    default_list(b);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            b->json = true;
        else if (strcmp(argv[i], "--verbose") == 0)
            b->verbose = true;
        else if (strcmp(argv[i], "--list") == 0 && i + 1 < argc)
            (void)text_copy(b->list, sizeof b->list, argv[++i]);
        else if (strcmp(argv[i], "--work-ms") == 0 && i + 1 < argc && text_int(&b->work_ms, argv[i + 1], 1, 5000) == 0)
            i++;
        else if (strcmp(argv[i], "--wav") == 0 && i + 1 < argc)
            b->folder = argv[++i];
        else
            return usage(argv[i]);
    }
    return 0;
}

static void on_ready(void *arg)
{
    struct amd_bench *b = arg;

    b->ready = true;
    loop_stop(b->loop);
}

static int open_ears(struct amd_bench *b)
{
    char path[PATH_BYTES];
    int err = loop_alloc(&b->loop, "main");

    snprintf(path, sizeof path, "%s/vad/silero8k.bin", b->cfg.models_dir);
    if (!err)
        err = vad_model_load(&b->vad, path);
    if (!err)
        err = greeting_book_alloc(&b->book, "en-US");
    if (!err)
        err = speech_alloc(&b->speech, &(struct speech_config){.worker_path = b->cfg.worker, .models_dir = b->cfg.models_dir, .recogniser = b->cfg.recogniser, .ears_workers = 1,
                                                               .voice_workers = 1});
    if (!err)
        err = speech_when_ready(b->speech, b->loop, on_ready, b);
    while (!b->ready && !err)
        err = loop_run(b->loop, false, NULL, NULL);
    if (!err)
        err = amd_ears_alloc(&b->ears, b->loop, b->speech, b->vad, b->book, (int)b->work_ms);
    return err;
}

static void release(struct amd_bench *b)
{
    amd_ears_free(b->ears);
    if (b->speech != NULL)
        speech_close(b->speech);
    obj_unref(b->speech);
    obj_unref(b->book);
    obj_unref(b->vad);
    loop_free(b->loop);
    amd_set_release(&b->set);
    samples_release(&b->human_ms);
    samples_release(&b->short_ms);
    samples_release(&b->long_ms);
    samples_release(&b->machine_ms);
}

/* --- one greeting --- */

static bool is_person(enum answer_who w)
{
    return w == ANSWER_HUMAN || w == ANSWER_UNCERTAIN;
}

static bool is_right(enum answer_who label, enum answer_who verdict)
{
    return label == verdict || (is_person(label) && is_person(verdict)) || (answer_is_machine(label) && answer_is_machine(verdict));
}

/* People who say little are most of those who answer; the greeting of a company takes its time. */
static void count_human(struct amd_bench *b, const struct answer *a, int ms)
{
    samples_add(&b->human_ms, ms);
    samples_add(a->first_ms <= a->params->short_ms ? &b->short_ms : &b->long_ms, ms);
}

static void count(struct amd_bench *b, enum answer_who label, const struct amd_heard *h)
{
    const struct answer *a = &h->answer;
    const struct answer_verdict *first = a->earlier_count > 0 ? &a->earlier[0] : &a->verdict, *last = &a->verdict;

    b->heard[label][h->who]++;
    if (is_person(label) && is_person(h->who) && first->after_onset_ms >= 0)
        count_human(b, a, first->after_onset_ms);
    if (answer_is_machine(label) && answer_is_machine(h->who) && last->after_onset_ms >= 0)
        samples_add(&b->machine_ms, last->after_onset_ms);
    b->presumed += answer_is_machine(label) && answer_is_machine(h->who) && a->earlier_count > 0 && is_person(first->who);
}

static void tell(const struct amd_case *c, const struct amd_heard *h)
{
    const struct answer *a = &h->answer;
    const struct answer_verdict *v = &a->verdict;

    printf("%s %-14s as %-14s by %-13s %5d ms  %s\n", is_right(c->who, h->who) ? c->who == h->who ? "  " : "~ " : "!!", answer_who_name(c->who), answer_who_name(h->who), answer_rule_name(v->rule),
           v->after_onset_ms, c->path != NULL ? c->path : c->says);
    if (c->who != h->who)
        printf("     heard: %s [%s]\n", a->text, c->voice != NULL ? c->voice : "");
}

static int listen(struct amd_bench *b, const struct amd_case *c)
{
    struct amd_heard h;
    struct clip *audio;
    int err = amd_case_audio(&audio, c, b->speech, b->loop);

    if (err)
        return err;
    err = amd_listen(&h, b->ears, audio);
    obj_unref(audio);
    if (err)
        return err;
    count(b, c->who, &h);
    if (b->verbose || (!b->json && !is_right(c->who, h.who)))
        tell(c, &h);
    return 0;
}

/* --- the sum --- */

static int cases(const struct amd_bench *b, enum answer_who label)
{
    int n = 0;

    for (int v = 0; v < WHOS; v++)
        n += b->heard[label][v];
    return n;
}

/* The share of people (machines) that were recognised as such. */
static double recall(const struct amd_bench *b, bool machines, int *of)
{
    int n = 0, right = 0;

    for (int w = 0; w < WHOS; w++) {
        if (machines ? !answer_is_machine((enum answer_who)w) : !is_person((enum answer_who)w))
            continue;
        n += cases(b, (enum answer_who)w);
        for (int v = 0; v < WHOS; v++)
            right += is_right((enum answer_who)w, (enum answer_who)v) ? b->heard[w][v] : 0;
    }
    *of = n;
    return n > 0 ? (double)right / n : 1;
}

static bool reached(struct amd_bench *b)
{
    int n;

    return recall(b, false, &n) >= HUMANS_MIN && recall(b, true, &n) >= MACHINES_MIN && samples_percentile(&b->human_ms, 50) <= VERDICT_P50_MS;
}

static void print_matrix(const struct amd_bench *b)
{
    printf("\n%-15s", "label \\ verdict");
    for (int v = 0; v < WHOS; v++)
        printf(" %9.9s", answer_who_name((enum answer_who)v));
    puts("");
    for (int w = 0; w < WHOS; w++) {
        if (cases(b, (enum answer_who)w) == 0)
            continue;
        printf("%-15s", answer_who_name((enum answer_who)w));
        for (int v = 0; v < WHOS; v++)
            printf(b->heard[w][v] > 0 ? " %9d" : "         .", b->heard[w][v]);
        puts("");
    }
}

static void print_text(struct amd_bench *b)
{
    int humans, machines;
    double h = recall(b, false, &humans), m = recall(b, true, &machines);

    print_matrix(b);
    printf("\nhumans recognised as human    %5.1f %% of %d (uncertain is treated as human)\n", 100 * h, humans);
    printf("machines recognised as machine %4.1f %% of %d; %d of them were taken for a person first\n", 100 * m, machines, b->presumed);
    if (b->work_ms > 0)
        printf("a recognition is taken to cost %lld ms\n", b->work_ms);
    puts("time to the verdict after the first voice");
    samples_print("humans", &b->human_ms);
    samples_print("  short", &b->short_ms);
    samples_print("  long", &b->long_ms);
    samples_print("machines", &b->machine_ms);
    printf("targets: humans >= %.0f %%, machines >= %.0f %%, verdict on humans p50 <= %d ms: %s\n", 100 * HUMANS_MIN, 100 * MACHINES_MIN, VERDICT_P50_MS, reached(b) ? "reached" : "MISSED");
}

static void print_json(struct amd_bench *b)
{
    int humans, machines;
    json_t *j = json_object(), *matrix = json_object();

    for (int w = 0; w < WHOS; w++) {
        json_t *row = json_object();

        for (int v = 0; v < WHOS; v++)
            if (b->heard[w][v] > 0)
                jx_set_int(row, answer_who_name((enum answer_who)v), b->heard[w][v]);
        jx_set(matrix, answer_who_name((enum answer_who)w), row);
    }
    jx_set_str(j, "bench", "amd");
    jx_set(j, "confusion", matrix);
    jx_set_num(j, "human_recall", recall(b, false, &humans));
    jx_set_num(j, "machine_recall", recall(b, true, &machines));
    jx_set_int(j, "humans", humans);
    jx_set_int(j, "machines", machines);
    jx_set(j, "work_ms", b->work_ms > 0 ? json_integer(b->work_ms) : json_null());
    jx_set_int(j, "presumed_human_first", b->presumed);
    jx_set(j, "human_verdict_ms", samples_json(&b->human_ms));
    jx_set(j, "short_greeting_verdict_ms", samples_json(&b->short_ms));
    jx_set(j, "long_greeting_verdict_ms", samples_json(&b->long_ms));
    jx_set(j, "machine_verdict_ms", samples_json(&b->machine_ms));
    jx_set_bool(j, "reached", reached(b));
    jx_print_line(j);
    json_decref(j);
}

static int run(struct amd_bench *b)
{
    char why[1200] = "";
    int err = b->folder != NULL ? amd_set_folder(&b->set, b->folder, why, sizeof why) : amd_set_read(&b->set, b->list, why, sizeof why);

    if (!err && b->set.n == 0) {
        snprintf(why, sizeof why, "no labelled greetings in %s", b->folder != NULL ? b->folder : b->list);
        err = ENOENT;
    }
    if (!err && (err = open_ears(b)) != 0)
        snprintf(why, sizeof why, "models in %s: %s", b->cfg.models_dir, strerror(err));
    for (size_t i = 0; i < b->set.n && !err; i++)
        if ((err = listen(b, &b->set.at[i])) != 0)
            snprintf(why, sizeof why, "greeting %zu: %s", i + 1, strerror(err));
    if (err)
        fprintf(stderr, "baton bench amd: %s\n", why);
    return err;
}

int cmd_bench_amd(int argc, char **argv)
{
    static struct amd_bench b;
    int code;

    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(NULL);
    code = parse(&b, argc, argv);
    if (code != 0)
        return code;
    if (loop_lib_init(1024) != 0)
        return 1;
    code = run(&b) != 0;
    if (code == 0 && b.json)
        print_json(&b);
    else if (code == 0)
        print_text(&b);
    release(&b);
    loop_lib_close();
    return code;
}
