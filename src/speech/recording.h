/* recording.h - a WAV file of one or two channels as clips of 8 kHz: call recordings keep the prospect on one side and Baton on
 * the other. */
#ifndef BATON_SPEECH_RECORDING_H
#define BATON_SPEECH_RECORDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/clip.h"

enum { RECORDING_CHANNELS_MAX = 2, RECORDING_MAX_S = 4 * 3600 };

struct recording {
    int channels;
    size_t n; /* samples of each channel */
    int16_t *pcm[RECORDING_CHANNELS_MAX]; /* owned */
};

/* Understands PCM16 and mu-law at 8 or 16 kHz. A data length beyond the end of the bytes (a recording that was cut off) means "up to
 * the end". 0; EINVAL for another shape; EMSGSIZE above RECORDING_MAX_S; ENOMEM. */
int recording_parse(struct recording *r, const uint8_t *bytes, size_t n);
int recording_read(struct recording *r, const char *path);
void recording_release(struct recording *r);

#endif
