#include "call/tap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "speech/echo.h"
#include "speech/onset.h"

#include "base/banned.h"

enum { FLINCH_LOOK = 2 * MEDIA_FRAME, START_LOOK = 1024, ONSET_FRESH_US = 400000, LOUD = 300 /* amplitude */ };

struct tap {
    struct vad vad;
    struct onset onset;
    struct echo echo;
    const atomic_bool *flinches;
    _Atomic int64_t *loud_us;
    int64_t onset_us;
    int16_t arrived[FLINCH_LOOK];   /* the newest, in order of arrival */
    bool quiet;                     /* silence within speech: it is held back */
    int64_t partial_at;             /* samples fed when the last partial was asked for */
    size_t held;
    int16_t hold[TAP_HOLD];
    struct tones *tones;            /* NULL: not wanted */
    struct ears *ears, *overhearing;
    const atomic_int *wanted;
    enum tap_hearing hearing;
    struct loop *control;
    tap_event_fn *fn;
    void *owner;
    bool has_vad;
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

static void post(struct tap *t, const struct tap_event *ev)
{
    struct tap_post *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    *p = (struct tap_post){.ev = *ev, .fn = t->fn, .owner = obj_ref(t->owner)};
    if (loop_post(t->control, deliver, p) != 0) {
        obj_unref(p->owner);
        free(p);
    }
}

static void tell(struct tap *t, enum tap_event_kind kind, int64_t at_us, int64_t seen_us)
{
    post(t, &(struct tap_event){.kind = kind, .utterance = t->utterance, .hearing = t->hearing, .at_us = at_us, .seen_us = seen_us, .onset_us = kind == TAP_SPEECH_START ? t->onset_us : 0});
}

static enum tap_hearing wanted(const struct tap *t)
{
    return t->wanted != NULL ? (enum tap_hearing)atomic_load_explicit(t->wanted, memory_order_relaxed) : TAP_HEARS;
}

static void listen_for_tones(struct tap *t, const int16_t *pcm, int64_t at_us)
{
    struct tone_event tone;

    if (t->tones != NULL && wanted(t) == TAP_HEARS && tones_push(t->tones, pcm, &tone))
        post(t, &(struct tap_event){.kind = TAP_TONE, .utterance = t->utterance, .at_us = at_us, .seen_us = at_us, .tone = tone});
}

static void preroll_add(struct tap *t, const int16_t *pcm)
{
    for (size_t i = 0; i < MEDIA_FRAME; i++) {
        t->preroll[t->preroll_at] = pcm[i];
        t->preroll_at = (t->preroll_at + 1) % TAP_PREROLL;
    }
    t->preroll_n = t->preroll_n + MEDIA_FRAME > TAP_PREROLL ? TAP_PREROLL : t->preroll_n + MEDIA_FRAME;
}

/* NULL: nobody wants it. */
static struct ears *listener(const struct tap *t)
{
    if (t->hearing == TAP_DEAF)
        return NULL;
    return t->hearing == TAP_HEARS ? t->ears : t->overhearing;
}

static void feed(struct tap *t, const int16_t *pcm, size_t n)
{
    if (listener(t) != NULL)
        (void)ears_feed(listener(t), t->utterance, pcm, n);
    t->fed += (int64_t)n;
}

/* The newest n samples before speech. */
static void preroll_copy(const struct tap *t, int16_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = t->preroll[(t->preroll_at + TAP_PREROLL - n + i) % TAP_PREROLL];
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
    if (listener(t) != NULL)
        (void)ears_flush(listener(t), t->utterance);
}

static int64_t sample_time(const struct tap *t, int64_t sample, int64_t at_us)
{
    return at_us - (t->vad.samples - sample) * 1000000 / CLIP_RATE;
}

/* In the middle of an utterance, that one is over and its text is wanted. Whatever sounds from now on begins anew. */
static void check_hearing(struct tap *t, int64_t at_us)
{
    enum tap_hearing now = wanted(t);

    if (now == t->hearing)
        return;
    if (t->vad.speaking)
        end_utterance(t, TAP_SPEECH_STOP, sample_time(t, t->vad.last_voiced, at_us), at_us);
    t->hearing = now;
    t->preroll_n = 0;
    t->quiet = false;
    vad_reset(&t->vad);
}

/* --- silence within speech --- */

/* Perhaps they have finished: the recogniser begins with what it has, and gets no more until they speak on. */
static void begin_quiet(struct tap *t)
{
    t->quiet = true;
    t->held = 0;
    if (listener(t) == NULL || t->fed - t->partial_at < TAP_PARTIAL_MS * (CLIP_RATE / 1000))
        return;
    t->partial_at = t->fed;
    (void)ears_partial_if_idle(listener(t), t->utterance);
}

static void end_quiet(struct tap *t)
{
    t->quiet = false;
    feed(t, t->hold, t->held);
    t->held = 0;
}

static void hold_back(struct tap *t, const int16_t *pcm)
{
    if (t->held + MEDIA_FRAME > TAP_HOLD)
        return; /* never: the detector stops before */
    memcpy(t->hold + t->held, pcm, MEDIA_FRAME * sizeof *pcm);
    t->held += MEDIA_FRAME;
}

static void take_speech(struct tap *t, const int16_t *pcm)
{
    bool silent = vad_silence_ms(&t->vad) >= TAP_QUIET_MS;

    if (silent && !t->quiet)
        begin_quiet(t);
    else if (!silent && t->quiet)
        end_quiet(t);
    if (t->quiet)
        hold_back(t, pcm);
    else
        feed(t, pcm, MEDIA_FRAME);
}

/* --- one frame --- */

static bool is_echo(struct tap *t)
{
    int16_t newest[START_LOOK];

    if (!echo_possible(&t->echo))
        return false;
    preroll_copy(t, newest, START_LOOK);
    return echo_recognise(&t->echo, newest, START_LOOK);
}

static void on_start(struct tap *t, int64_t at_us)
{
    if (is_echo(t)) {
        vad_reset(&t->vad);
        return;
    }
    t->utterance++;
    t->partial_at = 0;
    t->quiet = false;
    if (at_us - t->onset_us > ONSET_FRESH_US)
        t->onset_us = 0;
    feed_preroll(t);
    tell(t, TAP_SPEECH_START, sample_time(t, t->vad.speech_began, at_us), at_us);
}

static int64_t cut_at(const struct tap *t)
{
    return (int64_t)(t->hearing == TAP_OVERHEARS ? TAP_ASIDE_CUT_MS : TAP_CUT_MS) * CLIP_RATE / 1000;
}

static void hear(struct tap *t, const int16_t *pcm, int64_t at_us)
{
    bool was_speaking = t->vad.speaking;
    enum vad_event ev = vad_push(&t->vad, pcm, MEDIA_FRAME);

    if (was_speaking && (ev != VAD_STOP || !t->quiet))
        take_speech(t, pcm);
    else if (!was_speaking)
        preroll_add(t, pcm);
    if (ev == VAD_START) {
        on_start(t, at_us);
    } else if (ev == VAD_STOP) {
        end_utterance(t, TAP_SPEECH_STOP, sample_time(t, t->vad.last_voiced, at_us), at_us);
    } else if (t->vad.speaking && !t->quiet && t->fed > cut_at(t)) {
        end_utterance(t, TAP_SPEECH_CUT, at_us, at_us);
        t->utterance++;
        t->fed = t->partial_at = 0;
    }
}

static void on_frame(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg)
{
    static const int16_t silence[MEDIA_FRAME];
    struct tap *t = arg;

    (void)concealed;
    listen_for_tones(t, pcm, at_us);
    if (!t->has_vad)
        return;
    check_hearing(t, at_us);
    hear(t, echo_covers(&t->echo, pcm) ? silence : pcm, at_us);
    if (our_audio != NULL)
        echo_sent(&t->echo, our_audio);
}

/* --- the onset --- */

static void keep_arrived(struct tap *t, const int16_t *pcm, size_t n)
{
    size_t keep = n < FLINCH_LOOK ? FLINCH_LOOK - n : 0;

    memmove(t->arrived, t->arrived + (FLINCH_LOOK - keep), keep * sizeof t->arrived[0]);
    memcpy(t->arrived + keep, pcm + (n - (FLINCH_LOOK - keep)), (FLINCH_LOOK - keep) * sizeof t->arrived[0]);
}

static bool sounds(const int16_t *pcm, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += pcm[i] * pcm[i];
    return sum > (int64_t)n * LOUD * LOUD;
}

static bool may_flinch(const struct tap *t)
{
    return t->flinches != NULL && atomic_load_explicit(t->flinches, memory_order_relaxed);
}

static bool on_arrived(const int16_t *pcm, size_t n, int64_t at_us, void *arg)
{
    struct tap *t = arg;
    bool onset;

    if (t->loud_us != NULL && sounds(pcm, n))
        atomic_store_explicit(t->loud_us, at_us, memory_order_relaxed);
    if (!t->has_vad || t->flinches == NULL)
        return false;
    keep_arrived(t, pcm, n);
    onset = onset_push(&t->onset, &t->vad, pcm, n) && may_flinch(t);
    if (!onset || (echo_possible(&t->echo) && (echo_covers(&t->echo, t->arrived + MEDIA_FRAME) || echo_recognise(&t->echo, t->arrived, FLINCH_LOOK))))
        return false;
    t->onset_us = at_us - (int64_t)n * 1000000 / CLIP_RATE;
    return true;
}

static void release_owner(void *owner)
{
    obj_unref(owner);
}

static void on_closed(void *arg)
{
    struct tap *t = arg;
    int64_t now = clock_mono_us();

    if (t->has_vad && t->vad.speaking && t->hearing == TAP_OVERHEARS) /* the goodbye is part of the transcript */
        end_utterance(t, TAP_SPEECH_STOP, sample_time(t, t->vad.last_voiced, now), now);
    /* The owner's last reference must go on its own loop. */
    if (loop_post(t->control, release_owner, t->owner) != 0)
        obj_unref(t->owner);
    obj_unref(t->ears);
    obj_unref(t->overhearing);
    tones_free(t->tones);
    free(t);
}

int tap_hooks(struct mport_tap *out, const struct tap_params *p)
{
    struct tap *t = calloc(1, sizeof *t);

    if (t == NULL)
        return ENOMEM;
    t->control = p->control;
    t->fn = p->fn;
    t->owner = obj_ref(p->owner);
    t->ears = obj_ref(p->ears);
    t->overhearing = obj_ref(p->overhearing);
    t->wanted = p->hearing;
    t->flinches = p->flinches;
    t->loud_us = p->loud_us;
    onset_init(&t->onset);
    echo_init(&t->echo);
    if (p->tones && tones_alloc(&t->tones) != 0)
        t->tones = NULL; /* without memory, without tones: words are left */
    t->has_vad = p->model != NULL;
    if (t->has_vad)
        vad_init(&t->vad, p->model, p->vad);
    *out = (struct mport_tap){.frame = on_frame, .arrived = on_arrived, .arg = t, .closed = on_closed};
    return 0;
}

int tap_attach(struct mport *port, const struct tap_params *p)
{
    struct mport_tap hooks;
    int err = tap_hooks(&hooks, p);

    if (!err)
        mport_set_tap(port, &hooks);
    return err;
}
