/* pcm.h - sums over samples: conversion of rates, loudness, silence at the ends. Pure; any thread. */
#ifndef BATON_SPEECH_PCM_H
#define BATON_SPEECH_PCM_H

#include <stddef.h>
#include <stdint.h>

/* 8 kHz to 16 kHz by a half-band filter: out takes 2 * n samples. In and out may not overlap. */
void pcm_double(float *out, const float *in, size_t n);

/* 16 kHz to 8 kHz: out takes (n + 1) / 2 samples, what lies above 4 kHz is removed first. Returns their number. */
size_t pcm_halve(float *out, const float *in, size_t n);

/* Reads `in` at `step` samples a sample (0.5 to 2): out takes pcm_stretched(n, step). Raises pitch and pace together. */
size_t pcm_stretched(size_t n, float step);
void pcm_stretch(float *out, const float *in, size_t n, float step);

/* Brings the loudness of the speech in x (pauses do not count) to PCM_LOUDNESS_DBFS; peaks stay below PCM_PEAK. */
#define PCM_LOUDNESS_DBFS (-20.0f)
#define PCM_PEAK 0.89f
void pcm_level(float *x, size_t n);

/* Finds the part between the quiet ends, keeping `keep` samples on either side. *n becomes its length; returns its start. */
size_t pcm_trim(const float *x, size_t *n, size_t keep_before, size_t keep_after);

int16_t pcm_from_float(float x);
int16_t pcm_from_ulaw(uint8_t u); /* ITU-T G.711 */

#endif
