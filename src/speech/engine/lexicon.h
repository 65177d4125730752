/* lexicon.h - how words are pronounced: a sorted text file (WORD tab PHONEMES [tab "spell"]) mapped into memory. Read-only;
 * any thread. */
#ifndef BATON_SPEECH_ENGINE_LEXICON_H
#define BATON_SPEECH_ENGINE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

struct lexicon {
    const char *data;
    size_t size;
};

int lexicon_open(struct lexicon *l, const char *path);
void lexicon_close(struct lexicon *l);

struct lexicon_entry {
    const char *phonemes; /* UTF-8, not terminated; borrowed from the map */
    size_t n;
    bool spell; /* spelled when written in capitals */
};

/* Exact, case-sensitive look-up of a word of n bytes. */
bool lexicon_find(struct lexicon_entry *e, const struct lexicon *l, const char *word, size_t n);

#endif
