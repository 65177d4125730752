/* test_practice_bad_line.c - bad lines as they are written, and what they do to sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <math.h>

#include "line/spoil.h"
#include "practice/bad_line.h"

static void a_line_is_written_in_words(void **state)
{
    struct bad_line l;

    (void)state;
    assert_int_equal(bad_line_parse(&l, "noise_db=10,gain_db=-30,echo_db=-20,echo_ms=90,loss=3,jitter_ms=40"), 0);
    assert_int_equal(l.sound.noise_db, 10);
    assert_int_equal(l.sound.gain_db, -30);
    assert_int_equal(l.sound.echo_db, -20);
    assert_int_equal(l.sound.echo_ms, 90);
    assert_int_equal(l.loss, 3);
    assert_int_equal(l.jitter_ms, 40);
    assert_int_equal(bad_line_parse(&l, ""), 0);
    assert_int_equal(l.loss, 0);
}

static void mistakes_are_refused(void **state)
{
    static const char *const wrong[] = {"noise", "noise_db", "noise_db=", "noise_db=x", "noise_db=0", "noise_db=61", "echo_db=20", "wind=3", "loss=3,", ",loss=3", "loss=3;jitter_ms=4", "loss,jitter_ms=4"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bad_line l = {.loss = 7};

        if (i == 8) { /* a comma at the end is harmless */
            assert_int_equal(bad_line_parse(&l, wrong[i]), 0);
            continue;
        }
        if (bad_line_parse(&l, wrong[i]) != EINVAL)
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_int_equal(l.loss, 7); /* nothing is written */
    }
}

static double rms(const int16_t *pcm, int n)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += (double)pcm[i] * pcm[i];
    return sqrt(sum / n);
}

/* A second of this voice over this line, and of what is heard meanwhile. */
static void send(int16_t out[8000], const struct media_spoil *line, int voice, int theirs)
{
    static struct spoil s;

    spoil_init(&s, line);
    for (int f = 0; f < 50; f++) {
        int16_t heard[MEDIA_FRAME];

        for (int i = 0; i < MEDIA_FRAME; i++) {
            heard[i] = (int16_t)(f == 0 && i == 0 ? theirs : 0); /* one click */
            out[f * MEDIA_FRAME + i] = (int16_t)(i % 2 != 0 ? voice : -voice);
        }
        spoil_frame(&s, out + f * MEDIA_FRAME, heard);
    }
}

static void sound_gets_fainter_noisy_and_echoes(void **state)
{
    int16_t out[8000];

    (void)state;
    send(out, &(struct media_spoil){.gain_db = -20}, 10000, 0);
    assert_in_range((int)rms(out, 8000), 990, 1010);
    send(out, &(struct media_spoil){.noise_db = 10}, 0, 0);
    assert_in_range((int)rms(out, 8000), 900, 1170); /* 10 dB below speech at -20 dBFS */
    send(out, &(struct media_spoil){.echo_db = -20, .echo_ms = 100}, 0, 20000);
    for (int i = 0; i < 8000; i++)
        assert_int_equal(out[i], i == 800 ? 2000 : 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_written_in_words),
        cmocka_unit_test(mistakes_are_refused),
        cmocka_unit_test(sound_gets_fainter_noisy_and_echoes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
