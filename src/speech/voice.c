/* voice.c - texts to clips: from memory, from disk, or from a worker. A text that is asked for twice is rendered once. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "speech/speech_priv.h"

#include "base/banned.h"

enum { VOICE_NAME_MAX = 96 };

/* Somebody who waits for a clip. */
struct listener {
    struct listener *next;
    struct loop *loop;
    voice_clip_fn *fn;
    void *arg;
    int err;
    struct clip *clip; /* reference */
};

struct render {
    struct crew_job job; /* first */
    struct render *next; /* in speech->renders */
    struct speech *speech; /* reference */
    char key[CLIP_KEY_MAX], voice[VOICE_NAME_MAX], text[SPEECH_SAY_MAX + 1];
    struct listener *listeners;
};

static void hand_over(void *arg)
{
    struct listener *l = arg;

    l->fn(l->err, l->clip, l->arg); /* the reference goes with it */
    free(l);
}

static void tell(struct listener *l, int err, struct clip *clip)
{
    l->err = err;
    l->clip = obj_ref(clip);
    if (loop_post(l->loop, hand_over, l)) {
        obj_unref(l->clip);
        free(l);
    }
}

/* Ends a render for everybody who waits for it. */
static void render_finish(struct render *r, int err, struct clip *clip)
{
    struct render **at = &r->speech->renders;

    while (*at != NULL && *at != r)
        at = &(*at)->next;
    if (*at != NULL)
        *at = r->next;
    while (r->listeners != NULL) {
        struct listener *l = r->listeners;

        r->listeners = l->next;
        tell(l, err, clip);
    }
    obj_unref(r->speech);
    free(r);
}

static int clip_from_frame(struct clip **cp, const struct frame *f)
{
    struct clip *c;
    int err;

    if (f->type != FRAME_PCM || f->n % 2 != 0)
        return EPROTO;
    err = clip_alloc(&c, f->n / 2);
    if (err)
        return err;
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = (int16_t)(f->body[2 * i] | f->body[2 * i + 1] << 8);
    *cp = c;
    return 0;
}

static void on_rendered(struct crew_job *j, int err, const struct frame *answer)
{
    struct render *r = (struct render *)j;
    struct clip *clip = NULL;

    if (!err)
        err = clip_from_frame(&clip, answer);
    if (!err) {
        clip_cache_put(r->speech->cache, r->key, clip);
        if (r->speech->store != NULL)
            (void)clip_store_write(r->speech->store, r->key, clip); /* without it the text is rendered again one day */
    }
    render_finish(r, err, clip);
    obj_unref(clip);
}

static int write_say(struct buf *out, const struct crew_job *j, uint32_t number)
{
    const struct render *r = (const struct render *)j;

    return frame_put(out, FRAME_SAY, number, r->voice, strlen(r->voice) + 1, r->text, strlen(r->text) + 1);
}

static struct render *in_flight(struct speech *s, const char *key)
{
    struct render *r = s->renders;

    while (r != NULL && strcmp(r->key, key) != 0)
        r = r->next;
    return r;
}

/* On the supervisor's thread: joins a render under way, or looks on disk, or has it rendered. */
static void take_render(void *arg)
{
    struct render *r = arg;
    struct speech *s = r->speech;
    struct render *other = in_flight(s, r->key);
    struct clip *clip = clip_cache_get(s->cache, r->key, 0);

    if (clip == NULL && other != NULL) {
        if (r->listeners != NULL) {
            r->listeners->next = other->listeners;
            other->listeners = r->listeners;
            r->listeners = NULL;
            crew_hurry(s->voice, &other->job);
        }
        render_finish(r, 0, NULL);
        return;
    }
    if (clip == NULL && s->store != NULL && clip_store_read(&clip, s->store, r->key) == 0)
        clip_cache_put(s->cache, r->key, clip);
    if (clip != NULL || s->voice == NULL) {
        render_finish(r, clip != NULL ? 0 : ESHUTDOWN, clip);
        obj_unref(clip);
        return;
    }
    r->next = s->renders;
    s->renders = r;
    crew_submit(s->voice, &r->job);
}

static int render_alloc(struct render **rp, struct speech *s, const char *voice, const char *text, bool urgent)
{
    struct render *r = calloc(1, sizeof *r);

    if (r == NULL)
        return ENOMEM;
    if (!text_copy(r->voice, sizeof r->voice, voice) || !text_copy(r->text, sizeof r->text, text)) {
        free(r);
        return EMSGSIZE;
    }
    clip_key(r->key, s->version, voice, text);
    r->speech = obj_ref(s);
    r->job = (struct crew_job){.urgent = urgent, .write = write_say, .done = on_rendered};
    *rp = r;
    return 0;
}

static void render_abandon(struct render *r)
{
    free(r->listeners);
    obj_unref(r->speech);
    free(r);
}

static int listener_alloc(struct listener **lp, struct loop *loop, voice_clip_fn *fn, void *arg)
{
    struct listener *l = calloc(1, sizeof *l);

    if (l == NULL)
        return ENOMEM;
    *l = (struct listener){.loop = loop, .fn = fn, .arg = arg};
    *lp = l;
    return 0;
}

struct clip *voice_cached(struct speech *s, const char *voice, const char *text)
{
    char key[CLIP_KEY_MAX];

    return clip_cache_get(s->cache, clip_key(key, s->version, voice, text), 1);
}

int voice_say(struct speech *s, const char *voice, const char *text, struct loop *loop, voice_clip_fn *fn, void *arg)
{
    struct clip *clip = voice_cached(s, voice, text);
    struct listener *l;
    struct render *r;
    int err = listener_alloc(&l, loop, fn, arg);

    if (!err && clip != NULL)
        tell(l, 0, clip);
    obj_unref(clip);
    if (err || clip != NULL)
        return err;
    err = render_alloc(&r, s, voice, text, true);
    if (err) {
        free(l);
        return err;
    }
    r->listeners = l;
    err = speech_post(s, take_render, r);
    if (err)
        render_abandon(r);
    return err;
}

int voice_prefetch(struct speech *s, const char *voice, const char *text)
{
    struct render *r;
    int err = render_alloc(&r, s, voice, text, false);

    if (err)
        return err;
    err = speech_post(s, take_render, r);
    if (err)
        render_abandon(r);
    return err;
}
