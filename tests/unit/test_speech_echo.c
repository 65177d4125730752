/* test_speech_echo.c - our own voice coming back is known; somebody else's is not taken for it. Voices are played by filtered noise with syllables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "speech/echo.h"

enum { FRAMES = 150, N = FRAMES * ECHO_FRAME, DELAY = 900, LOOK = 640 };

static int16_t ours[N], other[N], heard[N];

/* Something with the envelope of speech: a syllable each fifth of a second. */
static void voice(int16_t *out, uint32_t seed, int amplitude)
{
    float low = 0;

    for (int i = 0; i < N; i++) {
        seed = seed * 1664525u + 1013904223u;
        low += 0.4f * ((float)((int)(seed >> 16) - 32768) / 32768.0f - low);
        out[i] = (int16_t)(low * (float)amplitude * (i / 800 % 2 != 0 ? 1.0f : 0.1f));
    }
}

static void mix_late(int delay, float echo, float noise)
{
    uint32_t seed = 99;

    for (int i = 0; i < N; i++) {
        seed = seed * 1664525u + 1013904223u;
        heard[i] = (int16_t)((i >= delay ? echo * (float)ours[i - delay] : 0) + noise * (float)((int)(seed >> 16) - 32768) / 32768.0f);
    }
}

static void mix(float echo, float noise)
{
    mix_late(DELAY, echo, noise);
}

/* Which share of the looks, one each 100 ms, calls it an echo? In percent. */
static int recognised(struct echo *e, const int16_t *what)
{
    int looks = 0, hits = 0;

    for (int f = 0; f < FRAMES; f++) {
        echo_sent(e, ours + (size_t)f * ECHO_FRAME);
        if (f < 25 || f % 5 != 0)
            continue;
        looks++;
        hits += echo_recognise(e, what + (size_t)(f + 1) * ECHO_FRAME - LOOK, LOOK);
    }
    return hits * 100 / looks;
}

static int setup(void **state)
{
    (void)state;
    voice(ours, 1, 12000);
    voice(other, 2, 12000);
    return 0;
}

static void a_faint_late_copy_of_us_is_an_echo(void **state)
{
    struct echo e;

    (void)state;
    echo_init(&e);
    mix(0.1f, 0);
    assert_true(recognised(&e, heard) >= 95);
    assert_in_range((int)(e.gain * 1000), 80, 120);
}

static void some_noise_does_not_hide_it(void **state)
{
    struct echo e;

    (void)state;
    echo_init(&e);
    mix(0.1f, 60);
    assert_true(recognised(&e, heard) >= 50); /* once is enough */
}

static void another_voice_is_none(void **state)
{
    struct echo e;

    (void)state;
    echo_init(&e);
    assert_int_equal(recognised(&e, other), 0);
    for (int f = 0; f < FRAMES; f++)
        assert_false(echo_covers(&e, other + (size_t)f * ECHO_FRAME)); /* a call without echo is never touched */
}

/* One look at the end of what was sent. */
static bool looks_like_echo(struct echo *e, int delay, float noise)
{
    mix_late(delay, 0.2f, noise);
    return echo_recognise(e, heard + N - LOOK, LOOK);
}

/* Two voices of one pitch are alike for a moment: that must not make the line deaf for the rest of the call. */
static void a_resemblance_counts_once_and_at_the_same_delay_again_for_good(void **state)
{
    const float half = 650; /* so much noise that the likeness is in doubt */
    struct echo e;

    (void)state;
    echo_init(&e);
    for (int f = FRAMES - ECHO_FRAMES; f < FRAMES; f++)
        echo_sent(&e, ours + (size_t)f * ECHO_FRAME);
    assert_true(looks_like_echo(&e, 1600, half));
    assert_true(e.gain == 0);
    assert_true(looks_like_echo(&e, 1700, half));
    assert_true(e.gain == 0);
    assert_false(echo_covers(&e, heard + N - LOOK));
    assert_true(looks_like_echo(&e, 1700, half));
    assert_true(e.gain > 0.1f);
}

static void what_is_as_loud_as_we_are_is_no_echo(void **state)
{
    struct echo e;

    (void)state;
    echo_init(&e);
    mix(0.9f, 0);
    assert_int_equal(recognised(&e, heard), 0);
    assert_true(e.gain == 0);
}

static void who_is_louder_than_the_echo_is_heard(void **state)
{
    struct echo e;
    int16_t frame[ECHO_FRAME];
    int covered = 0;

    (void)state;
    echo_init(&e);
    mix(0.1f, 0);
    (void)recognised(&e, heard);
    for (int f = 30; f < FRAMES; f++)
        covered += echo_covers(&e, heard + (size_t)f * ECHO_FRAME);
    assert_true(covered >= (FRAMES - 30) * 95 / 100);
    for (int i = 0; i < ECHO_FRAME; i++)
        frame[i] = (int16_t)(i % 2 != 0 ? 3000 : -3000);
    assert_false(echo_covers(&e, frame));
}

static void while_we_are_silent_nothing_is_an_echo(void **state)
{
    static const int16_t silence[ECHO_FRAME];
    struct echo e;

    (void)state;
    echo_init(&e);
    mix(0.1f, 0);
    (void)recognised(&e, heard);
    for (int f = 0; f < ECHO_FRAMES; f++)
        echo_sent(&e, silence);
    assert_false(echo_possible(&e));
    assert_false(echo_recognise(&e, heard, LOOK));
    assert_false(echo_covers(&e, heard + 20 * ECHO_FRAME));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_faint_late_copy_of_us_is_an_echo),
        cmocka_unit_test(some_noise_does_not_hide_it),
        cmocka_unit_test(another_voice_is_none),
        cmocka_unit_test(a_resemblance_counts_once_and_at_the_same_delay_again_for_good),
        cmocka_unit_test(what_is_as_loud_as_we_are_is_no_echo),
        cmocka_unit_test(who_is_louder_than_the_echo_is_heard),
        cmocka_unit_test(while_we_are_silent_nothing_is_an_echo),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
