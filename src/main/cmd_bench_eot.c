/* cmd_bench_eot.c - `baton bench eot`: how long do we wait for the end of a turn, and how often do we take it too early? A curve over settings, on labelled pauses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "call/endpoint.h"
#include "main/bench_stats.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/config.h"
#include "main/eot_material.h"

#include "base/banned.h"

enum { ANSWER_MS = 25, TARGET_CUT = 5, TARGET_P50 = 450, TARGET_P95 = 900, SETTINGS = 10, READY_MAX_MS = 3000 };

/* fixed_ms > 0: the same wait whatever was said; otherwise the product's rules with all waits in percent. */
struct setting { const char *name; int fixed_ms, percent; };

static const struct setting settings[SETTINGS] = {
    {"fixed 300 ms", 300, 0}, {"fixed 500 ms", 500, 0}, {"fixed 700 ms", 700, 0}, {"fixed 1000 ms", 1000, 0}, {"rules, 60 %", 0, 60},
    {"rules, 80 %", 0, 80}, {"rules (ours)", 0, 100}, {"rules, 120 %", 0, 120}, {"rules, 150 %", 0, 150}, {"rules, 200 %", 0, 200},
};
enum { OURS = 6 };

struct score { int turns, turns_cut, pauses, pauses_cut; struct samples wait, turn; };

struct options { struct eot_sources sources; bool json, detail; int ready_ms; /* 0: as measured */ };

static int wait_ms(const struct setting *s, const struct endpoint_caller *c, enum talk_expects asked, const char *text)
{
    return s->fixed_ms > 0 ? s->fixed_ms : endpoint_wait_ms(&endpoint_params_default, c, asked, text) * s->percent / 100;
}

/* The turn of a caller of whom nothing is known. After a cut the rest of it is another turn. */
static void score_turn(struct score *out, const struct setting *s, const struct eot_turn *t, const struct options *o, bool tell)
{
    struct endpoint_caller caller = {0};
    bool cut = false;

    for (size_t i = 0; i < t->n; i++) {
        const struct eot_pause *p = &t->pause[i];
        int wait = wait_ms(s, &caller, t->asked, p->text), ready = o->ready_ms > 0 ? o->ready_ms : p->ready_ms, due = wait > ready ? wait : ready;

        if (i + 1 == t->n) {
            samples_add(&out->wait, wait);
            samples_add(&out->turn, due + ANSWER_MS);
            if (tell)
                printf("    end   after %4d ms   \"%s\"\n", due, p->text);
            break;
        }
        out->pauses++;
        out->pauses_cut += p->ms > due;
        cut |= p->ms > due;
        if (tell)
            printf("    %s %4d of %4d ms   \"%s\"\n", p->ms > due ? "CUT  " : "kept ", p->ms, due, p->text);
        endpoint_on_pause(&caller, p->ms);
    }
    out->turns++;
    out->turns_cut += cut;
}

static double share(int part, int whole)
{
    return whole > 0 ? 100.0 * part / whole : 0;
}

static bool reached(struct score *s)
{
    return share(s->turns_cut, s->turns) <= TARGET_CUT && samples_percentile(&s->turn, 50) <= TARGET_P50 && samples_percentile(&s->turn, 95) <= TARGET_P95;
}

static json_t *row_json(const struct setting *s, struct score *r)
{
    json_t *j = json_object();

    jx_set_str(j, "setting", s->name);
    jx_set_int(j, "turns", r->turns);
    jx_set_int(j, "pauses", r->pauses);
    jx_set_num(j, "turns_cut_percent", share(r->turns_cut, r->turns));
    jx_set_num(j, "pauses_cut_percent", share(r->pauses_cut, r->pauses));
    jx_set(j, "wait_ms", samples_json(&r->wait));
    jx_set(j, "turn_ms", samples_json(&r->turn));
    return j;
}

static void print_row(const struct setting *s, struct score *r)
{
    printf("%-14s   %5.1f %%   %5.1f %%   %5.0f %5.0f   %5.0f %5.0f\n", s->name, share(r->turns_cut, r->turns), share(r->pauses_cut, r->pauses), samples_percentile(&r->wait, 50), samples_percentile(&r->wait, 95),
           samples_percentile(&r->turn, 50), samples_percentile(&r->turn, 95));
}

static void report(const struct eot_material *m, const struct options *o)
{
    json_t *out = json_object(), *rows = json_array();
    bool ok = false;

    if (!o->json)
        printf("%zu turns, %.0f s of speech; waits count from the last voiced sample, turns include recognition and %d ms to our first sound\n\n"
               "                 turns cut  pauses cut   wait p50   p95   turn p50   p95\n",
               m->n, m->speech_s, ANSWER_MS);
    for (int i = 0; i < SETTINGS; i++) {
        struct score r = {0};

        for (size_t t = 0; t < m->n; t++)
            score_turn(&r, &settings[i], &m->turn[t], o, false);
        if (!o->json)
            print_row(&settings[i], &r);
        json_array_append_new(rows, row_json(&settings[i], &r));
        ok = i == OURS ? reached(&r) : ok;
        samples_release(&r.wait);
        samples_release(&r.turn);
    }
    jx_set_str(out, "bench", "eot");
    jx_set(out, "rows", rows);
    jx_set_bool(out, "reached", ok);
    if (o->json)
        jx_print_line(out);
    else
        printf("\ntargets at our setting: turns cut <= %d %%, turn p50 <= %d ms, p95 <= %d ms: %s\n", TARGET_CUT, TARGET_P50, TARGET_P95, ok ? "reached" : "MISSED");
    json_decref(out);
}

/* Every turn at our setting. */
static void print_detail(const struct eot_material *m, const struct options *o)
{
    static const char *const names[] = {"yes_no", "short", "open", "digits", "thinking"};
    struct score r = {0};

    for (size_t t = 0; t < m->n; t++) {
        printf("  %s\n", names[m->turn[t].asked]);
        score_turn(&r, &settings[OURS], &m->turn[t], o, true);
    }
    samples_release(&r.wait);
    samples_release(&r.turn);
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench eot: %s\n\n", why);
    fputs("usage: baton bench eot [--answers FILE] [--clips DIR] [--ready MS] [--detail] [--json]\n\n"
          "  --answers FILE  answers with pauses, spoken by synthetic voices (tests/data/pauses/answers.txt; held_out.txt is not tuned on)\n"
          "  --clips DIR     recordings of one speaker each: every pause but the last is within the turn\n"
          "  --ready MS      as if each text were there so long after the last voiced sample (as measured): what a busy machine does to the\n"
          "                  recogniser does not count then\n"
          "  --detail        every turn at our setting, too\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

int cmd_bench_eot(int argc, char **argv)
{
    static char answers[CONFIG_TEXT_MAX];
    static struct eot_material m;
    static struct config cfg;
    struct options o = {.sources = {.answers = answers}};
    long long ready;
    int err;

    config_init(&cfg);
    o.sources.studio.models = cfg.models_dir;
    o.sources.studio.worker = cfg.worker;
    o.sources.studio.recogniser = cfg.recogniser;
    bench_people_path(answers, sizeof answers, "../tests/data/pauses/answers.txt");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            o.json = true;
        else if (strcmp(argv[i], "--detail") == 0)
            o.detail = true;
        else if (strcmp(argv[i], "--answers") == 0 && i + 1 < argc)
            o.sources.answers = argv[++i];
        else if (strcmp(argv[i], "--ready") == 0 && i + 1 < argc && text_int(&ready, argv[i + 1], 1, READY_MAX_MS) == 0)
            o.ready_ms = (int)ready, i++;
        else if (strcmp(argv[i], "--clips") == 0 && i + 1 < argc)
            o.sources.clips = argv[++i];
        else
            return usage(argv[i]);
    }
    err = loop_lib_init(1024);
    if (err)
        return 1;
    err = eot_material_make(&m, &o.sources);
    if (!err) {
        report(&m, &o);
        if (o.detail)
            print_detail(&m, &o);
    }
    eot_material_release(&m);
    loop_lib_close();
    return err != 0;
}
