/* line_scene.c - a frame is: theirs leaves -> what has arrived -> jitter buffer -> our next frame -> tap -> what the tap told -> texts that are due -> timers. */
#include "main/line_scene.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "call/overlap.h"
#include "call/tap.h"
#include "call/turn.h"
#include "line/media_player.h"
#include "main/bench_words.h"
#include "main/line_road.h"

#include "base/banned.h"

enum {
    FRAME_US = MEDIA_PTIME_MS * 1000, TOLD_MAX = 64, FINALS_MAX = 16, HEARD_MAX = 4096, SOUND_MAX = 30 * CLIP_RATE,
    REST_MS = 1000,       /* between two acts */
    ANSWER_AFTER_MS = 500, INTERRUPT_AFTER_MS = 1500,
    SETTLE_MS = 4000,     /* an act is over so long after their last word */
    NEAR_US = 700000,     /* what we do so soon after their voice is about it */
    AFTER_US = 300000,    /* of sound behind their words, for the recogniser alone */
    OWN_UTTERANCES = 1000000, /* above the tap's numbers */
    RESUME_BACK_MS = 40, LOUD = 300,
};

/* Filled on the studio's loop, emptied by the scene after a loop_call: never both at once. */
struct scene_told { size_t n; struct tap_event ev[TOLD_MAX]; };

struct scene_final { int64_t due_us; uint32_t utterance; char text[TURN_TEXT_MAX]; };

struct scene {
    bool detail;
    struct studio *studio;
    struct scene_score *score;
    struct scene_told *told; /* obj.h: the tap's owner */
    struct mport_tap tap;
    atomic_bool flinches;
    struct road road;
    struct player player;
    struct turn turn;
    int64_t now_us;
    int16_t ours[MEDIA_FRAME]; /* the newest frame we sent */
    size_t final_count;
    struct scene_final final[FINALS_MAX];
    /* what is true */
    const struct scene_act *act;
    size_t at;                 /* in their clip */
    int64_t theirs_from_us, theirs_to_us; /* of this act; 0: not yet */
    int64_t done_us;           /* the turn at hand was taken */
    bool spoken;               /* our clip has ended */
    int64_t stopped_us;
    struct overlap voice;
    struct overlap_ms overlap;
    struct buf heard;
    size_t arrived;            /* their sound as it came out of the jitter buffer, from the beginning of their words */
    int16_t sound[SOUND_MAX];
    uint32_t own_utterance;
};

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct scene_told *t = owner;

    if (t->n < TOLD_MAX)
        t->ev[t->n++] = *ev;
}

/* --- our side --- */

static bool they_spoke(const struct scene *s)
{
    return s->theirs_from_us > 0 && (s->theirs_to_us == 0 || s->now_us - s->theirs_to_us < NEAR_US);
}

static void stop_us(struct scene *s)
{
    struct media_event ev;

    while (player_drop(&s->player, &ev))
        continue;
    if (!they_spoke(s) && s->stopped_us == 0)
        s->score->stopped_us++;
    s->stopped_us = s->stopped_us > 0 ? s->stopped_us : s->now_us;
}

static void act_on(struct scene *s, unsigned actions);

static void pause_us(struct scene *s)
{
    struct media_event ev;

    if (!player_pause(&s->player, &ev))
        return;
    if (!they_spoke(s))
        s->score->paused_us++;
    act_on(s, turn_on_paused(&s->turn, s->now_us, false));
}

static void take_turn(struct scene *s)
{
    bool early = s->theirs_from_us > 0 && s->theirs_to_us == 0;

    (void)buf_printf(&s->heard, "%s ", s->turn.text);
    if (s->turn.text[0] == '\0' && s->turn.interrupted == false && !they_spoke(s)) { /* a noise */
        turn_void(&s->turn);
    } else {
        if (s->act->kind == SCENE_ASK)
            s->score->cut += early;
        if (!early && s->theirs_to_us > 0 && s->done_us == 0) {
            s->done_us = s->now_us;
            if (s->act->kind == SCENE_ASK)
                samples_add(&s->score->turn_ms, (double)(s->now_us - s->theirs_to_us) / 1000 + SCENE_ANSWER_MS);
        }
        turn_next(&s->turn);
    }
    turn_on_listen(&s->turn, s->act->expects, 0);
    turn_on_spoken(&s->turn, s->now_us);
}

static void act_on(struct scene *s, unsigned actions)
{
    if (actions & TURN_ACT_PAUSE)
        pause_us(s);
    if (actions & TURN_ACT_RESUME)
        player_resume(&s->player, RESUME_BACK_MS);
    if (actions & TURN_ACT_STOP)
        stop_us(s);
    if (actions & TURN_ACT_ASIDE)
        (void)buf_printf(&s->heard, "%s ", s->turn.aside);
    if (actions & TURN_ACT_DONE)
        take_turn(s);
}

static bool loud(const int16_t *pcm)
{
    int64_t sum = 0;

    for (int i = 0; i < MEDIA_FRAME; i++)
        sum += pcm[i] * pcm[i];
    return sum > (int64_t)MEDIA_FRAME * LOUD * LOUD;
}

static void say(struct scene *s)
{
    struct play_marks marks;
    bool playing = player_frame(&s->player, s->ours, &marks);

    if (!playing)
        memset(s->ours, 0, sizeof s->ours);
    if (playing && loud(s->ours))
        overlap_ours_began(&s->voice, s->now_us);
    else
        overlap_ours_ended(&s->voice, s->now_us, !s->player.paused && s->stopped_us == 0);
    for (unsigned i = 0; i < marks.n; i++)
        if (marks.ev[i].kind == MEDIA_EV_PLAY_DONE && !s->spoken) {
            s->spoken = true;
            turn_on_spoken(&s->turn, s->now_us);
        }
}

/* --- what the tap told --- */

static void await_final(struct scene *s, const struct tap_event *ev)
{
    const char *text = studio_await(s->studio, ev->utterance);
    int64_t ready = ev->at_us + (int64_t)(TAP_QUIET_MS + SCENE_WORK_MS) * 1000;
    struct scene_final *f;

    if (s->final_count == FINALS_MAX)
        return;
    f = &s->final[s->final_count++];
    *f = (struct scene_final){.due_us = ready > ev->seen_us ? ready : ev->seen_us, .utterance = ev->utterance};
    (void)text_copy(f->text, sizeof f->text, text);
}

static void take_event(struct scene *s, const struct tap_event *ev)
{
    switch (ev->kind) {
    case TAP_SPEECH_START:
        act_on(s, turn_on_vad_start(&s->turn, ev->at_us));
        break;
    case TAP_SPEECH_STOP:
        await_final(s, ev);
        act_on(s, turn_on_vad_stop(&s->turn, ev->utterance, ev->at_us));
        break;
    case TAP_SPEECH_CUT:
        await_final(s, ev);
        act_on(s, turn_on_cut(&s->turn, ev->utterance));
        break;
    case TAP_TONE:
        break;
    }
}

static void nothing(void *arg)
{
    (void)arg;
}

static void take_told(struct scene *s)
{
    (void)loop_call(studio_loop(s->studio), nothing, NULL); /* whatever was posted has run */
    for (size_t i = 0; i < s->told->n; i++)
        take_event(s, &s->told->ev[i]);
    s->told->n = 0;
}

static void take_finals(struct scene *s)
{
    for (size_t i = 0; i < s->final_count;) {
        struct scene_final f = s->final[i];

        if (f.due_us > s->now_us) {
            i++;
            continue;
        }
        memmove(s->final + i, s->final + i + 1, (--s->final_count - i) * sizeof s->final[0]);
        act_on(s, turn_on_final(&s->turn, f.utterance, f.text, s->now_us));
    }
}

/* --- their side --- */

static void their_frame(struct scene *s, int16_t out[MEDIA_FRAME])
{
    const struct clip *c = s->act->theirs;
    size_t n = 0;

    memset(out, 0, MEDIA_FRAME * sizeof *out);
    if (s->theirs_from_us == 0 || c == NULL || s->at >= c->n)
        return;
    n = c->n - s->at < MEDIA_FRAME ? c->n - s->at : MEDIA_FRAME;
    memcpy(out, c->pcm + s->at, n * sizeof *out);
    s->at += n;
    if (s->at == c->n)
        s->theirs_to_us = s->now_us + (int64_t)n * 1000000 / CLIP_RATE;
}

static void keep_sound(struct scene *s, const int16_t pcm[MEDIA_FRAME])
{
    bool on = s->theirs_from_us > 0 && (s->theirs_to_us == 0 || s->now_us - s->theirs_to_us < AFTER_US);

    if (!on || s->arrived + MEDIA_FRAME > SOUND_MAX)
        return;
    memcpy(s->sound + s->arrived, pcm, MEDIA_FRAME * sizeof *pcm);
    s->arrived += MEDIA_FRAME;
}

static void arrive(struct scene *s)
{
    int16_t pcm[MEDIA_FRAME];

    while (road_arrive(&s->road, pcm, s->now_us))
        if (s->tap.arrived(pcm, MEDIA_FRAME, s->now_us, s->tap.arg))
            pause_us(s);
}

static void frame(struct scene *s)
{
    int16_t theirs[MEDIA_FRAME], heard[MEDIA_FRAME];
    bool real;

    s->now_us += FRAME_US;
    their_frame(s, theirs);
    road_send(&s->road, theirs, s->ours, s->now_us);
    atomic_store(&s->flinches, turn_may_pause(&s->turn));
    arrive(s);
    if (jitter_depth_ms(&s->road.jitter) > s->score->depth_max_ms)
        s->score->depth_max_ms = jitter_depth_ms(&s->road.jitter);
    real = jitter_get(&s->road.jitter, heard);
    keep_sound(s, heard);
    say(s);
    s->tap.frame(heard, s->ours, !real, s->now_us, s->tap.arg);
    take_told(s);
    take_finals(s);
    act_on(s, turn_on_timer(&s->turn, s->now_us));
}

static void frames(struct scene *s, int ms)
{
    for (int at = 0; at < ms; at += MEDIA_PTIME_MS)
        frame(s);
}

/* --- acts --- */

static void begin_speaking(struct scene *s)
{
    turn_on_listen(&s->turn, s->act->expects, 0);
    (void)turn_on_speak(&s->turn);
    (void)player_add(&s->player, (struct clip *)(uintptr_t)s->act->ours, 1, 0);
}

static void let_them_speak(struct scene *s)
{
    s->theirs_from_us = s->now_us + FRAME_US;
    while (s->theirs_to_us == 0)
        frame(s);
}

/* Until our sentence is over, and theirs for SETTLE_MS. */
static void settle(struct scene *s)
{
    for (int ms = 0; ms < SETTLE_MS || (s->player.n > 0 && s->turn.state != TURN_PAUSED && ms < 30000); ms += MEDIA_PTIME_MS)
        frame(s);
}

static void tell_act(const struct scene *s, const char *alone)
{
    static const char *const kinds[] = {[SCENE_ASK] = "answer", [SCENE_BARGE] = "words over us", [SCENE_SIGNAL] = "signal over us", [SCENE_NOTHING] = "nothing"};
    int64_t from = s->theirs_from_us;

    printf("    %-14s %-30.30s heard \"%s\", alone \"%s\"; we stopped after %lld ms, took the turn %lld ms behind it, overlap %d + %d ms\n", kinds[s->act->kind], s->act->words, buf_str(&s->heard), alone,
           s->stopped_us > 0 ? (long long)(s->stopped_us - from) / 1000 : -1, s->done_us > 0 ? (long long)(s->done_us - s->theirs_to_us) / 1000 : -1, s->overlap.began, s->overlap.went_on);
}

static void score_words(struct scene *s)
{
    const char *alone;

    if (s->act->words == NULL)
        return;
    alone = studio_hear(s->studio, OWN_UTTERANCES + s->own_utterance++, s->sound, s->arrived);
    s->score->words += bench_words_count(s->act->words);
    s->score->wrong += bench_words_wrong(s->act->words, buf_str(&s->heard));
    s->score->wrong_alone += bench_words_wrong(s->act->words, alone);
    if (s->detail)
        tell_act(s, alone);
}

static void score_act(struct scene *s)
{
    struct scene_score *r = s->score;

    overlap_theirs(&s->overlap, &s->voice, s->theirs_from_us, s->theirs_to_us);
    if (s->act->theirs != NULL)
        samples_add(&r->overlap_ms, s->overlap.began + s->overlap.went_on);
    if (s->stopped_us > s->theirs_from_us && s->act->kind == SCENE_BARGE)
        samples_add(&r->stop_ms, s->overlap.went_on + (s->overlap.went_on > 0 ? OVERLAP_PAUSE_MS : 0));
    r->turns += s->act->kind == SCENE_ASK;
    r->unheard += s->act->kind == SCENE_ASK && s->done_us == 0;
    r->barges += s->act->kind == SCENE_BARGE;
    r->missed += s->act->kind == SCENE_BARGE && s->stopped_us == 0;
    r->signals += s->act->kind == SCENE_SIGNAL;
    r->gave_way += s->act->kind == SCENE_SIGNAL && s->stopped_us > 0;
    r->speeches += s->act->kind == SCENE_NOTHING || s->act->kind == SCENE_ASK;
    score_words(s);
}

static void play_act(struct scene *s, const struct scene_act *a)
{
    struct media_event ev;

    s->act = a;
    s->at = s->arrived = 0;
    s->theirs_from_us = s->theirs_to_us = s->done_us = s->stopped_us = 0;
    s->spoken = false;
    s->overlap = (struct overlap_ms){0};
    s->voice = (struct overlap){0};
    buf_clear(&s->heard);
    begin_speaking(s);
    if (a->kind == SCENE_ASK) {
        while (!s->spoken && s->stopped_us == 0)
            frame(s);
        frames(s, ANSWER_AFTER_MS);
        let_them_speak(s);
    } else if (a->theirs != NULL) {
        frames(s, INTERRUPT_AFTER_MS);
        let_them_speak(s);
    }
    settle(s);
    score_act(s);
    while (player_drop(&s->player, &ev))
        continue;
    turn_init(&s->turn, &turn_params_default);
    frames(s, REST_MS);
}

static int open_scene(struct scene *s, const struct bad_line *line)
{
    struct tap_params p = {.model = studio_model(s->studio), .ears = studio_ears(s->studio), .flinches = &s->flinches, .control = studio_loop(s->studio), .fn = on_tap};

    s->told = obj_alloc(sizeof *s->told, NULL);
    if (s->told == NULL)
        return ENOMEM;
    p.owner = s->told;
    road_init(&s->road, line);
    turn_init(&s->turn, &turn_params_default);
    buf_init(&s->heard, HEARD_MAX);
    s->now_us = 1000000000;
    return tap_hooks(&s->tap, &p);
}

int line_scene_run(struct scene_score *out, struct studio *studio, const struct bad_line *line, const struct scene_act *acts, size_t n, bool detail)
{
    struct scene *s = calloc(1, sizeof *s);
    static const struct scene_act rest = {.kind = SCENE_NOTHING};
    int err = s != NULL ? 0 : ENOMEM;

    if (err)
        return err;
    s->studio = studio;
    s->detail = detail;
    s->score = out;
    s->act = &rest;
    err = open_scene(s, line);
    if (!err)
        frames(s, REST_MS);
    for (size_t i = 0; i < n && !err; i++)
        play_act(s, &acts[i]);
    out->late = (unsigned)s->road.jitter.late_dropped;
    out->concealed = (unsigned)s->road.jitter.concealed;
    if (s->tap.closed != NULL)
        s->tap.closed(s->tap.arg);
    buf_release(&s->heard);
    obj_unref(s->told);
    free(s);
    return err;
}

void scene_score_release(struct scene_score *s)
{
    samples_release(&s->turn_ms);
    samples_release(&s->stop_ms);
    samples_release(&s->overlap_ms);
}
