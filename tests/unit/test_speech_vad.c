/* The voice activity detector against its original, and against what is no voice. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "speech/vad.h"
#include "speech_fixture.h"

static struct vad_model *load_model(void)
{
    struct vad_model *m;
    char path[1100];

    snprintf(path, sizeof path, "%s/vad/silero8k.bin", fixture_models());
    assert_int_equal(vad_model_load(&m, path), 0);
    return m;
}

struct resonator {
    double p, q, y1, y2;
};

static struct resonator resonator_at(double hz, double width)
{
    double r = exp(-M_PI * width / 8000);

    return (struct resonator){.p = 2 * r * cos(2 * M_PI * hz / 8000), .q = -r * r};
}

static double resonate(struct resonator *r, double x)
{
    double y = x + r->p * r->y1 + r->q * r->y2;

    r->y2 = r->y1;
    r->y1 = y;
    return y;
}

/* A buzz of 125 Hz through two formants: an "a" that a machine might say. */
enum { CHUNKS = 24, BEGIN = 4, END = 16 };

static const float FAINT = 0.002f, FAINTISH = 0.02f;

static void make_vowel(int16_t pcm[CHUNKS * VAD_CHUNK])
{
    struct resonator first = resonator_at(700, 90), second = resonator_at(1200, 110);

    for (int i = 0; i < CHUNKS * VAD_CHUNK; i++) {
        bool pulse = i >= BEGIN * VAD_CHUNK && i < END * VAD_CHUNK && i % 64 == 0;
        double y = resonate(&second, 0.2 * resonate(&first, pulse ? 6000 : 0));

        pcm[i] = (int16_t)fmax(-32000, fmin(32000, y));
    }
}

static void probabilities_equal_those_of_the_original(void **state)
{
    /* The published network's answers for this signal, by the ONNX Runtime. */
    static const float original[CHUNKS] = {0.0174f, 0.0175f, 0.0224f, 0.0149f, 0.9162f, 0.9714f, 0.9844f, 0.9796f,
                                           0.9540f, 0.9312f, 0.9076f, 0.8776f, 0.8417f, 0.8035f, 0.7658f, 0.7294f,
                                           0.5846f, 0.5459f, 0.1083f, 0.1622f, 0.1108f, 0.0557f, 0.0361f, 0.0254f};
    static int16_t pcm[CHUNKS * VAD_CHUNK];
    struct vad_model *m = load_model();
    struct vad v;

    (void)state;
    make_vowel(pcm);
    vad_init(&v, m, NULL);
    for (int k = 0; k < CHUNKS; k++) {
        (void)vad_push(&v, pcm + k * VAD_CHUNK, VAD_CHUNK);
        assert_true(fabsf(v.prob - original[k]) < 5e-4f);
    }
    obj_unref(m);
}

static void packets_of_any_size_give_the_same_events(void **state)
{
    static int16_t pcm[CHUNKS * VAD_CHUNK];
    static const size_t sizes[] = {80, 160, 240, 256, 7};
    struct vad_model *m = load_model();

    (void)state;
    make_vowel(pcm);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct vad v;
        int starts = 0, stops = 0;

        vad_init(&v, m, NULL);
        for (size_t at = 0; at < CHUNKS * VAD_CHUNK; at += sizes[s]) {
            size_t left = CHUNKS * VAD_CHUNK - at;
            enum vad_event e = vad_push(&v, pcm + at, left < sizes[s] ? left : sizes[s]);

            starts += e == VAD_START;
            stops += e == VAD_STOP;
        }
        assert_int_equal(starts, 1);
        assert_int_equal(v.speech_began, BEGIN * VAD_CHUNK);
        assert_int_equal(v.last_likely, 18 * VAD_CHUNK);
        assert_in_range(v.last_voiced, 16 * VAD_CHUNK, 16 * VAD_CHUNK + 64); /* where the sound ends, not where the network forgets it */
        assert_int_equal(stops, 1);
    }
    obj_unref(m);
}

static void in_noise_speech_ends_where_the_network_says(void **state)
{
    static int16_t pcm[CHUNKS * VAD_CHUNK];
    struct vad_model *m = load_model();
    struct vad v;
    uint32_t noise = 1;

    (void)state;
    make_vowel(pcm);
    for (int i = 0; i < CHUNKS * VAD_CHUNK; i++) {
        noise = noise * 1664525u + 1013904223u;
        pcm[i] = (int16_t)(pcm[i] + (int32_t)(noise >> 16) % 2000 - 1000);
    }
    vad_init(&v, m, NULL);
    for (int k = 0; k < CHUNKS; k++)
        (void)vad_push(&v, pcm + k * VAD_CHUNK, VAD_CHUNK);
    assert_true(v.last_voiced > 14 * VAD_CHUNK);
    assert_int_equal(v.last_voiced, v.last_likely);
    obj_unref(m);
}

static void tones_noise_and_silence_are_no_speech(void **state)
{
    enum { N = 8000 * 4, SILENCE = 0, BEEP, NOISE, RINGBACK, KINDS };
    static int16_t pcm[N];
    struct vad_model *m = load_model();
    uint32_t noise = 1;

    (void)state;
    for (int kind = SILENCE; kind < KINDS; kind++) {
        struct vad v;

        for (int i = 0; i < N; i++) {
            double t = 2 * M_PI * i / 8000;

            noise = noise * 1664525u + 1013904223u;
            pcm[i] = kind == SILENCE ? 0
                     : kind == BEEP  ? (int16_t)(8000 * sin(1000 * t))
                     : kind == NOISE ? (int16_t)((int32_t)(noise >> 16) % 2000 - 1000)
                                     : (int16_t)(i < 16000 ? 4000 * (sin(440 * t) + sin(480 * t)) : 0);
        }
        vad_init(&v, m, NULL);
        for (size_t at = 0; at < N; at += 160)
            assert_int_equal(vad_push(&v, pcm + at, 160), VAD_NONE);
    }
    obj_unref(m);
}

/* The vowel at this level; was it heard? */
static bool hears(struct vad *v, float level)
{
    static int16_t pcm[2 * CHUNKS * VAD_CHUNK]; /* with silence behind it */
    bool heard = false;

    make_vowel(pcm);
    for (int i = 0; i < CHUNKS * VAD_CHUNK; i++)
        pcm[i] = (int16_t)((float)pcm[i] * level);
    for (int k = 0; k < 2 * CHUNKS; k++)
        heard |= vad_push(v, pcm + k * VAD_CHUNK, VAD_CHUNK) == VAD_START;
    return heard;
}

static void who_is_faint_is_heard_better_once_that_is_known(void **state)
{
    struct vad_model *m = load_model();
    struct vad v;

    (void)state;
    vad_init(&v, m, NULL);
    assert_false(hears(&v, FAINT));
    assert_true(vad_gain(&v) == 1);
    assert_true(hears(&v, FAINTISH));
    assert_true(vad_gain(&v) > 3);
    vad_reset(&v);
    assert_true(vad_gain(&v) > 3);
    assert_true(hears(&v, FAINT));
    vad_reset(&v);
    assert_true(hears(&v, 1));
    assert_true(vad_gain(&v) < 2); /* they are not faint after all */
    obj_unref(m);
}

static void damaged_weights_are_refused(void **state)
{
    struct vad_model *m = NULL;

    (void)state;
    assert_int_equal(vad_model_load(&m, "/dev/null/none"), ENOTDIR);
    assert_int_equal(vad_model_load(&m, BATON_SOURCE_DIR "/CMakeLists.txt"), EINVAL);
    assert_null(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probabilities_equal_those_of_the_original),
        cmocka_unit_test(packets_of_any_size_give_the_same_events),
        cmocka_unit_test(in_noise_speech_ends_where_the_network_says),
        cmocka_unit_test(tones_noise_and_silence_are_no_speech),
        cmocka_unit_test(who_is_faint_is_heard_better_once_that_is_known),
        cmocka_unit_test(damaged_weights_are_refused),
    };

    if (!fixture_models_present())
        return 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
