#include "base/clip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"

#include "base/banned.h"

static void clip_destroy(void *obj)
{
    struct clip *c = obj;

    free(c->pcm);
}

int clip_alloc(struct clip **cp, size_t n)
{
    struct clip *c;

    if (n > CLIP_MAX_SAMPLES)
        return EMSGSIZE;
    c = obj_alloc(sizeof *c, clip_destroy);
    if (c == NULL || (c->pcm = calloc(n > 0 ? n : 1, sizeof *c->pcm)) == NULL) {
        obj_unref(c);
        return ENOMEM;
    }
    c->n = n;
    *cp = c;
    return 0;
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Walks the RIFF chunks up to "data"; the format must be PCM, mono, 8 kHz, 16 bit. */
static int find_data(FILE *f, uint32_t *bytes)
{
    static const uint8_t want[16] = {1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0};
    uint8_t h[16];

    if (fread(h, 1, 12, f) != 12 || memcmp(h, "RIFF", 4) != 0 || memcmp(h + 8, "WAVE", 4) != 0)
        return EINVAL;
    for (int i = 0; i < 64 && fread(h, 1, 8, f) == 8; i++) {
        uint32_t n = le32(h + 4);

        if (memcmp(h, "data", 4) == 0) {
            *bytes = n;
            return 0;
        }
        if (memcmp(h, "fmt ", 4) == 0 && n >= 16) {
            if (fread(h, 1, 16, f) != 16 || memcmp(h, want, 16) != 0)
                return EINVAL;
            n -= 16;
        }
        if (n > 1 << 20 || fseek(f, (long)(n + (n & 1)), SEEK_CUR) != 0)
            return EINVAL;
    }
    return EINVAL;
}

int clip_read_wav(struct clip **cp, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct clip *c = NULL;
    uint32_t bytes = 0;
    int err;

    if (f == NULL)
        return errno;
    err = find_data(f, &bytes);
    if (!err)
        err = clip_alloc(&c, bytes / 2);
    if (!err)
        c->n = fread(c->pcm, 2, c->n, f);
    fclose(f);
    if (!err)
        *cp = c;
    return err;
}
