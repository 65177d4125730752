/* phonemes.h - English words to the phoneme alphabet that the voice network reads (the one of the misaki project: IPA with
 * single letters for diphthongs). Lexicon first, then endings, then letters, then the guess of a network. */
#ifndef BATON_SPEECH_ENGINE_PHONEMES_H
#define BATON_SPEECH_ENGINE_PHONEMES_H

#include "base/buf.h"
#include "speech/engine/lexicon.h"
#include "speech/engine/ort.h"
#include "speech/engine/unknown_word.h"

enum { PHONEMES_MAX = 16384 }; /* bytes of one text */

struct phonemiser {
    struct lexicon lexicon;
    struct unknown_word unknown;
};

int phonemiser_open(struct phonemiser *p, struct ort *o, const char *dir);
void phonemiser_close(struct phonemiser *p);

/* `words` as say_text leaves them. Appends phonemes, spaces and marks. */
int phonemiser_say(struct buf *out, struct phonemiser *p, const char *words);

#endif
