/* minilm.h - all-MiniLM-L6-v2 sentence embeddings in plain C (Reimers & Gurevych 2019; weights Apache-2.0). */
#ifndef BATON_TALK_MINILM_H
#define BATON_TALK_MINILM_H

#include <stddef.h>

enum { MINILM_DIM = 384, MINILM_TOKENS_MAX = 64 };

struct minilm; /* refcounted (obj.h); read-only after load, so any thread may embed */

/* The weights as the encoder reads them: 8-bit rows, 23 MB instead of 91, cosine to the original >= 0.997. One piece of memory, which
 * may be a mapped file: then only the words that were ever said take memory of theirs. */
struct minilm_image {
    void *bytes;
    size_t n;
    void (*release)(void *bytes, size_t n); /* called when the model is gone; NULL: the caller keeps them until then */
};

/* Makes an image from the published file (safetensors, 32-bit floats). bytes are allocated, release frees them. 0, EINVAL or ENOMEM. */
int minilm_pack(struct minilm_image *image, const void *safetensors, size_t safetensors_n);

/* The image is used in place and taken over on success; the vocabulary's text is copied. 0, EINVAL (another layout or a damaged file) or ENOMEM. */
int minilm_load(struct minilm **mp, const struct minilm_image *image, const char *vocab, size_t vocab_n);

/* L2-normalised mean-pooled embedding of the first MINILM_TOKENS_MAX tokens. */
void minilm_embed(const struct minilm *m, const char *text, float out[MINILM_DIM]);

#endif
