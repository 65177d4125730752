/* played_models.h - voice, recogniser and voice activity without models: the voice makes sound in proportion to the letters, loud frames are speech, and the
 * recogniser reads what was heard from a list. (Defined here, these functions take the place of the libraries'.) */
#ifndef BATON_TESTS_PLAYED_MODELS_H
#define BATON_TESTS_PLAYED_MODELS_H

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "call/tap.h"

enum { LOUD = 1000, VAD_START_FRAMES = 3, VAD_STOP_FRAMES = 10, SAID_MAX = 16 };

static struct played {
    unsigned letter_samples;    /* of sound for a letter */
    const char *said[SAID_MAX]; /* what the recogniser will read, in order; NULL: it fails */
    atomic_int said_count, heard_count; /* how many of them there are, and were recognised */
    atomic_int told_count;              /* and are known to who listens */
    atomic_int background;
    bool each_from_the_start;   /* each stream of its own: whoever speaks says the whole list */
} played;

struct ears { struct loop *loop; ears_result_fn *fn; void *arg; bool closed; atomic_int heard; };
struct ears_reading { struct ears *ears; struct ears_result r; bool read; };

struct clip *voice_cached(struct speech *s, const char *voice, const char *text)
{
    struct clip *c = NULL;

    (void)s;
    (void)voice;
    assert_int_equal(clip_alloc(&c, strlen(text) * played.letter_samples), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i / 4 % 2 != 0 ? 3000 : -3000;
    return c;
}

int voice_say(struct speech *s, const char *voice, const char *text, struct loop *loop, voice_clip_fn *fn, void *arg)
{
    (void)loop;
    fn(0, voice_cached(s, voice, text), arg);
    return 0;
}

int voice_prefetch(struct speech *s, const char *voice, const char *text)
{
    (void)s;
    (void)voice;
    (void)text;
    return 0;
}

int ears_open(struct ears **ep, struct speech *s, struct loop *loop, ears_result_fn *fn, void *arg)
{
    (void)s;
    *ep = obj_alloc(sizeof **ep, NULL);
    assert_non_null(*ep);
    **ep = (struct ears){.loop = loop, .fn = fn, .arg = arg};
    return 0;
}

void ears_make_background(struct ears *e)
{
    (void)e;
    atomic_fetch_add(&played.background, 1);
}

void ears_close(struct ears *e) { e->closed = true; }

int ears_feed(struct ears *e, uint32_t utt, const int16_t *pcm, size_t n)
{
    (void)e;
    (void)utt;
    (void)pcm;
    (void)n;
    return 0;
}

int ears_partial_if_idle(struct ears *e, uint32_t utt)
{
    (void)e;
    (void)utt;
    return 0;
}

int ears_partial(struct ears *e, uint32_t utt)
{
    (void)e;
    (void)utt;
    return 0;
}

static void ears_deliver(void *arg)
{
    struct ears_reading *d = arg;

    if (!d->ears->closed)
        d->ears->fn(&d->r, d->ears->arg);
    if (d->read)
        atomic_fetch_add(&played.told_count, 1);
    obj_unref(d->ears);
    free(d);
}

/* What is said is read once, into however many pieces a busy machine may have torn its sound. */
int ears_flush(struct ears *e, uint32_t utt)
{
    struct ears_reading *d = calloc(1, sizeof *d);
    atomic_int *heard = played.each_from_the_start ? &e->heard : &played.heard_count;
    int i = atomic_load(heard);

    assert_non_null(d);
    d->ears = obj_ref(e);
    d->r = (struct ears_result){.utterance = utt, .final = true};
    if (i < atomic_load(&played.said_count)) {
        d->read = true;
        atomic_store(heard, i + 1);
        d->r.err = played.said[i] == NULL ? ETIMEDOUT : 0;
        snprintf(d->r.text, sizeof d->r.text, "%s", played.said[i] != NULL ? played.said[i] : "");
    }
    return loop_post(e->loop, ears_deliver, d);
}

void vad_init(struct vad *v, const struct vad_model *m, const struct vad_params *p)
{
    (void)p;
    *v = (struct vad){.model = m};
}

void vad_reset(struct vad *v)
{
    vad_init(v, v->model, NULL);
}

int vad_silence_ms(const struct vad *v)
{
    return v->run_ms;
}

float vad_gain(const struct vad *v)
{
    (void)v;
    return 1;
}

float vad_peek(const struct vad *v, const int16_t pcm[VAD_CONTEXT + VAD_CHUNK])
{
    (void)v;
    return abs(pcm[VAD_CHUNK]) + abs(pcm[VAD_CHUNK + 1]) > LOUD ? 1.0f : 0.0f;
}

enum vad_event vad_push(struct vad *v, const int16_t *pcm, size_t n)
{
    bool loud = abs(pcm[n / 2]) + abs(pcm[n / 2 + 1]) > LOUD;

    v->samples += (int64_t)n;
    v->run_ms = loud != v->speaking ? v->run_ms + 20 : 0;
    if (loud)
        v->last_voiced = v->samples;
    if (!v->speaking && v->run_ms >= VAD_START_FRAMES * 20) {
        v->speaking = true;
        v->run_ms = 0;
        v->speech_began = v->samples - VAD_START_FRAMES * MEDIA_FRAME;
        return VAD_START;
    }
    if (v->speaking && v->run_ms >= VAD_STOP_FRAMES * 20) {
        v->speaking = false;
        v->run_ms = 0;
        return VAD_STOP;
    }
    return VAD_NONE;
}

#endif
