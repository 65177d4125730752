/* models.h - files that pure rooms are handed as bytes: the sentence model. */
#ifndef BATON_MAIN_MODELS_H
#define BATON_MAIN_MODELS_H

#include "talk/minilm.h"

/* MODELS/minilm/{model.safetensors,vocab.txt}. 0, or errno when they are missing or damaged. */
int models_minilm(struct minilm **mp, const char *models_dir);

#endif
