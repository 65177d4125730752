/* und_cache.c - reading and writing the file of vectors. */
#include "main/und_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { CACHE_MAX = 16 << 20 };

/* Written only when it has to hold more. */
static void keep(const struct und *u, const char *path, const char *old, size_t old_n)
{
    void *bytes;
    size_t n;

    if (und_cache_export(u, old, old_n, &bytes, &n) != 0)
        return;
    if (n <= CACHE_MAX)
        (void)text_write_file(path, bytes, n);
    free(bytes);
}

int und_cache_alloc(struct und **up, const struct scenario *sc, struct minilm *model, const char *models_dir)
{
    char path[1024], *cache = NULL;
    size_t n = 0;
    int err;

    snprintf(path, sizeof path, "%s/minilm/vectors.bin", models_dir);
    if (model && text_read_file(&cache, &n, path, CACHE_MAX) != 0)
        n = 0;
    err = und_alloc_cached(up, sc, model, cache, n);
    if (err == 0 && model)
        keep(*up, path, cache, n);
    free(cache);
    return err;
}
