/* voice_engine.h - what every voice can do: turn a text into samples. One table of functions per kind of voice. */
#ifndef BATON_SPEECH_ENGINE_VOICE_ENGINE_H
#define BATON_SPEECH_ENGINE_VOICE_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "speech/engine/ort.h"

/* A voice as callers name it: KIND[:NAME[,pitch=P][,speed=S]], for example "default", "flite:rms", "default:pitch=0.9,speed=1.1". */
struct voice_name {
    char kind[16], name[32];
    float pitch, speed; /* factors, 0.5 to 2 */
};
int voice_name_parse(struct voice_name *out, const char *text); /* 0 or EINVAL */

/* 8 kHz samples between -1 and 1; free() them. */
struct sound {
    float *x;
    size_t n;
};

struct voice_engine {
    const char *kind;
    /* Loads what is needed. 0 or errno; the reason in ort->why where the runtime gave one. */
    int (*open)(void **state, struct ort *ort, const char *models_dir);
    /* ENOENT: no such name. EINVAL: nothing to say. */
    int (*render)(struct sound *out, void *state, const struct voice_name *v, const char *text);
    void (*close)(void *state);
};

extern const struct voice_engine voice_engine_hibari; /* kind "default" */
extern const struct voice_engine voice_engine_flite;  /* kind "flite": rms slt awb kal kal16 */

/* All kinds, opened; what the worker holds. */
enum { VOICES_KINDS = 2 };
struct voices {
    void *state[VOICES_KINDS];
};
int voices_open(struct voices *v, struct ort *ort, const char *models_dir);
void voices_close(struct voices *v);

/* Renders with the voice named: loudness levelled, quiet ends trimmed, 16 bit. free(*pcm). */
int voices_render(int16_t **pcm, size_t *n, struct voices *v, const char *voice, const char *text);

#endif
