#include "speech/engine/fft.h"

#include <errno.h>
#include <math.h>

#include "base/banned.h"

static int smallest_factor(int n)
{
    return n % 4 == 0 ? 4 : n % 2 == 0 ? 2 : n % 3 == 0 ? 3 : n % 5 == 0 ? 5 : 0;
}

int fft_init(struct fft *f, int n)
{
    if (n < 1 || n > FFT_MAX)
        return EINVAL;
    for (int rest = n; rest > 1; rest /= smallest_factor(rest))
        if (smallest_factor(rest) == 0)
            return EINVAL;
    f->n = n;
    for (int k = 0; k < n; k++) {
        double angle = -2 * M_PI * k / n;

        f->unit[k] = (struct fft_point){(float)cos(angle), (float)sin(angle)};
    }
    return 0;
}

static struct fft_point times(struct fft_point a, struct fft_point b)
{
    return (struct fft_point){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* Joins `p` transforms of m points, lying one after the other in `out`, into one of p * m points. */
static void join(const struct fft *f, struct fft_point *out, int p, int m, int stride)
{
    for (int k = 0; k < m; k++) {
        struct fft_point v[5], sum;

        for (int r = 0; r < p; r++)
            v[r] = times(out[r * m + k], f->unit[r * k * stride]);
        for (int q = 0; q < p; q++) {
            sum = v[0];
            for (int r = 1; r < p; r++) {
                struct fft_point t = times(v[r], f->unit[r * q * m * stride % f->n]);

                sum.re += t.re;
                sum.im += t.im;
            }
            out[q * m + k] = sum;
        }
    }
}

/* Depth is the number of factors: at most six for FFT_MAX. */
static void transform(const struct fft *f, struct fft_point *out, const struct fft_point *in, int n, int stride)
{
    int p = smallest_factor(n), m;

    if (n == 1) {
        out[0] = in[0];
        return;
    }
    m = n / p;
    for (int r = 0; r < p; r++)
        transform(f, out + r * m, in + r * stride, m, stride * p);
    join(f, out, p, m, stride);
}

void fft_run(const struct fft *f, struct fft_point *out, const struct fft_point *in)
{
    transform(f, out, in, f->n, 1);
}
