/* Ears and voice through real worker processes. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "speech_fixture.h"

static void a_text_becomes_a_clip_and_is_understood_again(void **state)
{
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "We are losing deals because we answer too slowly.");

    assert_in_range(clip_ms(clip), 1500, 5000);
    fixture_hear(f, 1, clip);
    assert_int_equal(f->result.err, 0);
    assert_true(f->result.final);
    assert_true(words_wrong("we are losing deals because we answer too slowly", f->result.text) <= 1);
    obj_unref(clip);
}

static void a_second_request_comes_from_memory(void **state)
{
    struct fixture *f = *state;
    struct clip *first = fixture_say(f, "default", "Got it."), *again = voice_cached(f->speech, "default", "Got it.");

    assert_ptr_equal(first, again);
    assert_null(voice_cached(f->speech, "flite:rms", "Got it."));
    obj_unref(again);
    obj_unref(first);
}

static void a_prefetched_text_is_ready_when_asked_for(void **state)
{
    struct fixture *f = *state;
    struct clip *clip;

    assert_int_equal(voice_prefetch(f->speech, "default", "That makes sense."), 0);
    clip = fixture_say(f, "default", "That makes sense.");
    assert_true(clip->n > 0);
    obj_unref(clip);
}

static void an_unknown_voice_is_an_error_not_a_silence(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(fixture_say_err(f, "flite:nobody", "Hello."), ENOENT);
    assert_int_equal(fixture_say_err(f, "default:pitch=9", "Hello."), EINVAL);
    assert_int_equal(fixture_say_err(f, "default", "  "), EINVAL);
}

static void simulated_people_have_voices_of_their_own(void **state)
{
    static const char *const voices[] = {"flite:rms", "flite:slt", "flite:awb", "flite:kal", "flite:kal16",
                                         "default:pitch=0.8,speed=1.1", "flite:slt,pitch=1.15"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++) {
        struct clip *clip = fixture_say(f, voices[i], "I would like to see a demo next week.");

        assert_in_range(clip_ms(clip), 1200, 5000);
        assert_true(clip_level_dbfs(clip) > -26 && clip_level_dbfs(clip) < -14);
        fixture_hear(f, 100 + (uint32_t)i, clip);
        print_message("%-30s %s\n", voices[i], f->result.text);
        obj_unref(clip);
    }
}

static void an_empty_utterance_has_an_empty_final(void **state)
{
    struct fixture *f = *state;

    fixture_flush(f, 7);
    assert_int_equal(f->finals, 1);
    assert_string_equal(f->result.text, "");
    assert_int_equal(f->result.err, 0);
}

static void a_partial_over_the_same_audio_serves_as_the_final(void **state)
{
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "Next quarter, I think.");

    fixture_feed(f, 8, clip);
    assert_int_equal(ears_partial(f->ears, 8), 0);
    fixture_flush(f, 8);
    assert_int_equal(f->finals, 1);
    assert_true(words_wrong("next quarter i think", f->result.text) <= 1);
    obj_unref(clip);
}

static void many_streams_each_get_their_own_final(void **state)
{
    enum { STREAMS = 12 };
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "Around two thousand a month.");
    struct stream stream[STREAMS];

    for (int i = 0; i < STREAMS; i++) {
        stream_open(&stream[i], f);
        for (size_t at = 0; at < clip->n; at += 160)
            assert_int_equal(ears_feed(stream[i].ears, 1, clip->pcm + at, clip->n - at < 160 ? clip->n - at : 160), 0);
        assert_int_equal(ears_partial(stream[i].ears, 1), 0);
        assert_int_equal(ears_feed(stream[i].ears, 1, (int16_t[160]){0}, 160), 0);
        assert_int_equal(ears_flush(stream[i].ears, 1), 0);
    }
    for (int i = 0; i < STREAMS; i++) {
        fixture_wait(f, &stream[i].finals, 1);
        assert_int_equal(stream[i].finals, 1);
        assert_true(words_wrong("around two thousand a month", stream[i].text) <= 2);
        stream_close(&stream[i]);
    }
    obj_unref(clip);
}

static void a_killed_worker_costs_no_final(void **state)
{
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "I recommend, and my boss decides.");
    struct speech_state before, after;

    speech_state_get(f->speech, &before);
    fixture_feed(f, 20, clip);
    fixture_signal_workers(f, "ears", SIGKILL);
    fixture_flush(f, 20);
    assert_int_equal(f->finals, 1);
    assert_int_equal(f->result.err, 0);
    assert_true(words_wrong("i recommend and my boss decides", f->result.text) <= 2);
    speech_state_get(f->speech, &after);
    assert_true(after.ears_restarts > before.ears_restarts);
    obj_unref(clip);
}

static void a_hanging_worker_is_replaced(void **state)
{
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "It is my call.");

    fixture_feed(f, 21, clip);
    fixture_signal_workers(f, "ears", SIGSTOP);
    fixture_flush(f, 21);
    assert_int_equal(f->finals, 1);
    assert_int_equal(f->result.err, 0);
    assert_true(words_wrong("it is my call", f->result.text) <= 1);
    obj_unref(clip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_a_clip_and_is_understood_again),
        cmocka_unit_test(a_second_request_comes_from_memory),
        cmocka_unit_test(a_prefetched_text_is_ready_when_asked_for),
        cmocka_unit_test(an_unknown_voice_is_an_error_not_a_silence),
        cmocka_unit_test(simulated_people_have_voices_of_their_own),
        cmocka_unit_test(an_empty_utterance_has_an_empty_final),
        cmocka_unit_test(a_partial_over_the_same_audio_serves_as_the_final),
        cmocka_unit_test(many_streams_each_get_their_own_final),
        cmocka_unit_test(a_killed_worker_costs_no_final),
        cmocka_unit_test(a_hanging_worker_is_replaced),
    };

    if (!fixture_models_present())
        return 0;
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
