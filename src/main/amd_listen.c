#include "main/amd_listen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "call/tap.h"

#include "base/banned.h"

enum { FEED_MAX = 4000, TEXTS_MAX = 4, ANSWERED_MS = 1000, SAMPLES_PER_MS = CLIP_RATE / 1000, BUSY_TRIES = 4 };

/* What the recogniser will say, and when. */
struct amd_text { int64_t due_us; bool final; char text[SPEECH_TEXT_MAX]; };

struct amd_ears {
    struct loop *loop;
    struct speech *speech;
    const struct vad_model *model;
    const struct greeting_book *book;
    struct ears *ears;
    int work_ms;
    uint32_t asked;          /* utterance number of the newest request */
    struct ears_result result;
    bool answered;           /* it has come; one that failed has no text, as in a call */

    const struct clip *clip; /* of this listening */
    struct vad vad;
    size_t at, begins;       /* samples heard; where this utterance begins */
    int64_t quiet_us;        /* within speech: since when it is silent; 0: it is not */
    size_t n;
    struct amd_text texts[TEXTS_MAX];
};

static void on_ears(const struct ears_result *r, void *arg)
{
    struct amd_ears *e = arg;

    if (!r->final || r->utterance != e->asked)
        return;
    e->result = *r;
    e->answered = true;
    loop_stop(e->loop);
}

int amd_ears_alloc(struct amd_ears **ep, struct loop *loop, struct speech *speech, const struct vad_model *vad, const struct greeting_book *book, int work_ms)
{
    struct amd_ears *e = calloc(1, sizeof *e);
    int err;

    if (e == NULL)
        return ENOMEM;
    *e = (struct amd_ears){.loop = loop, .speech = speech, .model = vad, .book = book, .work_ms = work_ms};
    err = ears_open(&e->ears, speech, loop, on_ears, e);
    if (err)
        free(e);
    else
        *ep = e;
    return err;
}

void amd_ears_free(struct amd_ears *e)
{
    if (e == NULL)
        return;
    ears_close(e->ears);
    obj_unref(e->ears);
    free(e);
}

static int64_t time_us(size_t sample)
{
    return ((int64_t)ANSWERED_MS * SAMPLES_PER_MS + (int64_t)sample) * 1000 / SAMPLES_PER_MS;
}

static int ask(struct amd_ears *e)
{
    int err = 0;

    e->asked++;
    e->answered = false;
    for (size_t i = e->begins; i < e->at && !err; i += FEED_MAX)
        err = ears_feed(e->ears, e->asked, e->clip->pcm + i, e->at - i < FEED_MAX ? e->at - i : FEED_MAX);
    if (!err)
        err = ears_flush(e->ears, e->asked);
    while (!e->answered && !err)
        err = loop_run(e->loop, false, NULL, NULL);
    return err;
}

/* Recognises the utterance as far as it was heard, again if the machine was too busy and its time is given; the text is due at from_us plus the work. */
static int recognise(struct amd_ears *e, bool final, int64_t from_us)
{
    struct amd_text *t = e->n < TEXTS_MAX ? &e->texts[e->n] : NULL;
    int err;

    if (t == NULL)
        return 0;
    for (int tries = 0; tries == 0 || (e->result.err && e->work_ms > 0 && tries < BUSY_TRIES); tries++)
        if ((err = ask(e)) != 0)
            return err;
    *t = (struct amd_text){.due_us = from_us + (e->work_ms > 0 ? e->work_ms : e->result.work_ms) * INT64_C(1000), .final = final};
    (void)text_copy(t->text, sizeof t->text, e->result.err ? "" : e->result.text);
    e->n++;
    return 0;
}

/* The oldest text that is due. */
static bool next_text(struct amd_ears *e, int64_t now_us, struct amd_text *out)
{
    for (size_t i = 0; i < e->n; i++) {
        if (e->texts[i].due_us > now_us)
            continue;
        *out = e->texts[i];
        e->n--;
        memmove(e->texts + i, e->texts + i + 1, (e->n - i) * sizeof e->texts[0]);
        return true;
    }
    return false;
}

/* --- the detector, and what follows a machine's verdict --- */

static bool holds(const struct amd_heard *h)
{
    return answer_is_machine(h->answer.verdict.who);
}

static void act(struct amd_heard *h, unsigned actions)
{
    h->who = h->machine.who;
    h->over = actions != 0;
    if (actions & MACHINE_ACT_PERSON)
        h->who = ANSWER_HUMAN;
}

static void begin_machine(struct amd_heard *h, int64_t now_us)
{
    act(h, machine_begin(&h->machine, &machine_params_default, &h->answer, now_us));
}

static void take_text(struct amd_heard *h, const struct amd_text *t)
{
    if (holds(h) && t->final)
        act(h, machine_on_text(&h->machine, t->text, t->due_us));
    else if (!holds(h) && (answer_on_text(&h->answer, t->text, t->final, t->due_us) & ANSWER_ACT_VERDICT) && holds(h))
        begin_machine(h, t->due_us);
}

static void take_tone(struct amd_heard *h, const struct tone_event *tone, int64_t now_us)
{
    if (holds(h))
        act(h, machine_on_tone(&h->machine, tone, now_us));
    else if ((answer_on_tone(&h->answer, tone, now_us) & ANSWER_ACT_VERDICT) && holds(h))
        begin_machine(h, now_us);
}

static void take_voice(struct amd_heard *h, bool begins, int64_t at_us)
{
    if (holds(h))
        act(h, begins ? machine_on_voice(&h->machine, at_us) : machine_on_quiet(&h->machine, at_us));
    else
        (void)(begins ? answer_on_voice(&h->answer, at_us) : answer_on_quiet(&h->answer, at_us));
}

static int take_timers(struct amd_ears *e, struct amd_heard *h, int64_t now_us)
{
    struct answer *a = &h->answer;
    int err = 0;

    while (!holds(h) && a->deadline_us > 0 && a->deadline_us <= now_us && !err) {
        unsigned actions = answer_on_timer(a, a->deadline_us);

        if (actions & ANSWER_ACT_PARTIAL)
            err = recognise(e, false, now_us);
        if ((actions & ANSWER_ACT_VERDICT) && holds(h))
            begin_machine(h, now_us);
    }
    if (holds(h) && !h->over && h->machine.deadline_us > 0 && h->machine.deadline_us <= now_us)
        act(h, machine_on_timer(&h->machine, now_us));
    return err;
}

/* --- one frame --- */

static int end_utterance(struct amd_ears *e, struct amd_heard *h, int64_t now_us)
{
    int err = recognise(e, true, e->quiet_us > 0 ? e->quiet_us : now_us);

    if (err)
        return err;
    if (e->n > 0 && e->texts[e->n - 1].due_us < now_us)
        e->texts[e->n - 1].due_us = now_us; /* not before it is asked for */
    take_voice(h, false, time_us((size_t)e->vad.last_voiced));
    e->quiet_us = 0;
    return 0;
}

static int hear_voice(struct amd_ears *e, struct amd_heard *h, const int16_t *frame, int64_t now_us)
{
    enum vad_event ev = vad_push(&e->vad, frame, MEDIA_FRAME);

    if (ev == VAD_STOP)
        return end_utterance(e, h, now_us);
    if (!e->vad.speaking || e->vad.run_ms < TAP_QUIET_MS)
        e->quiet_us = 0;
    else if (e->quiet_us == 0) /* the tap lets the recogniser begin here */
        e->quiet_us = now_us;
    if (ev == VAD_START) {
        e->begins = e->at > TAP_PREROLL ? e->at - TAP_PREROLL : 0;
        take_voice(h, true, time_us((size_t)e->vad.speech_began));
    } else if (e->vad.speaking && e->at - e->begins > (size_t)TAP_CUT_MS * SAMPLES_PER_MS) {
        int err = recognise(e, true, now_us);

        e->begins = e->at;
        return err;
    }
    return 0;
}

static int hear(struct amd_ears *e, struct amd_heard *h, struct tones *tones, const int16_t *frame)
{
    int64_t now_us = time_us(e->at);
    struct tone_event tone;
    struct amd_text text;
    int err = hear_voice(e, h, frame, now_us);

    if (!err && tones_push(tones, frame, &tone))
        take_tone(h, &tone, now_us);
    while (!err && !h->over && next_text(e, now_us, &text))
        take_text(h, &text);
    return err ? err : take_timers(e, h, now_us);
}

int amd_listen(struct amd_heard *out, struct amd_ears *e, const struct clip *c)
{
    struct tones *tones;
    int err = tones_alloc(&tones);

    if (err)
        return err;
    *out = (struct amd_heard){.who = ANSWER_UNCERTAIN};
    answer_init(&out->answer, &answer_params_default, e->book, time_us(0), 0);
    vad_init(&e->vad, e->model, NULL);
    e->clip = c;
    e->begins = e->n = 0;
    e->quiet_us = 0;
    for (e->at = MEDIA_FRAME; e->at <= c->n && !err && !out->over; e->at += MEDIA_FRAME)
        err = hear(e, out, tones, c->pcm + e->at - MEDIA_FRAME);
    if (!holds(out))
        out->who = out->answer.verdict.who;
    tones_free(tones);
    return err;
}
