#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "speech/pcm.h"
#include "speech/recording.h"

static void put(uint8_t **p, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *(*p)++ = (uint8_t)(v >> (8 * i));
}

/* A header for `bytes` of data; returns its size. */
static size_t head(uint8_t out[44], unsigned tag, unsigned channels, unsigned rate, unsigned bits, uint32_t bytes)
{
    uint8_t *p = out;

    memcpy(p, "RIFF\0\0\0\0WAVEfmt ", 16);
    p += 16;
    put(&p, 16, 4);
    put(&p, tag, 2);
    put(&p, channels, 2);
    put(&p, rate, 4);
    put(&p, rate * channels * bits / 8, 4);
    put(&p, channels * bits / 8, 2);
    put(&p, bits, 2);
    memcpy(p, "data", 4);
    p += 4;
    put(&p, bytes, 4);
    return (size_t)(p - out);
}

static void the_sides_of_a_call_are_told_apart(void **state)
{
    uint8_t wav[44 + 8];
    struct recording r;

    (void)state;
    (void)head(wav, 1, 2, 8000, 16, 8);
    memcpy(wav + 44, "\1\0\2\0\3\0\4\0", 8);
    assert_int_equal(recording_parse(&r, wav, sizeof wav), 0);
    assert_int_equal(r.channels, 2);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.pcm[0][1], 3);
    assert_int_equal(r.pcm[1][1], 4);
    recording_release(&r);
}

static void a_recording_that_was_cut_off_is_read_to_its_end(void **state)
{
    uint8_t wav[44 + 6];
    struct recording r;

    (void)state;
    (void)head(wav, 1, 1, 8000, 16, 0xffffffff);
    memcpy(wav + 44, "\1\0\2\0\3\0", 6);
    assert_int_equal(recording_parse(&r, wav, sizeof wav), 0);
    assert_int_equal(r.n, 3);
    recording_release(&r);
}

static void mu_law_is_widened(void **state)
{
    uint8_t wav[44 + 4];
    struct recording r;

    (void)state;
    (void)head(wav, 7, 1, 8000, 8, 4);
    memcpy(wav + 44, "\xff\x7f\x80\x00", 4);
    assert_int_equal(recording_parse(&r, wav, sizeof wav), 0);
    assert_int_equal(r.pcm[0][0], 0);
    assert_int_equal(r.pcm[0][1], 0);
    assert_int_equal(r.pcm[0][2], 32124);
    assert_int_equal(r.pcm[0][3], -32124);
    recording_release(&r);
}

static void a_tone_survives_the_change_of_rate(void **state)
{
    enum { N = 16000 };
    uint8_t *wav = malloc(44 + 2 * N), *p = wav + 44;
    struct recording r;
    double sum = 0;

    (void)state;
    (void)head(wav, 1, 1, 16000, 16, 2 * N);
    for (int i = 0; i < N; i++)
        put(&p, (uint16_t)(int16_t)(10000 * sin(2 * M_PI * 1000 * i / 16000)), 2);
    assert_int_equal(recording_parse(&r, wav, 44 + 2 * N), 0);
    assert_int_equal(r.n, N / 2);
    for (size_t i = 100; i + 100 < r.n; i++)
        sum += fabs(r.pcm[0][i] - 10000 * sin(2 * M_PI * 1000 * (double)i / 8000));
    assert_true(sum / (double)r.n < 30);
    recording_release(&r);
    free(wav);
}

static void what_lies_above_the_telephone_band_is_removed(void **state)
{
    enum { N = 4000 };
    static float in[N], out[N];
    size_t n;

    (void)state;
    for (int i = 0; i < N; i++)
        in[i] = (float)sin(2 * M_PI * 5000 * i / 16000);
    n = pcm_halve(out, in, N);
    for (size_t i = 100; i + 100 < n; i++)
        assert_true(fabsf(out[i]) < 0.01f);
}

static void loudness_is_levelled_without_clipping(void **state)
{
    enum { N = 8000 };
    static float x[N];
    static const float amplitudes[] = {0.01f, 0.1f, 0.9f};

    (void)state;
    for (size_t k = 0; k < sizeof amplitudes / sizeof *amplitudes; k++) {
        double sum = 0;

        for (int i = 0; i < N; i++)
            x[i] = i < N / 2 ? amplitudes[k] * (float)sin(2 * M_PI * 200 * i / 8000) : 0;
        pcm_level(x, N);
        for (int i = 0; i < N / 2; i++)
            sum += (double)x[i] * (double)x[i];
        assert_true(fabs(10 * log10(sum / (N / 2)) - (double)PCM_LOUDNESS_DBFS) < 0.5);
    }
}

static void other_shapes_are_refused(void **state)
{
    static const struct {
        unsigned tag, channels, rate, bits;
    } shapes[] = {{1, 2, 44100, 16}, {1, 3, 8000, 16}, {1, 1, 8000, 8}, {3, 1, 8000, 32}, {1, 0, 8000, 16}};
    uint8_t wav[44 + 8] = {0};
    struct recording r;

    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        (void)head(wav, shapes[i].tag, shapes[i].channels, shapes[i].rate, shapes[i].bits, 8);
        assert_int_equal(recording_parse(&r, wav, sizeof wav), EINVAL);
    }
    assert_int_equal(recording_parse(&r, (const uint8_t *)"RIFF", 4), EINVAL);
    assert_int_equal(recording_read(&r, "/nonexistent/x.wav"), ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sides_of_a_call_are_told_apart),
        cmocka_unit_test(a_recording_that_was_cut_off_is_read_to_its_end),
        cmocka_unit_test(mu_law_is_widened),
        cmocka_unit_test(a_tone_survives_the_change_of_rate),
        cmocka_unit_test(what_lies_above_the_telephone_band_is_removed),
        cmocka_unit_test(loudness_is_levelled_without_clipping),
        cmocka_unit_test(other_shapes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
