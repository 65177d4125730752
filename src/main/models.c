#include "main/models.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#include "base/banned.h"

enum { VOCAB_MAX = 4 << 20 };

static int map_file(void **p, size_t *n, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), err = 0;
    struct stat st;

    if (fd < 0)
        return errno;
    if (fstat(fd, &st) != 0 || st.st_size <= 0)
        err = errno ? errno : EINVAL;
    if (!err) {
        *n = (size_t)st.st_size;
        *p = mmap(NULL, *n, PROT_READ, MAP_PRIVATE, fd, 0);
        err = *p == MAP_FAILED ? errno : 0;
    }
    close(fd);
    return err;
}

int models_minilm(struct minilm **mp, const char *models_dir)
{
    char path[1024], *vocab = NULL;
    size_t n = 0, vocab_n = 0;
    void *p = NULL;
    int err;

    snprintf(path, sizeof path, "%s/minilm/model.safetensors", models_dir);
    err = map_file(&p, &n, path);
    if (err)
        return err;
    snprintf(path, sizeof path, "%s/minilm/vocab.txt", models_dir);
    err = text_read_file(&vocab, &vocab_n, path, VOCAB_MAX);
    if (!err)
        err = minilm_load(mp, p, n, vocab, vocab_n);
    free(vocab);
    munmap(p, n);
    return err;
}

const char *models_default_dir(char *out, size_t size)
{
    const char *dir = getenv("BATON_MODELS"), *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (dir != NULL && *dir != '\0')
        snprintf(out, size, "%s", dir);
    else if (cache != NULL && *cache != '\0')
        snprintf(out, size, "%s/baton/models", cache);
    else
        snprintf(out, size, "%s/.cache/baton/models", home != NULL ? home : "");
    return out;
}
