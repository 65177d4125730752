/* models.c - the sentence model's files. Its weights are turned into the image that runs once, kept beside the published file, and mapped:
 * pages that nobody reads take no memory. */
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
    if (fstat(fd, &st) != 0)
        err = errno;
    else if (st.st_size <= 0)
        err = EINVAL;
    if (!err) {
        *n = (size_t)st.st_size;
        *p = mmap(NULL, *n, PROT_READ, MAP_PRIVATE, fd, 0);
        err = *p == MAP_FAILED ? errno : 0;
        if (!err)
            (void)madvise(*p, *n, MADV_RANDOM); /* most words are never said: no reading ahead */
    }
    close(fd);
    return err;
}

static void unmap(void *p, size_t n)
{
    munmap(p, n);
}

static int load_image(struct minilm **mp, const struct minilm_image *image, const char *dir)
{
    char path[1024], *vocab = NULL;
    size_t n = 0;
    int err;

    snprintf(path, sizeof path, "%s/minilm/vocab.txt", dir);
    err = text_read_file(&vocab, &n, path, VOCAB_MAX);
    if (!err)
        err = minilm_load(mp, image, vocab, n);
    free(vocab);
    return err;
}

static int load_mapped(struct minilm **mp, const char *dir)
{
    struct minilm_image image = {.release = unmap};
    char path[1024];
    int err;

    snprintf(path, sizeof path, "%s/minilm/image.bin", dir);
    err = map_file(&image.bytes, &image.n, path);
    if (err)
        return err;
    err = load_image(mp, &image, dir);
    if (err)
        unmap(image.bytes, image.n);
    return err;
}

static int pack(struct minilm_image *image, const char *dir)
{
    char path[1024];
    size_t n = 0;
    void *p = NULL;
    int err;

    snprintf(path, sizeof path, "%s/minilm/model.safetensors", dir);
    err = map_file(&p, &n, path);
    if (err)
        return err;
    err = minilm_pack(image, p, n);
    munmap(p, n);
    return err;
}

int models_minilm(struct minilm **mp, const char *models_dir)
{
    struct minilm_image image;
    char path[1024];
    int err = load_mapped(mp, models_dir);

    if (err == 0)
        return 0;
    err = pack(&image, models_dir);
    if (err)
        return err;
    snprintf(path, sizeof path, "%s/minilm/image.bin", models_dir);
    if (text_write_file(path, image.bytes, image.n) == 0 && load_mapped(mp, models_dir) == 0) {
        image.release(image.bytes, image.n);
        return 0;
    }
    err = load_image(mp, &image, models_dir); /* a folder that is not ours to write: it costs memory, not the model */
    if (err)
        image.release(image.bytes, image.n);
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
