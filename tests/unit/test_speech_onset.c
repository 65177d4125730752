/* test_speech_onset.c - the suspicion that somebody begins to speak: what stands out from the background and sounds like speech. What it sounds like is said by this
 * file: vad_peek is defined here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "speech/onset.h"

enum { PACKET = 160, WINDOW = VAD_CONTEXT + VAD_CHUNK, WARM_PACKETS = 5, SECONDS_10 = 500 };

static struct onset onset;
static struct vad vad;
static float sounds_like;      /* probability of speech */
static int looks;
static int16_t looked_at[WINDOW];

float vad_gain(const struct vad *v)
{
    (void)v;
    return 1;
}

float vad_peek(const struct vad *v, const int16_t pcm[VAD_CONTEXT + VAD_CHUNK])
{
    assert_ptr_equal(v, &vad);
    looks++;
    memcpy(looked_at, pcm, sizeof looked_at);
    return sounds_like;
}

static int begin(void **state)
{
    (void)state;
    onset_init(&onset);
    memset(&vad, 0, sizeof vad);
    sounds_like = 0.9f;
    looks = 0;
    return 0;
}

/* How many of so many packets of this amplitude are an onset. */
static int onsets(int packets, int amplitude)
{
    int16_t pcm[PACKET];
    int n = 0;

    for (int k = 0; k < PACKET; k++)
        pcm[k] = (int16_t)(k % 2 != 0 ? amplitude : -amplitude);
    for (int i = 0; i < packets; i++)
        n += onset_push(&onset, &vad, pcm, PACKET);
    return n;
}

static void the_first_packet_with_a_voice_is_an_onset(void **state)
{
    (void)state;
    assert_int_equal(onsets(WARM_PACKETS, 10), 0);
    assert_int_equal(onsets(1, 2000), 1);
}

static void nothing_is_suspected_before_there_is_enough_to_look_at(void **state)
{
    (void)state;
    assert_int_equal(onsets(1, 2000), 0);
    assert_int_equal(looks, 0);
    assert_int_equal(onsets(1, 2000), 1);
}

static void what_does_not_sound_like_speech_is_none(void **state)
{
    (void)state;
    assert_int_equal(onsets(WARM_PACKETS, 10), 0);
    sounds_like = 0.1f;
    assert_int_equal(onsets(1, 2000), 0); /* a knock */
    assert_int_equal(looks, 1);
}

static void who_speaks_already_does_not_begin(void **state)
{
    (void)state;
    assert_int_equal(onsets(WARM_PACKETS, 10), 0);
    vad.speaking = true;
    assert_int_equal(onsets(3, 2000), 0);
    vad.speaking = false;
    assert_int_equal(onsets(1, 2000), 1);
}

static void the_faintest_sound_is_nobody(void **state)
{
    (void)state;
    assert_int_equal(onsets(SECONDS_10, 1), 0);
    assert_int_equal(onsets(3, 30), 0); /* far louder than the background, and still too faint to be heard */
    assert_int_equal(looks, 0);
}

static void noise_becomes_the_background_and_a_voice_above_it_stands_out(void **state)
{
    (void)state;
    (void)onsets(SECONDS_10, 500);
    looks = 0;
    assert_int_equal(onsets(5, 500), 0);
    assert_int_equal(onsets(5, 1000), 0); /* 6 dB louder */
    assert_int_equal(looks, 0);
    assert_int_equal(onsets(1, 2500), 1); /* 14 dB */
}

static void the_background_falls_at_once(void **state)
{
    (void)state;
    (void)onsets(SECONDS_10, 2000);
    assert_int_equal(onsets(1, 50), 0);
    assert_int_equal(onsets(1, 500), 1);
}

/* Packets of any length, of which one may be longer than what is looked at. */
static void the_newest_samples_are_looked_at_in_their_order(void **state)
{
    static const size_t sizes[] = {80, 160, 1, 240, 480, 80, 3, 160, 288, 400};
    int16_t pcm[480], next = 1000;

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (size_t k = 0; k < sizes[i]; k++)
            pcm[k] = next++;
        onset.floor = 1; /* everything stands out */
        looks = 0;
        (void)onset_push(&onset, &vad, pcm, sizes[i]);
        assert_int_equal(looks, next - 1000 >= WINDOW);
        for (int k = 0; looks > 0 && k < WINDOW; k++)
            assert_int_equal(looked_at[k], next - WINDOW + k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_first_packet_with_a_voice_is_an_onset, begin),
        cmocka_unit_test_setup(nothing_is_suspected_before_there_is_enough_to_look_at, begin),
        cmocka_unit_test_setup(what_does_not_sound_like_speech_is_none, begin),
        cmocka_unit_test_setup(who_speaks_already_does_not_begin, begin),
        cmocka_unit_test_setup(the_faintest_sound_is_nobody, begin),
        cmocka_unit_test_setup(noise_becomes_the_background_and_a_voice_above_it_stands_out, begin),
        cmocka_unit_test_setup(the_background_falls_at_once, begin),
        cmocka_unit_test_setup(the_newest_samples_are_looked_at_in_their_order, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
