/* cmd_bench_media_ai.c
 *
 *   media thread: vad_push --START--> control: mport_stop
 *                         \--STOP---> control --> talk pool: talk_step --> control: mport_play
 *
 * A leg is kept alive by its tap and by each step or post under way. */
#include "main/cmd_bench_media_ai.h"

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clip.h"
#include "base/clock.h"
#include "base/obj.h"
#include "base/pool.h"
#include "base/text.h"
#include "main/models.h"
#include "speech/vad.h"
#include "talk/scenario.h"
#include "talk/talk.h"
#include "talk/understand.h"

#include "base/banned.h"

enum { PROMPT_MS = 1500, SCENARIO_BYTES_MAX = 1 << 20, PATH_BYTES = 1024 };

/* What a prospect says in turn; the dialogue reacts as it may. */
static const char *const utterances[] = {
    "yes sure go ahead",
    "we get maybe forty calls a day and most of them after hours",
    "about two thousand dollars a month",
    "i'd have to talk to my partner about it",
    "how much does it cost",
    "within the next three weeks or so",
    "i'm the office manager",
};

struct bench_ai {
    struct loop *control;
    struct vad_model *vad;
    struct clip *prompt;
    struct pool *pool;
    struct scenario *scenario; /* NULL: no dialogue */
    struct und *und;
    _Atomic uint64_t utterances;
    struct samples overhead; /* control loop */
};

struct bench_ai_leg { /* refcounted */
    struct bench_ai *ai;
    struct mport *port; /* control loop; NULL after stop */
    uint32_t seq;
    bool stepping;      /* control loop: a step is under way; another utterance waits for the next */
    unsigned said;
    struct talk *talk;  /* talk pool, one step at a time */
    struct vad detector; /* media thread */
    _Atomic int64_t stopped_us; /* when it last heard an utterance end */
    int64_t step_us;     /* what the newest talk_step took */
};

static void leg_destroy(void *obj)
{
    struct bench_ai_leg *l = obj;

    obj_unref(l->talk);
    obj_unref(l->port);
}

/* ---- talk pool ---- */

static void new_talk(struct bench_ai_leg *l)
{
    static const struct talk_lead lead = {.first_name = "Priya", .company = "Lumen", .source = "web form"};
    struct talk_effects effects;

    l->talk = obj_unref(l->talk);
    if (talk_alloc(&l->talk, l->ai->scenario, l->ai->und, &lead, l->said) == 0)
        talk_step(l->talk, &(struct talk_input){.kind = TALK_IN_START}, clock_now_ms(), &effects);
}

static void step(void *arg)
{
    const size_t n = sizeof utterances / sizeof utterances[0];
    struct bench_ai_leg *l = arg;
    struct talk_effects effects;

    if (l->ai->scenario == NULL)
        return;
    if (l->talk == NULL || talk_ended(l->talk))
        new_talk(l);
    if (l->talk == NULL)
        return;
    l->step_us = clock_mono_us();
    talk_step(l->talk, &(struct talk_input){.kind = TALK_IN_TEXT, .text = utterances[l->said++ % n]}, clock_now_ms(), &effects);
    l->step_us = clock_mono_us() - l->step_us;
    for (size_t i = 0; i < effects.n; i++)
        if (effects.at[i].kind == TALK_HANGUP || effects.at[i].kind == TALK_HANDOFF)
            l->talk = obj_unref(l->talk); /* the next utterance begins a new talk */
}

/* ---- control loop ---- */

static void on_stepped(void *arg)
{
    struct bench_ai_leg *l = arg;

    l->stepping = false;
    if (l->port != NULL) {
        mport_play(l->port, l->ai->prompt, ++l->seq, 0);
        samples_add(&l->ai->overhead, (double)(clock_mono_us() - atomic_load(&l->stopped_us) - l->step_us) / 1000.0);
    }
    obj_unref(l);
}

static void on_utterance(void *arg)
{
    struct bench_ai_leg *l = arg;

    atomic_fetch_add(&l->ai->utterances, 1);
    if (l->port == NULL || l->stepping || pool_submit(l->ai->pool, step, on_stepped, l->ai->control, l) != 0)
        obj_unref(l);
    else
        l->stepping = true; /* on_stepped gives the reference back */
}

static void on_barge_in(void *arg)
{
    struct bench_ai_leg *l = arg;

    if (l->port != NULL)
        mport_stop(l->port);
    obj_unref(l);
}

/* ---- media thread ---- */

static void on_frame(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg)
{
    struct bench_ai_leg *l = arg;
    enum vad_event ev = vad_push(&l->detector, pcm, MEDIA_FRAME);

    (void)our_audio;
    (void)concealed;
    (void)at_us;
    if (ev == VAD_STOP)
        atomic_store(&l->stopped_us, clock_mono_us());
    if (ev != VAD_NONE && loop_post(l->ai->control, ev == VAD_START ? on_barge_in : on_utterance, obj_ref(l)) != 0)
        obj_unref(l);
}

static void on_tap_closed(void *arg)
{
    obj_unref(arg);
}

/* ---- legs ---- */

int bench_ai_leg_start(struct bench_ai_leg **lp, struct bench_ai *a, struct mport *port)
{
    struct bench_ai_leg *l = obj_alloc(sizeof *l, leg_destroy);

    if (l == NULL)
        return ENOMEM;
    l->ai = a;
    l->port = obj_ref(port);
    vad_init(&l->detector, a->vad, &vad_params_default);
    mport_set_tap(port, &(struct mport_tap){.frame = on_frame, .arg = obj_ref(l), .closed = on_tap_closed});
    *lp = l;
    return 0;
}

void bench_ai_leg_stop(struct bench_ai_leg *l)
{
    if (l == NULL)
        return;
    l->port = obj_unref(l->port);
    obj_unref(l);
}

struct samples *bench_ai_overhead(struct bench_ai *a)
{
    return &a->overhead;
}

uint64_t bench_ai_utterances(const struct bench_ai *a)
{
    return atomic_load(&a->utterances);
}

/* ---- what they share ---- */

static int make_prompt(struct clip **cp)
{
    int err = clip_alloc(cp, PROMPT_MS * (CLIP_RATE / 1000));

    for (size_t i = 0; !err && i < (*cp)->n; i++)
        (*cp)->pcm[i] = (int16_t)(6000 * sin(0.25 * (double)i) * sin(0.003 * (double)i));
    return err;
}

static int load_dialogue(struct bench_ai *a, const char *path, const char *models)
{
    struct scenario_issues *issues = calloc(1, sizeof *issues);
    struct minilm *model = NULL;
    char *yaml = NULL;
    size_t n = 0;
    int err = issues == NULL ? ENOMEM : text_read_file(&yaml, &n, path, SCENARIO_BYTES_MAX);

    if (!err)
        err = scenario_load(&a->scenario, yaml, n, issues);
    if (!err && models_minilm(&model, models) != 0)
        fprintf(stderr, "baton bench media: no sentence model in %s, the dialogue uses rules\n", models);
    if (!err)
        err = und_alloc(&a->und, a->scenario, model);
    obj_unref(model);
    free(yaml);
    free(issues);
    return err;
}

int bench_ai_alloc(struct bench_ai **ap, const struct bench_options *o, struct loop *control)
{
    struct bench_ai *a = calloc(1, sizeof *a);
    char path[PATH_BYTES];
    int err;

    if (a == NULL)
        return ENOMEM;
    a->control = control;
    snprintf(path, sizeof path, "%s/vad/silero8k.bin", o->models);
    err = vad_model_load(&a->vad, path);
    if (err)
        fprintf(stderr, "baton bench media: %s: cannot be loaded\n", path);
    if (!err)
        err = make_prompt(&a->prompt);
    if (!err)
        err = pool_alloc(&a->pool, 1, "talk");
    if (!err && o->scenario != NULL)
        err = load_dialogue(a, o->scenario, o->models);
    if (err)
        bench_ai_free(a);
    else
        *ap = a;
    return err;
}

void bench_ai_free(struct bench_ai *a)
{
    if (a == NULL)
        return;
    if (a->pool != NULL)
        pool_close(a->pool);
    obj_unref(a->und);
    obj_unref(a->scenario);
    obj_unref(a->prompt);
    obj_unref(a->vad);
    samples_release(&a->overhead);
    free(a);
}
