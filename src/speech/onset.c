#include "speech/onset.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

enum { WINDOW = sizeof((struct onset *)0)->last / sizeof(int16_t), PART = 80 /* 10 ms */ };

static const float louder = 2.0f;   /* 6 dB above the background */
static const float faintest = 40;   /* amplitude below which nobody is heard at all, on the usual line */
static const float rise = 1.006f;   /* the background may grow so much in 10 ms: 5 dB a second */
static const float surely = 0.3f;   /* probability of speech; half a chunk of it gives no more */

void onset_init(struct onset *o)
{
    *o = (struct onset){.floor = faintest};
}

static float level(const int16_t *pcm, size_t n)
{
    float sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (float)pcm[i] * pcm[i];
    return n > 0 ? sqrtf(sum / (float)n) : 0;
}

static void remember(struct onset *o, const int16_t *pcm, size_t n)
{
    size_t keep = n < WINDOW ? WINDOW - n : 0;

    memmove(o->last, o->last + (WINDOW - keep), keep * sizeof o->last[0]);
    memcpy(o->last + keep, pcm + (n - (WINDOW - keep)), (WINDOW - keep) * sizeof o->last[0]);
    o->n = o->n + n < WINDOW ? o->n + n : WINDOW;
}

/* Is any 10 ms of it louder than the background, which follows falls at once and rises slowly? */
static bool stands_out(struct onset *o, const int16_t *pcm, size_t n, float gain)
{
    bool out = false;

    for (size_t i = 0; i < n; i += PART) {
        float l = level(pcm + i, n - i < PART ? n - i : PART);

        out |= l > o->floor * louder && l * gain > faintest;
        o->floor = l < o->floor ? l : o->floor * rise;
        if (o->floor < 1)
            o->floor = 1;
    }
    return out;
}

bool onset_push(struct onset *o, const struct vad *v, const int16_t *pcm, size_t n)
{
    bool out = stands_out(o, pcm, n, vad_gain(v));

    remember(o, pcm, n);
    return out && o->n == WINDOW && !v->speaking && vad_peek(v, o->last) >= surely;
}
