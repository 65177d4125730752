/* test_call_tap.c - what the tap gives to the recogniser and tells the call. Voice activity, recogniser, port and loop are played by this file (defined
 * here, they take the place of the libraries'): a script says at which frames speech starts and stops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/obj.h"
#include "call/tap.h"

enum { POSTS_MAX = 64, FRAME_US = 20000, PREROLL_FRAMES = TAP_PREROLL / MEDIA_FRAME, LATE_FRAMES = 5, SILENCE_FRAMES = 10 };

static struct world {
    int start_at, stop_at;                 /* frame at which the detector is sure; it began LATE_FRAMES before, ended SILENCE_FRAMES before */
    int frame;
    int quiet_from, quiet_to;              /* frames between which the detector doubts that they still speak */
    float voice_like;                      /* what it makes of an onset */
    struct mport_tap tap;
    struct { loop_fn *fn; void *arg; } posts[POSTS_MAX];
    int post_count;
    int64_t fed[8];                        /* samples by utterance */
    int16_t first[8], last[8];             /* number of the first and last frame of each utterance */
    const void *overhearing;
    char story[512];
} *world;

static void tell_story(const char *word, unsigned utterance)
{
    size_t at = strlen(world->story);

    snprintf(world->story + at, sizeof world->story - at, "%s%u ", word, utterance);
}

/* --- the others --- */

void vad_init(struct vad *v, const struct vad_model *m, const struct vad_params *p)
{
    (void)p;
    *v = (struct vad){.model = m};
}

void vad_reset(struct vad *v)
{
    vad_init(v, v->model, NULL);
}

enum vad_event vad_push(struct vad *v, const int16_t *pcm, size_t n)
{
    (void)pcm;
    v->samples += (int64_t)n;
    v->run_ms = v->speaking && world->frame >= world->quiet_from && world->frame < world->quiet_to ? TAP_QUIET_MS : 0;
    if (world->frame == world->start_at) {
        v->speaking = true;
        v->speech_began = v->samples - LATE_FRAMES * MEDIA_FRAME;
        return VAD_START;
    }
    if (world->frame == world->stop_at) {
        v->speaking = false;
        v->last_voiced = v->samples - SILENCE_FRAMES * MEDIA_FRAME;
        return VAD_STOP;
    }
    return VAD_NONE;
}

int ears_feed(struct ears *e, uint32_t utt, const int16_t *pcm, size_t n)
{
    (void)e;
    assert_true(utt < 8);
    if (world->fed[utt] == 0)
        world->first[utt] = pcm[0];
    world->last[utt] = pcm[n - 1];
    world->fed[utt] += (int64_t)n;
    return 0;
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
    (void)pcm;
    return world->voice_like;
}

int ears_partial_if_idle(struct ears *e, uint32_t utt)
{
    (void)e;
    tell_story("partial", utt);
    return 0;
}

int ears_flush(struct ears *e, uint32_t utt)
{
    tell_story((const void *)e == world->overhearing ? "aside" : "flush", utt);
    return 0;
}

int loop_post(struct loop *l, loop_fn *fn, void *arg)
{
    (void)l;
    assert_true(world->post_count < POSTS_MAX);
    world->posts[world->post_count].fn = fn;
    world->posts[world->post_count++].arg = arg;
    return 0;
}

void mport_set_tap(struct mport *p, const struct mport_tap *tap)
{
    (void)p;
    world->tap = *tap;
}

/* --- the call --- */

struct listener { atomic_int hearing; atomic_bool flinches; _Atomic int64_t loud_us; int64_t onset_us, start_us, stop_us; enum tap_hearing hearing_last; };

static void on_tap(const struct tap_event *ev, void *owner)
{
    static const char *const names[] = {"start", "stop", "cut", "tone"};
    struct listener *l = owner;

    tell_story(names[ev->kind], ev->utterance);
    l->hearing_last = ev->hearing;
    if (ev->kind == TAP_SPEECH_START)
    {
        l->start_us = ev->at_us;
        l->onset_us = ev->onset_us;
    }
    if (ev->kind == TAP_SPEECH_STOP)
        l->stop_us = ev->at_us;
}

static void run_posts(void)
{
    for (int i = 0; i < world->post_count; i++)
        world->posts[i].fn(world->posts[i].arg);
    world->post_count = 0;
}

static int destroyed;

static void count_destroyed(void *obj)
{
    (void)obj;
    destroyed++;
}

static void hear(int frames)
{
    int16_t pcm[MEDIA_FRAME];

    for (int i = 0; i < frames; i++) {
        world->frame++;
        for (int k = 0; k < MEDIA_FRAME; k++)
            pcm[k] = (int16_t)world->frame;
        world->tap.frame(pcm, NULL, false, (int64_t)world->frame * FRAME_US, world->tap.arg);
        run_posts();
    }
}

/* A tone of 1000 Hz. */
static void hear_beep(int frames)
{
    static const int16_t wave[] = {0, 5657, 8000, 5657, 0, -5657, -8000, -5657};
    int16_t pcm[MEDIA_FRAME];

    for (int k = 0; k < MEDIA_FRAME; k++)
        pcm[k] = wave[k % 8];
    for (int i = 0; i < frames; i++) {
        world->frame++;
        world->tap.frame(pcm, NULL, false, (int64_t)world->frame * FRAME_US, world->tap.arg);
        run_posts();
    }
}

static struct listener *begin(int start_at, int stop_at)
{
    struct listener *l = obj_alloc(sizeof *l, count_destroyed);
    void *ears = obj_alloc(16, count_destroyed), *others = obj_alloc(16, count_destroyed);

    world = calloc(1, sizeof *world);
    assert_non_null(world);
    world->start_at = start_at;
    world->stop_at = stop_at;
    destroyed = 0;
    assert_int_equal(tap_attach(NULL, &(struct tap_params){.model = (const struct vad_model *)world, .ears = ears, .overhearing = others, .hearing = &l->hearing, .flinches = &l->flinches, .loud_us = &l->loud_us, .tones = true, .fn = on_tap, .owner = l}), 0);
    world->overhearing = others;
    obj_unref(ears);
    obj_unref(others);
    return l;
}

/* The port lets go first, then the owner: both objects are freed, on the control loop. */
static void end(struct listener *l)
{
    obj_unref(l);
    assert_int_equal(destroyed, 0);
    world->tap.closed(world->tap.arg);
    assert_int_equal(destroyed, 2); /* both ears; the owner waits for its own loop */
    run_posts();
    assert_int_equal(destroyed, 3);
    free(world);
    world = NULL;
}

static void what_was_said_before_the_detector_was_sure_is_heard(void **state)
{
    struct listener *l = begin(100, 150);

    (void)state;
    hear(200);
    assert_string_equal(world->story, "start1 flush1 stop1 ");
    assert_int_equal(world->first[1], 100 - PREROLL_FRAMES + 1);
    assert_int_equal(world->last[1], 150);
    assert_int_equal(world->fed[1], (PREROLL_FRAMES + 50) * MEDIA_FRAME);
    assert_int_equal(l->start_us, (int64_t)(100 - LATE_FRAMES) * FRAME_US);
    assert_int_equal(l->stop_us, (int64_t)(150 - SILENCE_FRAMES) * FRAME_US);
    end(l);
}

static void speech_at_the_very_beginning_has_a_short_preroll(void **state)
{
    struct listener *l = begin(3, 20);

    (void)state;
    hear(30);
    assert_int_equal(world->first[1], 1);
    assert_int_equal(world->fed[1], 20 * MEDIA_FRAME);
    end(l);
}

static void a_monologue_is_cut_and_nothing_of_it_is_lost(void **state)
{
    const int cut_frames = TAP_CUT_MS / 20;
    struct listener *l = begin(20, 20 + 2 * cut_frames + 100);

    (void)state;
    hear(20 + 2 * cut_frames + 200);
    assert_string_equal(world->story, "start1 flush1 cut1 flush2 cut2 flush3 stop3 ");
    assert_int_equal(world->first[2], world->last[1] + 1);
    assert_int_equal(world->first[3], world->last[2] + 1);
    assert_int_equal(world->last[3], world->stop_at);
    for (int u = 1; u <= 3; u++)
        assert_true(world->fed[u] <= (int64_t)SPEECH_UTTERANCE_MAX_S * CLIP_RATE);
    end(l);
}

static void between_humans_a_monologue_comes_in_smaller_pieces(void **state)
{
    struct listener *l = begin(20, 20 + TAP_ASIDE_CUT_MS / 20 + 100);

    (void)state;
    atomic_store(&l->hearing, TAP_OVERHEARS);
    hear(20 + TAP_ASIDE_CUT_MS / 20 + 200);
    assert_string_equal(world->story, "start1 aside1 cut1 aside2 stop2 ");
    assert_int_equal(world->first[2], world->last[1] + 1);
    end(l);
}

static void between_humans_the_recogniser_hears_nothing(void **state)
{
    struct listener *l = begin(50, 100);

    (void)state;
    atomic_store(&l->hearing, TAP_DEAF);
    hear(120);
    assert_string_equal(world->story, "start1 stop1 "); /* that somebody speaks is still told */
    assert_int_equal(world->fed[1], 0);
    end(l);
}

static void muting_ends_the_utterance_and_unmuting_begins_a_new_one(void **state)
{
    struct listener *l = begin(50, 1000);

    (void)state;
    hear(60);
    atomic_store(&l->hearing, TAP_DEAF);
    hear(1);
    assert_string_equal(world->story, "start1 flush1 stop1 "); /* what was said so far is wanted */
    assert_int_equal(world->last[1], 60);
    hear(19); /* sound goes on, as music does */
    atomic_store(&l->hearing, TAP_HEARS);
    world->start_at = 90;
    hear(20);
    assert_string_equal(world->story, "start1 flush1 stop1 start2 ");
    assert_int_equal(world->first[2], 81); /* nothing from before */
    end(l);
}

static void what_humans_say_goes_to_other_ears_up_to_the_last_word(void **state)
{
    struct listener *l = begin(50, 1000);

    (void)state;
    hear(60);
    atomic_store(&l->hearing, TAP_OVERHEARS);
    hear(1);
    assert_string_equal(world->story, "start1 flush1 stop1 "); /* the first half was for the talk */
    assert_true(world->fed[1] > 0);
    world->start_at = 80;
    hear(40);
    assert_string_equal(world->story, "start1 flush1 stop1 start2 ");
    assert_int_equal(l->hearing_last, TAP_OVERHEARS);
    world->tap.closed(world->tap.arg); /* hung up in mid word */
    run_posts();
    assert_string_equal(world->story, "start1 flush1 stop1 start2 aside2 stop2 ");
    obj_unref(l);
    free(world);
    world = NULL;
}

static void a_beep_is_told_and_between_humans_it_is_not(void **state)
{
    struct listener *l = begin(1000, 1000);

    (void)state;
    hear(20);
    hear_beep(20);
    hear(20);
    assert_string_equal(world->story, "tone0 ");
    atomic_store(&l->hearing, TAP_DEAF);
    hear_beep(20);
    hear(20);
    assert_string_equal(world->story, "tone0 ");
    end(l);
}

static void each_utterance_has_a_number_of_its_own(void **state)
{
    struct listener *l = begin(50, 100);

    (void)state;
    hear(120);
    world->start_at = 160;
    world->stop_at = 200;
    hear(100);
    assert_string_equal(world->story, "start1 flush1 stop1 start2 flush2 stop2 ");
    assert_int_equal(world->first[2], 160 - PREROLL_FRAMES + 1);
    end(l);
}

static void silence_within_speech_starts_the_recogniser_and_is_kept_back(void **state)
{
    struct listener *l = begin(100, 180);

    (void)state;
    world->quiet_from = 130;
    world->quiet_to = 135;
    hear(140);
    assert_string_equal(world->story, "start1 partial1 ");
    assert_int_equal(world->fed[1], (PREROLL_FRAMES + 40) * MEDIA_FRAME); /* they spoke on: nothing is missing */
    world->quiet_from = 171;
    world->quiet_to = 200;
    hear(60);
    assert_string_equal(world->story, "start1 partial1 partial1 flush1 stop1 ");
    assert_int_equal(world->last[1], 170); /* the partial heard all that the final would */
    end(l);
}

static bool arrives(int amplitude)
{
    int16_t pcm[MEDIA_FRAME];

    for (int k = 0; k < MEDIA_FRAME; k++)
        pcm[k] = (int16_t)(k % 2 != 0 ? amplitude : -amplitude);
    return world->tap.arrived(pcm, MEDIA_FRAME, (int64_t)world->frame * FRAME_US, world->tap.arg);
}

static void an_onset_pauses_us_while_we_may_be_paused(void **state)
{
    struct listener *l = begin(5, 50);

    (void)state;
    world->voice_like = 0.9f;
    hear(2);
    for (int i = 0; i < 5; i++)
        assert_false(arrives(10));
    assert_false(arrives(2000)); /* we are silent */
    atomic_store(&l->flinches, true);
    assert_false(arrives(10));
    assert_true(arrives(2000));
    assert_int_equal(atomic_load(&l->loud_us), 2 * FRAME_US);
    world->voice_like = 0.1f;
    assert_false(arrives(10));
    assert_false(arrives(2000)); /* a knock */
    hear(10);
    assert_int_equal(l->onset_us, FRAME_US); /* the packet that came at frame 2 began a frame before */
    end(l);
}

static void an_onset_that_no_speech_followed_is_not_told_with_later_speech(void **state)
{
    struct listener *l = begin(30, 80);

    (void)state;
    world->voice_like = 0.9f;
    atomic_store(&l->flinches, true);
    hear(2);
    assert_false(arrives(10));
    assert_true(arrives(2000));
    hear(40); /* their speech is sure 560 ms later */
    assert_string_equal(world->story, "start1 ");
    assert_int_equal(l->onset_us, 0);
    end(l);
}

static void our_own_echo_is_not_taken_for_them(void **state)
{
    struct listener *l = begin(45, 1000);
    int16_t noise[60][MEDIA_FRAME], silence[MEDIA_FRAME] = {0};
    uint32_t random = 1;

    (void)state;
    for (int f = 0; f < 60; f++)
        for (int k = 0; k < MEDIA_FRAME; k++) {
            random = random * 1664525u + 1013904223u;
            noise[f][k] = (int16_t)((int)(random >> 18) - 8192);
        }
    for (int f = 0; f < 60; f++) { /* what we say comes back a tenth as loud, 100 ms later */
        int16_t heard[MEDIA_FRAME];

        for (int k = 0; k < MEDIA_FRAME; k++)
            heard[k] = (int16_t)(f < 5 ? 0 : noise[f - 5][k] / 10);
        world->frame++;
        world->tap.frame(heard, noise[f], false, (int64_t)world->frame * FRAME_US, world->tap.arg);
        run_posts();
    }
    assert_string_equal(world->story, "");
    atomic_store(&l->flinches, true);
    world->voice_like = 0.9f;
    for (int f = 54; f < 56; f++) { /* nor do we flinch at it: the same sound, faint and loud */
        int16_t heard[MEDIA_FRAME], loud[MEDIA_FRAME];

        for (int k = 0; k < MEDIA_FRAME; k++) {
            heard[k] = (int16_t)(noise[f][k] / 10);
            loud[k] = noise[(f + 30) % 60][MEDIA_FRAME - 1 - k];
        }
        assert_false(world->tap.arrived(heard, MEDIA_FRAME, (int64_t)world->frame * FRAME_US, world->tap.arg));
        if (f == 55)
            assert_true(world->tap.arrived(loud, MEDIA_FRAME, (int64_t)world->frame * FRAME_US, world->tap.arg)); /* somebody else */
    }
    atomic_store(&l->flinches, false);
    world->start_at = 200;
    for (; world->frame < 205;) { /* somebody else does begin */
        world->frame++;
        world->tap.frame(noise[world->frame % 7], silence, false, (int64_t)world->frame * FRAME_US, world->tap.arg);
        run_posts();
    }
    assert_string_equal(world->story, "start1 ");
    end(l);
}

static void without_a_model_nothing_is_told(void **state)
{
    struct listener *l = obj_alloc(sizeof *l, count_destroyed);

    (void)state;
    world = calloc(1, sizeof *world);
    destroyed = 1; /* there are no ears */
    assert_int_equal(tap_attach(NULL, &(struct tap_params){.fn = on_tap, .owner = l}), 0);
    world->start_at = 10;
    hear(20);
    assert_string_equal(world->story, "");
    obj_unref(l);
    world->tap.closed(world->tap.arg);
    run_posts();
    assert_int_equal(destroyed, 2);
    free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_said_before_the_detector_was_sure_is_heard),
        cmocka_unit_test(speech_at_the_very_beginning_has_a_short_preroll),
        cmocka_unit_test(a_monologue_is_cut_and_nothing_of_it_is_lost),
        cmocka_unit_test(between_humans_a_monologue_comes_in_smaller_pieces),
        cmocka_unit_test(between_humans_the_recogniser_hears_nothing),
        cmocka_unit_test(muting_ends_the_utterance_and_unmuting_begins_a_new_one),
        cmocka_unit_test(what_humans_say_goes_to_other_ears_up_to_the_last_word),
        cmocka_unit_test(a_beep_is_told_and_between_humans_it_is_not),
        cmocka_unit_test(each_utterance_has_a_number_of_its_own),
        cmocka_unit_test(silence_within_speech_starts_the_recogniser_and_is_kept_back),
        cmocka_unit_test(an_onset_pauses_us_while_we_may_be_paused),
        cmocka_unit_test(an_onset_that_no_speech_followed_is_not_told_with_later_speech),
        cmocka_unit_test(our_own_echo_is_not_taken_for_them),
        cmocka_unit_test(without_a_model_nothing_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
