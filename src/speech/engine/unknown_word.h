/* unknown_word.h - a small network that guesses how a word is pronounced that no lexicon has: mostly names. */
#ifndef BATON_SPEECH_ENGINE_UNKNOWN_WORD_H
#define BATON_SPEECH_ENGINE_UNKNOWN_WORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "speech/engine/ort.h"

enum { UNKNOWN_WORD_MAX = 24, UNKNOWN_WORD_PHONEMES = 128 }; /* letters read; size of the alphabet it writes */

struct unknown_word {
    struct ort *ort;
    struct ort_session *net;
    uint16_t letter[0x250];                   /* code point to the network's number; 0: none */
    char phoneme[UNKNOWN_WORD_PHONEMES][8];
};

int unknown_word_open(struct unknown_word *u, struct ort *o, const char *dir);
void unknown_word_close(struct unknown_word *u);

/* Appends phonemes; nothing for a word without a known letter. */
int unknown_word_say(struct buf *out, struct unknown_word *u, const char *word, size_t n);

#endif
