/* cmd_transcribe.c - `baton transcribe FILE.wav`: what was said in a recording, with times, by the same ears as a live call. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/loop.h"
#include "base/obj.h"
#include "main/cmd.h"
#include "main/config.h"
#include "speech/recording.h"
#include "speech/spans.h"
#include "speech/speech.h"

#include "base/banned.h"

enum { FEED_MAX = 4000, WORKERS = 2, PATIENCE_MS = 120000 /* nobody is on the line: a busy machine may take its time */ };

struct options {
    const char *file, *models, *worker, *recogniser;
    bool json, channel[RECORDING_CHANNELS_MAX];
};

struct line {
    int channel, begin_ms, end_ms, err;
    float confidence;
    char *text;
};

struct channel {
    struct transcription *t;
    struct ears *ears;
    const int16_t *pcm;
    int number;
    struct span *span;
    size_t n, next;
};

struct transcription {
    struct loop *loop;
    struct speech *speech;
    struct recording recording;
    struct channel channel[RECORDING_CHANNELS_MAX];
    struct line *line;
    size_t n_lines;
    int open; /* channels not finished */
    int err;
};

static int usage(void)
{
    fputs("usage: baton transcribe FILE.wav [--json] [--channel left|right|both] [--models DIR] [--recogniser base|tiny]\n",
          stderr);
    return EXIT_USAGE;
}

static int parse_channel(struct options *o, const char *name)
{
    o->channel[0] = strcmp(name, "right") != 0;
    o->channel[1] = strcmp(name, "left") != 0;
    return strcmp(name, "left") == 0 || strcmp(name, "right") == 0 || strcmp(name, "both") == 0 ? 0 : EINVAL;
}

/* Defaults are those of the configuration. */
static int parse(struct options *o, const struct config *cfg, int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, 'j'},
                                            {"channel", required_argument, NULL, 'c'},
                                            {"models", required_argument, NULL, 'm'},
                                            {"recogniser", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    int c, err = 0;

    *o = (struct options){
        .models = cfg->models_dir, .worker = cfg->worker, .recogniser = cfg->recogniser, .channel = {true, true}};
    optind = 1;
    while (!err && (c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (c) {
        case 'j': o->json = true; break;
        case 'c': err = parse_channel(o, optarg); break;
        case 'm': o->models = optarg; break;
        case 'r': o->recogniser = optarg; break;
        default: err = EINVAL;
        }
    }
    if (err || optind + 1 != argc)
        return EINVAL;
    o->file = argv[optind];
    return 0;
}

static void finish_channel(struct transcription *t)
{
    if (--t->open == 0)
        loop_stop(t->loop);
}

/* Sends the next piece of speech; results come one at a time. */
static void ask_next(struct channel *c)
{
    const struct span *s = &c->span[c->next];
    uint32_t utterance = (uint32_t)c->next + 1;
    int err = 0;

    if (c->next == c->n) {
        finish_channel(c->t);
        return;
    }
    for (size_t at = s->begin; at < s->end && !err; at += FEED_MAX)
        err = ears_feed(c->ears, utterance, c->pcm + at, s->end - at < FEED_MAX ? s->end - at : FEED_MAX);
    if (!err)
        err = ears_flush(c->ears, utterance);
    if (err) {
        c->t->err = err;
        finish_channel(c->t);
    }
}

static void on_result(const struct ears_result *r, void *arg)
{
    struct channel *c = arg;
    struct line *line = &c->t->line[c->t->n_lines];

    if (!r->final)
        return;
    if (r->err || r->text[0] != '\0') {
        *line = (struct line){.channel = c->number,
                              .begin_ms = (int)(c->span[c->next].begin / 8),
                              .end_ms = (int)(c->span[c->next].end / 8),
                              .err = r->err,
                              .confidence = r->confidence,
                              .text = strdup(r->text)};
        c->t->n_lines += line->text != NULL;
        c->t->err = r->err ? r->err : c->t->err;
    }
    c->next++;
    ask_next(c);
}

static int by_time(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    return x->begin_ms != y->begin_ms ? (x->begin_ms < y->begin_ms ? -1 : 1) : x->channel - y->channel;
}

static const char *side(const struct transcription *t, int channel)
{
    return t->recording.channels == 1 ? "mono" : channel == 0 ? "left" : "right";
}

static void print_line(const struct transcription *t, const struct line *l, bool json)
{
    const char *text = l->err ? "[not recognised]" : l->text;
    json_t *j;

    if (!json) {
        printf("[%6.2f-%6.2f] %s: %s\n", l->begin_ms / 1000.0, l->end_ms / 1000.0, side(t, l->channel), text);
        return;
    }
    j = json_object();
    (void)jx_set_str(j, "channel", side(t, l->channel));
    (void)jx_set_int(j, "begin_ms", l->begin_ms);
    (void)jx_set_int(j, "end_ms", l->end_ms);
    (void)jx_set_str(j, "text", l->err ? NULL : l->text);
    (void)jx_set_num(j, "confidence", (double)l->confidence);
    jx_print_line(j);
    json_decref(j);
}

static int find_speech(struct transcription *t, const struct options *o)
{
    struct vad_model *model;
    char path[1024];
    size_t lines = 0;
    int err;

    snprintf(path, sizeof path, "%s/vad/silero8k.bin", o->models);
    err = vad_model_load(&model, path);
    if (err) {
        fprintf(stderr, "baton transcribe: no models in %s; scripts/fetch-models installs them\n", o->models);
        return err;
    }
    for (int i = 0; i < t->recording.channels && !err; i++) {
        struct channel *c = &t->channel[i];

        *c = (struct channel){.t = t, .number = i, .pcm = t->recording.pcm[i]};
        if (o->channel[i] || t->recording.channels == 1)
            err = spans_find(&c->span, &c->n, model, c->pcm, t->recording.n);
        lines += c->n;
    }
    obj_unref(model);
    t->line = calloc(lines + 1, sizeof *t->line);
    return err ? err : t->line == NULL ? ENOMEM : 0;
}

static int recognise(struct transcription *t, const struct options *o)
{
    int err = speech_alloc(&t->speech, &(struct speech_config){.worker_path = o->worker,
                                                               .models_dir = o->models,
                                                               .recogniser = o->recogniser,
                                                               .hang_ms = PATIENCE_MS,
                                                               .wait_ms = PATIENCE_MS,
                                                               .ears_workers = t->recording.channels == 2 ? WORKERS : 1});

    for (int i = 0; i < t->recording.channels && !err; i++) {
        err = ears_open(&t->channel[i].ears, t->speech, t->loop, on_result, &t->channel[i]);
        t->open += !err;
    }
    for (int i = 0; i < t->recording.channels && !err; i++)
        ask_next(&t->channel[i]);
    return err ? err : loop_run(t->loop, false, NULL, NULL);
}

static void release(struct transcription *t)
{
    for (int i = 0; i < RECORDING_CHANNELS_MAX; i++) {
        ears_close(t->channel[i].ears);
        obj_unref(t->channel[i].ears);
        free(t->channel[i].span);
    }
    speech_close(t->speech);
    obj_unref(t->speech);
    for (size_t i = 0; i < t->n_lines; i++)
        free(t->line[i].text);
    free(t->line);
    recording_release(&t->recording);
    loop_free(t->loop);
}

static int transcribe(struct transcription *t, const struct options *o)
{
    int err = recording_read(&t->recording, o->file);

    if (err) {
        fprintf(stderr, "baton transcribe: %s: %s\n", o->file,
                err == EINVAL ? "not a WAV file of 8 or 16 kHz, 16-bit or mu-law, one or two channels" : strerror(err));
        return err;
    }
    err = loop_alloc(&t->loop, "main");
    if (!err)
        err = find_speech(t, o);
    if (!err)
        err = recognise(t, o);
    if (!err && t->err) {
        err = t->err;
        fprintf(stderr, "baton transcribe: %s\n", strerror(err));
    }
    if (t->n_lines > 0)
        qsort(t->line, t->n_lines, sizeof *t->line, by_time);
    for (size_t i = 0; i < t->n_lines; i++)
        print_line(t, &t->line[i], o->json);
    return err;
}

int cmd_transcribe(int argc, char **argv)
{
    struct transcription t = {0};
    struct config cfg;
    struct options o;
    int err;

    config_init(&cfg);
    if (parse(&o, &cfg, argc, argv))
        return usage();
    err = loop_lib_init(1024);
    if (!err) {
        err = transcribe(&t, &o);
        release(&t);
        loop_lib_close();
    }
    return err != 0;
}
