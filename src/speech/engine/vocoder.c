#include "speech/engine/vocoder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/banned.h"

enum { HALF = VOCODER_SIZE / 2 };

static const uint64_t NOISE_SEED = 0x9e3779b97f4a7c15u;
static const float VOICED_HZ = 40;        /* the network writes lower values where there is no voice */
static const float HIGHEST = 11.0f / 24;  /* of the rate: harmonics above would fold back */
static const float LOUDEST = 7;           /* limit of log gains */

void vocoder_init(struct vocoder *v)
{
    (void)fft_init(&v->fft, VOCODER_SIZE);
    for (int i = 0; i < VOCODER_SIZE; i++)
        v->window[i] = 0.5f - 0.5f * cosf(2 * (float)M_PI * (float)i / VOCODER_SIZE);
    v->noise = NOISE_SEED;
}

/* Xorshift (Marsaglia, 2003): uniform in (0, 1]. */
static float uniform(struct vocoder *v)
{
    v->noise ^= v->noise << 13;
    v->noise ^= v->noise >> 7;
    v->noise ^= v->noise << 17;
    return (float)((v->noise >> 40) + 1) / 16777217.0f;
}

/* Pitch between frame centres, interpolated. */
static float pitch_at(const struct vocoder_input *in, int sample)
{
    float u = ((float)sample + 0.5f) / VOCODER_HOP - 0.5f;
    int k = (int)floorf(u);
    int next = k + 1 < in->frames ? k + 1 : in->frames - 1;
    float t = u - (float)k;

    if (k < 0)
        k = 0;
    return in->pitch_factor * (in->pitch_hz[k] * (1 - t) + in->pitch_hz[next] * t);
}

/* A pulse train without harmonics above the limit: the sum of cosines in closed form (Dirichlet's kernel). */
static void pulses(float *out, const struct vocoder_input *in, int n)
{
    double phase = 0;

    for (int i = 0; i < n; i++) {
        float f = pitch_at(in, i), hz = fmaxf(f, VOICED_HZ), order, s;

        phase += (double)(hz / VOCODER_RATE);
        phase -= floor(phase);
        if (f <= VOICED_HZ)
            continue;
        order = floorf(HIGHEST * VOCODER_RATE / hz) + 0.5f;
        s = 2 * sinf((float)(M_PI * phase));
        out[i] = fabsf(s) <= 2e-3f ? order - 0.5f : sinf(order * (float)(2 * M_PI * phase)) / s - 0.5f;
    }
}

static float gain(float log_gain)
{
    return expf(fminf(log_gain, LOUDEST));
}

/* The spectrum of one frame at one bin: pulses through their filter, plus noise, plus the free part. */
static struct fft_point mix(struct vocoder *v, const struct vocoder_input *in, size_t at, struct fft_point pulse)
{
    float turn = (float)M_PI * tanhf(in->pulse_phase[at]), a = gain(in->pulse_log_gain[at]);
    float re = a * cosf(turn), im = a * sinf(turn);
    float size = gain(in->noise_log_gain[at]) * sqrtf(-2 * logf(uniform(v))); /* Box and Muller, 1958 */
    float angle = 2 * (float)M_PI * uniform(v);
    float rest = gain(in->free_log_gain[at]);

    return (struct fft_point){
        .re = re * pulse.re - im * pulse.im + size * cosf(angle) + rest * cosf(in->free_phase[at]),
        .im = re * pulse.im + im * pulse.re + size * sinf(angle) + rest * sinf(in->free_phase[at])};
}

/* One frame: `source` is the pulse train around it; adds to `sum`. */
static void add_frame(float *sum, struct vocoder *v, const struct vocoder_input *in, int frame, const float *source)
{
    struct fft_point a[VOCODER_SIZE], b[VOCODER_SIZE];
    const float scale = (float)VOCODER_SIZE / 1200; /* the network was trained at 24 kHz, 1200 points */

    for (int i = 0; i < VOCODER_SIZE; i++)
        a[i] = (struct fft_point){source[i] * v->window[i] / (VOCODER_SIZE / 4), 0};
    fft_run(&v->fft, b, a);
    for (int k = 0; k < VOCODER_BINS; k++) {
        struct fft_point s = mix(v, in, (size_t)k * (size_t)in->frames + (size_t)frame, b[k]);
        int mirror = (VOCODER_SIZE - k) % VOCODER_SIZE;

        a[k] = (struct fft_point){s.re * scale, -s.im * scale}; /* conjugates: a forward transform then inverts */
        a[mirror] = (struct fft_point){s.re * scale, mirror == k ? 0 : s.im * scale};
    }
    fft_run(&v->fft, b, a);
    for (int i = 0; i < VOCODER_SIZE; i++)
        sum[i] += b[i].re / VOCODER_SIZE * v->window[i];
}

/* Samples mirrored beyond both ends, so that the first and last frames are whole. */
static void mirror_ends(float *padded, int n)
{
    for (int i = 1; i <= HALF; i++) {
        padded[HALF - i] = i < n ? padded[HALF + i] : 0;
        padded[HALF + n - 1 + i] = i < n ? padded[HALF + n - 1 - i] : 0;
    }
}

int vocoder_run(float *out, struct vocoder *v, const struct vocoder_input *in)
{
    int n = in->frames * VOCODER_HOP;
    float *source = calloc((size_t)n + VOCODER_SIZE + 1, sizeof *source);
    float *sum = calloc((size_t)n + 2 * VOCODER_SIZE, sizeof *sum);
    float *weight = calloc((size_t)n + 2 * VOCODER_SIZE, sizeof *weight);
    int err = source == NULL || sum == NULL || weight == NULL ? ENOMEM : 0;

    if (!err) {
        v->noise = NOISE_SEED;
        pulses(source + HALF, in, n);
        mirror_ends(source, n);
        for (int f = 0; f < in->frames; f++) {
            add_frame(sum + f * VOCODER_HOP, v, in, f, source + f * VOCODER_HOP);
            for (int i = 0; i < VOCODER_SIZE; i++)
                weight[f * VOCODER_HOP + i] += v->window[i] * v->window[i];
        }
        for (int i = 0; i < n; i++)
            out[i] = sum[i + HALF] / fmaxf(weight[i + HALF], 1e-6f);
    }
    free(source);
    free(sum);
    free(weight);
    return err;
}
