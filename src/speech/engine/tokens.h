/* tokens.h - a recogniser's vocabulary: from token numbers back to text. Read-only after loading. */
#ifndef BATON_SPEECH_ENGINE_TOKENS_H
#define BATON_SPEECH_ENGINE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { TOKENS_MAX = 65536, TOKENS_BEGIN = 1, TOKENS_END = 2 };

struct tokens {
    char *file;          /* owned */
    uint32_t count;
    uint32_t *start;     /* owned; offset of each token in file */
    uint16_t *length;    /* owned */
};

/* Reads tokenizer.bin: tokens in order, each after its length in one byte, or two from 128 on. */
int tokens_load(struct tokens *t, const char *path);
void tokens_release(struct tokens *t);

/* Appends the text of one token; control tokens such as <s> add nothing. */
int tokens_put(struct buf *out, const struct tokens *t, uint32_t id);

#endif
