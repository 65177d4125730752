/* vocoder.h - from what the voice network describes, frame by frame, to samples.
 *
 * Source and filter: a train of pulses at the pitch is filtered (magnitude and phase), filtered noise and a free part are added, in
 * the spectrum of each frame; frames overlap by three quarters. The spectrum has bins of 20 Hz, so 8 kHz needs only the first
 * 201 of the network's 601 bins and transforms of 400 points: nothing is made that the telephone line would cut off. */
#ifndef BATON_SPEECH_ENGINE_VOCODER_H
#define BATON_SPEECH_ENGINE_VOCODER_H

#include <stddef.h>
#include <stdint.h>

#include "speech/engine/fft.h"

enum { VOCODER_RATE = 8000, VOCODER_SIZE = 400, VOCODER_HOP = 100, VOCODER_BINS = VOCODER_SIZE / 2 + 1 };

struct vocoder {
    struct fft fft;
    float window[VOCODER_SIZE];
    uint64_t noise; /* state of the noise source */
};

/* Arrays of the network: bins x frames, one row a bin (rows above VOCODER_BINS are ignored); pitch has one value a frame. */
struct vocoder_input {
    const float *pulse_log_gain, *pulse_phase, *noise_log_gain, *free_log_gain, *free_phase;
    const float *pitch_hz;
    int frames;
    float pitch_factor; /* 1: as the network wants it */
};

void vocoder_init(struct vocoder *v);

/* Fills frames * VOCODER_HOP samples. The same input gives the same samples. 0 or ENOMEM. */
int vocoder_run(float *out, struct vocoder *v, const struct vocoder_input *in);

#endif
