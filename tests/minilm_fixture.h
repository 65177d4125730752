/* minilm_fixture.h - the sentence model from a folder of published files, for tests. */
#ifndef BATON_TESTS_MINILM_FIXTURE_H
#define BATON_TESTS_MINILM_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "models_fixture.h"
#include "talk/minilm.h"

/* 0, or errno when the folder has no model. */
static inline int fixture_minilm(struct minilm **mp, const char *folder)
{
    char path[4096], *weights = NULL, *vocab = NULL;
    size_t n = 0, vocab_n = 0;
    struct minilm_image image = {0};
    int err;

    snprintf(path, sizeof path, "%s/model.safetensors", folder);
    err = text_read_file(&weights, &n, path, 200 << 20);
    snprintf(path, sizeof path, "%s/vocab.txt", folder);
    err = err ? err : text_read_file(&vocab, &vocab_n, path, 4 << 20);
    err = err ? err : minilm_pack(&image, weights, n);
    if (!err && (err = minilm_load(mp, &image, vocab, vocab_n)) != 0)
        image.release(image.bytes, image.n);
    free(weights);
    free(vocab);
    return err;
}

/* The installed one. */
static inline int fixture_minilm_installed(struct minilm **mp)
{
    char folder[1100];

    snprintf(folder, sizeof folder, "%s/minilm", fixture_models());
    return fixture_minilm(mp, folder);
}

#endif
