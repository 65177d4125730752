#include "speech/engine/tokens.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { FILE_MAX = 4 << 20 };

static const char SPACE[] = "\xe2\x96\x81"; /* U+2581, how the vocabulary writes the space before a word */

static int index_tokens(struct tokens *t, size_t size)
{
    const uint8_t *p = (const uint8_t *)t->file;
    size_t at = 0;

    while (at < size && t->count < TOKENS_MAX) {
        size_t n = p[at++];

        if (n >= 128 && at < size)
            n = n - 128 + 128 * (size_t)p[at++];
        if (n > size - at)
            return EINVAL;
        t->start[t->count] = (uint32_t)at;
        t->length[t->count++] = (uint16_t)n;
        at += n;
    }
    return t->count > TOKENS_END ? 0 : EINVAL;
}

int tokens_load(struct tokens *t, const char *path)
{
    size_t size = 0;
    int err;

    *t = (struct tokens){0};
    err = text_read_file(&t->file, &size, path, FILE_MAX);
    if (err)
        return err;
    t->start = calloc(TOKENS_MAX, sizeof *t->start);
    t->length = calloc(TOKENS_MAX, sizeof *t->length);
    err = t->start == NULL || t->length == NULL ? ENOMEM : index_tokens(t, size);
    if (err)
        tokens_release(t);
    return err;
}

void tokens_release(struct tokens *t)
{
    free(t->file);
    free(t->start);
    free(t->length);
    *t = (struct tokens){0};
}

static bool is_control(const char *p, size_t n)
{
    return n > 2 && p[0] == '<' && p[n - 1] == '>';
}

int tokens_put(struct buf *out, const struct tokens *t, uint32_t id)
{
    const char *p;
    size_t n;
    int err = 0;

    if (id <= TOKENS_END || id >= t->count)
        return 0;
    p = t->file + t->start[id];
    n = t->length[id];
    if (is_control(p, n))
        return 0;
    while (n > 0 && !err) {
        bool space = n >= 3 && memcmp(p, SPACE, 3) == 0;
        size_t used = space ? 3 : 1;

        if (!space)
            err = buf_add(out, p, 1);
        else if (out->len > 0)
            err = buf_puts(out, " ");
        p += used;
        n -= used;
    }
    return err;
}
