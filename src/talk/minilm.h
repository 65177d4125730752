/* minilm.h - all-MiniLM-L6-v2 sentence embeddings in plain C (Reimers & Gurevych 2019; weights Apache-2.0). */
#ifndef BATON_TALK_MINILM_H
#define BATON_TALK_MINILM_H

#include <stddef.h>

enum { MINILM_DIM = 384, MINILM_TOKENS_MAX = 64 };

struct minilm; /* refcounted (obj.h); read-only after load, so any thread may embed */

/* Takes the two files' bytes (kept by the caller only during the call; main/ maps them). 0, EINVAL or ENOMEM. */
int minilm_load(struct minilm **mp, const void *safetensors, size_t safetensors_n, const char *vocab, size_t vocab_n);

/* L2-normalised mean-pooled embedding of the first MINILM_TOKENS_MAX tokens. */
void minilm_embed(const struct minilm *m, const char *text, float out[MINILM_DIM]);

#endif
