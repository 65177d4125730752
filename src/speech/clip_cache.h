/* clip_cache.h - rendered prompts in memory, limited in bytes; the one unused longest goes first. Any thread. */
#ifndef BATON_SPEECH_CLIP_CACHE_H
#define BATON_SPEECH_CLIP_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "base/clip.h"

enum { CLIP_KEY_MAX = 33 }; /* 128 bits in hex, and the end */

/* Names a rendering: `version` covers everything that is not in voice and text. Returns out. */
const char *clip_key(char out[CLIP_KEY_MAX], const char *version, const char *voice, const char *text);

struct clip_cache;

int clip_cache_alloc(struct clip_cache **cp, size_t max_bytes);
void clip_cache_free(struct clip_cache *c);

/* A new reference, or NULL. `count` says whether the look-up counts as hit or miss. */
struct clip *clip_cache_get(struct clip_cache *c, const char *key, int count);

/* Takes a reference of its own. A clip larger than the whole cache is not kept. */
void clip_cache_put(struct clip_cache *c, const char *key, struct clip *clip);

struct clip_cache_state {
    size_t bytes, clips;
    uint64_t hits, misses;
};
void clip_cache_state_get(struct clip_cache *c, struct clip_cache_state *out);

#endif
