/* tone_pitch.c - the frequencies of one or two undamped oscillations, by least squares.
 *
 * For a single one, x[n-1] + x[n+1] = u x[n] with u = 2 cos(w). For two, x[n-2d] + x[n+2d] = a (x[n-d] + x[n+d]) + b x[n], where the two
 * u = 2 cos(dw) solve u^2 - a u - (b + 2) = 0. What is left over, compared with what white noise of the frame's own energy would leave, tells
 * whether the frame is tones at all: for speech it is not. Pairs that lie close
 * together at 8 kHz are read at a half or a quarter of the rate. */
#include "line/tone_pitch.h"

#include <math.h>

#include "base/banned.h"

#define RATE 8000.0
#define LEFT_OVER_MAX 0.02     /* noise 17 dB below the tones */
#define SINGLE_MIN 0.6         /* of the energy, that a single tone must make up: noise bends its frequency a little */
#define EXPLAINED_MIN 0.8      /* and that two must */
#define SECOND_MIN 0.2         /* amplitude of the weaker one over that of the stronger */
#define FULL_SCALE 32768.0

enum { SILENCE_DBFS = -96, STRIDE_MAX = 4, BEAT_HZ = 60 }; /* closer ones cannot be told from one that beats in 20 ms */

/* Sums of products: s = x[n-d] + x[n+d], t = x[n-2d] + x[n+2d]. */
struct sums { double xx, sx, ss, tx, ts, tt; int d; };

/* Its frequencies, and what it leaves over relative to the noise that would leave as much. hz 0: none. */
struct fit { int hz, hz2; double left_over; };

static const struct fit no_fit = {.left_over = 1};

static struct sums sums_of(const int16_t *x, int n, int d)
{
    struct sums k = {.d = d};

    for (int i = 2 * d; i < n - 2 * d; i++) {
        double v = x[i], s = x[i - d] + x[i + d], t = x[i - 2 * d] + x[i + 2 * d];

        k.xx += v * v;
        k.sx += s * v;
        k.ss += s * s;
        k.tx += t * v;
        k.ts += t * s;
        k.tt += t * t;
    }
    return k;
}

static int hz_of(double u, int d)
{
    return (int)lround(acos(u / 2) * RATE / (2 * M_PI * d));
}

static struct fit one(const struct sums *k)
{
    double u = k->sx / k->xx;

    if (fabs(u) >= 2)
        return no_fit;
    return (struct fit){.hz = hz_of(u, k->d), .left_over = (k->ss - u * k->sx) / ((2 + u * u) * k->xx)};
}

static struct fit two(const struct sums *k)
{
    double det = k->ss * k->xx - k->sx * k->sx, a, b, root;

    if (det <= 1e-9 * k->ss * k->xx)
        return no_fit;
    a = (k->ts * k->xx - k->tx * k->sx) / det;
    b = (k->tx * k->ss - k->ts * k->sx) / det;
    root = a * a + 4 * (b + 2);
    if (root <= 0)
        return no_fit;
    root = sqrt(root);
    if (a + root >= 4 || a - root <= -4)
        return no_fit;
    return (struct fit){.hz = hz_of((a + root) / 2, k->d), .hz2 = hz_of((a - root) / 2, k->d),
                        .left_over = (k->tt - a * k->ts - b * k->tx) / ((2 + 2 * a * a + b * b) * k->xx)};
}

static double amplitude(const int16_t *x, int n, int hz)
{
    double c = 2 * cos(2 * M_PI * hz / RATE), s1 = 0, s2 = 0;

    for (int i = 0; i < n; i++) { /* Goertzel */
        double s = x[i] + c * s1 - s2;

        s2 = s1;
        s1 = s;
    }
    return sqrt(fmax(s1 * s1 + s2 * s2 - c * s1 * s2, 0)) * 2 / n;
}

/* The part of the frame's energy that the fit's tones make up; 0 when the second one is not really there. */
static double explained(const struct fit *f, const int16_t *x, int n, double energy)
{
    double a = amplitude(x, n, f->hz), b = f->hz2 > 0 ? amplitude(x, n, f->hz2) : a;

    if (fmin(a, b) < SECOND_MIN * fmax(a, b))
        return 0;
    return (a * a + (f->hz2 > 0 ? b * b : 0)) / 2 / energy;
}

/* A frequency read at a lower rate may be the image of another one: what is explained tells. */
static struct fit best_pair(const int16_t *pcm, int n, const struct sums *fine, double energy)
{
    struct fit best = no_fit;
    double most = EXPLAINED_MIN;

    for (int d = 1; d <= STRIDE_MAX; d *= 2) {
        struct sums k = d == 1 ? *fine : sums_of(pcm, n, d);
        struct fit f = k.xx >= 1 ? two(&k) : no_fit;
        double part = f.hz != 0 && f.left_over < LEFT_OVER_MAX ? explained(&f, pcm, n, energy) : 0;

        if (part > most) {
            most = part;
            best = f;
        }
    }
    return best;
}

static struct fit best_fit(const int16_t *pcm, int n, const struct sums *k, double energy)
{
    struct fit fit = one(k);

    if (fit.left_over > LEFT_OVER_MAX && two(k).left_over > LEFT_OVER_MAX) /* voices and noise end here */
        return no_fit;
    if (fit.left_over > LEFT_OVER_MAX || explained(&fit, pcm, n, energy) < SINGLE_MIN)
        fit = best_pair(pcm, n, k, energy);
    if (fit.hz2 > 0 && fit.hz2 - fit.hz < BEAT_HZ)
        return (struct fit){.hz = (fit.hz + fit.hz2) / 2};
    return fit;
}

struct tone_pitch tone_pitch_of(const int16_t *pcm, int n)
{
    struct sums k = sums_of(pcm, n, 1);
    double energy = k.xx / n;
    struct fit fit;

    if (k.xx < 1)
        return (struct tone_pitch){.dbfs = SILENCE_DBFS};
    fit = best_fit(pcm, n, &k, energy);
    return (struct tone_pitch){.hz = fit.hz, .hz2 = fit.hz2, .dbfs = (int)lround(10 * log10(energy / (FULL_SCALE * FULL_SCALE)))};
}
