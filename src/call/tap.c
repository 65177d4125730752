#include "call/tap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"

#include "base/banned.h"

struct tap {
    struct vad vad;
    struct ears *ears;
    const atomic_bool *muted;
    struct loop *control;
    tap_event_fn *fn;
    void *owner;
    bool has_vad, was_muted;
    uint32_t utterance;
    int64_t fed;                    /* samples of this utterance */
    size_t preroll_at, preroll_n;   /* ring: next write, fill */
    int16_t preroll[TAP_PREROLL];
};

struct tap_post {
    struct tap_event ev;
    tap_event_fn *fn;
    void *owner;
};

static void deliver(void *arg)
{
    struct tap_post *p = arg;

    p->fn(&p->ev, p->owner);
    obj_unref(p->owner);
    free(p);
}

static void tell(struct tap *t, enum tap_event_kind kind, int64_t at_us, int64_t seen_us)
{
    struct tap_post *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    *p = (struct tap_post){.ev = {kind, t->utterance, at_us, seen_us}, .fn = t->fn, .owner = obj_ref(t->owner)};
    if (loop_post(t->control, deliver, p) != 0) {
        obj_unref(p->owner);
        free(p);
    }
}

static void preroll_add(struct tap *t, const int16_t *pcm)
{
    for (size_t i = 0; i < MEDIA_FRAME; i++) {
        t->preroll[t->preroll_at] = pcm[i];
        t->preroll_at = (t->preroll_at + 1) % TAP_PREROLL;
    }
    t->preroll_n = t->preroll_n + MEDIA_FRAME > TAP_PREROLL ? TAP_PREROLL : t->preroll_n + MEDIA_FRAME;
}

static bool hears(const struct tap *t)
{
    return t->ears != NULL && !t->was_muted;
}

static void feed(struct tap *t, const int16_t *pcm, size_t n)
{
    if (hears(t))
        (void)ears_feed(t->ears, t->utterance, pcm, n);
    t->fed += (int64_t)n;
}

/* What was said before the detector was sure, including the frame at hand. */
static void feed_preroll(struct tap *t)
{
    size_t from = (t->preroll_at + TAP_PREROLL - t->preroll_n) % TAP_PREROLL;
    size_t first = t->preroll_n < TAP_PREROLL - from ? t->preroll_n : TAP_PREROLL - from;

    t->fed = 0;
    feed(t, t->preroll + from, first);
    if (t->preroll_n > first)
        feed(t, t->preroll, t->preroll_n - first);
    t->preroll_n = 0;
}

/* Told first, asked second: so the owner knows of the stop before its text can arrive. */
static void end_utterance(struct tap *t, enum tap_event_kind kind, int64_t at_us, int64_t seen_us)
{
    tell(t, kind, at_us, seen_us);
    if (hears(t))
        (void)ears_flush(t->ears, t->utterance);
}

static int64_t sample_time(const struct tap *t, int64_t sample, int64_t at_us)
{
    return at_us - (t->vad.samples - sample) * 1000000 / CLIP_RATE;
}

/* Muted in the middle of an utterance, that one is over and its text is wanted. Whatever sounds from now on, and from the unmuting on, begins anew. */
static void check_muted(struct tap *t, int64_t at_us)
{
    bool muted = t->muted != NULL && atomic_load_explicit(t->muted, memory_order_relaxed);

    if (muted == t->was_muted)
        return;
    if (t->vad.speaking)
        end_utterance(t, TAP_SPEECH_STOP, sample_time(t, t->vad.last_voiced, at_us), at_us);
    t->was_muted = muted;
    t->preroll_n = 0;
    vad_reset(&t->vad);
}

static void on_frame(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg)
{
    struct tap *t = arg;
    bool was_speaking;
    enum vad_event ev;

    (void)our_audio;
    (void)concealed;
    if (!t->has_vad)
        return;
    check_muted(t, at_us);
    was_speaking = t->vad.speaking;
    ev = vad_push(&t->vad, pcm, MEDIA_FRAME);
    if (was_speaking)
        feed(t, pcm, MEDIA_FRAME);
    else
        preroll_add(t, pcm);
    if (ev == VAD_START) {
        t->utterance++;
        feed_preroll(t);
        tell(t, TAP_SPEECH_START, sample_time(t, t->vad.speech_began, at_us), at_us);
    } else if (ev == VAD_STOP) {
        end_utterance(t, TAP_SPEECH_STOP, sample_time(t, t->vad.last_voiced, at_us), at_us);
    } else if (t->vad.speaking && t->fed > (int64_t)TAP_CUT_MS * CLIP_RATE / 1000) {
        end_utterance(t, TAP_SPEECH_CUT, at_us, at_us);
        t->utterance++;
        t->fed = 0;
    }
}

static void release_owner(void *owner)
{
    obj_unref(owner);
}

static void on_closed(void *arg)
{
    struct tap *t = arg;

    /* The owner's last reference must go on its own loop. */
    if (loop_post(t->control, release_owner, t->owner) != 0)
        obj_unref(t->owner);
    obj_unref(t->ears);
    free(t);
}

int tap_attach(struct mport *port, const struct tap_params *p)
{
    struct tap *t = calloc(1, sizeof *t);

    if (t == NULL)
        return ENOMEM;
    t->control = p->control;
    t->fn = p->fn;
    t->owner = obj_ref(p->owner);
    t->ears = obj_ref(p->ears);
    t->muted = p->muted;
    t->has_vad = p->model != NULL;
    if (t->has_vad)
        vad_init(&t->vad, p->model, p->vad);
    mport_set_tap(port, &(struct mport_tap){.frame = on_frame, .arg = t, .closed = on_closed});
    return 0;
}
