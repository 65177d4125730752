#include "call/speak.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "base/text.h"

#include "base/banned.h"

enum { RESUME_BACK_MS = 40 }; /* a paused word is taken up a little before the cut */

void speak_init(struct speak *s, struct speech *speech, struct loop *control, const char *voice, speak_event_fn *fn, void *owner)
{
    *s = (struct speak){.speech = speech, .control = control, .voice = voice, .fn = fn, .owner = owner, .next_seq = 1};
}

static void sentence_free(struct sentence *q)
{
    obj_unref(q->clip);
    free(q);
}

void speak_clear(struct speak *s)
{
    for (size_t i = 0; i < s->n; i++)
        sentence_free(s->queue[i]);
    s->n = 0;
}

static void remove_at(struct speak *s, size_t i)
{
    memmove(s->queue + i, s->queue + i + 1, (s->n - i - 1) * sizeof s->queue[0]);
    s->n--;
}

static size_t find_seq(const struct speak *s, uint32_t seq)
{
    size_t i = 0;

    while (i < s->n && s->queue[i]->seq != seq)
        i++;
    return i;
}

/* The part of a clip from skip_ms on, as a clip of its own. */
static struct clip *clip_from(struct clip *c, int skip_ms)
{
    size_t skip = (size_t)skip_ms * (CLIP_RATE / 1000);
    struct clip *part;

    if (skip == 0 || skip >= c->n || clip_alloc(&part, c->n - skip) != 0)
        return obj_ref(c);
    memcpy(part->pcm, c->pcm + skip, part->n * sizeof part->pcm[0]);
    return part;
}

static void play(struct speak *s, struct sentence *q)
{
    struct clip *part = clip_from(q->clip, q->skip_ms);

    q->playing = true;
    q->queued_us = clock_mono_us();
    q->total_ms = clip_ms(part);
    mport_play(s->port, part, q->seq, 0);
    obj_unref(part);
}

static void pump(struct speak *s)
{
    if (s->port == NULL || s->held)
        return;
    for (size_t i = 0; i < s->n && s->queue[i]->clip != NULL; i++)
        if (!s->queue[i]->playing)
            play(s, s->queue[i]);
}

struct rendering {
    struct speak *speak; /* inside owner */
    void *owner;
    uint32_t seq;
};

static void drop_sentence(struct speak *s, size_t i)
{
    struct sentence *q = s->queue[i];

    remove_at(s, i);
    s->fn(SPEAK_EV_ENDED, q, clock_mono_us(), s->owner);
    sentence_free(q);
    if (s->n == 0)
        s->fn(SPEAK_EV_ALL_DONE, NULL, clock_mono_us(), s->owner);
}

static void on_rendered(int err, struct clip *clip, void *arg)
{
    struct rendering *r = arg;
    struct speak *s = r->speak;
    size_t i = find_seq(s, r->seq);

    if (i < s->n && !err) {
        s->queue[i]->clip = obj_ref(clip);
        pump(s);
    } else if (i < s->n) {
        drop_sentence(s, i); /* no voice: the talk goes on without this sentence, which counts as not heard */
    }
    obj_unref(clip);
    obj_unref(r->owner);
    free(r);
}

static int render(struct speak *s, struct sentence *q)
{
    struct rendering *r;
    int err;

    q->clip = voice_cached(s->speech, s->voice, q->text);
    if (q->clip != NULL)
        return 0;
    r = malloc(sizeof *r);
    if (r == NULL)
        return ENOMEM;
    *r = (struct rendering){.speak = s, .owner = obj_ref(s->owner), .seq = q->seq};
    err = voice_say(s->speech, s->voice, q->text, s->control, on_rendered, r);
    if (err) {
        obj_unref(r->owner);
        free(r);
    }
    return err;
}

static int enqueue(struct speak *s, struct sentence *q)
{
    int err = s->n == SPEAK_QUEUE_MAX ? ENOBUFS : 0;

    q->seq = s->next_seq++;
    if (!err && q->clip == NULL)
        err = render(s, q);
    if (err) {
        sentence_free(q);
        return err;
    }
    s->queue[s->n++] = q;
    pump(s);
    return 0;
}

int speak_add(struct speak *s, uint32_t said, const char *topic, const char *text)
{
    struct sentence *q = calloc(1, sizeof *q);

    if (q == NULL)
        return ENOMEM;
    q->said = said;
    (void)text_copy(q->topic, sizeof q->topic, topic != NULL ? topic : "");
    (void)text_copy(q->text, sizeof q->text, text);
    return enqueue(s, q);
}

int speak_again(struct speak *s, const struct sentence *old, int skip_ms)
{
    struct sentence *q = calloc(1, sizeof *q);

    if (q == NULL)
        return ENOMEM;
    *q = (struct sentence){.said = old->said, .skip_ms = skip_ms, .clip = obj_ref(old->clip)};
    memcpy(q->topic, old->topic, sizeof q->topic);
    memcpy(q->text, old->text, sizeof q->text);
    return enqueue(s, q);
}

void speak_aside(struct speak *s, const char *text)
{
    struct clip *c = s->held ? NULL : voice_cached(s->speech, s->voice, text);

    if (c == NULL)
        return;
    obj_unref(c);
    (void)speak_add(s, 0, "", text);
}

bool speak_only_asides(const struct speak *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->queue[i]->said != 0)
            return false;
    return s->n > 0;
}

void speak_hold(struct speak *s)
{
    s->held = true;
}

void speak_release(struct speak *s)
{
    s->held = false;
    pump(s);
}

void speak_pause(struct speak *s)
{
    s->held = true;
    if (s->port != NULL)
        mport_pause(s->port);
}

void speak_resume(struct speak *s)
{
    if (s->port != NULL)
        mport_resume(s->port, RESUME_BACK_MS);
    speak_release(s);
}

void speak_stop(struct speak *s)
{
    if (s->port != NULL)
        mport_stop(s->port);
    for (size_t i = s->n; i-- > 0;) { /* those not yet on the port end here, as not heard */
        struct sentence *q = s->queue[i];

        if (q->playing) {
            q->stopping = true;
            continue;
        }
        remove_at(s, i);
        q->interrupted = true;
        s->fn(SPEAK_EV_ENDED, q, clock_mono_us(), s->owner);
        sentence_free(q);
    }
}

bool speak_busy(const struct speak *s)
{
    return s->n > 0;
}

bool speak_sounds(const struct speak *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->queue[i]->started_us > 0 && !s->queue[i]->stopping)
            return true;
    return false;
}

const struct sentence *speak_find(const struct speak *s, uint32_t seq)
{
    size_t i = find_seq(s, seq);

    return i < s->n ? s->queue[i] : NULL;
}

size_t speak_behind(const struct speak *s, uint32_t seq)
{
    size_t i = find_seq(s, seq);

    return i < s->n ? s->n - i - 1 : 0;
}

bool speak_stopping(const struct speak *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->queue[i]->stopping)
            return true;
    return false;
}

static void on_done(struct speak *s, size_t i, const struct media_event *ev)
{
    struct sentence *q = s->queue[i];

    remove_at(s, i);
    q->heard_ms = ev->played_ms;
    q->interrupted = ev->stopped;
    s->fn(SPEAK_EV_ENDED, q, ev->at_us, s->owner);
    if (s->n == 0 && !q->interrupted)
        s->fn(SPEAK_EV_ALL_DONE, NULL, ev->at_us, s->owner);
    sentence_free(q);
}

bool speak_on_media(struct speak *s, const struct media_event *ev)
{
    size_t i;

    if (ev->kind != MEDIA_EV_PLAY_STARTED && ev->kind != MEDIA_EV_PLAY_DONE)
        return false;
    i = find_seq(s, ev->seq);
    if (i == s->n)
        return true;
    if (ev->kind == MEDIA_EV_PLAY_DONE) {
        on_done(s, i, ev);
    } else {
        s->queue[i]->started_us = ev->at_us;
        s->fn(SPEAK_EV_STARTED, s->queue[i], ev->at_us, s->owner);
    }
    return true;
}
