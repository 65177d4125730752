#include "speech/echo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SENT = ECHO_FRAMES * ECHO_FRAME, LOOK_MIN = 320, SAME_DELAY = 16 /* samples */, QUIET = 60 /* amplitude below which we are silent */ };

static const float same_wave = 0.6f;  /* correlation of an echo; two voices mostly stay below */
static const float surely = 0.85f;    /* two voices never come so far; what lies between must be found at the same delay again */
static const float loudest_echo = 0.6f; /* gain: no line sends more back; 4 dB below what we sent */
static const float margin = 1.8f;     /* 5 dB above the echo somebody else must be */
static const float gain_keep = 0.7f;  /* of the old gain when a new one is measured */

void echo_init(struct echo *e)
{
    memset(e, 0, sizeof *e);
}

static float level(const int16_t *pcm)
{
    float sum = 0;

    for (int i = 0; i < ECHO_FRAME; i++)
        sum += (float)pcm[i] * pcm[i];
    return sqrtf(sum / ECHO_FRAME);
}

void echo_sent(struct echo *e, const int16_t ours[ECHO_FRAME])
{
    memmove(e->ours, e->ours + ECHO_FRAME, (SENT - ECHO_FRAME) * sizeof e->ours[0]);
    memcpy(e->ours + SENT - ECHO_FRAME, ours, ECHO_FRAME * sizeof ours[0]);
    memmove(e->level, e->level + 1, (ECHO_FRAMES - 1) * sizeof e->level[0]);
    e->level[ECHO_FRAMES - 1] = level(ours);
}

static float loudest(const struct echo *e)
{
    float max = 0;

    for (int i = ECHO_FRAMES - ECHO_DELAY_MAX; i < ECHO_FRAMES; i++)
        max = e->level[i] > max ? e->level[i] : max;
    return max;
}

bool echo_possible(const struct echo *e)
{
    return loudest(e) > QUIET;
}

/* Differences instead of samples: the strong low tones of any voice resemble each other, the rest does not. */
static void sharpen(float *out, const int16_t *in, size_t n)
{
    out[0] = 0;
    for (size_t i = 1; i < n; i++)
        out[i] = (float)(in[i] - in[i - 1]);
}

static float dot(const float *a, const float *b, size_t n)
{
    float sum[8] = {0};
    size_t i = 0;

    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        sum[0] += a[i] * b[i];
    return sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
}

struct match { float correlation, gain; int delay; };

/* The best place of `heard` in what we sent. */
static struct match best_match(const float *sent, const float *heard, size_t n)
{
    struct match best = {0};
    float power = dot(heard, heard, n), own = dot(sent + SENT - n, sent + SENT - n, n);

    for (size_t delay = 0; delay <= (size_t)ECHO_DELAY_MAX * ECHO_FRAME && delay + n <= SENT; delay++) {
        const float *s = sent + SENT - n - delay;
        float cross = dot(s, heard, n);

        if (delay > 0)
            own += s[0] * s[0] - s[n] * s[n];
        if (cross > 0 && own > 1 && power > 1 && cross / sqrtf(own * power) > best.correlation)
            best = (struct match){.correlation = cross / sqrtf(own * power), .gain = cross / own, .delay = (int)delay};
    }
    return best;
}

/* Is there an echo on this line, or do two voices resemble each other for a moment? */
static bool is_sure(struct echo *e, const struct match *m)
{
    bool again = e->found && abs(m->delay - e->delay) <= SAME_DELAY;

    e->found = true;
    e->delay = m->delay;
    return again || m->correlation >= surely;
}

bool echo_recognise(struct echo *e, const int16_t *heard, size_t n)
{
    float sent[SENT], sharp[ECHO_LOOK_MAX];
    struct match m;

    if (n > ECHO_LOOK_MAX) {
        heard += n - ECHO_LOOK_MAX;
        n = ECHO_LOOK_MAX;
    }
    if (n < LOOK_MIN || !echo_possible(e))
        return false;
    sharpen(sent, e->ours, SENT);
    sharpen(sharp, heard, n);
    m = best_match(sent, sharp, n);
    if (m.correlation < same_wave || m.gain > loudest_echo)
        return false;
    if (is_sure(e, &m))
        e->gain = e->gain > m.gain ? e->gain * gain_keep + m.gain * (1 - gain_keep) : m.gain;
    return true;
}

bool echo_covers(const struct echo *e, const int16_t heard[ECHO_FRAME])
{
    return e->gain > 0 && level(heard) < loudest(e) * e->gain * margin;
}
