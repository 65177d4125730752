/* moonshine.h - speech to text with a Moonshine network: one encoder run, then greedy decoding with a key/value cache.
 *
 * One object, one thread. Paper: Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024. The network does not stream: a partial result is a run over what was heard so far. */
#ifndef BATON_SPEECH_ENGINE_MOONSHINE_H
#define BATON_SPEECH_ENGINE_MOONSHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "speech/engine/ort.h"
#include "speech/speech.h"

struct moonshine;

/* Loads MODELS/stt/NAME. 0, ENOENT, EIO (reason in o->why) or EINVAL for an unknown network shape. */
int moonshine_open(struct moonshine **mp, struct ort *o, const char *models_dir, const char *name);
void moonshine_close(struct moonshine *m);

struct moonshine_text {
    char text[SPEECH_TEXT_MAX];
    float confidence; /* mean log probability of the tokens */
};

/* Asked between tokens; true abandons the run with ECANCELED. */
typedef bool(moonshine_stop_fn)(void *arg);

/* Recognises 8 kHz samples, at most SPEECH_UTTERANCE_MAX_S seconds (E2BIG). `stop` may be NULL. Text is "" when nothing but noise
 * was heard. */
int moonshine_hear(struct moonshine_text *out, struct moonshine *m, const float *pcm, size_t n, moonshine_stop_fn *stop,
                   void *arg);

#endif
