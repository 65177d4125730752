/* minilm_kernel.c - the hot loops for AVX2 and FMA. Compiled with -mavx2 -mfma -ffast-math; empty elsewhere. */
#include "talk/minilm_kernel.h"

#include <math.h>

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>

#include "base/banned.h"

enum { ROW_MAX = 1536 };

/* The loops stay quick in sanitized builds: their bounds are the matrices' own, checked when the model is loaded. */
#define HOT __attribute__((no_sanitize("address", "undefined")))

HOT static float sum8(__m256 v)
{
    __m128 a = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));

    a = _mm_add_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_add_ss(a, _mm_shuffle_ps(a, a, 1)));
}

HOT float kernel_dot_avx2(const float *a, const float *b, size_t n)
{
    float s = 0;

    for (size_t i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

HOT float kernel_dot8_avx2(const float *a, const int8_t *b, size_t n)
{
    __m256 s = _mm256_setzero_ps();

    for (size_t i = 0; i < n; i += 8) {
        __m256i wide = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)(b + i)));

        s = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_cvtepi32_ps(wide), s);
    }
    return sum8(s);
}

HOT void kernel_add_avx2(float *y, const float *x, float by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] += by * x[i];
}

/* Four rows of weights, widened once, against two inputs at a time: eight sums stay in registers. */
HOT static void two_inputs(float *y, const struct kernel_matrix *m, const float (*w)[ROW_MAX], size_t row, const float *x, size_t t)
{
    const float *a = x + t * m->in, *b = a + m->in;
    __m256 s[4][2];

    for (int r = 0; r < 4; r++)
        s[r][0] = s[r][1] = _mm256_setzero_ps();
    for (size_t i = 0; i < m->in; i += 8) {
        __m256 va = _mm256_loadu_ps(a + i), vb = _mm256_loadu_ps(b + i);

        for (int r = 0; r < 4; r++) {
            __m256 vw = _mm256_load_ps(w[r] + i);

            s[r][0] = _mm256_fmadd_ps(va, vw, s[r][0]);
            s[r][1] = _mm256_fmadd_ps(vb, vw, s[r][1]);
        }
    }
    for (size_t r = 0; r < 4; r++)
        for (size_t k = 0; k < 2; k++)
            y[(t + k) * m->out + row + r] = sum8(s[r][k]) * m->scale[row + r] + m->bias[row + r];
}

HOT static void one_input(float *y, const struct kernel_matrix *m, const float (*w)[ROW_MAX], size_t row, const float *x, size_t t)
{
    for (size_t r = 0; r < 4; r++)
        y[t * m->out + row + r] = kernel_dot_avx2(x + t * m->in, w[r], m->in) * m->scale[row + r] + m->bias[row + r];
}

HOT void kernel_multiply_avx2(float *y, const struct kernel_matrix *m, const float *x, size_t rows)
{
    _Alignas(32) float w[4][ROW_MAX];

    for (size_t row = 0; row + 4 <= m->out; row += 4) {
        size_t t = 0;

        for (size_t r = 0; r < 4; r++)
            for (size_t i = 0; i < m->in; i++)
                w[r][i] = (float)m->w[(row + r) * m->in + i];
        for (; t + 2 <= rows; t += 2)
            two_inputs(y, m, (const float (*)[ROW_MAX])w, row, x, t);
        if (t < rows)
            one_input(y, m, (const float (*)[ROW_MAX])w, row, x, t);
    }
}

/* x Phi(x) with the error function by Abramowitz and Stegun 7.1.26 (error below 1.5e-7), which vectorises. */
HOT void kernel_gelu_avx2(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float z = fabsf(x[i]) * 0.70710678f, t = 1 / (1 + 0.3275911f * z);
        float e = 1 - ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t * expf(-z * z);

        x[i] = 0.5f * x[i] * (1 + (x[i] < 0 ? -e : e));
    }
}
#endif
