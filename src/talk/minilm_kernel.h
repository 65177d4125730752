/* minilm_kernel.h - the hot loops of the sentence model. minilm_kernel.c is compiled for AVX2 and FMA; each function is called
 * only after kernel_fast() said that the processor has them, else the portable loops in minilm_plain.c run. */
#ifndef BATON_TALK_MINILM_KERNEL_H
#define BATON_TALK_MINILM_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A matrix in 8-bit rows with one scale a row: y = x W^T + b. */
struct kernel_matrix { const int8_t *w; const float *scale, *bias; size_t in, out; };

bool kernel_fast(void);

float kernel_dot(const float *a, const float *b, size_t n);
float kernel_dot8(const float *a, const int8_t *b, size_t n); /* n a multiple of 8 */
void kernel_add(float *y, const float *x, float by, size_t n); /* y += by x */

/* y[rows][out] = x[rows][in] W^T + b. in is a multiple of 8 and at most 1536, out a multiple of 4. */
void kernel_multiply(float *y, const struct kernel_matrix *m, const float *x, size_t rows);
void kernel_gelu(float *x, size_t n);

float kernel_dot_avx2(const float *a, const float *b, size_t n);
float kernel_dot8_avx2(const float *a, const int8_t *b, size_t n);
void kernel_add_avx2(float *y, const float *x, float by, size_t n);
void kernel_multiply_avx2(float *y, const struct kernel_matrix *m, const float *x, size_t rows);
void kernel_gelu_avx2(float *x, size_t n);

#endif
