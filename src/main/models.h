/* models.h - files that pure rooms are handed as bytes: the sentence model. */
#ifndef BATON_MAIN_MODELS_H
#define BATON_MAIN_MODELS_H

#include <stddef.h>

#include "talk/minilm.h"

/* MODELS/minilm/{model.safetensors,vocab.txt}; image.bin is made there at the first call. 0, or errno when they are missing or damaged. Blocks. */
int models_minilm(struct minilm **mp, const char *models_dir);

/* BATON_MODELS, or where scripts/fetch-models puts them: XDG_CACHE_HOME or ~/.cache, then baton/models. Returns out. For commands without a
 * configuration. */
const char *models_default_dir(char *out, size_t size);

#endif
