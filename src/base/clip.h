/* clip.h - a finished piece of speech or sound: linear PCM, 8 kHz, mono, signed 16 bit.
 *
 * Immutable once filled and reference-counted (obj.h), so one clip may be played on many legs by many
 * threads. Made by speech/, played by line/. */
#ifndef BATON_BASE_CLIP_H
#define BATON_BASE_CLIP_H

#include <stddef.h>
#include <stdint.h>

enum { CLIP_RATE = 8000, CLIP_MAX_SAMPLES = CLIP_RATE * 120 };

struct clip {
    size_t n;      /* samples */
    int16_t *pcm;  /* owned */
};

/* A clip of n samples, zeroed, to be filled by the caller before it is shared. EMSGSIZE above the limit. */
int clip_alloc(struct clip **cp, size_t n);

/* Reads a mono WAV file (16-bit PCM, 8 kHz). EINVAL for any other shape. */
int clip_read_wav(struct clip **cp, const char *path);

#define clip_ms(c) ((int)((c)->n / (CLIP_RATE / 1000)))

#endif
