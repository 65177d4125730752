#include "desk/pickup.h"

#include <errno.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obj.h"
#include "call/tap.h"

#include "base/banned.h"

enum { ASK_AFTER_MS = 600, ASK_AGAIN_MS = 3000, ASKED_MAX = 2, ASK_SEQ = 9 };

struct pickup {
    struct desk *desk;      /* borrowed */
    struct mport *port;     /* reference */
    pickup_fn *fn;          /* NULL: told, or stopped */
    void *arg;
    struct clip *question;  /* NULL: still on its way, or nobody can say it */
    int asked;
    bool may_ask;           /* the telephone is at their ear */
    struct timer ask_timer, window_timer, answer_timer;
    struct answer answer;
    struct ears *ears;      /* NULL: tones and time only */
    uint32_t utterance;
};

static const char *question_of(enum pickup_purpose purpose)
{
    static const char *const questions[] = {"Baton has a caller for you. Press one to take the call, or two to pass it on.", "This is the call that you asked for. Press one to place it, or two to drop it."};

    return questions[purpose];
}

static void pickup_destroy(void *obj)
{
    struct pickup *p = obj;

    obj_unref(p->port);
    obj_unref(p->question);
    obj_unref(p->ears);
}

void pickup_stop(struct pickup *p)
{
    if (p == NULL || p->fn == NULL)
        return;
    p->fn = NULL;
    timer_cancel(&p->ask_timer);
    timer_cancel(&p->window_timer);
    timer_cancel(&p->answer_timer);
    mport_set_tap(p->port, NULL);
    mport_hear_touch(p->port, false);
    mport_stop(p->port);
    if (p->ears != NULL)
        ears_close(p->ears);
}

static void tell(struct pickup *p, enum pickup_result r)
{
    struct pickup *keep = obj_ref(p);
    pickup_fn *fn = p->fn;

    pickup_stop(p);
    if (fn != NULL)
        fn(r, p->arg);
    obj_unref(keep);
}

static void on_window_over(void *arg)
{
    tell(arg, PICKUP_TIMEOUT);
}

/* --- the question --- */

static void ask(void *arg)
{
    struct pickup *p = arg;

    p->may_ask = true;
    if (p->question == NULL || p->asked == ASKED_MAX)
        return;
    p->asked++;
    mport_play(p->port, p->question, ASK_SEQ, 0);
}

static void on_question(int err, struct clip *clip, void *arg)
{
    struct pickup *p = arg;

    if (err)
        log_warn("desk", "", "a closer's telephone cannot be asked for a key: error %d", err);
    else if (p->fn != NULL)
        p->question = obj_ref(clip);
    obj_unref(clip);
    if (p->may_ask && p->fn != NULL)
        ask(p);
    obj_unref(p);
}

static void prepare_question(struct pickup *p, enum pickup_purpose purpose)
{
    struct desk *d = p->desk;

    if (d->speech != NULL && voice_say(d->speech, d->cfg.voice, question_of(purpose), d->control, on_question, obj_ref(p)) != 0)
        obj_unref(p);
}

void pickup_prepare(struct desk *d, enum pickup_purpose purpose)
{
    if (d->speech != NULL)
        (void)voice_prefetch(d->speech, d->cfg.voice, question_of(purpose));
}

void pickup_media(struct pickup *p, const struct media_event *ev)
{
    if (p->fn == NULL)
        return;
    if (ev->kind == MEDIA_EV_DTMF && ev->digit == '1')
        tell(p, PICKUP_TAKEN);
    else if (ev->kind == MEDIA_EV_DTMF && ev->digit == '2')
        tell(p, PICKUP_PASSED);
    else if (ev->kind == MEDIA_EV_PLAY_DONE && ev->seq == ASK_SEQ)
        timer_start(&p->ask_timer, ASK_AGAIN_MS, ask, p);
}

/* --- who is it --- */

/* A menu asks for keys as we do, and a screener lets a person through: both are given the window. */
static bool is_nobody(enum answer_who w)
{
    return answer_is_machine(w) && w != ANSWER_IVR && w != ANSWER_SCREENING;
}

static void on_answer_timer(void *arg);

static void act(struct pickup *p, unsigned actions)
{
    int64_t now_us = clock_mono_us(), due = p->answer.deadline_us;

    if ((actions & ANSWER_ACT_PARTIAL) && p->ears != NULL)
        (void)ears_partial_if_idle(p->ears, p->utterance);
    if (p->fn != NULL && (actions & ANSWER_ACT_VERDICT) && is_nobody(p->answer.verdict.who)) {
        tell(p, PICKUP_MACHINE);
        return;
    }
    if (due == 0 || p->fn == NULL)
        timer_cancel(&p->answer_timer);
    else
        timer_start(&p->answer_timer, due > now_us ? (due - now_us + 999) / 1000 : 0, on_answer_timer, p);
}

static void on_answer_timer(void *arg)
{
    struct pickup *p = arg;

    act(p, answer_on_timer(&p->answer, clock_mono_us()));
}

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct pickup *p = owner;

    if (p->fn == NULL)
        return;
    if (ev->kind == TAP_SPEECH_START)
        p->utterance = ev->utterance;
    act(p, answer_on_tap(&p->answer, ev));
}

static void on_ears(const struct ears_result *r, void *arg)
{
    struct pickup *p = arg;
    const char *text = r->err ? "" : r->text;

    if (p->fn != NULL && (r->final || text[0] != '\0'))
        act(p, answer_on_text(&p->answer, text, r->final, clock_mono_us()));
}

static void listen(struct pickup *p)
{
    const struct desk_config *cfg = &p->desk->cfg;

    if (p->desk->speech != NULL && cfg->greetings != NULL && ears_open(&p->ears, p->desk->speech, p->desk->control, on_ears, p) != 0)
        p->ears = NULL;
    answer_init(&p->answer, &answer_params_default, cfg->greetings, clock_mono_us(), 0);
    if (tap_attach(p->port, &(struct tap_params){.model = cfg->vad, .ears = p->ears, .tones = true, .control = p->desk->control, .fn = on_tap, .owner = p}) != 0)
        log_warn("desk", "", "a closer's telephone is not listened to: only the end of the window tells a voicemail");
    mport_hear_touch(p->port, true);
}

int pickup_start(struct pickup **pp, struct desk *d, struct mport *port, enum pickup_purpose purpose, int window_ms, pickup_fn *fn, void *arg)
{
    struct pickup *p = obj_alloc(sizeof *p, pickup_destroy);

    if (p == NULL)
        return ENOMEM;
    p->desk = d;
    p->port = obj_ref(port);
    p->fn = fn;
    p->arg = arg;
    timer_init(&p->ask_timer);
    timer_init(&p->window_timer);
    timer_init(&p->answer_timer);
    listen(p);
    prepare_question(p, purpose);
    timer_start(&p->ask_timer, ASK_AFTER_MS, ask, p);
    timer_start(&p->window_timer, window_ms, on_window_over, p);
    act(p, 0);
    *pp = p;
    return 0;
}
