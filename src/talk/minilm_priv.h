/* minilm_priv.h - inside the sentence model: its vocabulary and its layers. */
#ifndef BATON_TALK_MINILM_PRIV_H
#define BATON_TALK_MINILM_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "talk/minilm.h"
#include "talk/minilm_kernel.h"

enum { MINILM_WORDS = 30522, MINILM_HASH = 1 << 16, MINILM_LAYERS = 6, MINILM_HEADS = 12, MINILM_HEAD_DIM = 32, MINILM_INNER = 1536 };

struct vocab {
    const char *text;      /* the file, pieces ended by '\n' */
    uint32_t *start;       /* MINILM_WORDS + 1 offsets */
    uint16_t *table;       /* MINILM_HASH: id + 1 or 0, open addressing */
};

struct minilm_layer {
    struct kernel_matrix query, key, value, output, inner, outer;
    const float *norm1, *norm1_bias, *norm2, *norm2_bias;
};

struct minilm {
    struct arena arena;          /* the vocabulary */
    struct minilm_image image;
    struct vocab vocab;
    struct kernel_matrix words;  /* bias unused */
    const float *positions, *type, *norm, *norm_bias;
    struct minilm_layer layers[MINILM_LAYERS];
};

/* Points every weight of m into an image of n bytes. EINVAL when it is not one of this layout. */
int image_layout(struct minilm *m, const void *bytes, size_t n);

/* Copies the vocabulary into the arena. 0, EINVAL or ENOMEM. */
int vocab_load(struct vocab *v, struct arena *a, const char *text, size_t n);

/* WordPiece ids of `text` (BERT uncased; bytes beyond ASCII stay in their words), with [CLS] and [SEP]. Count, at most max. */
size_t vocab_cut(const struct vocab *v, const char *text, int32_t *ids, size_t max);

#endif
