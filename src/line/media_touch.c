/* media_touch.c - librem's decoder: spandsp's would call librem's goertzel functions, which have the same names and other meanings. */
#include "line/media_touch.h"

#include <stdbool.h>
#include <stdlib.h>

#include <re_types.h>

#include <re_mem.h>
#include <rem_dtmf.h>

#include "base/banned.h"

enum { RATE = 8000, MONO = 1, FRAME = 160 };

struct media_touch {
    struct dtmf_dec *decoder;
    char heard;
};

static void on_key(char digit, void *arg)
{
    struct media_touch *t = arg;

    t->heard = digit;
}

struct media_touch *media_touch_alloc(void)
{
    struct media_touch *t = calloc(1, sizeof *t);

    if (t == NULL)
        return NULL;
    if (dtmf_dec_alloc(&t->decoder, RATE, MONO, on_key, t) != 0) {
        free(t);
        return NULL;
    }
    return t;
}

void media_touch_free(struct media_touch *t)
{
    if (t == NULL)
        return;
    mem_deref(t->decoder);
    free(t);
}

char media_touch_hear(struct media_touch *t, const int16_t pcm[160])
{
    t->heard = '\0';
    dtmf_dec_probe(t->decoder, pcm, FRAME);
    return t->heard;
}
