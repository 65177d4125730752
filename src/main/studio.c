#include "main/studio.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"

#include "base/banned.h"

enum { WAIT_MS = 120000, FEED = 4000, SOUND = 150 /* amplitude: what is fainter at the ends is cut off */ };

struct studio {
    struct loop *loop;
    struct speech *speech;
    struct ears *ears;
    struct vad_model *model;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool said;
    int err;
    struct clip *clip;
    struct ears_result heard; /* the newest final */
};

struct vad_model *studio_model(const struct studio *s)
{
    return s->model;
}

struct loop *studio_loop(const struct studio *s)
{
    return s->loop;
}

struct ears *studio_ears(const struct studio *s)
{
    return s->ears;
}

static void on_clip(int err, struct clip *clip, void *arg)
{
    struct studio *s = arg;

    pthread_mutex_lock(&s->lock);
    s->err = err;
    s->clip = clip;
    s->said = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void on_heard(const struct ears_result *r, void *arg)
{
    struct studio *s = arg;

    if (!r->final)
        return;
    pthread_mutex_lock(&s->lock);
    s->heard = *r;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static struct clip *trimmed(const struct clip *c)
{
    size_t begin = 0, end = c->n;
    struct clip *out = NULL;

    while (begin < end && abs(c->pcm[begin]) < SOUND)
        begin++;
    while (end > begin && abs(c->pcm[end - 1]) < SOUND)
        end--;
    if (end > begin && clip_alloc(&out, end - begin) == 0)
        memcpy(out->pcm, c->pcm + begin, out->n * sizeof out->pcm[0]);
    return out;
}

int studio_say(struct clip **cp, struct studio *s, const char *voice, const char *words)
{
    struct clip *clip;
    int err = voice_say(s->speech, voice, words, s->loop, on_clip, s);

    if (err)
        return err;
    pthread_mutex_lock(&s->lock);
    while (!s->said)
        pthread_cond_wait(&s->changed, &s->lock);
    s->said = false;
    err = s->err;
    clip = s->clip;
    pthread_mutex_unlock(&s->lock);
    if (err)
        return err;
    *cp = trimmed(clip);
    obj_unref(clip);
    return *cp != NULL ? 0 : ENOMEM;
}

static const struct ears_result *await(struct studio *s, uint32_t utterance)
{
    pthread_mutex_lock(&s->lock);
    while (s->heard.utterance != utterance)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
    return &s->heard;
}

static const char *text_of(const struct ears_result *r)
{
    return r->err ? "" : r->text;
}

const char *studio_await(struct studio *s, uint32_t utterance)
{
    return text_of(await(s, utterance));
}

int studio_recognise(const struct ears_result **out, struct studio *s, uint32_t utterance, const int16_t *pcm, size_t n)
{
    int err = 0;

    for (size_t at = 0; at < n && !err; at += FEED)
        err = ears_feed(s->ears, utterance, pcm + at, n - at < FEED ? n - at : FEED);
    if (!err)
        err = ears_flush(s->ears, utterance);
    if (!err)
        *out = await(s, utterance);
    return err;
}

const char *studio_hear(struct studio *s, uint32_t utterance, const int16_t *pcm, size_t n)
{
    const struct ears_result *r;

    return studio_recognise(&r, s, utterance, pcm, n) == 0 ? text_of(r) : "";
}

static int open_all(struct studio *s, const struct studio_params *p)
{
    char path[1024];
    int err;

    snprintf(path, sizeof path, "%.900s/vad/silero8k.bin", p->models);
    err = vad_model_load(&s->model, path);
    if (!err)
        err = loop_spawn(&s->loop, "studio");
    if (!err)
        err = speech_alloc(&s->speech, &(struct speech_config){.worker_path = p->worker, .models_dir = p->models, .recogniser = p->recogniser, .ears_workers = 1, .voice_workers = 1, .wait_ms = WAIT_MS});
    if (!err)
        err = ears_open(&s->ears, s->speech, s->loop, on_heard, s);
    return err;
}

int studio_open(struct studio **sp, const struct studio_params *p)
{
    struct studio *s = calloc(1, sizeof *s);
    int err;

    if (s == NULL)
        return ENOMEM;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    err = open_all(s, p);
    if (err) {
        fprintf(stderr, "baton bench: no voices and ears: %s\n", strerror(err));
        studio_close(s);
        return err;
    }
    *sp = s;
    return 0;
}

static void close_ears(void *arg)
{
    ears_close(arg);
}

void studio_close(struct studio *s)
{
    if (s == NULL)
        return;
    if (s->ears != NULL)
        (void)loop_call(s->loop, close_ears, s->ears);
    obj_unref(s->ears);
    if (s->speech != NULL)
        speech_close(s->speech);
    obj_unref(s->speech);
    loop_free(s->loop);
    obj_unref(s->model);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->changed);
    free(s);
}
