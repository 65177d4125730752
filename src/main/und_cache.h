/* und_cache.h - understanding with the vectors of its examples kept on disk, so that the second start takes milliseconds. */
#ifndef BATON_MAIN_UND_CACHE_H
#define BATON_MAIN_UND_CACHE_H

#include "talk/understand.h"

/* As und_alloc. With a model, reads MODELS/minilm/vectors.bin before and writes it after if it did not hold every example; a cache
 * that cannot be read or written only costs time. Blocks (seconds on the first start): not on the control loop. */
int und_cache_alloc(struct und **up, const struct scenario *sc, struct minilm *model, const char *models_dir);

#endif
