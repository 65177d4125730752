/* tone_pitch.h - the one or two sinusoids that make up a frame, if they do. Pure. */
#ifndef BATON_LINE_TONE_PITCH_H
#define BATON_LINE_TONE_PITCH_H

#include <stdint.h>

struct tone_pitch { int hz, hz2, dbfs; }; /* hz 0: no tones; hz2 0: one; hz < hz2; dbfs of the frame in any case */

struct tone_pitch tone_pitch_of(const int16_t *pcm, int n);

#endif
