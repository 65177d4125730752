/* minilm_plain.c - the same loops for any processor, and the choice between the two. */
#include <math.h>

#include "talk/minilm_kernel.h"

#include "base/banned.h"

#if defined(__x86_64__)
bool kernel_fast(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#define FAST(call) (call)
#else
bool kernel_fast(void)
{
    return false;
}
#define FAST(call) ((void)0)
#endif

static float dot(const float *a, const float *b, size_t n)
{
    float s[4] = { 0 };
    size_t i = 0;

    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            s[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        s[0] += a[i] * b[i];
    return s[0] + s[1] + s[2] + s[3];
}

float kernel_dot(const float *a, const float *b, size_t n)
{
#if defined(__x86_64__)
    if (kernel_fast())
        return kernel_dot_avx2(a, b, n);
#endif
    return dot(a, b, n);
}

float kernel_dot8(const float *a, const int8_t *b, size_t n)
{
    float s[4] = { 0 };

#if defined(__x86_64__)
    if (kernel_fast())
        return kernel_dot8_avx2(a, b, n);
#endif
    for (size_t i = 0; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            s[k] += a[i + k] * (float)b[i + k];
    return s[0] + s[1] + s[2] + s[3];
}

void kernel_add(float *y, const float *x, float by, size_t n)
{
    if (kernel_fast()) {
        FAST(kernel_add_avx2(y, x, by, n));
        return;
    }
    for (size_t i = 0; i < n; i++)
        y[i] += by * x[i];
}

static void multiply(float *y, const struct kernel_matrix *m, const float *x, size_t rows)
{
    for (size_t o = 0; o < m->out; o++)
        for (size_t t = 0; t < rows; t++) {
            const int8_t *w = m->w + o * m->in;
            float s = 0;

            for (size_t i = 0; i < m->in; i++)
                s += x[t * m->in + i] * (float)w[i];
            y[t * m->out + o] = s * m->scale[o] + m->bias[o];
        }
}

void kernel_multiply(float *y, const struct kernel_matrix *m, const float *x, size_t rows)
{
    if (kernel_fast())
        FAST(kernel_multiply_avx2(y, m, x, rows));
    else
        multiply(y, m, x, rows);
}

void kernel_gelu(float *x, size_t n)
{
    if (kernel_fast()) {
        FAST(kernel_gelu_avx2(x, n));
        return;
    }
    for (size_t i = 0; i < n; i++)
        x[i] = 0.5f * x[i] * (1 + erff(x[i] * 0.70710678f));
}
