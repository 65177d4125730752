#include "speech/pcm.h"

#include <math.h>
#include <stdbool.h>

#include "base/banned.h"

enum { TAPS = 32, FRAME = 80 }; /* taps of a side of the half-band filter; samples in which loudness is measured */

static const float QUIET = 0.004f; /* -48 dBFS: nothing a listener would call speech */

/* Windowed sinc at the half-sample points 0.5, 1.5, ...; the sum over both sides is one. */
static void half_band(float h[TAPS])
{
    double sum = 0;

    for (int k = 0; k < TAPS; k++) {
        double t = k + 0.5;

        h[k] = (float)(sin(M_PI * t) / (M_PI * t) * (0.5 + 0.5 * cos(M_PI * t / (TAPS + 0.5))));
        sum += 2 * h[k];
    }
    for (int k = 0; k < TAPS; k++)
        h[k] = (float)(h[k] / sum);
}

static float at(const float *x, size_t n, ptrdiff_t i)
{
    return i >= 0 && (size_t)i < n ? x[i] : 0;
}

void pcm_double(float *out, const float *in, size_t n)
{
    float h[TAPS];

    half_band(h);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n; i++) {
        float between = 0;

        for (ptrdiff_t k = 0; k < TAPS; k++)
            between += h[k] * (at(in, n, i - k) + at(in, n, i + 1 + k));
        out[2 * i] = in[i];
        out[2 * i + 1] = between;
    }
}

size_t pcm_halve(float *out, const float *in, size_t n)
{
    size_t m = (n + 1) / 2;
    float h[TAPS];

    half_band(h);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)m; i++) {
        float sides = 0;

        for (ptrdiff_t k = 0; k < TAPS; k++)
            sides += h[k] * (at(in, n, 2 * i - 1 - 2 * k) + at(in, n, 2 * i + 1 + 2 * k));
        out[i] = 0.5f * (in[2 * i] + sides);
    }
    return m;
}

size_t pcm_stretched(size_t n, float step)
{
    return (size_t)((float)n / step);
}

void pcm_stretch(float *out, const float *in, size_t n, float step)
{
    size_t m = pcm_stretched(n, step);

    for (size_t i = 0; i < m; i++) {
        double where = (double)i * (double)step;
        ptrdiff_t k = (ptrdiff_t)where;
        float t = (float)(where - (double)k);
        float a = at(in, n, k - 1), b = at(in, n, k), c = at(in, n, k + 1), d = at(in, n, k + 2);

        /* Catmull-Rom: smooth enough for speech that was low-passed */
        out[i] = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}

/* Mean square of the frames that are within 25 dB of the loudest one: pauses do not pull the mean down. */
static float speech_power(const float *x, size_t n)
{
    float top = 0, sum = 0;
    size_t used = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i + FRAME <= n; i += FRAME) {
            float p = 0;

            for (size_t k = 0; k < FRAME; k++)
                p += x[i + k] * x[i + k];
            if (pass == 0) {
                top = fmaxf(top, p);
            } else if (p > top * 0.00316f) {
                sum += p / FRAME;
                used++;
            }
        }
    }
    return used > 0 ? sum / (float)used : 0;
}

void pcm_level(float *x, size_t n)
{
    float power = speech_power(x, n), peak = 0, gain;

    if (power <= 0)
        return;
    for (size_t i = 0; i < n; i++)
        peak = fmaxf(peak, fabsf(x[i]));
    gain = powf(10, PCM_LOUDNESS_DBFS / 20) / sqrtf(power);
    gain = fminf(gain, PCM_PEAK / peak);
    for (size_t i = 0; i < n; i++)
        x[i] *= gain;
}

size_t pcm_trim(const float *x, size_t *n, size_t keep_before, size_t keep_after)
{
    size_t first = 0, last = *n;

    while (first < *n && fabsf(x[first]) < QUIET)
        first++;
    while (last > first && fabsf(x[last - 1]) < QUIET)
        last--;
    first = first > keep_before ? first - keep_before : 0;
    last = last + keep_after < *n ? last + keep_after : *n;
    *n = last - first;
    return first;
}

int16_t pcm_from_float(float x)
{
    return (int16_t)lrintf(fmaxf(-1, fminf(1, x)) * 32767);
}

int16_t pcm_from_ulaw(uint8_t u)
{
    int v = (uint8_t)~u;
    int magnitude = ((((v & 0x0f) << 3) + 0x84) << ((v & 0x70) >> 4)) - 0x84;

    return (int16_t)(v & 0x80 ? -magnitude : magnitude);
}
