/* studio.h - synthetic voices and the real ears for benchmarks that make their own sound: one thing at a time, the calling thread waits. */
#ifndef BATON_MAIN_STUDIO_H
#define BATON_MAIN_STUDIO_H

#include "base/clip.h"
#include "base/loop.h"
#include "speech/speech.h"
#include "speech/vad.h"

struct studio;

struct studio_params { const char *models, *worker, *recogniser; };

/* 0, or errno with the reason on standard error. */
int studio_open(struct studio **sp, const struct studio_params *p);
void studio_close(struct studio *s);

struct vad_model *studio_model(const struct studio *s); /* borrowed */
struct loop *studio_loop(const struct studio *s);       /* borrowed: results arrive on it */
struct ears *studio_ears(const struct studio *s);       /* borrowed: whoever flushes them awaits the text */

/* The words as sound, without the silence at its ends; the caller's. */
int studio_say(struct clip **cp, struct studio *s, const char *voice, const char *words);

/* Waits for the final text of this utterance, which was flushed or is about to be; valid until the next call. */
const char *studio_await(struct studio *s, uint32_t utterance);

/* What is heard in this sound; *out is valid until the next call. 0, or errno when the ears do not take it: the result has an error of its own. */
int studio_recognise(const struct ears_result **out, struct studio *s, uint32_t utterance, const int16_t *pcm, size_t n);

/* Its final text; empty when there is none. */
const char *studio_hear(struct studio *s, uint32_t utterance, const int16_t *pcm, size_t n);

#endif
