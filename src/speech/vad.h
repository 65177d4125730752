/* vad.h - voice activity: Silero v6, 8 kHz, in plain C, and the segmenter that turns probabilities into speech.
 *
 * The model is read-only and shared; a `vad` belongs to one media thread. One chunk is 256 samples (32 ms). */
#ifndef BATON_SPEECH_VAD_H
#define BATON_SPEECH_VAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vad_model; /* refcounted (obj.h) */

enum { VAD_CHUNK = 256, VAD_CONTEXT = 32, VAD_GAIN_MAX = 8 /* 18 dB */ };

/* Maps the weights exported at install (MODELS/vad/silero8k.bin). 0 or errno. */
int vad_model_load(struct vad_model **mp, const char *path);

struct vad_params {
    float on, off;       /* probability that starts (0.5) and keeps (0.35) speech */
    int min_speech_ms;   /* that long above `on` before SPEECH_START (96) */
    int min_silence_ms;  /* that long below `off`, or without sound, before SPEECH_STOP (200): callers wait on from there */
};
extern const struct vad_params vad_params_default;

struct vad { /* value; no allocation */
    const struct vad_model *model;
    struct vad_params params;
    float h[128], c[128], in[VAD_CONTEXT + VAD_CHUNK];
    int filled;
    float prob;
    bool speaking;
    int run_ms;              /* length of the current contrary run */
    int64_t samples;         /* pushed so far */
    int64_t last_voiced;     /* sample index just after the last sound of speech: the network's memory keeps it above `off` some 80 ms longer */
    int64_t last_likely;     /* just after the last chunk above `off` */
    float peak;              /* loudest 8 ms of this speech, as an amplitude */
    float usual;             /* peak of their speech so far; 0: none was heard. Who is fainter than most is amplified for the network (VAD_GAIN_MAX) */
    int64_t speech_began;    /* sample index of the start of the present or last speech */
};

enum vad_event { VAD_NONE, VAD_START, VAD_STOP };

void vad_init(struct vad *v, const struct vad_model *m, const struct vad_params *p);
void vad_reset(struct vad *v); /* forgets the sound, not how loud they usually are */

/* By how much they are amplified: 1 to VAD_GAIN_MAX. */
float vad_gain(const struct vad *v);

/* Pushes n samples (any n up to 4096; 160 is usual). At most one event a call is returned for n <= VAD_CHUNK. */
enum vad_event vad_push(struct vad *v, const int16_t *pcm, size_t n);

/* How long nobody has spoken within the present speech, in milliseconds; 0 while somebody does. */
int vad_silence_ms(const struct vad *v);

/* The probability of speech in these VAD_CONTEXT + VAD_CHUNK samples, by what `v` remembers of the time before; `v` stays as it is. */
float vad_peek(const struct vad *v, const int16_t pcm[VAD_CONTEXT + VAD_CHUNK]);

#endif
