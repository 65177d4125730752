/* vad_kernel.h - the inner product, which is all that costs time in vad.c. */
#ifndef BATON_SPEECH_VAD_KERNEL_H
#define BATON_SPEECH_VAD_KERNEL_H

#include <stddef.h>

typedef float(vad_dot_fn)(const float *a, const float *b, size_t n);

/* Compiled for AVX2 and FMA: only to be called where the processor has both. */
float vad_dot_avx2(const float *a, const float *b, size_t n);

#endif
