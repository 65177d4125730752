#include "line/spoil.h"

#include <math.h>

#include "base/banned.h"

enum { RING = sizeof((struct spoil *)0)->heard / sizeof(int16_t) };

static const float speech_rms = 3277;  /* speech as it is spoken here, -20 dBFS: noise and gain refer to it */
static const float smooth = 0.35f;     /* of the noise's low-pass: a room, not a hiss */
static const float noise_rms = 0.265f; /* of that low-pass, for white noise between -1 and 1 */

static float factor(int db)
{
    return powf(10, (float)db / 20);
}

void spoil_init(struct spoil *s, const struct media_spoil *p)
{
    int echo_ms = p->echo_ms > SPOIL_ECHO_MAX_MS ? SPOIL_ECHO_MAX_MS : p->echo_ms;

    *s = (struct spoil){.gain = factor(p->gain_db), .random = 1, .delay = echo_ms * 8};
    if (p->noise_db != 0)
        s->noise = speech_rms * factor(p->gain_db - p->noise_db) / noise_rms;
    if (p->echo_db != 0)
        s->echo = factor(p->echo_db);
}

static float next_noise(struct spoil *s)
{
    s->random = s->random * 1664525u + 1013904223u;
    s->low += smooth * ((float)((int)(s->random >> 16) - 32768) / 32768.0f - s->low);
    return s->low * s->noise;
}

static int16_t clamp(float v)
{
    return (int16_t)(v > 32767 ? 32767 : v < -32767 ? -32767 : v);
}

void spoil_frame(struct spoil *s, int16_t said[MEDIA_FRAME], const int16_t heard[MEDIA_FRAME])
{
    for (int i = 0; i < MEDIA_FRAME; i++) {
        unsigned back = (s->at + RING - (unsigned)s->delay) % RING;

        s->heard[s->at] = heard[i];
        said[i] = clamp((float)said[i] * s->gain + next_noise(s) + (float)s->heard[back] * s->echo);
        s->at = (s->at + 1) % RING;
    }
}
