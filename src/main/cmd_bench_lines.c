/* cmd_bench_lines.c - `baton bench lines`: bad lines: noise, a faint voice, echo, loss and jitter. Who interrupts whom, how many words are left, how fast: a call's
 * own ears and turn taking in played time, so that a busy machine changes nothing; or, with --talks, whole conversations over the wire. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/bench_lines_talks.h"
#include "main/cmd.h"
#include "main/config.h"
#include "main/line_scene.h"

#include "base/banned.h"

enum { LINES = 8, OURS = 2, ACTS_MAX = 128, VOICES = 4 };

const struct line_condition line_conditions[LINES + 1] = {
    {"good", ""},
    {"noise at 10 dB", "noise_db=10"},
    {"30 dB fainter", "gain_db=-30"},
    {"echo -25 dB, 50 ms", "echo_db=-25,echo_ms=50"},
    {"echo -20 dB, 120 ms", "echo_db=-20,echo_ms=120"},
    {"echo -15 dB, 250 ms", "echo_db=-15,echo_ms=250"},
    {"3 % loss, 40 ms jitter", "loss=3,jitter_ms=40"},
    {"all but fainter", "noise_db=15,echo_db=-20,echo_ms=120,loss=3,jitter_ms=40"},
    {NULL, NULL},
};

static const char *const voices[VOICES] = {"default", "flite:slt", "flite:rms", "flite:awb"};

static const char *const ours[OURS] = {
    "We make sure that every inquiry your company gets is called back within a minute and followed up until it is settled.",
    "You were just looking at our pricing page, so I would like to ask you a few quick questions and get you to the right person.",
};

static const struct { enum scene_kind kind; enum talk_expects expects; const char *ask, *words; } script[] = {
    {SCENE_ASK, EXPECT_YES_NO, "Do you have a minute for a few quick questions?", "Yes, go ahead."},
    {SCENE_NOTHING, EXPECT_OPEN, NULL, NULL},
    {SCENE_ASK, EXPECT_OPEN, "What are you hoping to fix?", "We are losing new patients because nobody calls them back until the next day."},
    {SCENE_BARGE, EXPECT_OPEN, NULL, "Sorry, who is this again?"},
    {SCENE_ASK, EXPECT_SHORT, "What is your timeline?", "I want it running in three weeks."},
    {SCENE_SIGNAL, EXPECT_OPEN, NULL, "Okay."},
    {SCENE_ASK, EXPECT_SHORT, "What budget have you set aside for this?", "We have set aside two thousand dollars a month."},
    {SCENE_BARGE, EXPECT_OPEN, NULL, "Wait a second, what was that?"},
    {SCENE_ASK, EXPECT_SHORT, "Are you the person who decides on this?", "I am the founder, so it is just me."},
    {SCENE_NOTHING, EXPECT_OPEN, NULL, NULL},
    {SCENE_SIGNAL, EXPECT_OPEN, NULL, "Right."},
    {SCENE_ASK, EXPECT_YES_NO, "Is today better?", "No."},
    {SCENE_BARGE, EXPECT_OPEN, NULL, "Please take me off your list."},
};
enum { SCRIPT = sizeof script / sizeof script[0] };

struct options { const char *only; struct studio_params studio; bool json, detail; long long voices; };

struct material { size_t n; struct scene_act act[ACTS_MAX]; struct clip *clip[2 * ACTS_MAX]; size_t clips; };

static int say(const struct clip **out, struct material *m, struct studio *s, const char *voice, const char *words)
{
    int err = words != NULL ? studio_say(&m->clip[m->clips], s, voice, words) : 0;

    if (!err && words != NULL)
        *out = m->clip[m->clips++];
    return err;
}

/* The script, spoken by each of the voices. */
static int make(struct material *m, struct studio *s, int n_voices)
{
    int err = 0;

    for (int v = 0; v < n_voices; v++)
        for (size_t i = 0; i < SCRIPT && m->n < ACTS_MAX && !err; i++) {
            struct scene_act *a = &m->act[m->n++];

            *a = (struct scene_act){.kind = script[i].kind, .expects = script[i].expects, .words = script[i].words};
            err = say(&a->ours, m, s, voices[0], script[i].ask != NULL ? script[i].ask : ours[i % OURS]);
            if (!err)
                err = say(&a->theirs, m, s, voices[v], script[i].words);
        }
    return err;
}

static double percent(int part, int whole)
{
    return whole > 0 ? 100.0 * part / whole : 0;
}

static json_t *row_json(const struct line_condition *c, struct scene_score *r)
{
    json_t *j = json_object();

    jx_set_str(j, "line", c->spec);
    jx_set_num(j, "words_lost_percent", percent(r->wrong, r->words));
    jx_set_num(j, "words_lost_by_the_recogniser_alone_percent", percent(r->wrong_alone, r->words));
    jx_set_int(j, "speeches", r->speeches);
    jx_set_int(j, "false_pauses", r->paused_us);
    jx_set_int(j, "false_barge_ins", r->stopped_us);
    jx_set_int(j, "barge_ins", r->barges);
    jx_set_int(j, "missed_barge_ins", r->missed);
    jx_set_int(j, "signals", r->signals);
    jx_set_int(j, "signals_that_stopped_us", r->gave_way);
    jx_set_int(j, "turns", r->turns);
    jx_set_int(j, "false_cut_offs", r->cut);
    jx_set_int(j, "turns_unheard", r->unheard);
    jx_set(j, "turn_ms", samples_json(&r->turn_ms));
    jx_set(j, "stop_ms", samples_json(&r->stop_ms));
    jx_set(j, "overlap_ms", samples_json(&r->overlap_ms));
    jx_set_int(j, "late", r->late);
    jx_set_int(j, "concealed", r->concealed);
    jx_set_int(j, "jitter_buffer_max_ms", r->depth_max_ms);
    return j;
}

static void print_head(void)
{
    puts("                           words lost      for nothing        barge-ins  signals     turns              turn      overlap");
    puts("line                       call  alone   paused stopped of   missed of  stopped of  cut unheard of   p50   p95   p95   max");
}

static void print_row(const struct line_condition *c, struct scene_score *r)
{
    printf("%-24s %4.0f %% %4.0f %%   %6d %7d %2d   %6d %2d  %7d %2d  %3d %7d %2d %5.0f %5.0f %5.0f %5.0f\n", c->name, percent(r->wrong, r->words), percent(r->wrong_alone, r->words), r->paused_us,
           r->stopped_us, r->speeches, r->missed, r->barges, r->gave_way, r->signals, r->cut, r->unheard, r->turns, samples_percentile(&r->turn_ms, 50), samples_percentile(&r->turn_ms, 95),
           samples_percentile(&r->overlap_ms, 95), samples_percentile(&r->overlap_ms, 100));
    fflush(stdout);
}

static int run_line(json_t *rows, struct studio *s, const struct material *m, const struct line_condition *c, const struct options *o)
{
    struct scene_score r = {0};
    struct bad_line line;
    int err = bad_line_parse(&line, c->spec);

    if (!err)
        err = line_scene_run(&r, s, &line, m->act, m->n, o->detail);
    if (!err && !o->json)
        print_row(c, &r);
    if (!err)
        json_array_append_new(rows, row_json(c, &r));
    scene_score_release(&r);
    return err;
}

static int run(const struct options *o)
{
    const struct line_condition one[2] = {{o->only, o->only}, {NULL, NULL}};
    json_t *rows = json_array(), *out = json_object();
    struct material *m = calloc(1, sizeof *m);
    struct studio *s = NULL;
    int err = m == NULL ? ENOMEM : studio_open(&s, &o->studio);

    if (!err)
        err = make(m, s, (int)o->voices);
    if (!err && !o->json)
        print_head();
    for (const struct line_condition *c = o->only != NULL ? one : line_conditions; !err && c->spec != NULL; c++)
        err = run_line(rows, s, m, c, o);
    jx_set_str(out, "bench", "lines");
    jx_set(out, "rows", rows);
    if (!err && o->json)
        jx_print_line(out);
    else if (err)
        fprintf(stderr, "baton bench lines: %s\n", strerror(err));
    for (size_t i = 0; m != NULL && i < m->clips; i++)
        obj_unref(m->clip[i]);
    json_decref(out);
    studio_close(s);
    free(m);
    return err != 0;
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench lines: %s\n\n", why);
    fputs("usage: baton bench lines [--only SPEC] [--voices N] [--detail] [--json]\n"
          "       baton bench lines --talks [--calls N] [--only SPEC] [--people FILE] [--json]\n\n"
          "  --only SPEC     just this line, e.g. noise_db=5,loss=10 (docs/phone.md)\n"
          "  --voices N      so many different voices (2; at most 4)\n"
          "  --detail        each thing that was said, and what we did\n"
          "  --talks         whole conversations over the wire, in real time\n"
          "  --calls N       conversations over each line, at the same time (3)\n"
          "  --people FILE   who is called (personas/demo.yaml)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

int cmd_bench_lines(int argc, char **argv)
{
    struct lines_talks talks = {.calls = 3};
    struct options o = {.voices = 2};
    bool whole = false;
    struct bad_line line;
    struct config cfg;

    config_init(&cfg);
    o.studio = (struct studio_params){.models = cfg.models_dir, .worker = cfg.worker, .recogniser = cfg.recogniser};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            o.json = talks.json = true;
        else if (strcmp(argv[i], "--detail") == 0)
            o.detail = true;
        else if (strcmp(argv[i], "--talks") == 0)
            whole = true;
        else if (strcmp(argv[i], "--calls") == 0 && i + 1 < argc && text_int(&talks.calls, argv[i + 1], 1, 20) == 0)
            i++;
        else if (strcmp(argv[i], "--voices") == 0 && i + 1 < argc && text_int(&o.voices, argv[i + 1], 1, VOICES) == 0)
            i++;
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc && bad_line_parse(&line, argv[i + 1]) == 0)
            o.only = talks.only = argv[++i];
        else if (strcmp(argv[i], "--people") == 0 && i + 1 < argc)
            talks.people = argv[++i];
        else
            return usage(argv[i]);
    }
    return whole ? bench_lines_talks(&talks) : run(&o);
}
