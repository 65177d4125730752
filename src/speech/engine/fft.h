/* fft.h - discrete Fourier transform of sizes made of 2, 3 and 5 (Cooley and Tukey, 1965). Not normalised. */
#ifndef BATON_SPEECH_ENGINE_FFT_H
#define BATON_SPEECH_ENGINE_FFT_H

#include <stddef.h>

enum { FFT_MAX = 1200 };

struct fft_point {
    float re, im;
};

struct fft {
    int n;
    struct fft_point unit[FFT_MAX]; /* e^(-2 pi i k / n) */
};

/* EINVAL for a size above FFT_MAX or with another prime factor. */
int fft_init(struct fft *f, int n);

/* Forward transform of n points; in and out may not overlap. */
void fft_run(const struct fft *f, struct fft_point *out, const struct fft_point *in);

#endif
