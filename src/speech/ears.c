/* ears.c - one call's stream into the recognisers.
 *
 * The utterance in progress is kept here, in the caller's reach, under a lock; a request takes a copy of it (a final takes it away). So
 * a worker needs no memory of the call, and a lost worker loses nothing. Of one stream at most one partial runs and one waits. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "speech/speech_priv.h"

#include "base/banned.h"

_Static_assert((int)SPEECH_BACKGROUND_MAX == (int)CREW_BACKGROUND_MAX && SPEECH_BACKGROUND_WAIT_S * 1000 == (int)CREW_BACKGROUND_WAIT_MS, "what is promised is kept");

enum { UTTERANCE_MAX = SPEECH_UTTERANCE_MAX_S * CLIP_RATE, UTTERANCE_MIN = 4096, FORGET = CLIP_RATE };

struct ears {
    struct speech *speech; /* reference */
    struct loop *loop;
    ears_result_fn *fn;
    void *arg;
    bool closed; /* its loop's thread */
    bool background;

    pthread_mutex_t lock; /* of the utterance */
    uint32_t utterance;
    int16_t *pcm;
    size_t n, room;
    size_t fed; /* samples ever, also those forgotten at the limit */

    /* supervisor's thread */
    struct hearing *running, *next; /* partials */
    struct hearing *last;           /* the last partial that has a text: may serve as a final */
};

/* One request: partial or final. */
struct hearing {
    struct crew_job job; /* first */
    struct ears *ears;   /* reference */
    int16_t *pcm;
    size_t n, fed;
    bool only_if_idle;    /* a partial that is worth nothing if it has to wait */
    bool serves_as_final; /* a partial whose final was asked for meanwhile */
    struct ears_result result;
};

/* Handed from hearing to the caller's loop. */
struct delivery {
    struct ears *ears; /* reference */
    struct ears_result result;
};

static void hearing_free(struct hearing *h)
{
    if (h == NULL)
        return;
    obj_unref(h->ears);
    free(h->pcm);
    free(h);
}

static void ears_destroy(void *obj)
{
    struct ears *e = obj;

    hearing_free(e->last);
    pthread_mutex_destroy(&e->lock);
    free(e->pcm);
    obj_unref(e->speech);
}

int ears_open(struct ears **ep, struct speech *s, struct loop *loop, ears_result_fn *fn, void *arg)
{
    struct ears *e = obj_alloc(sizeof *e, ears_destroy);

    if (e == NULL)
        return ENOMEM;
    e->speech = obj_ref(s);
    e->loop = loop;
    e->fn = fn;
    e->arg = arg;
    pthread_mutex_init(&e->lock, NULL);
    *ep = e;
    return 0;
}

void ears_make_background(struct ears *e)
{
    e->background = true;
}

/* Makes room for n samples, forgetting the oldest second(s) at the limit. */
static int make_room(struct ears *e, size_t n)
{
    size_t room = e->room > 0 ? e->room : UTTERANCE_MIN;
    int16_t *pcm;

    if (e->n + n > UTTERANCE_MAX) {
        size_t forget = e->n + n - UTTERANCE_MAX > FORGET ? e->n + n - UTTERANCE_MAX : FORGET;

        e->n -= forget;
        memmove(e->pcm, e->pcm + forget, e->n * sizeof *e->pcm);
    }
    while (room < e->n + n)
        room *= 2;
    if (room == e->room)
        return 0;
    pcm = realloc(e->pcm, room * sizeof *pcm);
    if (pcm == NULL)
        return ENOMEM;
    e->pcm = pcm;
    e->room = room;
    return 0;
}

static void begin_utterance(struct ears *e, uint32_t utt)
{
    e->utterance = utt;
    e->n = e->fed = 0;
}

int ears_feed(struct ears *e, uint32_t utt, const int16_t *pcm, size_t n)
{
    int err;

    if (n > FORGET)
        return EMSGSIZE;
    pthread_mutex_lock(&e->lock);
    if (utt != e->utterance)
        begin_utterance(e, utt);
    err = make_room(e, n);
    if (!err) {
        memcpy(e->pcm + e->n, pcm, n * sizeof *pcm);
        e->n += n;
        e->fed += n;
    }
    pthread_mutex_unlock(&e->lock);
    return err;
}

static void deliver(void *arg)
{
    struct delivery *d = arg;

    if (!d->ears->closed)
        d->ears->fn(&d->result, d->ears->arg);
    obj_unref(d->ears);
    free(d);
}

static void send_result(struct ears *e, const struct ears_result *r, bool final)
{
    struct delivery *d = malloc(sizeof *d);

    if (d == NULL)
        return;
    d->ears = obj_ref(e);
    d->result = *r;
    d->result.final = final;
    if (loop_post(e->loop, deliver, d)) {
        obj_unref(e);
        free(d);
    }
}

static void submit_final(struct hearing *h);

static void start_next_partial(struct ears *e)
{
    struct hearing *h = e->next;

    if (h == NULL || e->running != NULL)
        return;
    e->next = NULL;
    e->running = h;
    crew_submit(e->speech->ears, &h->job);
}

static void read_answer(struct hearing *h, int err, const struct frame *answer)
{
    struct frame_text text;

    if (!err)
        err = answer->type == FRAME_TEXT ? frame_text_parse(&text, answer) : EPROTO;
    h->result.err = err;
    h->result.text[0] = '\0';
    if (err)
        return;
    memcpy(h->result.text, text.text, text.n);
    h->result.text[text.n] = '\0';
    h->result.confidence = text.confidence;
    h->result.work_ms = (int)text.work_ms;
}

static void on_final(struct crew_job *j, int err, const struct frame *answer)
{
    struct hearing *h = (struct hearing *)j;

    read_answer(h, err, answer);
    if (h->result.err && h->ears->background)
        atomic_fetch_add(&h->ears->speech->background_missed, 1);
    send_result(h->ears, &h->result, true);
    hearing_free(h);
}

static void on_partial(struct crew_job *j, int err, const struct frame *answer)
{
    struct hearing *h = (struct hearing *)j;
    struct ears *e = h->ears;

    e->running = NULL;
    read_answer(h, err, answer);
    obj_ref(e);
    if (h->serves_as_final && err == ECANCELED) {
        submit_final(h); /* it had been interrupted for another call's final */
    } else if (h->serves_as_final) {
        send_result(e, &h->result, true);
        hearing_free(h);
    } else if (err) {
        atomic_fetch_add(&e->speech->partials_dropped, 1);
        hearing_free(h);
    } else {
        send_result(e, &h->result, false);
        hearing_free(e->last);
        e->last = h;
        h->ears = NULL; /* no circle of references */
    }
    start_next_partial(e);
    obj_unref(e);
}

static int write_hear(struct buf *out, const struct crew_job *j, uint32_t number)
{
    const struct hearing *h = (const struct hearing *)j;
    uint8_t final = j->urgent; /* else it listens for our asking it to stop */

    return frame_put(out, FRAME_HEAR, number, &final, 1, h->pcm, h->n * sizeof *h->pcm);
}

static void drop_partial(struct hearing **hp)
{
    if (*hp == NULL)
        return;
    atomic_fetch_add(&(*hp)->ears->speech->partials_dropped, 1);
    hearing_free(*hp);
    *hp = NULL;
}

static void submit_final(struct hearing *h)
{
    h->job.urgent = !h->ears->background;
    h->job.cancellable = h->job.background = h->ears->background;
    h->job.done = on_final;
    if (h->ears->speech->ears != NULL)
        crew_submit(h->ears->speech->ears, &h->job);
    else
        on_final(&h->job, ESHUTDOWN, NULL);
}

static void forget_last(struct ears *e)
{
    hearing_free(e->last);
    e->last = NULL;
}

static bool same_audio(const struct hearing *a, const struct hearing *b)
{
    return a != NULL && a->result.utterance == b->result.utterance && a->fed == b->fed;
}

static void take_final(void *arg)
{
    struct hearing *h = arg;
    struct ears *e = h->ears;

    if (same_audio(e->last, h)) { /* heard already */
        send_result(e, &e->last->result, true);
        forget_last(e);
        hearing_free(h);
        return;
    }
    if (same_audio(e->running, h)) { /* being heard */
        e->running->serves_as_final = true;
        crew_hurry(e->speech->ears, &e->running->job);
        hearing_free(h);
        return;
    }
    drop_partial(&e->next);
    if (e->running != NULL && e->running->result.utterance == h->result.utterance && e->speech->ears != NULL) {
        struct hearing *stale = e->running;

        if (crew_withdraw(e->speech->ears, &stale->job))
            drop_partial(&e->running);
        else
            crew_interrupt(e->speech->ears, &stale->job);
    }
    forget_last(e);
    submit_final(h);
}

static void take_partial(void *arg)
{
    struct hearing *h = arg;
    struct ears *e = h->ears;

    if (e->speech->ears == NULL || (h->only_if_idle && !crew_idle(e->speech->ears))) {
        drop_partial(&h);
        return;
    }
    forget_last(e);
    drop_partial(&e->next);
    e->next = h;
    if (e->running != NULL && crew_withdraw(e->speech->ears, &e->running->job))
        drop_partial(&e->running); /* it never ran: the newer one takes its place */
    start_next_partial(e);
}

/* A request for what was heard of `utt` so far. A final takes the samples away, a partial copies them. */
static int hearing_alloc(struct hearing **hp, struct ears *e, uint32_t utt, bool final)
{
    struct hearing *h = calloc(1, sizeof *h);
    int err = 0;

    if (h == NULL)
        return ENOMEM;
    pthread_mutex_lock(&e->lock);
    if (utt != e->utterance)
        begin_utterance(e, utt);
    h->n = e->n;
    h->fed = e->fed;
    if (final) {
        h->pcm = e->pcm;
        e->pcm = NULL;
        e->n = e->fed = e->room = 0;
    } else if (h->n > 0) {
        h->pcm = malloc(h->n * sizeof *h->pcm);
        err = h->pcm == NULL ? ENOMEM : 0;
        if (!err)
            memcpy(h->pcm, e->pcm, h->n * sizeof *h->pcm);
    }
    pthread_mutex_unlock(&e->lock);
    if (err) {
        free(h);
        return err;
    }
    h->ears = obj_ref(e);
    h->job = (struct crew_job){.urgent = final, .cancellable = !final, .write = write_hear,
                               .done = final ? on_final : on_partial};
    h->result = (struct ears_result){.utterance = utt, .audio_ms = (int)(h->n / (CLIP_RATE / 1000))};
    *hp = h;
    return 0;
}

static int ask_partial(struct ears *e, uint32_t utt, bool only_if_idle)
{
    struct hearing *h;
    int err;

    if (e->background)
        return 0;
    err = hearing_alloc(&h, e, utt, false);
    if (err)
        return err;
    if (h->n == 0) {
        hearing_free(h);
        return 0;
    }
    h->only_if_idle = only_if_idle;
    err = speech_post(e->speech, take_partial, h);
    if (err)
        hearing_free(h);
    return err;
}

int ears_partial(struct ears *e, uint32_t utt)
{
    return ask_partial(e, utt, false);
}

int ears_partial_if_idle(struct ears *e, uint32_t utt)
{
    return ask_partial(e, utt, true);
}

int ears_flush(struct ears *e, uint32_t utt)
{
    struct hearing *h;
    int err = hearing_alloc(&h, e, utt, true);

    if (err)
        return err;
    if (h->n == 0) { /* nothing was said: the answer is known */
        send_result(e, &h->result, true);
        hearing_free(h);
        return 0;
    }
    err = speech_post(e->speech, take_final, h);
    if (err)
        hearing_free(h);
    return err;
}

static void take_drop(void *arg)
{
    struct ears *e = arg;

    drop_partial(&e->next);
    if (e->running != NULL && !e->running->serves_as_final && e->speech->ears != NULL) {
        if (crew_withdraw(e->speech->ears, &e->running->job))
            drop_partial(&e->running);
        else
            crew_interrupt(e->speech->ears, &e->running->job);
    }
    forget_last(e);
    obj_unref(e);
}

int ears_drop(struct ears *e, uint32_t utt)
{
    int err;

    pthread_mutex_lock(&e->lock);
    if (utt == e->utterance)
        e->n = e->fed = 0;
    pthread_mutex_unlock(&e->lock);
    err = speech_post(e->speech, take_drop, obj_ref(e));
    if (err)
        obj_unref(e);
    return err;
}

void ears_close(struct ears *e)
{
    if (e == NULL || e->closed)
        return;
    e->closed = true;
    (void)ears_drop(e, e->utterance);
}
